//! What stands on the wire for a shape, piece by piece.

use std::cell::RefCell;

use pickler::schema::{
    Count, Expr, Fill, Filter, Form, KeyFormat, Number, Origin, Presence, Reference, Schema, Shape,
    Size, TagSource, Terminator, TypeRef, VarintEncoding, VarintFormat,
};

use super::Width;

/// What a piece is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is a value.
    Value,
    /// It says how many units come.
    Count,
    /// It says how many bytes come.
    Length,
    /// It says whether something comes.
    Flag,
    /// It says which variant or field comes.
    Tag,
    /// It is always the same.
    Constant,
    /// It ends something.
    End,
    /// It holds nothing.
    Padding,
}

/// A piece of the wire that nothing else is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is called.
    pub label: String,
    /// What it is there for.
    pub role: Role,
    /// How many bits it takes.
    pub width: Width,
    /// It fills up to a multiple of so many bytes.
    pub align: Option<(u64, Origin)>,
}

impl Piece {
    fn new(label: impl Into<String>, role: Role, width: Width) -> Self {
        Self {
            label: label.into(),
            role,
            width,
            align: None,
        }
    }
}

/// Tells widths; those of named types only once.
#[derive(Debug)]
pub struct Measure<'a> {
    schema: &'a Schema,
    /// Of named types.
    widths: RefCell<Vec<Known>>,
}

/// What is known of a type's width.
#[derive(Clone, Copy, Debug)]
enum Known {
    Not,
    BeingTold,
    Told(Width),
}

impl<'a> Measure<'a> {
    /// Of a schema.
    pub fn new(schema: &'a Schema) -> Self {
        Self {
            schema,
            widths: RefCell::new(vec![Known::Not; schema.types().len()]),
        }
    }

    /// How many bits a shape takes.
    pub fn width(&self, shape: &Shape) -> Width {
        self.pieces(shape, "")
            .into_iter()
            .map(|piece| piece.width)
            .sum()
    }

    fn named(&self, reference: TypeRef) -> Width {
        let known = self.widths.borrow()[reference.index()];
        match known {
            Known::Told(width) => width,
            // It contains itself, so that nothing is known.
            Known::BeingTold => Width::ANY,
            Known::Not => {
                self.widths.borrow_mut()[reference.index()] = Known::BeingTold;
                let width = self.width(&self.schema.definition(reference).shape);
                self.widths.borrow_mut()[reference.index()] = Known::Told(width);
                width
            }
        }
    }

    /// The pieces of a shape that is called so.
    pub fn pieces(&self, shape: &Shape, label: &str) -> Vec<Piece> {
        let value = |width| vec![Piece::new(label, Role::Value, width)];
        match shape {
            Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
                value(Width::fixed(u64::from(*bits)))
            }
            Shape::Varint(format) => value(varint(*format)),
            Shape::Bytes { count } | Shape::Text { count } => {
                self.counted(count, Width::fixed(8), label)
            }
            Shape::List { item, count } => self.counted(count, self.width(item), label),
            Shape::Tuple(items) => {
                let parts = items.iter().enumerate();
                parts
                    .flat_map(|(index, item)| self.pieces(item, &member(label, &index.to_string())))
                    .collect()
            }
            Shape::Record(record) => {
                let magic = record.magic.iter();
                let mut pieces: Vec<Piece> = magic
                    .flat_map(|magic| self.constant(magic, label))
                    .collect();
                for field in &record.fields {
                    pieces.extend(self.pieces(&field.shape, &member(label, &field.name)));
                }
                pieces
            }
            Shape::Keyed(keyed) => {
                let mut pieces = Vec::new();
                let mut end = None;
                if let KeyFormat::Pairs(pairs) = &keyed.format {
                    if let Some(count) = pairs.count {
                        pieces.push(Piece::new(of("count", label), Role::Count, number(count)));
                    }
                    end = pairs
                        .terminator
                        .map(|_| Piece::new(of("end", label), Role::End, number(pairs.key)));
                }
                let fields = if label.is_empty() { "fields" } else { label };
                pieces.push(Piece::new(fields, Role::Value, Width::ANY));
                pieces.extend(end);
                pieces
            }
            Shape::ProtobufField { form, item, number } => {
                let key = protobuf_key(*number);
                let mut pieces = vec![Piece::new(of("key", label), Role::Tag, key)];
                let varint = Width::bytes(1, Some(10));
                match form {
                    Form::Plain => pieces.extend(self.pieces(item, label)),
                    Form::Bytes => {
                        pieces.push(Piece::new(of("size", label), Role::Length, varint));
                        pieces.push(one(label, Width::ANY));
                    }
                    Form::Varint | Form::Zigzag => pieces.extend(value(varint)),
                    Form::Fixed32 => pieces.extend(value(Width::fixed(32))),
                    Form::Fixed64 => pieces.extend(value(Width::fixed(64))),
                }
                pieces
            }
            Shape::Union(union) => {
                let tag = (union.source == TagSource::Wire).then(|| {
                    let role = |piece: Piece| Piece {
                        role: Role::Tag,
                        label: of("tag", label),
                        ..piece
                    };
                    self.pieces(&union.tag, label).into_iter().map(role)
                });
                let length = union.length.as_ref().map(|length| {
                    let width = self.width(&length.shape);
                    Piece::new(of("length", label), Role::Length, width)
                });
                let first = union.length.as_ref().is_some_and(|length| length.first);
                let mut pieces: Vec<Piece> = tag.into_iter().flatten().collect();
                match length {
                    Some(length) if first => pieces.insert(0, length),
                    Some(length) => pieces.push(length),
                    None => {}
                }
                let bodies = union.variants.iter().map(|it| self.width(&it.body));
                let unknown = union.other.iter().map(|_| Width::ANY);
                let mut body = bodies
                    .chain(unknown)
                    .reduce(Width::or)
                    .unwrap_or(Width::ANY);
                if union.length.is_some() {
                    body.max = None;
                }
                let body_label = if label.is_empty() { "body" } else { label };
                pieces.push(Piece::new(body_label, Role::Value, body));
                pieces
            }
            Shape::Enumeration(enumeration) => {
                self.relabelled(&enumeration.tag, label, Role::Value)
            }
            Shape::Constant { item, .. } => self.relabelled(item, label, Role::Constant),
            Shape::Conditional { item, presence, .. } => {
                let mut pieces = Vec::new();
                if let Presence::Flag(flag) = presence {
                    let width = self.width(flag);
                    pieces.push(Piece::new(of("flag", label), Role::Flag, width));
                }
                let item = self.pieces(item, label).into_iter();
                pieces.extend(item.map(|piece| Piece {
                    width: piece.width.or_nothing(),
                    ..piece
                }));
                pieces
            }
            Shape::Choice { alternatives, .. } => {
                let widths = alternatives.iter().map(|it| self.width(it));
                value(widths.reduce(Width::or).unwrap_or(Width::fixed(0)))
            }
            Shape::Padded { padding, .. } => value(Width::bytes(padding.size, Some(padding.size))),
            Shape::Sized {
                item,
                size,
                leftover,
            } => self.sized(item, size, *leftover, label),
            Shape::Filtered { item, filter } => match filter {
                // Each byte stays one.
                Filter::Xor(_) | Filter::RotateLeft(_) | Filter::RotateRight(_) => {
                    vec![one(label, self.width(item).whole())]
                }
                _ => value(Width::ANY),
            },
            Shape::Behind { magic, item } => {
                let mut pieces = self.constant(magic, label);
                pieces.extend(self.pieces(item, label));
                pieces
            }
            Shape::Filled { item, fill, .. } => self.filled(item, *fill, label),
            // It takes no room where it is mentioned.
            Shape::Elsewhere { .. } => Vec::new(),
            Shape::Shared { item, reference } => match reference {
                Reference::Offset { bits, .. } => {
                    let width = self.width(item).or(Width::fixed(u64::from(*bits)));
                    value(width)
                }
                Reference::Number { prefix, .. } => {
                    let number = self.width(prefix);
                    let mut pieces = vec![Piece::new(of("number", label), Role::Tag, number)];
                    pieces.push(one(label, self.width(item).or_nothing()));
                    pieces
                }
            },
            Shape::Opaque(_) => value(Width::ANY),
            Shape::Named(reference) => value(self.named(*reference)),
            Shape::Peeked { item, .. }
            | Shape::Unordered { list: item, .. }
            | Shape::Optional { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Given { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Means { item, .. }
            | Shape::Json { item }
            | Shape::Boxed(item) => self.pieces(item, label),
        }
    }

    fn relabelled(&self, shape: &Shape, label: &str, role: Role) -> Vec<Piece> {
        let pieces = self.pieces(shape, label).into_iter();
        pieces.map(|piece| Piece { role, ..piece }).collect()
    }

    fn constant(&self, magic: &Shape, label: &str) -> Vec<Piece> {
        self.relabelled(magic, &of("magic", label), Role::Constant)
    }

    fn counted(&self, count: &Count, unit: Width, label: &str) -> Vec<Piece> {
        let data = |times| Piece::new(label, Role::Value, unit.times(times));
        match count {
            Count::Prefix(prefix) => {
                let width = self.width(prefix);
                let most = match &**prefix {
                    Shape::Integer {
                        bits: bits @ ..64, ..
                    } => Some((1 << bits) - 1),
                    _ => None,
                };
                let count = Piece::new(of("count", label), Role::Count, width);
                vec![count, data(Width { min: 0, max: most })]
            }
            Count::Fixed(count) => vec![data(Width::fixed(*count))],
            Count::Expr(Expr::Integer(count)) => match u64::try_from(*count) {
                Ok(count) => vec![data(Width::fixed(count))],
                Err(_) => vec![data(Width::ANY)],
            },
            Count::Expr(_) | Count::Rest => vec![data(Width::ANY)],
            // The last is one of them.
            Count::Last(_) => vec![data(Width { min: 1, max: None })],
            Count::Until(until) => {
                let end = match (&until.end, until.ending.terminator) {
                    (_, Terminator::Left) => None,
                    (pickler::dynamic::Value::Bytes(end), _) => {
                        Some(Width::fixed(8).times(Width::fixed(end.len() as u64)))
                    }
                    _ => Some(unit),
                };
                let lacks = until.ending.or_end || until.room.is_some();
                let end = end.map(|end| {
                    let width = if lacks { end.or_nothing() } else { end };
                    Piece::new(of("end", label), Role::End, width)
                });
                [Some(data(Width::ANY)), end]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        }
    }

    fn sized(&self, item: &Shape, size: &Size, leftover: bool, label: &str) -> Vec<Piece> {
        let mut width = self.width(item);
        // A piece has whole bytes; what is bounded only has as many bits as it
        // takes.
        if !matches!(size, Size::AtMost(_)) {
            width = width.whole();
        }
        if leftover || self.has_elsewhere(item) {
            width.max = None;
        }
        match size {
            Size::Prefix { prefix, .. } => {
                let length = Piece::new(of("size", label), Role::Length, self.width(prefix));
                vec![length, one(label, width)]
            }
            Size::Expr(Expr::Integer(bytes)) => {
                let bytes = u64::try_from(*bytes).ok();
                let width = bytes.map_or(Width::ANY, |bytes| Width::bytes(bytes, Some(bytes)));
                vec![one(label, width)]
            }
            Size::Expr(_) | Size::AllBut(_) => vec![one(label, width)],
            Size::AtMost(bytes) => {
                let most = bytes.checked_mul(8);
                let max = width.max.into_iter().chain(most).min();
                vec![one(label, Width { max, ..width })]
            }
            Size::Until { end, ending } => {
                let marker = Width::fixed(8 * end.len() as u64);
                let item = one(label, width);
                let lacks = ending.or_end;
                let marker = if lacks { marker.or_nothing() } else { marker };
                match ending.terminator {
                    Terminator::Taken => {
                        vec![item, Piece::new(of("end", label), Role::End, marker)]
                    }
                    Terminator::Kept | Terminator::Left => vec![item],
                }
            }
        }
    }

    fn filled(&self, item: &Shape, fill: Fill, label: &str) -> Vec<Piece> {
        let padding = |width| Piece::new(of("padding", label), Role::Padding, width);
        let aligned = |bytes: u64| Width {
            min: 0,
            max: Some(bytes.saturating_mul(8).saturating_sub(1)),
        };
        let mut pieces = self.pieces(item, label);
        match fill {
            Fill::Before(bits) => pieces.insert(0, padding(Width::fixed(bits))),
            Fill::After(bits) => pieces.push(padding(Width::fixed(bits))),
            Fill::To(bytes) => {
                let all = Width::bytes(bytes, Some(bytes));
                let taken: Width = pieces.iter().map(|piece| piece.width).sum();
                match taken.exact() {
                    Some(taken) if !self.has_elsewhere(item) && taken <= all.min => {
                        pieces.push(padding(Width::fixed(all.min - taken)));
                    }
                    _ => pieces = vec![one(label, all)],
                }
            }
            Fill::Align { bytes, from } => pieces.insert(
                0,
                Piece {
                    align: Some((bytes, from)),
                    ..padding(aligned(bytes))
                },
            ),
            Fill::AlignEnd { bytes, from } => {
                let taken: Width = pieces.iter().map(|piece| piece.width).sum();
                let width = match (from, taken.exact()) {
                    // It is counted from where the record starts.
                    (Origin::Record, Some(taken)) => Width::fixed(missing(taken, bytes)),
                    _ => aligned(bytes),
                };
                pieces.push(Piece {
                    align: (from == Origin::Message).then_some((bytes, from)),
                    ..padding(width)
                });
            }
        }
        pieces
    }

    /// Something in it stands elsewhere: behind what is in its piece.
    fn has_elsewhere(&self, shape: &Shape) -> bool {
        let mut seen = vec![false; self.schema.types().len()];
        let mut open = vec![shape];
        while let Some(shape) = open.pop() {
            match shape {
                Shape::Elsewhere { .. } => return true,
                Shape::Named(reference)
                    if !std::mem::replace(&mut seen[reference.index()], true) =>
                {
                    open.push(&self.schema.definition(*reference).shape);
                }
                _ => open.extend(shape.parts()),
            }
        }
        false
    }
}

/// A piece that is put together elsewhere.
pub fn one_of(label: &str, role: Role, width: Width) -> Piece {
    Piece::new(label, role, width)
}

/// Something as one piece.
fn one(label: &str, width: Width) -> Piece {
    let label = if label.is_empty() { "value" } else { label };
    Piece::new(label, Role::Value, width)
}

/// What one piece of something is called.
fn of(what: &str, label: &str) -> String {
    if label.is_empty() {
        what.to_owned()
    } else {
        format!("{what} of {label}")
    }
}

/// What a part of something is called.
pub fn member(label: &str, part: &str) -> String {
    if label.is_empty() {
        part.to_owned()
    } else {
        format!("{label}.{part}")
    }
}

/// How many bits there are to the next multiple of so many bytes.
pub fn missing(bits: u64, bytes: u64) -> u64 {
    match bytes.checked_mul(8) {
        Some(multiple @ 1..) => bits
            .checked_next_multiple_of(multiple)
            .map_or(0, |to| to - bits),
        _ => 0,
    }
}

fn varint(format: VarintFormat) -> Width {
    let longest = format.encoding.greatest_length(format.bits);
    let groups = format.bits.div_ceil(7);
    let most = match format.encoding {
        _ if format.lenient => longest,
        // The two's complement of 64 bits, or of 128.
        VarintEncoding::Leb128 if format.signed => longest,
        VarintEncoding::Leb128
        | VarintEncoding::Sleb128
        | VarintEncoding::ZigZag
        | VarintEncoding::Vlq
        | VarintEncoding::Nat
        | VarintEncoding::Mqtt => groups.min(longest),
        VarintEncoding::Quic => longest,
    };
    Width::bytes(1, Some(most.into()))
}

/// The key of a protobuf field: its number and three bits.
fn protobuf_key(number: u64) -> Width {
    let bits = (u64::BITS - number.leading_zeros()) + 3;
    let bytes = u64::from(bits.div_ceil(7));
    Width::bytes(bytes, Some(bytes))
}

fn number(number: Number) -> Width {
    match number {
        Number::Bits(bits) => Width::fixed(u64::from(bits)),
        Number::Varint(encoding) => Width::bytes(1, Some(encoding.greatest_length(64).into())),
    }
}
