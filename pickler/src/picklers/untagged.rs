//! Trying one thing after the other.

use crate::cursor::{Align, Fault, Mark, Order, Reader};
use crate::error::{Error, ErrorKind};

/// Goes back to `mark` after an attempt that failed, so that the next can be
/// made; keeps the error of the attempt that came furthest.
///
/// What is read again is charged to the budget for items, so that attempts
/// within attempts end.
///
/// # Errors
/// If no other attempt is to be made: the input may go on, or a budget is spent.
#[cold]
pub fn try_next<'de, O: Order, A: Align>(
    fault: Fault,
    mark: Mark<'de>,
    furthest: &mut Option<Error>,
    r: &mut Reader<'de, O, A>,
) -> Result<(), Fault> {
    if r.missing().is_some() {
        return Err(fault);
    }
    let error = r.into_error(fault);
    if error.kind().is_of_a_budget() {
        return Err(r.adopt(error));
    }
    let reached = r.byte_offset();
    r.reset(mark);
    let again = reached.saturating_sub(r.byte_offset()) as u64 + 1;
    r.spend_items(again)?;
    let at = |error: &Error| error.bit_offset();
    if furthest
        .as_ref()
        .is_none_or(|furthest| at(furthest) < at(&error))
    {
        *furthest = Some(error);
    }
    Ok(())
}

/// The fault where no attempt is left.
#[cold]
pub fn no_variant<O: Order, A: Align>(furthest: Option<Error>, r: &mut Reader<'_, O, A>) -> Fault {
    match furthest {
        Some(error) => r.adopt(error),
        None => r.fail(ErrorKind::Refused(
            "no variant is there in this version".into(),
        )),
    }
}
