//! Counts and sizes that are not what an expression gives.

use super::ErrorKind;
use crate::schema::Expr;

/// The error of as many as are not what an expression gives.
#[cold]
#[inline(never)]
pub(crate) fn wrong_count(expected: i128, found: i128, expression: fn() -> Expr) -> ErrorKind {
    #[cfg(feature = "alloc")]
    let kind = has_wrong_count(expected, found, &expression());
    #[cfg(not(feature = "alloc"))]
    let kind = {
        let _ = expression;
        ErrorKind::WrongDerived { expected, found }
    };
    kind
}

/// The same of an expression that is there.
#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
pub(crate) fn has_wrong_count(expected: i128, found: i128, expression: &Expr) -> ErrorKind {
    if expression.looks_around() {
        ErrorKind::WrongDerived { expected, found }
    } else {
        ErrorKind::WrongCount { expected, found }
    }
}
