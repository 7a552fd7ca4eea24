//! What was read of something before reading it failed.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::value::{RecordValue, Value, VariantValue};
use crate::picklers::There;
use crate::schema::Names;

/// Something that was begun, and failed in one of its parts.
#[derive(Debug)]
pub(super) struct Frame {
    /// Where it starts, in bits.
    pub start: u64,
    /// Which part of the schema it is, by address.
    pub shape: usize,
    /// Where the part that failed starts, in bits.
    pub at: u64,
    /// The parts before.
    pub held: Held,
}

/// The parts of something, up to the one that failed.
#[derive(Debug)]
pub(super) enum Held {
    Fields(Fields),
    Items {
        /// How many there are to be.
        count: u64,
        values: Vec<Value>,
    },
    /// So many bytes, in which what ends it was looked for.
    Searched(usize),
    /// All of it; what came behind failed.
    Whole(Value),
    /// Of a variant, the body failed.
    Variant {
        name: Arc<str>,
        tag: u128,
    },
}

/// The fields of a record, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub names: Option<Names>,
    /// Where the first field starts.
    pub first: u64,
    pub values: Vec<Value>,
    /// Where each field ends, where expressions look at that.
    pub ends: Vec<u64>,
    /// Where fields are that stand elsewhere, where any does.
    pub there: Vec<There>,
}

impl Frame {
    /// Something that goes on to an end that has not come.
    pub(super) fn searched(start: u64, shape: usize, bytes: usize) -> Self {
        Self {
            start,
            shape,
            at: start,
            held: Held::Searched(bytes),
        }
    }

    /// A value that is complete, in something that is not.
    pub(super) fn whole(value: Value) -> Self {
        Self {
            start: 0,
            shape: 0,
            at: 0,
            held: Held::Whole(value),
        }
    }
}

impl Held {
    /// The value as far as it was read, around what was read of the part that
    /// failed.
    pub(super) fn around(self, part: Option<Value>) -> Value {
        match self {
            Self::Fields(fields) => {
                let mut values = fields.values;
                values.extend(part);
                let names = fields.names.iter().flat_map(Names::iter);
                let names = names.take(values.len()).cloned().collect();
                Value::Record(RecordValue::new(names, values))
            }
            Self::Whole(value) => value,
            Self::Searched(_) => part.unwrap_or(Value::Null),
            Self::Items { mut values, .. } => {
                values.extend(part);
                Value::List(values)
            }
            Self::Variant { name, tag } => Value::Variant(Box::new(VariantValue {
                name,
                tag,
                body: part.unwrap_or(Value::Null),
            })),
        }
    }
}
