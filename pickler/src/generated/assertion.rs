//! Conditions that do not hold.

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::schema::Expr;

/// The fault of a value that was read and is not what it must be.
#[cold]
#[inline(never)]
pub fn unsatisfied<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    at: u64,
    found: Option<i128>,
    condition: fn() -> Expr,
) -> Fault {
    let condition = condition_text(condition);
    r.fail_at(at, ErrorKind::Unsatisfied { condition, found })
}

/// The fault of a value that is to be written and is not what it must be.
#[cold]
#[inline(never)]
pub fn unwritable<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    found: Option<i128>,
    condition: fn() -> Expr,
) -> Fault {
    let condition = condition_text(condition);
    w.fail(ErrorKind::Unsatisfied { condition, found })
}

#[cfg(feature = "alloc")]
fn condition_text(condition: fn() -> Expr) -> crate::Text {
    crate::Text::display(&condition())
}

#[cfg(not(feature = "alloc"))]
fn condition_text(_: fn() -> Expr) -> crate::Text {
    crate::Text::from_static("what is declared of it")
}
