//! Handshake and messages of one end, out of the bytes that it sends.

use core::fmt;

use pickler::framing::{Framed, Frames, FramingError, LengthField};

use crate::handshake::{Handshake, HandshakeError};
use crate::message::Message;

/// What one end of a connection sends: the handshake, then messages. Does no
/// I/O.
///
/// The length in a message's header is the authority on where the message ends.
/// Whatever is wrong inside a message, it is an error for that message alone,
/// and the next is read from where the length says.
///
/// ```
/// use pokersource::{Message, Stream, StreamError};
///
/// let mut stream = Stream::new();
/// stream.push(b"CGI 002.000\n");
/// stream.push(&[5, 0, 3]); // PING
/// stream.push(&[150, 0, 4, 1]); // no message has this code
/// stream.push(&[7, 0, 3]); // QUIT
/// assert_eq!(stream.next_message(), Ok(Some(Message::Ping)));
/// assert!(matches!(stream.next_message(), Err(StreamError::Message(_))));
/// assert_eq!(stream.next_message(), Ok(Some(Message::Quit)));
/// assert_eq!(stream.next_message(), Ok(None));
/// ```
#[derive(Clone, Debug)]
pub struct Stream {
    handshake: Handshake,
    refused: Option<HandshakeError>,
    frames: Frames<LengthField>,
}

/// What is wrong with what the other end sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamError {
    /// It does not speak the protocol. Nothing that follows can be understood.
    Handshake(HandshakeError),
    /// A message claims to be shorter than its own header, so that nobody knows
    /// where the next begins. Nothing that follows can be understood.
    Framing(FramingError),
    /// One message is none; the next can still be read.
    Message(pickler::Error),
}

impl Stream {
    /// Nothing has come yet.
    pub fn new() -> Self {
        Self {
            handshake: Handshake::new(),
            refused: None,
            frames: Frames::new(Message::FRAMING),
        }
    }

    /// Nothing has come since the handshake, which was read elsewhere.
    pub fn after_handshake() -> Self {
        let mut stream = Self::new();
        stream.push(crate::HANDSHAKE);
        stream
    }

    /// Adds bytes that came. Once the stream cannot be understood any more,
    /// nothing is kept of them.
    pub fn push(&mut self, mut bytes: &[u8]) {
        if self.refused.is_some() {
            return;
        }
        match self.handshake.read(&mut bytes) {
            Ok(_) => self.frames.push(bytes),
            Err(error) => self.refused = Some(error),
        }
    }

    /// The other end has sent its handshake.
    pub const fn is_established(&self) -> bool {
        self.handshake.is_complete()
    }

    /// The bytes of the next message, or `None` until more come.
    ///
    /// # Errors
    /// [`Handshake`](StreamError::Handshake) or
    /// [`Framing`](StreamError::Framing), then and from then on.
    pub fn next_frame(&mut self) -> Result<Option<&[u8]>, StreamError> {
        match self.refused {
            Some(error) => Err(StreamError::Handshake(error)),
            None => self.frames.next_frame().map_err(StreamError::Framing),
        }
    }

    /// The next message, or `None` until more bytes come.
    ///
    /// # Errors
    /// Those of [`next_frame`](Self::next_frame), then and from then on;
    /// [`Message`](StreamError::Message) for one message that is none, after
    /// which the next call goes on behind it.
    pub fn next_message(&mut self) -> Result<Option<Message>, StreamError> {
        match self.next_frame()? {
            Some(frame) => match pickler::decode(frame) {
                Ok(message) => Ok(Some(message)),
                Err(error) => Err(StreamError::Message(error)),
            },
            None => Ok(None),
        }
    }

    /// The bytes behind the last message that are none yet. When the connection
    /// ends and there are any, it was cut within a message.
    pub fn pending(&self) -> &[u8] {
        self.frames.pending()
    }

    /// Gives back the memory of an empty buffer.
    pub fn shrink(&mut self) {
        self.frames.shrink();
    }
}

impl Default for Stream {
    fn default() -> Self {
        Self::new()
    }
}

impl StreamError {
    /// Nothing that follows can be understood.
    pub const fn is_fatal(&self) -> bool {
        !matches!(self, Self::Message(_))
    }
}

impl core::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Handshake(error) => Some(error),
            Self::Framing(error) => Some(error),
            Self::Message(error) => Some(error),
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handshake(error) => error.fmt(f),
            Self::Framing(error) => error.fmt(f),
            Self::Message(error) => error.fmt(f),
        }
    }
}
