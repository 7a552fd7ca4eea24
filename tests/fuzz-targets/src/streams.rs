//! Messages that come in pieces.

use std::fmt::Debug;
use std::sync::LazyLock;

use pickler::PickleOwned;
use pickler::framing::Framed;
use pickler::generate::{ByteChoices, Choices};
use pickler::laws::{hold_for_stream, hold_for_value_stream};
use pickler::stream::Decoder;

use crate::types;

/// Whatever is cut into frames or values is cut alike, however it comes. The
/// first 16 bytes say how.
pub fn streams(bytes: &[u8]) {
    let (pieces, stream) = bytes.split_at(bytes.len().min(16));
    let choices = &mut ByteChoices::new(pieces);
    macro_rules! values {
        ($type:ty) => {{
            static EMPTY: LazyLock<Decoder<$type>> = LazyLock::new(Decoder::new);
            values(&EMPTY, stream, choices)
        }};
    }
    match choices.up_to(14) {
        0 => hold_for_stream(&pokersource::Message::FRAMING, stream, choices),
        1 => hold_for_stream(&openpoker::Message::FRAMING, stream, choices),
        2 => hold_for_stream(&pokerth::Message::FRAMING, stream, choices),
        3 => hold_for_stream(&cluster_protocol::Message::FRAMING, stream, choices),
        4 => values!(openpoker::Message),
        5 => values!(pokerth::Message),
        6 => values!(pokersource::Message),
        7 => values!(types::Tried),
        8 => values!(types::Ended),
        9 => values!(types::Archive),
        10 => values!(types::Chained),
        11 => values!(types::Shared),
        12 => values!(types::Options),
        13 => values!(types::Conditional),
        _ => values!(types::Choice),
    }
}

fn values<T: PickleOwned + PartialEq + Debug>(
    empty: &Decoder<T>,
    stream: &[u8],
    choices: &mut dyn Choices,
) {
    hold_for_value_stream(empty, stream, choices);
}
