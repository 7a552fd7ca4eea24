//! Which command goes where.

use super::Table;
use crate::poker::rules::{Command, Event, Refusal};

impl Table {
    /// Carries out a command and appends what happened to `events`.
    ///
    /// # Errors
    ///
    /// Says why the command is refused. The table and `events` are then as
    /// they were.
    pub fn apply(&mut self, command: Command, events: &mut Vec<Event>) -> Result<(), Refusal> {
        match command {
            Command::Join { player, seat } => self.join(player, seat, events),
            Command::BuyIn { player, amount } => self.buy_in(player, amount, events),
            Command::Rebuy { player, amount } => self.rebuy(player, amount, events),
            Command::Sit { player } => self.sit(player, events),
            Command::SitOut { player } => self.sit_out(player, events),
            Command::SitOutNextHand { player } => self.sit_out_next_hand(player, events),
            Command::AutoBlind { player, on } => self.auto_blind(player, on, events),
            Command::AutoMuck {
                player,
                winning,
                losing,
            } => self.auto_muck(player, winning, losing),
            Command::PostBlind { player } => self.post_blind(player, events),
            Command::WaitBigBlind { player } => self.wait_big_blind(player, events),
            Command::Fold { player } => self.fold(player, events),
            Command::Check { player } => self.check(player, events),
            Command::Call { player } => self.call(player, events),
            Command::Raise { player, amount } => self.raise(player, amount, events),
            Command::MuckAccept { player } => self.muck(player, false, events),
            Command::MuckDeny { player } => self.muck(player, true, events),
            Command::Timeout { player } => self.time_out(player, events),
            Command::Leave { player } => self.leave(player, events),
            Command::StartHand { deck } => self.start_hand(deck, events),
        }
    }
}
