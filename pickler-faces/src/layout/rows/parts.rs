//! The rows of what has parts: records, unions, fields behind keys.

use pickler::schema::{
    Checksum, Field, KeyFormat, Keyed, LengthCounts, Number, Record, Shape, TagSource, Union,
    Unknown, Variant,
};

use super::Rows;
use crate::layout::describe::{keyed_format, number, occurs, tag_size};
use crate::layout::literal::{literal, tag};
use crate::layout::pieces::one_of;
use crate::layout::prose::blocks;
use crate::layout::{Case, Cases, CasesKind, Piece, Role, Row, Width, Words};

impl<'a> Rows<'a> {
    pub(super) fn record(&mut self, record: &'a Record) {
        if let Some(magic) = &record.magic {
            self.magic(magic);
        }
        for field in &record.fields {
            self.field(record, field);
        }
        for assertion in &record.assertions {
            self.assertions
                .push(Words::default().code(assertion).text(" must hold"));
        }
    }

    fn field(&mut self, record: &Record, field: &Field) {
        let pieces = self.measure.pieces(&field.shape, &field.name);
        let mut row = self.row(&field.name, &field.shape, pieces);
        row.default = field.default.as_ref().map(literal);
        match (&field.checksum, &field.derived) {
            (Some(sum), _) => row.notes.push(checksum(record, *sum)),
            (None, Some(derived)) => {
                row.notes
                    .push(Words::of("follows from the others: ").code(derived));
            }
            (None, None) => {}
        }
        for assertion in &field.assertions {
            row.allowed
                .push(Words::default().code(assertion).text(" must hold"));
        }
        row.doc = blocks(&field.doc);
        self.rows.push(row);
    }

    pub(super) fn union(&mut self, union: &'a Union) {
        let message = self.message.take();
        let mut header = Vec::new();
        if union.source == TagSource::Wire {
            let pieces = self.measure.pieces(&union.tag, "code").into_iter();
            let pieces = pieces.map(|piece| Piece {
                role: Role::Tag,
                ..piece
            });
            let mut row = self.row("code", &union.tag, pieces.collect());
            row.around = true;
            match message {
                Some(message) => row.allowed.push(always(message, &union.tag)),
                None => row.doc = blocks("Says what comes."),
            }
            header.push(row);
        } else if message.is_none() {
            let source = self.describe.union_source(&union.source, &union.tag);
            self.notes
                .push(Words::of("What comes is ").and(source).text("."));
        }
        if let Some(length) = &union.length {
            let piece = one_of("length", Role::Length, self.measure.width(&length.shape));
            let mut row = self.row("length", &length.shape, vec![piece]);
            row.around = true;
            row.doc = blocks(counts(length.counts));
            let at = if length.first { 0 } else { header.len() };
            header.insert(at, row);
        }
        self.rows.extend(header);
        if let Some(message) = message {
            self.body(&message.body);
            return;
        }
        let widths = union.variants.iter().map(|it| self.measure.width(&it.body));
        let unknown = union.other.iter().map(|_| Width::ANY);
        let width = widths
            .chain(unknown)
            .reduce(Width::or)
            .unwrap_or(Width::ANY);
        if width != Width::fixed(0) {
            let body = one_of("body", Role::Value, width);
            self.rows
                .push(Row::new("body", Words::of("as below"), vec![body]));
        }
        let size = tag_size(&union.tag);
        let known = union.variants.iter().map(|variant| {
            let code = match union.source {
                TagSource::Choice => String::new(),
                _ => codes(variant, size),
            };
            let mut case = Case::new(code, &variant.name);
            case.doc = blocks(&variant.doc);
            if let Some(condition) = &variant.condition {
                case.more = Words::of("there if ").code(condition);
            }
            match &variant.body {
                Shape::Tuple(items) if items.is_empty() => {}
                body => self.case(body, &mut case),
            }
            case
        });
        let mut cases: Vec<Case> = known.collect();
        if let Some(other) = &union.other {
            let mut case = Case::new("other", &other.name);
            case.what = Words::of("bytes, to the end");
            cases.push(case);
        }
        self.cases = Some(Cases {
            kind: CasesKind::Variants,
            cases,
        });
    }

    /// What a message is, behind its header.
    fn body(&mut self, body: &'a Shape) {
        match body {
            Shape::Named(reference) => {
                let definition = self.describe.schema.definition(*reference);
                self.shape(&definition.shape);
            }
            Shape::Boxed(item) => self.body(item),
            Shape::Given { item, .. } => {
                self.note(body);
                self.body(item);
            }
            other => self.shape(other),
        }
    }

    fn case(&self, body: &'a Shape, case: &mut Case) {
        let inner = Rows::new(self.describe, self.measure, self.orders);
        match body {
            Shape::Record(_) => {
                let inner = inner.of(body, false);
                case.rows = inner.rows;
                case.notes = inner.assertions;
            }
            body => case.what = self.describe.inline(body),
        }
    }

    pub(super) fn keyed(&mut self, keyed: &Keyed) {
        if let KeyFormat::Pairs(pairs) = &keyed.format
            && let Some(count) = pairs.count
        {
            let pieces = self
                .measure
                .pieces(&Shape::Keyed(Box::new(keyed.clone())), "");
            let piece = pieces.into_iter().next();
            let row = Row::new(
                "count",
                Words::of(number(count)),
                piece.into_iter().collect(),
            );
            self.push(row, "How many fields come.");
        }
        let ty = keyed_format(&keyed.format);
        let piece = one_of("fields", Role::Value, Width::ANY);
        let mut row = Row::new("fields", ty, vec![piece]);
        row.notes.push(Words::of(if keyed.in_order {
            "in the order below"
        } else {
            "in any order"
        }));
        row.notes.push(match &keyed.unknown {
            Unknown::Refused => Words::of("other keys are errors"),
            Unknown::Ignored => Words::of("other keys are passed over"),
            Unknown::Kept(name) => Words::of("other keys are kept in ").code(name),
        });
        self.rows.push(row);
        if let KeyFormat::Pairs(pairs) = &keyed.format
            && let Some(end) = pairs.terminator
        {
            let width = match pairs.key {
                Number::Bits(bits) => Width::fixed(bits.into()),
                Number::Varint(_) => Width::bytes(1, Some(10)),
            };
            let piece = one_of("end", Role::End, width);
            let mut row = Row::new("end", Words::of(number(pairs.key)), vec![piece]);
            row.allowed.push(Words::of("always ").code(end));
            self.push(row, "The key that ends the fields.");
        }
        let cases = keyed.fields.iter().map(|field| {
            let mut case = Case::new(field.key.to_string(), &field.name);
            case.what = self.describe.keyed_value(field.form, &field.shape);
            case.more = Words::of(occurs(field.occurs));
            case.default = field.default.as_ref().map(literal);
            case.doc = blocks(&field.doc);
            case
        });
        self.cases = Some(Cases {
            kind: CasesKind::Keys,
            cases: cases.collect(),
        });
    }
}

/// The tags of a variant, those in a row as one range.
pub fn codes(variant: &Variant, size: Option<usize>) -> String {
    let mut ranges = vec![(variant.tag, variant.tag)];
    for tags in &variant.also {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*tags.start()) => *last = *tags.end(),
            _ => ranges.push((*tags.start(), *tags.end())),
        }
    }
    let shown = ranges.into_iter().map(|(first, last)| match last - first {
        0 => tag(first, size),
        1 => format!("{}, {}", tag(first, size), tag(last, size)),
        _ => format!("{} to {}", tag(first, size), tag(last, size)),
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn always(message: &Variant, tag: &Shape) -> Words {
    let codes = codes(message, tag_size(tag));
    let words = if message.also.is_empty() {
        "always "
    } else {
        "one of "
    };
    Words::of(words).code(codes)
}

/// What a length counts.
pub fn counts(counts: LengthCounts) -> &'static str {
    match counts {
        LengthCounts::Body => "How many bytes come behind it.",
        LengthCounts::Rest => "How many bytes there are from here on, itself included.",
        LengthCounts::Message => "How many bytes the message has, code and length included.",
    }
}

fn checksum(record: &Record, sum: Checksum) -> Words {
    let words = Words::of("checksum ")
        .code(sum.algorithm.name())
        .text(" of ");
    let name = |index: usize| record.fields.get(index).map_or("?", |field| &field.name);
    match sum.fields {
        None => words.text("the whole record, itself taken as 0"),
        Some((first, last)) if first == last => words.code(name(first)),
        Some((first, last)) => words.code(name(first)).text(" to ").code(name(last)),
    }
}
