//! The error itself.

use core::fmt;

use super::storage::{Kept, Path};
use super::{DisplayWith, ErrorKind, Step};
use crate::cursor::BitOrder;

/// A failed read or write: what kind, where in the bytes, where in the value.
///
/// ```
/// let error = pickler::decode::<(u8, u32)>(&[1, 2, 3]).unwrap_err();
/// assert_eq!(error.bit_offset(), 8);
/// assert_eq!(error.to_string(), "1: needs 4 bytes, 2 bytes left, at byte 1");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Kept<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    kind: ErrorKind,
    bit_offset: u64,
    extent: Extent,
    path: Path,
}

/// What of the part at fault serves only to show it, and makes no errors
/// differ.
#[derive(Clone, Copy, Eq)]
struct Extent {
    /// How many bits it takes, 0 if that is not known.
    bits: u64,
    order: BitOrder,
}

impl PartialEq for Extent {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Error {
    /// An error at a position, in bits from the start of the input.
    pub fn new(kind: ErrorKind, bit_offset: u64) -> Self {
        let bits = match kind {
            ErrorKind::UnexpectedEnd { left, .. } => left,
            ErrorKind::Trailing { bits } => bits,
            _ => 0,
        };
        let order = BitOrder::Msb;
        Self(Kept::new(Details {
            kind,
            bit_offset,
            extent: Extent { bits, order },
            path: Path::default(),
        }))
    }

    /// The same error, of a part that takes so many bits.
    #[must_use]
    pub fn of_bits(mut self, bits: u64) -> Self {
        self.0.extent.bits = bits;
        self
    }

    /// The same error, of something whose bits are counted from that end.
    #[must_use]
    pub fn in_order(mut self, order: BitOrder) -> Self {
        self.0.extent.order = order;
        self
    }

    /// An error in a value that has no bytes yet.
    pub fn without_position(kind: ErrorKind) -> Self {
        Self::new(kind, Self::NOWHERE)
    }

    /// The offset of what has no bytes.
    const NOWHERE: u64 = u64::MAX;

    /// There is a place in the bytes that says something.
    pub(super) fn has_place(&self) -> bool {
        self.0.bit_offset != Self::NOWHERE && !self.0.kind.is_about_a_value()
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where in the bytes, in bits from their start: for a read, where the
    /// offending part begins; for a write, how much was written before;
    /// [`u64::MAX`] for a value that has no bytes yet.
    pub fn bit_offset(&self) -> u64 {
        self.0.bit_offset
    }

    /// How many bits the offending part takes, from
    /// [`bit_offset`](Self::bit_offset) on; 0 if that is not known. Errors that
    /// differ in nothing else are equal.
    pub fn bit_length(&self) -> u64 {
        self.0.extent.bits
    }

    /// From which end the bits of a byte are counted, in
    /// [`bit_offset`](Self::bit_offset).
    pub fn bit_order(&self) -> BitOrder {
        self.0.extent.order
    }

    /// The error with the rows of a hexdump of `input` around the place that it
    /// tells of, which is underlined: what a person sees. `input` is what was
    /// read.
    ///
    /// ```
    /// let input = [0, 0, 1, 44, 2];
    /// let error = pickler::decode::<(u32, bool)>(&input).unwrap_err();
    /// assert_eq!(
    ///     error.display_with(&input).to_string(),
    ///     "1: expected 0 or 1, found 2, at byte 4
    ///   |
    /// 0 | 00 00 01 2c 02 |...,.|
    ///   |             ^^",
    /// );
    /// ```
    pub fn display_with<'a>(&'a self, input: &'a [u8]) -> DisplayWith<'a> {
        DisplayWith::new(self, input)
    }

    /// Where in the value, outermost step first.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.0.path.steps()
    }

    /// The path lacks its outer steps: without the feature `alloc`, only the
    /// six innermost are kept.
    pub fn path_is_cut(&self) -> bool {
        self.0.path.is_cut()
    }

    /// Adds a step in front of the path.
    pub fn push_outer(&mut self, step: Step) {
        self.0.path.push_outer(step);
    }

    /// The same error with a step in front of its path.
    #[must_use]
    pub fn within(mut self, step: Step) -> Self {
        self.push_outer(step);
        self
    }
}

impl core::error::Error for Error {}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}: {self})", self.0.kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = !self.path_is_cut();
        if self.path_is_cut() {
            f.write_str("...")?;
        }
        for step in self.path() {
            match step {
                Step::Item(index) => write!(f, "[{index}]")?,
                Step::Type(name) | Step::Field(name) | Step::Variant(name) => {
                    if !first {
                        f.write_str(".")?;
                    }
                    f.write_str(name)?;
                }
            }
            first = false;
        }
        if !first {
            f.write_str(": ")?;
        }
        write!(f, "{}", self.0.kind)?;
        if self.has_place() {
            let (byte, bit) = (self.0.bit_offset / 8, self.0.bit_offset % 8);
            write!(f, ", at byte {byte}")?;
            if bit > 0 {
                write!(f, " bit {bit}")?;
            }
        }
        Ok(())
    }
}
