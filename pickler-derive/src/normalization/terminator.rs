//! Lists, texts, bytes and pieces that something ends.

use super::expression::Scope;
use super::pickler::{Call, Pickler};
use crate::errors::Errors;
use crate::parsing::{FieldAttributes, SizeBy, Terminator, TerminatorIs};

/// What `terminated` ends in the way that its `terminator` says.
pub fn of_attributes(
    attributes: &FieldAttributes,
    terminator: &Terminator,
    terminated: Call,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let whole = terminated.whole;
    let mut call = match terminator.is {
        TerminatorIs::Taken => terminated,
        TerminatorIs::Kept => Call::new("terminator_kept").pickler(terminated.into()),
        TerminatorIs::Left => Call::new("terminator_left").pickler(terminated.into()),
    };
    if terminator.or_end {
        // Whether there is room for it follows from the size of the piece.
        let size = match &attributes.size {
            Some((_, SizeBy::Expression(size))) => scope.resolve(size, errors),
            _ => None,
        };
        call = match size {
            Some(size) => Call::new("or_end_within").expression(size),
            None => Call::new("or_end"),
        }
        .pickler(call.into());
    }
    call.whole(whole).into()
}

/// The combinator of a piece that ends so.
pub fn function(terminator: &Terminator) -> &'static str {
    match (terminator.is, terminator.or_end) {
        (TerminatorIs::Taken, false) => "until",
        (TerminatorIs::Taken, true) => "until_or_end",
        (TerminatorIs::Kept, false) => "through",
        (TerminatorIs::Kept, true) => "through_or_end",
        (TerminatorIs::Left, false) => "before",
        (TerminatorIs::Left, true) => "before_or_end",
    }
}
