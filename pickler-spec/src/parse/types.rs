//! Types.

use pickler::schema::{Expr, Form, Opaque, Shape};

use super::input::{Input, Result, at, deeper, enclosed, fail, rest, since, unexpected};
use super::lex::{
    Word, comma_separated, eat, eat_word, expect, expect_word, name, parenthesized, peek_word,
    sees, space,
};
use super::literal::{expression, text, unsigned};
use super::numbers::number_type;
use super::source::{Source, Sourced, Span};
use super::suffix::suffixes;
use super::unregistered::Unregistered;
use super::{count, definition};
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// A type, and what is put behind it.
pub fn any(input: &mut Input<'_>) -> Result<Sourced> {
    let primary = primary(input)?;
    suffixes(primary, input)
}

/// A type with nothing behind it.
pub fn primary(input: &mut Input<'_>) -> Result<Sourced> {
    deeper(input, |input| {
        space(input);
        let start = at(input);
        if sees("(", input) {
            return tuple(start, input);
        }
        if sees("[", input) {
            return list(start, input);
        }
        if sees("{", input) {
            return definition::record_body(start, input);
        }
        let word = peek_word(input);
        match word {
            "" => mentioned(input),
            "bytes" | "text" => {
                eat_word(word, input);
                count::bytes_or_text(word == "text", start, input)
            }
            "record" | "union" | "enum" | "keyed" | "protobuf" => {
                eat_word(word, input);
                definition::anonymous(word, start, input)
            }
            "choice" => choice(start, input),
            "peek" => peeked(start, input),
            "box" => {
                eat_word(word, input);
                let item = primary(input)?;
                Ok(prefixed(start, item, input, Shape::Boxed))
            }
            "field" => protobuf_field(start, input),
            "opaque" => opaque(start, input),
            _ => match number_type(true, input)? {
                Some(number) => Ok(number),
                None => mentioned(input),
            },
        }
    })
}

/// What stands in front of a type becomes a shape around it.
fn prefixed(
    start: usize,
    item: Sourced,
    input: &Input<'_>,
    shape: impl FnOnce(Box<Shape>) -> Shape,
) -> Sourced {
    let end = since(start, input).end;
    let mut around = item.around(end, [], shape);
    around.source.span.start = start;
    around
}

/// `Name`, `Name#2`, `Name(expr, ...)`.
fn mentioned(input: &mut Input<'_>) -> Result<Sourced> {
    let Word { text, span } = name("a type", input)?;
    let number = number(input)?;
    let span = since(span.start, input);
    let reference = input.state.mention(text, number, span);
    let named = Sourced::leaf(Shape::Named(reference), span);
    if !rest(input).starts_with('(') {
        return Ok(named);
    }
    let arguments = expressions(input)?;
    Ok(given(named, arguments, input))
}

/// Which of the types of one name is meant: `#2`.
pub fn number(input: &mut Input<'_>) -> Result<usize> {
    if !rest(input).starts_with('#') {
        return Ok(1);
    }
    eat("#", input);
    let (number, span) = unsigned("the number of a type", input)?;
    if let Ok(number @ 1..) = usize::try_from(number) {
        return Ok(number);
    }
    let message = "types of one name are counted from 1";
    Err(fail(mistakes::UNKNOWN_TYPE, span, message))
}

/// Expressions in parentheses.
pub fn expressions(input: &mut Input<'_>) -> Result<Vec<(Expr, Span)>> {
    parenthesized(input, |input| comma_separated(")", input, expression))
}

/// What a type is given.
pub fn given(item: Sourced, arguments: Vec<(Expr, Span)>, input: &Input<'_>) -> Sourced {
    let (arguments, spans): (Vec<_>, Vec<_>) = arguments.into_iter().unzip();
    item.around(at(input), spans, |item| Shape::Given { item, arguments })
}

/// `(A)`, `(A, B)`, `(A,)`, `()`.
fn tuple(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let mut commas = 0;
    let items = parenthesized(input, |input| {
        let mut items = Vec::new();
        while !sees(")", input) {
            items.push(any(input)?);
            if !eat(",", input) {
                break;
            }
            commas += 1;
        }
        Ok(items)
    })?;
    let span = since(start, input);
    match <[Sourced; 1]>::try_from(items) {
        Ok([mut item]) if commas == 0 => {
            item.source.span = span;
            Ok(item)
        }
        Ok(one) => Ok(of_parts(one.into(), span, Shape::Tuple)),
        Err(items) => Ok(of_parts(items, span, Shape::Tuple)),
    }
}

fn of_parts(items: Vec<Sourced>, span: Span, shape: impl FnOnce(Vec<Shape>) -> Shape) -> Sourced {
    let (shapes, sources) = items.into_iter().map(|it| (it.shape, it.source)).unzip();
    let source = Source::of(span, sources);
    let shape = shape(shapes);
    Sourced { shape, source }
}

/// `[TYPE] COUNT`
fn list(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    expect("[", input)?;
    let item = enclosed(true, input, |input| {
        let item = any(input)?;
        space(input);
        Ok(item)
    })?;
    expect("]", input)?;
    count::list(item, start, input)
}

/// `choice (A, B)`, `choice (one: A, two: B)`
fn choice(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    expect_word("choice", input)?;
    let mut names = Vec::new();
    let alternatives = parenthesized(input, |input| {
        comma_separated(")", input, |input| {
            if is_named(input) {
                names.push(name("a name", input)?);
                expect(":", input)?;
            }
            any(input)
        })
    })?;
    let span = since(start, input);
    if !names.is_empty() && names.len() != alternatives.len() {
        let message = "either all or none of the types of a choice have names";
        return Err(fail(mistakes::UNEXPECTED, span, message));
    }
    if alternatives.is_empty() {
        let message = "a choice of nothing";
        return Err(fail(mistakes::NO_VARIANTS, span, message));
    }
    for (index, name) in names.iter().enumerate() {
        if let Some(first) = names[..index].iter().find(|it| it.text == name.text) {
            let message = format!("`{}` is already the name of a type before", name.text);
            return Err(Diagnostic::new(mistakes::NAME_TAKEN, name.span, message)
                .related(first.span, "that one")
                .into());
        }
    }
    let names = names.into_iter().map(|name| name.text.into()).collect();
    Ok(of_parts(alternatives, span, |alternatives| Shape::Choice {
        alternatives,
        names,
    }))
}

/// A name and a colon come next.
fn is_named(input: &mut Input<'_>) -> bool {
    space(input);
    let rest = rest(input);
    let behind = if let Some(quoted) = rest.strip_prefix('`') {
        quoted.split_once('`').map(|(_, behind)| behind)
    } else {
        rest.get(peek_word(input).len()..)
    };
    behind.is_some_and(|it| it.trim_start().starts_with(':'))
}

/// `peek A then B`
fn peeked(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    expect_word("peek", input)?;
    let ahead = any(input)?;
    expect_word("then", input)?;
    let item = primary(input)?;
    let (seen, source) = (Box::new(ahead.shape), ahead.source);
    let end = since(start, input).end;
    let mut peeked = item.behind(Some(source), end, [], |item| Shape::Peeked {
        ahead: seen,
        item,
    });
    peeked.source.span.start = start;
    Ok(peeked)
}

/// `field 3 varint TYPE`
fn protobuf_field(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    expect_word("field", input)?;
    let (number, span) = unsigned("the number of a field", input)?;
    if !(1..1 << 29).contains(&number) {
        let message = "the number of a protobuf field is 1 to 536,870,911";
        return Err(fail(mistakes::DOES_NOT_FIT, span, message));
    }
    let Some(form) = form(input) else {
        let wanted = "`plain`, `bytes`, `varint`, `zigzag`, `fixed32` or `fixed64`";
        return Err(unexpected(input, wanted));
    };
    let item = primary(input)?;
    Ok(prefixed(start, item, input, |item| Shape::ProtobufField {
        number,
        form,
        item,
    }))
}

/// How a keyed record or a protobuf message holds a value, if that is told.
pub fn form(input: &mut Input<'_>) -> Option<Form> {
    let word = peek_word(input);
    let form = match word {
        "plain" => Form::Plain,
        "bytes" => Form::Bytes,
        "varint" => Form::Varint,
        "zigzag" => Form::Zigzag,
        "fixed32" => Form::Fixed32,
        "fixed64" => Form::Fixed64,
        _ => return None,
    };
    eat_word(word, input);
    Some(form)
}

/// `opaque "name"`
fn opaque(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    expect_word("opaque", input)?;
    let (name, _) = text("the name of what reads it", input)?;
    let known = (input.state.opaques)(&name);
    let opaque = known.unwrap_or_else(|| Opaque::new(&name, Unregistered));
    Ok(Sourced::leaf(Shape::Opaque(opaque), since(start, input)))
}
