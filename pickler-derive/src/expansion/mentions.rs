//! The types that expressions mention.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Path;

use super::Context;

/// The types that expressions mention by a variant or a constant. They are part of
/// the description, which tells a variant's tag nowhere else.
#[derive(Default)]
pub struct Mentions(RefCell<BTreeMap<String, TokenStream>>);

impl Mentions {
    /// A variant of a type is mentioned.
    pub fn add(&self, ty: &Path, cx: Context<'_>) {
        let Context { pickler, .. } = cx;
        self.insert(
            ty,
            hygienic!(<#ty as #pickler::schema::Operand>::mention(d);),
        );
    }

    /// A constant is mentioned.
    pub fn add_constant(&self, path: &Path, cx: Context<'_>) {
        let Context { pickler, .. } = cx;
        self.insert(
            path,
            hygienic!(#pickler::generated::mention_type_of(&#path, d);),
        );
    }

    fn insert(&self, path: &Path, statement: TokenStream) {
        let key = path.to_token_stream().to_string();
        self.0.borrow_mut().insert(key, statement);
    }

    /// Code that tells the description of them.
    pub fn tell(&self) -> TokenStream {
        self.0.borrow().values().cloned().collect()
    }
}
