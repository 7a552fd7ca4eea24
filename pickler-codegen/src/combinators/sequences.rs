//! Lists, texts, bytes, sets, maps and alternatives.

use std::sync::Arc;

use pickler::schema::{Count, Shape, Terminator, Until};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{LOOKS_AROUND, Made, end_of_bytes, made};
use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::types::tuple;

impl Context<'_> {
    /// A list, text or bytes of that type.
    pub(super) fn units(&self, ty: TokenStream, count: &Count) -> Result<Made> {
        let pickler = match count {
            Count::Prefix(prefix) => {
                let prefix = self.prefix_type(prefix)?;
                self.pickler(quote!(counted::<#prefix, #ty>()))
            }
            Count::Fixed(count) => {
                if ty.to_string() == "String" {
                    return refused("there is no text of always so many bytes in Rust");
                }
                let count = Literal::u64_unsuffixed(*count);
                let pickler = self.pickler(quote!(byte_array::<#count>()));
                return made(quote!([u8; #count]), pickler);
            }
            Count::Rest => self.pickler(quote!(rest::<#ty>())),
            Count::Until(until) => {
                let end = end_of_bytes(until)?;
                let pickler = self.pickler(quote!(terminated::<#ty, _>(#end)));
                self.ending(until, pickler)?
            }
            Count::Expr(_) | Count::Last(_) => return refused(LOOKS_AROUND),
        };
        made(ty, pickler)
    }

    pub(super) fn list(&self, item: &Shape, count: &Count) -> Result<Made> {
        let Made {
            ty,
            pickler: item_pickler,
        } = self.made(item)?;
        let pickler = match count {
            Count::Prefix(prefix) => {
                let prefix = self.prefix_type(prefix)?;
                self.pickler(quote!(list::<#prefix, _>(#item_pickler)))
            }
            Count::Fixed(count) => {
                let count = Literal::u64_unsuffixed(*count);
                let pickler = self.pickler(quote!(fixed_list::<#count, _>(#item_pickler)));
                return made(quote!([#ty; #count]), pickler);
            }
            Count::Rest => self.pickler(quote!(list_to_end(#item_pickler))),
            Count::Until(until) => {
                let end = self.value(item, &until.end)?;
                let pickler = self.pickler(quote!(list_terminated(#item_pickler, #end)));
                self.ending(until, pickler)?
            }
            Count::Expr(_) | Count::Last(_) => return refused(LOOKS_AROUND),
        };
        made(quote!(Vec<#ty>), pickler)
    }

    /// The pickler of what ends in some way.
    fn ending(&self, until: &Until, mut pickler: TokenStream) -> Result<TokenStream> {
        if until.room.is_some() {
            return refused(LOOKS_AROUND);
        }
        pickler = match until.ending.terminator {
            Terminator::Taken => pickler,
            Terminator::Kept => self.pickler(quote!(terminator_kept(#pickler))),
            Terminator::Left => self.pickler(quote!(terminator_left(#pickler))),
        };
        if until.ending.or_end {
            pickler = self.pickler(quote!(or_end(#pickler)));
        }
        Ok(pickler)
    }

    /// The type of a set or map, and of how many items it has.
    pub fn collection(&self, list: &Shape, by_key: bool) -> Result<TokenStream> {
        let Shape::List { item, .. } = list else {
            return refused("what is in any order is a list");
        };
        let needs_plain =
            || Unsayable::new("the items of a set or map are types of their own in Rust");
        if !by_key {
            let item = self.plain(item).ok_or_else(needs_plain)?;
            return Ok(self.standard(quote!(collections), quote!(BTreeSet<#item>)));
        }
        let Shape::Tuple(pair) = &**item else {
            return Err(needs_plain());
        };
        let [key, value] = pair.as_slice() else {
            return Err(needs_plain());
        };
        let key = self.plain(key).ok_or_else(needs_plain)?;
        let value = self.plain(value).ok_or_else(needs_plain)?;
        Ok(self.standard(quote!(collections), quote!(BTreeMap<#key, #value>)))
    }

    pub(super) fn unordered(&self, list: &Shape, by_key: bool) -> Result<Made> {
        let ty = self.collection(list, by_key)?;
        let Shape::List { count, .. } = list else {
            return refused("what is in any order is a list");
        };
        match count {
            Count::Prefix(_) | Count::Rest => self.units(ty, count),
            _ => refused("a set or map has its count in front, or takes what is left"),
        }
    }

    pub(super) fn choice(&self, alternatives: &[Shape], names: &[Arc<str>]) -> Result<Made> {
        let all = alternatives.iter().map(|it| self.made(it));
        let all = all.collect::<Result<Vec<_>>>()?;
        let names: Vec<&str> = names.iter().map(|it| &**it).collect();
        match (&names[..], &all[..]) {
            (["Right", "Left"], [right, left]) => {
                let either = self.of_crate(quote!(types::Either));
                let (left_type, right_type) = (&left.ty, &right.ty);
                let (left, right) = (&left.pickler, &right.pickler);
                let ty = quote!(#either<#left_type, #right_type>);
                made(ty, self.pickler(quote!(fallback(#left, #right))))
            }
            ([], [first, ..]) => {
                let ty = first.ty.clone();
                if all.iter().any(|it| it.ty.to_string() != ty.to_string()) {
                    return refused("what is tried in turn has one type in Rust");
                }
                let picklers: Vec<_> = all.into_iter().map(|it| it.pickler).collect();
                let picklers = tuple(&picklers);
                made(ty, self.pickler(quote!(choice(#picklers))))
            }
            _ => refused("alternatives with names are the variants of an enum in Rust"),
        }
    }
}
