//! Things that stand where they cannot.

use pickler::schema::{
    Count, Field, Fill, Form, KeyFormat, Keyed, Pairs, Presence, Record, Reference, Schema, Shape,
    Size,
};

use super::room::{self, Room};
use super::{Parts, walk};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::{Source, Span};

/// Says so where something stands behind what takes all that is left, where items
/// take no room, and where what says how much there is is no integer.
pub fn places(
    parts: &Parts<'_>,
    schema: &Schema,
    rooms: &[Room],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut places = Places {
        schema,
        rooms,
        diagnostics,
    };
    for (shape, source) in parts.shapes() {
        walk(shape, source, &mut |shape, source| {
            places.shape(shape, source);
        });
    }
}

struct Places<'a> {
    schema: &'a Schema,
    rooms: &'a [Room],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Places<'_> {
    fn room(&self, shape: &Shape) -> Room {
        room::of(shape, self.rooms)
    }

    fn shape(&mut self, shape: &Shape, source: &Source) {
        let at = |index: usize| source.parts.get(index).map_or(source.span, |it| it.span);
        match shape {
            Shape::Record(record) => {
                let magic = record.magic.iter();
                let fields = record.fields.iter().map(|field| &field.shape);
                let spans: Vec<Span> = record
                    .magic
                    .iter()
                    .map(|_| at(0))
                    .chain(source.members.iter().map(|member| member.name))
                    .collect();
                self.one_after_another(magic.chain(fields), &spans);
                self.beside_elsewhere(record, source);
                if let Some(magic) = &record.magic {
                    self.constant(magic, at(0));
                }
            }
            Shape::Tuple(items) => {
                let spans: Vec<Span> = (0..items.len()).map(at).collect();
                self.one_after_another(items, &spans);
            }
            Shape::Behind { magic, item } => {
                self.one_after_another([&**magic, &**item], &[at(0), source.span]);
                self.constant(magic, at(0));
            }
            Shape::Filled {
                item,
                fill: Fill::After(_) | Fill::AlignEnd { .. },
                ..
            } if self.room(item).rest => {
                let message = "padding stands behind what takes all that is left";
                self.report(mistakes::TAKES_THE_REST, source.span, message);
            }
            Shape::List { item, count } => self.list(item, count, source),
            Shape::Bytes {
                count: Count::Prefix(prefix),
            }
            | Shape::Text {
                count: Count::Prefix(prefix),
            }
            | Shape::Sized {
                size: Size::Prefix { prefix, .. },
                ..
            }
            | Shape::Shared {
                reference: Reference::Number { prefix, .. },
                ..
            } => self.integer(prefix, at(0)),
            Shape::Union(union) => {
                self.tag(&union.tag, at(0));
                if let Some(length) = &union.length
                    && !is_length(&length.shape)
                {
                    let message = "a length in front is an integer of whole bytes without a sign, \
                                   such as `u16`; a `size` behind the type of each variant may \
                                   be any integer";
                    self.report(mistakes::NO_INTEGER, at(1), message);
                }
            }
            Shape::Enumeration(enumeration) => self.tag(&enumeration.tag, at(0)),
            Shape::Keyed(keyed) => self.keyed(keyed, source),
            Shape::ProtobufField { .. }
            | Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::Unordered { .. }
            | Shape::Optional { .. }
            | Shape::Conditional { .. }
            | Shape::Constant { .. }
            | Shape::Choice { .. }
            | Shape::Peeked { .. }
            | Shape::Ordered { .. }
            | Shape::OrderedBy { .. }
            | Shape::Given { .. }
            | Shape::Shown { .. }
            | Shape::Mapped { .. }
            | Shape::Satisfying { .. }
            | Shape::Padded { .. }
            | Shape::Means { .. }
            | Shape::Sized { .. }
            | Shape::Filtered { .. }
            | Shape::Filled { .. }
            | Shape::Elsewhere { .. }
            | Shape::Shared { .. }
            | Shape::Json { .. }
            | Shape::Opaque(_)
            | Shape::Boxed(_)
            | Shape::Named(_) => {}
        }
    }

    /// Nothing that takes room stands behind what takes all that is left.
    fn one_after_another<'a>(
        &mut self,
        things: impl IntoIterator<Item = &'a Shape>,
        spans: &[Span],
    ) {
        let mut rest: Option<Span> = None;
        for (index, thing) in things.into_iter().enumerate() {
            let room = self.room(thing);
            let span = spans.get(index).copied().unwrap_or_default();
            if let Some(rest) = rest
                && room.most
            {
                let message = "nothing is left for what stands here";
                let diagnostic = Diagnostic::new(mistakes::TAKES_THE_REST, span, message)
                    .related(rest, "this takes all that is left")
                    .help("say how much that is: `count u16`, or `size u16` behind its type");
                self.diagnostics.push(diagnostic);
                return;
            }
            if room.rest {
                rest = Some(span);
            }
        }
    }

    /// A value that takes all that is left leaves nothing for other keys.
    fn keyed(&mut self, keyed: &Keyed, source: &Source) {
        let ends = matches!(
            keyed.format,
            KeyFormat::Pairs(Pairs {
                terminator: Some(_),
                ..
            })
        );
        for (index, (field, member)) in keyed.fields.iter().zip(&source.members).enumerate() {
            let is_last = keyed.in_order && index + 1 == keyed.fields.len();
            let is_alone = keyed.fields.len() == 1 && !field.is_repeated();
            let rest = field.form == Form::Plain && self.room(&field.shape).rest;
            if rest && (ends || !(is_last || is_alone)) {
                let message = "this takes all that is left, and with it the keys behind";
                let diagnostic = Diagnostic::new(mistakes::TAKES_THE_REST, member.name, message)
                    .help("say how much it is, or give all values a `size`");
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// What takes all that is left would take what stands elsewhere, too.
    fn beside_elsewhere(&mut self, record: &Record, source: &Source) {
        let is_elsewhere = |field: &Field| matches!(field.shape, Shape::Elsewhere { .. });
        let Some(elsewhere) = record.fields.iter().position(is_elsewhere) else {
            return;
        };
        let span = |index: usize| source.members.get(index).map_or(source.span, |it| it.name);
        for (index, field) in record.fields.iter().enumerate() {
            if self.takes_the_rest(&field.shape) {
                let message = "this would take what stands elsewhere, too";
                let diagnostic = Diagnostic::new(mistakes::TAKES_THE_REST, span(index), message)
                    .related(span(elsewhere), "this stands elsewhere")
                    .help("say how much it is: `count u16`, or `size u16` behind its type");
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// It goes on to the end of the input or of the piece, or to somewhere in
    /// front of it.
    fn takes_the_rest(&self, shape: &Shape) -> bool {
        let to_end = matches!(
            shape,
            Shape::Sized {
                size: Size::AllBut(_),
                ..
            } | Shape::Conditional {
                presence: Presence::UnlessEnd,
                ..
            }
        );
        self.room(shape).rest || to_end
    }

    /// What something stands behind is always the same.
    fn constant(&mut self, shape: &Shape, span: Span) {
        if !is_constant(self.schema, shape) {
            let message = "what something stands behind is a constant, such as `magic u8 7`";
            self.report(mistakes::OUT_OF_PLACE, span, message);
        }
    }

    fn list(&mut self, item: &Shape, count: &Count, source: &Source) {
        if let Count::Prefix(prefix) = count {
            let span = source.parts.first().map_or(source.span, |it| it.span);
            self.integer(prefix, span);
        }
        let room = self.room(item);
        let span = source.parts.last().map_or(source.span, |it| it.span);
        if *count == Count::Rest && ends_within_a_byte(self.schema, item) {
            let message = "these items end within a byte, so that the end of the last is not seen";
            let diagnostic = Diagnostic::new(mistakes::NO_COUNT, span, message)
                .help("say how many there are: `count u16`");
            self.diagnostics.push(diagnostic);
        }
        let is_counted = matches!(count, Count::Prefix(_) | Count::Fixed(_) | Count::Expr(_));
        if !room.most && !is_counted {
            let message = "these items take no room, so that there is no end of them";
            self.report(mistakes::TAKES_NO_ROOM, span, message);
        } else if room.rest && !matches!(count, Count::Fixed(0 | 1)) {
            let message = "the first item takes all that is left, and the others nothing";
            let diagnostic = Diagnostic::new(mistakes::TAKES_THE_REST, span, message)
                .help("say how much an item is: `count u16`, or `size u16` behind its type");
            self.diagnostics.push(diagnostic);
        }
    }

    /// What stands in front of something is an integer.
    fn integer(&mut self, shape: &Shape, span: Span) {
        let is_bool = matches!(self.schema.meaning(shape), Shape::Bool { .. });
        if is_bool || !is_integer(self.schema, shape) {
            let message = "this is no integer, and cannot say how much there is";
            self.report(mistakes::NO_INTEGER, span, message);
        }
    }

    /// A tag is an integer or a few bytes.
    fn tag(&mut self, shape: &Shape, span: Span) {
        let shape = self.schema.meaning(shape);
        let is_bytes = matches!(
            shape,
            Shape::Bytes {
                count: Count::Fixed(1..=16)
            }
        );
        let is_field = matches!(shape, Shape::ProtobufField { item, .. }
            if is_integer(self.schema, item));
        if !is_bytes && !is_field && !is_integer(self.schema, shape) {
            let message = "a tag is an integer, or 1 to 16 bytes: `tag (bytes count 4)`";
            self.report(mistakes::NO_INTEGER, span, message);
        }
    }

    fn report(&mut self, mistake: mistakes::Mistake, span: Span, message: &str) {
        self.diagnostics
            .push(Diagnostic::new(mistake, span, message));
    }
}

/// There is nothing to tell of a value of it.
fn is_constant(schema: &Schema, shape: &Shape) -> bool {
    match schema.meaning(shape) {
        Shape::Constant { .. } => true,
        Shape::Tuple(items) => items.iter().all(|item| is_constant(schema, item)),
        _ => false,
    }
}

/// A list of such items may end within a byte.
fn ends_within_a_byte(schema: &Schema, item: &Shape) -> bool {
    match schema.meaning(item) {
        Shape::Integer { bits, .. } | Shape::Bool { bits } => !bits.is_multiple_of(8),
        Shape::Enumeration(enumeration) => ends_within_a_byte(schema, &enumeration.tag),
        Shape::Means { item, .. } | Shape::Optional { item, .. } => {
            ends_within_a_byte(schema, item)
        }
        _ => false,
    }
}

/// The value of a shape is an integer.
pub fn is_integer(schema: &Schema, shape: &Shape) -> bool {
    match schema.meaning(shape) {
        Shape::Integer { .. } | Shape::Varint(_) | Shape::Bool { .. } => true,
        Shape::Means { item, meaning } => {
            use pickler::schema::Meaning;
            let keeps = matches!(meaning, Meaning::Digits { .. } | Meaning::ZigZag);
            (keeps || meaning.keeps_value()) && is_integer(schema, item)
        }
        Shape::Optional { .. }
        | Shape::Constant { .. }
        | Shape::Float { .. }
        | Shape::Bytes { .. }
        | Shape::Text { .. }
        | Shape::List { .. }
        | Shape::Unordered { .. }
        | Shape::Tuple(_)
        | Shape::Record(_)
        | Shape::Keyed(_)
        | Shape::ProtobufField { .. }
        | Shape::Union(_)
        | Shape::Enumeration(_)
        | Shape::Conditional { .. }
        | Shape::Choice { .. }
        | Shape::Peeked { .. }
        | Shape::Ordered { .. }
        | Shape::OrderedBy { .. }
        | Shape::Given { .. }
        | Shape::Shown { .. }
        | Shape::Mapped { .. }
        | Shape::Satisfying { .. }
        | Shape::Padded { .. }
        | Shape::Sized { .. }
        | Shape::Filtered { .. }
        | Shape::Behind { .. }
        | Shape::Filled { .. }
        | Shape::Elsewhere { .. }
        | Shape::Shared { .. }
        | Shape::Json { .. }
        | Shape::Opaque(_)
        | Shape::Boxed(_)
        | Shape::Named(_) => false,
    }
}

/// An integer from 0 that always takes the same whole bytes.
fn is_length(shape: &Shape) -> bool {
    match shape {
        Shape::Integer { bits, signed } => !signed && bits.is_multiple_of(8),
        Shape::Ordered { item, .. } | Shape::OrderedBy { item, .. } => is_length(item),
        _ => false,
    }
}
