//! From attributes to the tree of combinators that they stand for.
//!
//! The order of wrapping, from the inside: what the type or `with`, `bits`,
//! `varint`, `given`, `count`, `rest` say; `bitflags`; `encoding`; `scale`;
//! `flags`; `none`; `constant`; `range`, `one_of` and `assert`; `json`; `xor` and its like; `size`; `shared`;
//! padding and alignment; `at` under a condition; `flag`, `if` and `rest` of an `Option`;
//! byte and bit order; `shown`; `at`.

use proc_macro2::{Ident, Literal, Span};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Type, parse_quote};

use super::expression::{Purpose, Scope};
use super::pickler::{Argument, Call, Pickler, is_countable, outer_type, units_whole};
use super::{elsewhere, filtered, leaf, list, optional, padding, shown, sized, terminator};
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{CountBy, FieldAttributes, Prefix, Reference, integer};

/// The pickler of a value of type `ty`.
pub fn of_attributes(
    attributes: &mut FieldAttributes,
    ty: &Type,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let mut holds = ty;
    let none = attributes.none.take();
    let has_none = none.is_some();
    if let (Some((span, _)), Some(_)) = (&none, &attributes.at) {
        errors.push(
            *span,
            mistakes::OUT_OF_PLACE
                .says("with `at`, `none` is of a field that has no condition, and of no item"),
        );
    }
    if let Some((span, _)) = &none {
        match outer_type(holds) {
            Some((name, Some(inner))) if name == "Option" => holds = inner,
            _ => errors.push(
                *span,
                mistakes::WRONG_TYPE.says("a field with `none` has the type `Option<T>`"),
            ),
        }
    }
    let optional = none.is_none() && option_of(ty).is_some();
    let may_be_absent =
        attributes.flag.is_some() || attributes.condition.is_some() || attributes.rest.is_some();
    if let (true, true, Some(inner)) = (optional, may_be_absent, option_of(ty)) {
        holds = inner;
    }
    let constant = attributes.constant.take();
    let in_option = holds != ty;
    let constant_value = constant.as_ref();
    let mut pickler = innermost(attributes, holds, in_option, constant_value, scope, errors);
    pickler = leaf::wrap(&attributes.leaf, pickler);
    let stands_for_none = none.as_ref().map(|(_, none)| match integer(none) {
        Some(none) => none..=none,
        // Only the compiler knows which it is.
        None => i128::MIN..=i128::MAX,
    });
    if let Some((_, none)) = none {
        pickler = Pickler::Sentinel(none, holds.clone(), pickler.into());
    }
    if let Some((span, value)) = constant {
        match ty {
            Type::Tuple(tuple) if tuple.elems.is_empty() => {}
            _ => errors.push(
                span,
                mistakes::WRONG_TYPE.says("a field with `constant` has the type `()`"),
            ),
        }
        pickler = Pickler::Constant(value, pickler.into());
    }
    let whole_value = if has_none { ty } else { holds };
    pickler = satisfying(attributes, whole_value, pickler, scope, errors);
    if attributes.json.is_some() {
        let whole = pickler.known_whole();
        pickler = Call::new("json").pickler(pickler).whole(whole).into();
    }
    pickler = filtered::of_attributes(attributes, holds, pickler, scope, errors);
    pickler = match attributes.leaf.pad {
        Some((span, unit)) => leaf::padded(span, unit, attributes, pickler, scope, errors),
        None => sized::of_attributes(attributes, pickler, scope, errors),
    };
    pickler = shared(attributes, pickler);
    let is_conditional = attributes.condition.is_some();
    pickler = padding::of_attributes(attributes.padding, pickler);
    if is_conditional {
        pickler = elsewhere::of_attributes(attributes, pickler, scope, errors);
    }
    pickler = optional::of_attributes(attributes, ty, optional, pickler, scope, errors);
    if attributes.orders.is_set() {
        pickler = Pickler::Ordered(attributes.orders, pickler.into());
    }
    if let Some((span, little)) = &attributes.little
        && let Some(little) = scope.condition(little, *span, errors)
    {
        let whole = pickler.known_whole();
        pickler = Call::new("endian_by")
            .layout(little, *span)
            .pickler(pickler)
            .whole(whole)
            .into();
    }
    pickler = shown::of_attributes(attributes, ty, stands_for_none.as_ref(), pickler, errors);
    if is_conditional {
        return pickler;
    }
    elsewhere::of_attributes(attributes, pickler, scope, errors)
}

/// `pickler`, of values of type `ty` of which all conditions must hold.
fn satisfying(
    attributes: &mut FieldAttributes,
    ty: &Type,
    mut pickler: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let scope = Scope {
        purpose: Purpose::Value,
        ..*scope
    };
    let with = matches!(pickler, Pickler::With(_));
    for (span, condition) in core::mem::take(&mut attributes.assertions) {
        if with {
            errors.push(
                span,
                mistakes::SHOWN_DIFFERENTLY.says(
                    "this has `with`, so that its value means something else in a description; \
                     make the conditions part of the pickler, with `try_map`",
                ),
            );
        }
        let Some(condition) = scope.condition(&condition, span, errors) else {
            continue;
        };
        let whole = pickler.known_whole();
        pickler = Call::new("satisfying")
            .pickler(pickler)
            .with(Argument::Condition(condition, ty.clone().into()))
            .whole(whole)
            .into();
    }
    pickler
}

/// `pickler` as what is a reference where it was seen before, if the attributes
/// say so.
fn shared(attributes: &FieldAttributes, pickler: Pickler) -> Pickler {
    let whole = pickler.known_whole();
    match &attributes.shared {
        None => pickler,
        Some((_, Reference::Offset { bits, mark })) => Call::new("share_by_offset")
            .of(Literal::u32_unsuffixed(*bits))
            .of_inferred()
            .rust(Literal::u64_unsuffixed(*mark))
            .pickler(pickler)
            .whole(whole)
            .into(),
        Some((_, Reference::Number(prefix, table))) => {
            let whole = match prefix {
                Prefix::Bits(bits) if bits % 8 != 0 => Some(false),
                _ => whole,
            };
            Call::new("share")
                .behind(prefix)
                .rust(table)
                .pickler(pickler)
                .whole(whole)
                .into()
        }
    }
}

/// What an `Option` holds.
pub fn option_of(ty: &Type) -> Option<&Type> {
    match outer_type(ty) {
        Some((name, Some(inner))) if name == "Option" => Some(inner),
        _ => None,
    }
}

/// The pickler in the middle.
fn innermost(
    attributes: &mut FieldAttributes,
    ty: &Type,
    in_option: bool,
    constant: Option<&(Span, Expr)>,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    if let Some((_, with)) = attributes.with.take() {
        return Pickler::With(with);
    }
    if attributes.deku.is_some() {
        return Call::new("deku").of(ty).whole(Some(true)).into();
    }
    if attributes.bitflags.take().is_some() {
        // The type of the bits follows from that of the flags.
        let bits = innermost(
            attributes,
            &parse_quote!(_),
            in_option,
            constant,
            scope,
            errors,
        );
        let whole = bits.known_whole();
        return Call::new("bitflags")
            .of(ty)
            .of_inferred()
            .pickler(bits)
            .whole(whole)
            .into();
    }
    if let Some(pickler) = leaf::of_attributes(attributes, ty, constant, errors) {
        return pickler;
    }
    if let Some((_, value)) = constant {
        return constant_type(value).map_or(Pickler::Inferred, Pickler::Of);
    }
    if let Some((span, arguments)) = &attributes.given {
        return match scope.arguments(arguments, errors) {
            Some(arguments) => Call::new("given_by")
                .of(ty)
                .with(Argument::Given(ty.clone().into(), arguments, *span))
                .into(),
            None => Pickler::Of(ty.clone()),
        };
    }
    if let Some((span, mut item)) = attributes.item.take() {
        // What an `Option` holds is an item of it, unless the field says it all.
        if in_option && attributes.count.is_none() && attributes.size.is_none() {
            return of_attributes(&mut item, ty, scope, errors);
        }
        return list::of_items(attributes, ty, span, *item, scope, errors);
    }
    match attributes.leaf.text_function() {
        Some(function) => {
            let units = units(attributes, &parse_quote!(_), scope, errors);
            leaf::text(function, ty, units)
        }
        None => units(attributes, ty, scope, errors),
    }
}

/// A list, text or bytes by what says how much there is, or any other type.
fn units(
    attributes: &FieldAttributes,
    ty: &Type,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    if let Some((_, terminator)) = &attributes.terminator {
        let terminated = Call::new("terminated")
            .of(ty)
            .of(quote!(_))
            .rust(&terminator.end)
            .whole(units_whole(ty));
        return terminator::of_attributes(attributes, terminator, terminated, scope, errors);
    }
    if let Some(last) = &attributes.last {
        let item = match outer_type(ty) {
            Some((_, Some(item))) => Pickler::Of(item.clone()),
            _ => Pickler::Of(ty.clone()),
        };
        return list::to_last(last, ty, item, scope, errors);
    }
    match &attributes.count {
        Some((_, CountBy::Prefix(prefix))) => Pickler::Counted(prefix.clone(), ty.clone()),
        Some((_, CountBy::Expression(expr))) => match scope.resolve(expr, errors) {
            Some(expr) => Call::new("counted_by")
                .of(ty)
                .expression(expr)
                .whole(units_whole(ty))
                .into(),
            None => Pickler::Of(ty.clone()),
        },
        None if (attributes.size.is_some()
            || attributes.rest.is_some()
            || attributes.fills_piece)
            && is_countable(ty) =>
        {
            Pickler::Rest(ty.clone())
        }
        None => Pickler::Of(ty.clone()),
    }
}

/// The type of a constant, as far as its literal tells.
pub fn constant_type(value: &Expr) -> Option<Type> {
    let Expr::Lit(ExprLit { lit, .. }) = value else {
        return None;
    };
    match lit {
        Lit::Int(literal) if !literal.suffix().is_empty() => {
            let ty = Ident::new(literal.suffix(), value.span());
            Some(parse_quote!(#ty))
        }
        Lit::ByteStr(bytes) => {
            let length = bytes.value().len();
            Some(parse_quote!([::core::primitive::u8; #length]))
        }
        Lit::Byte(_) => Some(parse_quote!(::core::primitive::u8)),
        _ => None,
    }
}
