//! The style of specs.

use std::fs;
use std::path::Path;

use pickler::generate::{Choices, Seeded, schema};
use pickler::schema::Protocol;
use pickler_spec::{format, parse, print};

#[track_caller]
fn assert_formatted(source: &str, expected: &str) {
    let formatted = format(source).unwrap();
    assert_eq!(formatted, expected);
    assert_eq!(format(&formatted).unwrap(), expected, "formatted again");
}

#[test]
fn spaces_and_lines() {
    assert_formatted("", "");
    assert_formatted("\n\n\n", "");
    assert_formatted(
        "\n\n//!  Chips.\n\n\nprotocol   table\t\"1.2\"\r\nrecord Pot(a:u8,b : u16)little-endian{\n\n\n\
         /// From 0.  \nindex:u3=7//odd\n\n\n//kept\nseat :u8 none   255\n  list:[u8]count(u16 \
         little-endian)\nx: A(1 ,2) if a+1>2&&!b derived len( list )*-2\n\n}\n\n\n",
        "//!  Chips.\n\nprotocol table \"1.2\"\nrecord Pot(a: u8, b: u16) little-endian {\n    \
         /// From 0.\n    index: u3 = 7 //odd\n\n    //kept\n    seat: u8 none 255\n    list: [u8] \
         count (u16 little-endian)\n    x: A(1, 2) if a + 1 > 2 && !b derived len(list) * -2\n}\n",
    );
    assert_formatted(
        "union A tag(bytes count 4){\nb\"a  b\" X:{\na:u8\n}\n 1|3 ..= 5 Y\n}",
        "union A tag(bytes count 4) {\n    b\"a  b\" X: {\n        a: u8\n    }\n    1 | 3..=5 Y\n}\n",
    );
    assert_formatted(
        "type A = choice(\nu8,\nu16 flags(A=1,..),\n)",
        "type A = choice (\n    u8,\n    u16 flags (A = 1, ..),\n)\n",
    );
    assert_formatted("a: u8 none -1 in -5..=-1", "a: u8 none -1 in -5..=-1\n");
    assert_formatted("a: u8 size remaining-4", "a: u8 size remaining - 4\n");
    assert_formatted(
        "a:Pot#2 if x[0].b==Kind::Red",
        "a: Pot#2 if x[0].b == Kind::Red\n",
    );
    assert_formatted("a: f32 = 1.5e-3 scale 10", "a: f32 = 1.5e-3 scale 10\n");
}

/// The specs of the repository are in the style.
#[test]
fn our_own() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/spec")];
    let mut specs = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "pickler") {
                let source = fs::read_to_string(&path).unwrap();
                assert_eq!(format(&source).unwrap(), source, "{}", path.display());
                specs += 1;
            }
        }
    }
    assert!(specs > 5, "{specs}");
}

#[test]
fn what_has_no_sense_is_formatted_too() {
    assert_formatted("recrod  Pot{a:nothing}", "recrod Pot {a: nothing}\n");
}

#[test]
fn what_has_no_end_is_refused() {
    for (source, expected) in [
        (
            "a: \"open\n\"",
            "it:1:4: S0021: no `\"` ends it on the same line",
        ),
        (
            "`a",
            "it:1:1: S0021: a name in backticks ends with one, on the same line",
        ),
        ("a {\n(\n", "it:2:1: S0001: nothing closes this `(`"),
        (
            "a {\n(\n}",
            "it:3:1: S0001: nothing is open that `}` closes",
        ),
        ("]", "it:1:1: S0001: nothing is open that `]` closes"),
    ] {
        let diagnostics = format(source).unwrap_err();
        assert_eq!(
            diagnostics[0].in_one_line("it", source).to_string(),
            expected
        );
    }
}

/// What is printed is in the style; and what is not, becomes so, and says the same.
#[test]
fn random_schemas() {
    for seed in 0..1_000 {
        let mut choices = Seeded::new(seed);
        let text = print(&Protocol::new("random", schema(&mut choices)));
        // An order that changes nothing leaves a space.
        if ["  (", " \n", " )", " ]", " ,"]
            .iter()
            .any(|it| text.contains(it))
        {
            continue;
        }
        let Ok(protocol) = parse(&text) else { continue };
        let mut messy = String::new();
        for line in text.lines() {
            let line = line.trim_start();
            for part in line.split_inclusive(' ') {
                messy.push_str(part);
                if choices.up_to(3) == 0 && !line.contains('"') && !line.starts_with("//") {
                    messy.push_str("  ");
                }
            }
            messy.push_str("\n\n\n");
        }
        let formatted = format(&messy).unwrap();
        assert_eq!(parse(&formatted).unwrap(), protocol, "{formatted}");
        assert_eq!(format(&formatted).unwrap(), formatted);
        let squeezed = |text: &str| text.replace('\n', "");
        let kept = format(&text).unwrap();
        assert_eq!(squeezed(&kept), squeezed(&text));
    }
}

#[test]
fn whatever_it_is() {
    let mut choices = Seeded::new(3);
    for _ in 0..500 {
        let length = choices.up_to(200);
        let signs = b"ab1 -.\n\"'`(){}[]=<>!|&#:,/\\\t\r";
        let source: String = (0..length)
            .map(|_| {
                let place = choices.up_to(signs.len() as u128 - 1);
                char::from(signs[usize::try_from(place).unwrap()])
            })
            .collect();
        if let Ok(formatted) = format(&source) {
            assert_eq!(format(&formatted).unwrap(), formatted, "{source:?}");
        }
    }
}

/// A long line takes as long as many short ones.
#[test]
fn much_on_one_line() {
    for source in [
        "{",
        "}",
        "'",
        "a ",
        "if a { b: ",
        "1 + ",
        "[",
        "-",
        "\"a\" ",
    ] {
        let many = source.repeat(1_000_000 / source.len());
        let start = std::time::Instant::now();
        let _ = format(&many);
        let took = start.elapsed();
        assert!(took.as_secs() < 10, "{source}: {took:?}");
    }
}

#[test]
fn what_nests_too_deep_is_refused() {
    let nested = |depth: usize| std::format!("{}u8{}", "(\n".repeat(depth), "\n)".repeat(depth));
    assert!(format(&nested(256)).is_ok());
    let diagnostics = format(&nested(257)).unwrap_err();
    assert_eq!(diagnostics[0].message, "nested deeper than 256 levels");
}
