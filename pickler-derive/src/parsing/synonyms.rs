//! What people who come from elsewhere write, and what it is called here.

use super::attributes::Place;

/// What to write in place of an attribute that there is not at a place.
pub fn instead_of(key: &str, place: Place) -> Option<&'static str> {
    let rows: &[(&[&str], &str)] = match place {
        Place::Field | Place::Item => OF_FIELDS,
        Place::Variant => OF_VARIANTS,
        Place::Struct => OF_STRUCTS,
        Place::Enum => OF_ENUMS,
        Place::Keyed => &[],
    };
    let mut rows = rows.iter().chain(EVERYWHERE);
    let (_, instead) = rows.find(|(names, _)| names.contains(&key))?;
    Some(instead)
}

const EVERYWHERE: &[(&[&str], &str)] = &[
    (&["big", "be", "big_endian"], "`endian = big`"),
    (&["little", "le", "little_endian"], "`endian = little`"),
    (&["byte_order", "endianness"], "`endian = little`"),
    (&["msb", "lsb"], "`bit_order = lsb`"),
    (
        &["ctx", "import", "args"],
        "`context(...)` on the type and `given(...)` on the field that holds it",
    ),
];

const OF_FIELDS: &[(&[&str], &str)] = &[
    (
        &[
            "length",
            "len",
            "prefix",
            "len_prefix",
            "length_prefix",
            "count_prefix",
        ],
        "`count = u8` for how many units there are in front, `size = u16` for how many bytes",
    ),
    (&["bytes_count", "byte_count", "len_bytes"], "`size = ...`"),
    (&["cond", "when"], "`if = ...`"),
    (&["magic"], "`constant = b\"...\"`, on a field of type `()`"),
    (
        &["context"],
        "`given(...)`, for what the field's type has in its `context`",
    ),
    (
        &[
            "map",
            "try_map",
            "parse_with",
            "write_with",
            "reader",
            "writer",
        ],
        "`with = ...`, a pickler of `pickler::picklers`, such as `map(...)`",
    ),
    (
        &["calc", "update", "compute"],
        "`derived = ...`, on a field of type `Derived<T>`",
    ),
    (
        &["crc32", "crc16", "crc", "checksum"],
        "`derived = crc32(first..=last)`, on a field of type `Derived<u32>`",
    ),
    (&["offset", "pos", "seek", "seek_from_start"], "`at = ...`"),
    (&["pad_size_to"], "`pad_to = ...`"),
    (&["align_before"], "`align = ...`"),
    (&["eof", "read_all", "greedy", "remainder"], "`rest`"),
    (
        &["null_terminated", "nul_terminated", "cstr"],
        "`terminator = 0`",
    ),
    (
        &["skip", "ignore", "temp"],
        "`constant = 0_u8` on a field of type `()`, `pad_before = ...` or `derived = ...`; what \
         is not on the wire is no field",
    ),
];

const OF_VARIANTS: &[(&[&str], &str)] = &[
    (
        &["id", "id_pat", "discriminant", "value", "code"],
        "`tag = ...`",
    ),
    (
        &["default", "fallback", "unknown", "catch_all", "id_type"],
        "`other`, on the variant that keeps unknown tags",
    ),
];

const OF_STRUCTS: &[(&[&str], &str)] = &[
    (
        &["tag", "tag_type", "id"],
        "`magic = 0x2A_u16`, or an enum with this struct in a variant",
    ),
    (
        &["length", "size"],
        "`size = u16` on the field that holds it",
    ),
];

const OF_ENUMS: &[(&[&str], &str)] = &[
    (
        &["id", "id_type", "tag_type", "discriminant", "repr", "type"],
        "`tag = u8`",
    ),
    (&["untagged"], "`choice`"),
];
