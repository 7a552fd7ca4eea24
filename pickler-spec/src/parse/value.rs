//! Values, as they are written: what they are of their types is found out when
//! all types are known.

use pickler::dynamic::{Value, VariantValue};

use super::input::{Input, Result, at, deeper, enclosed, rest, since};
use super::lex::{
    comma_separated, eat_word, expect, name, parenthesized, peek_word, sees, sees_name, space,
};
use super::literal::{bytes, number, sees_bytes, sees_text, text};
use super::source::Span;

/// A value. Of a record, what is given; of a variant or an enum's name, a variant.
pub fn value(input: &mut Input<'_>) -> Result<(Value, Span)> {
    space(input);
    let start = at(input);
    let value = deeper(input, any)?;
    Ok((value, since(start, input)))
}

fn any(input: &mut Input<'_>) -> Result<Value> {
    if sees_text(input) {
        return text("a text", input).map(|(text, _)| Value::Text(text));
    }
    if sees_bytes(input) {
        return bytes("bytes", input).map(|(bytes, _)| Value::Bytes(bytes.into()));
    }
    if sees("[", input) {
        return list(input);
    }
    if sees("{", input) {
        return record(input);
    }
    match peek_word(input) {
        "nan" | "inf" => {}
        "null" | "true" | "false" => {
            if eat_word("null", input) {
                return Ok(Value::Null);
            }
            let is_true = eat_word("true", input);
            return Ok(Value::Bool(is_true || !eat_word("false", input)));
        }
        _ if sees_name(input) => return variant(input),
        _ => {}
    }
    number(input).map(|(number, _)| number)
}

fn list(input: &mut Input<'_>) -> Result<Value> {
    expect("[", input)?;
    let items = enclosed(true, input, |input| {
        comma_separated("]", input, |input| value(input).map(|(value, _)| value))
    })?;
    expect("]", input)?;
    Ok(Value::List(items))
}

fn record(input: &mut Input<'_>) -> Result<Value> {
    expect("{", input)?;
    let parts = enclosed(true, input, |input| {
        comma_separated("}", input, |input| {
            let name = name("the name of a field", input)?;
            expect(":", input)?;
            Ok((name.text, value(input)?.0))
        })
    })?;
    enclosed(true, input, |input| expect("}", input))?;
    Ok(Value::record(parts))
}

/// The name of an enum's value or of a variant; its tag, where it has several; and
/// its body.
fn variant(input: &mut Input<'_>) -> Result<Value> {
    let name = name("a name", input)?;
    space(input);
    let tag = if rest(input).starts_with(|it: char| it.is_ascii_digit()) {
        match number(input)?.0 {
            Value::Unsigned(tag) => tag,
            _ => 0,
        }
    } else {
        0
    };
    let body = if sees("(", input) {
        parenthesized(input, |input| value(input).map(|(value, _)| value))?
    } else {
        Value::Null
    };
    let name = name.text.into();
    Ok(Value::Variant(Box::new(VariantValue { name, tag, body })))
}
