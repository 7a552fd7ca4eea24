//! Tags of variants.

use pickler::dynamic::{decode, encode};
use pickler_spec::{parse, print};

const OPTIONS: &str = "\
protocol options

union Option tag u8 {
    0 END
    /// Alone, between ranges that are left.
    7..=9 ROUTE: u8
    255 LAST
    _ UNASSIGNED: bytes count u8
}
";

#[test]
fn a_variant_has_all_tags_that_are_left() {
    let protocol = parse(OPTIONS).unwrap();
    for (tag, name) in [
        (1, "UNASSIGNED"),
        (6, "UNASSIGNED"),
        (10, "UNASSIGNED"),
        (254, "UNASSIGNED"),
        (8, "ROUTE"),
    ] {
        let bytes = [tag, 1, 0xAB];
        let bytes = if name == "ROUTE" { &bytes[..2] } else { &bytes };
        let value = decode(&protocol.schema, bytes).unwrap();
        let pickler::dynamic::Value::Variant(variant) = &value else {
            panic!("{value:?}");
        };
        assert_eq!((&*variant.name, variant.tag), (name, tag.into()));
        assert_eq!(encode(&protocol.schema, &value).as_deref(), Ok(bytes));
    }
    let ends = decode(&protocol.schema, &[255]).unwrap();
    assert_eq!(encode(&protocol.schema, &ends).as_deref(), Ok(&[255][..]));
}

#[test]
fn what_is_left_is_printed_as_it_is_told() {
    let protocol = parse(OPTIONS).unwrap();
    let printed = print(&protocol);
    assert!(
        printed.contains("\n    _ UNASSIGNED: bytes count u8\n"),
        "{printed}"
    );
    assert_eq!(parse(&printed).unwrap(), protocol);
}

/// A tag of 128 bits, whose last is the greatest number that there is.
#[test]
fn of_the_greatest_tags() {
    let protocol = parse("union Wide tag u128 {\n 1 ONE\n _ OTHER\n}").unwrap();
    let bytes = [0xFF; 16];
    let value = decode(&protocol.schema, &bytes).unwrap();
    assert_eq!(encode(&protocol.schema, &value).as_deref(), Ok(&bytes[..]));
    assert_eq!(parse(&print(&protocol)).unwrap(), protocol);
}

#[test]
fn mistakes_about_what_is_left() {
    for (lines, expected) in [
        (
            "0 A\n _ B\n _ C",
            "another variant has all tags that are left",
        ),
        (
            "0 A\n _ B\n other C",
            "where a variant has all tags that are left, none are left to `other`",
        ),
        (
            "0..=3 A\n _ B",
            "the other variants have all tags that there are",
        ),
    ] {
        let source = format!("union Message tag u2 {{\n {lines}\n}}");
        let told = parse(&source).unwrap_err();
        assert_eq!(told.len(), 1, "{lines}: {told:?}");
        assert_eq!(told[0].message, expected, "{lines}");
    }
}
