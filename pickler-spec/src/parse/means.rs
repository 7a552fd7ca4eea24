//! What things on the wire stand for.

use pickler::dynamic::Value;
use pickler::schema::{FixedText, Meaning, Shape, TextEncoding};

use super::input::{Input, Result, at, fail, unexpected};
use super::lex::{
    Word, comma_separated, eat, eat_word, expect, expect_word, here, name, parenthesized, peek_word,
};
use super::literal::{filling, number, positive, sees_text, signed, text, unsigned};
use super::source::{Sourced, Span};
use super::suffix::{eat_ignored, eat_range};
use super::value::value;
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::suggestion::did_you_mean;

pub fn meaning(word: Word<'_>, mut item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let mut own = Vec::new();
    let meaning = match word.text {
        "nonzero" => Meaning::NonZero,
        "in" => within(input)?,
        "bcd" => digits(&item, input)?,
        "zigzag" => Meaning::ZigZag,
        "character" => Meaning::Character,
        "ip" => Meaning::IpAddress,
        "uuid" => Meaning::Uuid,
        "encoding" => {
            let encoding = encoding(input)?;
            as_encoded(&mut item.shape);
            Meaning::Text(encoding)
        }
        "scale" => Meaning::Scaled {
            scale: positive("a scale", input)?.0,
            unit: if sees_text(input) {
                text("the unit", input)?.0
            } else {
                String::new()
            },
        },
        "flags" => flags(input)?,
        _ => {
            expect_word("writing", input)?;
            let (written, span) = value(input)?;
            own.push(span);
            Meaning::Ignored { written }
        }
    };
    Ok(item.around(at(input), own, |item| Shape::Means { item, meaning }))
}

/// `in 1..=10`
fn within(input: &mut Input<'_>) -> Result<Meaning> {
    let (min, first) = signed("the least", input)?;
    if !eat_range(input) {
        return Err(unexpected(input, "`..=` and the greatest"));
    }
    let (max, last) = signed("the greatest", input)?;
    if min > max {
        let message = format!("nothing is from {min} to {max}");
        return Err(fail(mistakes::BACKWARDS, first.to(last), message));
    }
    Ok(Meaning::Within { min, max })
}

/// `bcd`, `bcd to 59`: unless told, all that the digits can say.
fn digits(item: &Sourced, input: &mut Input<'_>) -> Result<Meaning> {
    if eat_word("to", input) {
        let (max, span) = number(input)?;
        let Value::Unsigned(max) = max else {
            let message = "the greatest is an integer from 0";
            return Err(fail(mistakes::DOES_NOT_FIT, span, message));
        };
        return Ok(Meaning::Digits { max });
    }
    let bits = match &item.shape {
        Shape::Integer { bits, .. } => *bits,
        _ => 128,
    };
    // At most 32 digits.
    let max = 10_u128.pow(bits / 4) - 1;
    Ok(Meaning::Digits { max })
}

/// Text in another encoding is bytes on the wire, whether it is called so or not.
fn as_encoded(shape: &mut Shape) {
    match shape {
        Shape::Text { count } => {
            *shape = Shape::Bytes {
                count: count.clone(),
            };
        }
        Shape::Padded { item, .. } => as_encoded(item),
        _ => {}
    }
}

/// The name of an encoding.
fn encoding(input: &mut Input<'_>) -> Result<TextEncoding> {
    let word = peek_word(input);
    let numbered = |prefix: &str| word.strip_prefix(prefix)?.parse::<u16>().ok();
    let encoding = match word {
        "ascii" => Some(TextEncoding::Ascii),
        "latin1" => Some(TextEncoding::Latin1),
        "utf16" => Some(TextEncoding::Utf16),
        "cp437" => Some(TextEncoding::Cp437),
        "shift_jis" => Some(TextEncoding::ShiftJis),
        _ => None,
    };
    let part = || match numbered("iso8859_")? {
        part @ (2..=8 | 10 | 13..=16) => u8::try_from(part).ok().map(TextEncoding::Iso8859),
        _ => None,
    };
    let page = || match numbered("windows_")? {
        page @ (874 | 1250..=1258) => Some(TextEncoding::Windows(page)),
        _ => None,
    };
    let Some(encoding) = encoding.or_else(part).or_else(page) else {
        let known = ["ascii", "latin1", "utf16", "cp437", "shift_jis"];
        let message = format!("there is no encoding `{word}`{}", did_you_mean(word, known));
        return Err(Diagnostic::new(mistakes::UNEXPECTED, here(input), message)
            .help(
                "there are `ascii`, `latin1`, `utf16`, `cp437`, `shift_jis`, `iso8859_2` and its \
                 like, `windows_1252` and its like",
            )
            .into());
    };
    eat_word(word, input);
    Ok(encoding)
}

/// `flags (A = 0x01, B = 0x02, ..)`
fn flags(input: &mut Input<'_>) -> Result<Meaning> {
    let mut keeps = false;
    let mut spans: Vec<Span> = Vec::new();
    let mut named = Vec::new();
    parenthesized(input, |input| {
        while !super::lex::sees(")", input) {
            if eat("..", input) {
                keeps = true;
                break;
            }
            let Word { text, span } = name("the name of a flag, or `..`", input)?;
            expect("=", input)?;
            let (bits, at) = number(input)?;
            let Value::Unsigned(bits @ 1..) = bits else {
                let message = "a flag is some bits: `0x01`";
                return Err(fail(mistakes::DOES_NOT_FIT, at, message));
            };
            let known = named
                .iter()
                .position(|(known, _): &(_, u128)| *known == text);
            if let Some(known) = known {
                let message = format!("there is a flag `{text}` before");
                return Err(Diagnostic::new(mistakes::NAME_TAKEN, span, message)
                    .related(spans[known], "that one")
                    .into());
            }
            named.push((text, bits));
            spans.push(span);
            if !eat(",", input) {
                break;
            }
        }
        Ok(())
    })?;
    let named = named.into_iter().map(|(name, bits)| (name.into(), bits));
    Ok(Meaning::Flags {
        named: named.collect(),
        keeps,
    })
}

/// `shown (255 = -1, 0 = "n")`
pub fn shown(item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let mut own = Vec::new();
    let pairs = parenthesized(input, |input| {
        comma_separated(")", input, |input| {
            let (actual, span) = value(input)?;
            expect("=", input)?;
            let (shown, behind) = value(input)?;
            own.extend([span, behind]);
            Ok((actual, shown))
        })
    })?;
    Ok(item.around(at(input), own, |item| Shape::Shown { item, pairs }))
}

/// `padded to 16 with 0`, `in 2 bytes`, `ignored`
pub fn padded(item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    expect_word("to", input)?;
    let (size, size_span) = filling("a size", input)?;
    expect_word("with", input)?;
    let (unit, span) = unsigned("what padding is made of", input)?;
    let in_units =
        peek_word(input) == "in" && super::lex::behind_word(input).starts_with("2 bytes");
    if in_units {
        eat_word("in", input);
        number(input)?;
        eat_word("bytes", input);
    }
    let unit_bytes = if in_units { 2 } else { 1 };
    if !size.is_multiple_of(unit_bytes as u64) {
        let message = "units of 2 bytes do not fill an odd number of them";
        return Err(fail(mistakes::DOES_NOT_FIT, size_span, message));
    }
    let unit = u16::try_from(unit).ok().filter(|it| in_units || *it < 256);
    let Some(unit) = unit else {
        let message = format!("a unit of {unit_bytes} bytes cannot hold it");
        return Err(fail(mistakes::DOES_NOT_FIT, span, message));
    };
    let padding = FixedText {
        size,
        unit,
        unit_bytes,
        ignored: eat_ignored(input),
    };
    Ok(item.around(at(input), [], |item| Shape::Padded { item, padding }))
}
