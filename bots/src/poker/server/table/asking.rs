//! What players ask for at a table.

use pokersource::{PokerChat, PokerLookCards, Str16};

use super::session::{Context, Guest, TableSession};
use super::speech::Audience;
use crate::poker::rules::{Chips, Command, LegalActions, PlayerId, Refusal, SeatNumber, Waiting};

/// Why a request at a table is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::poker::server) enum Problem {
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The account does not hold so much.
    #[error("the account holds {has}, not {wanted}")]
    TooLittleMoney { has: u64, wanted: Chips },
    /// No cards to look at.
    #[error("no cards to look at")]
    NoCards,
}

impl TableSession {
    /// Gives a player a seat, any one for `None`.
    pub fn seat(
        &mut self,
        context: Context<'_>,
        guest: Guest,
        seat: Option<SeatNumber>,
    ) -> Result<SeatNumber, Problem> {
        let player = guest.player;
        // The name is needed as soon as the game says that the player came.
        let is_new = self.guest(player).is_none();
        if is_new {
            self.guests.push(guest);
        }
        let result = self.apply(context, Command::Join { player, seat });
        if result.is_err() && is_new {
            self.guests.pop();
        }
        self.settle(context);
        result?;
        let view = self.game.player(player).ok_or(Refusal::NotSeated)?;
        Ok(view.seat)
    }

    /// Moves money from the account to the table: no less than the least
    /// buy-in.
    pub fn buy_in(
        &mut self,
        context: Context<'_>,
        player: PlayerId,
        amount: Chips,
    ) -> Result<(), Problem> {
        let amount = amount.max(self.setup.structure.buy_in().min);
        self.bring(context, player, amount, Command::BuyIn { player, amount })
    }

    /// Moves more money from the account to the table.
    pub fn rebuy(
        &mut self,
        context: Context<'_>,
        player: PlayerId,
        amount: Chips,
    ) -> Result<(), Problem> {
        self.bring(context, player, amount, Command::Rebuy { player, amount })
    }

    fn bring(
        &mut self,
        context: Context<'_>,
        player: PlayerId,
        amount: Chips,
        command: Command,
    ) -> Result<(), Problem> {
        let table = self.setup.id;
        let reserved = context.bank.reserve(player, table, amount);
        let reserved = reserved.map_err(|has| Problem::TooLittleMoney {
            has,
            wanted: amount,
        })?;
        // Dropped without a commit, the money goes back.
        self.apply(context, command)?;
        reserved.commit();
        self.settle(context);
        Ok(())
    }

    /// Any other step of the game.
    pub fn act(&mut self, context: Context<'_>, command: Command) -> Result<(), Problem> {
        let result = self.apply(context, command);
        self.settle(context);
        Ok(result?)
    }

    /// Calls; with nothing to call that is a check.
    pub fn call(&mut self, context: Context<'_>, player: PlayerId) -> Result<(), Problem> {
        let is_free = self
            .actions(player)
            .is_some_and(|actions| actions.to_call == 0);
        let command = if is_free {
            Command::Check { player }
        } else {
            Command::Call { player }
        };
        self.act(context, command)
    }

    /// Raises by the legal amount that is nearest to the one asked for.
    pub fn raise(
        &mut self,
        context: Context<'_>,
        player: PlayerId,
        amount: Chips,
    ) -> Result<(), Problem> {
        let nearest = self
            .actions(player)
            .and_then(|actions| actions.nearest_raise(amount));
        let amount = nearest.unwrap_or(amount);
        self.act(context, Command::Raise { player, amount })
    }

    /// What the player may do, if it is their turn to bet.
    fn actions(&self, player: PlayerId) -> Option<LegalActions> {
        match self.game.waiting() {
            Some(Waiting::Action(actions)) if actions.player == player => Some(actions),
            _ => None,
        }
    }

    /// Tells everybody that the player looks at the own cards.
    pub fn look_cards(&mut self, context: Context<'_>, serial: PlayerId) -> Result<(), Problem> {
        let view = self.game.player(serial).ok_or(Refusal::NotSeated)?;
        view.cards.ok_or(Problem::NoCards)?;
        let look = PokerLookCards {
            serial,
            game_id: self.setup.id,
        };
        self.speech.say(Audience::All, &look.into());
        self.settle(context);
        Ok(())
    }

    /// Tells everybody what someone says.
    pub fn chat(&mut self, context: Context<'_>, serial: PlayerId, message: Str16) {
        let chat = PokerChat {
            serial,
            game_id: self.setup.id,
            message,
        };
        self.speech.say(Audience::All, &chat.into());
        self.settle(context);
    }
}
