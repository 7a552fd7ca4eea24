//! Integers, booleans and floating-point numbers; and the integers that stand in
//! front of something.

use pickler::schema::{Shape, VarintEncoding, VarintFormat};

use super::input::{Input, Result, at, fail, next_span, rest, since, unexpected};
use super::lex::{eat_word, parenthesized, peek_word, sees, space};
use super::source::{Sourced, Span};
use super::types::any;
use crate::keywords;
use crate::mistakes;

/// An integer, a boolean or a floating-point number, if one comes next. A varint
/// is followed by the integer that it would fit, unless only a word is wanted.
pub fn number_type(with_width: bool, input: &mut Input<'_>) -> Result<Option<Sourced>> {
    space(input);
    let start = at(input);
    let lenient = with_width && eat_word("lenient", input);
    let word = peek_word(input);
    if let Some(encoding) = varint(word) {
        eat_word(word, input);
        let (bits, signed) = if with_width {
            varint_width(encoding, input)?
        } else {
            (64, false)
        };
        let format = VarintFormat {
            encoding,
            bits,
            signed,
            lenient,
        };
        let span = since(start, input);
        return Ok(Some(Sourced::leaf(Shape::Varint(format), span)));
    }
    if lenient {
        return Err(unexpected(input, "`leb128` or another varint"));
    }
    let shape = match word {
        "bool" => Shape::Bool { bits: 8 },
        "f16" => Shape::Float { bits: 16 },
        "f32" => Shape::Float { bits: 32 },
        "f64" => Shape::Float { bits: 64 },
        _ => {
            let Some((kind, bits)) = with_bits(word) else {
                return Ok(None);
            };
            eat_word(word, input);
            let span = since(start, input);
            let bits = width(kind, bits, 1, span)?;
            let shape = match kind {
                "bool" => Shape::Bool { bits },
                _ => Shape::Integer {
                    bits,
                    signed: kind == "i",
                },
            };
            return Ok(Some(Sourced::leaf(shape, span)));
        }
    };
    eat_word(word, input);
    Ok(Some(Sourced::leaf(shape, since(start, input))))
}

/// A word that says a width: what has it, and the digits.
pub fn with_bits(word: &str) -> Option<(&str, &str)> {
    let digits = word.find(|it: char| it.is_ascii_digit())?;
    let (kind, bits) = word.split_at(digits);
    let is_number = bits.bytes().all(|it| it.is_ascii_digit());
    (is_number && matches!(kind, "u" | "i" | "f" | "bool")).then_some((kind, bits))
}

fn width(kind: &str, digits: &str, least: u32, span: Span) -> Result<u32> {
    let bits = digits.parse().ok();
    let bits = bits.filter(|bits| (least..=128).contains(bits) && kind != "f");
    bits.ok_or_else(|| {
        let message = match kind {
            "f" => format!("there are `f16`, `f32` and `f64`, but no `f{digits}`"),
            "bool" => format!("a boolean has 1 to 128 bits, not {digits}"),
            _ if least > 1 => format!("a varint fits {least} to 128 bits, not {digits}"),
            _ => format!("an integer has 1 to 128 bits, not {digits}"),
        };
        fail(mistakes::NO_WIDTH, span, message)
    })
}

pub fn varint(word: &str) -> Option<VarintEncoding> {
    use VarintEncoding::{Leb128, Mqtt, Nat, Quic, Sleb128, Vlq, ZigZag};
    let all = [Leb128, Sleb128, ZigZag, Quic, Vlq, Mqtt, Nat];
    all.into_iter().find(|encoding| encoding.name() == word)
}

/// The integer of a varint of which nothing is told has a sign.
fn is_signed(encoding: VarintEncoding) -> bool {
    matches!(encoding, VarintEncoding::Sleb128 | VarintEncoding::ZigZag)
}

fn varint_width(encoding: VarintEncoding, input: &mut Input<'_>) -> Result<(u32, bool)> {
    let word = peek_word(input);
    let start = at(input);
    if let Some((kind @ ("u" | "i"), bits)) = with_bits(word) {
        eat_word(word, input);
        return Ok((width(kind, bits, 8, since(start, input))?, kind == "i"));
    }
    let sign = if is_signed(encoding) { 'i' } else { 'u' };
    let wanted = format!("the integer that it would fit, such as `{encoding} {sign}64`");
    Err(unexpected(input, &wanted))
}

/// An integer that stands in front of something comes next: a word, or a type in
/// parentheses, and not an expression in them.
pub fn sees_integer(input: &mut Input<'_>) -> bool {
    let is_number = |word: &str| {
        let has_width = with_bits(word).is_some_and(|(kind, _)| kind != "f");
        has_width || varint(word).is_some() || word == "lenient" || word == "bool"
    };
    if is_number(peek_word(input)) {
        return true;
    }
    let Some(inner) = rest(input).strip_prefix('(') else {
        return false;
    };
    let inner = inner.trim_start();
    let end = inner.find(|it: char| !it.is_alphanumeric() && it != '_');
    let (word, behind) = inner.split_at(end.unwrap_or(inner.len()));
    let behind = behind.trim_start();
    let is_type =
        |word: &str| keywords::TYPES.contains(&word) || input.state.defined.contains(word);
    let goes_on = |it: char| matches!(it, ')' | '#') || it.is_alphanumeric();
    let is_cast = behind.starts_with("as ");
    is_number(word) || (is_type(word) && behind.starts_with(goes_on) && !is_cast)
}

/// An integer that stands in front of something: one word, or a type in
/// parentheses.
pub fn integer(input: &mut Input<'_>) -> Result<Sourced> {
    if sees("(", input) {
        return parenthesized(input, any);
    }
    if let Some(number) = number_type(false, input)? {
        let word = peek_word(input);
        if matches!(number.shape, Shape::Varint(_)) && with_bits(word).is_some() {
            let message = "an integer of two words stands in parentheses here: `(leb128 u32)`";
            let span = number.source.span.to(next_span(input));
            return Err(fail(mistakes::UNEXPECTED, span, message));
        }
        return Ok(number);
    }
    Err(unexpected(
        input,
        "an integer, such as `u8` or `(leb128 u32)`",
    ))
}
