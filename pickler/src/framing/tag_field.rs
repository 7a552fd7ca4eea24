//! Messages that say at a fixed place which they are.

use super::place::{number, root, whole_bytes};
use crate::cursor::ByteOrder;
use crate::schema::{Schema, Shape, TagSource};

/// A tag at a fixed place near the start of each message.
///
/// ```
/// use pickler::{Pickle, framing::TagField, schema::Schema};
///
/// #[derive(Pickle)]
/// #[pickle(tag = u8, length = u16)]
/// enum Message {
///     #[pickle(tag = 5)]
///     Ping,
/// }
///
/// let tag = TagField::of_schema(&Schema::of::<Message>()).expect("it is in front");
/// assert_eq!(tag.of_frame(&[5, 0, 0]), Some(5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagField {
    /// Bytes in front of the tag.
    pub offset: usize,
    /// Bytes of the tag, 1 to 16.
    pub size: usize,
    /// Byte order of the tag.
    pub order: ByteOrder,
}

impl TagField {
    /// Where the messages of a schema say which they are, if they do: its root is a
    /// union with a tag of whole bytes.
    pub fn of_schema(schema: &Schema) -> Option<Self> {
        let (Shape::Union(union), order) = root(schema) else {
            return None;
        };
        if union.source != TagSource::Wire {
            return None;
        }
        let (size, tag_order) = whole_bytes(&union.tag, order)?;
        let in_front = union.length.as_ref().filter(|length| length.first);
        let offset = match in_front {
            Some(length) => whole_bytes(&length.shape, order)?.0,
            None => 0,
        };
        (1..=16).contains(&size).then_some(Self {
            offset,
            size,
            order: tag_order,
        })
    }

    /// The tag of a frame, if that is long enough to have one.
    #[inline]
    pub fn of_frame(&self, frame: &[u8]) -> Option<u128> {
        let bytes = frame.get(self.offset..)?.get(..self.size)?;
        Some(number(bytes, self.order))
    }
}
