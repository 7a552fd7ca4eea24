//! Texas hold'em at one table, as a pure state machine.
//!
//! A [`Table`] takes [`Command`]s (what players ask for, time-outs, a shuffled
//! [`Deck`] to start a hand with) and gives [`Event`]s (everything a player or
//! an onlooker may learn). It does no I/O, reads no clock and draws no random
//! number, so a hand is replayed by applying the same commands again.
//!
//! ```
//! use bots::poker::rules::{Command, Deck, Event, Structure, Table};
//!
//! let structure: Structure = "1-2-no-limit".parse()?;
//! let mut table = Table::new(structure, 6).expect("2 to 10 seats");
//! let mut events = Vec::new();
//! for player in [7, 8] {
//!     table.apply(Command::Join { player, seat: None }, &mut events)?;
//!     table.apply(Command::BuyIn { player, amount: 100 }, &mut events)?;
//!     table.apply(Command::AutoBlind { player, on: true }, &mut events)?;
//!     table.apply(Command::Sit { player }, &mut events)?;
//! }
//! let deck = Deck::shuffled(42, 1, table.next_hand());
//! table.apply(Command::StartHand { deck }, &mut events)?;
//!
//! // Heads-up, the button has the small blind and acts first.
//! let turn = table.legal_actions().expect("both have chips to bet");
//! assert_eq!((turn.player, turn.to_call), (7, 1));
//! table.apply(Command::Fold { player: 7 }, &mut events)?;
//! assert!(matches!(events.last(), Some(Event::HandEnded { .. })));
//! assert_eq!(table.total_chips(), 200);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod card;
mod command;
mod deck;
mod event;
mod list;
mod odds;
mod strength;
mod structure;
mod table;

pub use card::{Card, ParseCardError, Suit};
pub use command::{Command, Refusal};
pub use deck::Deck;
pub use event::{BlindKind, Board, Event, Phase, Players, Position};
pub use list::List;
pub use odds::{hand_strength, wire_strength};
pub use strength::{Category, HandRank, best_five, rank};
pub use structure::{Betting, BuyIn, ParseStructureError, Structure};
pub use table::{
    HandSummary, LegalActions, Pot, RaiseRange, SeatView, Settlement, Table, TableError, Waiting,
};

/// The most seats a table has.
pub const MAX_SEATS: usize = 10;

/// An amount of money, in the table's smallest unit; as wide as on the wire.
///
/// A table never holds more than [`Chips::MAX`] in all, so that every pot and
/// stack that can arise fits.
pub type Chips = u32;

/// The account number by which the protocol names a player; never 0.
pub type PlayerId = u32;

/// A seat's number, 0 to 9, clockwise.
pub type SeatNumber = u8;
