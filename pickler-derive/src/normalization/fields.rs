//! The fields of a struct or variant.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Member};

use super::checksum::expect_whole_bytes;
use super::expression::{Expression, Known, Purpose, Scope};
use super::field::{Field, Raw, all_known};
use super::keyed::{self, KeyFormat, Keyed};
use super::pickler::{Pickler, primitive_bits};
use super::tag::{Tag, least_type};
use super::tree::{constant_type, option_of};
use crate::errors::Errors;
use crate::mistakes;
use crate::names::Case;
use crate::parsing::{
    Assertion, Container, DefaultOf, FieldAttributes, Parameter, Portable, SizeBy, bits_call,
    integer,
};

#[allow(
    clippy::struct_field_names,
    reason = "a declaration's fields are called so"
)]
pub struct Fields {
    pub layout: Layout,
    /// A constant in front of the fields.
    magic: Option<Box<Pickler>>,
    pub fields: Vec<Field>,
    /// Conditions that must hold of all of them together.
    pub assertions: Vec<Expression>,
    /// What is not on the wire here: the tag of the variant.
    pub kept: Option<KeptTag>,
}

/// What is said of fields by what they are in.
pub struct Around<'a> {
    pub case: Option<Case>,
    pub row: bool,
    pub parameters: &'a [Parameter],
    /// Of a variant.
    pub tag: Option<&'a Tag>,
    pub assertion: Option<&'a Assertion>,
    /// Where fields are little-endian that do not say it themselves.
    pub little: Option<&'a (Span, Portable)>,
}

/// A field that keeps which of its variant's tags there was.
pub struct KeptTag {
    pub member: Member,
    pub span: Span,
}

/// How fields make up what holds them.
pub enum Layout {
    /// Named, or none at all.
    Record { row: bool },
    /// The only one is what holds it, and not a part of it.
    Transparent,
    /// By their place.
    Tuple,
    /// Each behind the key that says which it is.
    Keyed(Keyed),
}

impl Fields {
    /// There is a constant in front of them.
    pub fn has_magic(&self) -> bool {
        self.magic.is_some()
    }

    pub fn of_struct(fields: &syn::Fields, mut container: Container, errors: &mut Errors) -> Self {
        let row = container.row;
        let is_newtype =
            matches!(fields, syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1);
        match (container.keyed.take(), container.protobuf) {
            (Some((span, _)), Some(_)) => {
                errors.push(
                    span,
                    mistakes::NOT_TOGETHER
                        .says("a protobuf message has its own keys; leave out `keyed`"),
                );
            }
            (Some((_, pairs)), None) => {
                return Self::keyed(fields, KeyFormat::Pairs(pairs), container, errors);
            }
            (None, Some(_)) if !is_newtype => {
                return Self::keyed(fields, KeyFormat::Protobuf, container, errors);
            }
            _ => {}
        }
        if let Some((span, _)) = container.unknown {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says("`unknown` is for structs whose fields have keys"),
            );
        }
        let around = Around {
            case: container.rename_all,
            row: row.is_some(),
            parameters: &container.context,
            tag: None,
            assertion: container.assertion.as_ref(),
            little: container.little.as_ref(),
        };
        let mut it = Self::new(fields, &around, errors);
        it.put_behind(container.magic, errors);
        if let (Some(span), Layout::Transparent | Layout::Tuple) = (row, &it.layout) {
            let message = "`row` is for structs with named fields";
            errors.push(span, mistakes::OUT_OF_PLACE.says(message));
        }
        let conditions = it.fields.iter().any(|field| field.pickler.has_conditions());
        if let (Some(span), true) = (container.protobuf, conditions) {
            let message = "a value in a protobuf message has no conditions";
            errors.push(span, mistakes::NOT_TOGETHER.says(message));
        }
        if let (Some(span), Some(_)) = (container.protobuf, &it.magic) {
            let message = "nothing stands in front of a value in a protobuf message";
            errors.push(span, mistakes::NOT_TOGETHER.says(message));
        }
        it
    }

    fn keyed(
        fields: &syn::Fields,
        format: KeyFormat,
        container: Container,
        errors: &mut Errors,
    ) -> Self {
        let misplaced = [
            ("row", container.row),
            (
                "assert",
                container.assertion.as_ref().map(|(span, _)| *span),
            ),
            ("endian", container.little.as_ref().map(|(span, _)| *span)),
            ("magic", container.magic.map(|(span, _)| span)),
        ];
        for (key, span) in misplaced {
            if let Some(span) = span {
                errors.push(
                    span,
                    mistakes::OUT_OF_PLACE
                        .says(format!("`{key}` is not for structs whose fields have keys")),
                );
            }
        }
        if let KeyFormat::Pairs(pairs) = &format
            && pairs.key.is_none()
        {
            errors.push(
                Span::call_site(),
                mistakes::KEYS
                    .says("`keyed` says how keys are written: `keyed(key = u8, size = u8)`"),
            );
        }
        let mut raw = raw_fields(fields, true, errors);
        take_kept(&mut raw, None, errors);
        if let syn::Fields::Unnamed(fields) = fields {
            let message = "fields with keys have names";
            errors.push(fields.paren_token.span.join(), mistakes::KEYS.says(message));
        }
        for (span, _) in raw.iter().filter_map(|field| field.attributes.at.as_ref()) {
            errors.push(
                *span,
                mistakes::OUT_OF_PLACE.says(
                    "`at` is not for fields with keys; put it into a struct that is the value",
                ),
            );
        }
        let known = all_known(&raw, &container.context, errors);
        let (case, default) = (
            container.rename_all,
            container.default == Some(DefaultOf::Type),
        );
        let unknown = container.unknown.map(|(_, unknown)| unknown);
        let (keyed, fields) =
            keyed::of_fields(raw, &known, (format, unknown), (case, default), errors);
        Self {
            layout: Layout::Keyed(keyed),
            magic: None,
            fields,
            assertions: Vec::new(),
            kept: None,
        }
    }

    pub fn new(fields: &syn::Fields, around: &Around<'_>, errors: &mut Errors) -> Self {
        let Around {
            case,
            row,
            parameters,
            tag,
            ..
        } = *around;
        let mut raw = raw_fields(fields, false, errors);
        let kept = take_kept(&mut raw, tag, errors);
        for field in &raw {
            let attributes = &field.attributes;
            let misplaced = [
                ("key", attributes.key.map(|(span, _)| span)),
                ("repeated", attributes.repeated),
                ("packed", attributes.packed),
                ("fixed", attributes.fixed),
                ("unknown", attributes.unknown),
            ];
            for (key, span) in misplaced {
                if let Some(span) = span {
                    errors.push(
                        span,
                        mistakes::OUT_OF_PLACE.says(format!(
                            "`{key}` is for fields of a struct with `keyed(...)` or `protobuf`"
                        )),
                    );
                }
            }
        }
        for field in raw.iter().rev().skip(1) {
            if let Some((name, span)) = field.takes_the_rest() {
                errors.push(
                    span,
                    mistakes::TAKES_THE_REST.says(format!(
                        "`{name}` takes all that is left, so that nothing is left for the fields \
                         behind; put it last, or write `count = ...` or `size = ...`"
                    )),
                );
            }
        }
        let layout = match fields {
            syn::Fields::Unnamed(_) if raw.len() == 1 => Layout::Transparent,
            syn::Fields::Unnamed(_) if !raw.is_empty() => Layout::Tuple,
            _ => Layout::Record { row },
        };
        if !matches!(layout, Layout::Record { .. }) {
            for field in &raw {
                if let Some(span) = field.dependence(parameters) {
                    errors.push(
                        span,
                        mistakes::NO_NAMES
                            .says("expressions look at fields by name; give the fields names"),
                    );
                }
            }
        }
        let mut known = all_known(&raw, parameters, errors);
        if tag.is_some_and(Tag::is_number) {
            known.push(Known::tag(kept.as_ref().map(|kept| &kept.member)));
        }
        if raw.iter().any(|field| field.attributes.at.is_some()) {
            for field in &raw {
                let all_but = match &field.attributes.size {
                    Some((span, SizeBy::AllBut(_))) => Some(*span),
                    _ => None,
                };
                let rest = field
                    .attributes
                    .rest
                    .filter(|_| field.attributes.at.is_none());
                if let Some(span) = rest.or(all_but) {
                    errors.push(
                        span,
                        mistakes::REST_AND_ELSEWHERE.says(
                            "this would take what stands elsewhere, too; write `count = ...` \
                             or `size = ...`",
                        ),
                    );
                }
            }
        }
        let spans: Vec<Span> = raw.iter().map(|field| field.field.span()).collect();
        let varints: Vec<Option<Span>> = raw
            .iter()
            .map(|field| field.attributes.leaf.varint.as_ref().map(|(span, _)| *span))
            .collect();
        if let Some(little) = around.little {
            give_order(&mut raw, little);
        }
        let fields: Vec<Field> = raw
            .into_iter()
            .enumerate()
            .map(|(index, raw)| raw.normalize(index, &known, case, errors))
            .collect();
        for (expression, span) in fields.iter().flat_map(|field| field.pickler.layout()) {
            if expression.follows_sizes(&fields) {
                errors.push(
                    span,
                    mistakes::SIZE_NOT_KNOWN.says(
                        "what comes cannot depend on how many bytes something takes: that is known \
                     only when all is there",
                    ),
                );
            }
        }
        check_varints(&fields, &varints, errors);
        check_offsets(&fields, &spans, errors);
        expect_whole_bytes(&fields, errors);
        Self {
            magic: None,
            assertions: assertions(around.assertion, &layout, &known, fields.len(), errors),
            layout,
            fields,
            kept,
        }
    }

    /// Some field stands elsewhere.
    pub fn has_elsewhere(&self) -> bool {
        self.fields.iter().any(|field| field.elsewhere.is_some())
    }

    pub fn magic(&self) -> Option<&Pickler> {
        self.magic.as_deref()
    }

    /// Puts them behind a constant, if one is given.
    pub fn put_behind(&mut self, magic: Option<(Span, Expr)>, errors: &mut Errors) {
        self.magic = magic
            .and_then(|(_, value)| magic_pickler(value, errors))
            .map(Box::new);
    }

    /// Some expression looks at sizes.
    pub fn uses_sizes(&self) -> bool {
        self.fields.iter().any(|field| {
            let derived = field.derived.as_ref();
            let elsewhere = field.elsewhere.as_ref();
            derived.is_some_and(|derived| derived.expr.uses_sizes())
                || elsewhere.is_some_and(|elsewhere| elsewhere.at.uses_sizes())
                || field
                    .pickler
                    .expressions()
                    .into_iter()
                    .any(Expression::uses_sizes)
        })
    }
}

/// How long something is cannot follow from sizes, of which it is one.
fn check_varints(fields: &[Field], varints: &[Option<Span>], errors: &mut Errors) {
    for (field, varint) in fields.iter().zip(varints) {
        let derived = field.derived.as_ref();
        if let (Some(span), Some(derived)) = (varint, derived)
            && derived.expr.follows_sizes(fields)
        {
            errors.push(
                *span,
                mistakes::SIZE_NOT_KNOWN.says(
                    "a `varint` cannot follow from sizes: how long it is would follow from itself",
                ),
            );
        }
    }
}

/// How much there is cannot depend on where something is put, which follows
/// from how much there is.
fn check_offsets(fields: &[Field], spans: &[Span], errors: &mut Errors) {
    for (field, span) in fields.iter().zip(spans) {
        let expressions = field.pickler.expressions();
        if expressions.iter().any(|it| it.follows_offsets(fields)) {
            errors.push(
                *span,
                mistakes::OFFSET_NOT_KNOWN.says(
                    "how much this takes cannot depend on where something is put: that is known \
                     only when all sizes are",
                ),
            );
        }
    }
}

fn raw_fields<'a>(fields: &'a syn::Fields, keyed: bool, errors: &mut Errors) -> Vec<Raw<'a>> {
    let raw = fields.iter().enumerate().map(|(place, field)| {
        // Of an `Option`, conditions are on what is in it; of a field with a key, on
        // each of its values.
        let name = field.ident.as_ref();
        let name = name.filter(|_| !keyed && option_of(&field.ty).is_none());
        Raw {
            field,
            place,
            attributes: FieldAttributes::new(&field.attrs, name, errors),
            holds: None,
            asserts_values: name.is_none(),
        }
    });
    raw.collect()
}

/// The conditions on all fields together.
fn assertions(
    assertion: Option<&Assertion>,
    layout: &Layout,
    known: &[Known],
    fields: usize,
    errors: &mut Errors,
) -> Vec<Expression> {
    let Some((span, expr)) = assertion else {
        return Vec::new();
    };
    if !matches!(layout, Layout::Record { .. }) {
        let message = "expressions look at fields by name; give the fields names";
        errors.push(*span, mistakes::NO_NAMES.says(message));
        return Vec::new();
    }
    let scope = Scope {
        fields: known,
        of: fields,
        purpose: Purpose::Assertion,
        in_list: false,
    };
    let condition = scope.condition(expr, *span, errors);
    condition.into_iter().collect()
}

/// Gives the fields behind those that a byte order looks at that order, unless
/// they have one.
fn give_order(raw: &mut [Raw<'_>], little: &(Span, Portable)) {
    let mut first = 0;
    little.1.walk(&mut |it| {
        if let Portable::Name(name) = it {
            let is_it = |field: &Raw<'_>| field.field.ident.as_ref() == Some(name);
            first = first.max(raw.iter().position(is_it).map_or(0, |index| index + 1));
        }
    });
    for field in &mut raw[first..] {
        let attributes = &mut field.attributes;
        let is_byte = primitive_bits(&field.field.ty) == Some(8);
        if attributes.little.is_none() && attributes.orders.bytes.is_none() && !is_byte {
            attributes.little = Some(little.clone());
        }
    }
}

/// Takes out the field that keeps the tag, if there is one.
fn take_kept(raw: &mut Vec<Raw<'_>>, tag: Option<&Tag>, errors: &mut Errors) -> Option<KeptTag> {
    let mut kept = None;
    raw.retain(|field| {
        let Some((span, alone)) = field.attributes.tag else {
            return true;
        };
        let Some(tag) = tag else {
            let message = "`tag` is for fields of a variant: it keeps which tag there was";
            errors.push(span, mistakes::OUT_OF_PLACE.says(message));
            return false;
        };
        if !alone {
            let message = "the tag is not on the wire here; it has no other attributes";
            errors.push(span, mistakes::NOT_TOGETHER.says(message));
        }
        let ty = field.field.ty.to_token_stream().to_string();
        if ty != tag.type_name() {
            let message = format!(
                "it keeps the tag, so that its type is `{}`",
                tag.type_name()
            );
            errors.push(field.field.ty.span(), mistakes::WRONG_TYPE.says(message));
        }
        if kept.is_some() {
            errors.push(span, mistakes::GIVEN_TWICE.says("the tag is kept twice"));
        }
        let member = match &field.field.ident {
            Some(name) => Member::Named(name.clone()),
            None => Member::Unnamed(field.place.into()),
        };
        kept = Some(KeptTag { member, span });
        false
    });
    kept
}

pub fn magic_pickler(value: Expr, errors: &mut Errors) -> Option<Pickler> {
    if let Some(ty) = constant_type(&value) {
        return Some(Pickler::Constant(value, Pickler::Of(ty).into()));
    }
    if let Some((bits, value)) = bits_call(&value)
        && let Some(number) = integer(value)
    {
        if number < 0 || number >> bits != 0 {
            errors.add(syn::Error::new_spanned(
                value,
                mistakes::TOO_MANY_BITS.says(format!("{number} does not fit {bits} bits")),
            ));
            return None;
        }
        let ty: syn::Type = syn::parse_str(least_type(bits)?).ok()?;
        return Some(Pickler::Constant(
            value.clone(),
            Pickler::Bits(bits, ty).into(),
        ));
    }
    errors.add(syn::Error::new_spanned(
        value,
        mistakes::MALFORMED.says(
            "`magic` is bytes or an integer that names its type: `magic = b\"GIF8\"`, \
         `magic = 0x2A_u16`, or one of so many bits: `magic = bits(4, 0b0010)`",
        ),
    ));
    None
}
