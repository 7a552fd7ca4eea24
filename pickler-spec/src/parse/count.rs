//! How much there is of text, of bytes and of a list.

use pickler::dynamic::Value;
use pickler::schema::{Count, Ending, Expr, Shape, Terminator, Until};

use super::input::{Input, Result, fail, since};
use super::lex::{eat_word, expect_word, here, peek_word, sees};
use super::literal::expression;
use super::numbers::{integer, sees_integer};
use super::source::{Source, Sourced, Span};
use super::value::value;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// A count, the integer in front if there is one, and where its expressions and
/// values stand.
struct Counted {
    count: Count,
    prefix: Option<Source>,
    own: Vec<Span>,
}

pub fn bytes_or_text(is_text: bool, start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let what = if is_text { "text" } else { "bytes" };
    let Counted { count, prefix, own } = counted(what, input)?;
    let count = match count {
        Count::Until(until) => Count::Until(of_bytes(until, &own)?),
        Count::Last(_) => {
            let message = "`last` is for lists; text and bytes end with `until`";
            return Err(fail(mistakes::OUT_OF_PLACE, since(start, input), message));
        }
        count => count,
    };
    let mut source = Source::of(since(start, input), prefix.into_iter().collect());
    source.own = own;
    let shape = if is_text {
        Shape::Text { count }
    } else {
        Shape::Bytes { count }
    };
    Ok(Sourced { shape, source })
}

/// What ends text and bytes is bytes: those of a text, or a single one.
fn of_bytes(mut until: Until, own: &[Span]) -> Result<Until> {
    let bytes = match &until.end {
        Value::Bytes(bytes) => Some(bytes.to_vec()),
        Value::Text(text) => Some(text.as_bytes().to_vec()),
        Value::Unsigned(byte) => u8::try_from(*byte).ok().map(|byte| vec![byte]),
        _ => None,
    };
    let span = own.first().copied().unwrap_or_default();
    match bytes {
        Some(bytes) if !bytes.is_empty() => {
            until.end = Value::Bytes(bytes.into());
            Ok(until)
        }
        _ => {
            let message = "what ends text or bytes is bytes: `until b\"\\r\\n\"`, `until 0`";
            Err(fail(mistakes::VALUE, span, message))
        }
    }
}

pub fn list(item: Sourced, start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let Counted { count, prefix, own } = counted("a list", input)?;
    let end = since(start, input).end;
    let mut list = item.behind(prefix, end, own, |item| Shape::List { item, count });
    list.source.span.start = start;
    Ok(list)
}

fn counted(what: &str, input: &mut Input<'_>) -> Result<Counted> {
    let word = peek_word(input);
    let alone = |count| Counted {
        count,
        prefix: None,
        own: Vec::new(),
    };
    match word {
        "count" => {
            eat_word(word, input);
            if sees_integer(input) {
                let prefix = integer(input)?;
                return Ok(Counted {
                    count: Count::Prefix(Box::new(prefix.shape)),
                    prefix: Some(prefix.source),
                    own: Vec::new(),
                });
            }
            // A number in parentheses is an expression, too.
            let is_expression = sees("(", input);
            let (expr, span) = expression(input)?;
            let count = match expr {
                Expr::Integer(count) if !is_expression => {
                    let Ok(count) = u64::try_from(count) else {
                        let message = format!("there cannot be {count} of something");
                        return Err(fail(mistakes::DOES_NOT_FIT, span, message));
                    };
                    Count::Fixed(count)
                }
                expr => Count::Expr(expr),
            };
            let own = vec![span];
            Ok(Counted {
                own,
                ..alone(count)
            })
        }
        "until" | "through" | "before" => {
            let terminator = terminator(input);
            let (end, span) = value(input)?;
            let mut own = vec![span];
            let (or_end, room) = or_end_within(&mut own, input)?;
            let ending = Ending { terminator, or_end };
            let count = Count::Until(Until { end, ending, room });
            Ok(Counted {
                own,
                ..alone(count)
            })
        }
        "last" => {
            eat_word(word, input);
            let (last, span) = expression(input)?;
            let own = vec![span];
            Ok(Counted {
                own,
                ..alone(Count::Last(last))
            })
        }
        "rest" => {
            eat_word(word, input);
            Ok(alone(Count::Rest))
        }
        _ => {
            let message = format!("{what} must say how much there is");
            Err(Diagnostic::new(mistakes::NO_COUNT, here(input), message)
                .help("write `count u16`, `count 16`, `until 0` or `rest` behind it")
                .into())
        }
    }
}

/// `until`, `through` or `before`, which comes next.
pub fn terminator(input: &mut Input<'_>) -> Terminator {
    let word = peek_word(input);
    eat_word(word, input);
    match word {
        "through" => Terminator::Kept,
        "before" => Terminator::Left,
        _ => Terminator::Taken,
    }
}

/// `or end`: the end of the input or of the piece ends it, too; `or end within
/// EXPR`: of so many bytes in all.
fn or_end_within(own: &mut Vec<Span>, input: &mut Input<'_>) -> Result<(bool, Option<Expr>)> {
    let or_end = or_end(input)?;
    if or_end && eat_word("within", input) {
        let (room, span) = expression(input)?;
        own.push(span);
        return Ok((true, Some(room)));
    }
    Ok((or_end, None))
}

/// `or end` behind what ends a piece.
pub fn or_end(input: &mut Input<'_>) -> Result<bool> {
    let found = eat_word("or", input);
    if found {
        expect_word("end", input)?;
    }
    Ok(found)
}
