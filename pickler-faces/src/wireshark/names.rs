//! Names and literals of Lua and of Wireshark.

use std::fmt::Write as _;

/// A name as a part of a filter: lower case, words apart.
pub fn filter_name(name: &str) -> String {
    let mut found = String::new();
    let mut before = '_';
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let begins_word = character.is_uppercase()
            && (before.is_lowercase()
                || before.is_ascii_digit()
                || before.is_uppercase() && characters.peek().is_some_and(|it| it.is_lowercase()));
        if begins_word {
            found.push('_');
        }
        if character.is_ascii_alphanumeric() {
            found.push(character.to_ascii_lowercase());
        } else if !found.ends_with('_') {
            found.push('_');
        }
        before = character;
    }
    let found = found.trim_matches('_');
    if found.is_empty() {
        "_".into()
    } else {
        found.into()
    }
}

/// Bytes as a literal of Lua.
pub fn quoted(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => {
                text.push('\\');
                text.push(char::from(*byte));
            }
            b'\n' => text.push_str("\\n"),
            b' '..=b'~' => text.push(char::from(*byte)),
            // Three digits: what follows may be one.
            _ => write!(text, "\\{byte:03}").unwrap_or_default(),
        }
    }
    text.push('"');
    text
}

/// A text as a literal of Lua; `nil` of none.
pub fn quoted_doc(doc: &str) -> String {
    let first = doc.trim().split("\n\n").next().unwrap_or_default();
    if first.is_empty() {
        return "nil".into();
    }
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    quoted(line.as_bytes())
}

/// The same text, further to the right but for its first line.
pub fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}

#[cfg(test)]
mod tests {
    use super::{filter_name, quoted};

    #[test]
    fn names_of_filters() {
        for (name, expected) in [
            ("PokerRaise", "poker_raise"),
            ("POKER_RAISE", "poker_raise"),
            ("IPAddress", "ip_address"),
            ("game_id", "game_id"),
            ("Frame<u8>", "frame_u8"),
            ("content-type", "content_type"),
            ("Ünïx", "n_x"),
            ("-", "_"),
        ] {
            assert_eq!(filter_name(name), expected, "{name}");
        }
    }

    #[test]
    fn literals() {
        assert_eq!(quoted(b"a\"\\\n\x001\xFF"), r#""a\"\\\n\0001\255""#);
    }
}
