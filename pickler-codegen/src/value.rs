//! Values of generated types, such as defaults.

use std::net::IpAddr;

use pickler::dynamic::{RecordValue, Value};
use pickler::schema::{Count, Field, Meaning, Shape};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::item::{Body, is_empty};
use crate::{literal, names};

impl Context<'_> {
    /// An expression that gives a value of the type that a shape has in Rust.
    pub fn value(&self, shape: &Shape, value: &Value) -> Result<TokenStream> {
        match (shape, value) {
            (
                Shape::Conditional {
                    absent: Value::Null,
                    ..
                }
                | Shape::Optional { .. },
                Value::Null,
            ) => Ok(quote!(None)),
            (
                Shape::Conditional {
                    item,
                    absent: Value::Null,
                    ..
                }
                | Shape::Optional { item, .. },
                value,
            ) => {
                let value = self.value(item, value)?;
                Ok(quote!(Some(#value)))
            }
            (
                Shape::Constant { .. }
                | Shape::Means {
                    meaning: Meaning::Ignored { .. },
                    ..
                },
                _,
            ) => Ok(quote!(())),
            (Shape::Boxed(item), value) => {
                let value = self.value(item, value)?;
                Ok(quote!(Box::new(#value)))
            }
            (Shape::Named(reference), value) => self.named_value(reference.index(), value),
            (Shape::Integer { .. } | Shape::Varint(_), value) => literal::integer(value),
            (Shape::Bool { .. }, Value::Bool(value)) => Ok(quote!(#value)),
            (Shape::Float { bits }, Value::Float(value)) => Ok(literal::float(*value, *bits)),
            (
                Shape::Bytes {
                    count: Count::Fixed(_),
                },
                Value::Bytes(bytes),
            ) => {
                let bytes = literal::bytes(bytes);
                Ok(quote!(*#bytes))
            }
            (Shape::Bytes { .. }, Value::Bytes(bytes)) => {
                let bytes = literal_of(bytes);
                Ok(quote!(#bytes.into()))
            }
            (Shape::Text { .. }, Value::Text(text)) => Ok(quote!(#text.into())),
            (Shape::List { item, count }, Value::List(values)) => {
                let values = values.iter().map(|value| self.value(item, value));
                let values = values.collect::<Result<Vec<_>>>()?;
                Ok(if let Count::Fixed(_) = count {
                    quote!([#(#values),*])
                } else {
                    quote!(vec![#(#values),*])
                })
            }
            (Shape::Tuple(items), Value::List(values)) => {
                let values = items.iter().zip(values);
                let values = values.map(|(item, value)| self.value(item, value));
                let values = values.collect::<Result<Vec<_>>>()?;
                Ok(crate::types::tuple(&values))
            }
            (Shape::Means { item, meaning }, value) => self.meant(item, meaning, value),
            (Shape::Shown { item, pairs }, value) => self.value(item, actual(pairs, value)),
            (
                Shape::Ordered { item, .. }
                | Shape::OrderedBy { item, .. }
                | Shape::Given { item, .. }
                | Shape::Satisfying { item, .. }
                | Shape::Padded { item, .. }
                | Shape::Sized { item, .. }
                | Shape::Filtered { item, .. }
                | Shape::Filled { item, .. }
                | Shape::Shared { item, .. }
                | Shape::ProtobufField { item, .. }
                | Shape::Json { item }
                | Shape::Conditional { item, .. },
                value,
            ) => self.value(item, value),
            _ => refused(format!("a default that is {} cannot be told", value.kind())),
        }
    }

    fn meant(&self, item: &Shape, meaning: &Meaning, value: &Value) -> Result<TokenStream> {
        match (meaning, value) {
            (Meaning::Text(_), Value::Text(text)) => Ok(quote!(#text.into())),
            (Meaning::Character, Value::Text(text)) => {
                let mut characters = text.chars();
                match (characters.next(), characters.next()) {
                    (Some(character), None) => Ok(quote!(#character)),
                    _ => refused("a default that is no character cannot be told"),
                }
            }
            (Meaning::NonZero, _) => {
                let Shape::Integer { bits, signed } = *item else {
                    return refused("what is not 0 is an integer in Rust");
                };
                let (ty, value) = (self.nonzero(bits, signed), literal::integer(value)?);
                Ok(quote!(#ty::new(#value).unwrap()))
            }
            (Meaning::IpAddress, Value::Text(text)) => self.address(text),
            (Meaning::IpAddress | Meaning::Uuid, _) => {
                refused("a default that is an identifier has no literal")
            }
            (_, Value::Unsigned(_) | Value::Negative(_)) => literal::integer(value),
            _ => self.value(item, value),
        }
    }

    fn address(&self, text: &str) -> Result<TokenStream> {
        match text.parse() {
            Ok(IpAddr::V4(address)) => {
                let ty = self.standard(quote!(net), quote!(Ipv4Addr));
                let octets = address.octets().map(Literal::u8_unsuffixed);
                Ok(quote!(#ty::new(#(#octets),*)))
            }
            Ok(IpAddr::V6(address)) => {
                let ty = self.standard(quote!(net), quote!(Ipv6Addr));
                let segments = address.segments().map(Literal::u16_unsuffixed);
                Ok(quote!(#ty::new(#(#segments),*)))
            }
            Err(_) => refused(format!("`{text}` is no address")),
        }
    }

    fn named_value(&self, index: usize, value: &Value) -> Result<TokenStream> {
        let definition = &self.schema.types()[index];
        let ty = &self.types[index];
        if index >= self.known {
            // Whether it has that value is seen when it is there.
            return Ok(quote!(#ty));
        }
        match (Body::of(&definition.shape), value) {
            (Body::Record(record), Value::Record(value)) => {
                let idents = names::fields(record.fields.iter().map(|it| &*it.name)).idents;
                let mut values = Vec::new();
                for (field, ident) in record.fields.iter().zip(idents) {
                    if field.derived.is_some() {
                        let derived = self.of_crate(quote!(Derived));
                        values.push(quote!(#ident: #derived::auto()));
                        continue;
                    }
                    let value = part(value, field)?;
                    let value = self.value(&field.shape, value)?;
                    values.push(quote!(#ident: #value));
                }
                Ok(quote!(#ty { #(#values),* }))
            }
            (Body::Enumeration(it), Value::Text(name)) => {
                let known = it.names.iter().map(|(_, name)| &**name);
                let other = it.other.as_ref().map(|other| &*other.name);
                let idents = names::variants(known.clone().chain(other)).idents;
                let place = known.into_iter().position(|known| known == name);
                match place.and_then(|place| idents.get(place)) {
                    Some(ident) => Ok(quote!(#ty::#ident)),
                    None => refused(format!("a default is `{name}`, which there is not")),
                }
            }
            (Body::Enumeration(it), Value::Unsigned(_) | Value::Negative(_)) => {
                let known = it.names.iter().map(|(_, name)| &**name);
                let other = it.other.as_ref().map(|other| &*other.name);
                let idents = names::variants(known.chain(other)).idents;
                match (other, idents.last()) {
                    (Some(_), Some(ident)) => {
                        let value = literal::integer(value)?;
                        Ok(quote!(#ty::#ident(#value)))
                    }
                    _ => refused("a default is a value without a name"),
                }
            }
            (Body::Union(it), Value::Variant(value)) => {
                let known = it.variants.iter().map(|it| &*it.name);
                let other = it.other.as_ref().map(|other| &*other.name);
                let idents = names::variants(known.chain(other)).idents;
                let place = it
                    .variants
                    .iter()
                    .position(|it| it.name == value.name && is_empty(it));
                match place.and_then(|place| idents.get(place)) {
                    Some(ident) => Ok(quote!(#ty::#ident)),
                    None => refused("only variants without fields can be defaults, or ends"),
                }
            }
            (Body::Newtype(shape), value) => {
                let value = self.value(shape, value)?;
                Ok(quote!(#ty(#value)))
            }
            (Body::Tuple(items), Value::List(values)) => {
                let values = items.iter().zip(values);
                let values = values.map(|(item, value)| self.value(item, value));
                let values = values.collect::<Result<Vec<_>>>()?;
                Ok(quote!(#ty(#(#values),*)))
            }
            _ => refused(format!("a default that is {} cannot be told", value.kind())),
        }
    }

    /// The value is that of the type's `Default`, for all that is known.
    pub fn is_natural(&self, shape: &Shape, value: &Value) -> bool {
        match (shape, value) {
            (
                Shape::Constant { .. }
                | Shape::Means {
                    meaning: Meaning::Ignored { .. },
                    ..
                },
                _,
            )
            | (Shape::Conditional { .. } | Shape::Optional { .. }, Value::Null)
            | (Shape::Integer { .. } | Shape::Varint(_), Value::Unsigned(0))
            | (Shape::Bool { .. }, Value::Bool(false)) => true,
            (Shape::Float { .. }, Value::Float(value)) => value.get().to_bits() == 0,
            (Shape::Named(reference), value) => self.is_natural_named(reference.index(), value),
            (
                Shape::Bytes {
                    count: Count::Fixed(count),
                },
                Value::Bytes(bytes),
            ) => *count <= 32 && bytes.iter().all(|byte| *byte == 0),
            (Shape::Bytes { .. }, Value::Bytes(bytes)) => bytes.is_empty(),
            (Shape::Text { .. }, Value::Text(text)) => text.is_empty(),
            (
                Shape::List {
                    item,
                    count: Count::Fixed(count),
                },
                Value::List(values),
            ) => *count <= 32 && values.iter().all(|value| self.is_natural(item, value)),
            (Shape::List { .. } | Shape::Unordered { .. }, Value::List(values)) => {
                values.is_empty()
            }
            (Shape::Tuple(items), Value::List(values)) => {
                let mut values = items.iter().zip(values);
                values.all(|(item, value)| self.is_natural(item, value))
            }
            (Shape::Means { meaning, item }, value) => match (meaning, value) {
                (Meaning::Text(_), Value::Text(text)) => text.is_empty(),
                (Meaning::Character, Value::Text(text)) => text == "\0",
                (Meaning::NonZero | Meaning::IpAddress | Meaning::Uuid, _) => false,
                (_, Value::Unsigned(value)) => *value == 0,
                _ => self.is_natural(item, value),
            },
            (Shape::Shown { item, pairs }, value) => self.is_natural(item, actual(pairs, value)),
            (
                Shape::Ordered { item, .. }
                | Shape::OrderedBy { item, .. }
                | Shape::Given { item, .. }
                | Shape::Satisfying { item, .. }
                | Shape::Padded { item, .. }
                | Shape::Sized { item, .. }
                | Shape::Filtered { item, .. }
                | Shape::Filled { item, .. }
                | Shape::Shared { item, .. }
                | Shape::ProtobufField { item, .. }
                | Shape::Json { item }
                | Shape::Boxed(item),
                value,
            ) => self.is_natural(item, value),
            (
                Shape::Conditional {
                    item,
                    absent: default,
                    ..
                },
                value,
            ) if *default != Value::Null => self.is_natural(item, value),
            _ => false,
        }
    }

    fn is_natural_named(&self, index: usize, value: &Value) -> bool {
        let definition = &self.schema.types()[index];
        match (Body::of(&definition.shape), value) {
            (Body::Record(record), Value::Record(value)) => record.fields.iter().all(|field| {
                let Ok(value) = part(value, field) else {
                    return field.derived.is_some();
                };
                match &field.default {
                    Some(default) => default == value,
                    None => field.derived.is_some() || self.is_natural(&field.shape, value),
                }
            }),
            (Body::Newtype(shape), value) => self.is_natural(shape, value),
            (Body::Tuple(items), Value::List(values)) => {
                let mut values = items.iter().zip(values);
                values.all(|(item, value)| self.is_natural(item, value))
            }
            _ => false,
        }
    }
}

fn part<'a>(value: &'a RecordValue, field: &Field) -> Result<&'a Value> {
    let missing = || Unsayable::new(format!("a default has no `{}`", field.name));
    value.get(&field.name).ok_or_else(missing)
}

/// The value that is shown as another.
fn actual<'a>(pairs: &'a [(Value, Value)], shown: &'a Value) -> &'a Value {
    let pair = pairs.iter().find(|(_, known)| known == shown);
    pair.map_or(shown, |(actual, _)| actual)
}

/// Bytes that are text are written as text.
fn literal_of(bytes: &[u8]) -> TokenStream {
    match core::str::from_utf8(bytes) {
        Ok(text) if !text.contains(|it: char| it.is_control()) => quote!(#text),
        _ => literal::bytes(bytes),
    }
}
