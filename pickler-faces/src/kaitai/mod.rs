//! A format for Kaitai Struct.

mod alignment;
mod expressions;
mod format;
mod integers;
mod keyed;
mod reserved;
mod shapes;
mod unions;
mod wrapped;
mod yaml;

use pickler::schema::Protocol;

use crate::Unsupported;

/// A protocol as a format of Kaitai Struct: a `.ksy` of version 0.11, as one of
/// its users would write it.
///
/// A type of the description is a type there, a name of values an enum; a length
/// or count in front of something is an attribute of its own, `len_name` or
/// `num_names`. What Kaitai Struct has no attribute for is an instance: the
/// number of a variable-length integer, the sign of an integer of 12 bits,
/// whether a value stands for none.
///
/// A handshake is the type `handshake`; it is not a part of a message.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// #[derive(Pickle)]
/// struct Note {
///     #[pickle(count = u16)]
///     text: String,
/// }
///
/// let ksy = pickler_faces::kaitai(&Protocol::new("note", Schema::of::<Note>()))?;
/// assert!(ksy.contains("
///   - id: len_text
///     type: u2be
///   - id: text
///     type: str
///     size: len_text
///     encoding: UTF-8
/// "));
/// # Ok::<(), pickler_faces::Unsupported>(())
/// ```
///
/// # Errors
/// If the description holds what Kaitai Struct cannot say: alternatives that
/// are tried in turn, references to what was seen before, a codec of its own,
/// fields behind keys that are no protobuf, a byte order that a field decides,
/// bits of which byte order and bit order are mixed, ends of several bytes.
pub fn kaitai(protocol: &Protocol) -> Result<String, Unsupported> {
    format::Format::new(protocol).finish()
}
