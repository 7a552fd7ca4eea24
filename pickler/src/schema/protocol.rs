//! Protocols: a format of messages, and what is agreed on beside them.

use alloc::boxed::Box;
use alloc::string::String;

use super::{Doc, Schema};

/// A protocol: what its messages look like, and what both ends must know
/// besides. Of a format that is no protocol, such as that of a file, only the
/// name and the schema are told.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8, length = u16)]
/// enum Message {
///     Ping,
///     Say { #[pickle(rest)] text: String },
/// }
///
/// let protocol = Protocol::new("chat", Schema::of::<Message>()).version("1.0");
/// assert_eq!(protocol.version.as_deref(), Some("1.0"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// What it is called, such as at the command line.
    pub name: String,
    /// Its version, if that is told.
    pub version: Option<String>,
    /// What it says of itself; often empty.
    pub doc: Doc,
    /// What is sent before the first message, if anything is.
    pub handshake: Option<Handshake>,
    /// What keeps a silent connection open, if anything must.
    pub keep_alive: Option<KeepAlive>,
    /// The most bytes that one message may have, if that is told.
    pub max_message: Option<u64>,
    /// What one message looks like.
    pub schema: Schema,
}

/// What each end sends before its first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// What the client sends.
    pub client: Box<[u8]>,
    /// What the server sends.
    pub server: Box<[u8]>,
}

/// A message without fields that keeps a silent connection open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// Its name.
    pub message: String,
    /// It is sent after so many milliseconds without another.
    pub after_ms: u64,
}

impl Protocol {
    /// A protocol of which no more is told than what its messages look like.
    pub fn new(name: impl Into<String>, schema: Schema) -> Self {
        Self {
            name: name.into(),
            version: None,
            doc: Doc::default(),
            handshake: None,
            keep_alive: None,
            max_message: None,
            schema,
        }
    }

    /// The same of that version.
    #[must_use]
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// The same, of which this is said.
    #[must_use]
    pub fn doc(mut self, doc: impl Into<Doc>) -> Self {
        self.doc = doc.into();
        self
    }

    /// The same with a handshake: what the client sends, and what the server does.
    #[must_use]
    pub fn handshake(mut self, client: impl Into<Box<[u8]>>, server: impl Into<Box<[u8]>>) -> Self {
        let (client, server) = (client.into(), server.into());
        self.handshake = Some(Handshake { client, server });
        self
    }

    /// The same with a message that is sent after so many milliseconds without
    /// another.
    #[must_use]
    pub fn keep_alive(mut self, message: impl Into<String>, after_ms: u64) -> Self {
        let message = message.into();
        self.keep_alive = Some(KeepAlive { message, after_ms });
        self
    }

    /// The same, whose messages have at most so many bytes.
    #[must_use]
    pub fn max_message(mut self, bytes: u64) -> Self {
        self.max_message = Some(bytes);
        self
    }
}
