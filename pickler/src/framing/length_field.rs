//! Messages that say how long they are.

use core::fmt;

use crate::cursor::{ByteOrder, Limits};
use crate::schema::LengthCounts;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Schema, Shape, TagSource};

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

    const fn header(&self) -> usize {
        self.offset + self.size
    }
}

#[cfg(feature = "alloc")]
impl LengthField {
    /// Where the messages of a schema say how long they are, if they do: its
    /// root is a union with a length.
    pub fn of_schema(schema: &Schema) -> Option<Self> {
        Self::of_shape(schema, schema.root(), ByteOrder::Big)
    }

    fn of_shape(schema: &Schema, shape: &Shape, order: ByteOrder) -> Option<Self> {
        match shape {
            Shape::Ordered { item, bytes, .. } => {
                Self::of_shape(schema, item, bytes.unwrap_or(order))
            }
            Shape::Named(reference) => {
                Self::of_shape(schema, &schema.definition(*reference).shape, order)
            }
            Shape::Union(union) => {
                let length = union.length.as_ref()?;
                let (size, order) = whole_bytes(&length.shape, order)?;
                Some(Self {
                    offset: if length.first || union.source != TagSource::Wire {
                        0
                    } else {
                        whole_bytes(&union.tag, order)?.0
                    },
                    size,
                    order,
                    counts: length.counts,
                    max: Self::DEFAULT_MAX,
                })
            }
            _ => None,
        }
    }
}

/// The size of an integer in bytes, and its byte order.
#[cfg(feature = "alloc")]
fn whole_bytes(shape: &Shape, order: ByteOrder) -> Option<(usize, ByteOrder)> {
    match shape {
        Shape::Integer { bits, .. } if bits % 8 == 0 && *bits <= 64 => {
            Some((*bits as usize / 8, order))
        }
        Shape::Bytes {
            count: Count::Fixed(count),
        } => Some((usize::try_from(*count).ok()?, order)),
        Shape::Ordered { item, bytes, .. } => whole_bytes(item, bytes.unwrap_or(order)),
        _ => None,
    }
}

impl Framing for LengthField {
    #[inline]
    fn cut(&self, bytes: &[u8]) -> Result<Cut, FramingError> {
        let header = self.header();
        let Some(field) = bytes.get(self.offset..header) else {
            return Ok(Cut::Need(header));
        };
        let push = |value: u64, &byte: &u8| value << 8 | u64::from(byte);
        let length = match self.order {
            ByteOrder::Big => field.iter().fold(0, push),
            ByteOrder::Little => field.iter().rev().fold(0, push),
        };
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
