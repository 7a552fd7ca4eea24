//! The table of all messages over TLS.

use std::sync::LazyLock;

use pickler::framing::{Framed, LengthField};
use pickler::schema::{Protocol, Schema};
use pickler::{ByteString, Pickle, Tagged};

use crate::{
    Answer, Command, Enrol, Enrolled, Exchange, Fetch, Hello, MAX_MESSAGE, Missing, Piece, Refused,
    Renew, Renewed, Report, Request, Response, Welcome,
};

/// A message over TLS.
///
/// On the wire it is its tag in one byte, the length of its body in four, and
/// the body.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, length = u32, from, rename_all = SCREAMING_SNAKE_CASE)]
#[expect(missing_docs, reason = "each is described at its type")]
pub enum Message {
    #[pickle(tag = 1)]
    Enrol(Box<Enrol>),
    #[pickle(tag = 2)]
    Enrolled(Box<Enrolled>),
    #[pickle(tag = 3)]
    Refused(Box<Refused>),
    #[pickle(tag = 4)]
    Renew(Box<Renew>),
    #[pickle(tag = 5)]
    Renewed(Box<Renewed>),
    #[pickle(tag = 8)]
    Hello(Box<Hello>),
    #[pickle(tag = 9)]
    Welcome(Box<Welcome>),
    #[pickle(tag = 10)]
    Command(Box<Command>),
    #[pickle(tag = 11)]
    Answer(Box<Answer>),
    #[pickle(tag = 12)]
    Report(Box<Report>),
    #[pickle(tag = 16)]
    Fetch(Box<Fetch>),
    #[pickle(tag = 17)]
    Piece(Box<Piece>),
    #[pickle(tag = 18)]
    Missing(Box<Missing>),
    #[pickle(tag = 24)]
    Exchange(Box<Exchange>),
    #[pickle(tag = 32)]
    Request(Box<Request>),
    #[pickle(tag = 33)]
    Response(Box<Response>),
    /// One of a version that is yet to come.
    #[pickle(other)]
    Other { tag: u8, body: ByteString },
}

impl Message {
    /// Its name, as in descriptions.
    pub fn name(&self) -> &'static str {
        Tagged::name(self)
    }
}

/// The description of all messages.
pub fn schema() -> &'static Schema {
    &protocol().schema
}

/// The messages, and what is agreed on beside them.
pub fn protocol() -> &'static Protocol {
    static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
        Protocol::new("cluster", Schema::of::<Message>())
            .version("1")
            .doc("What the nodes of a cluster say to each other.")
            .max_message(MAX_MESSAGE as u64)
    });
    &PROTOCOL
}

/// How messages are cut out of a stream.
pub const fn framing() -> LengthField {
    Message::FRAMING.with_max(MAX_MESSAGE)
}
