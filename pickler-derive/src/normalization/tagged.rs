//! Enums: a tag, and what it says comes then.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, Span};
use syn::spanned::Spanned;
use syn::{DataEnum, DeriveInput};

use super::Body;
use super::fields::{Fields, Layout};
use super::pickler::Call;
use crate::errors::Errors;
use crate::mistakes;
use crate::names::shown_name;
use crate::parsing::{self, Container, Counts, Direction, Parameter, VariantAttributes};

/// An integer whose values have names.
pub struct Enumeration {
    pub tag: Tag,
    pub values: Vec<Value>,
    pub other: Option<Value>,
}

pub struct Value {
    pub ident: Ident,
    pub name: String,
    pub tag: i128,
    pub style: Style,
}

/// How a variant without fields of its own is written in Rust.
#[derive(Clone, Copy)]
pub enum Style {
    Unit,
    Named,
    Unnamed,
}

/// A tag, and what it says comes then.
pub struct Union {
    pub tag: Tag,
    pub length: Option<Length>,
    /// In the order of the declaration.
    pub variants: Vec<Variant>,
    pub other: Option<Other>,
    /// Bodies turn into it by `From`.
    pub from: bool,
}

/// The type of tags.
pub struct Tag {
    pub ty: Ident,
    /// Its bits, if it is a bit field.
    pub bits: Option<u32>,
    /// The number of the protobuf field that holds it.
    pub key: Option<u64>,
}

pub struct Length {
    pub ty: Ident,
    pub counts: Counts,
    /// It is in front of the tag.
    pub first: bool,
}

pub struct Variant {
    pub ident: Ident,
    pub name: String,
    pub doc: String,
    pub tag: i128,
    pub direction: Option<Direction>,
    pub fields: Fields,
}

/// The variant that keeps an unknown tag and its body.
pub struct Other {
    pub ident: Ident,
    pub name: String,
    pub tag: syn::Member,
    pub body: syn::Member,
    pub body_type: syn::Type,
}

impl Tag {
    pub fn width(&self) -> u32 {
        self.bits.unwrap_or_else(|| type_bits(&self.ty))
    }

    pub fn is_signed(&self) -> bool {
        self.ty.to_string().starts_with('i')
    }

    /// The bits of a tag's value.
    pub fn raw(&self, value: i128) -> u128 {
        value.cast_unsigned() & (u128::MAX >> (128 - self.width()))
    }

    fn fits(&self, value: i128) -> bool {
        let width = self.width();
        if self.is_signed() {
            let limit = 1_i128.checked_shl(width - 1).unwrap_or(i128::MAX);
            width == 128 || (-limit..limit).contains(&value)
        } else {
            value >= 0 && value.cast_unsigned() <= u128::MAX >> (128 - width)
        }
    }
}

/// The bits of an integer type, from its name.
pub fn type_bits(ty: &Ident) -> u32 {
    // Only integer types get here, see `is_integer_type`.
    ty.to_string()[1..].parse().unwrap_or(8)
}

pub fn of_enum(
    input: &DeriveInput,
    data: &DataEnum,
    container: Container,
    errors: &mut Errors,
) -> Option<Body> {
    let tag = tag(input, &container, errors)?;
    let length = container.length.map(|(_, ty)| Length {
        ty,
        counts: container.length_counts.map_or(Counts::Body, |(_, it)| it),
        first: container.length_first.is_some(),
    });
    if length.is_none()
        && let Some((span, _)) = container.length_counts
    {
        errors.push(
            span,
            mistakes::OUT_OF_PLACE.says("`length_counts` needs a `length`"),
        );
    }
    if length.is_none()
        && let Some(span) = container.length_first
    {
        errors.push(
            span,
            mistakes::OUT_OF_PLACE.says("`length_first` needs a `length`"),
        );
    }
    let mut variants = Vec::new();
    let mut others = Vec::new();
    let mut names: BTreeMap<i128, String> = BTreeMap::new();
    let mut next = 0;
    for variant in &data.variants {
        let mut attributes = VariantAttributes::new(variant, errors);
        let name = shown_name(
            &variant.ident,
            attributes.rename.take(),
            container.rename_all,
        );
        if let Some(span) = attributes.other {
            others.push((span, variant, name));
            continue;
        }
        let (span, value) = attributes.tag.unwrap_or((variant.ident.span(), next));
        next = value.saturating_add(1);
        if !tag.fits(value) {
            let (ty, width) = (&tag.ty, tag.width());
            errors.push(
                span,
                mistakes::TAG_DOES_NOT_FIT.says(format!(
                    "tag {value} does not fit the {width} bits of `{ty}`"
                )),
            );
        }
        if let Some(first) = names.insert(value, name.clone()) {
            errors.push(
                span,
                mistakes::TAG_TAKEN.says(format!("tag {value} is already that of `{first}`")),
            );
        }
        variants.push((variant, attributes, name, value));
    }
    for (span, ..) in others.iter().skip(1) {
        errors.push(
            *span,
            mistakes::KEEPS_UNKNOWN.says("only one variant can keep unknown tags"),
        );
    }
    let other = others.into_iter().next();
    let all = 1_u128.checked_shl(tag.width());
    if let Some((span, ..)) = other
        && all == Some(names.len() as u128)
    {
        errors.push(
            span,
            mistakes::NEVER_UNKNOWN
                .says("this variant is never read: the others have all values of the tag"),
        );
    }
    let bare = variants
        .iter()
        .all(|(variant, ..)| variant.fields.is_empty());
    let keeps_body = other
        .as_ref()
        .is_some_and(|(_, variant, _)| variant.fields.len() > 1);
    if bare && !keeps_body && length.is_none() {
        let values = variants
            .into_iter()
            .map(|(variant, _, name, tag)| value(variant, name, tag))
            .collect();
        let other = other.and_then(|(span, variant, name)| {
            if variant.fields.len() == 1 {
                return Some(value(variant, name, 0));
            }
            errors.push(
                span,
                mistakes::KEEPS_UNKNOWN.says(format!(
                    "a variant that keeps unknown tags holds the tag: `Other({})`",
                    tag.ty
                )),
            );
            None
        });
        return Some(Body::Enumeration(Enumeration { tag, values, other }));
    }
    let variants = variants
        .into_iter()
        .map(|(variant, attributes, name, value)| Variant {
            ident: variant.ident.clone(),
            name,
            doc: parsing::doc(&variant.attrs),
            tag: value,
            direction: attributes.direction,
            fields: body(variant, &attributes, &container.context, errors),
        })
        .collect();
    let other = other.and_then(|(span, variant, name)| kept(span, variant, name, &tag, errors));
    Some(Body::Union(Box::new(Union {
        tag,
        length,
        variants,
        other,
        from: container.from.is_some(),
    })))
}

fn tag(input: &DeriveInput, container: &Container, errors: &mut Errors) -> Option<Tag> {
    if let (Some((span, _)), None) = (&container.tag_key, container.protobuf) {
        errors.push(
            *span,
            mistakes::OUT_OF_PLACE
                .says("`tag_key` is for protobuf messages: `protobuf, tag_key = 1`"),
        );
    }
    let key = container.tag_key.as_ref().map(|(_, key)| *key);
    match (&container.tag, container.bits) {
        (None, None) if container.protobuf.is_some() => Some(Tag {
            ty: Ident::new("i32", Span::mixed_site()),
            bits: None,
            key,
        }),
        (Some((_, ty)), bits) => {
            if let Some((span, bits)) = bits
                && bits > type_bits(ty)
            {
                errors.push(
                    span,
                    mistakes::TOO_MANY_BITS.says(format!(
                        "`{ty}` has {} bits, fewer than {bits}",
                        type_bits(ty)
                    )),
                );
                return None;
            }
            Some(Tag {
                ty: ty.clone(),
                bits: bits.map(|(_, bits)| bits),
                key,
            })
        }
        (None, Some((span, bits))) => {
            let ty = ["u8", "u16", "u32", "u64", "u128"]
                .into_iter()
                .map(|name| Ident::new(name, span))
                .find(|ty| bits <= type_bits(ty))?;
            Some(Tag {
                ty,
                bits: Some(bits),
                key,
            })
        }
        (None, None) => {
            errors.push(
                input.ident.span(),
                mistakes::NO_TAG.says(
                    "an enum needs a tag that tells its variants apart: `#[pickle(tag = u8)]`",
                ),
            );
            None
        }
    }
}

fn value(variant: &syn::Variant, name: String, tag: i128) -> Value {
    Value {
        ident: variant.ident.clone(),
        name,
        tag,
        style: match variant.fields {
            syn::Fields::Unit => Style::Unit,
            syn::Fields::Named(_) => Style::Named,
            syn::Fields::Unnamed(_) => Style::Unnamed,
        },
    }
}

fn body(
    variant: &syn::Variant,
    attributes: &VariantAttributes,
    parameters: &[Parameter],
    errors: &mut Errors,
) -> Fields {
    let row = attributes.row;
    let mut fields = Fields::new(
        &variant.fields,
        attributes.rename_all,
        row.is_some(),
        parameters,
        errors,
    );
    if let (Some(span), Layout::Transparent | Layout::Tuple) = (row, &fields.layout) {
        errors.push(
            span,
            mistakes::OUT_OF_PLACE.says("`row` is for variants with named fields"),
        );
    }
    if let Some((span, key)) = attributes.key {
        match (&fields.layout, &mut *fields.fields) {
            (Layout::Transparent, [field]) => {
                field.pickler = Call::new("protobuf_field")
                    .of(&field.ty)
                    .rust(Literal::u64_suffixed(key))
                    .whole(Some(true))
                    .into();
            }
            _ => errors.push(
                span,
                mistakes::MALFORMED
                    .says("a variant with a `key` holds one message: `Variant(Message)`"),
            ),
        }
    }
    fields
}

fn kept(
    span: Span,
    variant: &syn::Variant,
    name: String,
    tag: &Tag,
    errors: &mut Errors,
) -> Option<Other> {
    let fields: Vec<_> = variant.fields.members().zip(&variant.fields).collect();
    let [(tag_member, _), (body_member, body)] = fields.as_slice() else {
        let at = if fields.is_empty() {
            span
        } else {
            variant.fields.span()
        };
        errors.push(
            at,
            mistakes::KEEPS_UNKNOWN.says(format!(
                "a variant that keeps unknown tags holds the tag and the bytes of the body: \
                 `{} {{ tag: {}, body: ByteString }}`",
                variant.ident, tag.ty
            )),
        );
        return None;
    };
    Some(Other {
        ident: variant.ident.clone(),
        name,
        tag: tag_member.clone(),
        body: body_member.clone(),
        body_type: body.ty.clone(),
    })
}
