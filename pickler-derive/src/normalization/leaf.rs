//! Things without parts.

use proc_macro2::{Literal, Span};
use quote::{ToTokens, quote};
use syn::{Expr, Type, parse_quote};

use super::expression::Scope;
use super::fixed::is_bool;
use super::pickler::{Call, Pickler, is_countable, outer_type, primitive_bits};
use super::tree::constant_type;
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{FieldAttributes, LeafAttributes, Portable, SizeBy, Varint, integer};

/// The pickler of an integer or number that is coded in some way, if it is.
pub fn of_attributes(
    attributes: &FieldAttributes,
    ty: &Type,
    constant: Option<&(Span, Expr)>,
    errors: &mut Errors,
) -> Option<Pickler> {
    let leaf = &attributes.leaf;
    let coded = [("zigzag_bits", leaf.zigzag), ("bcd", leaf.bcd)];
    if let Some((function, Some(span))) = coded.into_iter().find(|(_, span)| span.is_some()) {
        return Some(in_code(function, span, attributes, ty, errors));
    }
    if let Some(span) = leaf.half {
        if !matches!(ty, Type::Path(path) if path.path.is_ident("f32")) {
            errors.push(span, mistakes::OUT_OF_PLACE.says("`half` is for `f32`"));
        }
        return Some(Call::new("half").whole(Some(true)).into());
    }
    if let Some(span) = leaf.bytes {
        let Type::Array(array) = ty else {
            errors.push(
                span,
                mistakes::WRONG_TYPE.says("`bytes` is for arrays `[u8; N]`"),
            );
            return Some(Pickler::Of(ty.clone()));
        };
        let length = &array.len;
        return Some(
            Call::new("byte_array")
                .of(quote!({ #length }))
                .whole(Some(true))
                .into(),
        );
    }
    if let Some((span, bits)) = attributes.bits {
        return Some(self::bits(span, bits, ty, constant, errors));
    }
    let (span, varint) = leaf.varint?;
    Some(self::varint(
        span,
        varint,
        leaf.lenient.is_some(),
        ty,
        constant,
        errors,
    ))
}

fn bits(
    span: Span,
    bits: u32,
    ty: &Type,
    constant: Option<&(Span, Expr)>,
    errors: &mut Errors,
) -> Pickler {
    let ty = match constant {
        None => ty.clone(),
        Some((_, value)) => match constant_type(value) {
            Some(ty) => ty,
            None => return Pickler::InferredBits(bits),
        },
    };
    // A boolean fits any number of bits.
    if let Some(most) = primitive_bits(&ty).filter(|_| !is_bool(&ty))
        && bits > most
    {
        let ty = ty.to_token_stream();
        errors.push(
            span,
            mistakes::TOO_MANY_BITS.says(format!("`{ty}` has {most} bits, fewer than {bits}")),
        );
    }
    Pickler::Bits(bits, ty)
}

/// An integer in some bits, in a code other than binary.
fn in_code(
    function: &'static str,
    span: Span,
    attributes: &FieldAttributes,
    ty: &Type,
    errors: &mut Errors,
) -> Pickler {
    let bits = attributes.bits.map(|(_, bits)| bits);
    let Some(bits) = bits.or_else(|| primitive_bits(ty)) else {
        let name = span.source_text().unwrap_or_default();
        errors.push(
            span,
            mistakes::MALFORMED.says(format!("say in how many bits: `bits = 16, {name}`")),
        );
        return Pickler::Of(ty.clone());
    };
    Call::new(function)
        .of(Literal::u32_unsuffixed(bits))
        .of(ty)
        .whole(Some(bits.is_multiple_of(8)))
        .into()
}

/// An integer in as many bytes as it needs.
fn varint(
    span: Span,
    varint: Varint,
    lenient: bool,
    ty: &Type,
    constant: Option<&(Span, Expr)>,
    errors: &mut Errors,
) -> Pickler {
    let mut call = Call::new(varint.function()).whole(Some(true));
    match constant {
        None => {
            // Of the bits of flags, whose type has no name here.
            let is_inferred = matches!(ty, Type::Infer(_));
            if !is_inferred && is_countable(ty)
                || outer_type(ty).is_some_and(|(name, _)| name == "Option")
            {
                errors.push(span, mistakes::WRONG_TYPE.says("`varint` is for integers"));
            }
            call = call.of(ty);
        }
        Some((_, value)) => call = call.of(constant_type(value).unwrap_or(parse_quote!(_))),
    }
    if lenient {
        let varint = call.into();
        call = Call::new("lenient_varint")
            .pickler(varint)
            .whole(Some(true));
    }
    call.into()
}

/// Text in another encoding than UTF-8, of units that `units` carries.
pub fn text(function: &'static str, ty: &Type, units: Pickler) -> Pickler {
    let whole = units.known_whole();
    Call::new(function)
        .of(ty)
        .of(quote!(_))
        .pickler(units)
        .whole(whole)
        .into()
}

/// Text or bytes of a fixed width.
pub fn padded(
    span: Span,
    unit: u16,
    attributes: &FieldAttributes,
    pickler: Pickler,
    scope: &Scope<'_>,
    errors: &mut Errors,
) -> Pickler {
    let Some((_, SizeBy::Expression(Portable::Integer(size)))) = &attributes.size else {
        errors.push(
            span,
            mistakes::OUT_OF_PLACE.says("`pad` needs a fixed width: `size = 16, pad = 0`"),
        );
        return pickler;
    };
    if let Some((span, terminator)) = &attributes.terminator
        && integer(&terminator.end) == Some(unit.into())
    {
        errors.push(
            *span,
            mistakes::NOT_TOGETHER.says(
                "what ends it is padding, too; leave the `terminator` out: `pad` alone ends it in \
                 front of the padding",
            ),
        );
    }
    let leaf = &attributes.leaf;
    let is_utf16 = leaf.text_function() == Some("utf16");
    // Where there is no room for whole units, bytes fill it up.
    let of_units = is_utf16 && (unit == 0 || size.rem_euclid(2) == 0);
    if unit > 0xFF && !of_units {
        let message = if is_utf16 {
            "units of UTF-16 have 2 bytes, so `size` is even; an odd one is filled up with bytes, \
             such as `pad = b' '`"
        } else {
            "`pad` is a byte: 255 at the most"
        };
        errors.push(span, mistakes::PARTS_OF_UNITS.says(message));
    }
    let unit_bytes = if of_units { 2_u32 } else { 1 };
    let mut pickler = pickler;
    if attributes
        .ignore_leftover
        .is_some_and(|(_, ignored)| ignored)
        && let Some(none) = scope.resolve(&Portable::Integer(0), errors)
    {
        // Of what is in front of the padding.
        let all = Call::new("all_but").expression(none).pickler(pickler);
        pickler = Call::new("ignore_leftover")
            .pickler(all.into())
            .whole(Some(true))
            .into();
    }
    let ignored = leaf.padding_ignored.is_some_and(|(_, ignored)| ignored);
    Call::new("padded")
        .rust(Literal::i128_unsuffixed(*size))
        .rust(Literal::u16_unsuffixed(unit))
        .rust(Literal::u32_unsuffixed(unit_bytes))
        .rust(ignored)
        .pickler(pickler)
        .whole(Some(true))
        .into()
}

/// What an integer stands for.
pub fn wrap(leaf: &LeafAttributes, mut pickler: Pickler) -> Pickler {
    if leaf.scale.is_some() || leaf.unit.is_some() {
        let scale = Literal::u64_unsuffixed(leaf.scale.map_or(1, |(_, scale)| scale));
        let unit = leaf.unit.as_deref().unwrap_or_default();
        let whole = pickler.known_whole();
        pickler = Call::new("scaled")
            .rust(scale)
            .rust(unit)
            .pickler(pickler)
            .whole(whole)
            .into();
    }
    if let Some((_, flags)) = &leaf.flags {
        let pairs = flags.named.iter().map(|(name, bits)| {
            let bits = Literal::u128_unsuffixed(*bits);
            quote!((#name, #bits))
        });
        let keeps = flags.keeps;
        let whole = pickler.known_whole();
        pickler = Call::new("flags")
            .rust(quote!(&[#(#pairs),*]))
            .rust(keeps)
            .pickler(pickler)
            .whole(whole)
            .into();
    }
    pickler
}
