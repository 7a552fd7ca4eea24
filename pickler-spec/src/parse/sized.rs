//! Pieces of so many bytes, and what is done to bytes.

use pickler::schema::{Compression, Ending, Expr, Filter, Operator, Shape, Size};

use super::count::{or_end, terminator};
use super::input::{Input, Result, at, fail, unexpected};
use super::lex::{eat, eat_word, expect_word, peek_word};
use super::literal::{bytes, expression, unsigned};
use super::numbers::{integer, sees_integer};
use super::source::Sourced;
use super::types::expressions;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// What stands behind `size`.
pub fn size(item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let mut own = Vec::new();
    let mut front = None;
    let size = if matches!(peek_word(input), "until" | "through" | "before") {
        let terminator = terminator(input);
        let (end, span) = bytes("the bytes that end it, such as `b\"\\n\"`", input)?;
        if end.is_empty() {
            let message = "nothing ends nothing";
            return Err(fail(mistakes::VALUE, span, message));
        }
        let or_end = or_end(input)?;
        let ending = Ending { terminator, or_end };
        let end = end.into();
        Size::Until { end, ending }
    } else if eat("<=", input) {
        Size::AtMost(unsigned("a size", input)?.0)
    } else if sees_integer(input) {
        let prefix = integer(input)?;
        front = Some(prefix.source);
        let counts_itself = eat_word("counts", input);
        if counts_itself {
            expect_word("itself", input)?;
        }
        Size::Prefix {
            prefix: Box::new(prefix.shape),
            counts_itself,
        }
    } else {
        let is_remaining = peek_word(input) == "remaining";
        let (expr, span) = expression(input)?;
        own.push(span);
        match expr {
            Expr::Binary(left, Operator::Subtract, behind)
                if is_remaining && *left == Expr::Field("remaining".to_owned()) =>
            {
                Size::AllBut(*behind)
            }
            _ if is_remaining => {
                let message = "`remaining` is all that is left, of which something is taken away";
                return Err(Diagnostic::new(mistakes::UNEXPECTED, span, message)
                    .help("write `size remaining - 4`, or `size remaining - (a + b)`")
                    .into());
            }
            expr => Size::Expr(expr),
        }
    };
    let leftover = eat_word("leftover", input);
    if leftover {
        expect_word("ignored", input)?;
    }
    Ok(item.behind(front, at(input), own, |item| Shape::Sized {
        item,
        size,
        leftover,
    }))
}

/// `xor (a, b)`, `rotate left 3`, `zlib`
pub fn filter(word: &str, item: Sourced, input: &mut Input<'_>) -> Result<Sourced> {
    let mut own = Vec::new();
    let filter = match word {
        "xor" => {
            let (key, spans): (Vec<_>, Vec<_>) = expressions(input)?.into_iter().unzip();
            if key.is_empty() {
                let message = "at least one byte, such as `xor (0x5A)`";
                return Err(unexpected(input, message));
            }
            own = spans;
            Filter::Xor(key)
        }
        "rotate" => {
            let left = eat_word("left", input);
            if !left && !eat_word("right", input) {
                return Err(unexpected(input, "`left` or `right`"));
            }
            let (by, span) = expression(input)?;
            own.push(span);
            if left {
                Filter::RotateLeft(by)
            } else {
                Filter::RotateRight(by)
            }
        }
        "zlib" => Filter::Compressed(Compression::Zlib),
        "deflate" => Filter::Compressed(Compression::Deflate),
        _ => Filter::Compressed(Compression::Gzip),
    };
    Ok(item.around(at(input), own, |item| Shape::Filtered { item, filter }))
}
