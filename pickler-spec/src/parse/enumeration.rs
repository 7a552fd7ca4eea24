//! Enums: integers whose values have names.

use std::collections::BTreeMap;
use std::sync::Arc;

use pickler::schema::{Enumeration, Other, Shape};

use super::body::{Names, body, is_keyword};
use super::definition::{Header, take_name};
use super::input::{Input, Result, fail, since};
use super::lex::{eat_word, here};
use super::numbers::integer;
use super::source::{Source, Sourced, Span};
use super::tag::tag;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// What stands behind `enum` and the name.
pub fn enumeration(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let Sourced { shape, source } = integer(input)?;
    let header = Header::parse(input)?;
    let mut names = Names::default();
    let mut known: BTreeMap<u128, (Arc<str>, Span)> = BTreeMap::new();
    let mut other = None;
    let is_read = body(input, |input, _| {
        if is_keyword("other", input) {
            let span = here(input);
            eat_word("other", input);
            let (name, _) = take_name("a name", &mut names, input)?;
            if other.is_some() {
                let message = "unknown values are kept already";
                return Err(fail(mistakes::GIVEN_TWICE, span, message));
            }
            other = Some(Other { name: name.into() });
            return Ok(());
        }
        let (value, span) = tag(&shape, input)?;
        let (name, _) = take_name("a name", &mut names, input)?;
        if let Some((_, first)) = known.get(&value) {
            let message = "another name stands for this value";
            return Err(Diagnostic::new(mistakes::TAG_TAKEN, span, message)
                .related(*first, "that one")
                .into());
        }
        known.insert(value, (name.into(), span));
        Ok(())
    })?;
    let span = since(start, input);
    if is_read && known.is_empty() && other.is_none() {
        let message = "an enum of no names has no values";
        input
            .state
            .report(fail(mistakes::NO_VARIANTS, span, message));
    }
    let names = known.into_iter().map(|(value, (name, _))| (value, name));
    let enumeration = Enumeration {
        tag: shape,
        names: names.collect(),
        other,
    };
    header.of(Sourced {
        shape: Shape::Enumeration(Box::new(enumeration)),
        source: Source::of(span, vec![source]),
    })
}
