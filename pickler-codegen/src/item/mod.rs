//! Definitions: each becomes a struct or an enum.

mod body;
mod enumeration;
mod fields;
mod keyed;
mod order;
mod union;

pub use body::Body;
pub use fields::is_behind_magic;
pub use union::is_empty;

use pickler::schema::Definition;
use proc_macro2::TokenStream;
use quote::quote;

use crate::attributes::{Attributes, doc};
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;
use crate::names;
use body::Around;

/// What is written in front of the name of a type.
struct Head {
    attributes: Attributes,
    derives: Vec<TokenStream>,
}

impl Context<'_> {
    /// The struct or enum of a definition, and what is beside it.
    pub fn item(&self, index: usize) -> Result<TokenStream> {
        let definition = &self.schema.types()[index];
        let made = self.item_of(index, definition);
        made.map_err(|why| why.within(&definition.name))
    }

    fn item_of(&self, index: usize, definition: &Definition) -> Result<TokenStream> {
        let ident = &self.types[index];
        let doc = doc(&definition.doc);
        let (around, body) = Body::with_around(&definition.shape);
        let mut head = Head {
            attributes: Attributes::default(),
            derives: self.derives(index, &body),
        };
        self.parameters(&mut head.attributes, definition)?;
        if self.inline.contains(&index) {
            head.attributes.word("inline");
        } else if names::plain(ident) != *definition.name {
            head.attributes.value("rename", &*definition.name);
        }
        if self.whole.contains(&index) {
            head.attributes.word("whole");
        }
        let scope = Scope {
            parameters: &definition.parameters,
            ..Scope::default()
        };
        let written = match body {
            Body::Record(record) => {
                let fields = self.record(record, scope, None, &mut head.attributes)?;
                let fields = fields.in_struct();
                quote!(pub struct #ident #fields)
            }
            Body::Tuple(items) => {
                let fields = self.tuple_fields(items, scope)?.in_struct();
                quote!(pub struct #ident #fields)
            }
            Body::Newtype(shape) => {
                if self.protobuf.contains(&index) {
                    head.attributes.word("protobuf");
                }
                let fields = self.tuple_fields(core::slice::from_ref(shape), scope)?;
                let fields = fields.in_struct();
                quote!(pub struct #ident #fields)
            }
            Body::Keyed(keyed) => {
                let fields = self.keyed(keyed, &mut head.attributes)?;
                quote!(pub struct #ident { #fields })
            }
            Body::Enumeration(it) => {
                let is_value = self.protobuf.contains(&index);
                let is_default = self.with_default.contains(&index);
                let variants =
                    enumeration::enumeration(it, (is_value, is_default), &mut head.attributes)?;
                quote!(pub enum #ident { #variants })
            }
            Body::Union(it) => {
                let variants = self.union(index, it, scope, &mut head.attributes)?;
                quote!(pub enum #ident { #variants })
            }
        };
        around.words(&mut head.attributes)?;
        let Head {
            attributes,
            derives,
        } = head;
        let beside = self.default_of(index)?;
        Ok(quote! {
            #doc
            #[derive(#(#derives),*)]
            #attributes
            #written
            #beside
        })
    }

    /// What the type derives.
    fn derives(&self, index: usize, body: &Body<'_>) -> Vec<TokenStream> {
        let pickle = self.of_crate(quote!(Pickle));
        let mut derives = vec![pickle, quote!(Clone)];
        if matches!(body, Body::Enumeration(_)) {
            derives.push(quote!(Copy));
        }
        derives.push(quote!(Debug));
        if self.derives_default(index) {
            derives.push(quote!(Default));
        }
        derives.push(quote!(PartialEq));
        if self.ordered.contains(&index) {
            derives.extend([quote!(Eq), quote!(PartialOrd), quote!(Ord)]);
        } else if matches!(body, Body::Enumeration(_)) {
            derives.push(quote!(Eq));
        }
        derives
    }

    /// `context(version: u8)`
    fn parameters(&self, to: &mut Attributes, definition: &Definition) -> Result<()> {
        if definition.parameters.is_empty() {
            return Ok(());
        }
        let parameters = definition.parameters.iter().map(|parameter| {
            let Some(name) = names::exact(&parameter.name) else {
                return refused(format!(
                    "`{}` cannot be a parameter's name in Rust",
                    parameter.name
                ));
            };
            let Some(ty) = self.plain(&parameter.shape) else {
                return refused("a parameter is a number, a boolean or an enum in Rust");
            };
            Ok(quote!(#name: #ty))
        });
        let parameters = parameters.collect::<Result<Vec<_>>>()?;
        to.list("context", quote!(#(#parameters),*));
        Ok(())
    }
}

impl Around<'_> {
    /// What a type says of all that is in it.
    fn words(&self, to: &mut Attributes) -> Result<()> {
        if let Some(order) = self.bytes {
            to.value("endian", crate::field::byte_order_word(order));
        }
        if let Some(order) = self.bits {
            to.value("bit_order", crate::field::bit_order_word(order));
        }
        let mut padding = None;
        for (fill, of) in &self.fills {
            crate::field::padding_words(to, *fill);
            padding = Some(*of);
        }
        if padding == Some(pickler::schema::Padding::Ignored) {
            to.value("padding", quote!(ignored));
        }
        if let Some(magic) = self.magic {
            to.value("magic", fields::magic_of(magic)?);
        }
        Ok(())
    }
}
