//! From a declaration to code.

/// `quote!` whose own names cannot meet those of the declaration.
macro_rules! hygienic {
    ($($tokens:tt)*) => {
        quote::quote_spanned!(proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}

/// The same, where mistakes of the types that come together are reported.
macro_rules! spanned {
    ($cx:ident, $($tokens:tt)*) => {
        quote::quote_spanned!($cx.span=> $($tokens)*)
    };
}

mod assertion;
mod bit_field;
mod checksum;
mod choice;
mod comparand;
mod context;
mod default;
mod describe;
mod diagram;
mod elsewhere;
mod enumeration;
mod expression;
mod fields;
mod generators;
mod item;
mod keyed;
mod magic;
mod mentions;
mod operand;
mod padding;
mod pickler;
mod protobuf;
mod run;
mod tag;
mod tagged;
mod union;
mod variant_tag;
mod view;
mod width;

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::{DeriveInput, Lifetime, Path, Type};

use crate::errors::Errors;
use crate::normalization::{Declaration, Generics, default_crate_path};
use crate::parsing::{Orders, Parameter};
use mentions::Mentions;

/// What all code mentions.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The path of the crate `pickler`.
    pub pickler: &'a Path,
    /// The life of the input.
    pub input: &'a Lifetime,
    /// What the type is given.
    pub parameters: &'a [Parameter],
    /// The orders that the type sets.
    pub orders: Orders,
    /// The type of the item that an expression looks at.
    pub item: Option<&'a Type>,
    /// Where mistakes of types are reported.
    pub span: Span,
    /// The types that expressions mention.
    pub mentions: &'a Mentions,
}

impl Context<'_> {
    /// With mistakes reported at a field's type.
    fn at(self, ty: &Type) -> Self {
        let span = ty.span().resolved_at(Span::mixed_site());
        Self { span, ..self }
    }
}

pub fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let declaration = Declaration::new(input, &mut errors);
    let Some(mistakes) = errors.into_compile_errors() else {
        return declaration.as_ref().map(item::expand).unwrap_or_default();
    };
    let dummy = if let Some(it) = &declaration {
        item::dummy(it)
    } else {
        let crate_path = default_crate_path();
        let generics = Generics::bare(&input.generics, &crate_path);
        item::dummy_of_name(&input.ident, &generics, &crate_path)
    };
    hygienic!(#mistakes #dummy)
}
