//! Values as text.

use pickler::dynamic::Value;
use pickler::schema::Shape;

/// A value as a specification writes it; a long one only at its start.
pub fn literal(value: &Value) -> String {
    const LONGEST: usize = 80;
    let mut text = whole(value);
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
        text.push('\u{2026}');
    }
    text
}

fn whole(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::Bool(value) => value.to_string(),
        Value::Unsigned(value) => value.to_string(),
        Value::Negative(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Bytes(value) => bytes(value),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(whole).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Record(record) => {
            let parts = record
                .iter()
                .map(|(name, value)| format!("{name}: {}", whole(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
        Value::Variant(variant) => match &variant.body {
            Value::Null => variant.name.to_string(),
            body => format!("{}({})", variant.name, whole(body)),
        },
    }
}

/// Bytes: as text where half of them are printable.
pub fn bytes(bytes: &[u8]) -> String {
    let printable = bytes.iter().filter(|byte| (0x20..0x7F).contains(*byte));
    if printable.count() * 2 >= bytes.len() {
        return format!("\"{}\"", bytes.escape_ascii());
    }
    bytes.iter().fold(String::from("0x"), |text, byte| {
        text + &format!("{byte:02x}")
    })
}

/// The value of a constant of a shape: that of a list of bytes as bytes.
pub fn constant(item: &Shape, value: &Value) -> String {
    let byte = |value: &Value| value.as_u64().and_then(|it| u8::try_from(it).ok());
    match (item, value) {
        (Shape::List { item, .. }, Value::List(items))
            if matches!(**item, Shape::Integer { bits: 8, .. }) =>
        {
            let found: Option<Vec<u8>> = items.iter().map(byte).collect();
            found.map_or_else(|| literal(value), |found| bytes(&found))
        }
        _ => literal(value),
    }
}

/// A tag as a specification writes it: bytes as text, a great one in
/// hexadecimal.
pub fn tag(bits: u128, size: Option<usize>) -> String {
    match size {
        Some(size @ 1..=16) => bytes(&bits.to_be_bytes()[16 - size..]),
        _ => bits.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_specifications_write_them() {
        let record = Value::record([
            ("a", 1_u8.into()),
            ("b", Value::List(vec![Value::Null, true.into()])),
        ]);
        assert_eq!(
            literal(&Value::variant("POT", record)),
            "POT({a: 1, b: [none, true]})"
        );
        assert_eq!(literal(&"x\"y".into()), r#""x\"y""#);
        assert_eq!(bytes(b"GIF8"), "\"GIF8\"");
        assert_eq!(bytes(b"\0\xff"), "0x00ff");
        assert_eq!(bytes(b"CGI 1\n"), r#""CGI 1\n""#);
        assert_eq!(tag(0x4948_4452, Some(4)), "\"IHDR\"");
        assert_eq!(
            literal(&"\u{e9}".repeat(99).as_str().into())
                .chars()
                .count(),
            81
        );
    }
}
