//! The way from a value to the part of it at fault.

use super::Text;

/// One step of the way from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The type that was read or written.
    Type(Text),
    /// A field of a record.
    Field(Text),
    /// A variant of a union.
    Variant(Text),
    /// An item of a list, counted from 0.
    Item(u64),
}
