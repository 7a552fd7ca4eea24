//! Integers that take as many bytes as they need.

mod encoding;
mod pickler;
mod read;
mod write;

#[cfg(feature = "alloc")]
pub(crate) use encoding::Wide;
pub use encoding::{VarintEncoding, VarintFormat};
pub use pickler::{
    Encoding, Leb128, Mqtt, Nat, Quic, Sleb128, Varint, Vlq, ZigZag, leb128, lenient_varint, mqtt,
    nat, quic, sleb128, vlq, zigzag,
};
