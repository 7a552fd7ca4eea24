//! The one way to write a JSON text where none is given: ASCII only, with
//! `", "` and `": "` between the parts.

use alloc::string::String;
use core::fmt::Write;

use serde_json::Value as Json;

/// The text of a JSON value.
pub(super) fn ascii_text(value: &Json) -> String {
    let mut text = String::new();
    push(&mut text, value);
    text
}

fn push(text: &mut String, value: &Json) {
    match value {
        Json::String(value) => push_string(text, value),
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                push(text, item);
            }
            text.push(']');
        }
        Json::Object(parts) => {
            text.push('{');
            for (index, (name, value)) in parts.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                push_string(text, name);
                text.push_str(": ");
                push(text, value);
            }
            text.push('}');
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {
            // Writing to a `String` does not fail.
            let _ = write!(text, "{value}");
        }
    }
}

fn push_string(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            ' '..='~' => text.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_are_ascii_with_spaces_between_the_parts() {
        let value = serde_json::json!({ "k": ["café ♠ 🂡", null, 1.5, "\"\n"], "z": {} });
        assert_eq!(
            super::ascii_text(&value),
            r#"{"k": ["caf\u00e9 \u2660 \ud83c\udca1", null, 1.5, "\"\n"], "z": {}}"#
        );
    }
}
