//! Lists, arrays and boxes whose items have attributes of their own:
//! `item(...)`.

use proc_macro2::Span;
use syn::Type;

use super::expression::{Purpose, Scope};
use super::pickler::{Argument, Call, Pickler, outer_type};
use super::{terminator, tree};
use crate::errors::Errors;
use crate::mistakes;
use crate::names::type_text;
use crate::parsing::{CountBy, FieldAttributes, Portable, Prefix};

/// The pickler of `ty`, whose items are as `item` says.
pub fn of_items(
    attributes: &FieldAttributes,
    ty: &Type,
    span: Span,
    mut item: FieldAttributes,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let in_list = Scope {
        in_list: true,
        ..*scope
    };
    if let Type::Array(array) = ty {
        let item = of_item(&mut item, &array.elem, &in_list, errors);
        let whole = item.known_whole().filter(|whole| *whole);
        return Call::new("fixed_list")
            .of(&array.len)
            .of_inferred()
            .pickler(item)
            .whole(whole)
            .into();
    }
    match outer_type(ty) {
        Some((name, Some(inner))) if name == "Box" => {
            let item = tree::of_attributes(&mut item, inner, scope, errors);
            let whole = item.known_whole();
            Call::new("boxed").pickler(item).whole(whole).into()
        }
        Some((name, Some(inner))) if name == "Vec" => {
            let item = of_item(&mut item, inner, &in_list, errors);
            if let Some(last) = &attributes.last {
                return to_last(last, ty, item, scope, errors);
            }
            list(attributes, span, item, scope, errors)
        }
        _ => {
            let ty = type_text(ty);
            errors.push(
                span,
                mistakes::WRONG_TYPE.says(format!(
                    "`item(...)` is for `Vec`, arrays, `Box` and `Option`, not for `{ty}`"
                )),
            );
            Pickler::Inferred
        }
    }
}

/// The pickler of an item of a list.
fn of_item(
    attributes: &mut FieldAttributes,
    ty: &Type,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let item = tree::of_attributes(attributes, ty, scope, errors);
    if !item.uses_index() {
        return item;
    }
    let whole = item.known_whole();
    Call::new("indexed")
        .with(Argument::Indexed(item.into()))
        .whole(whole)
        .into()
}

/// A list up to the item for which an expression holds.
pub fn to_last(
    (span, last): &(Span, Portable),
    ty: &Type,
    item: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let Some((name, Some(inner))) = outer_type(ty) else {
        errors.push(*span, mistakes::WRONG_TYPE.says(LISTS_ONLY));
        return item;
    };
    if name != "Vec" {
        errors.push(*span, mistakes::WRONG_TYPE.says(LISTS_ONLY));
        return item;
    }
    let whole = item.known_whole();
    let scope = Scope {
        purpose: Purpose::Last,
        in_list: true,
        ..*scope
    };
    match scope.condition(last, *span, errors) {
        Some(last) => Call::new("list_to_last")
            .pickler(item)
            .with(Argument::Last(last, inner.clone().into()))
            .whole(whole)
            .into(),
        None => item,
    }
}

const LISTS_ONLY: &str = "`last` says which item of a `Vec` is the last";

fn list(
    attributes: &FieldAttributes,
    span: Span,
    item: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let whole = item.known_whole();
    if let Some((_, terminator)) = &attributes.terminator {
        let terminated = Call::new("list_terminated")
            .pickler(item)
            .rust(&terminator.end)
            .whole(whole);
        return terminator::of_attributes(attributes, terminator, terminated, scope, errors);
    }
    let call = match &attributes.count {
        Some((_, CountBy::Prefix(prefix))) => {
            let whole = match prefix {
                Prefix::Bits(bits) if bits % 8 != 0 => Some(false),
                _ => whole,
            };
            return Call::new("list")
                .behind(prefix)
                .pickler(item)
                .whole(whole)
                .into();
        }
        Some((_, CountBy::Expression(count))) => match scope.resolve(count, errors) {
            Some(count) => Call::new("list_by").expression(count),
            None => return item,
        },
        None if attributes.size.is_some()
            || attributes.rest.is_some()
            || attributes.fills_piece =>
        {
            Call::new("list_to_end")
        }
        None => {
            errors.push(
                span,
                mistakes::NO_COUNT.says(
                    "how many items there are must be said, too: `count = u8`, `size = u16`, \
                     `last = ...` or `rest`",
                ),
            );
            return item;
        }
    };
    call.pickler(item).whole(whole).into()
}
