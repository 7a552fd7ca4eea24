//! A poker server for the poker-network protocol 2.0.0.
//!
//! It can be embedded, in tests and load tests, or run on its own: either way
//! [`Server::start`] gives a [`ServerHandle`], and all work is done in the
//! server's own threads.
//!
//! ```
//! use bots::poker::server::{Server, ServerConfig, TableGroup};
//!
//! let mut config = ServerConfig::default();
//! config.tables = TableGroup::mix(3, 6);
//! let server = Server::start(config)?;
//! let address = server.addr();
//! assert_ne!(address.port(), 0);
//! let report = server.stop();
//! assert_eq!(report.stats.hands_played, 0);
//! # Ok::<(), bots::poker::server::StartError>(())
//! ```
//!
//! # How it is built
//!
//! A few worker threads have a runtime each and share the connections. A
//! client's `session` and a `table` are state machines without I/O: a session
//! is given frames and the time and asks tables, a table puts its answers into
//! the `outbox` of each who listens, and the connections send what gathers
//! there, as much as there is in one call. Nobody waits for a slow reader: an
//! outbox is bounded, and one that overflows ends its connection with a
//! reason.
//!
//! A table is behind a lock that is held for microseconds, so whoever has a
//! request for it carries it out in place, on whichever thread; `clock`s wake
//! tables for time-outs and the next hand. Money moves in memory, under the
//! table's lock, and the `clerk` writes each step to the store in the same
//! order.
//!
//! | file | subject |
//! |---|---|
//! | `config` | what a server can be told |
//! | `handle` | starting, stopping, the handle |
//! | `acceptor`, `worker` | the threads |
//! | `connection` | a client's socket |
//! | `outbox`, `frame` | what waits to be sent |
//! | `session` | a client's requests |
//! | `lobby`, `selection` | finding tables |
//! | `table` | one table |
//! | `clock` | waking tables |
//! | `bank`, `clerk`, `audit` | money, in memory and on its way to the store |
//! | `presence` | who is logged in, and who sits where |
//! | `hall` | what all of these share |
//! | `stats`, `reason` | what is counted, and why connections end |
//!
//! # Where it goes beyond the original
//!
//! - Every request that is refused is answered by `POKER_ERROR` or `ERROR`
//!   with the request's code and a reason in words, and every connection that
//!   the server ends is told why.
//! - A message that is none is answered by an `ERROR`, and the next is read.
//! - A login takes over from a connection that the same account still has.
//! - `POKER_CALL` with nothing to call is a check; `POKER_RAISE` raises by the
//!   nearest legal amount.
//! - `POKER_EXPLAIN` is acknowledged, but nothing more is sent for it.

mod acceptor;
mod audit;
mod bank;
mod clerk;
mod clock;
mod config;
mod connection;
mod frame;
mod hall;
mod handle;
mod lobby;
mod outbox;
mod presence;
mod reason;
mod selection;
mod session;
mod stats;
mod table;
mod worker;

pub use audit::Audit;
pub use config::{Limits, ServerConfig, TableGroup, Timing};
pub use handle::{FinalReport, Server, ServerHandle, StartError};
pub use reason::Reason;
pub use stats::Stats;
