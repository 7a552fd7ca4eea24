//! Messages that say how long they are.

use core::fmt;

use super::place::number;
#[cfg(feature = "alloc")]
use super::place::{length_bytes, root, whole_bytes};
use crate::cursor::{ByteOrder, Limits};
use crate::schema::LengthCounts;
#[cfg(feature = "alloc")]
use crate::schema::{Schema, Shape, TagSource};

/// Finds the end of the first message in some bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say where frames end",
    note = "use a `LengthField`, or implement `Framing`"
)]
pub trait Framing {
    /// Where the first message ends, or how many bytes that takes to say.
    ///
    /// # Errors
    /// If no end can be found however much follows: the stream is lost.
    fn cut(&self, bytes: &[u8]) -> Result<Cut, FramingError>;
}

/// Where a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The message takes so many bytes, and they are there.
    Frame(usize),
    /// The message takes at least so many bytes in all, and they are not.
    Need(usize),
}

/// A type whose values say how long they are.
#[diagnostic::on_unimplemented(
    message = "the messages of `{Self}` do not say how long they are",
    note = "`#[pickle(length = u16)]` on an enum that derives `Pickle` gives `Framed`"
)]
pub trait Framed {
    /// Where they say it.
    const FRAMING: LengthField;
}

/// A length at a fixed place near the start of each message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthField {
    /// Bytes in front of the length.
    pub offset: usize,
    /// Bytes of the length, 1 to 8.
    pub size: usize,
    /// Byte order of the length.
    pub order: ByteOrder,
    /// What the length counts.
    pub counts: LengthCounts,
    /// The greatest message that is accepted, in bytes, header included.
    pub max: usize,
}

/// A stream in which the next message cannot be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FramingError {
    /// The length is smaller than the header that it counts.
    TooShort {
        /// The length found, in bytes.
        length: u64,
        /// The size of the header, in bytes.
        header: usize,
    },
    /// The message is greater than accepted.
    TooLong {
        /// The size of the message, in bytes.
        size: u64,
        /// The greatest size that is accepted, in bytes.
        max: usize,
    },
}

impl core::error::Error for FramingError {}

impl FramingError {
    /// The same of messages of which so many bytes are not counted.
    #[cfg(feature = "alloc")]
    pub(super) fn behind(self, more: usize) -> Self {
        match self {
            Self::TooLong { size, max } => Self::TooLong {
                size: size.saturating_add(more as u64),
                max: max.saturating_add(more),
            },
            Self::TooShort { .. } => self,
        }
    }
}

impl fmt::Display for FramingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { length, header } => write!(
                f,
                "a message of length {length} cannot hold its own header of {header} bytes"
            ),
            Self::TooLong { size, max } => {
                write!(f, "a message of {size} bytes; {max} are accepted at most")
            }
        }
    }
}

impl LengthField {
    /// The greatest message accepted unless set otherwise: 16 MiB.
    pub const DEFAULT_MAX: usize = 16 << 20;

    /// The same with another greatest message.
    #[must_use]
    pub const fn with_max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// The same for messages that a codec reads within `limits`.
    #[must_use]
    pub fn within(self, limits: &Limits) -> Self {
        let most = usize::try_from(limits.bytes).unwrap_or(usize::MAX);
        self.with_max(self.max.min(most))
    }

    pub(super) const fn header(&self) -> usize {
        self.offset + self.size
    }
}

#[cfg(feature = "alloc")]
impl LengthField {
    /// Where the messages of a schema say how long they are, if they do: its
    /// root is a union with a length.
    pub fn of_schema(schema: &Schema) -> Option<Self> {
        let (Shape::Union(union), order) = root(schema) else {
            return None;
        };
        let length = union.length.as_ref()?;
        let (size, length_order) = length_bytes(&length.shape, order)?;
        Some(Self {
            offset: if length.first || union.source != TagSource::Wire {
                0
            } else {
                whole_bytes(&union.tag, order)?.0
            },
            size,
            order: length_order,
            counts: length.counts,
            max: Self::DEFAULT_MAX,
        })
    }
}

impl Framing for LengthField {
    #[inline]
    fn cut(&self, bytes: &[u8]) -> Result<Cut, FramingError> {
        let header = self.header();
        let Some(field) = bytes.get(self.offset..header) else {
            return Ok(Cut::Need(header));
        };
        let length: u64 = number(field, self.order);
        let before = match self.counts {
            LengthCounts::Body => header,
            LengthCounts::Rest => self.offset,
            LengthCounts::Message => 0,
        };
        let size = length.saturating_add(before as u64);
        if size < header as u64 {
            return Err(FramingError::TooShort { length, header });
        }
        match usize::try_from(size) {
            Ok(size) if size <= self.max => Ok(if size <= bytes.len() {
                Cut::Frame(size)
            } else {
                Cut::Need(size)
            }),
            _ => Err(FramingError::TooLong {
                size,
                max: self.max,
            }),
        }
    }
}
