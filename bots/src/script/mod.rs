//! Scripts: what a bot does, written in Luau, and the machine that runs it.
//!
//! A [`Bot`] does no I/O and knows no clock but the one it is told: it takes
//! frames, time and events, and gives bytes to send and the time when it wants
//! to be called again. Sockets and threads live in the engine; a recorded
//! [`Transcript`] drives the very same machine in virtual time.

mod api;
mod bot;
mod carry;
mod change;
mod check;
mod code;
mod context;
mod convert;
mod duration;
mod expectation;
mod handlers;
mod host;
mod lexer;
mod load;
mod mailbox;
mod poker;
mod problem;
mod receive;
mod reload;
mod sandbox;
mod scripts;
mod source;
mod state;
mod tables;
mod transcript;
mod view;

pub use bot::{Bot, End};
pub use change::Settled;
pub use check::{Finding, Severity, check};
pub use context::{Context, Outbox, Settings, TimeSource};
pub use duration::parse as duration;
pub use host::{Host, LoadError};
pub use load::{FindError, load};
pub use mailbox::{Event, MailboxLimits};
pub use poker::{Strength, pokersource};
pub use problem::ScriptError;
pub use reload::{Loaded, ReloadError};
pub use scripts::{SHIPPED, shipped};
pub use source::ScriptSource;
pub use transcript::{Decision, Transcript, replay};
pub use view::{BotPhase, BotView, Holder};

#[cfg(test)]
pub(crate) mod tests;
