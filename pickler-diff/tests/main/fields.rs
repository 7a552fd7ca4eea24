//! Changes of fields, each with what it does to readers and writers.

use pickler_diff::{Outcome, diff};

use crate::expecting::{
    BREAKING, COMPATIBLE, NEW_READS_OLD, OLD_READS_NEW, finds, finds_in_fields,
};
use crate::specs::protocol;

#[test]
fn a_field_is_added() {
    let old = "a: u8";
    finds_in_fields(old, "a: u8, b: u8", BREAKING, "b", "is new, at the end");
    finds_in_fields(old, "a: u8, b: u8 = 7", BREAKING, "b", "is new, at the end");
    let optional = "a: u8, b: u8 unless end";
    finds_in_fields(old, optional, NEW_READS_OLD, "b", "is new, at the end");
    let defaulted = "a: u8, b: u8 unless end else 7 = 7";
    finds_in_fields(old, defaulted, NEW_READS_OLD, "b", "is new, at the end");
    finds_in_fields(
        "a: u8, c: u8",
        "a: u8, b: u8, c: u8",
        BREAKING,
        "b",
        "is new, behind `a`",
    );
    finds_in_fields(old, "b: u8, a: u8", BREAKING, "b", "is new, at the front");
    let several = "a: u8, b: u8, c: u8";
    finds_in_fields(old, several, BREAKING, "b, c", "are new, at the end");
}

#[test]
fn a_field_is_removed() {
    finds_in_fields("a: u8, b: u8", "a: u8", BREAKING, "b", "is gone");
    let optional = "a: u8, b: u8 unless end";
    finds_in_fields(optional, "a: u8", OLD_READS_NEW, "b", "is gone");
}

/// The messages of a piece of which what is left over is ignored grow.
#[test]
fn what_is_left_over_is_ignored() {
    let of = |fields: &str| {
        format!(
            "record Frame {{ body: Body size u8 leftover ignored }}\nrecord Body {{ {fields} }}"
        )
    };
    let report = finds(
        &of("a: u8"),
        &of("a: u8, b: u8"),
        OLD_READS_NEW,
        "body.b",
        "is new, at the end",
    );
    assert!(matches!(
        report.findings[0].witnesses[0].outcome,
        Outcome::Refused(_)
    ));
    finds(
        &of("a: u8"),
        &of("a: u8, b: u8 unless end"),
        COMPATIBLE,
        "body.b",
        "is new, at the end",
    );
}

#[test]
fn a_field_is_widened() {
    finds_in_fields("a: u16", "a: u32", BREAKING, "a", "`u16` became `u32`");
    finds_in_fields(
        "a: [u8] count u8",
        "a: [u16] count u8",
        BREAKING,
        "a[]",
        "`u8` became `u16`",
    );
    // The same bytes, but for values that do not fit.
    finds_in_fields(
        "a: leb128 u16",
        "a: leb128 u32",
        NEW_READS_OLD,
        "a",
        "`leb128 u16` became `leb128 u32`",
    );
    finds_in_fields("a: u8", "a: i8", BREAKING, "a", "`u8` became `i8`");
    finds_in_fields("a: u8", "a: bool", OLD_READS_NEW, "a", "`u8` became `bool`");
}

#[test]
fn fields_change_their_places() {
    finds_in_fields(
        "a: u8, b: u8",
        "b: u8, a: u8",
        BREAKING,
        "b",
        "was moved to the front",
    );
    finds_in_fields(
        "a: u8, b: u16, c: u8",
        "b: u16, c: u8, a: u8",
        BREAKING,
        "a",
        "was moved behind `c`",
    );
}

#[test]
fn conditions_are_other_ones() {
    let narrowed = "`a <= 9` had to hold, and `a <= 5` has to";
    finds_in_fields(
        "a: u8 assert a <= 9",
        "a: u8 assert a <= 5",
        OLD_READS_NEW,
        "a",
        narrowed,
    );
    let widened = "`a <= 5` had to hold, and `a <= 9` has to";
    finds_in_fields(
        "a: u8 assert a <= 5",
        "a: u8 assert a <= 9",
        NEW_READS_OLD,
        "a",
        widened,
    );
    finds_in_fields(
        "a: u8",
        "a: u8 in 1..=9",
        OLD_READS_NEW,
        "a",
        "`u8` became `u8 in 1..=9`",
    );
    let between = |assert: &str| format!("record A {{\na: u8\nb: u8\nassert {assert}\n}}");
    finds(
        &between("a <= b"),
        &between("a < b"),
        OLD_READS_NEW,
        "",
        "`a <= b` had to hold, and `a < b` has to",
    );
}

#[test]
fn counts_and_orders() {
    finds_in_fields(
        "a: bytes count u8",
        "a: bytes count u16",
        BREAKING,
        "a (count)",
        "`u8` became `u16`",
    );
    finds_in_fields(
        "a: u16",
        "a: u16 little-endian",
        BREAKING,
        "a",
        "`u16` became `u16 little-endian`",
    );
    finds_in_fields(
        "a: [u8] count 2",
        "a: [u8] count 3",
        BREAKING,
        "a",
        "`[u8] of 2` became `[u8] of 3`",
    );
    finds_in_fields(
        "a: u8, b: [u8] count a",
        "a: u8, b: [u8] count a * 2",
        BREAKING,
        "b",
        "`[u8] of a` became `[u8] of a * 2`",
    );
}

#[test]
fn optional_fields() {
    finds_in_fields(
        "a: u8 flag u8",
        "a: u8",
        BREAKING,
        "a",
        "`u8 behind a flag bool` became `u8`",
    );
    finds_in_fields(
        "a: u8 none 255",
        "a: u8",
        BREAKING,
        "a",
        "`u8, 255 for none` became `u8`",
    );
    finds_in_fields(
        "a: u8 unless end",
        "a: u8",
        OLD_READS_NEW,
        "a",
        "`u8 unless at the end` became `u8`",
    );
    let default = "`u8 unless at the end, else 1` became `u8 unless at the end, else 2`";
    let report = diff(
        &protocol("record A { a: u8 unless end else 1 }"),
        &protocol("record A { a: u8 unless end else 2 }"),
    );
    assert_eq!(
        (report.verdict(), &*report.findings[0].change),
        (BREAKING, default),
        "{report}"
    );
}

#[test]
fn defaults_are_written() {
    finds_in_fields(
        "a: u8 = 1",
        "a: u8 = 2",
        COMPATIBLE,
        "a",
        "the default was `1`, and is `2`",
    );
    finds_in_fields(
        "a: u8",
        "a: u8 = 2",
        COMPATIBLE,
        "a",
        "the default was none, and is `2`",
    );
}

#[test]
fn derived_fields() {
    let of = |sum: &str| format!("record A {{\na: u8\nsum: u8 derived {sum}\n}}");
    let change = "follows from `a + 1`, and not follows from `a` any more";
    finds(&of("a"), &of("a + 1"), BREAKING, "sum", change);
}

/// The bytes are the same, and mean something else.
#[test]
fn what_amounts_stand_for() {
    let change = "`u32 / 100 EUR` became `u32 / 1000 EUR`";
    let report = finds_in_fields(
        "a: u32 scale 100 \"EUR\"",
        "a: u32 scale 1000 \"EUR\"",
        BREAKING,
        "a",
        change,
    );
    let witness = &report.findings[0].witnesses[0];
    assert!(matches!(witness.outcome, Outcome::Differs { .. }));
}

#[test]
fn counts_that_some_numbers_do_not_fit() {
    let change = "`u8` became `i8`";
    let (old, new) = ("a: bytes count u8", "a: bytes count i8");
    finds_in_fields(old, new, OLD_READS_NEW, "a (count)", change);
    let (old, new) = ("a: (u8, bytes rest) size u8", "a: (u8, bytes rest) size i8");
    finds_in_fields(old, new, OLD_READS_NEW, "a (size)", change);
}
