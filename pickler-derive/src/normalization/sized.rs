//! Fields in a piece of so many bytes: `size`.

use super::expression::Scope;
use super::pickler::{Call, Pickler};
use super::terminator;
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{FieldAttributes, Prefix, SizeBy};

/// `pickler` in a piece, if the attributes say so.
pub fn of_attributes(
    attributes: &FieldAttributes,
    pickler: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let Some((_, size)) = &attributes.size else {
        for (key, given) in [
            ("size_counts", &attributes.size_counts_itself),
            ("leftover", &attributes.ignore_leftover),
        ] {
            if let Some((span, _)) = given {
                errors.push(
                    *span,
                    mistakes::OUT_OF_PLACE.says(format!("`{key}` needs a `size`")),
                );
            }
        }
        return pickler;
    };
    if let (Some((span, _)), false) = (
        &attributes.size_counts_itself,
        matches!(size, SizeBy::Prefix(_)),
    ) {
        errors.push(
            *span,
            mistakes::OUT_OF_PLACE
                .says("`size_counts` needs a size in front, such as `size = u16`"),
        );
    }
    let (mut call, whole) = match size {
        SizeBy::Expression(size) => {
            let Some(size) = scope.resolve(size, errors) else {
                return pickler;
            };
            let call = Call::new("bounded").expression(size).pickler(pickler);
            (call, Some(true))
        }
        SizeBy::Prefix(prefix) => {
            let whole = !matches!(prefix, Prefix::Bits(bits) if bits % 8 != 0);
            let function = match attributes.size_counts_itself {
                Some((_, true)) => "variable_size_with_itself",
                _ => "variable_size",
            };
            let call = Call::new(function).behind(prefix).pickler(pickler);
            (call, Some(whole))
        }
        SizeBy::AllBut(behind) => {
            let Some(behind) = scope.resolve(behind, errors) else {
                return pickler;
            };
            let call = Call::new("all_but").expression(behind).pickler(pickler);
            (call, Some(true))
        }
        SizeBy::Delimited(terminator) => {
            let function = terminator::function(terminator);
            let call = Call::new(function).rust(&terminator.end).pickler(pickler);
            (call, Some(true))
        }
    };
    if let Some((_, true)) = attributes.ignore_leftover {
        call = Call::new("ignore_leftover").pickler(call.into());
    }
    call.whole(whole).into()
}
