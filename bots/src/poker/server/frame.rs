//! Messages as bytes.

use pokersource::{ErrorReply, Message};

/// Appends the bytes of a message.
///
/// The server's messages are made to fit. Should one not, an `ERROR` takes its
/// place, since silence would leave the client waiting.
pub(super) fn append(message: &Message, out: &mut Vec<u8>) {
    let Err(error) = pickler::encode_into(message, out) else {
        return;
    };
    debug_assert!(false, "{}: {error}", message.name());
    let words = format!("{} does not fit: {error}", message.name());
    let reply = ErrorReply {
        message: words.chars().take(1_000).collect::<String>().into(),
        code: 0,
        other_type: message.code(),
    };
    // A short text and two numbers always fit.
    let _ = pickler::encode_into(&Message::from(reply), out);
}
