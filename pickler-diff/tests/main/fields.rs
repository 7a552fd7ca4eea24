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
    let change = "was derived from `a`, and is derived from `a + 1`";
    finds(&of("a"), &of("a + 1"), BREAKING, "sum", change);
}

/// The bytes are the same, and mean something else.
#[test]
fn what_amounts_stand_for() {
    let change = "`u32 scale 100 \"EUR\"` became `u32 scale 1000 \"EUR\"`";
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

/// The bytes are the same, but not what they are read as: this is neither
/// refused nor compatible.
#[test]
fn what_is_read_means_something_else() {
    let misread = |old: &str, new: &str, change: &str| {
        for (old, new, change) in [(old, new, change.to_owned()), (new, old, reversed(change))] {
            let report = finds_in_fields(old, new, BREAKING, "a", &change);
            assert!(report.findings[0].misread, "{report}");
            let text = report.to_string();
            assert!(text.contains(": reads, but means something else: 1 finding"));
        }
    };
    misread("a: u16", "a: u16 scale 100", "`u16` became `u16 scale 100`");
    misread(
        "a: bytes count 16",
        "a: bytes count 16 uuid",
        "`bytes of 16` became `bytes of 16 uuid`",
    );
    misread("a: u8", "a: i8", "`u8` became `i8`");
    // A unit where there was none says more, and nothing else.
    let change = "`u16 scale 100` became `u16 scale 100 \"EUR\"`";
    let (old, new) = ("a: u16 scale 100", "a: u16 scale 100 \"EUR\"");
    finds_in_fields(old, new, COMPATIBLE, "a", change);
    let report = finds_in_fields("a: u8", "a: u16", BREAKING, "a", "`u8` became `u16`");
    assert!(!report.findings[0].misread);
}

fn reversed(change: &str) -> String {
    let (before, after) = change.split_once(" became ").expect("it says so");
    format!("{after} became {before}")
}

#[test]
fn constants() {
    let (old, new) = ("a: u8 always 7", "a: u8");
    finds_in_fields(old, new, NEW_READS_OLD, "a", "`u8 always 7` became `u8`");
    finds_in_fields(new, old, OLD_READS_NEW, "a", "`u8` became `u8 always 7`");
}

#[test]
fn counts_that_some_numbers_do_not_fit() {
    let change = "`u8` became `i8`";
    let (old, new) = ("a: bytes count u8", "a: bytes count i8");
    finds_in_fields(old, new, OLD_READS_NEW, "a (count)", change);
    let (old, new) = ("a: (u8, bytes rest) size u8", "a: (u8, bytes rest) size i8");
    finds_in_fields(old, new, OLD_READS_NEW, "a (size)", change);
}

/// Types are told as specs say them.
#[test]
fn words_of_specs() {
    let told = |old: &str, new: &str, change: &str| {
        let spec = |fields: &str| protocol(&format!("record A {{\n{fields}\n}}"));
        let report = diff(&spec(old), &spec(new));
        assert_eq!(report.findings[0].change, change, "{report}");
    };
    told(
        "a: text rest",
        "a: text rest encoding latin1",
        "`text to the end` became `bytes to the end encoding latin1`",
    );
    told(
        "a: u8",
        "a: u8 ignored writing 0",
        "`u8` became `u8 ignored writing 0`",
    );
    told(
        "a: bytes rest",
        "a: bytes rest zlib",
        "`bytes to the end` became `bytes to the end zlib`",
    );
    told(
        "a: u8\nsum: u32",
        "a: u8\nsum: u32 checksum crc32(a..=a)",
        "was any value, and is the checksum `crc32(a..=a)`",
    );
}
