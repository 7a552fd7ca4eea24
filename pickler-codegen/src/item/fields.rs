//! The fields of structs and variants.

use pickler::dynamic::Value;
use pickler::schema::{Expr, Field, Place, Presence, Record, Shape};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::attributes::{Attributes, doc};
use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::expression::Scope;
use crate::field::{Held, excluded, magic};
use crate::literal;
use crate::names::{self, Named};

/// Fields as they are written.
pub enum Fields {
    None,
    Named(Vec<TokenStream>),
    Unnamed(Vec<(TokenStream, TokenStream)>),
}

impl Fields {
    /// Behind the name of a struct.
    pub fn in_struct(&self) -> TokenStream {
        match self {
            Self::None => quote!(;),
            Self::Named(fields) => quote!({ #(#fields),* }),
            Self::Unnamed(fields) => {
                let fields = fields
                    .iter()
                    .map(|(attributes, ty)| quote!(#attributes pub #ty));
                quote!((#(#fields),*);)
            }
        }
    }

    /// The type of what is all that there is, out of its box.
    pub fn sole_type(&self) -> Option<String> {
        let Self::Unnamed(fields) = self else {
            return None;
        };
        let [(_, ty)] = &fields[..] else { return None };
        let text = ty.to_string();
        let unboxed = text.strip_prefix("Box <");
        let unboxed = unboxed.and_then(|it| it.strip_suffix('>'));
        Some(unboxed.unwrap_or(&text).trim().to_owned())
    }

    /// Behind the name of a variant.
    pub fn in_variant(&self) -> TokenStream {
        match self {
            Self::None => TokenStream::new(),
            Self::Named(fields) => quote!({ #(#fields),* }),
            Self::Unnamed(fields) => {
                let fields = fields
                    .iter()
                    .map(|(attributes, ty)| quote!(#attributes #ty));
                quote!((#(#fields),*))
            }
        }
    }
}

/// A constant that a type or variant says to be in front of it.
pub fn is_magic(shape: &Shape) -> bool {
    magic_of(shape).is_ok()
}

/// Something behind such a constant.
pub fn is_behind_magic(shape: &Shape) -> bool {
    matches!(shape, Shape::Behind { magic, .. } if is_magic(magic))
}

/// The literal of a constant in front.
pub fn magic_of(shape: &Shape) -> Result<TokenStream> {
    let found = match shape {
        Shape::Constant { item, value } => magic(item, value).or_else(|| magic_bits(item, value)),
        _ => None,
    };
    found.ok_or_else(|| Unsayable::new("what is in front is an integer or bytes in Rust"))
}

/// A constant of so many bits: `bits(4, 0)`.
fn magic_bits(item: &Shape, value: &Value) -> Option<TokenStream> {
    let Shape::Integer {
        bits: bits @ ..64,
        signed: false,
    } = item
    else {
        return None;
    };
    let value = literal::integer(value).ok()?;
    let bits = Literal::u32_unsuffixed(*bits);
    Some(quote!(bits(#bits, #value)))
}

impl Context<'_> {
    /// The named fields of a record; `kept`: a field in front that keeps the tag,
    /// of that type, if the variant has several. What is said of the whole goes to
    /// `around`.
    pub fn record(
        &self,
        record: &Record,
        scope: Scope<'_>,
        kept: Option<&TokenStream>,
        around: &mut Attributes,
    ) -> Result<Fields> {
        let Named {
            idents,
            rename_all,
            renames,
        } = names::fields(record.fields.iter().map(|it| &*it.name));
        if let Some(case) = rename_all {
            let case: Ident = syn::parse_str(case).map_err(|_| Unsayable::new("a case"))?;
            around.value("rename_all", case);
        }
        if let Some(magic) = &record.magic {
            around.value("magic", magic_of(magic)?);
        }
        if record.row {
            around.word("row");
        }
        let all: Vec<(&str, Ident, &Shape)> = record
            .fields
            .iter()
            .zip(&idents)
            .map(|(field, ident)| (&*field.name, ident.clone(), &field.shape))
            .collect();
        let scope = Scope {
            fields: &all,
            ..scope
        };
        match &record.assertions[..] {
            [] => {}
            [one] => around.value("assert", self.expression(one, scope)?),
            _ => {
                return refused("a type has one `assert`; put the conditions together by `&&`");
            }
        }
        let of_fields = !scope.in_variant && self.is_default_of_fields(record);
        let all_default = kept.is_none() && !of_fields && all_default(record);
        if of_fields {
            around.value("default", quote!(fields));
        } else if all_default && !scope.in_variant {
            around.word("default");
        }
        let mut fields = Vec::new();
        if let Some(ty) = kept {
            let name = kept_name(&idents);
            fields.push(quote!(#[pickle(tag)] #name: #ty));
        }
        let in_struct = kept.is_none() && !scope.in_variant;
        for ((field, ident), rename) in record.fields.iter().zip(&idents).zip(renames) {
            let written = self.field(record, field, rename, scope, all_default);
            let (doc, attributes, ty) = written.map_err(|why| why.within(&field.name))?;
            let public = in_struct.then(|| quote!(pub));
            fields.push(quote!(#doc #attributes #public #ident: #ty));
        }
        if fields.is_empty() {
            return Ok(Fields::None);
        }
        Ok(Fields::Named(fields))
    }

    fn field(
        &self,
        record: &Record,
        field: &Field,
        rename: Option<String>,
        scope: Scope<'_>,
        all_default: bool,
    ) -> Result<(TokenStream, TokenStream, TokenStream)> {
        let mut attributes = Attributes::default();
        if let Some(rename) = rename {
            attributes.value("rename", rename);
        }
        let Held {
            mut ty,
            attributes: held,
        } = if self.has_other_default(field) {
            // The attribute would say both.
            let made = self.made(&field.shape)?;
            let mut attributes = Attributes::default();
            attributes.value("with", made.pickler);
            Held {
                ty: made.ty,
                attributes,
            }
        } else {
            self.held_field(field, scope)?
        };
        attributes.extend(held);
        let mut last = 0;
        for condition in &field.assertions {
            let words = self.condition_words(condition, &field.name, last, scope)?;
            let (place, key, value) = words;
            last = place + 1;
            attributes.value(key, value);
        }
        if let Some(derived) = self.derived(record, field, scope)? {
            attributes.value("derived", derived);
            let of = self.of_crate(quote!(Derived));
            ty = quote!(#of<#ty>);
        }
        self.default(&mut attributes, field, all_default)?;
        if let Some((one, other)) = excluded(&attributes, is_option(&ty)) {
            return refused(format!("`{one}` and `{other}` are not said of one field"));
        }
        Ok((doc(&field.doc), quote!(#attributes), ty))
    }

    /// What it is where a flag says that it is absent is told as its default, which it
    /// is not.
    fn has_other_default(&self, field: &Field) -> bool {
        let mut shape = &field.shape;
        loop {
            shape = match shape {
                Shape::Shown { item, .. }
                | Shape::Ordered { item, .. }
                | Shape::OrderedBy { item, .. } => item,
                Shape::Conditional {
                    item,
                    presence: Presence::Flag(_),
                    absent,
                } if *absent != Value::Null => {
                    return match &field.default {
                        None => !self.is_natural(item, absent),
                        Some(default) => default != absent,
                    };
                }
                _ => return false,
            };
        }
    }

    /// What a field with a name holds.
    pub fn named_field(&self, shape: &Shape, scope: Scope<'_>) -> Result<Held> {
        let held = self.held(shape, scope, false)?;
        if has_conditions(shape) && !is_option(&held.ty) {
            return refused("a condition on a field calls it by its name in Rust");
        }
        Ok(held)
    }

    fn held_field(&self, field: &Field, scope: Scope<'_>) -> Result<Held> {
        match &field.shape {
            Shape::Elsewhere { item, place } => self.held_elsewhere(item, place, scope),
            shape => self.named_field(shape, scope),
        }
    }

    /// What a field holds that stands elsewhere.
    pub fn held_elsewhere(&self, item: &Shape, place: &Place, scope: Scope<'_>) -> Result<Held> {
        let held = self.held(item, scope, false)?;
        let mut attributes = Attributes::default();
        self.place_words(&mut attributes, place, scope)?;
        if place.align != 1 {
            let align = Literal::u64_unsuffixed(place.align);
            attributes.value("align", quote!(#align));
        }
        let mut ty = held.ty;
        if let Some(none) = place.none {
            let none = literal::integer(&Value::integer(none))?;
            attributes.value("none", none);
            ty = quote!(Option<#ty>);
        }
        for key in ["align", "none", "at", "if", "since", "until"] {
            if held.attributes.has(key) {
                return refused(format!(
                    "`{key}` speaks of where this is; put it into a type of its own"
                ));
            }
        }
        attributes.extend(held.attributes);
        match excluded(&attributes, is_option(&ty)) {
            Some((one, other)) => {
                refused(format!("`{one}` and `{other}` are not said of one field"))
            }
            None => Ok(Held { ty, attributes }),
        }
    }

    /// What a field follows from.
    fn derived(
        &self,
        record: &Record,
        field: &Field,
        scope: Scope<'_>,
    ) -> Result<Option<TokenStream>> {
        if let Some(checksum) = &field.checksum {
            let function: Ident = syn::parse_str(checksum.algorithm.name())
                .map_err(|_| Unsayable::new("this checksum has no name in Rust"))?;
            let Some((first, last)) = checksum.fields else {
                return Ok(Some(quote!(#function(..))));
            };
            let name = |place: usize| {
                let field = record.fields.get(place);
                let found = field.and_then(|field| {
                    let mut all = scope.fields.iter();
                    all.find(|(known, ..)| *known == &*field.name)
                });
                let found = found.map(|(_, ident, _)| ident);
                found.ok_or_else(|| Unsayable::new("a checksum is over fields that are not there"))
            };
            let (first_name, last_name) = (name(first)?, name(last)?);
            return Ok(Some(if first == last {
                quote!(#function(#first_name))
            } else {
                quote!(#function(#first_name..=#last_name))
            }));
        }
        match &field.derived {
            None => Ok(None),
            Some(derived) => {
                let place = record.fields.iter().position(|it| it.name == field.name);
                let later = record
                    .fields
                    .iter()
                    .skip(place.map_or(0, |place| place + 1));
                for later in later.filter(|it| it.derived.is_some()) {
                    let mut is_used = false;
                    derived.walk(&mut |it| {
                        is_used |= matches!(it, Expr::Field(name) if **name == *later.name);
                    });
                    if is_used {
                        return refused(format!(
                            "this is derived from `{}`, which is derived, too, and comes later",
                            later.name
                        ));
                    }
                }
                self.expression(derived, scope).map(Some)
            }
        }
    }

    /// `default`, `default = 10`
    fn default(&self, to: &mut Attributes, field: &Field, all: bool) -> Result<()> {
        let Some(default) = &field.default else {
            return Ok(());
        };
        if !may_have_default(field) {
            return refused("what depends on other fields has no default of its own in Rust");
        }
        if to.has("default") {
            // What is said of the value where it is absent is its default, too.
            return Ok(());
        }
        if self.is_natural(&field.shape, default) && self.has_default(&field.shape) {
            if !all {
                to.word("default");
            }
            return Ok(());
        }
        to.value("default", self.value(&field.shape, default)?);
        Ok(())
    }

    /// Fields without names.
    pub fn tuple_fields(&self, items: &[Shape], scope: Scope<'_>) -> Result<Fields> {
        let fields = items.iter().map(|item| {
            let held = self.held(item, scope, false)?;
            let attributes = held.attributes;
            Ok((quote!(#attributes), held.ty))
        });
        Ok(Fields::Unnamed(fields.collect::<Result<_>>()?))
    }
}

/// All fields that can have a default have one: the type says so.
fn all_default(record: &Record) -> bool {
    let mut with_one = record.fields.iter().filter(|it| it.default.is_some());
    with_one.next().is_some()
        && record
            .fields
            .iter()
            .all(|field| field.default.is_some() || !may_have_default(field))
}

/// A default of the field would be told.
fn may_have_default(field: &Field) -> bool {
    field.derived.is_none()
        && !matches!(field.shape, Shape::Elsewhere { .. })
        && field.shape.expressions().is_empty()
}

/// A condition is on the value in the field.
fn has_conditions(shape: &Shape) -> bool {
    match shape {
        Shape::Satisfying { .. } => true,
        Shape::Shown { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Conditional { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Shared { item, .. }
        | Shape::Sized { item, .. }
        | Shape::Padded { item, .. }
        | Shape::Filtered { item, .. }
        | Shape::Json { item } => has_conditions(item),
        _ => false,
    }
}

fn is_option(ty: &TokenStream) -> bool {
    let mut tokens = ty.clone().into_iter();
    tokens
        .next()
        .is_some_and(|first| first.to_string() == "Option")
}

/// The name of the field that keeps the tag, which no other has.
fn kept_name(idents: &[Ident]) -> Ident {
    let names = ["tag", "kind", "which_tag", "tag_of_variant"];
    let free = names
        .into_iter()
        .find(|name| idents.iter().all(|ident| ident != name));
    quote::format_ident!("{}", free.unwrap_or("kept_tag"))
}
