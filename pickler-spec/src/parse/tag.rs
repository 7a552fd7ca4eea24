//! Tags of variants, as the bits of their integer.

use std::ops::RangeInclusive;

use pickler::dynamic::Value;
use pickler::schema::{Count, Shape};

use super::input::{Input, Result, fail, unexpected};
use super::lex::{eat, eat_word, here};
use super::literal::{bytes, number, sees_bytes};
use super::source::Span;
use crate::mistakes;

/// How many bits the integer of a tag has, and whether it has a sign; `None` of a
/// type of its own.
pub fn width(tag: &Shape) -> Option<(u32, bool)> {
    match tag {
        Shape::Integer { bits, signed } => Some((*bits, *signed)),
        Shape::Varint(format) => Some((format.bits, format.signed)),
        Shape::Bool { .. } => Some((1, false)),
        Shape::Bytes {
            count: Count::Fixed(count @ 1..=16),
        } => u32::try_from(8 * count).ok().map(|bits| (bits, false)),
        Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::ProtobufField { item, .. } => width(item),
        _ => None,
    }
}

/// One tag: its bits.
pub fn tag(of: &Shape, input: &mut Input<'_>) -> Result<(u128, Span)> {
    let span = here(input);
    for (word, bits) in [("false", 0), ("true", 1)] {
        if eat_word(word, input) {
            return Ok((bits, span));
        }
    }
    if sees_bytes(input) {
        let (bytes, span) = bytes("bytes", input)?;
        let (bits, _) = width(of).unwrap_or((128, false));
        if bytes.len() * 8 != bits as usize {
            let message = format!("a tag of {bits} bits, not of {} bytes", bytes.len());
            return Err(fail(mistakes::DOES_NOT_FIT, span, message));
        }
        let tag = bytes
            .iter()
            .fold(0, |tag: u128, byte| tag << 8 | u128::from(*byte));
        return Ok((tag, span));
    }
    let (value, span) = number(input)?;
    let bits = match (&value, width(of)) {
        (Value::Unsigned(value), None) => Some(*value),
        (Value::Unsigned(value), Some((bits, signed))) => {
            let greatest = u128::MAX >> (128 - bits) >> u32::from(signed);
            (*value <= greatest).then_some(*value)
        }
        (Value::Negative(value), Some((bits, true))) => {
            let least = i128::MIN >> (128 - bits);
            let mask = u128::MAX >> (128 - bits);
            (*value >= least).then_some(value.cast_unsigned() & mask)
        }
        _ => None,
    };
    let Some(bits) = bits else {
        let message = match width(of) {
            Some((bits, true)) => format!("it does not fit {bits} bits with a sign"),
            Some((bits, false)) => format!("it does not fit {bits} bits"),
            None => "it is no integer from 0".to_owned(),
        };
        return Err(fail(mistakes::DOES_NOT_FIT, span, message));
    };
    Ok((bits, span))
}

/// All tags of a variant: the first, and ranges of others.
pub struct Tags {
    pub first: u128,
    pub also: Vec<RangeInclusive<u128>>,
    /// All of them, and where they stand.
    pub all: Vec<(RangeInclusive<u128>, Span)>,
}

impl Tags {
    /// All that are not among some, `_`; `None` if there are none.
    pub fn of_others(
        taken: impl IntoIterator<Item = RangeInclusive<u128>>,
        bits: u32,
    ) -> Option<Self> {
        let mut taken: Vec<_> = taken.into_iter().collect();
        taken.sort_by_key(|range| *range.start());
        let greatest = u128::MAX >> (128 - bits);
        let mut left = Vec::new();
        // The least that is above all so far, if there is one.
        let mut next = Some(0);
        for range in taken {
            if let Some(from) = next.filter(|from| from < range.start()) {
                left.push(from..=range.start() - 1);
            }
            let behind = range.end().checked_add(1);
            next = next.and_then(|next| Some(next.max(behind?)));
        }
        if let Some(from) = next.filter(|from| *from <= greatest) {
            left.push(from..=greatest);
        }
        let all = left.into_iter().map(|range| (range, Span::default()));
        Self::of(all.collect())
    }

    fn of(all: Vec<(RangeInclusive<u128>, Span)>) -> Option<Self> {
        let (range, _) = all.first()?;
        let first = *range.start();
        // The first of a range is told alone.
        let behind = (range.start() < range.end()).then(|| first + 1..=*range.end());
        let others = all[1..].iter().map(|(range, _)| range.clone());
        let also = behind.into_iter().chain(others).collect();
        Some(Self { first, also, all })
    }
}

/// `1 | 3..=5`
pub fn tags(of: &Shape, input: &mut Input<'_>) -> Result<Tags> {
    let mut all: Vec<(RangeInclusive<u128>, Span)> = Vec::new();
    loop {
        let (first, start) = tag(of, input)?;
        if eat("..=", input) {
            let (last, end) = tag(of, input)?;
            let span = start.to(end);
            if first > last {
                let message = "the last tag is below the first";
                return Err(fail(mistakes::BACKWARDS, span, message));
            }
            all.push((first..=last, span));
        } else {
            all.push((first..=first, start));
        }
        if !eat("|", input) {
            break;
        }
    }
    Tags::of(all).ok_or_else(|| unexpected(input, "a tag"))
}
