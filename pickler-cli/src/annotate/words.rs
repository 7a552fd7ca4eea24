//! What the parts of a frame are called, and how their values are shown.

use std::fmt::Write;

use pickler::dynamic::json::to_hex;
use pickler::dynamic::{Role, Span, Value};
use pickler::{Error, Step};

use crate::paint::{Ink, Paint};

/// A value of so many bytes is shown in full.
const LONGEST: usize = 64;

/// What the bytes of a span are called, in two parts: where it is, and what it
/// is itself.
pub struct Name {
    pub around: String,
    pub own: String,
}

impl Name {
    pub fn of(span: &Span) -> Self {
        let role = match span.role {
            Role::Value => None,
            Role::Tag(_) => Some("code"),
            Role::Length => Some("length"),
            Role::Count => Some("count"),
            Role::Flag => Some("flag"),
        };
        match (role, span.path.split_last()) {
            (None, None) => Self::new("", "value"),
            (Some(role), None) => Self::new("", role),
            (role, Some((last, before))) => {
                let mut around = role.map(|role| format!("{role} of ")).unwrap_or_default();
                around += &path(before.iter());
                if !before.is_empty() && !matches!(last, Step::Item(_)) {
                    around.push('.');
                }
                Self::new(around, path([last].into_iter()))
            }
        }
    }

    fn new(around: impl Into<String>, own: impl Into<String>) -> Self {
        let (around, own) = (around.into(), own.into());
        Self { around, own }
    }
}

/// What is wrong, and with which part.
pub fn wrong(error: &Error) -> String {
    // Of the whole, no name is shown.
    let inner = error.path().filter(|step| !matches!(step, Step::Type(_)));
    match path(inner) {
        name if name.is_empty() => format!("error: {}", error.kind()),
        name => format!("error: {name}: {}", error.kind()),
    }
}

/// The steps to a part, as one name.
pub fn path<'a>(steps: impl Iterator<Item = &'a Step>) -> String {
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

/// The parts of a path: each begins with what divides it from others.
pub fn steps(path: &str) -> Vec<&str> {
    let starts = path.match_indices(['.', '[']).map(|(start, _)| start);
    let mut steps = Vec::new();
    let mut from = 0;
    for start in starts.chain([path.len()]) {
        steps.push(&path[from..start]);
        from = start;
    }
    steps
}

/// What was read in a span.
pub fn shown(span: &Span, paint: Paint) -> String {
    let pieces = shown_pieces(span).into_iter();
    let painted = pieces.map(|(ink, piece)| match ink {
        Some(ink) => paint.ink(ink, piece).into_owned(),
        None => piece,
    });
    painted.collect()
}

/// The same, and in which ink each piece is.
pub fn shown_pieces(span: &Span) -> Vec<(Option<Ink>, String)> {
    let value = value(&span.value);
    match &span.role {
        Role::Tag(Some(variant)) => vec![
            (None, format!("{value} (")),
            (Some(Ink::Strong), variant.to_string()),
            (None, ")".into()),
        ],
        Role::Tag(None) => vec![(None, format!("{value} (unknown)"))],
        _ => vec![(None, value)],
    }
}

/// A value that has no parts, as JSON shows it; a long one only at its start.
fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Unsigned(value) => value.to_string(),
        Value::Negative(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{:?}...", &text[..end]),
            None => format!("{text:?}"),
        },
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
