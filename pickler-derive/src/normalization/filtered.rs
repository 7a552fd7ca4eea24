//! Fields whose bytes go through a filter.

use syn::Type;

use super::expression::{Expression, Scope};
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
            if parts.iter().flatten().any(|part| is_outside(part, 255)) {
                errors.push(
                    *span,
                    mistakes::MALFORMED.says(
                        "a part of a key is one byte, from 0 to 255; write a longer key in parts, \
                         `xor = [first, second]`",
                    ),
                );
            }
            parts.map(|parts| Call::new("xored").with(Argument::Expressions(parts)))
        }
        Filter::Compression(function) => Some(Call::new(function)),
        Filter::RotateLeft(by) | Filter::RotateRight(by) => {
            let function = match filter {
                Filter::RotateLeft(_) => "rotated_left",
                _ => "rotated_right",
            };
            let by = scope.resolve(by, errors);
            if by.as_ref().is_some_and(|by| is_outside(by, 7)) {
                errors.push(
                    *span,
                    mistakes::MALFORMED.says(
                        "the bits of a byte are rotated by 0 to 7, such as `rotate_left = 3`",
                    ),
                );
            }
            by.map(|by| Call::new(function).expression(by))
        }
    };
    match call {
        Some(call) => call.pickler(pickler).whole(Some(true)).into(),
        None => pickler,
    }
}

/// It is a number that is not from 0 to `most`.
fn is_outside(expression: &Expression, most: i128) -> bool {
    matches!(expression, Expression::Integer(value) if !(0..=most).contains(value))
}
