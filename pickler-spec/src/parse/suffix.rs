//! What is put behind a type.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::dynamic::Value;
use pickler::schema::{Expr, Operator, Place, Presence, Reference, Shape};

use super::input::{Failure, Input, Result, at, fail, unexpected};
use super::lex::{Word, eat, eat_word, expect_word, here, peek_second, peek_word};
use super::literal::{expression, filling, signed, text, unsigned};
use super::numbers::{integer, number_type};
use super::source::{Source, Sourced, Span};
use super::types::{expressions, given};
use super::value::value;
use super::{filled, means, sized};
use crate::diagnostic::Diagnostic;
use crate::keywords;
use crate::mistakes;

/// How many shapes may lie in one another in one type.
const HIGHEST: u32 = 64;

/// All that is put behind a type.
pub fn suffixes(mut item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    loop {
        let word = peek_word(input);
        if !keywords::SUFFIXES.contains(&word) {
            return Ok(item);
        }
        let span = here(input);
        eat_word(word, input);
        item = suffix(Word { text: word, span }, item, input)?;
        if item.source.height > HIGHEST {
            return Err(too_high(span));
        }
    }
}

/// What lies in one another is refused past a number that no format needs.
pub fn too_high(span: Span) -> Failure {
    let message = format!("more than {HIGHEST} shapes in one another");
    Diagnostic::new(mistakes::TOO_DEEP, span, message)
        .help("give what is inside a name of its own")
        .into()
}

fn suffix(word: Word<'_>, item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let ends = |input: &Input<'_>| at(input);
    Ok(match word.text {
        "none" => {
            let (none, span) = value(input)?;
            item.around(ends(input), [span], |item| Shape::Optional { item, none })
        }
        "if" | "since" | "until" | "flag" | "unless" => conditional(word, item, input)?,
        "little-endian" | "big-endian" => byte_order(word.text, item, input)?,
        "msb-first" | "lsb-first" => {
            let bits = Some(match word.text {
                "msb-first" => BitOrder::Msb,
                _ => BitOrder::Lsb,
            });
            let bytes = None;
            item.around(ends(input), [], |item| Shape::Ordered { item, bytes, bits })
        }
        "shown" => means::shown(item, input)?,
        "mapped" => {
            let (name, _) = text("the name of the mapping", input)?;
            item.around(ends(input), [], |item| Shape::Mapped { item, name })
        }
        "where" => {
            let (condition, span) = expression(input)?;
            item.around(ends(input), [span], |item| Shape::Satisfying {
                item,
                condition,
            })
        }
        "always" => {
            let (value, span) = value(input)?;
            item.around(ends(input), [span], |item| Shape::Constant { item, value })
        }
        "magic" => {
            let magic = magic(input)?;
            let (first, source) = (Box::new(magic.shape), Some(magic.source));
            item.behind(source, ends(input), [], |item| Shape::Behind {
                magic: first,
                item,
            })
        }
        "padded" => means::padded(item, input)?,
        "nonzero" | "in" | "bcd" | "zigzag" | "character" | "ip" | "uuid" | "encoding"
        | "scale" | "flags" | "ignored" => means::meaning(word, item, input)?,
        "size" => sized::size(item, input)?,
        "xor" | "rotate" | "zlib" | "deflate" | "gzip" => sized::filter(word.text, item, input)?,
        "pad" | "align" => filled::filled(word.text, item, input)?,
        "at" => elsewhere(item, input)?,
        "shared" => shared(item, input)?,
        "set" | "map" => {
            let by_key = word.text == "map";
            item.around(ends(input), [], |list| Shape::Unordered { list, by_key })
        }
        "json" => item.around(ends(input), [], |item| Shape::Json { item }),
        "given" => {
            let arguments = expressions(input)?;
            given(item, arguments, input)
        }
        _ => return Err(unexpected(input, "what can stand behind a type")),
    })
}

fn byte_order(word: &str, item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let is_little = word == "little-endian";
    if is_little && eat_word("when", input) {
        let (little, span) = expression(input)?;
        return Ok(item.around(at(input), [span], |item| Shape::OrderedBy { item, little }));
    }
    let bytes = Some(if is_little {
        ByteOrder::Little
    } else {
        ByteOrder::Big
    });
    let mut end = at(input);
    // One shape may change both.
    let mut bits = None;
    for (word, order) in [("msb-first", BitOrder::Msb), ("lsb-first", BitOrder::Lsb)] {
        if bits.is_none() && eat_word(word, input) {
            (bits, end) = (Some(order), at(input));
        }
    }
    Ok(item.around(end, [], |item| Shape::Ordered { item, bytes, bits }))
}

/// `if EXPR`, `since 3`, `until 5`, `flag u8`, `unless end`; and `else VALUE`.
fn conditional(word: Word<'_>, item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let mut own = Vec::new();
    let mut flag = None;
    let presence = match word.text {
        "flag" => {
            let Sourced { mut shape, source } = integer(input)?;
            as_boolean(&mut shape, &source)?;
            flag = Some(source);
            Presence::Flag(Box::new(shape))
        }
        "unless" => {
            expect_word("end", input)?;
            Presence::UnlessEnd
        }
        _ => {
            let (condition, span) = condition(word, input)?;
            own.push(span);
            Presence::If(condition)
        }
    };
    let mut absent = Value::Null;
    if eat_word("else", input) {
        let (value, span) = value(input)?;
        absent = value;
        own.push(span);
    }
    Ok(
        item.behind(flag, at(input), own, |item| Shape::Conditional {
            item,
            presence,
            absent,
        }),
    )
}

/// A flag is a boolean of as many bits as the integer that is told.
fn as_boolean(shape: &mut Shape, source: &Source) -> Result<()> {
    match shape {
        Shape::Integer {
            bits,
            signed: false,
        } => {
            *shape = Shape::Bool { bits: *bits };
            Ok(())
        }
        Shape::Bool { .. } => Ok(()),
        Shape::Ordered { item, .. } => as_boolean(item, source),
        _ => {
            let message = "a flag is an integer from 0, such as `u8`, that is 0 or 1";
            Err(fail(mistakes::NO_INTEGER, source.span, message))
        }
    }
}

/// `if EXPR`, `since 3`, `until 5`, or several of them, all of which must hold.
/// The first word has been taken.
pub fn condition(first: Word<'_>, input: &mut Input<'_>) -> Result<(Expr, Span)> {
    let mut conditions = Vec::new();
    let mut word = first;
    let mut from = None;
    loop {
        match word.text {
            "if" => conditions.push(expression(input)?.0),
            "since" => {
                let (version, _) = signed("a version", input)?;
                from = Some(version);
                conditions.push(version_is(Operator::GreaterOrEqual, version));
            }
            _ => {
                let (version, span) = signed("a version", input)?;
                if let Some(from) = from.filter(|from| *from >= version) {
                    let message = format!("no version is from {from} on and below {version}");
                    return Err(fail(mistakes::BACKWARDS, span, message));
                }
                conditions.push(version_is(Operator::Less, version));
            }
        }
        let next = peek_word(input);
        if !["if", "since", "until"].contains(&next) {
            break;
        }
        word = Word {
            text: next,
            span: here(input),
        };
        eat_word(next, input);
    }
    let all = conditions
        .into_iter()
        .reduce(|left, right| Expr::Binary(Box::new(left), Operator::And, Box::new(right)));
    let span = Span {
        start: first.span.start,
        end: at(input),
    };
    // There is one, at the least.
    Ok((all.unwrap_or(Expr::Bool(true)), span))
}

fn version_is(operator: Operator, version: i128) -> Expr {
    Expr::Binary(
        Box::new(Expr::Field("version".to_owned())),
        operator,
        Box::new(Expr::Integer(version)),
    )
}

/// `magic b"GIF8"`, `magic u16 0x2A`, `magic (TYPE)`
pub fn magic(input: &mut Input<'_>) -> Result<Sourced> {
    if super::lex::sees("(", input) {
        return super::lex::parenthesized(input, super::types::any);
    }
    if super::literal::sees_bytes(input) {
        let (bytes, span) = super::literal::bytes("bytes", input)?;
        let count = pickler::schema::Count::Fixed(bytes.len() as u64);
        let value = Value::Bytes(bytes.into());
        let item = Sourced::leaf(Shape::Bytes { count }, span);
        return Ok(item.around(span.end, [span], |item| Shape::Constant { item, value }));
    }
    match number_type(true, input)? {
        Some(item) => {
            let (value, span) = value(input)?;
            Ok(item.around(span.end, [span], |item| Shape::Constant { item, value }))
        }
        None => Err(unexpected(
            input,
            "a constant: `b\"GIF8\"`, `u16 0x2A`, or a type in parentheses",
        )),
    }
}

/// `at EXPR`, `from record`, `align 4`, `none 0`
fn elsewhere(item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let (expr, span) = expression(input)?;
    let from = filled::origin(input)?;
    let mut place = Place {
        at: expr,
        from,
        align: 1,
        none: None,
    };
    if peek_word(input) == "align" && peek_second(input) != "end" {
        eat_word("align", input);
        place.align = filling("an alignment", input)?.0;
    }
    if eat_word("none", input) {
        place.none = Some(signed("an offset", input)?.0);
    }
    Ok(item.around(at(input), [span], |item| Shape::Elsewhere {
        item,
        place: Box::new(place),
    }))
}

/// `shared offset u16 0xC000`, `shared index u8 "table"`
fn shared(item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    if eat_word("offset", input) {
        let integer = integer(input)?;
        let Shape::Integer {
            bits,
            signed: false,
        } = integer.shape
        else {
            let message = "an offset is an integer from 0, such as `u16`";
            return Err(fail(mistakes::NO_INTEGER, integer.source.span, message));
        };
        let (mark, span) = unsigned("the bits that are set", input)?;
        if !matches!(bits, 8 | 16 | 32 | 64) {
            let message = "an offset has 8, 16, 32 or 64 bits";
            return Err(fail(mistakes::NO_WIDTH, integer.source.span, message));
        }
        let lower = (1_u64 << (bits - 8)) - 1;
        if mark == 0 || mark.checked_shr(bits).unwrap_or(0) != 0 || mark & lower != 0 {
            let message = "the bits that are set are some of the first byte: `u16 0xC000`";
            return Err(fail(mistakes::DOES_NOT_FIT, span, message));
        }
        let reference = Reference::Offset { bits, mark };
        return Ok(item.around(at(input), [], |item| Shape::Shared { item, reference }));
    }
    expect_word("index", input).map_err(|_| unexpected(input, "`offset` or `index`"))?;
    let Sourced { shape, source } = integer(input)?;
    let table = if super::literal::sees_text(input) {
        text("the name of a table", input)?.0
    } else {
        String::new()
    };
    let reference = Reference::Number {
        prefix: Box::new(shape),
        table: table.into(),
    };
    Ok(
        item.behind(Some(source), at(input), [], |item| Shape::Shared {
            item,
            reference,
        }),
    )
}

/// `ignored`, where that does not mean that a value is.
pub fn eat_ignored(input: &mut Input<'_>) -> bool {
    peek_word(input) == "ignored" && peek_second(input) != "writing" && eat_word("ignored", input)
}

/// The sign that comes next is taken.
pub fn eat_range(input: &mut Input<'_>) -> bool {
    eat("..=", input)
}
