//! A dump of a frame in which every field has its name.

use std::fmt::Write;

use pickler::cursor::BitOrder;
use pickler::dynamic::json::to_hex;
use pickler::dynamic::{Role, Span, Value, trace};
use pickler::schema::Schema;
use pickler::{Error, Step};

/// Bytes in one row of the dump.
const ROW: usize = 8;
/// Columns that the bytes of a row take.
const BYTES: usize = ROW * 3 - 1;

/// The dump of one frame, a row or more for each field in the order of the
/// bytes, and what the frame holds.
///
/// A field that begins or ends within a byte has that byte's bits shown, with
/// the field's own underlined. What is wrong is told at its place, between what
/// was read before and what was not read for it.
pub fn annotate(schema: &Schema, bytes: &[u8]) -> (Vec<String>, Result<Value, Error>) {
    let (spans, result) = trace(schema, bytes);
    let mut lines = Vec::new();
    let mut end = 0;
    let mut fault = result.as_ref().err();
    for span in &spans {
        span_lines(span, bytes, &mut lines);
        end = end.max(span.bits.end);
        if let Some(error) = fault.take_if(|error| span.bits.contains(&error.bit_offset())) {
            lines.push(format!("        {}", wrong(error)));
        }
    }
    let read = byte_of(end.next_multiple_of(8)).min(bytes.len());
    let mut left = read;
    if let Some(error) = fault {
        let behind = error.bit_offset().saturating_add(error.bit_length());
        left = byte_of(behind.next_multiple_of(8)).clamp(read, bytes.len());
        rows(read, &bytes[read..left], &wrong(error), &mut lines);
    }
    if result.is_err() && left < bytes.len() {
        rows(left, &bytes[left..], "not read", &mut lines);
    }
    lines.push(String::new());
    (lines, result)
}

fn span_lines(span: &Span, bytes: &[u8], lines: &mut Vec<String>) {
    let (start, end) = (span.bits.start, span.bits.end);
    let text = format!("{} = {}", name(span), shown(span));
    let from = byte_of(start);
    let to = byte_of(end.next_multiple_of(8)).min(bytes.len());
    rows(from, &bytes[from..to], &text, lines);
    if start % 8 != 0 || end % 8 != 0 {
        let (bits, marks): (String, String) = (from..to)
            .flat_map(|byte| (0..8).map(move |bit| (byte, bit)))
            .map(|(byte, bit)| {
                let counted = match span.bit_order {
                    BitOrder::Msb => bit,
                    BitOrder::Lsb => 7 - bit,
                };
                let at = byte as u64 * 8 + counted;
                let digit = if bytes[byte] >> (7 - bit) & 1 == 1 {
                    '1'
                } else {
                    '0'
                };
                (digit, if span.bits.contains(&at) { '^' } else { ' ' })
            })
            .unzip();
        lines.push(format!("        {bits}"));
        lines.push(format!("        {}", marks.trim_end()));
    }
}

/// The byte that a bit is in.
fn byte_of(bit: u64) -> usize {
    // No slice is longer.
    usize::try_from(bit / 8).unwrap_or(usize::MAX)
}

/// Rows of bytes, the first with some text behind it.
fn rows(start: usize, bytes: &[u8], text: &str, lines: &mut Vec<String>) {
    let mut text = text;
    if bytes.is_empty() {
        lines.push(format!("{start:06x}  {:BYTES$}  {text}", ""));
    }
    for (index, row) in bytes.chunks(ROW).enumerate() {
        let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let line = format!(
            "{:06x}  {:BYTES$}  {text}",
            start + index * ROW,
            hex.join(" ")
        );
        lines.push(line.trim_end().to_owned());
        text = "";
    }
}

/// What is wrong, and with which part.
fn wrong(error: &Error) -> String {
    // Of the whole, no name is shown.
    let inner = error.path().filter(|step| !matches!(step, Step::Type(_)));
    match path(inner) {
        name if name.is_empty() => format!("error: {}", error.kind()),
        name => format!("error: {name}: {}", error.kind()),
    }
}

fn path<'a>(steps: impl Iterator<Item = &'a Step>) -> String {
    let mut name = String::new();
    for step in steps {
        match step {
            Step::Item(index) => {
                // Writing to a string does not fail.
                let _ = write!(name, "[{index}]");
            }
            Step::Type(step) | Step::Field(step) | Step::Variant(step) => {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(step);
            }
        }
    }
    name
}

/// What the bytes of a span are called.
fn name(span: &Span) -> String {
    let name = path(span.path.iter());
    let role = match span.role {
        Role::Value => return name,
        Role::Tag(_) => "code",
        Role::Length => "length",
        Role::Count => "count",
        Role::Flag => "flag",
    };
    if name.is_empty() {
        role.into()
    } else {
        format!("{role} of {name}")
    }
}

fn shown(span: &Span) -> String {
    let value = value(&span.value);
    match &span.role {
        Role::Tag(Some(variant)) => format!("{value} ({variant})"),
        Role::Tag(None) => format!("{value} (unknown)"),
        _ => value,
    }
}

/// A value that has no parts, as JSON shows it; a long one only at its start.
fn value(value: &Value) -> String {
    const LONGEST: usize = 64;
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Unsigned(value) => value.to_string(),
        Value::Negative(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Bytes(bytes) => {
            let start = &bytes[..bytes.len().min(LONGEST)];
            let more = if start.len() < bytes.len() { "..." } else { "" };
            match std::str::from_utf8(start) {
                Ok(text) if start.iter().all(|byte| (0x20..0x7F).contains(byte)) => {
                    format!("{text:?}{more}")
                }
                _ => format!("0x{}{more}", to_hex(start)),
            }
        }
        Value::List(_) | Value::Record(_) | Value::Variant(_) => value.kind().into(),
    }
}
