//! Messages that come in pieces.

use std::fmt::Debug;
use std::sync::LazyLock;

use pickler::PickleOwned;
use pickler::framing::Framed;
use pickler::generate::{ByteChoices, Choices};
use pickler::laws::{hold_for_stream, hold_for_value_stream};
use pickler::stream::Decoder;

/// Whatever is cut into frames or values is cut alike, however it comes. The
/// first 16 bytes say how.
pub fn streams(bytes: &[u8]) {
    let (pieces, stream) = bytes.split_at(bytes.len().min(16));
    let choices = &mut ByteChoices::new(pieces);
    match choices.up_to(7) {
        0 => hold_for_stream(&pokersource::Message::FRAMING, stream, choices),
        1 => hold_for_stream(&openpoker::Message::FRAMING, stream, choices),
        2 => hold_for_stream(&pokerth::Message::FRAMING, stream, choices),
        3 => hold_for_stream(&cluster_protocol::Message::FRAMING, stream, choices),
        4 => {
            static EMPTY: LazyLock<Decoder<openpoker::Message>> = LazyLock::new(Decoder::new);
            values(&EMPTY, stream, choices);
        }
        5 => {
            static EMPTY: LazyLock<Decoder<pokerth::Message>> = LazyLock::new(Decoder::new);
            values(&EMPTY, stream, choices);
        }
        6 => {
            static EMPTY: LazyLock<Decoder<pokersource::Message>> = LazyLock::new(Decoder::new);
            values(&EMPTY, stream, choices);
        }
        _ => {
            static EMPTY: LazyLock<Decoder<crate::types::Choice>> = LazyLock::new(Decoder::new);
            values(&EMPTY, stream, choices);
        }
    }
}

fn values<T: PickleOwned + PartialEq + Debug>(
    empty: &Decoder<T>,
    stream: &[u8],
    choices: &mut dyn Choices,
) {
    hold_for_value_stream(empty, stream, choices);
}
