//! Which types have a default in Rust.

use std::collections::BTreeSet;

use pickler::dynamic::Value;
use pickler::schema::{Count, Keyed, Meaning, Occurs, Presence, Record, Shape, Union};
use proc_macro2::TokenStream;
use quote::quote;

use crate::context::Context;
use crate::error::{Result, refused};
use crate::item::Body;
use crate::names;

/// Types that can have no default in Rust, because something that they hold has none.
pub fn without_default(cx: &Context<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    loop {
        let more = (0..cx.schema.types().len()).find(|index| {
            let shape = &cx.schema.types()[*index].shape;
            !found.contains(index) && !can_have_default(cx, shape, &found)
        });
        match more {
            Some(index) => found.insert(index),
            None => return found,
        };
    }
}

/// A type of that shape could have a default, of which some types have none.
fn can_have_default(cx: &Context<'_>, shape: &Shape, without: &BTreeSet<usize>) -> bool {
    let held = |shape: &Shape| holds_default(shape, &|index| !without.contains(&index));
    match Body::of(shape) {
        Body::Record(record) => record.fields.iter().all(|field| {
            let says = field.default.is_some() || cx.says_absent(&field.shape);
            says || field.derived.is_some() || held(&field.shape)
        }),
        Body::Keyed(keyed) => {
            let mut required = keyed.fields.iter();
            required.all(|field| field.occurs != Occurs::Required || held(&field.shape))
        }
        Body::Tuple(items) => items.iter().all(held),
        Body::Newtype(shape) => held(shape),
        Body::Union(union) => {
            let first = union.variants.first();
            unit_variant(union).is_some()
                || first.is_some_and(|it| it.also.is_empty() && held_in_variant(&it.body, &held))
        }
        Body::Enumeration(it) => !it.names.is_empty(),
    }
}

/// The fields of a variant, or what it holds, have a default.
fn held_in_variant(body: &Shape, held: &impl Fn(&Shape) -> bool) -> bool {
    match body {
        Shape::Record(record) => record.fields.iter().all(|field| held(&field.shape)),
        body => held(body),
    }
}

/// The type of a shape has a default in Rust if those types have that it mentions.
fn holds_default(shape: &Shape, has: &dyn Fn(usize) -> bool) -> bool {
    match shape {
        Shape::Named(reference) => has(reference.index()),
        Shape::List {
            item,
            count: Count::Fixed(count),
        } => *count == 0 || (*count <= 32 && holds_default(item, has)),
        Shape::Bytes {
            count: Count::Fixed(count),
        } => *count <= 32,
        Shape::Means {
            meaning: Meaning::IpAddress | Meaning::NonZero,
            ..
        } => false,
        Shape::Conditional {
            absent: Value::Null,
            ..
        }
        | Shape::Optional { .. }
        | Shape::Constant { .. }
        | Shape::List { .. }
        | Shape::Unordered { .. } => true,
        Shape::Elsewhere { place, .. } if place.none.is_some() => true,
        shape => {
            let mut parts = shape.parts().into_iter();
            parts.all(|part| holds_default(part, has))
        }
    }
}

/// Types that need a default because something that holds them has one.
pub fn with_default(cx: &Context<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut needed = Vec::new();
    for definition in cx.schema.types() {
        match Body::of(&definition.shape) {
            Body::Record(record) if cx.has_own(record) && !cx.is_default_of_fields(record) => {
                let natural = record.fields.iter().filter(|field| {
                    let default = field.default.as_ref();
                    field.derived.is_none()
                        && !cx.says_absent(&field.shape)
                        && default.is_none_or(|it| cx.is_natural(&field.shape, it))
                });
                needed.extend(natural.map(|field| &field.shape));
            }
            Body::Keyed(keyed) if keyed_has_own(keyed) && !cx.is_default_of_keyed(keyed) => {
                needed.extend(held_by(keyed));
            }
            _ => {}
        }
    }
    while let Some(shape) = needed.pop() {
        let mut mentioned = BTreeSet::new();
        mentions(shape, &mut mentioned);
        for index in mentioned {
            if cx.says_default(index) || cx.without_default.contains(&index) || !found.insert(index)
            {
                continue;
            }
            match Body::of(&cx.schema.types()[index].shape) {
                Body::Record(record) => {
                    needed.extend(record.fields.iter().map(|field| &field.shape));
                }
                Body::Keyed(keyed) => needed.extend(held_by(keyed)),
                Body::Tuple(items) => needed.extend(items),
                Body::Newtype(shape) => needed.push(shape),
                Body::Union(union) => {
                    if unit_variant(union).is_none() {
                        needed.extend(union.variants.first().map(|it| &it.body));
                    }
                }
                Body::Enumeration(_) => {}
            }
        }
    }
    found
}

/// The fields of which a default holds a value.
fn held_by(keyed: &Keyed) -> impl Iterator<Item = &Shape> {
    let required = keyed.fields.iter();
    required
        .filter(|field| matches!(field.occurs, Occurs::Required | Occurs::Implicit))
        .map(|field| &field.shape)
}

/// The types of which the default of a shape's type holds a value.
fn mentions(shape: &Shape, found: &mut BTreeSet<usize>) {
    match shape {
        Shape::Named(reference) => {
            found.insert(reference.index());
        }
        Shape::List {
            item,
            count: Count::Fixed(1..),
        } => mentions(item, found),
        Shape::Conditional {
            absent: Value::Null,
            ..
        }
        | Shape::Optional { .. }
        | Shape::Constant { .. }
        | Shape::List { .. }
        | Shape::Unordered { .. }
        | Shape::Record(_)
        | Shape::Union(_)
        | Shape::Keyed(_) => {}
        Shape::Elsewhere { place, .. } if place.none.is_some() => {}
        shape => {
            for part in shape.parts() {
                mentions(part, found);
            }
        }
    }
}

fn keyed_has_own(keyed: &Keyed) -> bool {
    let mut fields = keyed.fields.iter();
    fields.any(|field| field.occurs == Occurs::Implicit)
}

/// The place of the first variant that holds nothing.
fn unit_variant(union: &Union) -> Option<usize> {
    let is_unit = |shape: &Shape| matches!(shape, Shape::Record(it) if it.fields.is_empty());
    let mut variants = union.variants.iter();
    variants.position(|it| is_unit(&it.body) && it.also.is_empty())
}

impl Context<'_> {
    /// Some field says a default.
    pub fn has_own(&self, record: &Record) -> bool {
        let mut fields = record.fields.iter();
        fields.any(|field| field.default.is_some() || self.says_absent(&field.shape))
    }

    /// What it is where a condition says that it is absent is told as its default.
    fn says_absent(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Shown { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. } => self.says_absent(item),
            Shape::Conditional {
                item,
                presence: Presence::If(_),
                absent,
            } => *absent != Value::Null && !self.is_natural(item, absent),
            _ => false,
        }
    }

    /// The type has a default because attributes of its fields say so.
    pub fn says_default(&self, index: usize) -> bool {
        match Body::of(&self.schema.types()[index].shape) {
            Body::Record(record) => self.has_own(record) && !self.is_default_of_fields(record),
            Body::Keyed(keyed) => keyed_has_own(keyed) && !self.is_default_of_keyed(keyed),
            _ => false,
        }
    }

    /// The type's default is what Rust derives.
    pub fn derives_default(&self, index: usize) -> bool {
        self.with_default.contains(&index)
            && match Body::of(&self.schema.types()[index].shape) {
                Body::Union(union) => unit_variant(union).is_some(),
                Body::Enumeration(it) => !it.names.is_empty(),
                _ => true,
            }
    }

    /// The variant that is the default, if it is derived.
    pub fn default_variant(&self, index: usize, union: &Union) -> Option<usize> {
        let needed = self.with_default.contains(&index);
        unit_variant(union).filter(|_| needed)
    }

    /// `impl Default`, of an enum for which Rust derives none.
    pub fn default_of(&self, index: usize) -> Result<TokenStream> {
        if !self.with_default.contains(&index) || self.derives_default(index) {
            return Ok(TokenStream::new());
        }
        let Body::Union(union) = Body::of(&self.schema.types()[index].shape) else {
            return refused("an enum of unknown values only has no default");
        };
        let Some(first) = union.variants.first() else {
            return refused("an enum without variants has no default");
        };
        let ty = &self.types[index];
        let idents = names::variants(union.variants.iter().map(|it| &*it.name)).idents;
        let ident = &idents[0];
        let default = quote!(Default::default());
        let kept = !first.also.is_empty();
        let body = match &first.body {
            _ if kept => return refused("a variant of several tags has no default"),
            Shape::Record(record) => {
                let idents = names::fields(record.fields.iter().map(|it| &*it.name)).idents;
                quote!({ #(#idents: #default),* })
            }
            Shape::Tuple(items) if items.len() > 1 => {
                let items = items.iter().map(|_| &default);
                quote!((#(#items),*))
            }
            _ => quote!((#default)),
        };
        Ok(quote! {
            impl Default for #ty {
                fn default() -> Self {
                    Self::#ident #body
                }
            }
        })
    }

    /// The type of a shape has a default in Rust.
    pub fn has_default(&self, shape: &Shape) -> bool {
        holds_default(shape, &|index| {
            self.says_default(index) || self.with_default.contains(&index)
        })
    }

    /// Some field of the record says a default, and another has none in Rust, so that the
    /// type has none either.
    pub fn is_default_of_fields(&self, record: &Record) -> bool {
        let mut others = record.fields.iter();
        let lacks = |shape| !holds_default(shape, &|index| !self.without_default.contains(&index));
        self.has_own(record)
            && others.any(|field| {
                let says = field.default.is_some() || self.says_absent(&field.shape);
                !says && field.derived.is_none() && lacks(&field.shape)
            })
    }

    /// The same of fields with keys.
    pub fn is_default_of_keyed(&self, keyed: &Keyed) -> bool {
        let mut others = keyed.fields.iter();
        let lacks = |shape| !holds_default(shape, &|index| !self.without_default.contains(&index));
        keyed_has_own(keyed)
            && others.any(|field| field.occurs == Occurs::Required && lacks(&field.shape))
    }
}
