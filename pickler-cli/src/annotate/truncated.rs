//! What there is of a piece whose size says that there is more.

use pickler::dynamic::{Span, trace};
use pickler::schema::Schema;
use pickler::{Error, ErrorKind};

/// Of a piece that lacks more bytes, nothing is shown.
const MOST_MISSING: u64 = 1 << 20;
/// A piece is in another, so many deep.
const MOST_PIECES: usize = 16;

/// The parts behind the place of the error that are there as a whole, where a
/// piece is cut off at the end: they are read as if zeros came behind.
pub fn read_before_the_end(schema: &Schema, bytes: &[u8], error: &Error) -> Vec<Span> {
    let Some(mut missing) = missing(error, bytes) else {
        return Vec::new();
    };
    let mut filled = bytes.to_vec();
    let mut spans = Vec::new();
    for _ in 0..MOST_PIECES {
        let more = filled.len() as u64 - bytes.len() as u64 + missing;
        if more > MOST_MISSING {
            break;
        }
        filled.resize(bytes.len() + usize::try_from(more).unwrap_or(0), 0);
        let (found, result) = trace(schema, &filled);
        spans = found;
        match result
            .err()
            .and_then(|error| self::missing(&error, &filled))
        {
            Some(more) => missing = more,
            None => break,
        }
    }
    let end = bytes.len() as u64 * 8;
    spans.retain(|span| {
        let bits = &span.bits;
        bits.start >= error.bit_offset() && bits.start < end && bits.end <= end
    });
    spans
}

/// How many bytes are missing at the end.
fn missing(error: &Error, bytes: &[u8]) -> Option<u64> {
    let ErrorKind::UnexpectedEnd { needed, left } = error.kind() else {
        return None;
    };
    let is_at_end = error.bit_offset() + left == bytes.len() as u64 * 8;
    is_at_end.then(|| (needed - left).div_ceil(8).max(1))
}
