use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Arm, Expr, IntegerType, Operator, Pattern, UnaryOperator};

fn parse(text: &str) -> Expr {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn field(name: &str) -> Expr {
    Expr::Field(name.into())
}

fn binary(left: Expr, operator: Operator, right: Expr) -> Expr {
    Expr::Binary(Box::new(left), operator, Box::new(right))
}

#[test]
fn operators_bind_as_in_rust() {
    use Operator::{Add, And, BitAnd, BitOr, Equal, Multiply, Or, ShiftLeft, Subtract};
    let [a, b, c] = ["a", "b", "c"].map(field);
    let cases = [
        (
            "a + b * c",
            binary(a.clone(), Add, binary(b.clone(), Multiply, c.clone())),
        ),
        (
            "(a + b) * c",
            binary(binary(a.clone(), Add, b.clone()), Multiply, c.clone()),
        ),
        (
            "a - b - c",
            binary(binary(a.clone(), Subtract, b.clone()), Subtract, c.clone()),
        ),
        (
            "a - (b - c)",
            binary(a.clone(), Subtract, binary(b.clone(), Subtract, c.clone())),
        ),
        (
            "a & b == c",
            binary(binary(a.clone(), BitAnd, b.clone()), Equal, c.clone()),
        ),
        (
            "a | b & c",
            binary(a.clone(), BitOr, binary(b.clone(), BitAnd, c.clone())),
        ),
        (
            "a << b + c",
            binary(a.clone(), ShiftLeft, binary(b.clone(), Add, c.clone())),
        ),
        (
            "a || b && c",
            binary(a.clone(), Or, binary(b.clone(), And, c.clone())),
        ),
        (
            "(a || b) && c",
            binary(binary(a.clone(), Or, b.clone()), And, c.clone()),
        ),
        (
            "(a == b) == c",
            binary(binary(a.clone(), Equal, b.clone()), Equal, c.clone()),
        ),
    ];
    for (text, expr) in cases {
        assert_eq!(expr.to_string(), text);
        assert_eq!(parse(text), expr, "{text}");
    }
}

#[test]
fn what_is_printed_is_parsed_again() {
    for text in [
        "-5",
        "-(5)",
        "-a",
        "--a",
        "!(a == 1)",
        "!a & 7",
        "-a as u8",
        "(-a) as u8",
        "(a + 1) as i128",
        "(a as u8) < b",
        "(a as u8) << 2",
        "(1 + a as u8) < b",
        "a as u8 > b",
        "a as u8 as u16",
        "len(header.names) * 2",
        "header.flags.low & 1 != 0",
        "tag(body) == Kind::Text",
        "sizeof(self) - sizeof(magic)",
        "if a == 1 { b } else { c }",
        "if a == 1 { b } else if a == 2 { c } else { 0 }",
        "(if a { 1 } else { 2 }) + 3",
        "match kind { 1 | 2 => a, 3..=5 => b, -7 => 0, _ => c }",
        "match kind { ..=0 => true, 5.. => false, Kind::Text => true, _ => false }",
        "match kind { _ => match a { true => 1, _ => 2 } }",
        "true != false",
        "sizes[index] + rows[index - 1][2].length.low[0]",
        "len(rows[index]) * tag(items[0].kind)",
        "item[0] == 170",
        r#"name == "a\"b\\\n\u{1}é""#,
        r#"magic != b"\x00\xff\"\\\n""#,
        "ratio >= 1.5 && ratio < -2.0",
        "ratio == 1e300 || ratio > -1e-7",
        "-(1.5) == -a",
        r#"match name { "a" | b"b" => 1, -0.5 => 2, 1.5 => 3, _ => 0 }"#,
        "170141183460469231731687303715884105727",
        "-170141183460469231731687303715884105728",
    ] {
        let expr = parse(text);
        assert_eq!(parse(&expr.to_string()), expr, "{text}, {expr}");
        // All but one stand in their shortest form.
        if text != "(-a) as u8" {
            assert_eq!(expr.to_string(), text);
        }
    }
}

#[test]
fn all_trees_of_two_operators_survive_printing() {
    let leaves = [
        field("a"),
        Expr::Integer(-1),
        Expr::Float((-1.5).into()),
        Expr::Float(0.25.into()),
        Expr::Text("a\"".into()),
        Expr::Cast(
            Box::new(field("b")),
            IntegerType {
                bits: 8,
                signed: false,
            },
        ),
        Expr::Unary(UnaryOperator::Not, Box::new(field("c"))),
        Expr::If {
            condition: Box::new(field("a")),
            then: Box::new(Expr::Integer(1)),
            otherwise: Box::new(Expr::Integer(2)),
        },
        Expr::Match {
            of: Box::new(field("a")),
            arms: vec![Arm {
                patterns: vec![
                    Pattern::Range(i128::MIN, i128::MAX),
                    Pattern::Value(Expr::Integer(3)),
                ],
                value: Expr::Bool(true),
            }],
            otherwise: Box::new(Expr::Integer(2)),
        },
    ];
    let check = |expr: Expr| {
        let text = expr.to_string();
        assert_eq!(text.parse(), Ok(expr), "{text}");
    };
    for first in Operator::ALL {
        for second in Operator::ALL {
            for leaf in &leaves {
                let pair = || binary(leaf.clone(), first, leaf.clone());
                check(binary(pair(), second, leaf.clone()));
                check(binary(leaf.clone(), second, pair()));
                for unary in [UnaryOperator::Negate, UnaryOperator::Not] {
                    check(Expr::Unary(unary, Box::new(pair())));
                    let inner = Expr::Unary(unary, Box::new(leaf.clone()));
                    check(binary(inner.clone(), first, inner));
                }
            }
        }
    }
}

#[test]
fn literals() {
    for (text, value) in [
        ("0x1F", 31),
        ("0b1010_0001", 161),
        ("0o17", 15),
        ("1_000", 1000),
        ("b'A'", 65),
        ("'é'", 233),
        (r"'\n'", 10),
        (r"b'\xFF'", 255),
        (r"'\''", 39),
    ] {
        assert_eq!(parse(text), Expr::Integer(value), "{text}");
    }
}

#[test]
fn mistakes_are_told_where_they_are() {
    for (text, message) in [
        ("", "expected an expression, found the end, at offset 0"),
        ("a +", "expected an expression, found the end, at offset 3"),
        (
            "a b",
            "expected an operator or the end, found `b`, at offset 2",
        ),
        ("(a", "expected `)`, found the end, at offset 2"),
        (
            "a < b < c",
            "comparisons do not chain; use parentheses, at offset 6",
        ),
        ("a as f32", "`f32` is no integer type, at offset 5"),
        (
            "min(a)",
            "there is no function `min`; there are `len`, `sizeof`, `offset`, `present` and `tag`, at offset 4",
        ),
        ("0xG", "expected a number, found `0`, at offset 0"),
        ("if a { 1 }", "expected `else`, found the end, at offset 10"),
        (
            "match a { 1 => 2 }",
            "expected `,`, found `}`, at offset 17",
        ),
        (
            "match a { b => 2, _ => 1 }",
            "a pattern is a number, a range, a text, bytes or a variant, at offset 10",
        ),
        ("'ab'", "not one character in quotes, at offset 0"),
        (r#"a == "b"#, "expected `\"`, found the end, at offset 7"),
        (r#"a == "\q""#, "no escape that there is, at offset 6"),
        (
            r#"a == "\xFF""#,
            r"past 7 bits; write `\u{FF}`, at offset 10",
        ),
        (r#"a == b"é""#, r"no byte; write it as `\xFF`, at offset 9"),
        (
            "a == 1e999",
            "a number past 64 bits of floating point, at offset 5",
        ),
        ("a[1", "expected `]`, found the end, at offset 3"),
        ("a.", "expected a name, found the end, at offset 2"),
    ] {
        let error = text.parse::<Expr>().unwrap_err();
        assert_eq!(error.to_string(), message, "{text}");
    }
    let past = "170141183460469231731687303715884105728";
    assert!(past.parse::<Expr>().is_err());
}

#[test]
fn no_text_overflows_the_stack() {
    for (open, times) in [
        ("(", 100_000),
        ("!", 100_000),
        ("if a{", 100_000),
        ("a+", 100_000),
        ("match a{", 100_000),
        ("-", 100_000),
        ("a[", 100_000),
    ] {
        assert!(open.repeat(times).parse::<Expr>().is_err());
    }
    assert!(
        ("a".to_string() + &".a".repeat(100_000))
            .parse::<Expr>()
            .is_err()
    );
    assert!(
        ("a".to_string() + &"if a{a}else ".repeat(100_000))
            .parse::<Expr>()
            .is_err()
    );
    // What is negated is printed in parentheses, which are no level more.
    let deepest = parse(&("-".repeat(64) + "0"));
    assert_eq!(parse(&deepest.to_string()), deepest);
    let longest: String = "a+".repeat(512) + "a";
    let expr = parse(&longest);
    assert_eq!(parse(&expr.to_string()), expr);
}

#[test]
fn values_that_do_not_fit_are_none() {
    use Operator::{Divide, Multiply, Remainder, ShiftLeft, ShiftRight};
    assert_eq!(Multiply.apply(i128::MAX, 2), None);
    assert_eq!(Divide.apply(1, 0), None);
    assert_eq!(Remainder.apply(i128::MIN, -1), None);
    assert_eq!(ShiftLeft.apply(1, 126), Some(1 << 126));
    assert_eq!(ShiftLeft.apply(1, 127), None);
    assert_eq!(ShiftLeft.apply(1, -1), None);
    assert_eq!(ShiftLeft.apply(-1, 127), Some(i128::MIN));
    assert_eq!(ShiftRight.apply(-8, 1), Some(-4));
    assert_eq!(ShiftRight.apply(1, 128), None);
    let ty = |bits, signed| IntegerType { bits, signed };
    assert_eq!(ty(8, false).cast(256), None);
    assert_eq!(ty(8, true).cast(-128), Some(-128));
    assert_eq!(ty(128, false).cast(-1), None);
    assert_eq!(ty(64, true).cast(1 << 63), None);
}

/// What stands behind an expression in a line, and in the lines behind it, is
/// left.
#[test]
fn at_the_start_of_a_text() {
    for (text, taken) in [
        ("rows * columns size 4", "rows * columns"),
        ("len(a)\n- 1", "len(a)"),
        ("(a\n- 1) flag", "(a\n- 1)"),
        ("a -\n1", "a -\n1"),
        ("a\n[0]", "a"),
        ("a // - b\n", "a"),
        (
            "match a { 1 => // one\n 2, _ => 3 } + 1\n-5 X",
            "match a { 1 => // one\n 2, _ => 3 } + 1",
        ),
        ("a = 5", "a"),
        ("5 PING", "5"),
    ] {
        let (expr, length) = Expr::parse_start(text).unwrap();
        assert_eq!(&text[..length], taken);
        assert_eq!(expr, taken.parse().unwrap());
    }
    assert!(Expr::parse_start("= 5").is_err());
}

/// Names that an expression would read as something else stand in backticks.
#[test]
fn names_in_backticks() {
    let text = "`content-type` + `u8`[`if`].`match` == `true`::`a b` && present(`f-32`)";
    let expr: Expr = text.parse().unwrap();
    assert_eq!(expr.to_string(), text);
    let mut names = Vec::new();
    expr.walk(&mut |it| {
        if let Expr::Field(name) = it {
            names.push(name.as_str());
        }
    });
    assert_eq!(names, ["content-type", "u8", "if"]);
    let pattern = "match a { `no`::`x y` => 1, _ => 0 }";
    assert_eq!(
        pattern.parse::<Expr>().unwrap().to_string(),
        "match a { no::`x y` => 1, _ => 0 }"
    );
    assert!("`open".parse::<Expr>().is_err());
}
