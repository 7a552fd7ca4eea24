//! What is known of a schema while its source is written.

use std::collections::BTreeSet;

use pickler::schema::{Schema, TypeRef};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::codecs::{Codec, codecs};
use crate::defaults;
use crate::facts;
use crate::names;
use crate::odd::unseen;
use crate::whole::whole;

pub struct Context<'a> {
    pub schema: &'a Schema,
    /// The names of its types in Rust.
    pub types: Vec<Ident>,
    /// Types that have a default, because something that holds them has one.
    pub with_default: BTreeSet<usize>,
    /// Types that can have none.
    pub without_default: BTreeSet<usize>,
    /// Types whose values are ordered, because they are keys.
    pub ordered: BTreeSet<usize>,
    /// Types that are values of protobuf messages.
    pub protobuf: BTreeSet<usize>,
    /// How many types come in the order in which they are described; those behind
    /// got names later.
    pub in_order: usize,
    /// How many types are known; those behind get names, and are not yet there.
    pub known: usize,
    /// Types that are described where they are mentioned.
    pub inline: BTreeSet<usize>,
    /// Types that say that they end on a byte boundary.
    pub whole: BTreeSet<usize>,
    /// What only code can say.
    pub codecs: Vec<Codec<'a>>,
    /// The module in which that is.
    pub module: Option<TokenStream>,
    /// The crate `pickler` and the like are written out, not imported.
    pub in_place: bool,
}

impl<'a> Context<'a> {
    pub fn new(schema: &'a Schema, in_place: bool) -> Self {
        let mut it = Self {
            schema,
            types: names::types(schema.types().iter().map(|it| &*it.name)),
            with_default: BTreeSet::new(),
            without_default: BTreeSet::new(),
            ordered: BTreeSet::new(),
            protobuf: facts::protobuf(schema),
            in_order: schema.types().len(),
            known: schema.types().len(),
            inline: BTreeSet::new(),
            whole: whole(schema).union(&unseen(schema)).copied().collect(),
            codecs: codecs(schema),
            module: Some(quote!(codecs)),
            in_place,
        };
        it.ordered = facts::ordered(schema);
        it.without_default = defaults::without_default(&it);
        it.with_default = defaults::with_default(&it);
        it
    }

    /// The name of a type.
    pub fn type_of(&self, reference: TypeRef) -> &Ident {
        &self.types[reference.index()]
    }

    /// Something of `pickler::picklers`.
    #[allow(clippy::needless_pass_by_value, reason = "what `quote!` gives")]
    pub fn pickler(&self, function: TokenStream) -> TokenStream {
        if self.in_place {
            quote!(::pickler::picklers::#function)
        } else {
            quote!(picklers::#function)
        }
    }

    /// Something of `pickler`.
    pub fn of_crate(&self, name: TokenStream) -> TokenStream {
        if self.in_place {
            quote!(::pickler::#name)
        } else {
            name
        }
    }

    /// Something of the standard library's module `module`.
    #[allow(clippy::needless_pass_by_value, reason = "what `quote!` gives")]
    pub fn standard(&self, module: TokenStream, name: TokenStream) -> TokenStream {
        if self.in_place {
            quote!(::std::#module::#name)
        } else {
            name
        }
    }
}
