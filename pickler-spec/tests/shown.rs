//! How mistakes are shown, whatever the line that they are in.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "snapshots are written with them"
)]

use expect_test::{Expect, expect};
use pickler_spec::{Diagnostic, Mistake, parse};

/// What is shown of the first mistake.
fn shown(source: &str) -> String {
    let diagnostics = parse(source).unwrap_err();
    diagnostics[0].with_source("it", source).to_string()
}

#[track_caller]
fn check(source: &str, expected: &Expect) {
    expected.assert_eq(&shown(source));
}

/// A mistake somewhere, and another place.
fn anywhere(span: std::ops::Range<usize>, other: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic {
        mistake: Mistake::all().next().unwrap(),
        span,
        message: "wrong".to_owned(),
        help: String::new(),
        related: Some((other, "there".to_owned())),
    }
}

#[test]
fn marks_stand_below_what_is_wrong() {
    check(
        "record Pot {\n\tprofit:\tu999\t// a lot\n}\n",
        &expect![[r#"
            error[S0009]: an integer has 1 to 128 bits, not 999
             --> it:2:10
              |
            2 |     profit:    u999    // a lot
              |                ^^^^
        "#]],
    );
    check(
        "record Pot {\r\n    größe漢字: u999\r\n}\r\n",
        &expect![[r#"
            error[S0009]: an integer has 1 to 128 bits, not 999
             --> it:2:14
              |
            2 |     größe漢字: u999
              |                ^^^^
        "#]],
    );
    check(
        "record Pot {\r\n    profit: u8 none\r\n}\r\n",
        &expect![[r#"
            error[S0001]: expected a number, found the end of the line
             --> it:2:21
              |
            2 |     profit: u8 none␍
              |                     ^
        "#]],
    );
    check(
        "",
        &expect![[r#"
            error[S0022]: there is no type
             --> it:1:1
              |
            1 |
              | ^
              |
              = help: write one: `record Name {`
        "#]],
    );
    check(
        "record Pot {\n    profit: u8 =\n",
        &expect![[r#"
        error[S0001]: no `}` closes this `{`
         --> it:1:12
          |
        1 | record Pot {
          |            ^
    "#]],
    );
}

#[test]
fn what_steers_a_terminal_is_shown_instead() {
    let steering = "\u{1B}[31m\u{7}\u{8}\u{9B}2J\u{7F}\u{202E}\u{2066}";
    let source =
        format!("record Pot {{\n    `{steering}`: No /* {steering} */\n    a: `{steering}`\n}}\n");
    let mut all = String::new();
    for diagnostic in parse(&source).unwrap_err() {
        all += &diagnostic.with_source(steering, &source).to_string();
        all += &diagnostic.in_one_line(steering, &source).to_string();
        all += "\n";
    }
    let steers = |it: char| it.is_control() && it != '\n' || "\u{202E}\u{2066}".contains(it);
    assert!(!all.contains(steers), "{}", all.escape_debug());
    expect![[r#"
        error[S0004]: there is no type `No`
         --> \u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}:2:22
          |
        2 |     `␛[31m␇␈·2J␡��`: No /* ␛[31m␇␈·2J␡�� */
          |                      ^^
        \u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}:2:22: S0004: there is no type `No`
        error[S0001]: expected the end of the line, found `/`
         --> \u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}:2:25
          |
        2 |     `␛[31m␇␈·2J␡��`: No /* ␛[31m␇␈·2J␡�� */
          |                         ^
        \u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}:2:25: S0001: expected the end of the line, found `/`
        error[S0004]: there is no type `\u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}`
         --> \u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}:3:8
          |
        3 |     a: `␛[31m␇␈·2J␡��`
          |        ^^^^^^^^^^^^^^^
        \u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}:3:8: S0004: there is no type `\u{1b}[31m\u{7}\u{8}\u{9b}2J\u{7f}\u{202e}\u{2066}`
    "#]].assert_eq(&all);
}

#[test]
fn a_long_line_fills_no_screen() {
    let (before, behind) = ("a".repeat(1 << 20), "z".repeat(1 << 20));
    let source = format!("record Pot {{\n    {before}: u999 // {behind}\n}}\n");
    check(
        &source,
        &expect![[r#"
        error[S0009]: an integer has 1 to 128 bits, not 999
         --> it:2:1048583
          |
          |
        2 | ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: u999 // zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz...
          |                                                                   ^^^^
    "#]],
    );
    let long = format!("record Pot {{\n    name: text count u8 = \"{before}\n}}\n");
    check(
        &long,
        &expect![[r#"
        error[S0021]: no `"` ends it on the same line
         --> it:2:27
          |
        2 | ... = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: escapes are `\n`, `\r`, `\t`, `\0`, `\\`, `\"`, `\x7F`, `\u{20AC}`
    "#]],
    );
    let many = format!(
        "record Pot {{\n    a: ({} u8)\n}}",
        "u999, ".repeat(1 << 17)
    );
    let diagnostics = parse(&many).unwrap_err();
    for diagnostic in &diagnostics {
        let shown = diagnostic.with_source("it", &many).to_string();
        assert!(shown.len() < 1_000, "{shown}");
        assert!(shown.lines().count() < 10, "{shown}");
    }
}

#[test]
fn places_far_from_each_other_are_shown_apart() {
    let between = "    // Nothing.\n".repeat(1 << 16);
    let source = format!("record Pot {{\n    a: u8\n{between}    a: u16\n}}\n");
    check(
        &source,
        &expect![[r#"
        error[S0005]: there is a field `a` before
             --> it:65539:5
              |
        65539 |     a: u16
              |     ^
              |
             ::: it:2:5
              |
            2 |     a: u8
              |     - that one
              |
              = help: give this one another name
    "#]],
    );
}

#[test]
fn many_lines() {
    let source = format!(
        "union Many tag u8 {{\n{}}}\n",
        "    // Nothing.\n".repeat(20)
    );
    check(
        &source,
        &expect![[r#"
        error[S0029]: a union of no variants is never there
          --> it:1:1
           |
         1 | / union Many tag u8 {
        ...  |
        22 | | }
           | |_^
    "#]],
    );
}

/// Whatever is asked for, something is shown.
#[test]
fn anywhere_in_any_source() {
    for source in [
        "",
        "é",
        "\n",
        "\r\n\r\n",
        "a\n\t漢\u{1B}\n",
        "a\rb\n\n",
        "\u{FEFF}a\u{85}\u{2028}b",
    ] {
        let most = source.len() + 2;
        let places = || (0..=most).chain([usize::MAX]);
        for (start, end) in places().flat_map(|start| places().map(move |end| (start, end))) {
            for other in [0..0, 0..usize::MAX, most..1, end..start] {
                let diagnostic = anywhere(start..end, other);
                let shown = diagnostic.with_source("it", source).to_string();
                assert!(shown.contains('^'), "{source:?} {start} {end} {shown}");
            }
        }
    }
}

#[test]
fn colours_are_all_that_differs() {
    let source = "record Pot {\n    index: u8\n    index: u16\n}\n";
    let diagnostics = parse(source).unwrap_err();
    let with_source = diagnostics[0].with_source("it", source);
    let plain = with_source.to_string();
    let coloured = with_source.with_colours(true).to_string();
    assert!(!plain.contains('\u{1B}'));
    assert!(coloured.contains("\u{1B}[1m"), "{coloured}");
    let mut without = String::new();
    for (index, part) in coloured.split("\u{1B}[").enumerate() {
        let codes = if index > 0 {
            part.find('m').unwrap() + 1
        } else {
            0
        };
        without += &part[codes..];
    }
    assert_eq!(without, plain);
}
