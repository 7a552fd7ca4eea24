//! What a table is made from.

use std::time::Duration;

use pokersource::{PokerTable, Str16};

use crate::poker::rules::Structure;
use crate::poker::server::config::Timing;

/// The only currency: chips of play money.
pub(in crate::poker::server) const CURRENCY: u32 = 1;

/// The only game.
pub(in crate::poker::server) const VARIANT: &str = "holdem";

/// What a table is made from.
#[derive(Clone, Debug)]
pub(in crate::poker::server) struct Setup {
    pub id: u32,
    pub name: Str16,
    pub seats: u8,
    pub structure: Structure,
    /// The seed of the server's shuffles.
    pub seed: u64,
    pub timing: Timing,
    /// A client made it, and it ends when nobody is there any more.
    pub of_client: bool,
}

impl Setup {
    /// The table as it is described before anybody comes.
    pub fn describe(&self) -> PokerTable {
        PokerTable {
            id: self.id,
            seats: self.seats,
            player_timeout: seconds(self.timing.player_timeout),
            muck_timeout: seconds(self.timing.muck_timeout),
            currency_serial: CURRENCY,
            name: self.name.clone(),
            variant: VARIANT.into(),
            betting_structure: self.structure.to_string().into(),
            ..PokerTable::default()
        }
    }
}

/// Whole seconds, rounded up, as many as the wire takes.
fn seconds(duration: Duration) -> u16 {
    u16::try_from(duration.as_millis().div_ceil(1_000)).unwrap_or(u16::MAX)
}
