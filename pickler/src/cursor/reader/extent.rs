//! What of its input a reader has seen.

use super::Reader;
use crate::cursor::{Align, Order};

/// What of its input a reader has seen, and from where it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent<'de> {
    /// All of the input.
    pub input: &'de [u8],
    /// Where the piece starts that the reader is in, in bytes.
    pub piece: usize,
    /// From where alignment is counted, in bytes: the start of the message, or
    /// of what stands elsewhere.
    pub origin: usize,
    /// The end of what was read elsewhere in the piece, in bytes; 0 if nothing
    /// was.
    pub furthest: usize,
    /// How many bytes were read elsewhere in all.
    pub visited: u64,
    /// What owns the input, and parts of it with it.
    #[cfg(feature = "bytes")]
    pub owner: Option<&'de bytes::Bytes>,
}

impl<'de> Extent<'de> {
    #[inline(always)]
    pub fn of(input: &'de [u8]) -> Self {
        Self {
            input,
            piece: 0,
            origin: 0,
            furthest: 0,
            visited: 0,
            #[cfg(feature = "bytes")]
            owner: None,
        }
    }

    /// As it was before; what was read counts nevertheless.
    #[inline]
    pub fn go_back(&mut self, before: Self) {
        let visited = self.visited;
        *self = Self { visited, ..before };
    }
}

#[cfg(feature = "bytes")]
impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// The same cursor, over the bytes that `owner` holds.
    pub(crate) fn owned_by(mut self, owner: &'de bytes::Bytes) -> Self {
        self.extent.owner = Some(owner);
        self
    }

    /// The next `count` bytes, held together with all of the input, if that is
    /// held so and the cursor stands on a byte boundary.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](crate::ErrorKind::UnexpectedEnd) if fewer are left.
    pub fn shared_bytes(
        &mut self,
        count: usize,
    ) -> Result<Option<bytes::Bytes>, crate::cursor::Fault> {
        let Some(owner) = self.extent.owner else {
            return Ok(None);
        };
        if !self.bit_offset().is_multiple_of(8) {
            return Ok(None);
        }
        let start = self.byte_offset();
        let count = self.bytes(count)?.len();
        Ok(Some(owner.slice(start..start + count)))
    }
}

impl<O: Order, A: Align> Reader<'_, O, A> {
    /// Where the cursor stands, in bits from where alignment is counted: the
    /// start of the input, or of what stands elsewhere.
    #[inline]
    pub fn alignment_offset(&self) -> u64 {
        self.bit_offset()
            .saturating_sub(self.extent.origin as u64 * 8)
    }

    /// How many bytes of the input were taken, with what stands elsewhere.
    #[inline]
    pub(crate) fn taken(&self) -> usize {
        let here = self.bit_offset().div_ceil(8) as usize;
        here.max(self.extent.furthest)
    }

    /// Goes behind what was read elsewhere, which comes behind what was read here.
    #[inline(always)]
    pub(super) fn go_on_elsewhere(&mut self) {
        let Extent {
            input, furthest, ..
        } = self.extent;
        // The address of the cursor itself is not taken.
        self.rest = part(input, furthest, self.end);
        self.bit = 0;
    }
}

/// Bytes from a position to another; none where they are not there.
#[cold]
#[inline(never)]
fn part(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    bytes.get(start..end).unwrap_or_default()
}
