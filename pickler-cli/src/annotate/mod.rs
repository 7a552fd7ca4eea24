//! A dump of a frame in which every field has its name.

mod dump;
mod lines;
#[cfg(test)]
mod tests;
mod truncated;
mod words;

use std::ops::Range;

use pickler::Error;
use pickler::dynamic::{Span, Value, trace};
use pickler::schema::Schema;

use crate::paint::{Ink, Paint};
use dump::{Dump, INDENT, TEXT, byte_of};
use lines::{Pieces, lines};
use truncated::read_before_the_end;
pub use words::shown;
use words::{Name, shown_pieces, steps, wrong};

/// What stands behind bytes such as padding.
const NO_FIELD: &str = "no field";
/// Columns of a terminal.
const WIDTH: usize = 80;

/// The dump of one frame, a row or more for each field in the order in which
/// they are read, and what the frame holds.
///
/// A field that begins or ends within a byte has that byte's bits shown, with
/// the field's own underlined. What is wrong is told at its place, between what
/// was read before and what was not read for it.
pub fn annotate(
    schema: &Schema,
    bytes: &[u8],
    paint: Paint,
) -> (Vec<String>, Result<Value, Error>) {
    let (mut spans, result) = trace(schema, bytes);
    let within = result.as_ref().map_or_else(
        |error| read_before_the_end(schema, bytes, error),
        |_| Vec::new(),
    );
    let is_cut_off = !within.is_empty();
    spans.extend(within);
    let mut dump = Dump::new(bytes, paint);
    let mut fault = result.as_ref().err();
    let mut unnamed = unnamed(&spans);
    let mut hues = Hues::default();
    for span in &spans {
        let before = span.bits.start;
        if let Some(index) = unnamed.iter().position(|gap| gap.end == before) {
            let gap = unnamed.remove(index);
            dump.rows(bytes_of(&gap), Ink::Faint, &faint(NO_FIELD, paint));
        }
        let hue = hues.of(span);
        dump.bits(&span.bits, span.bit_order, hue, &text(span, hue, paint));
        let is_here = |error: &mut &Error| !is_cut_off && span.bits.contains(&error.bit_offset());
        if let Some(error) = fault.take_if(is_here) {
            for line in lines(&sentence(error), WIDTH - INDENT.len(), paint) {
                dump.line(format!("{INDENT}{line}"));
            }
        }
    }
    let end = spans.iter().map(|span| span.bits.end).max().unwrap_or(0);
    let read = byte_of(end.next_multiple_of(8)).min(bytes.len());
    let mut left = read;
    if let Some(error) = fault {
        let behind = error.bit_offset().saturating_add(error.bit_length());
        left = byte_of(behind.next_multiple_of(8)).clamp(read, bytes.len());
        let text = lines(&sentence(error), WIDTH - TEXT, paint);
        dump.rows(read..left, Ink::Fault, &text);
    }
    if left < bytes.len() {
        let text = match result {
            Ok(_) => NO_FIELD,
            Err(_) => "not read",
        };
        dump.rows(left..bytes.len(), Ink::Faint, &faint(text, paint));
    }
    dump.line("");
    (dump.into_lines(), result)
}

/// A field's name and its value, with the part that is its own in its colour.
fn text(span: &Span, hue: usize, paint: Paint) -> Vec<String> {
    let Name { around, own } = Name::of(span);
    let mut pieces = Pieces::default();
    for step in steps(&around) {
        pieces.add(Some(Ink::Faint), step);
    }
    for step in steps(&own) {
        pieces.add(Some(Ink::Name(hue)), step);
    }
    pieces.add(Some(Ink::Faint), " = ");
    for (ink, piece) in shown_pieces(span) {
        pieces.add(ink, piece);
    }
    lines(&pieces, WIDTH - TEXT, paint)
}

/// What is wrong, to be broken between words.
fn sentence(error: &Error) -> Pieces {
    let mut pieces = Pieces::default();
    for word in wrong(error).split_inclusive(' ') {
        pieces.add(Some(Ink::Fault), word);
    }
    pieces
}

fn faint(text: &str, paint: Paint) -> [String; 1] {
    [paint.ink(Ink::Faint, text).into_owned()]
}

/// Gives neighbours different colours, and a field and its count the same.
#[derive(Default)]
struct Hues<'a> {
    last: Option<(&'a Span, usize)>,
}

impl<'a> Hues<'a> {
    fn of(&mut self, span: &'a Span) -> usize {
        let hue = match self.last {
            None => 0,
            Some((last, hue)) if last.path == span.path => hue,
            Some((_, hue)) => hue + 1,
        };
        self.last = Some((span, hue));
        hue
    }
}

/// What lies between the parts that have names, such as padding.
fn unnamed(spans: &[Span]) -> Vec<Range<u64>> {
    let mut named: Vec<&Range<u64>> = spans.iter().map(|span| &span.bits).collect();
    named.sort_by_key(|bits| bits.start);
    let mut gaps = Vec::new();
    let mut end = 0;
    for bits in named {
        if bits.start > end {
            gaps.push(end..bits.start);
        }
        end = end.max(bits.end);
    }
    gaps
}

/// The bytes that lie in a range of bits as a whole.
fn bytes_of(bits: &Range<u64>) -> Range<usize> {
    let start = byte_of(bits.start.next_multiple_of(8));
    start..byte_of(bits.end).max(start)
}
