//! The table: seats, the running hand, and the steps from one to the other.
//!
//! | file | subject |
//! |---|---|
//! | `state` | what a table is, and how its parts are reached |
//! | `apply` | which command goes where |
//! | `view` | what may be asked of a table |
//! | `seating` | coming, paying, sitting in and out, going |
//! | `start` | who is dealt in, and where the button goes |
//! | `posting` | blinds, and the deal |
//! | `legal` | what the player in turn may do |
//! | `betting` | doing it, until the round and the betting are over |
//! | `pots` | main pot and side pots |
//! | `showdown` | who shows, who may muck |
//! | `ending` | giving out the pots, and what waited for the hand's end |

mod apply;
mod betting;
mod ending;
mod legal;
mod posting;
mod pots;
mod seating;
mod showdown;
mod start;
mod state;
mod view;

#[cfg(test)]
mod tests;

pub use legal::{LegalActions, RaiseRange};
pub use pots::Pot;
pub use state::{Table, TableError};
pub use view::{HandSummary, SeatView, Settlement, Waiting};
