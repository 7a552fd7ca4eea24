//! What stands elsewhere: `at`.

use syn::Expr;

use super::expression::{Expression, Scope};
use super::field::Raw;
use super::pickler::{Argument, Call, Pickler};
use super::tree;
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::FieldAttributes;

/// Where a field is that stands elsewhere.
pub struct Elsewhere {
    pub at: Expression,
    /// It counts from the start of the record.
    pub from_record: bool,
    /// The offset of something that is not there.
    pub none: Option<Expr>,
    /// It is written at a multiple of so many bytes.
    pub align: Option<u64>,
}

impl Raw<'_> {
    /// Where it always stands, if that is elsewhere. `none` and `align` speak of that,
    /// then. Under a condition it is part of the pickler.
    pub fn elsewhere(&mut self, scope: &Scope<'_>, errors: &mut Errors) -> Option<Elsewhere> {
        let attributes = &mut self.attributes;
        let Some((_, at)) = &attributes.at else {
            if let Some((span, _)) = attributes.at_from_record {
                errors.push(span, mistakes::OUT_OF_PLACE.says("`at_from` needs an `at`"));
            }
            return None;
        };
        if attributes.condition.is_some() {
            return None;
        }
        let at = scope.resolve(at, errors);
        attributes.at = None;
        let at = at?;
        if let Some(rest) = attributes.rest {
            errors.push(rest, mistakes::REST_AND_ELSEWHERE.says(REST));
        }
        let none = attributes.none.take();
        if let (Some((none, _)), None) = (&none, tree::option_of(&self.field.ty)) {
            errors.push(
                *none,
                mistakes::WRONG_TYPE.says("a field with `none` has the type `Option<T>`"),
            );
        }
        if let Some(from) = attributes.padding.from {
            errors.push(
                from,
                mistakes::NOT_TOGETHER.says(
                    "where something stands elsewhere is aligned from the start of the message; \
                     leave out `align_from`",
                ),
            );
        }
        Some(Elsewhere {
            at,
            from_record: attributes.at_from_record.is_some_and(|(_, record)| record),
            none: none.map(|(_, none)| none),
            align: attributes.padding.align.take().map(|(_, bytes)| bytes),
        })
    }
}

/// `pickler` of what stands elsewhere, if the attributes say so: an item, or what is
/// there under a condition.
pub fn of_attributes(
    attributes: &FieldAttributes,
    pickler: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let Some((_, at)) = &attributes.at else {
        return pickler;
    };
    if let Some(rest) = attributes.rest {
        errors.push(rest, mistakes::REST_AND_ELSEWHERE.says(REST));
    }
    if let Some((align, _)) = attributes.padding.align {
        errors.push(
            align,
            mistakes::OUT_OF_PLACE.says(
                "what is written at a multiple of so many bytes is a field that is always there",
            ),
        );
    }
    let Some(at) = scope.resolve(at, errors) else {
        return pickler;
    };
    let call = match attributes.at_from_record {
        Some((_, true)) => Call::new("elsewhere_in_record").with(Argument::RecordStart),
        _ => Call::new("elsewhere"),
    };
    call.expression(at)
        .pickler(pickler)
        .whole(Some(true))
        .into()
}

const REST: &str = "something else may come behind what stands elsewhere; say how much there is, \
                    with `count = ...` or `size = ...`";
