//! The table of all messages over TLS.

use std::sync::LazyLock;

use pickler::framing::{Framed, LengthField};
use pickler::schema::Schema;
use pickler::{ByteString, Pickle};

use crate::{
    Answer, Command, Enrol, Enrolled, Exchange, Fetch, Hello, MAX_MESSAGE, Missing, Piece, Refused,
    Renew, Renewed, Report, Request, Response, Welcome,
};

macro_rules! messages {
    ($($(#[$attribute:meta])* $name:ident),* $(,)?) => {
        /// A message over TLS.
        ///
        /// On the wire it is its tag in one byte, the length of its body in
        /// four, and the body.
        #[derive(Pickle, Clone, Debug, PartialEq, Eq)]
        #[pickle(tag = u8, length = u32, rename_all = SCREAMING_SNAKE_CASE)]
        #[expect(missing_docs, reason = "each is described at its type")]
        pub enum Message {
            $($(#[$attribute])* $name(Box<$name>),)*
            /// One of a version that is yet to come.
            #[pickle(other)]
            Other { tag: u8, body: ByteString },
        }

        $(impl From<$name> for Message {
            fn from(message: $name) -> Self {
                Self::$name(Box::new(message))
            }
        })*

        impl Message {
            /// Its name, as in descriptions.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name),)*
                    Self::Other { .. } => "an unknown message",
                }
            }
        }
    };
}

messages! {
    #[pickle(tag = 1)] Enrol,
    #[pickle(tag = 2)] Enrolled,
    #[pickle(tag = 3)] Refused,
    #[pickle(tag = 4)] Renew,
    #[pickle(tag = 5)] Renewed,
    #[pickle(tag = 8)] Hello,
    #[pickle(tag = 9)] Welcome,
    #[pickle(tag = 10)] Command,
    #[pickle(tag = 11)] Answer,
    #[pickle(tag = 12)] Report,
    #[pickle(tag = 16)] Fetch,
    #[pickle(tag = 17)] Piece,
    #[pickle(tag = 18)] Missing,
    #[pickle(tag = 24)] Exchange,
    #[pickle(tag = 32)] Request,
    #[pickle(tag = 33)] Response,
}

/// The description of all messages.
pub fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::of::<Message>);
    &SCHEMA
}

/// How messages are cut out of a stream.
pub const fn framing() -> LengthField {
    Message::FRAMING.with_max(MAX_MESSAGE)
}
