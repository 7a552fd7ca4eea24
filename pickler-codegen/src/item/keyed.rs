//! Structs whose fields have keys.

use pickler::schema::{
    Form, KeyFormat, Keyed, KeyedField, LengthCounts, Number, Occurs, Pairs, Shape, Unknown,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::attributes::{Attributes, doc};
use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::expression::Scope;
use crate::field::Held;
use crate::names::{self, Named};
use crate::types::{integer, is_native, varint_word};

impl Context<'_> {
    /// The fields; what is said of the whole goes to `around`.
    pub fn keyed(&self, keyed: &Keyed, around: &mut Attributes) -> Result<TokenStream> {
        match &keyed.format {
            KeyFormat::Protobuf => around.word("protobuf"),
            KeyFormat::Pairs(pairs) => around.list("keyed", pairs_words(*pairs, keyed.in_order)),
        }
        let Named {
            idents,
            rename_all,
            renames,
        } = names::fields(keyed.names.iter().map(|it| &**it));
        if let Some(case) = rename_all {
            let case: Ident = syn::parse_str(case).map_err(|_| Unsayable::new("a case"))?;
            around.value("rename_all", case);
        }
        if self.is_default_of_keyed(keyed) {
            around.value("default", quote!(fields));
        }
        if keyed.unknown == Unknown::Ignored {
            around.value("unknown", quote!(ignore));
        }
        let mut fields = Vec::new();
        let mut named = idents.iter().zip(renames);
        for (field, (ident, rename)) in keyed.fields.iter().zip(named.by_ref()) {
            let written = self.keyed_field(keyed, field, (ident, rename));
            fields.push(written.map_err(|why| why.within(&field.name))?);
        }
        if let (Unknown::Kept(_), Some((ident, rename))) = (&keyed.unknown, named.next()) {
            let mut attributes = Attributes::default();
            attributes.word("unknown");
            if let Some(rename) = rename {
                attributes.value("rename", rename);
            }
            let ty = self.of_crate(quote!(types::UnknownField));
            let ty = if self.in_place {
                ty
            } else {
                quote!(UnknownField)
            };
            fields.push(quote!(#attributes pub #ident: Vec<#ty>));
        }
        Ok(quote!(#(#fields),*))
    }

    fn keyed_field(
        &self,
        keyed: &Keyed,
        field: &KeyedField,
        (ident, rename): (&Ident, Option<String>),
    ) -> Result<TokenStream> {
        let mut attributes = Attributes::default();
        let key = Literal::u64_unsuffixed(field.key);
        attributes.value("key", quote!(#key));
        if let Some(rename) = rename {
            attributes.value("rename", rename);
        }
        let is_protobuf = keyed.format == KeyFormat::Protobuf;
        let form = is_protobuf.then_some(field.form);
        let Held {
            ty,
            attributes: held,
        } = self.value_of_key(form, &field.shape, field.form != Form::Plain)?;
        attributes.extend(held);
        let ty = match field.occurs {
            Occurs::Required | Occurs::Implicit => ty,
            Occurs::Optional => quote!(Option<#ty>),
            Occurs::Repeated { packed } => {
                if packed {
                    attributes.word("packed");
                } else if !is_protobuf {
                    attributes.word("repeated");
                }
                quote!(Vec<#ty>)
            }
        };
        match (&field.default, field.occurs) {
            (Some(default), Occurs::Implicit) => {
                let is_natural = self.is_natural(&field.shape, default);
                if is_natural && self.has_default(&field.shape) {
                    attributes.word("default");
                } else {
                    attributes.value("default", self.value(&field.shape, default)?);
                }
            }
            (None, Occurs::Implicit) => {
                return refused("what is left out where it has its default has one");
            }
            _ => {}
        }
        let doc = doc(&field.doc);
        Ok(quote!(#doc #attributes pub #ident: #ty))
    }

    /// One value of a field with a key; `form`: how a protobuf message holds it.
    pub fn value_of_key(&self, form: Option<Form>, shape: &Shape, fills: bool) -> Result<Held> {
        let held = match form {
            Some(form) => self.protobuf_value(form, shape)?,
            None => self.held(shape, Scope::default(), fills)?,
        };
        let outer = held.ty.clone().into_iter().next().map(|it| it.to_string());
        let is_option = outer.as_deref() == Some("Option") && !held.attributes.has("none");
        let is_list = outer.as_deref() == Some("Vec") && form.is_some();
        if is_option || is_list {
            return refused("this would be taken for a field that is optional or repeated");
        }
        Ok(held)
    }

    /// One value of a field of a protobuf message.
    fn protobuf_value(&self, form: Form, shape: &Shape) -> Result<Held> {
        let plain = self.plain(shape);
        let with = |word: Option<&'static str>, ty: TokenStream| {
            let mut attributes = Attributes::default();
            if let Some(word) = word {
                attributes.word(word);
            }
            Ok(Held { ty, attributes })
        };
        let own = self.own_form(shape);
        if let (Some(ty), true) = (&plain, own == Some(form)) {
            return with(None, ty.clone());
        }
        match (form, shape, plain) {
            (Form::Zigzag, Shape::Integer { signed: true, .. }, Some(ty)) => {
                with(Some("zigzag"), ty)
            }
            (Form::Fixed32, Shape::Integer { bits: 32, .. }, Some(ty))
            | (Form::Fixed64, Shape::Integer { bits: 64, .. }, Some(ty)) => with(Some("fixed"), ty),
            (Form::Bytes, _, Some(ty)) => {
                let mut attributes = Attributes::default();
                attributes.value("with", self.pickler(quote!(of::<#ty>())));
                Ok(Held { ty, attributes })
            }
            (Form::Bytes, shape, None) => self.held(shape, Scope::default(), true),
            // Shown otherwise, and held in the same way.
            (form, Shape::Shown { item, .. }, _) if self.own_form(item) == Some(form) => {
                self.held(shape, Scope::default(), true)
            }
            _ => refused("no type in Rust is held by protobuf in this way"),
        }
    }

    /// How protobuf holds a value of the shape's own type, if it does.
    pub fn own_form(&self, shape: &Shape) -> Option<Form> {
        match shape {
            Shape::Integer { bits: 32 | 64, .. } | Shape::Bool { bits: 8 } => Some(Form::Varint),
            Shape::Float { bits: 32 } => Some(Form::Fixed32),
            Shape::Float { bits: 64 } => Some(Form::Fixed64),
            Shape::Boxed(item) => self.own_form(item),
            Shape::Named(reference) => {
                let index = reference.index();
                match super::Body::of(&self.schema.types()[index].shape) {
                    super::Body::Keyed(keyed) if keyed.format == KeyFormat::Protobuf => {
                        Some(Form::Bytes)
                    }
                    super::Body::Union(union)
                        if matches!(union.tag, Shape::ProtobufField { .. }) =>
                    {
                        Some(Form::Bytes)
                    }
                    super::Body::Enumeration(it) if self.protobuf.contains(&index) => {
                        self.own_form(&it.tag)
                    }
                    super::Body::Newtype(shape) if self.protobuf.contains(&index) => {
                        self.own_form(shape)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// What stands in the parentheses of `keyed(...)`.
fn pairs_words(pairs: Pairs, in_order: bool) -> TokenStream {
    let mut words = Attributes::default();
    words.value("key", number(pairs.key));
    if let Some(size) = pairs.size {
        words.value("size", number(size));
    }
    match pairs.size_counts {
        LengthCounts::Body => {}
        LengthCounts::Rest => words.value("size_counts", quote!(rest)),
        LengthCounts::Message => words.value("size_counts", quote!(pair)),
    }
    if let Some(count) = pairs.count {
        words.value("count", number(count));
    }
    for (word, key) in [("terminator", pairs.terminator), ("pad", pairs.pad)] {
        if let Some(key) = key {
            let key = Literal::u64_unsuffixed(key);
            words.value(word, quote!(#key));
        }
    }
    if in_order {
        words.value("order", quote!(fixed));
    }
    words.list_tokens()
}

fn number(number: Number) -> TokenStream {
    match number {
        Number::Bits(bits) if is_native(bits) => {
            let ty = integer(bits, false);
            quote!(#ty)
        }
        Number::Bits(bits) => {
            let bits = Literal::u32_unsuffixed(bits);
            quote!(bits(#bits))
        }
        Number::Varint(encoding) => varint_word(encoding),
    }
}
