//! What is put behind a type.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::dynamic::Value;
use pickler::schema::{
    Compression, Count, Expr, Fill, Filter, FixedText, Meaning, Origin, Padding, Place, Presence,
    Reference, Shape, Size,
};

use super::Printer;
use super::name::Name;
use super::shape::ending_word;

/// What a shape says something of by words behind it, and whether that stands in
/// parentheses: what is put behind it would be read as a part of what is.
pub(super) fn modified(shape: &Shape) -> Option<(&Shape, bool)> {
    let item = match shape {
        Shape::Ordered { item, .. }
        | Shape::Conditional { item, .. }
        | Shape::Optional { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Unordered { list: item, .. }
        | Shape::Constant { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Padded { item, .. }
        | Shape::Means { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Elsewhere { item, .. }
        | Shape::Shared { item, .. }
        | Shape::Json { item } => item,
        Shape::Given { item, .. } if !matches!(**item, Shape::Named(_)) => item,
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Float { .. }
        | Shape::Bytes { .. }
        | Shape::Text { .. }
        | Shape::List { .. }
        | Shape::Tuple(_)
        | Shape::Record(_)
        | Shape::Keyed(_)
        | Shape::ProtobufField { .. }
        | Shape::Union(_)
        | Shape::Enumeration(_)
        | Shape::Choice { .. }
        | Shape::Peeked { .. }
        | Shape::Given { .. }
        | Shape::Opaque(_)
        | Shape::Boxed(_)
        | Shape::Named(_) => return None,
    };
    let item = told(item);
    let grouped = matches!(
        (shape, item),
        (Shape::Ordered { .. }, Shape::Ordered { .. })
            | (Shape::Conditional { .. }, Shape::Conditional { .. })
            | (
                Shape::Optional { .. } | Shape::Filled { .. },
                Shape::Elsewhere { .. }
            )
    );
    Some((item, grouped))
}

/// The shape of which something is told: not an order that changes nothing.
pub(super) fn told(mut shape: &Shape) -> &Shape {
    while let Shape::Ordered {
        item,
        bytes: None,
        bits: None,
    } = shape
    {
        shape = item;
    }
    shape
}

impl Printer<'_> {
    /// All that is put behind the innermost type of a shape, each behind a space.
    pub(super) fn modifiers(&mut self, shape: &Shape) {
        let shape = told(shape);
        if let Some((item, _)) = modified(shape) {
            self.modifiers(item);
            self.put(" ");
            self.modifier(shape);
        }
    }

    /// What a shape puts behind what it says something of.
    pub(super) fn modifier(&mut self, shape: &Shape) {
        match shape {
            Shape::Optional { item, none } => {
                self.put("none ");
                self.value(none, item);
            }
            Shape::Conditional {
                item,
                presence,
                absent,
            } => {
                self.presence(presence);
                if *absent != Value::Null {
                    self.put(" else ");
                    self.value(absent, item);
                }
            }
            Shape::Constant { item, value } => {
                self.put("always ");
                self.value(value, item);
            }
            Shape::Ordered { bytes, bits, .. } => self.orders(*bytes, *bits),
            Shape::OrderedBy { little, .. } => {
                self.put(format_args!("little-endian when {little}"));
            }
            Shape::Given { arguments, .. } => {
                self.put("given ");
                self.arguments(arguments);
            }
            Shape::Shown { item, pairs } => {
                self.put("shown (");
                self.commas(pairs, |printer, (value, shown)| {
                    printer.value(value, item);
                    printer.put(" = ");
                    // What people see has no shape.
                    printer.value(shown, &Shape::Tuple(Vec::new()));
                });
                self.put(")");
            }
            Shape::Mapped { name, .. } => self.put(format_args!("mapped {name:?}")),
            Shape::Satisfying { condition, .. } => self.put(format_args!("where {condition}")),
            Shape::Padded { padding, .. } => self.padded(*padding),
            Shape::Means { item, meaning } => self.meaning(meaning, item),
            Shape::Sized { size, leftover, .. } => {
                self.size(size);
                if *leftover {
                    self.put(" leftover ignored");
                }
            }
            Shape::Filtered { filter, .. } => self.filter(filter),
            Shape::Behind { magic, .. } => self.magic(magic),
            Shape::Filled { fill, padding, .. } => {
                self.fill(*fill);
                match padding {
                    Padding::Zero => {}
                    Padding::Ignored => self.put(" ignored"),
                }
            }
            Shape::Elsewhere { place, .. } => self.place(place),
            Shape::Shared { reference, .. } => self.reference(reference),
            Shape::Unordered { by_key, .. } => self.put(if *by_key { "map" } else { "set" }),
            Shape::Json { .. } => self.put("json"),
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::List { .. }
            | Shape::Tuple(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::ProtobufField { .. }
            | Shape::Union(_)
            | Shape::Enumeration(_)
            | Shape::Choice { .. }
            | Shape::Peeked { .. }
            | Shape::Opaque(_)
            | Shape::Boxed(_)
            | Shape::Named(_) => debug_assert!(false, "a type is put behind nothing"),
        }
    }

    fn presence(&mut self, presence: &Presence) {
        match presence {
            Presence::Flag(flag) => {
                self.put("flag ");
                self.prefix(flag);
            }
            Presence::If(condition) => self.condition(condition),
            Presence::UnlessEnd => self.put("unless end"),
        }
    }

    fn orders(&mut self, bytes: Option<ByteOrder>, bits: Option<BitOrder>) {
        let bytes = bytes.map(|bytes| match bytes {
            ByteOrder::Big => "big-endian",
            ByteOrder::Little => "little-endian",
        });
        let bits = bits.map(|bits| match bits {
            BitOrder::Msb => "msb-first",
            BitOrder::Lsb => "lsb-first",
        });
        let words: Vec<&str> = bytes.into_iter().chain(bits).collect();
        self.put(words.join(" "));
    }

    fn padded(&mut self, padding: FixedText) {
        self.put(format_args!(
            "padded to {} with {}",
            padding.size, padding.unit
        ));
        if padding.unit_bytes != 1 {
            self.put(format_args!(" in {} bytes", padding.unit_bytes));
        }
        if padding.ignored {
            self.put(" ignored");
        }
    }

    fn meaning(&mut self, meaning: &Meaning, item: &Shape) {
        match meaning {
            Meaning::NonZero => self.put("nonzero"),
            Meaning::Within { min, max } => self.put(format_args!("in {min}..={max}")),
            Meaning::Digits { max } => {
                self.put("bcd");
                if greatest_digits(item) != Some(*max) {
                    self.put(format_args!(" to {max}"));
                }
            }
            Meaning::ZigZag => self.put("zigzag"),
            Meaning::Character => self.put("character"),
            Meaning::Text(encoding) => {
                self.put("encoding ");
                self.put(encoding.name());
            }
            Meaning::Scaled { scale, unit } => {
                self.put(format_args!("scale {scale}"));
                if !unit.is_empty() {
                    self.put(format_args!(" {unit:?}"));
                }
            }
            Meaning::Flags { named, keeps } => {
                self.put("flags (");
                self.commas(named, |printer, (name, bits)| {
                    printer.put(format_args!("{} = {bits:#x}", Name::of(name)));
                });
                self.put(match (named.is_empty(), keeps) {
                    (_, false) => ")",
                    (true, true) => "..)",
                    (false, true) => ", ..)",
                });
            }
            Meaning::Ignored { written } => {
                self.put("ignored writing ");
                self.value(written, item);
            }
            Meaning::IpAddress => self.put("ip"),
            Meaning::Uuid => self.put("uuid"),
            // The list grows with the toolkit, and the tests of both with it.
            _ => self.put(format_args!("{meaning:?}")),
        }
    }

    fn size(&mut self, size: &Size) {
        self.put("size ");
        match size {
            Size::Expr(size) => self.size_of(size),
            Size::AtMost(most) => self.put(format_args!("<= {most}")),
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                self.prefix(prefix);
                if *counts_itself {
                    self.put(" counts itself");
                }
            }
            Size::AllBut(rest) => self.put(format_args!("remaining - ({rest})")),
            Size::Until { end, ending } => {
                let (word, end) = (ending_word(ending.terminator), end.escape_ascii());
                self.put(format_args!("{word} b\"{end}\""));
                if ending.or_end {
                    self.put(" or end");
                }
            }
        }
    }

    /// A size that does not begin with a word that says more.
    fn size_of(&mut self, size: &Expr) {
        const WORDS: [&str; 4] = ["remaining", "until", "through", "before"];
        let text = size.to_string();
        let end = text.find(|it: char| !it.is_alphanumeric() && it != '_');
        if WORDS.contains(&&text[..end.unwrap_or(text.len())]) {
            self.put(format_args!("({text})"));
        } else {
            self.put(text);
        }
    }

    fn filter(&mut self, filter: &Filter) {
        match filter {
            Filter::Xor(key) => {
                self.put("xor ");
                self.arguments(key);
            }
            Filter::RotateLeft(by) => self.put(format_args!("rotate left {by}")),
            Filter::RotateRight(by) => self.put(format_args!("rotate right {by}")),
            Filter::Compressed(Compression::Zlib) => self.put("zlib"),
            Filter::Compressed(Compression::Deflate) => self.put("deflate"),
            Filter::Compressed(Compression::Gzip) => self.put("gzip"),
            _ => self.put(format_args!("{filter:?}")),
        }
    }

    /// A constant in front of something.
    pub(super) fn magic(&mut self, magic: &Shape) {
        self.put("magic ");
        match magic {
            Shape::Constant { item, value } => match (&**item, value) {
                (
                    Shape::Bytes {
                        count: Count::Fixed(count),
                    },
                    Value::Bytes(bytes),
                ) if bytes.len() as u64 == *count => self.value(value, item),
                (Shape::Integer { .. }, _) => {
                    self.prefix(item);
                    self.put(" ");
                    self.value(value, item);
                }
                _ => self.group(magic),
            },
            _ => self.group(magic),
        }
    }

    fn fill(&mut self, fill: Fill) {
        match fill {
            Fill::Before(bits) => self.pad("before", bits),
            Fill::After(bits) => self.pad("after", bits),
            Fill::To(bytes) => self.put(format_args!("pad to {bytes}")),
            Fill::Align { bytes, from } => {
                self.put(format_args!("align {bytes}"));
                self.origin(from);
            }
            Fill::AlignEnd { bytes, from } => {
                self.put(format_args!("align end {bytes}"));
                self.origin(from);
            }
        }
    }

    fn pad(&mut self, place: &str, bits: u64) {
        if bits.is_multiple_of(8) {
            self.put(format_args!("pad {place} {}", bits / 8));
        } else {
            self.put(format_args!("pad {place} {bits} bits"));
        }
    }

    fn origin(&mut self, origin: Origin) {
        match origin {
            Origin::Message => {}
            Origin::Record => self.put(" from record"),
        }
    }

    fn place(&mut self, place: &Place) {
        self.put(format_args!("at {}", place.at));
        self.origin(place.from);
        if place.align != 1 {
            self.put(format_args!(" align {}", place.align));
        }
        if let Some(none) = place.none {
            self.put(format_args!(" none {none}"));
        }
    }

    fn reference(&mut self, reference: &Reference) {
        match reference {
            Reference::Offset { bits, mark } => {
                self.put(format_args!("shared offset u{bits} {mark:#x}"));
            }
            Reference::Number { prefix, table } => {
                self.put("shared index ");
                self.prefix(prefix);
                self.put(format_args!(" {table:?}"));
            }
        }
    }
}

/// The greatest number of as many decimal digits as an integer has halves of
/// bytes.
fn greatest_digits(item: &Shape) -> Option<u128> {
    match item {
        Shape::Integer { bits, .. } => Some(10_u128.checked_pow(bits / 4)? - 1),
        _ => None,
    }
}
