//! Fields that may be absent: `flag`, `if`, and `rest` of an `Option`.

use syn::Type;

use super::expression::Scope;
use super::pickler::{Argument, Call, Pickler, is_countable};
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{FieldAttributes, Flag};

/// `pickler` as what may be absent, if the attributes say so. `is_option`: a
/// value of `ty` is an `Option` of its values.
pub fn of_attributes(
    attributes: &FieldAttributes,
    ty: &Type,
    is_option: bool,
    pickler: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let depends = !pickler.expressions().is_empty();
    let span;
    let optional = if let Some((at, flag)) = &attributes.flag {
        span = *at;
        let whole = match flag {
            Flag::Bits(bits) if bits % 8 != 0 => Some(false),
            _ => pickler.known_whole(),
        };
        Call::new("flagged")
            .pickler(flag_pickler(flag))
            .pickler(pickler)
            .whole(whole)
    } else if let Some((at, condition)) = &attributes.condition {
        span = *at;
        let Some(condition) = scope.condition(condition, span, errors) else {
            return pickler;
        };
        let whole = pickler.known_whole();
        Call::new("conditional")
            .layout(condition, span)
            .pickler(pickler)
            .whole(whole)
    } else if let Some(at) = attributes.rest {
        if !is_option {
            if !is_countable(ty) {
                errors.push(
                    at,
                    mistakes::WRONG_TYPE
                        .says("`rest` is for a list, text or bytes, or an `Option`"),
                );
            }
            return pickler;
        }
        span = at;
        let whole = pickler.known_whole();
        Call::new("unless_end").pickler(pickler).whole(whole)
    } else {
        return pickler;
    };
    if is_option {
        if let Some(at) = attributes.skip_if_default {
            errors.push(
                at,
                mistakes::WRONG_TYPE.says("an `Option` behind a flag is absent where it is `None`"),
            );
        }
        return optional.into();
    }
    if attributes.flag.is_some() && attributes.skip_if_default.is_none() {
        errors.push(
            span,
            mistakes::WRONG_TYPE.says(
                "a field with `flag` has the type `Option<T>`, or is left out where it has its \
             default: add `skip_if_default`",
            ),
        );
    }
    let own = match &attributes.default {
        Some((_, own)) => own.clone().map(Box::new),
        None => None,
    };
    if depends && (own.is_some() || !is_countable(ty)) {
        errors.push(
            span,
            mistakes::NO_DEFAULT.says(
                "a default cannot be told of what depends on other fields, unless it is an empty \
             list, text or bytes; use the type `Option<T>`",
            ),
        );
    }
    let whole = optional.whole;
    Call::new("with_default")
        .pickler(optional.into())
        .with(Argument::Default(ty.clone().into(), own))
        .whole(whole)
        .into()
}

fn flag_pickler(flag: &Flag) -> Pickler {
    match flag {
        Flag::Byte => Pickler::Of(syn::parse_quote!(::core::primitive::bool)),
        Flag::Bits(bits) => Pickler::Bits(*bits, syn::parse_quote!(::core::primitive::bool)),
        Flag::Integer(ty) => Call::new("boolean").of(ty).whole(Some(true)).into(),
    }
}
