//! What becomes of bytes, for many small changes.

use pickler_diff::diff;

use crate::specs::{all_hold, protocol};

/// Old, new, and what the report says in all.
type Case<'a> = (&'a str, &'a str, &'a str);

#[track_caller]
fn check(cases: &[Case<'_>]) {
    let mut failed = Vec::new();
    for (old, new, expected) in cases {
        let (of_old, of_new) = (protocol(old), protocol(new));
        let report = diff(&of_old, &of_new);
        all_hold(&report, &of_old, &of_new);
        let json = report.to_json();
        let told = json["verdict"].as_str().unwrap_or_default();
        if told != *expected {
            failed.push(format!("{old}\n-> {new}\nexpected {expected}: {report}\n"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The same of the fields of one record.
#[track_caller]
fn check_fields(cases: &[Case<'_>]) {
    let record = |fields: &str| match fields.split_once('|') {
        Some((fields, types)) => format!("record R {{ {fields} }}\n{types}"),
        None => format!("record R {{ {fields} }}"),
    };
    let cases: Vec<_> = cases
        .iter()
        .map(|(old, new, expected)| (record(old), record(new), *expected))
        .collect();
    let cases: Vec<Case<'_>> = cases
        .iter()
        .map(|(old, new, expected)| (&**old, &**new, *expected))
        .collect();
    check(&cases);
}

#[test]
fn what_seldom_is_there() {
    check_fields(&[
        (
            "o: u32, d: u8 if o == 77777777",
            "o: u32, d: u16 if o == 77777777",
            "breaking",
        ),
        (
            "o: u16, p: u16, d: u8 if o * p == 777 * 3",
            "o: u16, p: u16, d: u16 if o * p == 777 * 3",
            "breaking",
        ),
        (
            "o: u16, d: u8 if o == 777 * 3",
            "o: u16, d: u16 if o == 777 * 3",
            "breaking",
        ),
        (
            "b: u64, d: u8 if b >> 61 & 1 == 1",
            "b: u64, d: u16 if b >> 61 & 1 == 1",
            "breaking",
        ),
        (
            "b: u64, d: text count 6 if b >> 61 & 1 == 1",
            "b: u64, d: bytes count 6 if b >> 61 & 1 == 1",
            "new_reads_old",
        ),
        (
            "b: u64, d: u8 if b >> 61 & 1 == 1 && b >> 3 & 1 == 1",
            "b: u64, d: u16 if b >> 61 & 1 == 1 && b >> 3 & 1 == 1",
            "breaking",
        ),
        (
            "b: u64, c: u64 if b >> 63 == 1, d: u8 if present(c) && c >> 26 & 1 == 1",
            "b: u64, c: u64 if b >> 63 == 1, d: u16 if present(c) && c >> 26 & 1 == 1",
            "breaking",
        ),
        (
            "o: u32, d: u8 if o & 0xF0F0F0F0 == 0x10203040",
            "o: u32, d: u16 if o & 0xF0F0F0F0 == 0x10203040",
            "breaking",
        ),
        (
            "o: u32, d: u8 if o > 1000000 && o < 1000010",
            "o: u32, d: u16 if o > 1000000 && o < 1000010",
            "breaking",
        ),
        (
            "o: text count 4, d: u8 if o == \"ABCD\"",
            "o: text count 4, d: u16 if o == \"ABCD\"",
            "breaking",
        ),
        (
            "o: u16, d: u8 if o == 9999",
            "o: u16, d: u8 if o == 9998",
            "breaking",
        ),
        (
            "o: u32, d: D at o | record D { a: u16 }",
            "o: u32, d: D at o | record D { a: u32 }",
            "breaking",
        ),
    ]);
}

/// Nobody can say what becomes of a part of which no value is found.
#[test]
fn what_is_never_there_is_not_known() {
    let rare = "a: u32, b: u32, c: u8 if a * a * 3 + b * b == 1311768467";
    let wider = rare.replace("c: u8", "c: u16");
    check_fields(&[
        (rare, &wider, "not_known"),
        (
            "a: u64 assert a * a * 7 == 12345678987654321, b: u8",
            "a: u64 assert a * a * 7 == 12345678987654321, b: u16",
            "not_known",
        ),
    ]);
}

#[test]
fn places() {
    let tree = |a: &str| {
        format!(
            "record R {{ m: u16, b: B }}\nrecord B {{ m: u16, o: u32, d: D at o }}\nrecord D {{ e: [E] count u16, a: {a} }}\nrecord E {{ u: u8 }}"
        )
    };
    let leaf = tree("u16").replace("u: u8", "u: u16");
    check(&[
        (&tree("u16"), &tree("u32"), "breaking"),
        (&tree("u16"), &leaf, "breaking"),
    ]);
}

/// A bitmap says which of many fields are there; each of the others has to fit, too.
#[test]
fn bitmaps() {
    let message = |code: &str, account: &str| {
        format!(
            "record Message {{
    mti: text count 4 encoding ascii
    b1: u64
    b2: u64 if b1 >> 63 == 1
    pan: Digits if b1 >> 62 & 1 == 1
    code: {code} count 6 if b1 >> 61 & 1 == 1
    amount: text count 12 if b1 >> 60 & 1 == 1
    track: Digits if b1 >> 29 & 1 == 1
    private: Digits if b1 >> 16 & 1 == 1
    account: {account} if present(b2) && b2 >> 26 & 1 == 1
}}
record Digits {{
    tens: u8 derived len(value) / 10 + 48
    ones: u8 derived len(value) % 10 + 48
    value: text count (tens - 48) * 10 + ones - 48
}}"
        )
    };
    let old = message("text", "u16");
    check(&[
        (&old, &message("bytes", "u16"), "new_reads_old"),
        (&old, &message("text", "u32"), "breaking"),
    ]);
}

#[test]
fn a_directory_of_places() {
    let tiff = |count: &str, next: &str| {
        format!(
            "record File {{ order: bytes count 2, body: Body little-endian when order == b\"II\" }}
record Body {{ magic: u16 always 42, first: u32, ifd: Directory at first }}
record Directory {{
    entries: [Entry] count {count}
    next: {next}
    more: box Directory at next none 0
}}
record Entry {{
    tag: u16
    type: Type
    count: u32
    inline: bytes count 4 if count * match type {{ 1 | 2 => 1, 3 => 2, 5 => 8, _ => 4 }} <= 4
    offset: u32 if count * match type {{ 1 | 2 => 1, 3 => 2, 5 => 8, _ => 4 }} > 4
    values: Values(type, count) at offset if present(offset)
}}
enum Type u16 {{ 1 BYTE, 2 ASCII, 3 SHORT, 4 LONG, 5 RATIONAL, other OTHER }}
union Values(type: Type, count: u32) tag u16 = type {{
    1 BYTES: bytes count count
    2 ASCII: text count count
    3 SHORTS: [u16] count count
    4 LONGS: [u32] count count
    5 RATIONALS: [(u32, u32)] count count
}}"
        )
    };
    let old = tiff("u16", "u32");
    check(&[
        (&old, &tiff("u16", "u16"), "breaking"),
        (&old, &tiff("u32", "u32"), "breaking"),
    ]);
}

#[test]
fn variants_where_others_are_kept() {
    let radius = |variants: &str| {
        format!(
            "record Packet {{ id: u8, length: u16 derived sizeof(self), attributes: [Attribute] rest size length - 3 }}
union Attribute tag u8 length u8 counts message {{\n1 NAME: text rest\n4 IP: bytes count 4\n{variants}other OTHER\n}}"
        )
    };
    let (with, without) = (radius("80 AUTHENTICATOR: bytes count 16\n"), radius(""));
    let message =
        |variants: &str| format!("union M tag u8 length u8 {{\n1 A: u8\n{variants}other OTHER\n}}");
    check(&[
        (&with, &without, "new_reads_old"),
        (&without, &with, "old_reads_new"),
        (&message("80 B: u32\n"), &message(""), "new_reads_old"),
        (&message(""), &message("80 B: u32\n"), "old_reads_new"),
        (
            &message("80 B: u32\n"),
            &message("80 C: u32\n"),
            "compatible",
        ),
        (&message("80 B: u32\n"), &message("80 B: u16\n"), "breaking"),
        (&message("80 B: u32\n"), &message("81 B: u32\n"), "breaking"),
        (&message("80 B: bytes rest\n"), &message(""), "compatible"),
    ]);
}

#[test]
fn what_breaks_a_reader() {
    check_fields(&[
        (
            "f: u8, a: u8 if f & 1 == 1",
            "f: u8, a: u16 if f & 1 == 1",
            "breaking",
        ),
        (
            "f: u8, a: u8 if f & 1 == 1",
            "f: u8, a: u8 if f & 2 == 2",
            "breaking",
        ),
        ("f: u8, a: u8 if f == 200", "f: u8", "breaking"),
        ("f: u8", "f: u8, a: u8 if f == 200", "breaking"),
        ("a: u8 flag u8", "a: u16 flag u8", "breaking"),
        ("a: u8 unless end", "a: u16 unless end", "breaking"),
        (
            "a: [[u8] count u8] count u8",
            "a: [[u16] count u8] count u8",
            "breaking",
        ),
        (
            "a: [B] count u8 | record B { b: [C] count u8 }\nrecord C { c: u8 }",
            "a: [B] count u8 | record B { b: [C] count u8 }\nrecord C { c: u16 }",
            "breaking",
        ),
        ("a: text count u8", "a: bytes count u8", "new_reads_old"),
        ("a: bytes count u8", "a: text count u8", "old_reads_new"),
        (
            "a: text count 4",
            "a: text count 4 encoding ascii",
            "old_reads_new",
        ),
        (
            "a: text count 4",
            "a: text count 4 encoding latin1",
            "breaking",
        ),
        ("a: u16", "a: u16 little-endian", "breaking"),
        (
            "b: u8, a: u16 little-endian when b == 1",
            "b: u8, a: u16 little-endian when b == 2",
            "breaking",
        ),
        ("a: f32", "a: u32", "breaking"),
        ("a: bool", "a: u8", "new_reads_old"),
        ("a: u8 in 1..=200", "a: u8 in 1..=201", "new_reads_old"),
        ("a: u8 always 7", "a: u8 always 8", "breaking"),
        ("a: u8 none 255", "a: u8 none 254", "breaking"),
        (
            "a: bytes count u8",
            "a: bytes count u8 assert len(a) < 5",
            "old_reads_new",
        ),
        (
            "a: u8, b: bytes count a",
            "a: u8, b: bytes count a / 2",
            "breaking",
        ),
        (
            "a: U | union U tag u8 { 1 X: u8, 2 Y: u16 }",
            "a: U | union U tag u8 { 1 X: u8, 2 Y: u32 }",
            "breaking",
        ),
        (
            "a: U | union U tag u8 { 1 X: u8, 2 Y: u16 }",
            "a: U | union U tag u8 { 1 X: u8 }",
            "old_reads_new",
        ),
        (
            "a: [U] count u8 | union U tag u32 { 1 X: u8, 0x10203040 Y: u16 }",
            "a: [U] count u8 | union U tag u32 { 1 X: u8, 0x10203040 Y: i16 }",
            "breaking",
        ),
        (
            "k: u8, a: U(k) | union U(k: u8) tag u8 = k { 1 X: u8, 200 Y: u16 }",
            "k: u8, a: U(k) | union U(k: u8) tag u8 = k { 1 X: u8, 200 Y: u32 }",
            "breaking",
        ),
        (
            "a: E | enum E u16 { 1 X, 2 Y, other OTHER }",
            "a: E | enum E u16 { 1 X, other OTHER }",
            "compatible",
        ),
        (
            "a: E | enum E u16 { 1 X, 2 Y, other OTHER }",
            "a: E | enum E u16 { 1 X, 2 Y }",
            "old_reads_new",
        ),
        (
            "a: E | enum E u16 { 1 X, 40000 Y }",
            "a: E | enum E u16 { 1 X, 40001 Y }",
            "breaking",
        ),
        ("a: u8, b: (u8, u16)", "a: u8, b: (u8, u32)", "breaking"),
        ("a: u4, b: u4", "a: u5, b: u3", "breaking"),
        ("a: u8, b: u8", "a: u8", "breaking"),
        (
            "a: u8, b: u8 derived a",
            "a: u8, b: u8 derived a + 1",
            "breaking",
        ),
        ("a: bytes rest", "a: bytes rest zlib", "breaking"),
        ("a: leb128 u64", "a: leb128 u32", "old_reads_new"),
        (
            "a: T | record T { c: u8, b: box T unless end }",
            "a: T | record T { c: u16, b: box T unless end }",
            "breaking",
        ),
    ]);
}

/// In order with values that have no two keys shows nothing.
#[test]
fn keyed_records() {
    let of = |head: &str, fields: &str| {
        format!("keyed Options key u8 size u8 end 255{head} {{\n{fields}\n}}")
    };
    let two = "1 optional a: u8\n2 optional b: u8";
    check(&[
        (&of("", two), &of(" in order", two), "compatible"),
        (
            &of("", two),
            &of("", "1 optional a: u8\n2 optional b: u16"),
            "breaking",
        ),
        (
            &of("", two),
            &of("", "1 optional a: u8\n3 optional b: u8"),
            "breaking",
        ),
        (&of("", two), &of("", "1 optional a: u8"), "old_reads_new"),
        (
            &of("", two),
            &of("", "1 optional a: u8\n2 b: u8"),
            "old_reads_new",
        ),
    ]);
}

/// Of what is computed, that no value was found for which it matters is no proof.
#[test]
fn what_is_computed_or_limited() {
    let lists = [
        (
            "a: [u8] count u8",
            "a: [u8] count u8 assert len(a) <= 100",
            "not_known",
        ),
        (
            "a: bytes count u8",
            "a: (bytes count u8) size <= 50",
            "not_known",
        ),
        (
            "a: text count u16",
            "a: text count u16 assert a != \"magic\"",
            "old_reads_new",
        ),
        (
            "a: u16, b: bytes count match a { 1 => 2, 500 => 9, _ => 0 }",
            "a: u16, b: bytes count match a { 1 => 2, 501 => 9, _ => 0 }",
            "not_known",
        ),
        (
            "k: u16, b: bytes count if k == 300 { 4 } else { 1 }",
            "k: u16, b: bytes count if k == 300 { 8 } else { 1 }",
            "not_known",
        ),
        (
            "a: u16, b: u16 little-endian when a == 300",
            "a: u16, b: u16 little-endian when a == 400",
            "not_known",
        ),
        (
            "a: u16, b: u16 derived if a == 300 { 1 } else { 2 }",
            "a: u16, b: u16 derived if a == 400 { 1 } else { 2 }",
            "not_known",
        ),
        (
            "a: u32, b: u8 if a > 5",
            "a: u32, b: u8 if a > 5 && a != 777777",
            "not_known",
        ),
        (
            "a: u8, b: u8",
            "a: u8, b: u8 assert a * b != 221",
            "not_known",
        ),
    ];
    check_fields(&lists);
    // What is found is told.
    check_fields(&[
        (
            "a: u8 assert a < 10",
            "a: u8 assert a < 20",
            "new_reads_old",
        ),
        (
            "a: u8, b: u8 if a == 7",
            "a: u8, b: u8 if a == 8",
            "breaking",
        ),
    ]);
}
