//! What ends a list, text, bytes or a piece: `terminator = 0`, `size = until(b'|')`.

use proc_macro2::Span;
use syn::{BinOp, Expr, ExprBinary, Lit};

use super::attributes::Attributes;
use crate::errors::Errors;
use crate::mistakes;

/// What becomes of what ends something.
#[derive(Clone, Copy, PartialEq)]
pub enum TerminatorIs {
    Taken,
    Kept,
    Left,
}

const WORDS: &[(&str, TerminatorIs)] = &[
    ("taken", TerminatorIs::Taken),
    ("kept", TerminatorIs::Kept),
    ("left", TerminatorIs::Left),
];

/// What ends something.
pub struct Terminator {
    /// `0`, `b"\r\n"`
    pub end: Expr,
    /// `0 | end`: the end of the input ends it, too.
    pub or_end: bool,
    pub is: TerminatorIs,
}

impl Terminator {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Self)> {
        let is = attributes.word("terminator_is", WORDS, errors);
        let Some((span, expr)) = attributes.real_expr("terminator", errors) else {
            if let Some((span, _)) = is {
                errors.push(
                    span,
                    mistakes::OUT_OF_PLACE
                        .says("`terminator_is` needs a `terminator`, such as `terminator = 0`"),
                );
            }
            return None;
        };
        let (end, or_end) = end(expr, errors);
        let is = is.map_or(TerminatorIs::Taken, |(_, is)| is);
        Some((span, Self { end, or_end, is }))
    }
}

/// The `0` of `0` and of `0 | end`, and which of them it is.
fn end(expr: Expr, errors: &mut Errors) -> (Expr, bool) {
    let (end, or_end) = match expr {
        Expr::Binary(ExprBinary {
            left,
            op: BinOp::BitOr(_),
            right,
            ..
        }) if matches!(&*right, Expr::Path(path) if path.path.is_ident("end")) => (*left, true),
        expr => (expr, false),
    };
    if let Expr::Lit(literal) = &end
        && let Lit::ByteStr(bytes) = &literal.lit
        && bytes.value().is_empty()
    {
        errors.push(
            bytes.span(),
            mistakes::MALFORMED.says(
                "what ends something has a byte at the least, such as `b\"\\r\\n\"`; to the end \
                 of the input it is `rest`",
            ),
        );
    }
    (end, or_end)
}

/// What `until(b'|')`, `through(b'|')` and `before(b'|')` say.
pub fn delimiter(expr: &Expr, errors: &mut Errors) -> Option<Terminator> {
    let Expr::Call(call) = expr else { return None };
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let words = [
        ("until", TerminatorIs::Taken),
        ("through", TerminatorIs::Kept),
        ("before", TerminatorIs::Left),
    ];
    let (_, is) = words
        .into_iter()
        .find(|(function, _)| path.path.is_ident(function))?;
    match (call.args.first(), call.args.len()) {
        (Some(first), 1) => {
            let (end, or_end) = end(first.clone(), errors);
            Some(Terminator { end, or_end, is })
        }
        _ => None,
    }
}
