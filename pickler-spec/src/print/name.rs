//! Names, and when they stand in backticks.

use std::fmt;

/// A name as it is written.
pub(super) struct Name<'a> {
    name: &'a str,
    /// It would be read as something else.
    quoted: bool,
}

/// What begins a type that is not named.
const TYPES: [&str; 24] = [
    "bool", "box", "bytes", "choice", "enum", "field", "keyed", "leb128", "lenient", "mqtt", "nat",
    "opaque", "peek", "protobuf", "quic", "record", "sleb128", "text", "type", "union", "vlq",
    "zigzag", "true", "false",
];

/// What else stands where names of fields and variants do.
const IN_FRONT: [&str; 8] = [
    "assert", "implicit", "null", "optional", "other", "packed", "repeated", "type",
];

impl<'a> Name<'a> {
    /// The name of a field, a variant or a protocol.
    pub(super) fn of(name: &'a str) -> Self {
        Self {
            name,
            quoted: !is_word(name) || IN_FRONT.contains(&name),
        }
    }

    /// The name of a type.
    pub(super) fn of_type(name: &'a str) -> Self {
        Self {
            name,
            quoted: !is_word(name) || TYPES.contains(&name) || is_number(name),
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quoted {
            write!(f, "`{}`", self.name)
        } else {
            f.write_str(self.name)
        }
    }
}

/// Letters, digits and `_`, not beginning with a digit.
pub(super) fn is_word(name: &str) -> bool {
    let mut characters = name.chars();
    let first = characters.next();
    first.is_some_and(|it| it.is_alphabetic() || it == '_')
        && characters.all(|it| it.is_alphanumeric() || it == '_')
}

/// `u8`, `i24`, `f32`, `bool1` are.
fn is_number(name: &str) -> bool {
    let bits = name
        .strip_prefix("bool")
        .or_else(|| name.strip_prefix(['u', 'i', 'f']));
    bits.is_some_and(|bits| !bits.is_empty() && bits.bytes().all(|it| it.is_ascii_digit()))
}
