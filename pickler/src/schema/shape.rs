//! The shape of one thing on the wire.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{
    Doc, Ending, Enumeration, Expr, Fill, Filter, FixedText, Form, Keyed, Meaning, Opaque, Origin,
    Padding, Place, Record, Union, VarintFormat,
};
use crate::cursor::{BitOrder, ByteOrder};
use crate::dynamic::Value;

/// What one thing looks like on the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An integer in byte order and bit order of what it is in.
    Integer {
        /// Width in bits, 1 to 128.
        bits: u32,
        /// Two's complement.
        signed: bool,
    },
    /// An integer in as many bytes as it needs.
    Varint(VarintFormat),
    /// 0 or 1.
    Bool {
        /// Width in bits.
        bits: u32,
    },
    /// An IEEE 754 number in byte order of what it is in.
    Float {
        /// Width in bits: 16, 32 or 64.
        bits: u32,
    },
    /// Bytes that need not be text.
    Bytes {
        /// How many.
        count: Count,
    },
    /// UTF-8 text.
    Text {
        /// How many bytes.
        count: Count,
    },
    /// Things of one shape, one after the other.
    List {
        /// The shape of each.
        item: Box<Shape>,
        /// How many.
        count: Count,
    },
    /// A list whose items are all different, in any order.
    Unordered {
        /// The list.
        list: Box<Shape>,
        /// Its items are pairs, of which the first are different.
        by_key: bool,
    },
    /// Things of several shapes, one after the other, without names.
    Tuple(Vec<Shape>),
    /// Fields, one after the other.
    Record(Box<Record>),
    /// Fields, each behind the key that says which it is.
    Keyed(Box<Keyed>),
    /// One field of a protobuf message, of which nothing else is there.
    ProtobufField {
        /// Its number.
        number: u64,
        /// How the value is held.
        form: Form,
        /// The value.
        item: Box<Shape>,
    },
    /// A tag, and what it says comes then.
    Union(Box<Union>),
    /// An integer whose values have names.
    Enumeration(Box<Enumeration>),
    /// Something, or one of its values that stands for none.
    Optional {
        /// The thing.
        item: Box<Shape>,
        /// Its value that stands for none.
        none: Value,
    },
    /// Something that may be absent.
    Conditional {
        /// The thing.
        item: Box<Shape>,
        /// What says whether it is there.
        presence: Presence,
        /// The value where it is absent: `Null`, or a default.
        absent: Value,
    },
    /// Always the same.
    Constant {
        /// What it is.
        item: Box<Shape>,
        /// The value that it has.
        value: Value,
    },
    /// The first of several shapes that can be read.
    Choice {
        /// The shapes, in the order in which they are tried.
        alternatives: Vec<Shape>,
        /// What each is called, where the value is a variant that tells which
        /// it is; else none.
        names: Vec<Arc<str>>,
    },
    /// Something, of which a part was looked at before.
    Peeked {
        /// What it is seen as.
        ahead: Box<Shape>,
        /// What it is.
        item: Box<Shape>,
    },
    /// Something in another order, which what it contains inherits.
    Ordered {
        /// The thing.
        item: Box<Shape>,
        /// Its byte order, if that changes.
        bytes: Option<ByteOrder>,
        /// Its bit order, if that changes.
        bits: Option<BitOrder>,
    },
    /// Something in a byte order that a condition decides, which what it
    /// contains inherits.
    OrderedBy {
        /// The thing.
        item: Box<Shape>,
        /// The least significant byte comes first where this holds, and the
        /// most significant one where it does not.
        little: Expr,
    },
    /// A type whose format depends on what it is given.
    Given {
        /// The type.
        item: Box<Shape>,
        /// One for each of its parameters.
        arguments: Vec<Expr>,
    },
    /// Something of which some values are shown as others.
    Shown {
        /// The thing.
        item: Box<Shape>,
        /// Its values, each with what is shown.
        pairs: Vec<(Value, Value)>,
    },
    /// Something that a named function maps to a Rust value; shown as it is on
    /// the wire.
    Mapped {
        /// What is on the wire.
        item: Box<Shape>,
        /// The mapping's name.
        name: String,
    },
    /// Something of which a condition must hold, if it is there.
    Satisfying {
        /// The thing.
        item: Box<Shape>,
        /// Sees its value as `item`, and earlier fields.
        condition: Expr,
    },
    /// Text or bytes with padding behind them.
    Padded {
        /// What is in front of the padding: to the end of its piece.
        item: Box<Shape>,
        /// How it is padded.
        padding: FixedText,
    },
    /// Something that stands for something else.
    Means {
        /// What is on the wire.
        item: Box<Shape>,
        /// What it stands for.
        meaning: Meaning,
    },
    /// Something in a piece of the input.
    Sized {
        /// What is in the piece.
        item: Box<Shape>,
        /// How many bytes the piece has.
        size: Size,
        /// What is left over of it is ignored; else it is refused.
        leftover: bool,
    },
    /// Something whose bytes go through a filter: all that is left of the input,
    /// or of its piece.
    Filtered {
        /// What is read of the bytes behind the filter.
        item: Box<Shape>,
        /// What is done to them.
        filter: Filter,
    },
    /// Something behind a constant.
    Behind {
        /// The constant.
        magic: Box<Shape>,
        /// The thing.
        item: Box<Shape>,
    },
    /// Something with room around it that holds no value.
    Filled {
        /// The thing.
        item: Box<Shape>,
        /// Where the room is.
        fill: Fill,
        /// What is in it.
        padding: Padding,
    },
    /// Something that stands elsewhere.
    Elsewhere {
        /// What stands there.
        item: Box<Shape>,
        /// Where that is.
        place: Box<Place>,
    },
    /// Something that is a reference where it was seen before.
    Shared {
        /// The thing.
        item: Box<Shape>,
        /// How it is referred to.
        reference: Reference,
    },
    /// Bytes that hold a JSON text.
    Json {
        /// The bytes.
        item: Box<Shape>,
    },
    /// Something whose format only its own codec can say; shown as its bytes.
    Opaque(Opaque),
    /// Something that types may recurse through.
    Boxed(Box<Shape>),
    /// A type defined by itself.
    Named(TypeRef),
}

/// Which of a schema's definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef(pub(super) usize);

impl TypeRef {
    /// Its place among the schema's types.
    pub fn index(self) -> usize {
        self.0
    }

    /// The definition at a place among a schema's types; see [`Schema::new`].
    ///
    /// [`Schema::new`]: super::Schema::new
    pub fn at(index: usize) -> Self {
        Self(index)
    }
}

/// How many units a list, text or bytes have.
#[derive(Clone, Debug, PartialEq)]
pub enum Count {
    /// As many as the integer in front of them says.
    Prefix(Box<Shape>),
    /// Always so many.
    Fixed(u64),
    /// As many as an expression over earlier fields gives.
    Expr(Expr),
    /// Up to what ends them.
    Until(Until),
    /// Up to the one for which an expression over it, `item`, and earlier fields
    /// holds, which is one of them.
    Last(Expr),
    /// As many as there are to the end of the input or of its piece.
    Rest,
}

/// What ends a list, text or bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    /// An item of a list; of text and bytes, bytes.
    pub end: Value,
    /// What becomes of it.
    pub ending: Ending,
    /// Where the end of a piece of so many bytes ends them, too: it is not
    /// written where there is no room for it.
    pub room: Option<Expr>,
}

/// How something is referred to that was seen before.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// By its offset in bytes from the start of the message: an integer, most
    /// significant byte first, whose first byte has bits set that no value's
    /// first byte has.
    Offset {
        /// How many bits it has.
        bits: u32,
        /// Those that are set.
        mark: u64,
    },
    /// By its number among those seen before, in front of all; the number that
    /// comes next announces a new one.
    Number {
        /// The integer.
        prefix: Box<Shape>,
        /// What is seen in the same table has numbers of one row.
        table: Arc<str>,
    },
}

/// How many bytes a piece has.
#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    /// As many as an expression over earlier fields gives.
    Expr(Expr),
    /// As many as what is in it takes, and no more than these.
    AtMost(u64),
    /// As many as the integer in front of it says.
    Prefix {
        /// The integer.
        prefix: Box<Shape>,
        /// It counts itself, too.
        counts_itself: bool,
    },
    /// All that are left, but for as many as an expression over earlier fields
    /// gives.
    AllBut(Expr),
    /// Up to bytes that end it.
    Until {
        /// The bytes.
        end: Box<[u8]>,
        /// What becomes of them.
        ending: Ending,
    },
}

/// What says whether something is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// A boolean in front of it.
    Flag(Box<Shape>),
    /// It is there where an expression over earlier fields is not 0.
    If(Expr),
    /// It is there unless the input or its piece ends.
    UnlessEnd,
}

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its name.
    pub name: Arc<str>,
    /// What it says of itself, from its docstring; often empty.
    pub doc: Doc,
    /// What it is given where it is mentioned.
    pub parameters: Vec<Parameter>,
    /// What it looks like.
    pub shape: Shape,
}

/// Something that a type is given where it is mentioned.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Arc<str>,
    /// What it may be: an integer, a boolean or an enumeration.
    pub shape: Shape,
}

impl Shape {
    /// The expressions of the shape that look at the record around it.
    pub fn expressions(&self) -> Vec<&Expr> {
        let mut found = Vec::new();
        self.collect_expressions(&mut found);
        found
    }

    /// Something in it is aligned from the start of the record around it.
    pub(super) fn aligns_in_record(&self) -> bool {
        match self {
            Self::Filled { item, fill, .. } => {
                matches!(
                    fill,
                    Fill::Align {
                        from: Origin::Record,
                        ..
                    }
                ) || item.aligns_in_record()
            }
            Self::Ordered { item, .. }
            | Self::Shown { item, .. }
            | Self::Mapped { item, .. }
            | Self::Satisfying { item, .. }
            | Self::Optional { item, .. }
            | Self::Conditional { item, .. }
            | Self::Constant { item, .. }
            | Self::Sized { item, .. }
            | Self::Filtered { item, .. }
            | Self::Elsewhere { item, .. }
            | Self::Shared { item, .. }
            | Self::Unordered { list: item, .. }
            | Self::List { item, .. }
            | Self::Behind { item, .. }
            | Self::Json { item }
            | Self::Boxed(item) => item.aligns_in_record(),
            Self::Tuple(items)
            | Self::Choice {
                alternatives: items,
                ..
            } => items.iter().any(Self::aligns_in_record),
            Self::Peeked { ahead, item } => ahead.aligns_in_record() || item.aligns_in_record(),
            _ => false,
        }
    }

    /// A flag, a condition or the end of the input says whether it is there.
    pub(crate) fn may_be_absent(&self) -> bool {
        match self {
            Self::Conditional { .. } => true,
            Self::Elsewhere { place, .. } => place.none.is_some(),
            Self::Ordered { item, .. }
            | Self::Shown { item, .. }
            | Self::Satisfying { item, .. } => item.may_be_absent(),
            _ => false,
        }
    }

    /// The value of a list, text or bytes without units.
    pub(super) fn empty(&self) -> Option<Value> {
        match self {
            Self::Bytes { .. } => Some(Value::Bytes(Vec::new().into())),
            Self::Text { .. } => Some(Value::Text(String::new())),
            Self::List { .. } => Some(Value::List(Vec::new())),
            Self::Ordered { item, .. }
            | Self::Shown { item, .. }
            | Self::Satisfying { item, .. }
            | Self::Sized { item, .. }
            | Self::Filtered { item, .. }
            | Self::Filled { item, .. }
            | Self::Behind { item, .. }
            | Self::Unordered { list: item, .. }
            | Self::Json { item } => item.empty(),
            _ => None,
        }
    }

    fn collect_expressions<'a>(&'a self, found: &mut Vec<&'a Expr>) {
        match self {
            Self::Bytes { count } | Self::Text { count } => count.collect_expressions(found),
            Self::List { item, count } => {
                count.collect_expressions(found);
                item.collect_expressions(found);
            }
            Self::Tuple(items)
            | Self::Choice {
                alternatives: items,
                ..
            } => {
                for item in items {
                    item.collect_expressions(found);
                }
            }
            Self::Peeked { ahead, item } => {
                ahead.collect_expressions(found);
                item.collect_expressions(found);
            }
            Self::OrderedBy { item, little } => {
                found.push(little);
                item.collect_expressions(found);
            }
            Self::Satisfying { item, condition } => {
                found.push(condition);
                item.collect_expressions(found);
            }
            Self::Given { item, arguments } => {
                found.extend(arguments);
                item.collect_expressions(found);
            }
            Self::Sized { item, size, .. } => {
                if let Size::Expr(size) | Size::AllBut(size) = size {
                    found.push(size);
                }
                item.collect_expressions(found);
            }
            Self::Filtered { item, filter } => {
                found.extend(filter.expressions());
                item.collect_expressions(found);
            }
            Self::Elsewhere { item, place } => {
                found.push(&place.at);
                item.collect_expressions(found);
            }
            Self::Conditional { item, presence, .. } => {
                if let Presence::If(condition) = presence {
                    found.push(condition);
                }
                item.collect_expressions(found);
            }
            Self::Optional { item, .. }
            | Self::Constant { item, .. }
            | Self::Ordered { item, .. }
            | Self::Shared { item, .. }
            | Self::Unordered { list: item, .. }
            | Self::Shown { item, .. }
            | Self::Mapped { item, .. }
            | Self::Means { item, .. }
            | Self::Padded { item, .. }
            | Self::Filled { item, .. }
            | Self::Behind { item, .. }
            | Self::Json { item }
            | Self::Boxed(item) => item.collect_expressions(found),
            // Expressions of records and unions look at their own fields.
            Self::Record(_)
            | Self::Keyed(_)
            | Self::ProtobufField { .. }
            | Self::Union(_)
            | Self::Named(_)
            | Self::Integer { .. }
            | Self::Varint(_)
            | Self::Bool { .. }
            | Self::Float { .. }
            | Self::Opaque(_)
            | Self::Enumeration(_) => {}
        }
    }
}

impl Count {
    fn collect_expressions<'a>(&'a self, found: &mut Vec<&'a Expr>) {
        match self {
            Self::Expr(expr) | Self::Last(expr) => found.push(expr),
            Self::Prefix(prefix) => prefix.collect_expressions(found),
            Self::Until(until) => found.extend(&until.room),
            Self::Fixed(_) | Self::Rest => {}
        }
    }
}

impl Until {
    /// The bytes that end text or bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.end {
            Value::Bytes(bytes) => bytes,
            _ => &[],
        }
    }
}
