//! Attributes that do not go together.

use crate::attributes::Attributes;

/// What does not go together on one field, as the derive sees it.
const EXCLUDED: &[(&str, &[&str])] = &[
    ("xor", &["derived"]),
    ("rotate_left", &["derived"]),
    ("rotate_right", &["derived"]),
    ("compression", &["derived"]),
    ("shared", &["derived", "constant", "none"]),
    ("at", &["derived", "flag", "rest", "skip_if_default"]),
    (
        "with",
        &[
            "bits", "count", "none", "derived", "varint", "zigzag", "bcd", "half", "encoding",
            "given",
        ],
    ),
    (
        "terminator",
        &["with", "bits", "varint", "count", "none", "constant"],
    ),
    (
        "last",
        &[
            "with",
            "bits",
            "varint",
            "count",
            "rest",
            "terminator",
            "none",
            "constant",
            "derived",
            "given",
            "encoding",
        ],
    ),
    ("zigzag", &["bcd", "half", "varint", "constant"]),
    ("bcd", &["half", "varint", "constant"]),
    ("half", &["varint", "bits", "none", "constant"]),
    ("encoding", &["bits", "varint", "none", "constant", "json"]),
    ("scale", &["flags", "constant"]),
    ("flags", &["constant"]),
    ("bits", &["varint", "count", "size", "json", "given"]),
    ("varint", &["count", "size", "json"]),
    ("count", &["none", "derived", "constant", "size", "given"]),
    ("none", &["derived", "constant", "json", "given"]),
    (
        "derived",
        &["constant", "size", "default", "shown", "json", "given"],
    ),
    ("constant", &["size", "default", "shown", "json", "given"]),
    (
        "flag",
        &["if", "since", "until", "rest", "derived", "constant"],
    ),
    ("if", &["derived", "skip_if_default"]),
    ("rest", &["count", "derived", "constant", "skip_if_default"]),
    ("item", &["with", "bits", "derived", "constant", "json"]),
];

/// Two attributes that do not go together, if there are; `is_option`: on a field that
/// is an `Option`.
pub fn excluded(attributes: &Attributes, is_option: bool) -> Option<(&'static str, &'static str)> {
    let pairs = EXCLUDED
        .iter()
        .flat_map(|(one, others)| others.iter().map(|other| (*one, *other)));
    // Of an `Option`, `rest` says that it may be absent.
    let of_rest = if is_option {
        ("if", "rest")
    } else {
        ("rest", "size")
    };
    pairs
        .chain([of_rest])
        .find(|(one, other)| attributes.has(one) && attributes.has(other))
}
