//! Numbers, texts and bytes.

use pickler::dynamic::Value;
use pickler::schema::Expr;
use winnow::Parser;
use winnow::combinator::{alt, delimited, dispatch, empty, fail as refuse, preceded, repeat};
use winnow::token::{any, none_of, take_while};

use super::input::{Failure, Input, Result, advance, at, fail, rest, since, unexpected};
use super::lex::{self, eat, peek_word, space};
use super::source::Span;
use super::tags::of_bytes;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// An integer from -2^127 to 2^128 - 1, or a floating-point number.
pub fn number(input: &mut Input<'_>) -> Result<(Value, Span)> {
    space(input);
    let start = at(input);
    let negative = eat("-", input);
    if let "nan" | "inf" = peek_word(input) {
        let word = lex::name("a number", input)?.text;
        if word == "nan" && !negative && rest(input).starts_with('(') {
            return nan(start, input);
        }
        let value = if word == "nan" {
            f64::NAN
        } else {
            f64::INFINITY
        };
        let value = if negative { -value } else { value };
        return Ok((Value::from(value), since(start, input)));
    }
    if !negative && rest(input).starts_with('\'') {
        return character(input);
    }
    let written = written_number(input);
    let span = since(start, input);
    if written.is_empty() {
        return Err(unexpected(input, "a number"));
    }
    let value = value_of(&written.replace('_', ""), negative);
    let message = format!("`{written}` is no number of at most 128 bits");
    Ok((
        value.ok_or_else(|| fail(mistakes::NO_LITERAL, span, message))?,
        span,
    ))
}

/// `nan(0x7FF8000000000000)`: that of these bits.
fn nan(start: usize, input: &mut Input<'_>) -> Result<(Value, Span)> {
    let (bits, span) = lex::parenthesized(input, |input| unsigned("the bits of a NaN", input))?;
    let value = f64::from_bits(bits);
    if !value.is_nan() {
        let message = "these are the bits of a number";
        return Err(fail(mistakes::NO_LITERAL, span, message));
    }
    Ok((Value::from(value), since(start, input)))
}

/// The digits, point and exponent of a number.
fn written_number<'s>(input: &mut Input<'s>) -> &'s str {
    let text = rest(input);
    if !text.starts_with(|it: char| it.is_ascii_digit()) {
        return "";
    }
    let run = |from: usize| {
        let end = text[from..].find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        end.map_or(text.len(), |end| from + end)
    };
    let digit_at = |at: usize| text[at..].starts_with(|it: char| it.is_ascii_digit());
    let mut end = run(0);
    if text[end..].starts_with('.') && digit_at(end + 1) {
        end = run(end + 1);
    }
    let is_decimal = !text.starts_with("0x") && !text.starts_with("0b");
    if is_decimal
        && text[..end].ends_with(['e', 'E'])
        && text[end..].starts_with(['+', '-'])
        && digit_at(end + 1)
    {
        end = run(end + 1);
    }
    advance(input, end)
}

fn value_of(digits: &str, negative: bool) -> Option<Value> {
    let radix = match digits.get(..2) {
        Some("0x") => Some((&digits[2..], 16)),
        Some("0o") => Some((&digits[2..], 8)),
        Some("0b") => Some((&digits[2..], 2)),
        _ if digits.bytes().all(|it| it.is_ascii_digit()) => Some((digits, 10)),
        _ => None,
    };
    let Some((digits, radix)) = radix else {
        let value: f64 = digits.parse().ok()?;
        let value = if negative { -value } else { value };
        return value.is_finite().then(|| Value::from(value));
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let value = u128::from_str_radix(digits, radix).ok()?;
    if negative {
        0_i128.checked_sub_unsigned(value).map(Value::integer)
    } else {
        Some(Value::Unsigned(value))
    }
}

/// A character, as its number.
fn character(input: &mut Input<'_>) -> Result<(Value, Span)> {
    let start = at(input);
    let quoted: Result<Quoted> = delimited(
        '\'',
        alt((none_of(['\'', '\\', '\n']).map(Quoted::Character), escape)),
        '\'',
    )
    .parse_next(input);
    let span = since(start, input);
    let value = match quoted {
        Ok(Quoted::Character(it)) => u32::from(it).into(),
        Ok(Quoted::Byte(it)) => it.into(),
        Err(_) => {
            let message = "a character stands in quotes: `'a'`, `'\\n'`, `'\\u{20AC}'`";
            return Err(fail(mistakes::NO_LITERAL, span, message));
        }
    };
    Ok((Value::Unsigned(value), span))
}

/// A whole number from -2^127.
pub fn signed(what: &str, input: &mut Input<'_>) -> Result<(i128, Span)> {
    let (value, span) = number(input)?;
    match value.as_i128() {
        Some(value) => Ok((value, span)),
        None => Err(fail(
            mistakes::DOES_NOT_FIT,
            span,
            format!("{what} is an integer of at most 128 bits"),
        )),
    }
}

/// A whole number from 0.
pub fn unsigned(what: &str, input: &mut Input<'_>) -> Result<(u64, Span)> {
    let (value, span) = number(input)?;
    match value.as_u64() {
        Some(value) => Ok((value, span)),
        None => Err(fail(
            mistakes::DOES_NOT_FIT,
            span,
            format!("{what} is an integer from 0, of at most 64 bits"),
        )),
    }
}

/// A number of bytes or bits, from 1.
pub fn positive(what: &str, input: &mut Input<'_>) -> Result<(u64, Span)> {
    let (value, span) = unsigned(what, input)?;
    if value == 0 {
        let message = format!("{what} is at least 1");
        return Err(fail(mistakes::DOES_NOT_FIT, span, message));
    }
    Ok((value, span))
}

/// How much room may be filled up with what holds no value, in bytes.
const MOST_PADDING: u64 = 64 << 20;

/// A number of bytes that are filled up, from 1.
pub fn filling(what: &str, input: &mut Input<'_>) -> Result<(u64, Span)> {
    let (value, span) = positive(what, input)?;
    if value > MOST_PADDING {
        let message = format!("{what} is at most 64 MiB");
        return Err(fail(mistakes::DOES_NOT_FIT, span, message));
    }
    Ok((value, span))
}

/// What stands in quotes: a character, or a byte, as `\x` gives it.
#[derive(Clone, Copy)]
enum Quoted {
    Character(char),
    Byte(u8),
}

fn escape(input: &mut Input<'_>) -> Result<Quoted> {
    preceded(
        '\\',
        dispatch! {any::<Input<'_>, Failure>;
            'n' => empty.value(Quoted::Character('\n')),
            'r' => empty.value(Quoted::Character('\r')),
            't' => empty.value(Quoted::Character('\t')),
            '0' => empty.value(Quoted::Character('\0')),
            '\\' => empty.value(Quoted::Character('\\')),
            '\'' => empty.value(Quoted::Character('\'')),
            '"' => empty.value(Quoted::Character('"')),
            'x' => take_while(2..=2, |it: char| it.is_ascii_hexdigit())
                .verify_map(|digits: &str| u8::from_str_radix(digits, 16).ok())
                .map(Quoted::Byte),
            'u' => delimited('{', take_while(1..=6, |it: char| it.is_ascii_hexdigit()), '}')
                .verify_map(|digits: &str| {
                    let number = u32::from_str_radix(digits, 16).ok()?;
                    char::from_u32(number).map(Quoted::Character)
                }),
            _ => refuse::<_, Quoted, Failure>,
        },
    )
    .parse_next(input)
}

/// The characters up to the closing quote.
fn quoted(input: &mut Input<'_>) -> Result<(Vec<Quoted>, Span)> {
    space(input);
    let start = at(input);
    if rest(input).starts_with('b') {
        advance(input, 1);
    }
    let content: Result<Vec<Quoted>> = preceded(
        '"',
        repeat(
            0..,
            alt((none_of(['"', '\\', '\n']).map(Quoted::Character), escape)),
        ),
    )
    .parse_next(input);
    let here = at(input);
    let (Ok(content), true) = (content, eat("\"", input)) else {
        let stopped = Span {
            start: here,
            end: here + rest(input).chars().next().map_or(0, char::len_utf8),
        };
        let (span, message) = if rest(input).starts_with('\\') {
            (stopped, "no escape that there is")
        } else {
            (since(start, input), "no `\"` ends it on the same line")
        };
        return Err(Diagnostic::new(mistakes::NO_LITERAL, span, message)
            .help("escapes are `\\n`, `\\r`, `\\t`, `\\0`, `\\\\`, `\\\"`, `\\x7F`, `\\u{20AC}`")
            .into());
    };
    Ok((content, since(start, input)))
}

/// A text comes next.
pub fn sees_text(input: &mut Input<'_>) -> bool {
    lex::sees("\"", input)
}

/// Bytes come next.
pub fn sees_bytes(input: &mut Input<'_>) -> bool {
    lex::sees("b\"", input)
}

/// `"text"`.
pub fn text(what: &str, input: &mut Input<'_>) -> Result<(String, Span)> {
    if !sees_text(input) {
        return Err(unexpected(input, what));
    }
    let (content, span) = quoted(input)?;
    let text: Option<String> = content
        .into_iter()
        .map(|it| match it {
            Quoted::Character(it) => Some(it),
            Quoted::Byte(it) => it.is_ascii().then_some(it.into()),
        })
        .collect();
    let message = "`\\x` past 7F is no character; write `\\u{FF}`";
    Ok((
        text.ok_or_else(|| fail(mistakes::NO_LITERAL, span, message))?,
        span,
    ))
}

/// `b"bytes"`.
pub fn bytes(what: &str, input: &mut Input<'_>) -> Result<(Vec<u8>, Span)> {
    if !sees_bytes(input) {
        return Err(unexpected(input, what));
    }
    let (content, span) = quoted(input)?;
    let bytes: Option<Vec<u8>> = content
        .into_iter()
        .map(|it| match it {
            Quoted::Character(it) => it.is_ascii().then_some(it as u8),
            Quoted::Byte(it) => Some(it),
        })
        .collect();
    let message = "bytes hold ASCII characters; write others as `\\xFF`";
    Ok((
        bytes.ok_or_else(|| fail(mistakes::NO_LITERAL, span, message))?,
        span,
    ))
}

/// An expression.
pub fn expression(input: &mut Input<'_>) -> Result<(Expr, Span)> {
    space(input);
    let start = at(input);
    if lex::at_end_of_line(input) {
        let mut failure = unexpected(input, "an expression").into_diagnostic();
        failure.mistake = mistakes::NO_EXPRESSION;
        return Err(failure.into());
    }
    match Expr::parse_start(rest(input)) {
        Ok((mut expr, taken)) => {
            advance(input, taken);
            of_bytes(&mut expr);
            Ok((expr, since(start, input)))
        }
        Err(error) => {
            let at = start + error.offset();
            let end = at + next_length(rest(input), error.offset());
            let span = Span { start: at, end };
            Err(fail(mistakes::NO_EXPRESSION, span, error.message()))
        }
    }
}

/// How long the character at an offset is.
fn next_length(text: &str, offset: usize) -> usize {
    let next = text.get(offset..).and_then(|rest| rest.chars().next());
    next.filter(|it| *it != '\n').map_or(0, char::len_utf8)
}
