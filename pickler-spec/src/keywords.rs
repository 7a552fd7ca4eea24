//! The words of the language.

use std::collections::BTreeSet;

/// All words of the language, for editors that show them as such; besides the
/// integers, `u1` to `i128`, and `bool1` and its like.
///
/// ```
/// assert!(pickler_spec::keywords().contains("record"));
/// ```
pub fn keywords() -> BTreeSet<&'static str> {
    let all = [DEFINITIONS, HEAD, TYPES, COUNTS, SUFFIXES, OTHERS];
    all.into_iter().flatten().copied().collect()
}

/// Those of two words.
pub const HYPHENATED: &[&str] = &[
    "keep-alive",
    "max-message",
    "little-endian",
    "big-endian",
    "msb-first",
    "lsb-first",
];

/// Those that begin a definition.
pub const DEFINITIONS: &[&str] = &["record", "union", "enum", "keyed", "protobuf", "type"];

/// Those that begin a line of the head.
pub const HEAD: &[&str] = &["protocol", "handshake", "keep-alive", "max-message", "root"];

/// Those that begin a type, besides the integers, `bool` and their like with a
/// width.
pub const TYPES: &[&str] = &[
    "lenient", "leb128", "sleb128", "zigzag", "quic", "vlq", "mqtt", "nat", "bool", "f16", "f32",
    "f64", "bytes", "text", "record", "union", "enum", "keyed", "protobuf", "choice", "peek",
    "box", "field", "opaque",
];

/// Those of which a type tells how much there is.
pub const COUNTS: &[&str] = &["count", "until", "through", "before", "last", "rest"];

/// Those that begin what is put behind a type.
pub const SUFFIXES: &[&str] = &[
    "none",
    "if",
    "since",
    "until",
    "flag",
    "unless",
    "little-endian",
    "big-endian",
    "msb-first",
    "lsb-first",
    "shown",
    "mapped",
    "where",
    "padded",
    "nonzero",
    "in",
    "bcd",
    "zigzag",
    "character",
    "ip",
    "uuid",
    "encoding",
    "scale",
    "flags",
    "ignored",
    "size",
    "xor",
    "rotate",
    "zlib",
    "deflate",
    "gzip",
    "magic",
    "always",
    "pad",
    "align",
    "at",
    "shared",
    "set",
    "map",
    "json",
    "given",
];

/// Those that stand within what others begin.
pub const OTHERS: &[&str] = &[
    "after",
    "ms",
    "client",
    "server",
    "to",
    "both",
    "internal",
    "other",
    "row",
    "tag",
    "length",
    "counts",
    "message",
    "body",
    "value",
    "pair",
    "itself",
    "derived",
    "checksum",
    "assert",
    "self",
    "optional",
    "implicit",
    "repeated",
    "packed",
    "plain",
    "varint",
    "fixed32",
    "fixed64",
    "key",
    "end",
    "order",
    "unknown",
    "then",
    "or",
    "within",
    "else",
    "when",
    "with",
    "remaining",
    "leftover",
    "from",
    "bits",
    "offset",
    "index",
    "left",
    "right",
    "writing",
    "null",
    "true",
    "false",
    "nan",
    "inf",
];
