//! Values whose type is known at run time.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Float;
use crate::schema::Names;
use crate::types::ByteString;

/// A value whose type is known at run time.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// An integer from 0.
    Unsigned(u128),
    /// An integer below 0.
    Negative(i128),
    /// A floating-point number.
    Float(Float),
    /// Bytes that need not be text.
    Bytes(ByteString),
    /// UTF-8 text; also the name of an enumeration's value.
    Text(String),
    /// Values one after the other.
    List(Vec<Value>),
    /// Named values.
    Record(RecordValue),
    /// One variant of a union.
    Variant(Box<VariantValue>),
}

/// Named values, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordValue {
    names: Names,
    values: Box<[Value]>,
    row: bool,
}

/// One variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantValue {
    /// The variant's name.
    pub name: Arc<str>,
    /// The tag; not looked at on writing unless the variant is the one that
    /// keeps unknown tags.
    pub tag: u128,
    /// The body.
    pub body: Value,
}

impl Value {
    /// A record of these parts.
    pub fn record<'a>(parts: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let (names, values): (Vec<Arc<str>>, Vec<Self>) = parts
            .into_iter()
            .map(|(name, value)| (Arc::from(name), value))
            .unzip();
        Self::Record(RecordValue::new(names.into_iter().collect(), values))
    }

    /// What was read is what was given, as far as that goes.
    pub(crate) fn is_read_as(&self, read: &Self) -> bool {
        match (self, read) {
            // What is not given follows from the rest.
            (Self::Record(given), Self::Record(read)) => given
                .iter()
                .all(|(name, given)| read.get(name).is_some_and(|read| given.is_read_as(read))),
            (Self::List(given), Self::List(read)) => {
                let mut pairs = given.iter().zip(read);
                given.len() == read.len() && pairs.all(|(given, read)| given.is_read_as(read))
            }
            (Self::Variant(given), Self::Variant(read)) => {
                (&given.name, given.tag) == (&read.name, read.tag)
                    && given.body.is_read_as(&read.body)
            }
            _ => self.means(read),
        }
    }

    /// The variant `name` with this body, to be written.
    pub fn variant(name: &str, body: Self) -> Self {
        Self::Variant(Box::new(VariantValue {
            name: name.into(),
            tag: 0,
            body,
        }))
    }

    /// The value of an integer, wherever its sign.
    pub fn integer(value: i128) -> Self {
        match u128::try_from(value) {
            Ok(value) => Self::Unsigned(value),
            Err(_) => Self::Negative(value),
        }
    }

    /// The integer, if the value is one that fits.
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Self::Unsigned(value) => i128::try_from(*value).ok(),
            Self::Negative(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if the value is one from 0 that fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Unsigned(value) => u64::try_from(*value).ok(),
            _ => None,
        }
    }

    /// The field of that name, if the value is a record that has it.
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Record(record) => record.get(name),
            _ => None,
        }
    }

    /// What kind of value this is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Unsigned(_) | Self::Negative(_) => "an integer",
            Self::Float(_) => "a floating-point number",
            Self::Bytes(_) => "bytes",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Record(_) => "a record",
            Self::Variant(_) => "a variant",
        }
    }
}

impl RecordValue {
    /// A record of `values` by `names`, as many of each.
    pub fn new(names: Names, values: Vec<Value>) -> Self {
        debug_assert_eq!(names.len(), values.len());
        Self {
            names,
            values: values.into_boxed_slice(),
            row: false,
        }
    }

    /// A record of these names, each without a value so far.
    pub(super) fn empty(names: Names) -> Self {
        let values = (0..names.len()).map(|_| Value::Null).collect();
        Self {
            names,
            values,
            row: false,
        }
    }

    /// Where the value of that number is.
    pub(super) fn place(&mut self, index: usize) -> &mut Value {
        &mut self.values[index]
    }

    /// The same, shown as a row of values or not.
    #[must_use]
    pub fn with_row(mut self, row: bool) -> Self {
        self.row = row;
        self
    }

    /// Shown as a row of values, without names.
    pub fn is_row(&self) -> bool {
        self.row
    }

    /// The names, in order.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The values, in order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.names.iter().map(AsRef::as_ref).zip(&self.values)
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(self.names.position(name)?)
    }

    /// The value of the field of that name, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.values.get_mut(self.names.position(name)?)
    }
}

macro_rules! from_integer {
    ($($type:ty),*) => { $(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::integer(value.into())
            }
        }
    )* };
}
from_integer!(u8, u16, u32, u64, i8, i16, i32, i64, i128);

impl From<u128> for Value {
    fn from(value: u128) -> Self {
        Self::Unsigned(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value.into())
    }
}

impl From<f32> for Value {
    fn from(value: f32) -> Self {
        Self::Float(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<ByteString> for Value {
    fn from(bytes: ByteString) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::Null
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_small() {
        // There is one for each item of a list.
        assert_eq!(size_of::<Value>(), 32);
    }
}
