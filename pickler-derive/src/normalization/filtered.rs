//! Fields whose bytes go through a filter.

use syn::Type;

use super::expression::Scope;
use super::pickler::{Argument, Call, Pickler};
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{FieldAttributes, Filter};

/// `pickler` of a value of type `ty` through a filter, if the attributes say so.
pub fn of_attributes(
    attributes: &FieldAttributes,
    ty: &Type,
    pickler: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let Some((span, filter)) = &attributes.filter else {
        return pickler;
    };
    if let Type::Reference(_) = ty {
        errors.push(
            *span,
            mistakes::WRONG_TYPE.says(
                "what goes through a filter is not in the input, so it cannot be borrowed from \
                 there; take `ByteString` or `String`",
            ),
        );
    }
    let call = match filter {
        Filter::Xor(key) => {
            let parts = key.iter().map(|part| scope.resolve(part, errors));
            let parts = parts.collect::<Option<Vec<_>>>();
            parts.map(|parts| Call::new("xored").with(Argument::Expressions(parts)))
        }
        Filter::Compression(function) => Some(Call::new(function)),
        Filter::RotateLeft(by) | Filter::RotateRight(by) => {
            let function = match filter {
                Filter::RotateLeft(_) => "rotated_left",
                _ => "rotated_right",
            };
            let by = scope.resolve(by, errors);
            by.map(|by| Call::new(function).expression(by))
        }
    };
    match call {
        Some(call) => call.pickler(pickler).whole(Some(true)).into(),
        None => pickler,
    }
}
