//! What the engine knows of a protocol: its schema, its framing, its greeting,
//! and what a bot keeps in mind of the messages that it sees.
//!
//! Nothing here knows a particular protocol: messages are found by tag and
//! read and written by the dynamic codec.

mod catalogue;
mod datum;
mod hook;
mod inbound;
mod inner;
mod message;
mod random;

pub(crate) use catalogue::did_you_mean;
pub use catalogue::{Catalogue, MessageId, MessageSet, NotAProtocol};
pub use datum::Datum;
pub use hook::{Clock, Effects, Hook, NoHook, Packet};
pub use inbound::{CutError, Inbound};
pub(crate) use message::has_names;
pub use message::{Field, Message, VALUE};
pub use random::Random;

use std::sync::Arc;
use std::time::Duration;

use pickler::schema::{self, Schema};

/// Makes what one bot keeps in mind.
pub type HookFactory = Arc<dyn Fn() -> Box<dyn Hook> + Send + Sync>;

/// A protocol as the engine needs it; cheap to clone, one for all shards.
#[derive(Clone)]
pub struct Protocol {
    /// Its name, such as `pokersource`.
    pub name: Arc<str>,
    /// Its messages.
    pub catalogue: Arc<Catalogue>,
    /// What both ends send before the first message.
    pub handshake: Option<Handshake>,
    /// What a bot sends when it has said nothing for a while.
    pub keep_alive: Option<KeepAlive>,
    /// The messages that the hook wants to see.
    pub watched: MessageSet,
    /// Makes the hook of one bot.
    pub hook: HookFactory,
    /// What bots do is counted in hands: it is a card game that the hook knows.
    pub has_hands: bool,
    /// Scripts that give `bot` more functions: file name and source.
    pub library: &'static [(&'static str, &'static str)],
}

/// What each end sends before the first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// Sent as soon as the connection stands.
    pub send: Box<[u8]>,
    /// What must come before any message.
    pub expect: Box<[u8]>,
}

/// A message that keeps a silent connection open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// Its bytes.
    pub frame: Box<[u8]>,
    /// Sent after so long without output.
    pub after: Duration,
}

impl Protocol {
    /// A protocol as it is described, of which bots keep nothing in mind.
    ///
    /// # Errors
    /// If the schema does not say where a message ends and which one it is.
    pub fn described(protocol: &schema::Protocol) -> Result<Self, NotAProtocol> {
        let mut catalogue = Catalogue::new(protocol.schema.clone())?;
        if let Some(bytes) = protocol.max_message {
            catalogue = catalogue.with_max_message(bytes);
        }
        let handshake = protocol.handshake.as_ref().map(|handshake| Handshake {
            send: handshake.client.clone(),
            expect: handshake.server.clone(),
        });
        let keep_alive = protocol.keep_alive.as_ref().and_then(|keep_alive| {
            let message = catalogue.by_name(&keep_alive.message)?;
            let mut frame = Vec::new();
            catalogue.encode(message, Vec::new(), &mut frame).ok()?;
            Some(KeepAlive {
                frame: frame.into(),
                after: Duration::from_millis(keep_alive.after_ms),
            })
        });
        Ok(Self {
            name: (*protocol.name).into(),
            catalogue: Arc::new(catalogue),
            handshake,
            keep_alive,
            watched: MessageSet::default(),
            hook: Arc::new(|| Box::new(NoHook)),
            has_hands: false,
            library: &[],
        })
    }

    /// A protocol without handshake, of which bots keep nothing in mind.
    ///
    /// # Errors
    /// If the schema does not say where a message ends and which one it is.
    pub fn plain(name: &str, schema: Schema) -> Result<Self, NotAProtocol> {
        Ok(Self {
            name: name.into(),
            catalogue: Arc::new(Catalogue::new(schema)?),
            handshake: None,
            keep_alive: None,
            watched: MessageSet::default(),
            hook: Arc::new(|| Box::new(NoHook)),
            has_hands: false,
            library: &[],
        })
    }
}
