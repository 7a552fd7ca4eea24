//! Unions.

use pickler::Direction;
use pickler::schema::{
    Expr, Length, LengthCounts, Other, Record, Shape, TagSource, Union, Variant,
};

use super::body::{Names, body, is_keyword};
use super::definition::{Header, take_name};
use super::input::{Input, Result, at, fail, since, unexpected};
use super::lex::{Word, eat, eat_word, expect_word, here, peek_word};
use super::literal::expression;
use super::numbers::integer;
use super::source::{Member, Source, Sourced, Span};
use super::suffix::condition;
use super::tag::{Tags, tags, width};
use super::types::any;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// What stands behind `union` and the name.
pub fn union(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let Head {
        tag,
        source: tags_from,
        length,
        given,
    } = head(input)?;
    let header = Header::parse(input)?;
    let mut lines = Lines {
        is_choice: tags_from == TagSource::Choice,
        ..Lines::default()
    };
    let is_read = body(input, |input, doc| lines.line(doc, &tag.shape, input))?;
    let span = since(start, input);
    if is_read && lines.variants.is_empty() && lines.other.is_none() {
        let message = "a union of no variants is never there";
        input
            .state
            .report(fail(mistakes::NO_VARIANTS, span, message));
    }
    if let Err(failure) = lines.give_others(&tag.shape) {
        input.state.report(failure);
    }
    for diagnostic in overlaps(lines.tags) {
        input.state.report(diagnostic);
    }
    // As the variants will be.
    lines.variants.sort_by_key(|(variant, _, _)| variant.tag);
    let mut parts = vec![tag.source];
    let length = length.map(|(shape, counts, first)| {
        parts.push(shape.source);
        Length {
            shape: shape.shape,
            counts,
            first,
        }
    });
    let mut variants = Vec::new();
    let mut members = Vec::new();
    for (variant, member, body) in lines.variants {
        variants.push(variant);
        members.push(member);
        parts.push(body);
    }
    let mut source = Source::of(span, parts);
    (source.own, source.members) = (given.into_iter().collect(), members);
    let union = Union {
        tag: tag.shape,
        source: tags_from,
        length,
        variants: variants.into(),
        other: lines.other,
    };
    header.of(Sourced {
        shape: Shape::Union(Box::new(union)),
        source,
    })
}

struct Head {
    tag: Sourced,
    source: TagSource,
    length: Option<(Sourced, LengthCounts, bool)>,
    /// Where the expression is that gives the tag.
    given: Option<Span>,
}

/// `tag u8`, `length u16`, `counts message`
fn head(input: &mut Input<'_>) -> Result<Head> {
    let mut tag = None;
    let mut length = None;
    let mut source = TagSource::Wire;
    let mut given = None;
    let mut counts = LengthCounts::Body;
    loop {
        let span = here(input);
        if tag.is_none() && eat_word("tag", input) {
            if eat_word("none", input) {
                source = TagSource::Choice;
                let places = Shape::Integer {
                    bits: 64,
                    signed: false,
                };
                tag = Some(Sourced::leaf(places, span));
                continue;
            }
            tag = Some(integer(input)?);
            if eat("=", input) {
                let (expr, span) = expression(input)?;
                (source, given) = (TagSource::Given(expr), Some(span));
            }
        } else if length.is_none() && eat_word("length", input) {
            length = Some((integer(input)?, tag.is_none()));
        } else if length.is_some() && eat_word("counts", input) {
            counts = length_counts("body", "message", input)?;
        } else {
            break;
        }
    }
    let Some(tag) = tag else {
        let failure = unexpected(input, "`tag` and the integer that tells variants apart");
        return Err(failure
            .into_diagnostic()
            .help("write `union Name tag u8 {`; or `tag none`, where variants are tried in order")
            .into());
    };
    if length.is_some() && source == TagSource::Choice {
        let message = "variants that are tried have no length in front";
        return Err(fail(mistakes::OUT_OF_PLACE, tag.source.span, message));
    }
    Ok(Head {
        tag,
        source,
        length: length.map(|(shape, first)| (shape, counts, first)),
        given,
    })
}

/// What a length counts: what is behind it; itself, too; all.
pub fn length_counts(body: &str, all: &str, input: &mut Input<'_>) -> Result<LengthCounts> {
    for (word, counts) in [
        (body, LengthCounts::Body),
        ("rest", LengthCounts::Rest),
        (all, LengthCounts::Message),
    ] {
        if eat_word(word, input) {
            return Ok(counts);
        }
    }
    Err(unexpected(input, &format!("`{body}`, `rest` or `{all}`")))
}

/// What was read of a union.
#[derive(Default)]
struct Lines<'s> {
    is_choice: bool,
    names: Names<'s>,
    variants: Vec<(Variant, Member, Source)>,
    other: Option<Other>,
    tags: Vec<Tagged>,
    /// Which variant has all tags that no other has, and where that is said.
    others: Option<(usize, Span)>,
}

/// The tags of a variant.
struct Tagged {
    first: u128,
    last: u128,
    span: Span,
    conditional: bool,
}

impl<'s> Lines<'s> {
    fn line(&mut self, doc: String, tag: &Shape, input: &mut Input<'s>) -> Result<()> {
        if !self.is_choice && is_keyword("other", input) {
            let span = here(input);
            eat_word("other", input);
            let (name, _) = take_name("a variant", &mut self.names, input)?;
            if self.other.is_some() {
                let message = "unknown tags are kept already";
                return Err(fail(mistakes::GIVEN_TWICE, span, message));
            }
            self.other = Some(Other { name: name.into() });
            return Ok(());
        }
        let of_others = here(input);
        let (first, also, all) = if self.is_choice {
            (self.variants.len() as u128, Vec::new(), Vec::new())
        } else if eat_word("_", input) {
            if let Some((_, first)) = self.others.replace((self.variants.len(), of_others)) {
                let message = "another variant has all tags that are left";
                return Err(Diagnostic::new(mistakes::TAG_TAKEN, of_others, message)
                    .related(first, "that one")
                    .into());
            }
            // They are known when all lines are read.
            (0, Vec::new(), Vec::new())
        } else {
            if !peek_word(input).is_empty() && !starts_with_tag(input) {
                return Err(unexpected(input, "the tag of a variant, and its name")
                    .into_diagnostic()
                    .help("a line is `7 NAME: TYPE`, `_ NAME: TYPE` or `other NAME`")
                    .into());
            }
            let tags = tags(tag, input)?;
            (tags.first, tags.also, tags.all)
        };
        let (name, span) = take_name("a variant", &mut self.names, input)?;
        let direction = direction(input)?;
        let condition = variant_condition(input)?;
        let (condition, derived) = condition.unzip();
        let member = Member {
            name: span,
            derived: derived.unwrap_or_default(),
            ..Member::default()
        };
        let conditional = condition.is_some();
        self.tags.extend(all.into_iter().map(|(tags, span)| Tagged {
            first: *tags.start(),
            last: *tags.end(),
            span,
            conditional,
        }));
        let body = if eat(":", input) {
            any(input)
        } else {
            Ok(Sourced::leaf(
                Shape::Record(Box::new(Record::new(Vec::new()))),
                span,
            ))
        };
        // Others may mention it.
        let (body, source, result) = match body {
            Ok(Sourced { shape, source }) => (shape, source, Ok(())),
            Err(failure) => (Shape::Tuple(Vec::new()), Source::leaf(span), Err(failure)),
        };
        let variant = Variant {
            name: name.into(),
            doc: doc.into(),
            tag: first,
            also,
            condition,
            direction,
            body,
        };
        self.variants.push((variant, member, source));
        result
    }
}

impl Lines<'_> {
    /// Finds out which tags `_` stands for.
    fn give_others(&mut self, tag: &Shape) -> Result<()> {
        let Some((place, span)) = self.others else {
            return Ok(());
        };
        if self.other.is_some() {
            let message = "where a variant has all tags that are left, none are left to `other`";
            return Err(fail(mistakes::OUT_OF_PLACE, span, message));
        }
        let taken = self.tags.iter().map(|tags| tags.first..=tags.last);
        let tags = width(tag).map(|(bits, _)| Tags::of_others(taken, bits));
        let Some(tags) = tags else {
            let message = "how many tags are left is known of an integer and of bytes only";
            return Err(fail(mistakes::OUT_OF_PLACE, span, message));
        };
        let Some(tags) = tags else {
            let message = "the other variants have all tags that there are";
            return Err(fail(mistakes::OUT_OF_PLACE, span, message));
        };
        if let Some((variant, _, _)) = self.variants.get_mut(place) {
            (variant.tag, variant.also) = (tags.first, tags.also);
        }
        Ok(())
    }
}

fn starts_with_tag(input: &mut Input<'_>) -> bool {
    matches!(peek_word(input), "true" | "false") || super::literal::sees_bytes(input)
}

/// `to server`, `to client`, `both`, `internal`
fn direction(input: &mut Input<'_>) -> Result<Option<Direction>> {
    Ok(if eat_word("to", input) {
        if eat_word("server", input) {
            Some(Direction::ToServer)
        } else {
            expect_word("client", input)?;
            Some(Direction::ToClient)
        }
    } else if eat_word("both", input) {
        Some(Direction::Both)
    } else if eat_word("internal", input) {
        Some(Direction::Internal)
    } else {
        None
    })
}

fn variant_condition(input: &mut Input<'_>) -> Result<Option<(Expr, Span)>> {
    let text = peek_word(input);
    if !["if", "since", "until"].contains(&text) {
        return Ok(None);
    }
    let span = here(input);
    let _ = at(input);
    eat_word(text, input);
    condition(Word { text, span }, input).map(Some)
}

/// Tags that two variants have, unless conditions say which of them it is.
fn overlaps(mut tags: Vec<Tagged>) -> Vec<Diagnostic> {
    tags.sort_by_key(|tags| (tags.first, tags.span.start));
    let mut found = Vec::new();
    // Of those before, the one that reaches furthest; of all, and of those that
    // are there always.
    let mut furthest: [Option<&Tagged>; 2] = [None, None];
    for tag in &tags {
        let before = furthest[usize::from(tag.conditional)];
        if let Some(before) = before.filter(|before| before.last >= tag.first) {
            let (first, second) = if before.span.start < tag.span.start {
                (before, tag)
            } else {
                (tag, before)
            };
            let message = "another variant has this tag";
            found.push(
                Diagnostic::new(mistakes::TAG_TAKEN, second.span, message)
                    .related(first.span, "that one")
                    .help(
                        "two variants may have one tag only where each has a condition: `since 3`",
                    ),
            );
        }
        let reaches = |known: Option<&Tagged>| known.is_none_or(|known| known.last < tag.last);
        if reaches(furthest[0]) {
            furthest[0] = Some(tag);
        }
        if !tag.conditional && reaches(furthest[1]) {
            furthest[1] = Some(tag);
        }
    }
    found
}
