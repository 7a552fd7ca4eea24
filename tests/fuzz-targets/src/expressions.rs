//! Expressions and their text.

use pickler::generate::{ByteChoices, Choices};
use pickler::schema::{Arm, Expr, IntegerType, Operator, Pattern, UnaryOperator};

/// No text makes the parser panic; what it reads is printed as what it reads
/// alike. So is what the fuzzer's choices make up.
pub fn expressions(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        match text.parse::<Expr>() {
            Ok(expr) => printed_is_parsed(&expr),
            Err(error) => assert!(
                text.is_char_boundary(error.offset()),
                "{error}, within a character of {text:?}"
            ),
        }
    }
    printed_is_parsed(&made(&mut ByteChoices::new(bytes), 6));
}

fn printed_is_parsed(expr: &Expr) {
    let printed = expr.to_string();
    assert_eq!(printed.parse().as_ref(), Ok(expr), "{printed}");
}

const NAMES: [&str; 4] = ["a", "header", "len", "ß"];

fn name(choices: &mut dyn Choices) -> String {
    NAMES[choices.index(NAMES.len())].into()
}

/// An expression of so many levels at most.
fn made(choices: &mut dyn Choices, levels: u32) -> Expr {
    if levels == 0 {
        return Expr::Field(name(choices));
    }
    let inner = |choices: &mut dyn Choices| Box::new(made(choices, levels - 1));
    match choices.up_to(12) {
        0 => Expr::Field(name(choices)),
        1 => Expr::Integer(number(choices)),
        2 => Expr::Bool(choices.up_to(1) == 1),
        3 => Expr::Variant {
            of: name(choices),
            name: name(choices),
        },
        4 => Expr::SizeOf(name(choices)),
        5 => Expr::SizeOfSelf,
        6 => Expr::Len(Box::new(place(choices))),
        7 => Expr::Tag(Box::new(place(choices))),
        8 => Expr::Unary(
            [UnaryOperator::Not, UnaryOperator::Negate][choices.index(2)],
            inner(choices),
        ),
        9 => Expr::Cast(
            inner(choices),
            IntegerType::ALL[choices.index(IntegerType::ALL.len())],
        ),
        10 => Expr::If {
            condition: inner(choices),
            then: inner(choices),
            otherwise: inner(choices),
        },
        11 => Expr::Match {
            of: inner(choices),
            arms: (0..choices.up_to(2))
                .map(|_| Arm {
                    patterns: (0..=choices.up_to(2)).map(|_| pattern(choices)).collect(),
                    value: *inner(choices),
                })
                .collect(),
            otherwise: inner(choices),
        },
        _ => Expr::Binary(
            inner(choices),
            Operator::ALL[choices.index(Operator::ALL.len())],
            inner(choices),
        ),
    }
}

/// A field, or one of its own.
fn place(choices: &mut dyn Choices) -> Expr {
    let field = Expr::Field(name(choices));
    (0..choices.up_to(2)).fold(field, |of, _| Expr::Member(Box::new(of), name(choices)))
}

fn pattern(choices: &mut dyn Choices) -> Pattern {
    match choices.up_to(3) {
        0 => Pattern::Value(Expr::Integer(number(choices))),
        1 => Pattern::Value(Expr::Bool(choices.up_to(1) == 1)),
        2 => Pattern::Value(Expr::Variant {
            of: name(choices),
            name: name(choices),
        }),
        _ => Pattern::Range(number(choices), number(choices)),
    }
}

/// Small ones, and those at the edges.
fn number(choices: &mut dyn Choices) -> i128 {
    match choices.up_to(3) {
        0 => choices.byte().into(),
        1 => -i128::from(choices.byte()),
        2 => i128::MAX - i128::from(choices.byte()),
        _ => i128::MIN + i128::from(choices.byte()),
    }
}
