//! The two codecs of one protocol, asked the same.

use pickler::{Error, dynamic};
use pokersource::Message;

/// What both codecs say of the bytes of one message.
///
/// # Panics
/// If they do not say the same.
pub fn decode(bytes: &[u8], what: &str) -> Result<Message, Error> {
    let derived = pickler::decode::<Message>(bytes);
    let dynamic = dynamic::decode(pokersource::schema(), bytes);
    match (&derived, &dynamic) {
        (Ok(message), Ok(value)) => {
            let written = dynamic::encode(pokersource::schema(), value);
            assert_eq!(written, pickler::encode(message), "{what}");
        }
        (Err(derived), Err(dynamic)) => {
            assert_eq!(derived.kind(), dynamic.kind(), "{what}");
            assert_eq!(derived.bit_offset(), dynamic.bit_offset(), "{what}");
            assert_eq!(derived.to_string(), dynamic.to_string(), "{what}");
            assert_eq!(derived, dynamic, "{what}");
        }
        _ => panic!("{what}: derived {derived:?}, dynamic {dynamic:?}"),
    }
    derived
}
