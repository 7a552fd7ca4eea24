//! Changes of messages, of what is in front of them, and of names.

use pickler_diff::{Outcome, diff};

use crate::expecting::{
    BREAKING, COMPATIBLE, NEW_READS_OLD, OLD_READS_NEW, finds, finds_in_fields,
};
use crate::specs::{all_hold, protocol};

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
        OLD_READS_NEW,
        "",
        "is new, tag 2",
    );
    finds(
        &kept,
        &of("1 A: u8\n2 B: bytes rest\nother UNKNOWN"),
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
    let with = |head: &str, fields: &str| {
        format!("keyed Options key u8 size u8 end 255{head} {{\n{fields}\n}}")
    };
    let of = |fields: &str| with(" unknown ignored", fields);
    let old = of("1 a: u8");
    finds(
        &old,
        &of("1 a: u8\n2 optional b: u8"),
        COMPATIBLE,
        "b",
        "is new, with key 2",
    );
    finds(
        &old,
        &of("1 a: u8\n2 b: u8"),
        OLD_READS_NEW,
        "b",
        "is new, with key 2",
    );
    finds(&old, &of("1 a: u16"), BREAKING, "a", "`u8` became `u16`");
    finds(&old, &of("1 b: u8"), COMPATIBLE, "b", "was called `a`");
    let refused = with("", "1 a: u8");
    finds(
        &refused,
        &with("", "1 a: u8\n2 optional b: u8"),
        NEW_READS_OLD,
        "b",
        "is new, with key 2",
    );
}

/// What old writers keep of unknown keys they write again; new readers refuse it.
#[test]
fn unknown_keys_are_kept_or_refused() {
    let of = |fields: &str| format!("keyed Options key u8 size u8 end 255 {{\n{fields}\n}}");
    let (kept, refused) = (of("1 a: u8\nother unknown"), of("1 a: u8"));
    let change = "unknown keys are refused now";
    let report = finds(&kept, &refused, OLD_READS_NEW, "", change);
    assert_eq!(
        report.findings[0].witnesses[0].bytes,
        b"\x01\x01\0\x02\x01\0\xFF"
    );
    let change = "unknown keys are kept now";
    finds(&refused, &kept, NEW_READS_OLD, "", change);
    // Who ignores them does not write them again.
    let ignored = of("1 a: u8").replace("end 255", "end 255 unknown ignored");
    let change = "unknown keys are refused now";
    finds(&ignored, &refused, COMPATIBLE, "", change);
    let added = of("1 a: u8\n2 optional b: u16\nother unknown");
    let change = "is new, with key 2; what was kept of that key is read as this now";
    finds(&kept, &added, COMPATIBLE, "b", change);
    let report = diff(
        &protocol(&kept),
        &protocol(&of("1 a: u8\n2 optional b: u16")),
    );
    assert_eq!(report.verdict(), OLD_READS_NEW, "{report}");
}

#[test]
fn messages_become_too_long() {
    let of = |head: &str, text: &str| {
        format!("{head}\nunion Message tag u8 length u16 {{\n1 A: {text}\n2 B\n}}")
    };
    let (free, bounded) = (of("", "text rest"), of("max-message 5", "text rest"));
    let change = "a message had any number of bytes, and has at most 5 bytes";
    let report = finds(&free, &bounded, OLD_READS_NEW, "", change);
    let witness = &report.findings[0].witnesses[0];
    assert_eq!(witness.bytes, b"\x01\0\x06xxxxxx");
    assert_eq!(witness.outcome, Outcome::TooLong { limit: 5 });
    let change = "a message had at most 5 bytes, and has any number of bytes";
    finds(&bounded, &free, NEW_READS_OLD, "", change);
    let change = "a message had at most 5 bytes, and has at most 9 bytes";
    finds(
        &bounded,
        &of("max-message 9", "text rest"),
        NEW_READS_OLD,
        "",
        change,
    );
    let change = "a message had any number of bytes, and has at most 5 bytes";
    let short = "text count 2";
    finds(
        &of("", short),
        &of("max-message 5", short),
        COMPATIBLE,
        "",
        change,
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
fn all_tags_are_told() {
    let of = |variants: &str| format!("union Message tag u8 {{\n{variants}\n}}");
    let (two, one) = (of("0 | 4..=6 A: u8"), of("0 A: u8"));
    let change = "had tag 0 | 4..=6, and has 0";
    finds(&two, &one, OLD_READS_NEW, "", change);
    finds(
        &one,
        &two,
        NEW_READS_OLD,
        "",
        "had tag 0, and has 0 | 4..=6",
    );
    let many: Vec<String> = (1..20).map(|tag| (tag * 2).to_string()).collect();
    let many = of(&format!("0 | {} A: u8", many.join(" | ")));
    let change = "had tag 0 | 2 | 4 | 6 | 8 | 10 | 12 | 14 | 16 | ..., and has 0";
    finds(&many, &one, OLD_READS_NEW, "", change);
    let (a, b) = (of("1 A: u8"), of("1 A: u8\n2 | 3 B: u8"));
    finds(&a, &b, NEW_READS_OLD, "", "is new, tag 2 | 3");
}

#[test]
fn variants_are_tried_in_another_order() {
    let of = |variants: &str| format!("union Message tag none {{\n{variants}\n}}");
    let (old, new) = (of("A: u8 in 1..=3\nB: u16"), of("B: u16\nA: u8 in 1..=3"));
    let report = diff(&protocol(&old), &protocol(&new));
    let told = report.to_string();
    let change = "B: was number 2 to be tried, and is number 1, which was that of `A`";
    assert!(told.contains(change), "{told}");
    // Which alternative of a choice it is tells its name, and not its place.
    let of = |order: &str| format!("record R {{\nv: choice ({order})\n}}");
    let (a, b) = ("A: {\na: u8 in 1..=3\n}", "B: {\nb: u8 in 4..=9\n}");
    let (old, new) = (of(&format!("{a}, {b}")), of(&format!("{b}, {a}")));
    let report = diff(&protocol(&old), &protocol(&new));
    assert!(report.to_string().contains("compatible"), "{report}");
    assert_eq!(report.verdict(), COMPATIBLE, "{report}");
    let changed = of(&format!("{b}, {a}")).replace("4..=9", "3..=9");
    let report = diff(&protocol(&old), &protocol(&changed));
    let told = report.to_string();
    assert!(
        told.contains("new reads v B {b: 3}, not A {a: 3}"),
        "{told}"
    );
}
