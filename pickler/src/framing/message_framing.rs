//! Where the messages of a description end.

use alloc::sync::Arc;
use core::fmt;

use super::endless::takes_the_rest;
use super::{Cut, Framing, FramingError, LengthField, header};
use crate::dynamic;
use crate::error::{Error, ErrorKind};
use crate::schema::Schema;
use crate::stream::Prefix;

/// How the messages of a description say where they end; cheap to clone.
///
/// A length at a fixed place is all that is read where there is one: that of a union,
/// or a field of a record that follows from the size of what is around. Whatever else
/// is wrong with a message, the next begins where that says. Other messages are read
/// to know how long they are, such as those with a varint for a length.
///
/// ```
/// use pickler::Pickle;
/// use pickler::framing::{Cut, MessageFraming};
/// use pickler::schema::Schema;
///
/// #[derive(Pickle)]
/// struct Line {
///     number: u16,
///     #[pickle(count = leb128(u16))]
///     text: String,
/// }
///
/// let framing = MessageFraming::of_schema(&Schema::of::<Line>()).expect("lines end");
/// assert_eq!(framing.cut(&[0, 1])?, Cut::Need(3));
/// assert_eq!(framing.cut(&[0, 1, 2, b'h'])?, Cut::Need(5));
/// assert_eq!(framing.cut(&[0, 1, 2, b'h', b'i', 0])?, Cut::Frame(5));
/// assert_eq!(framing.header(), None);
/// # Ok::<(), pickler::framing::CutError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MessageFraming(End);

#[derive(Clone, Debug)]
enum End {
    /// By a length at a fixed place.
    Length {
        field: LengthField,
        /// So many bytes behind it are not counted.
        more: usize,
    },
    /// By what they hold.
    Content { schema: Arc<Schema>, max: usize },
}

/// A stream in which the next message cannot be found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CutError {
    /// Its length cannot be.
    Length(FramingError),
    /// It has to be read to know where it ends, and cannot be.
    Content(Error),
    /// It takes no room, so that there would be no end of them.
    Empty,
}

impl core::error::Error for CutError {}

impl fmt::Display for CutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(error) => error.fmt(f),
            Self::Content(error) => error.fmt(f),
            Self::Empty => f.write_str("a message of no bytes"),
        }
    }
}

impl From<FramingError> for CutError {
    fn from(error: FramingError) -> Self {
        Self::Length(error)
    }
}

impl From<Error> for CutError {
    fn from(error: Error) -> Self {
        Self::Content(error)
    }
}

impl From<LengthField> for MessageFraming {
    fn from(field: LengthField) -> Self {
        Self(End::Length { field, more: 0 })
    }
}

impl MessageFraming {
    /// That of the messages of a schema; `None` if they go on to the end of the
    /// stream.
    pub fn of_schema(schema: &Schema) -> Option<Self> {
        if let Some(field) = LengthField::of_schema(schema) {
            return Some(field.into());
        }
        if let Some((field, more)) = header::length(schema) {
            let framing = Self(End::Length { field, more });
            return Some(framing.with_max(LengthField::DEFAULT_MAX));
        }
        (!takes_the_rest(schema)).then(|| Self::by_content(schema))
    }

    /// Messages that are read to know where they end, whatever they say of it.
    pub fn by_content(schema: &Schema) -> Self {
        Self(End::Content {
            schema: Arc::new(schema.clone()),
            max: LengthField::DEFAULT_MAX,
        })
    }

    /// The same with another greatest message, in bytes. It is
    /// [16 MiB](LengthField::DEFAULT_MAX) unless set otherwise.
    #[must_use]
    pub fn with_max(self, max: usize) -> Self {
        Self(match self.0 {
            End::Length { field, more } => End::Length {
                field: field.with_max(max.saturating_sub(more)),
                more,
            },
            End::Content { schema, .. } => End::Content { schema, max },
        })
    }

    /// So many bytes tell how long a message is; `None` if that differs, as they are
    /// read to know it.
    ///
    /// What is read of a message of which pieces come is read anew with each, so that
    /// the work is to be bounded then.
    pub fn header(&self) -> Option<usize> {
        match &self.0 {
            End::Length { field, .. } => Some(field.header()),
            End::Content { .. } => None,
        }
    }

    /// Where the first message ends, or how many bytes that takes to say.
    ///
    /// # Errors
    /// If no end can be found however much follows: the stream is lost.
    pub fn cut(&self, bytes: &[u8]) -> Result<Cut, CutError> {
        match &self.0 {
            End::Length { field, more } => {
                let cut = field.cut(bytes).map_err(|error| error.behind(*more))?;
                let (Cut::Frame(counted) | Cut::Need(counted)) = cut;
                let size = counted.saturating_add(*more);
                Ok(if size <= bytes.len() {
                    Cut::Frame(size)
                } else {
                    Cut::Need(size)
                })
            }
            End::Content { schema, max } => {
                let (cut, size) = match dynamic::decode_prefix(schema, bytes)? {
                    Prefix::Value { taken: 0, .. } => return Err(CutError::Empty),
                    Prefix::Value { taken, .. } => (Cut::Frame(taken), taken),
                    Prefix::Needs(missing) => {
                        let needed = bytes.len().saturating_add(missing);
                        (Cut::Need(needed), needed)
                    }
                };
                if size > *max {
                    let (bytes, max) = (size as u64, *max as u64);
                    let kind = ErrorKind::TooLarge { bytes, max };
                    return Err(Error::without_position(kind).into());
                }
                Ok(cut)
            }
        }
    }
}
