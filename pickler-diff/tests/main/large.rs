//! Much to compare takes time that grows with how much it is, and not with
//! a power of that that many messages or fields would make hours of.

use std::fmt::Write;
use std::time::{Duration, Instant};

use pickler_diff::diff;

use crate::specs::protocol;

/// So many messages.
fn messages(prefix: &str, field: &str, count: usize) -> String {
    let mut spec = "union M tag u16 length u16 {\n".to_owned();
    for tag in 0..count {
        // Writing to a `String` does not fail.
        let _ = writeln!(
            spec,
            "{tag} {prefix}{tag}: {{ a: {field}, b: text count u8 }}"
        );
    }
    spec + "}"
}

fn fields(prefix: &str, count: usize) -> String {
    let mut spec = "record R {\n".to_owned();
    for place in 0..count {
        let _ = writeln!(spec, "{prefix}{place}: u8");
    }
    spec + "}"
}

/// How long it takes, and how many findings there are.
fn compared(old: &str, new: &str) -> (Duration, usize) {
    let (old, new) = (protocol(old), protocol(new));
    let start = Instant::now();
    let found = diff(&old, &new).findings.len();
    (start.elapsed(), found)
}

#[test]
fn messages_of_other_names() {
    let of = |count| compared(&messages("M", "u8", count), &messages("N", "u16", count));
    let (few, many) = (of(50), of(200));
    assert_eq!((few.1, many.1), (100, 400));
    assert!(many.0 < few.0 * 8, "{few:?} {many:?}");
}

/// With a type of its own for each.
fn messages_of_types(field: &str, count: usize) -> String {
    let mut spec = "union M tag u16 length u16 {\n".to_owned();
    for tag in 0..count {
        let _ = writeln!(spec, "{tag} M{tag}: T{tag}");
    }
    spec += "}\n";
    for tag in 0..count {
        let _ = writeln!(spec, "record T{tag} {{ a{tag}: {field} }}");
    }
    spec
}

#[test]
fn messages_that_keep_their_fields() {
    let of = |count| compared(&messages("M", "u8", count), &messages("N", "u8", count));
    let (few, many) = (of(400), of(1600));
    assert_eq!((few.1, many.1), (400, 1600));
    assert!(many.0 < few.0 * 8, "{few:?} {many:?}");
}

#[test]
fn messages_of_types_that_are_others() {
    let of = |count| {
        compared(
            &messages_of_types("u8", count),
            &messages_of_types("u16", count),
        )
    };
    let (few, many) = (of(50), of(200));
    assert_eq!((few.1, many.1), (50, 200));
    assert!(many.0 < few.0 * 8, "{few:?} {many:?}");
}

#[test]
fn fields_of_other_names() {
    let of = |count| compared(&fields("f", count), &fields("g", count));
    let (few, many) = (of(100), of(400));
    assert_eq!((few.1, many.1), (100, 400));
    assert!(many.0 < few.0 * 30, "{few:?} {many:?}");
}

/// Fields that are there where a flag says so; one of them changes.
#[test]
fn fields_that_may_be_absent() {
    let spec = |changed: &str, count: usize| {
        let mut spec = "record R {\nflags: u8\n".to_owned();
        for place in 0..count {
            let field = if place == 7 { changed } else { "u8" };
            let bit = 1 << (place % 8);
            let _ = writeln!(spec, "f{place}: {field} if flags & {bit} != 0");
        }
        spec + "}"
    };
    let of = |count| compared(&spec("u8", count), &spec("u16", count));
    let (few, many) = (of(250), of(1000));
    assert_eq!((few.1, many.1), (1, 1));
    assert!(many.0 < few.0 * 8, "{few:?} {many:?}");
}
