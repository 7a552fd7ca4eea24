//! What was dissected is what the dynamic codec reads.

use pickler::Step;
use pickler::dynamic::{Role, Span, Value, trace};
use pickler::schema::Schema;

use super::pdml::Node;

/// Each part that the dynamic codec reads is there, at its place, in order, with
/// its name and value.
///
/// # Panics
/// Otherwise.
pub fn agree(schema: &Schema, bytes: &[u8], message: &Node) {
    let (spans, value) = trace(schema, bytes);
    let value = value.expect("it can be read");
    assert_eq!(message.size, bytes.len() as u64, "{value:?}");
    let parts = message.all();
    let mut behind = 1;
    for span in &spans {
        let found = parts
            .iter()
            .skip(behind)
            .position(|part| shows(part, span, message.at));
        let Some(found) = found else {
            panic!("{span:#?}\nis not in {message:#?}\nof {value:?}");
        };
        behind += found + 1;
    }
    let wrong = parts.iter().find(|part| part.name.starts_with("_ws."));
    assert_eq!(wrong, None, "{value:?}");
}

fn shows(part: &Node, span: &Span, start: u64) -> bool {
    let from = span.bits.start / 8;
    let size = span.bits.end.div_ceil(8) - from;
    let is_there = match span.role {
        // Tags and lengths of protobuf have keys of their own.
        Role::Tag(_) | Role::Length => {
            part.at >= start + from && part.at + part.size == start + from + size
        }
        _ => part.size == size && (size == 0 || part.at == start + from),
    };
    is_there && has_name(part, span) && has_value(part, &span.value, &span.role)
}

fn has_name(part: &Node, span: &Span) -> bool {
    let last = part.name.rsplit('.').next().unwrap_or_default();
    match (&span.role, span.path.last()) {
        (Role::Tag(_), _) => matches!(last, "tag" | "key"),
        (Role::Length, _) => matches!(last, "length" | "size"),
        (Role::Count, _) => matches!(last, "count" | "length" | "number"),
        (Role::Flag, _) => last == "flag",
        (Role::Value, Some(Step::Field(name) | Step::Variant(name))) => {
            let name: String = name.to_string().to_lowercase().replace('_', "");
            last.replace('_', "").trim_end_matches(char::is_numeric)
                == name.trim_end_matches(char::is_numeric)
        }
        (Role::Value, _) => true,
    }
}

fn has_value(part: &Node, value: &Value, role: &Role) -> bool {
    let shown = |text: &str| part.shown.contains(&format!("[{text}]"));
    match value {
        // A key tells the wire type, too.
        Value::Unsigned(number) if matches!(role, Role::Tag(Some(_))) => {
            part.value == number.to_string() || part.shown.contains(&format!("field {number},"))
        }
        Value::Unsigned(number) => part.value == number.to_string() || shown(&number.to_string()),
        Value::Negative(number) => part.value == number.to_string() || shown(&number.to_string()),
        Value::Bool(value) => {
            part.value == u8::from(*value).to_string() || part.value == value.to_string()
        }
        Value::Float(value) => same_float(&part.value, value.get()),
        Value::Bytes(bytes) => part.value.replace([':', ' '], "") == hex(bytes),
        Value::Text(text) => {
            part.value == *text
                // What is not printable, and what is long, is shown otherwise.
                || (!is_simple(text) && part.raw == hex(text.as_bytes()))
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
        Ok(shown) => shown == value || (shown - value).abs() <= value.abs() * 1e-5,
        Err(_) => false,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_simple(text: &str) -> bool {
    text.len() < 200
        && text
            .bytes()
            .all(|byte| (b' '..=b'~').contains(&byte) && byte != b'\\')
}
