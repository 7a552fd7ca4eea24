//! Small changes, each with what it does to readers and writers.

use pickler_diff::{Outcome, Report, Verdict, diff};

use crate::specs::{all_hold, protocol};

/// The only finding that is about `field`, of two specs.
#[track_caller]
fn finds(old: &str, new: &str, verdict: Verdict, field: &str, change: &str) -> Report {
    let (old, new) = (protocol(old), protocol(new));
    let report = diff(&old, &new);
    all_hold(&report, &old, &new);
    let [finding] = report.findings.as_slice() else {
        panic!("not one finding: {report}");
    };
    assert_eq!(
        (finding.verdict, &*finding.field, &*finding.change),
        (verdict, field, change),
        "{report}"
    );
    assert_eq!(report.verdict(), verdict);
    let failing = usize::from(!verdict.new_reads_old) + usize::from(!verdict.old_reads_new);
    let shown = finding.witnesses.len();
    assert!(
        shown == failing || failing == 0 && shown <= 1,
        "one for each way that fails: {report}"
    );
    report
}

/// The same of messages with these fields.
#[track_caller]
fn finds_in_fields(old: &str, new: &str, verdict: Verdict, field: &str, change: &str) -> Report {
    let message = |fields| format!("union Message tag u8 length u16 {{\n1 BET: {{ {fields} }}\n}}");
    let report = finds(&message(old), &message(new), verdict, field, change);
    assert_eq!(report.findings[0].messages, ["BET"]);
    report
}

const BREAKING: Verdict = Verdict::BREAKING;
const COMPATIBLE: Verdict = Verdict::COMPATIBLE;
const NEW_READS_OLD: Verdict = Verdict::NEW_READS_OLD;
const OLD_READS_NEW: Verdict = Verdict::OLD_READS_NEW;

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
fn names_are_not_on_the_wire() {
    finds_in_fields(
        "a: u8, b: u8",
        "a: u8, c: u8",
        COMPATIBLE,
        "c",
        "was called `b`",
    );
    let message = |name: &str| format!("union Message tag u8 {{\n1 {name}: u8\n}}");
    finds(
        &message("A"),
        &message("B"),
        COMPATIBLE,
        "",
        "was called `A`",
    );
    let colours = |name: &str| format!("record A {{ a: Colour }}\nenum Colour u8 {{\n1 {name}\n}}");
    finds(
        &colours("RED"),
        &colours("ROUGE"),
        COMPATIBLE,
        "a",
        "1 was called `RED`, and is `ROUGE`",
    );
    let types = |name: &str| format!("record {name} {{ a: u8 }}");
    let (old, new) = (protocol(&types("A")), protocol(&types("B")));
    assert_eq!(diff(&old, &new).findings, []);
}

#[test]
fn what_is_said_of_it_is_no_change() {
    let old = protocol("/// Says this.\nrecord A {\n/// And this.\na: u8\n}");
    let new = protocol("/// Says that.\nrecord A {\na: u8\n}");
    assert_eq!(diff(&old, &new).findings, []);
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
fn names_of_an_enumeration() {
    let of = |names: &str| format!("record A {{ a: Colour }}\nenum Colour u8 {{\n{names}\n}}");
    finds(
        &of("1 RED"),
        &of("1 RED\n2 BLUE"),
        NEW_READS_OLD,
        "a",
        "2 is new: `BLUE`",
    );
    finds(
        &of("1 RED\n2 BLUE"),
        &of("1 RED"),
        OLD_READS_NEW,
        "a",
        "2 is gone: `BLUE`",
    );
    let kept = of("1 RED\nother UNKNOWN");
    finds(
        &kept,
        &of("1 RED\n2 BLUE\nother UNKNOWN"),
        COMPATIBLE,
        "a",
        "2 is new: `BLUE`",
    );
    finds(
        &of("1 RED"),
        &kept,
        NEW_READS_OLD,
        "a",
        "unknown ones are kept now",
    );
    let report = diff(
        &protocol(&of("1 RED\n2 BLUE")),
        &protocol(&of("1 BLUE\n2 RED")),
    );
    assert_eq!(report.verdict(), BREAKING, "{report}");
}

#[test]
fn variants() {
    let of = |variants: &str| format!("union Message tag u8 length u16 {{\n{variants}\n}}");
    let old = of("1 A: u8");
    finds(
        &old,
        &of("1 A: u8\n2 B: u8"),
        NEW_READS_OLD,
        "",
        "is new, tag 2",
    );
    finds(
        &of("1 A: u8\n2 B: u8"),
        &old,
        OLD_READS_NEW,
        "",
        "is gone, tag 2",
    );
    let kept = of("1 A: u8\nother UNKNOWN");
    finds(
        &kept,
        &of("1 A: u8\n2 B: u8\nother UNKNOWN"),
        COMPATIBLE,
        "",
        "is new, tag 2",
    );
    finds(&old, &of("3 A: u8"), BREAKING, "", "had tag 1, and has 3");
    finds(&old, &kept, NEW_READS_OLD, "", "unknown ones are kept now");
}

/// A code is given to another message: what was written for one is read as the
/// other, without an error.
#[test]
fn a_tag_is_used_again() {
    let of = |variants: &str| format!("union Message tag u8 length u16 {{\n{variants}\n}}");
    let (old, new) = (
        protocol(&of("1 A: u8\n2 B: u16")),
        protocol(&of("1 A: u8\n2 C: i16")),
    );
    let report = diff(&old, &new);
    all_hold(&report, &old, &new);
    assert_eq!(report.verdict(), BREAKING, "{report}");
    let witness = &report.findings[0].witnesses[0];
    assert!(
        matches!(witness.outcome, Outcome::Differs { .. }),
        "{report}"
    );
}

#[test]
fn variants_within_a_message() {
    let of = |variants: &str| {
        format!("record A {{ a: Inner, b: u8 }}\nunion Inner tag u8 {{\n{variants}\n}}")
    };
    finds(
        &of("1 X: u8"),
        &of("1 X: u8\n2 Y: u8"),
        NEW_READS_OLD,
        "a.Y",
        "is new, tag 2",
    );
    finds(
        &of("1 X: u8\n2 Y"),
        &of("1 X: u16\n2 Y"),
        BREAKING,
        "a.X",
        "`u8` became `u16`",
    );
}

#[test]
fn what_is_in_front_of_all_messages() {
    let of = |head: &str| format!("union Message {head} {{\n1 A: u8\n2 B\n}}");
    let counts = "the length counted the body, and counts the whole, tag and itself included";
    finds(
        &of("tag u8 length u16"),
        &of("tag u8 length u16 counts message"),
        BREAKING,
        "",
        counts,
    );
    finds(
        &of("tag u8 length u16"),
        &of("tag u8 length u32"),
        BREAKING,
        "",
        "the length: `u16` became `u32`",
    );
    finds(
        &of("tag u8 length u8"),
        &of("tag u16 length u8"),
        BREAKING,
        "",
        "the tag: `u8` became `u16`",
    );
    finds(
        &of("tag u8"),
        &of("tag u8 length u8"),
        BREAKING,
        "",
        "there is a length now",
    );
}

/// What is in front of the fields has changed, and so did fields: these are told
/// of by the fields alone.
#[test]
fn fields_behind_another_head() {
    let of = |head: &str, fields: &str| format!("union Message {head} {{\n1 A: {{ {fields} }}\n}}");
    let old = protocol(&of("tag u8 length u16", "a: u8, b: u8"));
    let new = protocol(&of("tag u8 length u16 counts message", "a: u8, b: u16"));
    let report = diff(&old, &new);
    all_hold(&report, &old, &new);
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|it| (&*it.field, it.verdict))
        .collect();
    assert_eq!(found, [("", BREAKING), ("b", BREAKING)], "{report}");
    assert_eq!(report.findings[1].witnesses[0].bytes, [0, 0]);
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
fn types_that_messages_share_are_told_of_once() {
    let of = |amount: &str| {
        format!(
            "union Message tag u8 {{\n1 A: {{ a: Money }}\n2 B: {{ b: [Money] count u8 }}\n}}\nrecord Money {{ amount: {amount} }}"
        )
    };
    let (old, new) = (protocol(&of("u16")), protocol(&of("u32")));
    let report = diff(&old, &new);
    all_hold(&report, &old, &new);
    let [finding] = report.findings.as_slice() else {
        panic!("{report}")
    };
    assert_eq!(finding.messages, ["A", "B"]);
    assert_eq!(finding.field, "a.amount");
}

#[test]
fn messages_within_messages_have_their_changes_told_at_themselves() {
    let of = |field: &str| {
        format!("union Message tag u8 {{\n1 A: {{ a: {field} }}\n2 LIST: [Message] count u8\n}}")
    };
    let report = diff(&protocol(&of("u8")), &protocol(&of("u16")));
    let [finding] = report.findings.as_slice() else {
        panic!("{report}")
    };
    assert_eq!(finding.messages, ["A"]);
    assert_eq!(report.unchanged, 1);
}

#[test]
fn keyed_fields() {
    let of = |fields: &str| format!("keyed Options key u8 size u8 end 255 {{\n{fields}\n}}");
    let old = of("1 a: u8\nother ignored");
    finds(
        &old,
        &of("1 a: u8\n2 optional b: u8\nother ignored"),
        COMPATIBLE,
        "b",
        "is new, with key 2",
    );
    finds(
        &old,
        &of("1 a: u8\n2 b: u8\nother ignored"),
        OLD_READS_NEW,
        "b",
        "is new, with key 2",
    );
    finds(
        &old,
        &of("1 a: u16\nother ignored"),
        BREAKING,
        "a",
        "`u8` became `u16`",
    );
    finds(
        &old,
        &of("1 b: u8\nother ignored"),
        COMPATIBLE,
        "b",
        "was called `a`",
    );
    let refused = of("1 a: u8");
    finds(
        &refused,
        &of("1 a: u8\n2 optional b: u8"),
        NEW_READS_OLD,
        "b",
        "is new, with key 2",
    );
}

#[test]
fn handshakes() {
    let of = |version: &str| {
        format!("protocol chat\nhandshake b\"CHAT {version}\"\nrecord A {{ a: u8 }}")
    };
    let change = "the handshake was `CHAT 1`, and is `CHAT 2`";
    finds(&of("1"), &of("2"), BREAKING, "", change);
}

#[test]
fn counts_that_some_numbers_do_not_fit() {
    let change = "`u8` became `i8`";
    let (old, new) = ("a: bytes count u8", "a: bytes count i8");
    finds_in_fields(old, new, OLD_READS_NEW, "a (count)", change);
    let (old, new) = ("a: (u8, bytes rest) size u8", "a: (u8, bytes rest) size i8");
    finds_in_fields(old, new, OLD_READS_NEW, "a (size)", change);
}
