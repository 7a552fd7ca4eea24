//! Types.

use pickler::schema::{
    Count, Enumeration, Expr, Keyed, Record, Shape, Terminator, Union, Until, VarintEncoding,
    VarintFormat,
};

use super::Printer;
use super::modifier::{modified, told};
use super::name::Name;

impl Printer<'_> {
    /// A type.
    pub(super) fn shape(&mut self, shape: &Shape) {
        let shape = told(shape);
        if let Some((item, grouped)) = modified(shape) {
            if grouped {
                self.group(item);
            } else {
                self.shape(item);
            }
            self.put(" ");
            self.modifier(shape);
        } else {
            self.primary(shape);
        }
    }

    /// A type in parentheses.
    pub(super) fn group(&mut self, shape: &Shape) {
        self.put("(");
        self.shape(shape);
        self.put(")");
    }

    /// An integer in front of something: one word, or a type in parentheses.
    pub(super) fn prefix(&mut self, shape: &Shape) {
        match shape {
            Shape::Varint(VarintFormat {
                encoding,
                bits: 64,
                signed: false,
                lenient: false,
            }) => self.put(varint_word(*encoding)),
            Shape::Integer { .. } | Shape::Bool { .. } => self.shape(shape),
            _ => self.group(shape),
        }
    }

    /// A type that stands in front of all that is said of it.
    fn primary(&mut self, shape: &Shape) {
        match shape {
            Shape::Integer { bits, signed } => self.integer(*bits, *signed),
            Shape::Varint(format) => {
                let lenient = if format.lenient { "lenient " } else { "" };
                self.put(format_args!("{lenient}{} ", varint_word(format.encoding)));
                self.integer(format.bits, format.signed);
            }
            Shape::Bool { bits: 8 } => self.put("bool"),
            Shape::Bool { bits } => self.put(format_args!("bool{bits}")),
            Shape::Float { bits } => self.put(format_args!("f{bits}")),
            Shape::Bytes { count } => {
                self.put("bytes ");
                self.count(count, shape);
            }
            Shape::Text { count } => {
                self.put("text ");
                self.count(count, shape);
            }
            Shape::List { item, count } => {
                self.put("[");
                self.shape(item);
                self.put("] ");
                self.count(count, item);
            }
            Shape::Tuple(items) => {
                self.put("(");
                self.commas(items, Self::shape);
                self.put(if items.len() == 1 { ",)" } else { ")" });
            }
            Shape::Record(record) => self.anonymous_record(record),
            Shape::Keyed(keyed) => self.anonymous_keyed(keyed),
            Shape::Union(union) => self.anonymous_union(union),
            Shape::Enumeration(enumeration) => self.anonymous_enumeration(enumeration),
            Shape::ProtobufField { number, form, item } => {
                self.put(format_args!("field {number} {} ", form.name()));
                self.group(item);
            }
            Shape::Choice {
                alternatives,
                names,
            } => {
                self.put("choice (");
                let mut names = names.iter();
                self.commas(alternatives, |printer, alternative| {
                    if let Some(name) = names.next() {
                        printer.put(format_args!("{}: ", Name::of(name)));
                    }
                    printer.shape(alternative);
                });
                self.put(")");
            }
            Shape::Peeked { ahead, item } => {
                self.put("peek ");
                self.group(ahead);
                self.put(" then ");
                self.group(item);
            }
            Shape::Opaque(opaque) => self.put(format_args!("opaque {:?}", opaque.name)),
            Shape::Boxed(item) => {
                self.put("box ");
                self.group_unless_primary(item);
            }
            Shape::Named(reference) => self.type_name(*reference),
            Shape::Given { item, arguments } => {
                self.shape(item);
                self.arguments(arguments);
            }
            Shape::Unordered { .. }
            | Shape::Optional { .. }
            | Shape::Conditional { .. }
            | Shape::Constant { .. }
            | Shape::Ordered { .. }
            | Shape::OrderedBy { .. }
            | Shape::Shown { .. }
            | Shape::Mapped { .. }
            | Shape::Satisfying { .. }
            | Shape::Padded { .. }
            | Shape::Means { .. }
            | Shape::Sized { .. }
            | Shape::Filtered { .. }
            | Shape::Behind { .. }
            | Shape::Filled { .. }
            | Shape::Elsewhere { .. }
            | Shape::Shared { .. }
            | Shape::Json { .. } => {
                debug_assert!(false, "what is put behind a type is none");
            }
        }
    }

    fn integer(&mut self, bits: u32, signed: bool) {
        let letter = if signed { 'i' } else { 'u' };
        self.put(format_args!("{letter}{bits}"));
    }

    fn group_unless_primary(&mut self, shape: &Shape) {
        if modified(told(shape)).is_some() {
            self.group(shape);
        } else {
            self.shape(shape);
        }
    }

    /// What a type is given, in parentheses.
    pub(super) fn arguments(&mut self, arguments: &[Expr]) {
        self.put("(");
        self.commas(arguments, Self::put);
        self.put(")");
    }

    fn anonymous_record(&mut self, record: &Record) {
        self.put("record");
        self.record_head(record);
        self.put(" ");
        self.record_body(record);
    }

    fn anonymous_keyed(&mut self, keyed: &Keyed) {
        self.put(Self::kind_of(keyed));
        self.keyed_head(keyed);
        self.put(" ");
        self.keyed_body(keyed);
    }

    fn anonymous_union(&mut self, union: &Union) {
        self.put("union ");
        self.union_head(union);
        self.put(" ");
        self.union_body(union);
    }

    fn anonymous_enumeration(&mut self, enumeration: &Enumeration) {
        self.put("enum ");
        self.prefix(&enumeration.tag);
        self.put(" ");
        self.enumeration_body(enumeration);
    }

    /// How many units there are of `unit`.
    fn count(&mut self, count: &Count, unit: &Shape) {
        match count {
            Count::Prefix(prefix) => {
                self.put("count ");
                self.prefix(prefix);
            }
            Count::Fixed(count) => self.put(format_args!("count {count}")),
            // A number alone is no expression.
            Count::Expr(Expr::Integer(count)) => self.put(format_args!("count ({count})")),
            Count::Expr(count) => self.put(format_args!("count {count}")),
            Count::Until(until) => self.until(until, unit),
            Count::Last(last) => self.put(format_args!("last {last}")),
            Count::Rest => self.put("rest"),
        }
    }

    fn until(&mut self, until: &Until, unit: &Shape) {
        self.put(format_args!("{} ", ending_word(until.ending.terminator)));
        self.value(&until.end, unit);
        if until.ending.or_end {
            self.put(" or end");
        }
        if let Some(room) = &until.room {
            self.put(format_args!(" within {room}"));
        }
    }
}

/// What becomes of what ends something, in a word.
pub(super) fn ending_word(terminator: Terminator) -> &'static str {
    match terminator {
        Terminator::Taken => "until",
        Terminator::Kept => "through",
        Terminator::Left => "before",
    }
}

/// An encoding of integers, in a word.
pub(super) fn varint_word(encoding: VarintEncoding) -> &'static str {
    match encoding {
        VarintEncoding::Leb128 => "leb128",
        VarintEncoding::Sleb128 => "sleb128",
        VarintEncoding::ZigZag => "zigzag",
        VarintEncoding::Quic => "quic",
        VarintEncoding::Vlq => "vlq",
        VarintEncoding::Mqtt => "mqtt",
        VarintEncoding::Nat => "nat",
    }
}
