//! Records.

use pickler::schema::{Algorithm, Checksum, Expr, Field, Record, Shape};

use super::body::{Names, body, is_keyword};
use super::definition::{Header, take_name, typed};
use super::input::{Failure, Input, Result, at, since};
use super::lex::{Word, eat, eat_word, name, parenthesized, space};
use super::literal::expression;
use super::source::{Member, Source, Sourced, Span};
use super::suffix::magic;
use super::value::value;
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::suggestion::did_you_mean;

/// What stands behind `record` and the name.
pub fn record(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let row = eat_word("row", input);
    let magic = if eat_word("magic", input) {
        Some(magic(input)?)
    } else {
        None
    };
    let header = Header::parse(input)?;
    let mut lines = Lines::default();
    body(input, |input, doc| lines.line(doc, input))?;
    let checksums = lines.checksums();
    for failure in checksums {
        input.state.report(failure);
    }
    let mut record = Record::new(lines.fields);
    if row {
        record = record.as_row();
    }
    let mut parts = lines.sources;
    if let Some(Sourced { shape, source }) = magic {
        record = record.behind(shape);
        parts.insert(0, source);
    }
    let mut source = Source::of(since(start, input), parts);
    source.members = lines.members;
    for (condition, span) in lines.assertions {
        record = record.that_satisfies(condition);
        source.own.push(span);
    }
    header.of(Sourced {
        shape: Shape::Record(Box::new(record)),
        source,
    })
}

/// What was read of a record.
#[derive(Default)]
struct Lines<'s> {
    names: Names<'s>,
    fields: Vec<Field>,
    sources: Vec<Source>,
    members: Vec<Member>,
    assertions: Vec<(Expr, Span)>,
    /// Fields that hold checksums, by their place.
    summed: Vec<(usize, Sum<'s>)>,
}

/// A checksum whose fields are not known yet.
struct Sum<'s> {
    algorithm: Algorithm,
    /// The first and the last; none for the whole record.
    fields: Option<(Word<'s>, Word<'s>)>,
}

impl<'s> Lines<'s> {
    fn line(&mut self, doc: String, input: &mut Input<'s>) -> Result<()> {
        if is_keyword("assert", input) {
            eat_word("assert", input);
            self.assertions.push(expression(input)?);
            return Ok(());
        }
        let (name, span) = take_name("a field", &mut self.names, input)?;
        let mut member = Member {
            name: span,
            ..Member::default()
        };
        let typed = typed(input);
        let Sourced { shape, source } = match typed {
            Ok(typed) => typed,
            Err(failure) => {
                // Others may mention it.
                let nothing = Shape::Tuple(Vec::new());
                self.fields.push(Field::new(name, doc, nothing));
                self.sources.push(Source::leaf(span));
                self.members.push(member);
                return Err(failure);
            }
        };
        let mut field = Field::new(name, doc, shape);
        let result = self.rest_of_field(&mut field, &mut member, input);
        self.fields.push(field);
        self.sources.push(source);
        self.members.push(member);
        result
    }

    /// What stands behind the type of a field.
    fn rest_of_field(
        &mut self,
        field: &mut Field,
        member: &mut Member,
        input: &mut Input<'s>,
    ) -> Result<()> {
        if eat("=", input) {
            let (default, span) = value(input)?;
            (field.default, member.default) = (Some(default), span);
        }
        if eat_word("derived", input) {
            let (expr, span) = expression(input)?;
            (field.derived, member.derived) = (Some(expr), span);
        } else if eat_word("checksum", input) {
            space(input);
            let start = at(input);
            let sum = checksum(input)?;
            self.summed.push((self.fields.len(), sum));
            // It follows from what it is over, which is no expression.
            field.derived = Some(Expr::Integer(0));
            member.derived = since(start, input);
        }
        while eat_word("assert", input) {
            let (condition, span) = expression(input)?;
            field.assertions.push(condition);
            member.assertions.push(span);
        }
        Ok(())
    }

    /// Finds the fields that checksums are over.
    fn checksums(&mut self) -> Vec<Failure> {
        let mut failures = Vec::new();
        for (place, Sum { algorithm, fields }) in std::mem::take(&mut self.summed) {
            let range = fields.map(|(first, last)| (self.place(first), self.place(last), first));
            let fields = match range {
                None => None,
                Some((Ok(first), Ok(last), _)) if first <= last => Some((first, last)),
                Some((Ok(_), Ok(_), word)) => {
                    let message = "the last field stands before the first";
                    let failure = Diagnostic::new(mistakes::BACKWARDS, word.span, message);
                    failures.push(failure.into());
                    continue;
                }
                Some((first, last, _)) => {
                    failures.extend(first.err().into_iter().chain(last.err()));
                    continue;
                }
            };
            if let Some(field) = self.fields.get_mut(place) {
                field.checksum = Some(Checksum { algorithm, fields });
            }
        }
        failures
    }

    fn place(&self, word: Word<'_>) -> Result<usize> {
        let names = || self.fields.iter().map(|field| &*field.name);
        let place = names().position(|name| name == word.text);
        place.ok_or_else(|| no_field(word, names()))
    }
}

fn no_field<'a>(word: Word<'_>, names: impl Iterator<Item = &'a str>) -> Failure {
    let hint = did_you_mean(word.text, names);
    let message = format!("there is no field `{}`{hint}", word.text);
    Diagnostic::new(mistakes::UNKNOWN_FIELD, word.span, message).into()
}

/// `crc32(first..=last)`, `internet(self)`
fn checksum<'s>(input: &mut Input<'s>) -> Result<Sum<'s>> {
    let word = name("the name of a checksum", input)?;
    let mut known = Algorithm::ALL.iter();
    let Some(algorithm) = known.find(|algorithm| algorithm.name() == word.text) else {
        let names = Algorithm::ALL.iter().map(|algorithm| algorithm.name());
        let hint = did_you_mean(word.text, names.clone());
        let message = format!("there is no checksum `{}`{hint}", word.text);
        let all: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        return Err(Diagnostic::new(mistakes::CHECKSUM, word.span, message)
            .help(format!("there are {}", all.join(", ")))
            .into());
    };
    let fields = parenthesized(input, |input| {
        if eat_word("self", input) {
            return Ok(None);
        }
        let first = name("the first field, or `self`", input)?;
        if !eat("..=", input) {
            return Ok(Some((first, first)));
        }
        Ok(Some((first, name("the last field", input)?)))
    })?;
    Ok(Sum {
        algorithm: *algorithm,
        fields,
    })
}
