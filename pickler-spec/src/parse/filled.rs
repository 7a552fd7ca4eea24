//! Room around things.

use pickler::schema::{Fill, Origin, Padding, Shape};

use super::input::{Input, Result, at, unexpected};
use super::lex::{eat_word, expect_word};
use super::literal::filling;
use super::source::Sourced;
use super::suffix::eat_ignored;

/// `pad before 3`, `pad after 5 bits`, `pad to 16`, `align 4`, `align end 4`
pub fn filled(word: &str, item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let fill = if word == "pad" {
        pad(input)?
    } else {
        align(input)?
    };
    let padding = if eat_ignored(input) {
        Padding::Ignored
    } else {
        Padding::Zero
    };
    Ok(item.around(at(input), [], |item| Shape::Filled {
        item,
        fill,
        padding,
    }))
}

fn pad(input: &mut Input<'_>) -> Result<Fill> {
    if eat_word("to", input) {
        return Ok(Fill::To(filling("a size", input)?.0));
    }
    let before = eat_word("before", input);
    if !before && !eat_word("after", input) {
        return Err(unexpected(input, "`before`, `after` or `to`"));
    }
    let (count, _) = filling("padding", input)?;
    // Fits: there are not so many.
    let bits = if eat_word("bits", input) {
        count
    } else {
        count * 8
    };
    Ok(if before {
        Fill::Before(bits)
    } else {
        Fill::After(bits)
    })
}

fn align(input: &mut Input<'_>) -> Result<Fill> {
    let end = eat_word("end", input);
    let (bytes, _) = filling("an alignment", input)?;
    let from = origin(input)?;
    Ok(if end {
        Fill::AlignEnd { bytes, from }
    } else {
        Fill::Align { bytes, from }
    })
}

/// `from record`, `from message`
pub fn origin(input: &mut Input<'_>) -> Result<Origin> {
    if !eat_word("from", input) || eat_word("message", input) {
        return Ok(Origin::Message);
    }
    expect_word("record", input)?;
    Ok(Origin::Record)
}
