//! Expressions that have no value.

use super::{ErrorKind, Text};
use crate::schema::Expr;

/// The error of an expression that has no value.
#[cold]
#[inline(never)]
pub(crate) fn no_value(expression: fn() -> Expr) -> ErrorKind {
    #[cfg(feature = "alloc")]
    let expression = Text::display(&expression());
    #[cfg(not(feature = "alloc"))]
    let expression = {
        let _ = expression;
        Text::from_static("what is declared of it")
    };
    ErrorKind::NoValue { expression }
}

/// The same of an expression that is there.
#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
pub(crate) fn has_no_value(expression: &Expr) -> ErrorKind {
    let expression = Text::display(expression);
    ErrorKind::NoValue { expression }
}
