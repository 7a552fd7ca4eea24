//! YAML, as people write it.

use std::fmt::Write as _;

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml {
    Text(String),
    /// A text over several lines, or one that needs quotes.
    Words(String),
    List(Vec<Yaml>),
    /// A list in one line.
    Row(Vec<String>),
    Map(Map),
}

/// Keys and values, in order.
pub type Map = Vec<(String, Yaml)>;

impl From<&str> for Yaml {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Yaml {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The document of a map.
pub fn document(map: &Map) -> String {
    let mut text = String::new();
    write_map(map, 0, &mut text);
    text
}

fn write_map(map: &Map, depth: usize, out: &mut String) {
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 || out.ends_with('\n') || out.is_empty() {
            out.push_str(&"  ".repeat(depth));
        }
        out.push_str(&scalar(key));
        out.push(':');
        write_value(value, depth, out);
    }
}

fn write_value(value: &Yaml, depth: usize, out: &mut String) {
    match value {
        Yaml::Text(text) => {
            writeln!(out, " {}", scalar(text)).unwrap_or_default();
        }
        Yaml::Words(text) if text.contains('\n') => {
            out.push_str(" |\n");
            for line in text.lines() {
                let line = format!("{}{}", "  ".repeat(depth + 1), line.trim_end());
                writeln!(out, "{}", line.trim_end()).unwrap_or_default();
            }
        }
        Yaml::Words(text) => writeln!(out, " {}", scalar(text)).unwrap_or_default(),
        Yaml::Row(items) => writeln!(out, " [{}]", items.join(", ")).unwrap_or_default(),
        Yaml::List(items) if items.is_empty() => out.push_str(" []\n"),
        Yaml::List(items) => {
            out.push('\n');
            for item in items {
                out.push_str(&"  ".repeat(depth + 1));
                out.push('-');
                match item {
                    Yaml::Map(map) => {
                        out.push(' ');
                        write_map(map, depth + 2, out);
                    }
                    other => write_value(other, depth + 1, out),
                }
            }
        }
        Yaml::Map(map) if map.is_empty() => out.push_str(" {}\n"),
        Yaml::Map(map) => {
            out.push('\n');
            write_map(map, depth + 1, out);
        }
    }
}

/// A scalar in quotes, if it needs them.
fn scalar(text: &str) -> String {
    let plain =
        |it: char| it.is_ascii_alphanumeric() || "_-+*/%&|^<>=()., ?!~:'\"[]{}".contains(it);
    let begins = text.starts_with(|it: char| it.is_ascii_alphanumeric() || "_(".contains(it));
    let word = matches!(
        text,
        "true" | "false" | "null" | "yes" | "no" | "on" | "off"
    );
    let is_plain = begins
        && text.chars().all(plain)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !text.contains(" #")
        && !word;
    let is_boolean = matches!(text, "true" | "false");
    if is_plain || is_boolean {
        return text.into();
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            '\n' => quoted.push_str("\\n"),
            it if it.is_control() => {
                write!(quoted, "\\u{:04x}", u32::from(it)).unwrap_or_default();
            }
            it => quoted.push(it),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::{Map, Yaml, document};

    #[test]
    fn documents() {
        let field: Map = vec![
            ("id".into(), "size".into()),
            ("doc".into(), Yaml::Words("How many: all".into())),
        ];
        let map: Map = vec![
            ("seq".into(), Yaml::List(vec![Yaml::Map(field)])),
            ("contents".into(), Yaml::Row(vec!["0x01".into()])),
            ("doc".into(), Yaml::Words("One\nTwo".into())),
        ];
        let expected = "seq:\n  - id: size\n    doc: \"How many: all\"\n\
                        contents: [0x01]\ndoc: |\n  One\n  Two\n";
        assert_eq!(document(&map), expected);
    }
}
