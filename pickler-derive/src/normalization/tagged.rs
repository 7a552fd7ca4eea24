//! Enums: a tag, and what it says comes then.

use proc_macro2::{Ident, Literal, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{DataEnum, DeriveInput};

use super::Body;
use super::expression::Expression;
use super::field::all_known;
use super::fields::{Around, Fields, Layout};
use super::pickler::Call;
use super::tag::{self, Tag, TagRange};
use crate::errors::Errors;
use crate::mistakes;
use crate::names::shown_name;
use crate::parsing::{
    self, Container, Counts, Direction, Parameter, Prefix, Presence, TagPattern, VariantAttributes,
};

/// An integer whose values have names.
pub struct Enumeration {
    pub tag: Tag,
    pub values: Vec<Value>,
    pub other: Option<Value>,
    /// Tags that the compiler must see to differ.
    pub to_compare: Vec<TagRange>,
}

pub struct Value {
    pub ident: Ident,
    pub name: String,
    pub tag: TagRange,
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
    /// Tags that the compiler must see to differ.
    pub to_compare: Vec<TagRange>,
}

pub struct Length {
    pub prefix: Prefix,
    pub counts: Counts,
    /// It is in front of the tag.
    pub first: bool,
}

pub struct Variant {
    pub ident: Ident,
    pub name: String,
    pub doc: String,
    /// In the order of the declaration: one at the least.
    pub tags: Vec<TagRange>,
    pub direction: Option<Direction>,
    /// Where it is there, over the parameters of the type.
    pub condition: Option<Expression>,
    pub fields: Fields,
}

impl Variant {
    /// Its first tag.
    pub fn tag(&self) -> &TagRange {
        // None has no tag, see `tags_of`.
        self.tags.first().unwrap_or(&TagRange::Known(0, 0))
    }
}

/// The variant that keeps an unknown tag and its body.
pub struct Other {
    pub ident: Ident,
    pub name: String,
    pub tag: syn::Member,
    pub body: syn::Member,
    pub body_type: syn::Type,
}

pub fn of_enum(
    input: &DeriveInput,
    data: &DataEnum,
    container: &Container,
    errors: &mut Errors,
) -> Option<Body> {
    let tag = tag::of_container(input, container, errors)?;
    if let Some((span, _)) = &container.little {
        let wide = tag.is_on_wire() && !tag.is_bytes() && tag.bits_taken().is_some_and(|it| it > 8);
        if wide || container.length.is_some() {
            errors.push(
                *span,
                mistakes::NOT_TOGETHER.says(
                    "a byte order by a condition is for what variants hold, not for a `length` or \
                     a tag of several bytes; say it of the field that holds the enum",
                ),
            );
        }
    }
    let length = container.length.as_ref().map(|(_, prefix)| Length {
        prefix: prefix.clone(),
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
    let mut taken = Taken {
        tags: Vec::new(),
        next: Some(0),
    };
    for variant in &data.variants {
        let mut attributes = VariantAttributes::new(variant, errors);
        let name = shown_name(
            &variant.ident,
            attributes.rename.take(),
            container.rename_all,
        );
        if let (true, Some(span)) = (tag.is_choice(), attributes.other) {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says(
                    "a `choice` has no unknown tags; a last variant that takes whatever there is, \
                     such as `Other(#[pickle(rest)] ByteString)`, keeps what no other is",
                ),
            );
            continue;
        }
        if let Some(span) = attributes.other {
            others.push((span, variant, name));
            continue;
        }
        if let (true, Some((span, _))) = (tag.is_choice(), &attributes.tag) {
            let message = "the variants of a `choice` have no tags: they are tried in order";
            errors.push(*span, mistakes::OUT_OF_PLACE.says(message));
            attributes.tag = None;
        }
        let tags = if attributes.has_other_tags() {
            Vec::new()
        } else {
            taken.tags_of(variant, &attributes, &tag, &name, errors)
        };
        variants.push((variant, attributes, name, tags));
    }
    for (variant, attributes, name, tags) in &mut variants {
        if tags.is_empty() {
            *tags = taken.others_of(variant, attributes, &tag, name, errors);
        }
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
        && all == Some(taken.count())
        && variants.iter().all(|(_, it, ..)| it.presence.is_always())
    {
        errors.push(
            span,
            mistakes::NEVER_UNKNOWN
                .says("this variant is never read: the others have all values of the tag"),
        );
    }
    let bare = variants.iter().all(|(variant, attributes, _, tags)| {
        variant.fields.is_empty()
            && matches!(&tags[..], [one] if one.is_one())
            && attributes.magic.is_none()
            && attributes.presence.is_always()
    });
    let keeps_body = other
        .as_ref()
        .is_some_and(|(_, variant, _)| variant.fields.len() > 1);
    let may_be_integer = bare && !keeps_body && length.is_none() && tag.is_on_wire();
    if let (Some(span), false) = (container.union, may_be_integer) {
        errors.push(
            span,
            mistakes::OUT_OF_PLACE.says(
                "`union` is for an enum with a tag whose variants hold nothing; this one is a \
                 union already",
            ),
        );
    }
    if may_be_integer && container.union.is_none() {
        let values = variants
            .into_iter()
            .map(|(variant, _, name, tags)| value(variant, name, tags[0].clone()))
            .collect();
        let other = other.and_then(|(span, variant, name)| {
            if variant.fields.len() == 1 {
                return Some(value(variant, name, TagRange::Known(0, 0)));
            }
            errors.push(
                span,
                mistakes::KEEPS_UNKNOWN.says(format!(
                    "a variant that keeps unknown tags holds the tag: `Other({})`",
                    tag.type_name()
                )),
            );
            None
        });
        return Some(Body::Enumeration(Enumeration {
            tag,
            values,
            other,
            to_compare: taken.compared(),
        }));
    }
    let variants = variants
        .into_iter()
        .map(|(variant, attributes, name, tags)| Variant {
            ident: variant.ident.clone(),
            name,
            doc: parsing::doc(&variant.attrs),
            direction: attributes.direction,
            condition: condition(&attributes, &container.context, errors),
            fields: body(variant, &attributes, (&tag, &tags), container, errors),
            tags,
        })
        .collect();
    let other = other.and_then(|(span, variant, name)| kept(span, variant, name, &tag, errors));
    Some(Body::Union(Box::new(Union {
        tag,
        length,
        variants,
        other,
        from: container.from.is_some(),
        to_compare: taken.compared(),
    })))
}

/// Where a variant is there.
fn condition(
    attributes: &VariantAttributes,
    parameters: &[Parameter],
    errors: &mut Errors,
) -> Option<Expression> {
    let (span, condition) = attributes.presence.condition()?;
    let is_given = parameters.iter().any(|it| it.name == "version");
    if let (Some(span), false) = (attributes.presence.version(), is_given) {
        let message = "the version must be given: `context(version: u8)` on the enum";
        errors.push(span, mistakes::OUT_OF_PLACE.says(message));
        return None;
    }
    let known = all_known(&[], parameters, errors);
    tag::of_type(&known).condition(&condition, span, errors)
}

/// The tags of the variants so far.
struct Taken {
    /// Each with the name of its variant, and when that is there.
    tags: Vec<(TagRange, String, Presence)>,
    /// The tag of the next variant that does not say its own, if that is known.
    next: Option<i128>,
}

impl Taken {
    /// The tags of a variant: one at the least.
    fn tags_of(
        &mut self,
        variant: &syn::Variant,
        attributes: &VariantAttributes,
        tag: &Tag,
        name: &str,
        errors: &mut Errors,
    ) -> Vec<TagRange> {
        let next = self.next.unwrap_or(0);
        let implicit = (variant.ident.span(), vec![TagPattern::Integer(next)]);
        if let (None, None) = (&attributes.tag, self.next) {
            let message = "the tag before this is a constant, which is not known here; say this \
                           one, too: `tag = ...`";
            errors.push(variant.ident.span(), mistakes::NO_NEXT_TAG.says(message));
            return vec![TagRange::Known(0, 0)];
        }
        let patterns = attributes.tag.as_ref().unwrap_or(&implicit);
        let mut tags = tag.ranges(patterns, errors);
        for range in &tags {
            let other = self.tags.iter().find_map(|(other, owner, presence)| {
                let shared = both(range, other)?;
                presence
                    .meet(&attributes.presence)
                    .then_some((shared, owner))
            });
            if let Some((value, owner)) = other {
                errors.push(
                    patterns.0,
                    mistakes::TAG_TAKEN.says(format!("tag {value} is already that of `{owner}`")),
                );
            }
            self.tags
                .push((range.clone(), name.to_owned(), attributes.presence.clone()));
        }
        if tags.is_empty() {
            tags.push(TagRange::Known(next, next));
        }
        let last = tags.last().and_then(TagRange::known);
        self.next = last.map(|(_, last)| last.saturating_add(1));
        tags
    }

    /// The tags that no variant has, which are those of one that says `_`: one
    /// at the least.
    fn others_of(
        &mut self,
        variant: &syn::Variant,
        attributes: &VariantAttributes,
        tag: &Tag,
        name: &str,
        errors: &mut Errors,
    ) -> Vec<TagRange> {
        let span = attributes.tag.as_ref().map(|(span, _)| *span);
        let span = span.unwrap_or(variant.ident.span());
        if self.tags.iter().any(|(range, ..)| range.known().is_none()) {
            let message = "what other tags there are is not known here, beside constants; write \
                           them, or let a variant with `other` keep what is unknown";
            errors.push(span, mistakes::NO_NEXT_TAG.says(message));
            return vec![TagRange::Known(0, 0)];
        }
        let taken = self.tags.iter().filter_map(|(range, ..)| range.known());
        let others = tag.others(taken);
        let owned = others.iter();
        let owned = owned.map(|range| {
            let presence = attributes.presence.clone();
            (range.clone(), name.to_owned(), presence)
        });
        self.tags.extend(owned);
        if others.is_empty() {
            let message = mistakes::TAG_TAKEN.says("the other variants have all tags");
            errors.push(span, message);
            return vec![TagRange::Known(0, 0)];
        }
        others
    }

    /// How many tags there are, at the least.
    fn count(&self) -> u128 {
        let counts = self.tags.iter().map(|(range, ..)| match range {
            TagRange::Known(first, last) => first.abs_diff(*last).saturating_add(1),
            TagRange::Constant(_) => 1,
        });
        counts.fold(0, u128::saturating_add)
    }

    /// What the compiler must compare: of types that have constants for tags,
    /// the tags of variants that are always there.
    fn compared(self) -> Vec<TagRange> {
        let has_constants = self.tags.iter().any(|(it, ..)| it.known().is_none());
        let always = self
            .tags
            .into_iter()
            .filter(|(.., it)| has_constants && it.is_always());
        always.map(|(range, ..)| range).collect()
    }
}

/// A tag of both, in words, if one is seen to be.
fn both(one: &TagRange, other: &TagRange) -> Option<String> {
    match (one, other) {
        (TagRange::Known(first, last), TagRange::Known(start, end)) => {
            (first <= end && start <= last).then(|| first.max(start).to_string())
        }
        (TagRange::Constant(path), other) if one == other => Some(format!(
            "`{}`",
            path.to_token_stream().to_string().replace(' ', "")
        )),
        _ => None,
    }
}

fn value(variant: &syn::Variant, name: String, tag: TagRange) -> Value {
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
    (tag, tags): (&Tag, &[TagRange]),
    container: &Container,
    errors: &mut Errors,
) -> Fields {
    let row = attributes.row;
    let around = Around {
        case: attributes.rename_all,
        row: row.is_some(),
        parameters: &container.context,
        tag: Some(tag),
        assertion: attributes.assertion.as_ref(),
        little: container.little.as_ref(),
    };
    let mut fields = Fields::new(&variant.fields, &around, errors);
    let several = tags.len() > 1 || !tags.iter().all(TagRange::is_one);
    match &fields.kept {
        None if several => {
            let span = attributes.tag.as_ref().map(|(span, _)| *span);
            errors.push(
                span.unwrap_or(variant.ident.span()),
                mistakes::KEEPS_TAG.says(format!(
                    "a variant of several tags keeps which it was: `{} {{ #[pickle(tag)] \
                     tag: {}, ... }}`",
                    variant.ident,
                    tag.type_name()
                )),
            );
        }
        Some(kept) if !several => errors.push(
            kept.span,
            mistakes::OUT_OF_PLACE.says("the variant has only one tag, so that none is to be kept"),
        ),
        _ => {}
    }
    fields.put_behind(attributes.magic.clone(), errors);
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
                variant.ident,
                tag.type_name()
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
