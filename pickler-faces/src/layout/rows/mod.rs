//! The rows of a message or type: its fields, and what stands around them.

mod parts;

use pickler::cursor::BitOrder;
use pickler::schema::{Meaning, Origin, Reference, Shape, Size, TextEncoding, Variant};

use super::describe::{Aspect, Describe, byte_order, tag_size};
use super::literal::tag;
use super::pieces::{missing, one_of};
use super::prose::blocks;
use super::{Case, Cases, CasesKind, Measure, Orders, Piece, Placed, Role, Row, Width, Words};

pub use parts::codes;

/// What is found in a shape.
#[expect(clippy::struct_field_names, reason = "they are its rows")]
pub struct Rows<'a> {
    describe: Describe<'a>,
    measure: &'a Measure<'a>,
    orders: Orders,
    /// The message that the shape is.
    message: Option<&'a Variant>,
    /// The rows, in wire order.
    pub rows: Vec<Row>,
    /// What is said of all of it.
    pub notes: Vec<Words>,
    /// What must be of all of it.
    pub assertions: Vec<Words>,
    /// What it may be, or hold.
    pub cases: Option<Cases>,
    /// Bits of some of it are counted from the least significant one.
    pub lsb_first: bool,
}

impl<'a> Rows<'a> {
    /// None yet.
    pub fn new(describe: Describe<'a>, measure: &'a Measure<'a>, orders: Orders) -> Self {
        Self {
            describe,
            measure,
            orders,
            message: None,
            rows: Vec::new(),
            notes: Vec::new(),
            assertions: Vec::new(),
            cases: None,
            lsb_first: false,
        }
    }

    /// Those of one message, whose union the schema's root is.
    pub fn of_message(mut self, message: &'a Variant) -> Self {
        self.message = Some(message);
        self.shape(self.describe.schema.root());
        self.finished(true)
    }

    /// Those of a shape.
    pub fn of(mut self, shape: &'a Shape, is_message: bool) -> Self {
        self.shape(shape);
        self.finished(is_message)
    }

    /// The same where each part has its place.
    fn finished(mut self, is_message: bool) -> Self {
        let mut at = Some(0_u64);
        for row in &mut self.rows {
            row.offset = at.filter(|_| !row.pieces.is_empty());
            for placed in &mut row.pieces {
                placed.offset = at;
                if let (Some(at), Some((bytes, from))) = (at, placed.piece.align)
                    && (is_message || from == Origin::Record)
                {
                    placed.piece.width = Width::fixed(missing(at, bytes));
                }
                let width = placed.piece.width.exact();
                at = at.zip(width).and_then(|(at, width)| at.checked_add(width));
            }
        }
        self
    }

    fn shape(&mut self, shape: &'a Shape) {
        let outer = self.orders;
        self.orders = outer.within(shape);
        self.lsb_first |= self.orders.bits == Some(BitOrder::Lsb);
        self.inside(shape);
        self.orders = outer;
    }

    fn inside(&mut self, shape: &'a Shape) {
        match shape {
            Shape::Record(record) => self.record(record),
            Shape::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&index.to_string(), item);
                }
            }
            Shape::Union(union) => self.union(union),
            Shape::Keyed(keyed) => self.keyed(keyed),
            Shape::Enumeration(enumeration) => {
                self.value("value", &enumeration.tag);
                let size = tag_size(&enumeration.tag);
                let names = enumeration.names.iter();
                let known = names.map(|(value, name)| Case::new(tag(*value, size), name));
                let other = enumeration.other.as_ref();
                let other = other.map(|other| Case::new("other", &other.name));
                self.cases = Some(Cases {
                    kind: CasesKind::Names,
                    cases: known.chain(other).collect(),
                });
            }
            Shape::Named(reference) if self.message.is_some() => {
                self.shape(&self.describe.schema.definition(*reference).shape);
            }
            Shape::Boxed(item) => self.shape(item),
            _ if !self.is_compound(shape) => self.value("value", shape),
            Shape::Behind { magic, item } => {
                self.magic(magic);
                self.shape(item);
            }
            Shape::Filled { item, .. } => {
                self.note(shape);
                let pieces = self.measure.pieces(shape, "");
                let is_padding = |piece: &&Piece| piece.role == Role::Padding;
                // What is in the item has rows of its own.
                let inner = self.measure.pieces(item, "").len();
                let before = pieces.first().filter(is_padding).cloned();
                let after = pieces.last().filter(is_padding).cloned();
                let new = pieces.len() > inner;
                if let Some(before) = before.filter(|_| new && after.is_none()) {
                    self.padding(before);
                }
                self.shape(item);
                match after {
                    Some(after) if new => self.padding(after),
                    _ => {}
                }
            }
            Shape::Sized { item, size, .. } => {
                self.note(shape);
                if let Size::Prefix { prefix, .. } = size {
                    let width = self.measure.width(prefix);
                    let piece = one_of("size", Role::Length, width);
                    let row = self.row("size", prefix, vec![piece]);
                    self.push(row, "How many bytes come.");
                }
                self.shape(item);
            }
            Shape::ProtobufField { item, number, .. } => {
                let mut pieces = self.measure.pieces(shape, "");
                let value = pieces.pop();
                for piece in pieces {
                    let (name, doc) = match piece.role {
                        Role::Tag => ("key", format!("Protobuf field {number}.")),
                        _ => ("size", "How many bytes come.".into()),
                    };
                    let ty = Words::of("varint");
                    let row = Row::new(name, ty, vec![piece]);
                    self.push(row, &doc);
                }
                match (&**item, value) {
                    (Shape::Named(reference), _) => {
                        let definition = self.describe.schema.definition(*reference);
                        self.shape(&definition.shape);
                    }
                    (item, _) if self.is_compound(item) => self.shape(item),
                    (_, value) => {
                        let said = self.describe.inline(shape);
                        let pieces = value.into_iter().collect();
                        self.rows.push(Row::new("value", said, pieces));
                    }
                }
            }
            Shape::Shared { item, reference } => {
                self.note(shape);
                if let Reference::Number { prefix, .. } = reference {
                    let width = self.measure.width(prefix);
                    let piece = one_of("number", Role::Tag, width);
                    let row = self.row("number", prefix, vec![piece]);
                    self.push(
                        row,
                        "Among those seen before; the next announces a new one.",
                    );
                }
                self.shape(item);
            }
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Means { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Padded { item, .. }
            | Shape::Peeked { item, .. }
            | Shape::Json { item } => {
                if !matches!(shape, Shape::Ordered { .. }) {
                    self.note(shape);
                }
                self.shape(item);
            }
            // They may be missing, or are alternatives, or have no parts.
            Shape::Conditional { .. }
            | Shape::Optional { .. }
            | Shape::Constant { .. }
            | Shape::Choice { .. }
            | Shape::Elsewhere { .. }
            | Shape::Unordered { .. }
            | Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::List { .. }
            | Shape::Opaque(_)
            | Shape::Named(_) => self.value("value", shape),
        }
    }

    /// It has parts that have rows of their own.
    fn is_compound(&self, mut shape: &Shape) -> bool {
        loop {
            shape = match shape {
                Shape::Record(_)
                | Shape::Tuple(_)
                | Shape::Union(_)
                | Shape::Keyed(_)
                | Shape::Enumeration(_)
                | Shape::ProtobufField { .. } => return true,
                Shape::Named(_) => return self.message.is_some(),
                Shape::Behind { item, .. }
                | Shape::Filled { item, .. }
                | Shape::Sized { item, .. }
                | Shape::Shared { item, .. }
                | Shape::Ordered { item, .. }
                | Shape::OrderedBy { item, .. }
                | Shape::Given { item, .. }
                | Shape::Mapped { item, .. }
                | Shape::Satisfying { item, .. }
                | Shape::Shown { item, .. }
                | Shape::Means { item, .. }
                | Shape::Filtered { item, .. }
                | Shape::Padded { item, .. }
                | Shape::Peeked { item, .. }
                | Shape::Json { item }
                | Shape::Boxed(item) => item,
                Shape::Conditional { .. }
                | Shape::Optional { .. }
                | Shape::Constant { .. }
                | Shape::Choice { .. }
                | Shape::Elsewhere { .. }
                | Shape::Unordered { .. }
                | Shape::Integer { .. }
                | Shape::Varint(_)
                | Shape::Bool { .. }
                | Shape::Float { .. }
                | Shape::Bytes { .. }
                | Shape::Text { .. }
                | Shape::List { .. }
                | Shape::Opaque(_) => return false,
            };
        }
    }

    fn note(&mut self, shape: &Shape) {
        if let Some((_, aspects)) = self.describe.wrapped(shape) {
            self.notes
                .extend(aspects.into_iter().map(|(_, words)| words));
        }
    }

    /// A row that stands around fields.
    fn push(&mut self, mut row: Row, doc: &str) {
        row.around = true;
        row.doc = blocks(doc);
        self.rows.push(row);
    }

    /// A row of a shape whose pieces are known.
    fn row(&self, name: &str, shape: &Shape, pieces: Vec<Piece>) -> Row {
        let said = self.describe.said(shape);
        let mut row = Row::new(name, said.ty, pieces);
        let mut order = None;
        for (aspect, words) in said.more {
            match aspect {
                Aspect::Condition => row.conditions.push(words),
                Aspect::Allowed => row.allowed.push(words),
                Aspect::Note => row.notes.push(words),
                Aspect::Order => order = Some(words),
            }
        }
        row.order = order.or_else(|| {
            has_order(shape).then(|| match self.orders.bytes {
                Some(order) => Words::of(byte_order(order)),
                None => Words::of("in the byte order of what it is in"),
            })
        });
        row
    }

    fn value(&mut self, name: &str, shape: &Shape) {
        let pieces = self.measure.pieces(shape, name);
        let row = self.row(name, shape, pieces);
        self.rows.push(row);
    }

    fn magic(&mut self, magic: &Shape) {
        let pieces = self.measure.pieces(magic, "magic").into_iter();
        let pieces = pieces.map(|piece| Piece {
            role: Role::Constant,
            ..piece
        });
        let row = self.row("magic", magic, pieces.collect());
        self.push(row, "What comes begins with it.");
    }

    fn padding(&mut self, piece: Piece) {
        let row = Row::new("padding", Words::of("padding"), vec![piece]);
        self.push(row, "Holds nothing.");
    }
}

impl Row {
    fn new(name: &str, ty: Words, pieces: Vec<Piece>) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            pieces: pieces
                .into_iter()
                .map(|piece| Placed {
                    piece,
                    offset: None,
                })
                .collect(),
            ..Self::default()
        }
    }
}

impl Case {
    fn new(code: impl Into<String>, name: &str) -> Self {
        Self {
            code: code.into(),
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

/// The order of bytes tells in it.
fn has_order(shape: &Shape) -> bool {
    match shape {
        Shape::Integer { bits, .. } => *bits > 8,
        Shape::Float { .. }
        | Shape::Means {
            meaning: Meaning::Text(TextEncoding::Utf16),
            ..
        } => true,
        other => other.parts().into_iter().any(has_order),
    }
}
