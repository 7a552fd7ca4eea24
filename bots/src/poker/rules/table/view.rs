//! What may be asked of a table.

use super::state::{Hand, Presence, Seat, Standing};
use super::{LegalActions, Pot, Table};
use crate::poker::rules::{
    BlindKind, Board, Card, Chips, List, MAX_SEATS, Phase, PlayerId, Players, Position, Refusal,
    SeatNumber, Structure,
};

/// A taken seat, as onlookers may know it, and the player's cards.
///
/// The flags are what the protocol's `POKER_PLAYER_ARRIVE` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // the protocol's own flags
pub struct SeatView {
    /// Who.
    pub player: PlayerId,
    /// Where.
    pub seat: SeatNumber,
    /// The stack.
    pub money: Chips,
    /// Chips bet in the current round.
    pub bet: Chips,
    /// Rebuys that count after the hand.
    pub rebuy_waits: Chips,
    /// Will not be dealt in.
    pub sits_out: bool,
    /// Will sit out, or leave, after the hand.
    pub sits_out_next_hand: bool,
    /// Will leave after the hand.
    pub leaves: bool,
    /// Posts blinds without being asked.
    pub auto_blind: bool,
    /// Waits for the big blind.
    pub waits_for_big_blind: bool,
    /// Owed for entry, when anything is: [`BlindKind::Late`] or
    /// [`BlindKind::BigAndDead`].
    pub owes: Option<BlindKind>,
    /// Takes part in the running hand.
    pub in_hand: bool,
    /// Takes part and has folded.
    pub folded: bool,
    /// Takes part, has not folded and has no chips left to bet.
    pub all_in: bool,
    /// The player's cards: not for others' eyes.
    pub cards: Option<[Card; 2]>,
}

/// Whose decision the table waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A player is to post a blind, or not.
    Blind {
        /// Who.
        player: PlayerId,
        /// Which.
        kind: BlindKind,
        /// Chips that count as a bet.
        amount: Chips,
        /// Chips that go straight to the pot.
        dead: Chips,
    },
    /// A player is to act.
    Action(LegalActions),
    /// These players are to say whether they muck.
    Muck(Players),
}

/// What a hand did to one player's stack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Who.
    pub player: PlayerId,
    /// Where.
    pub seat: SeatNumber,
    /// The stack when the hand started.
    pub before: Chips,
    /// The stack when it was over, without rebuys.
    pub after: Chips,
    /// The player's cards.
    pub cards: [Card; 2],
    /// Whether they were shown.
    pub shown: bool,
}

impl Settlement {
    /// What the hand won (or lost, below 0) the player. Over all players of a
    /// hand these add up to 0.
    pub fn change(&self) -> i64 {
        i64::from(self.after) - i64::from(self.before)
    }
}

/// The result of a hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandSummary {
    /// The hand's number at this table.
    pub hand: u64,
    /// Where the button was.
    pub button: SeatNumber,
    /// The common cards that were dealt.
    pub board: Board,
    /// All who were dealt in, by seat.
    pub results: List<Settlement, MAX_SEATS>,
}

impl Table {
    /// The betting structure.
    pub fn structure(&self) -> Structure {
        self.structure
    }

    /// The number of seats.
    pub fn capacity(&self) -> u8 {
        self.capacity
    }

    /// The number that the next hand will have; hands count from 1.
    pub fn next_hand(&self) -> u64 {
        self.hands + 1
    }

    /// Where the button is, or was in the last hand.
    pub fn button(&self) -> Option<SeatNumber> {
        self.button
    }

    /// All players, by seat.
    pub fn players(&self) -> impl Iterator<Item = SeatView> + '_ {
        (0..self.capacity).filter_map(|number| Some(self.view(number, self.seat(number)?)))
    }

    /// A player at this table.
    pub fn player(&self, player: PlayerId) -> Option<SeatView> {
        self.players().find(|view| view.player == player)
    }

    fn view(&self, number: SeatNumber, seat: &Seat) -> SeatView {
        let stake = self.stake(number);
        let dealt = self
            .hand
            .as_ref()
            .is_some_and(|hand| hand.phase != Phase::Blinds);
        SeatView {
            player: seat.player,
            seat: number,
            money: seat.money,
            bet: stake.map_or(0, |stake| stake.bet),
            rebuy_waits: seat.waiting,
            sits_out: seat.presence == Presence::Out,
            sits_out_next_hand: !matches!(seat.presence, Presence::Out | Presence::In),
            leaves: seat.presence == Presence::Leaving,
            auto_blind: seat.auto_blind,
            waits_for_big_blind: seat.waits,
            owes: match seat.standing {
                Standing::Settled => None,
                Standing::New => Some(BlindKind::Late),
                Standing::Missed => Some(BlindKind::BigAndDead),
            },
            in_hand: stake.is_some(),
            folded: stake.is_some_and(|stake| stake.folded),
            all_in: dealt && seat.money == 0 && stake.is_some_and(|stake| !stake.folded),
            cards: stake.filter(|_| dealt).map(|stake| stake.cards),
        }
    }

    /// Whether [`StartHand`](crate::poker::rules::Command::StartHand) would be
    /// carried out.
    ///
    /// # Errors
    ///
    /// Says why it would not.
    pub fn can_start(&self) -> Result<(), Refusal> {
        if self.hand.is_some() {
            Err(Refusal::HandRunning)
        } else if (0..self.capacity)
            .filter(|&seat| self.is_ready(seat))
            .count()
            < 2
        {
            Err(Refusal::TooFewPlayers)
        } else {
            Ok(())
        }
    }

    /// Where the running hand stands; `None` between hands.
    pub fn phase(&self) -> Option<Phase> {
        Some(self.hand.as_ref()?.phase)
    }

    /// The common cards on the table.
    pub fn board(&self) -> Board {
        self.hand.iter().flat_map(Hand::board).copied().collect()
    }

    /// Whose decision is awaited; `None` between hands, and never during one.
    pub fn waiting(&self) -> Option<Waiting> {
        let hand = self.hand.as_ref()?;
        if hand.phase == Phase::Muck {
            let players = self.players_where(|seat| hand.may_muck[usize::from(seat)]);
            return Some(Waiting::Muck(players));
        }
        if let Some(actions) = self.legal_actions() {
            return Some(Waiting::Action(actions));
        }
        let seat = hand.turn?;
        let owed = self.owed(seat)?;
        Some(Waiting::Blind {
            player: self.taken(seat).player,
            kind: owed.kind,
            amount: owed.amount,
            dead: owed.dead,
        })
    }

    /// The player in turn, also while blinds are posted.
    pub fn in_turn(&self) -> Option<Position> {
        Some(self.position(self.hand.as_ref()?.turn?))
    }

    /// How many decisions the table has asked for. It changes with every new
    /// question, so that a timer started for one does not end another.
    pub fn decisions(&self) -> u64 {
        self.decisions
    }

    /// The pots, the main one first; bets of the running round are not in
    /// them. Empty between hands.
    pub fn pots(&self) -> List<Pot, MAX_SEATS> {
        self.hand
            .as_ref()
            .map(|hand| hand.pots(|stake| stake.total - stake.bet))
            .unwrap_or_default()
    }

    /// The result of the last hand that was played to its end.
    pub fn last_hand(&self) -> Option<&HandSummary> {
        self.last.as_ref()
    }

    /// All money at the table: stacks, waiting rebuys, bets and pots. Only
    /// buying in and leaving change it.
    pub fn total_chips(&self) -> u64 {
        let seats = self.seats.iter().flatten();
        let held: u64 = seats
            .map(|seat| u64::from(seat.money) + u64::from(seat.waiting))
            .sum();
        held + self.hand.as_ref().map_or(0, Hand::pot)
    }
}
