//! Structs whose fields say which they are.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::Type;

use super::expression::Known;
use super::field::{Field, Raw};
use super::pickler::{Call, Pickler, outer_type};
use crate::errors::Errors;
use crate::mistakes;
use crate::names::Case;
use crate::parsing::{KeyedAttributes, Number, UnknownKeys};

/// What stands around the fields of a struct.
pub enum KeyFormat {
    Protobuf,
    Pairs(KeyedAttributes),
}

/// A struct whose fields say which they are.
pub struct Keyed {
    pub format: KeyFormat,
    pub in_order: bool,
    pub ignores_unknown: bool,
    /// As many as there are fields.
    pub fields: Vec<KeyedField>,
}

/// What is particular to one of its fields.
pub struct KeyedField {
    pub occurs: Occurs,
    pub key: u64,
    /// The type of one value.
    pub holds: Type,
    pub form: Form,
}

/// How often a field is there.
#[derive(Clone, Copy, PartialEq)]
pub enum Occurs {
    Required,
    Optional,
    /// Not, if it has its default.
    Implicit,
    Repeated {
        packed: bool,
    },
    /// It keeps all others.
    Unknown,
}

/// How a value is held.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    Plain,
    Bytes,
    /// As its type says.
    OfType,
    Zigzag,
    Fixed,
}

impl Keyed {
    /// Keys and values start and end on byte boundaries.
    pub fn is_whole(&self) -> bool {
        match &self.format {
            KeyFormat::Protobuf => true,
            KeyFormat::Pairs(pairs) => {
                let numbers = [pairs.key, pairs.size, pairs.count];
                pairs.size.is_some()
                    && numbers.iter().flatten().all(|number| match number {
                        Number::Bits(bits) => bits.is_multiple_of(8),
                        Number::Varint(_) => true,
                    })
            }
        }
    }

    /// The pickler of one value, without its size.
    pub fn pickler(&self, index: usize, field: &Field) -> Pickler {
        let keyed = &self.fields[index];
        let function = match keyed.form {
            Form::Plain | Form::Bytes => return field.pickler.clone(),
            Form::OfType => "protobuf",
            Form::Zigzag => "protobuf_zigzag",
            Form::Fixed => "protobuf_fixed",
        };
        let of_type: Pickler = Call::new(function).of(&keyed.holds).into();
        match &field.pickler {
            Pickler::Shown(pairs, _) => Pickler::Shown(pairs.clone(), of_type.into()),
            _ => of_type,
        }
    }
}

/// The fields of a keyed struct.
pub fn of_fields(
    raw: Vec<Raw<'_>>,
    known: &[Known],
    keyed: (KeyFormat, Option<UnknownKeys>),
    (case, default): (Option<Case>, bool),
    errors: &mut Errors,
) -> (Keyed, Vec<Field>) {
    let (format, unknown) = keyed;
    let mut it = Keyed {
        in_order: matches!(&format, KeyFormat::Pairs(pairs) if pairs.in_order),
        ignores_unknown: unknown == Some(UnknownKeys::Ignore),
        format,
        fields: Vec::new(),
    };
    let mut keys = BTreeMap::new();
    let mut fields = Vec::new();
    for (index, mut raw) in raw.into_iter().enumerate() {
        let assertion = raw.attributes.assertions.first().map(|(span, _)| *span);
        if let Some(span) = raw.dependence(&[]).or(assertion) {
            errors.push(
                span,
                mistakes::KEYS.says(
                    "fields with keys come in any order, so that no field can depend on another",
                ),
            );
        }
        let (keyed, span) = of_field(&mut raw, &it.format, default, errors);
        if keyed.occurs == Occurs::Unknown {
            if it
                .fields
                .iter()
                .any(|field| field.occurs == Occurs::Unknown)
            {
                errors.push(
                    span,
                    mistakes::KEYS.says("one field keeps unknown keys, not two"),
                );
            }
        } else if let Some(other) = keys.insert(keyed.key, raw.known().name) {
            errors.push(
                span,
                mistakes::KEYS.says(format!("the key {} is that of `{other}`, too", keyed.key)),
            );
        }
        raw.holds = Some(keyed.holds.clone());
        let field = raw.normalize(index, known, case, errors);
        let is_type = match &field.pickler {
            Pickler::Of(_) => true,
            Pickler::Shown(_, inner) => matches!(**inner, Pickler::Of(_)),
            _ => false,
        };
        let form = match keyed.form {
            Form::OfType if !is_type => Form::Bytes,
            form => form,
        };
        it.fields.push(KeyedField { form, ..keyed });
        fields.push(field);
    }
    (it, fields)
}

fn of_field(
    raw: &mut Raw<'_>,
    format: &KeyFormat,
    all_default: bool,
    errors: &mut Errors,
) -> (KeyedField, Span) {
    let attributes = &mut raw.attributes;
    let ty = &raw.field.ty;
    let span = raw
        .field
        .ident
        .as_ref()
        .map_or_else(Span::call_site, syn::Ident::span);
    if let Some(span) = attributes.unknown {
        let field = KeyedField {
            occurs: Occurs::Unknown,
            key: 0,
            // Never read alone.
            holds: syn::parse_quote!(::core::primitive::u8),
            form: Form::Plain,
        };
        return (field, span);
    }
    let (span, key) = attributes.key.unwrap_or_else(|| {
        errors.push(
            span,
            mistakes::KEYS.says(
                "a field of a keyed struct has a key: `#[pickle(key = 1)]`, or keeps all others: \
             `#[pickle(unknown)]`",
            ),
        );
        (span, 0)
    });
    let is_protobuf = matches!(format, KeyFormat::Protobuf);
    let packed = attributes.packed.is_some();
    let repeated = attributes.repeated.or(attributes.packed);
    let has_default = all_default || attributes.default.is_some();
    let (occurs, holds) = match outer_type(ty) {
        Some((name, Some(inner))) if name == "Option" && attributes.none.is_none() => {
            (Occurs::Optional, inner)
        }
        Some((name, Some(inner))) if name == "Vec" && (repeated.is_some() || is_protobuf) => {
            (Occurs::Repeated { packed }, inner)
        }
        _ => {
            if let Some(span) = repeated {
                errors.push(
                    span,
                    mistakes::WRONG_TYPE.says("a field that is repeated has the type `Vec<T>`"),
                );
            }
            let occurs = if has_default {
                Occurs::Implicit
            } else {
                Occurs::Required
            };
            (occurs, ty)
        }
    };
    let of_protobuf = [("packed", attributes.packed), ("fixed", attributes.fixed)];
    for (name, span) in of_protobuf {
        if let Some(span) = span
            && !is_protobuf
        {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says(format!("`{name}` is for fields of protobuf messages")),
            );
        }
    }
    let form = match format {
        KeyFormat::Pairs(pairs) if pairs.size.is_none() => Form::Plain,
        KeyFormat::Pairs(_) => Form::Bytes,
        KeyFormat::Protobuf if attributes.leaf.zigzag.take().is_some() => Form::Zigzag,
        KeyFormat::Protobuf if attributes.fixed.is_some() => Form::Fixed,
        KeyFormat::Protobuf => Form::OfType,
    };
    if is_protobuf && !(1..1 << 29).contains(&key) {
        errors.push(
            span,
            mistakes::KEYS.says("the number of a protobuf field is from 1 to 536870911"),
        );
    }
    attributes.fills_piece |= form != Form::Plain;
    let holds = holds.clone();
    (
        KeyedField {
            occurs,
            key,
            holds,
            form,
        },
        span,
    )
}
