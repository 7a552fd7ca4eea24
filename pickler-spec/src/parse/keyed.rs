//! Keyed records and protobuf messages.

use std::collections::HashMap;

use pickler::schema::{
    Form, KeyFormat, Keyed, KeyedField, LengthCounts, Number, Occurs, Pairs, Shape,
};

use super::body::{Names, body, is_keyword};
use super::definition::{Header, take_name, typed};
use super::input::{Input, Result, fail, rest, since, unexpected};
use super::lex::{
    Word, behind_word, eat, eat_word, expect_word, here, name, peek_second, peek_word,
};
use super::literal::unsigned;
use super::numbers::{varint, with_bits};
use super::source::{Member, Source, Sourced, Span};
use super::types::form;
use super::union::length_counts;
use super::value::value;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// What stands behind `keyed` and the name.
pub fn keyed(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let mut head = Head::default();
    while head.next(true, input)? {}
    let Some(key) = head.key else {
        let failure = unexpected(input, "`key` and how keys are written");
        return Err(failure
            .into_diagnostic()
            .help("write `keyed Name key u8 size u8 {`")
            .into());
    };
    let pairs = Pairs {
        key: key.0,
        size: head.size,
        size_counts: head.counts,
        count: head.count,
        terminator: head.end.map(|(end, _)| end),
        pad: head.pad.map(|(pad, _)| pad),
    };
    for (special, span) in [head.end, head.pad].into_iter().flatten() {
        fits(special, pairs.key, span)?;
    }
    if let (Some((end, _)), Some((pad, span))) = (head.end, head.pad)
        && end == pad
    {
        let message = "the key behind the last cannot stand for nothing";
        return Err(fail(mistakes::KEY_TAKEN, span, message));
    }
    if let (Some(_), Some((_, span))) = (head.count, head.end) {
        let message = "the pairs are counted, so that no key stands behind the last";
        return Err(fail(mistakes::GIVEN_TWICE, span, message));
    }
    let taken = [head.end, head.pad];
    lines(KeyFormat::Pairs(pairs), &head, taken, start, input)
}

/// What stands behind `protobuf` and the name.
pub fn protobuf(start: usize, input: &mut Input<'_>) -> Result<Sourced> {
    let mut head = Head::default();
    while head.next(false, input)? {}
    lines(KeyFormat::Protobuf, &head, [None, None], start, input)
}

/// What is said of a keyed record.
struct Head {
    key: Option<(Number, Span)>,
    size: Option<Number>,
    counts: LengthCounts,
    count: Option<Number>,
    end: Option<(u64, Span)>,
    pad: Option<(u64, Span)>,
    in_order: bool,
    ignores: bool,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            key: None,
            size: None,
            counts: LengthCounts::Body,
            count: None,
            end: None,
            pad: None,
            in_order: false,
            ignores: false,
        }
    }
}

impl Head {
    /// Reads one thing of it, if one comes next.
    fn next(&mut self, has_keys: bool, input: &mut Input<'_>) -> Result<bool> {
        let span = here(input);
        if peek_word(input) == "in" && peek_second(input) == "order" && !self.in_order {
            eat_word("in", input);
            eat_word("order", input);
            self.in_order = true;
        } else if !self.ignores && eat_word("unknown", input) {
            expect_word("ignored", input)?;
            self.ignores = true;
        } else if !has_keys {
            return Ok(false);
        } else if self.key.is_none() && eat_word("key", input) {
            self.key = Some((written(input)?, span));
        } else if self.size.is_none() && eat_word("size", input) {
            self.size = Some(written(input)?);
        } else if self.size.is_some() && eat_word("counts", input) {
            self.counts = length_counts("value", "pair", input)?;
        } else if self.count.is_none() && eat_word("count", input) {
            self.count = Some(written(input)?);
        } else if self.end.is_none() && eat_word("end", input) {
            self.end = Some(unsigned("a key", input)?);
        } else if self.pad.is_none()
            && peek_word(input) == "pad"
            && behind_word(input).starts_with(|it: char| it.is_ascii_digit())
        {
            eat_word("pad", input);
            self.pad = Some(unsigned("a key", input)?);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// `u1` to `u64`, or the word of a varint.
fn written(input: &mut Input<'_>) -> Result<Number> {
    let word = peek_word(input);
    let span = here(input);
    if let Some(encoding) = varint(word) {
        eat_word(word, input);
        return Ok(Number::Varint(encoding));
    }
    let Some(("u", bits)) = with_bits(word) else {
        return Err(unexpected(input, "`u8`, `leb128` or the like"));
    };
    let bits = bits.parse().ok().filter(|bits| (1..=64).contains(bits));
    let Some(bits) = bits else {
        let message = "keys, sizes and counts of pairs have 1 to 64 bits";
        return Err(fail(mistakes::NO_WIDTH, span, message));
    };
    eat_word(word, input);
    Ok(Number::Bits(bits))
}

/// A key can be written.
fn fits(key: u64, number: Number, span: Span) -> Result<()> {
    match number {
        Number::Bits(bits) if bits < 64 && key >> bits != 0 => {
            let message = format!("the key {key} does not fit {bits} bits");
            Err(fail(mistakes::DOES_NOT_FIT, span, message))
        }
        _ => Ok(()),
    }
}

fn lines(
    format: KeyFormat,
    head: &Head,
    taken: [Option<(u64, Span)>; 2],
    start: usize,
    input: &mut Input<'_>,
) -> Result<Sourced> {
    let header = Header::parse(input)?;
    let mut lines = Lines {
        format,
        keys: taken.into_iter().flatten().collect(),
        names: Names::default(),
        fields: Vec::new(),
        sources: Vec::new(),
        members: Vec::new(),
        kept: None,
    };
    body(input, |input, doc| lines.line(doc, input))?;
    let mut keyed = Keyed::new(format, lines.fields);
    if head.in_order {
        keyed = keyed.in_order();
    }
    if let Some(Word { text, span }) = lines.kept {
        if head.ignores {
            let message = "other keys are passed over, so that none can be kept";
            return Err(fail(mistakes::GIVEN_TWICE, span, message));
        }
        keyed = keyed.keeping_unknown(text);
    } else if head.ignores {
        keyed = keyed.ignoring_unknown();
    }
    let mut source = Source::of(since(start, input), lines.sources);
    source.members = lines.members;
    header.of(Sourced {
        shape: Shape::Keyed(Box::new(keyed)),
        source,
    })
}

/// What was read of a keyed record.
struct Lines<'s> {
    format: KeyFormat,
    keys: HashMap<u64, Span>,
    names: Names<'s>,
    fields: Vec<KeyedField>,
    sources: Vec<Source>,
    members: Vec<Member>,
    kept: Option<Word<'s>>,
}

impl<'s> Lines<'s> {
    fn line(&mut self, doc: String, input: &mut Input<'s>) -> Result<()> {
        if is_keyword("other", input) {
            eat_word("other", input);
            let word = name("the name of what keeps other keys", input)?;
            self.names.take("a field", word.text, word.span)?;
            if let Some(first) = self.kept.replace(word) {
                let message = "other keys are kept already";
                return Err(Diagnostic::new(mistakes::GIVEN_TWICE, word.span, message)
                    .related(first.span, "in this field")
                    .into());
            }
            return Ok(());
        }
        if !rest(input).starts_with(|it: char| it.is_ascii_digit() || it == '\'') {
            return Err(unexpected(input, "the key of a field, and its name")
                .into_diagnostic()
                .help("a line is `7 name: TYPE`, or `other NAME`")
                .into());
        }
        let key = self.key(input)?;
        let occurs = occurs(input);
        let form = self.form(input)?;
        let (name, span) = take_name("a field", &mut self.names, input)?;
        let Sourced { shape, source } = typed(input)?;
        let mut member = Member {
            name: span,
            ..Member::default()
        };
        let mut default = None;
        if eat("=", input) {
            let (value, span) = value(input)?;
            (default, member.default) = (Some(value), span);
        }
        if occurs == Occurs::Implicit && default.is_none() {
            let message = "what is missing where it has its default has one: `= 0` behind the type";
            return Err(fail(mistakes::VALUE, span, message));
        }
        let mut field = KeyedField::new(name, doc, key, occurs, form, shape);
        field.default = default;
        self.fields.push(field);
        self.sources.push(source);
        self.members.push(member);
        Ok(())
    }

    fn key(&mut self, input: &mut Input<'s>) -> Result<u64> {
        let (key, span) = unsigned("a key", input)?;
        match self.format {
            KeyFormat::Pairs(pairs) => fits(key, pairs.key, span)?,
            KeyFormat::Protobuf if !(1..1 << 29).contains(&key) => {
                let message = "the number of a protobuf field is 1 to 536,870,911";
                return Err(fail(mistakes::DOES_NOT_FIT, span, message));
            }
            KeyFormat::Protobuf => {}
        }
        if let Some(first) = self.keys.get(&key) {
            let message = format!("the key {key} is taken");
            return Err(Diagnostic::new(mistakes::KEY_TAKEN, span, message)
                .related(*first, "by this")
                .into());
        }
        self.keys.insert(key, span);
        Ok(key)
    }

    /// `varint`, in front of the name
    fn form(&self, input: &mut Input<'s>) -> Result<Form> {
        let told = here(input);
        // A field may be called so.
        let is_name = behind_word(input).starts_with(':');
        if !is_name && let Some(form) = form(input) {
            return match (self.format, form) {
                (KeyFormat::Protobuf, Form::Plain) => {
                    let message = "a protobuf field is `varint`, `zigzag`, `fixed32`, `fixed64` or \
                                   `bytes`";
                    Err(fail(mistakes::OUT_OF_PLACE, told, message))
                }
                (KeyFormat::Pairs(Pairs { size: None, .. }), Form::Bytes) => {
                    let message = "without `size`, a value tells its own end: it is `plain`";
                    Err(fail(mistakes::OUT_OF_PLACE, told, message))
                }
                (_, form) => Ok(form),
            };
        }
        match self.format {
            KeyFormat::Pairs(Pairs { size: Some(_), .. }) => Ok(Form::Bytes),
            KeyFormat::Pairs(_) => Ok(Form::Plain),
            KeyFormat::Protobuf => {
                let wanted = "the form of a protobuf field, such as `varint`, and its name";
                Err(unexpected(input, wanted))
            }
        }
    }
}

/// `optional`, `implicit`, `repeated`, `packed`
fn occurs(input: &mut Input<'_>) -> Occurs {
    let occurs = match peek_word(input) {
        "optional" => Occurs::Optional,
        "implicit" => Occurs::Implicit,
        "repeated" => Occurs::Repeated { packed: false },
        "packed" => Occurs::Repeated { packed: true },
        _ => return Occurs::Required,
    };
    // A field may be called so.
    if behind_word(input).starts_with(':') {
        return Occurs::Required;
    }
    let word = peek_word(input);
    eat_word(word, input);
    occurs
}
