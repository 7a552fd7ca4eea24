//! Keyed records: fields that say which they are.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Doc, LengthCounts, Names, Shape, VarintEncoding};
use crate::dynamic::Value;

/// Fields, each behind the key that says which it is: type, length, value; or a
/// protobuf message.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed {
    /// The fields in the order in which they are written.
    pub fields: Vec<KeyedField>,
    /// Their names, and that of what keeps unknown keys; shared with the
    /// record's values.
    pub names: Names,
    /// What stands around each field.
    pub format: KeyFormat,
    /// Other orders than that of `fields` are refused.
    pub in_order: bool,
    /// What becomes of other keys.
    pub unknown: Unknown,
}

/// One field of a keyed record.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyedField {
    /// Its name.
    pub name: Arc<str>,
    /// What it says of itself, from its docstring; often empty.
    pub doc: Doc,
    /// Its key.
    pub key: u64,
    /// How often it is there.
    pub occurs: Occurs,
    /// How the format holds a value.
    pub form: Form,
    /// What one value looks like; an integer, boolean or name of another
    /// [`Form`] than bytes is written in that.
    pub shape: Shape,
    /// Its value where none is given.
    pub default: Option<Value>,
    /// The default as it is on the wire, until the schema is complete and it
    /// can be read.
    pub(super) pending_default: Option<Vec<u8>>,
}

/// How often a field is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurs {
    /// Once.
    Required,
    /// Once or not; where it is not there, it is null.
    Optional,
    /// Once, or not if it has its default.
    Implicit,
    /// As often as there are items.
    Repeated {
        /// The items of a protobuf field are written as one.
        packed: bool,
    },
}

/// What becomes of a key that no field has.
#[derive(Clone, Debug, PartialEq)]
pub enum Unknown {
    /// It is an error.
    Refused,
    /// It is passed over, and lost.
    Ignored,
    /// It is kept in the field of that name.
    Kept(Arc<str>),
}

/// What stands around the fields of a keyed record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFormat {
    /// The fields of a protobuf message: number and wire type, then the value.
    Protobuf,
    /// Keys, sizes and values.
    Pairs(Pairs),
}

/// Keys, sizes and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// How a key is written.
    pub key: Number,
    /// How a size is written; without, a value must tell its own end.
    pub size: Option<Number>,
    /// What the size counts, in bytes: the value; itself, too; the key, too.
    pub size_counts: LengthCounts,
    /// How many pairs there are, in front of them.
    pub count: Option<Number>,
    /// The key behind the last pair.
    pub terminator: Option<u64>,
    /// A key that stands for nothing and has no value.
    pub pad: Option<u64>,
}

/// How an integer from 0 is written that belongs to the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// In so many bits, at most 64.
    Bits(u32),
    /// In as many bytes as it needs.
    Varint(VarintEncoding),
}

/// How a keyed record holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is; it tells its own end.
    Plain,
    /// As bytes behind their size.
    Bytes,
    /// A protobuf varint: an integer, boolean or name.
    Varint,
    /// A protobuf varint of the zigzag of a signed integer.
    Zigzag,
    /// Four bytes, the least significant first.
    Fixed32,
    /// Eight bytes, the least significant first.
    Fixed64,
}

impl Keyed {
    /// A keyed record of these fields.
    pub fn new(format: KeyFormat, fields: Vec<KeyedField>) -> Self {
        Self {
            names: fields.iter().map(|field| field.name.clone()).collect(),
            fields,
            format,
            in_order: false,
            unknown: Unknown::Refused,
        }
    }

    /// The same, in that order only.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.in_order = true;
        self
    }

    /// The same, passing over unknown keys.
    #[must_use]
    pub fn ignoring_unknown(mut self) -> Self {
        self.unknown = Unknown::Ignored;
        self
    }

    /// The same, keeping unknown keys in a field of that name.
    #[must_use]
    pub fn keeping_unknown(mut self, name: &str) -> Self {
        let name: Arc<str> = name.into();
        self.names = self.names.iter().cloned().chain([name.clone()]).collect();
        self.unknown = Unknown::Kept(name);
        self
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&KeyedField> {
        self.fields.iter().find(|field| *field.name == *name)
    }

    /// Where the field with that key stands.
    pub fn position(&self, key: u64) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }
}

impl KeyedField {
    /// A field.
    pub fn new(
        name: &str,
        doc: impl Into<Doc>,
        key: u64,
        occurs: Occurs,
        form: Form,
        shape: Shape,
    ) -> Self {
        Self {
            name: name.into(),
            doc: doc.into(),
            key,
            occurs,
            form,
            shape,
            default: None,
            pending_default: None,
        }
    }

    /// It is there as often as there are items.
    pub const fn is_repeated(&self) -> bool {
        matches!(self.occurs, Occurs::Repeated { .. })
    }

    /// The same field with a default.
    ///
    /// # Panics
    /// If the default does not fit the field's format: a mistake in the
    /// declaration.
    #[must_use]
    pub fn with_default<'de, P: crate::Pickler<'de>>(
        mut self,
        pickler: &P,
        value: &P::Value,
    ) -> Self {
        match crate::picklers::encode_with(pickler, value) {
            Ok(bytes) => self.pending_default = Some(bytes),
            Err(error) => panic!("the default of `{}` cannot be written: {error}", self.name),
        }
        self
    }
}

impl Occurs {
    /// The word for it in specs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Implicit => "implicit",
            Self::Repeated { packed: false } => "repeated",
            Self::Repeated { packed: true } => "packed",
        }
    }
}

impl Form {
    /// The word for it in specs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Bytes => "bytes",
            Self::Varint => "varint",
            Self::Zigzag => "zigzag",
            Self::Fixed32 => "fixed32",
            Self::Fixed64 => "fixed64",
        }
    }

    /// Protobuf's number for it; `None` for what protobuf does not have.
    pub const fn wire_type(self) -> Option<u64> {
        match self {
            Self::Varint | Self::Zigzag => Some(0),
            Self::Fixed64 => Some(1),
            Self::Bytes => Some(2),
            Self::Fixed32 => Some(5),
            Self::Plain => None,
        }
    }

    /// The form that protobuf's number stands for.
    pub const fn of_wire_type(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::Varint),
            1 => Some(Self::Fixed64),
            2 => Some(Self::Bytes),
            5 => Some(Self::Fixed32),
            _ => None,
        }
    }
}
