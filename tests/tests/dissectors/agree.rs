//! What was dissected is what the dynamic codec reads.

use pickler::Step;
use pickler::dynamic::json::to_hex;
use pickler::dynamic::{Role, Span, Value, trace};
use pickler::schema::Schema;

use super::pdml::Node;

/// Each part that the dynamic codec reads is there, at its place, in order, with
/// its name and value; and nothing is said to be wrong.
///
/// # Errors
/// What is not so.
pub fn agree(schema: &Schema, bytes: &[u8], message: &Node) -> Result<(), String> {
    let (spans, value) = trace(schema, bytes);
    let value = value.expect("it can be read");
    let parts = message.all();
    let in_message = |what: &str| Err(format!("{what}\nin {message}\nof {value:?}"));
    if message.size != bytes.len() as u64 {
        return in_message(&format!("{} bytes", bytes.len()));
    }
    let mut behind = 1;
    for span in spans.iter().filter(|span| !is_unknown_field(span)) {
        let found = parts
            .iter()
            .skip(behind)
            .position(|part| shows(part, span, message.at));
        match found {
            Some(found) => behind += found + 1,
            None => return in_message(&format!("missing: {span:?}")),
        }
    }
    match parts.iter().find(|part| part.name.starts_with("_ws.")) {
        Some(wrong) => in_message(&format!("wrong: {wrong}")),
        None => Ok(()),
    }
}

/// Of a field without a name, the key and the bytes have lines of their own.
fn is_unknown_field(span: &Span) -> bool {
    let is_unknown = matches!(span.path.last(), Some(Step::Field(name)) if *name == "unknown");
    is_unknown && matches!(span.value, Value::Record(_))
}

fn shows(part: &Node, span: &Span, start: u64) -> bool {
    let from = span.bits.start / 8;
    let size = if span.bits.is_empty() {
        0
    } else {
        span.bits.end.div_ceil(8) - from
    };
    let is_there = match span.role {
        // Tags and lengths of protobuf have keys of their own.
        Role::Tag(_) | Role::Length => {
            part.at >= start + from && part.at + part.size == start + from + size
        }
        // Bytes that begin within a byte have a buffer of their own.
        Role::Value if !span.bits.start.is_multiple_of(8) && is_of_bytes(part, &span.value) => true,
        // Without what ends them.
        Role::Value if matches!(span.value, Value::Bytes(_)) => {
            part.size <= size && (size == 0 || part.at == start + from)
        }
        _ => part.size == size && (size == 0 || part.at == start + from),
    };
    // What goes through a filter is in what is shown of its bytes.
    is_there && has_name(part, span) && part.all().iter().any(|it| has_value(it, span))
}

/// Bytes, or the name of some.
fn is_of_bytes(part: &Node, value: &Value) -> bool {
    match value {
        Value::Bytes(_) => true,
        Value::Text(name) => {
            part.shown.contains(&format!("({name})"))
                && part.value.split(':').all(|byte| byte.len() == 2)
        }
        _ => false,
    }
}

fn has_name(part: &Node, span: &Span) -> bool {
    let last = part.name.rsplit('.').next().unwrap_or_default();
    // Where a name is taken, another has a number.
    let last = last.trim_end_matches(|it: char| it.is_numeric() || it == '_');
    match (&span.role, span.path.last()) {
        (Role::Tag(_), _) => matches!(last, "tag" | "key"),
        (Role::Length, _) => matches!(last, "length" | "size"),
        (Role::Count, _) => matches!(last, "count" | "length" | "number"),
        (Role::Flag, _) => last == "flag",
        (Role::Value, Some(Step::Field(name) | Step::Variant(name))) => {
            let name: String = name.to_string().to_lowercase().replace('_', "");
            last.replace('_', "") == name.trim_end_matches(char::is_numeric)
        }
        (Role::Value, _) => true,
    }
}

fn has_value(part: &Node, span: &Span) -> bool {
    let is_odd = !span.bits.start.is_multiple_of(8);
    let shown = |text: &str| part.shown.contains(&format!("[{text}]"));
    match &span.value {
        // What is compressed is shown as it is.
        _ if part.shown.contains(" [compressed: ") => true,
        // A key tells the wire type, too.
        Value::Unsigned(number) if matches!(span.role, Role::Tag(_)) => {
            let digits = part.value.replace(':', "");
            let width = (span.bits.end - span.bits.start).clamp(1, 128);
            part.value == number.to_string()
                // Tags below 0.
                || part.value.parse().is_ok_and(|it: i128| {
                    it.cast_unsigned() << (128 - width) == *number << (128 - width)
                })
                // Tags that are bytes.
                || u128::from_str_radix(&digits, 16) == Ok(*number)
                || part.shown.contains(&format!("field {number},"))
        }
        // The size of a field may count its key and itself, too.
        Value::Unsigned(number) if span.role == Role::Length => {
            let size = part.value.parse();
            size.is_ok_and(|size: u128| (*number..*number + 40).contains(&size))
        }
        Value::Unsigned(number) => part.value == number.to_string() || shown(&number.to_string()),
        Value::Negative(number) => part.value == number.to_string() || shown(&number.to_string()),
        Value::Bool(value) => {
            part.value == u8::from(*value).to_string() || part.value == value.to_string()
        }
        Value::Float(value) => same_float(&part.value, value.get()),
        Value::Bytes(bytes) => part.value.replace([':', ' '], "") == to_hex(bytes),
        Value::Text(text) => {
            part.value == *text
                // What is not printable, and what is long, is shown otherwise.
                || (!is_simple(text) && (is_odd || part.raw.starts_with(&to_hex(text.as_bytes()))))
                || part.shown.contains(&format!("({text})"))
                || part.shown.contains(&format!(": {text} ("))
                || shown(&format!("{text:?}"))
        }
        Value::Null | Value::List(_) | Value::Record(_) | Value::Variant(_) => true,
    }
}

fn same_float(shown: &str, value: f64) -> bool {
    match shown.parse::<f64>() {
        Ok(shown) if value.is_nan() => shown.is_nan(),
        // Rounded up to 15 digits, the greatest are more than there is.
        Ok(shown) if shown.is_infinite() => value.abs() >= 1.7976e308,
        Ok(shown) => (shown - value).abs() <= value.abs() * 1e-5,
        Err(_) => false,
    }
}

fn is_simple(text: &str) -> bool {
    text.len() < 200
        && text
            .bytes()
            .all(|byte| (b' '..=b'~').contains(&byte) && byte != b'\\')
}
