//! Definitions, and the same without names.

use pickler::schema::{Parameter, Shape};

use super::body::Names;
use super::input::{Input, Result, at, rest, since, unexpected};
use super::lex::{Word, comma_separated, eat, expect, name, parenthesized, peek_word, sees};
use super::source::{Source, Sourced, Span};
use super::suffix::{suffixes, too_high};
use super::{enumeration, keyed, record, types, union};

/// A definition of a type.
pub struct Defined<'s> {
    pub name: Word<'s>,
    /// Which of the types of that name it is said to be.
    pub number: usize,
    pub doc: String,
    pub parameters: Vec<(Parameter, Source)>,
    pub shape: Sourced,
    /// All of it.
    pub span: Span,
    /// A line of it has a mistake, and is missing.
    pub is_broken: bool,
}

/// A definition, of which the keyword comes next.
pub fn definition<'s>(doc: String, input: &mut Input<'s>) -> Result<Defined<'s>> {
    let start = at(input);
    let before = input.state.diagnostics.len();
    let keyword = peek_word(input);
    super::lex::eat_word(keyword, input);
    let name = name("the name of the type", input)?;
    let number = types::number(input)?;
    // The tag of an enum may stand in parentheses.
    let has_parameters = sees("(", input) && (keyword != "enum" || begins_parameters(rest(input)));
    let parameters = if has_parameters {
        parameters(input)?
    } else {
        Vec::new()
    };
    let shape = if keyword == "type" {
        expect("=", input)?;
        types::any(input)?
    } else {
        anonymous(keyword, start, input)?
    };
    Ok(Defined {
        name,
        number,
        doc,
        parameters,
        shape,
        span: since(start, input),
        is_broken: input.state.diagnostics.len() > before,
    })
}

/// What stands in parentheses begins with a name and a colon.
fn begins_parameters(text: &str) -> bool {
    let inside = text.trim_start_matches('(').trim_start();
    let is_name = |it: char| it.is_alphanumeric() || it == '_' || it == '`';
    inside
        .trim_start_matches(is_name)
        .trim_start()
        .starts_with(':')
}

/// `(version: u8, kind: Kind)`
fn parameters(input: &mut Input<'_>) -> Result<Vec<(Parameter, Source)>> {
    let mut names = Names::default();
    parenthesized(input, |input| {
        comma_separated(")", input, |input| {
            let Word { text, span } = name("the name of a parameter", input)?;
            names.take("a parameter", text, span)?;
            expect(":", input)?;
            let Sourced { shape, source } = types::any(input)?;
            let name = text.into();
            Ok((Parameter { name, shape }, source))
        })
    })
}

/// What stands behind the keyword and, if it has one, the name of a type.
pub fn anonymous(keyword: &str, start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    match keyword {
        "record" => record::record(start, input),
        "union" => union::union(start, input),
        "enum" => enumeration::enumeration(start, input),
        "keyed" => keyed::keyed(start, input),
        "protobuf" => keyed::protobuf(start, input),
        _ => Err(unexpected(input, "a definition")),
    }
}

/// A record without keyword.
pub fn record_body(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    record::record(start, input)
}

/// What stands behind a type and is told before what is in its braces.
pub struct Header {
    suffixes: Sourced,
}

impl Header {
    /// What may be put behind any type.
    pub fn parse(input: &mut Input<'_>) -> Result<Self> {
        let here = since(at(input), input);
        // Stands for the type, until that is known.
        let placeholder = Sourced::leaf(Shape::Tuple(Vec::new()), here);
        let suffixes = suffixes(placeholder, input)?;
        Ok(Self { suffixes })
    }

    /// The type behind it.
    pub fn of(self, item: Sourced) -> Result<Sourced> {
        let Sourced {
            mut shape,
            mut source,
        } = self.suffixes;
        let span = item.source.span;
        put(&mut shape, &mut source, item);
        if source.height > 64 {
            return Err(too_high(span));
        }
        Ok(Sourced { shape, source })
    }
}

/// Puts a type where the innermost is: each is the last part of the one around.
fn put(shape: &mut Shape, source: &mut Source, item: Sourced) {
    source.span = item.source.span;
    match source.parts.last_mut() {
        None => {
            *shape = item.shape;
            *source = item.source;
        }
        Some(inner) => {
            if let Some(shape) = shape.parts_mut().pop() {
                put(shape, inner, item);
            }
            let heights = source.parts.iter().map(|part| part.height);
            source.height = heights.max().unwrap_or(0) + 1;
        }
    }
}

/// The span of a name, taken.
pub fn take_name<'s>(
    what: &str,
    names: &mut Names<'s>,
    input: &mut Input<'s>,
) -> Result<(&'s str, Span)> {
    let Word { text, span } = name(&format!("the name of {what}"), input)?;
    names.take(what, text, span)?;
    Ok((text, span))
}

/// A colon and a type.
pub fn typed(input: &mut Input<'_>) -> Result<Sourced> {
    if !eat(":", input) {
        return Err(unexpected(input, "`:` and a type"));
    }
    types::any(input)
}
