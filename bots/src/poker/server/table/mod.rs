//! One table: the game, who sits at it and who listens, and its deadlines.
//!
//! A [`TableSession`] does no I/O and reads no clock: it is told what someone
//! asks for and what time it is, and puts its answers into the outboxes of
//! those who listen.
//!
//! | file | subject |
//! |---|---|
//! | `setup` | what a table is made from |
//! | `session` | the table, and following what the game says |
//! | `telling` | the game's events as messages |
//! | `speech` | what is said to whom, encoded once |
//! | `listening` | coming to listen, the replay, going |
//! | `asking` | what players ask for, money among it |
//! | `deadlines` | decisions that do not come, the next hand, seats kept |

mod asking;
mod deadlines;
mod listening;
mod session;
mod setup;
mod speech;
mod telling;
#[cfg(test)]
mod tests;

pub(super) use asking::Problem;
pub(super) use session::{Context, Guest, TableSession};
pub(super) use setup::{CURRENCY, Setup, VARIANT};
pub(super) use speech::{ConnectionId, Listener};
