//! Enums whose variants hold something.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use pickler::Direction;
use pickler::schema::{Expr, Length, LengthCounts, Shape, TagSource, Union, Variant};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::enumeration::{number_of, tag_literal, tag_type, tag_words};
use super::fields::{Fields, is_magic, magic_of};
use crate::attributes::{Attributes, doc};
use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::expression::Scope;
use crate::names::{self, Named};
use crate::types::prefix_word;

impl Context<'_> {
    /// The variants; what is said of the whole goes to `around`.
    pub fn union(
        &self,
        index: usize,
        it: &Union,
        scope: Scope<'_>,
        around: &mut Attributes,
    ) -> Result<TokenStream> {
        self.tag(it, scope, around)?;
        if let Some(length) = &it.length {
            length_words(length, around)?;
        }
        let other = it.other.as_ref().map(|other| &*other.name);
        let known = it.variants.iter().map(|it| &*it.name);
        let Named {
            idents,
            rename_all,
            renames,
        } = names::variants(known.chain(other));
        let all_empty = it.variants.iter().all(is_empty);
        let is_given = matches!(it.source, TagSource::Given(_) | TagSource::Choice);
        if all_empty && it.length.is_none() && other.is_none() && !is_given {
            around.word("union");
        }
        if it.source == TagSource::Choice {
            let in_order = it
                .variants
                .iter()
                .zip(0..)
                .all(|(it, place)| it.tag == place);
            if !in_order {
                return refused("variants that are tried in turn are numbered from 0");
            }
        }
        let (mut variants, mut sole) = (Vec::new(), Vec::new());
        for place in self.declaration_order(index, it) {
            let (variant, ident) = (&it.variants[place], &idents[place]);
            let rename = renames[place].as_deref();
            let default = self.default_variant(index, it) == Some(place);
            let written = self.variant_of(it, variant, (ident, rename, default), scope);
            let (written, body) = written.map_err(|why| why.within(&variant.name))?;
            variants.push(written);
            sole.extend(body);
        }
        if has_own_bodies(index, it, &sole) {
            around.word("from");
        }
        if let Some(case) = rename_all {
            let case: Ident = syn::parse_str(case).map_err(|_| Unsayable::new("a case"))?;
            around.value("rename_all", case);
        }
        if let (Some(_), Some(ident)) = (other, idents.last()) {
            let mut attributes = Attributes::default();
            attributes.word("other");
            if let Some(rename) = renames.last().and_then(Option::as_deref) {
                attributes.value("rename", rename);
            }
            let tag = tag_type(&it.tag)?;
            let body = self.of_crate(quote!(ByteString));
            variants.push(quote!(#attributes #ident { tag: #tag, body: #body }));
        }
        if variants.is_empty() {
            return refused("an enum without variants has no values");
        }
        Ok(quote!(#(#variants),*))
    }

    /// Where the tag is, and what it looks like.
    fn tag(&self, it: &Union, scope: Scope<'_>, to: &mut Attributes) -> Result<()> {
        let int = |bits, signed| Shape::Integer { bits, signed };
        match (&it.source, &it.tag) {
            (TagSource::Wire, Shape::ProtobufField { number, item, .. }) => {
                to.word("protobuf");
                if **item != int(32, true) {
                    tag_words(item, to)?;
                }
                let number = Literal::u64_unsuffixed(*number);
                to.value("tag_key", quote!(#number));
            }
            (TagSource::Wire, tag) => tag_words(tag, to)?,
            (TagSource::Given(expr), tag) => {
                let parameter = match expr {
                    Expr::Field(name) => scope.parameters.iter().find(|it| *it.name == **name),
                    _ => None,
                };
                let expected = match parameter.map(|it| &it.shape) {
                    Some(shape @ Shape::Integer { bits, signed }) if *bits < 128 || *signed => {
                        shape.clone()
                    }
                    _ => int(128, true),
                };
                to.value("tag", self.expression(expr, scope)?);
                match tag {
                    tag if *tag == expected => {}
                    Shape::Integer {
                        bits,
                        signed: false,
                    } => {
                        let bits = Literal::u32_unsuffixed(*bits);
                        to.value("bits", quote!(#bits));
                    }
                    _ => {
                        return refused(
                            "a tag that is given has no sign in Rust, or is that of a parameter",
                        );
                    }
                }
            }
            (TagSource::Choice, tag) => {
                if *tag != int(64, false) {
                    return refused("variants that are tried in turn have no tag in Rust");
                }
                to.word("choice");
            }
        }
        Ok(())
    }

    /// The variant, and the type of what is all that it holds.
    fn variant_of(
        &self,
        union: &Union,
        variant: &Variant,
        (ident, rename, is_default): (&Ident, Option<&str>, bool),
        scope: Scope<'_>,
    ) -> Result<(TokenStream, Option<String>)> {
        let mut attributes = Attributes::default();
        if union.source != TagSource::Choice {
            attributes.value("tag", tags(&union.tag, variant)?);
        }
        if let Some(rename) = rename {
            attributes.value("rename", rename);
        }
        if let Some(direction) = variant.direction {
            attributes.value("direction", direction_word(direction)?);
        }
        if let Some(condition) = &variant.condition {
            self.condition(&mut attributes, condition, scope)?;
        }
        let scope = Scope {
            in_variant: true,
            ..scope
        };
        let kept = match &variant.also[..] {
            [] => None,
            _ => Some(tag_type(&union.tag)?),
        };
        let fields = self.body(&variant.body, scope, kept, &mut attributes)?;
        let sole = fields.sole_type();
        let fields = fields.in_variant();
        let doc = doc(&variant.doc);
        let default = is_default.then(|| quote!(#[default]));
        Ok((quote!(#doc #default #attributes #ident #fields), sole))
    }

    fn body(
        &self,
        body: &Shape,
        scope: Scope<'_>,
        kept: Option<TokenStream>,
        around: &mut Attributes,
    ) -> Result<Fields> {
        let mut body = body;
        match body {
            Shape::Record(record) => return self.record(record, scope, kept.as_ref(), around),
            Shape::Behind { magic, item } if is_magic(magic) => {
                around.value("magic", magic_of(magic)?);
                body = item;
            }
            Shape::ProtobufField { number, item, .. } => {
                let Some(ty) = self.plain(item) else {
                    return refused("a variant with a key holds one message in Rust");
                };
                if kept.is_some() {
                    return refused("a variant with a key has one tag in Rust");
                }
                let number = Literal::u64_unsuffixed(*number);
                around.value("key", quote!(#number));
                return Ok(Fields::Unnamed(vec![(TokenStream::new(), ty)]));
            }
            _ => {}
        }
        let fields = match body {
            Shape::Tuple(items) if items.len() > 1 => self.tuple_fields(items, scope)?,
            body => self.tuple_fields(core::slice::from_ref(body), scope)?,
        };
        Ok(match (fields, kept) {
            (Fields::Unnamed(mut fields), Some(kept)) => {
                fields.insert(0, (quote!(#[pickle(tag)]), kept));
                Fields::Unnamed(fields)
            }
            (fields, _) => fields,
        })
    }
}

/// Bodies are types of their own, each of one variant, and none is the union itself;
/// `sole`: the types of what is all that variants hold.
fn has_own_bodies(index: usize, it: &Union, sole: &[String]) -> bool {
    let mut any = false;
    for variant in &it.variants {
        let body = match &variant.body {
            Shape::ProtobufField { item, .. } => item,
            body => body,
        };
        let body = match body {
            Shape::Boxed(item) => item,
            body => body,
        };
        if let Shape::Named(reference) = body {
            any = true;
            if reference.index() == index || !variant.also.is_empty() {
                return false;
            }
        }
    }
    // Those of two variants would be of one type.
    let different: BTreeSet<&String> = sole.iter().collect();
    any && different.len() == sole.len()
}

/// It holds nothing, and nothing stands in front of it.
pub fn is_empty(variant: &Variant) -> bool {
    let no_fields = |it: &Shape| match it {
        Shape::Record(record) => record.fields.is_empty() && record.magic.is_none(),
        _ => false,
    };
    no_fields(&variant.body) && variant.also.is_empty() && variant.condition.is_none()
}

fn length_words(length: &Length, to: &mut Attributes) -> Result<()> {
    let shape = &length.shape;
    match (shape, prefix_word(shape)) {
        (
            Shape::Integer {
                bits,
                signed: false,
            },
            Some(word),
        ) if bits.is_multiple_of(8) => to.value("length", word),
        _ => return refused("a length is an integer of whole bytes without sign in Rust"),
    }
    if length.first {
        to.word("length_first");
    }
    match length.counts {
        LengthCounts::Body => {}
        LengthCounts::Rest => to.value("length_counts", quote!(rest)),
        LengthCounts::Message => to.value("length_counts", quote!(message)),
    }
    Ok(())
}

/// All tags of a variant: `1 | 5..=9`.
fn tags(tag: &Shape, variant: &Variant) -> Result<TokenStream> {
    let first = tag_literal(tag, variant.tag)?;
    let more = variant.also.iter().map(|range| of_range(tag, range));
    let more = more.collect::<Result<Vec<_>>>()?;
    let follows = |range: &RangeInclusive<u128>| {
        let (of_first, of_range) = (number_of(tag, variant.tag), number_of(tag, *range.start()));
        matches!((of_first, of_range), (Some(one), Some(next)) if one.checked_add(1) == Some(next))
    };
    match &variant.also[..] {
        [range] if follows(range) => {
            let last = tag_literal(tag, *range.end())?;
            Ok(quote!(#first..=#last))
        }
        _ => Ok(quote!(#first #(| #more)*)),
    }
}

fn of_range(tag: &Shape, range: &RangeInclusive<u128>) -> Result<TokenStream> {
    let first = tag_literal(tag, *range.start())?;
    if range.start() == range.end() {
        return Ok(first);
    }
    if number_of(tag, *range.start()).is_none()
        && range.start().cast_signed() > range.end().cast_signed()
    {
        return refused("a range of tags of 16 bytes goes past b\"\\x7F...\"; make two of it");
    }
    let last = tag_literal(tag, *range.end())?;
    Ok(quote!(#first..=#last))
}

fn direction_word(direction: Direction) -> Result<TokenStream> {
    Ok(match direction {
        Direction::ToServer => quote!(to_server),
        Direction::ToClient => quote!(to_client),
        Direction::Both => quote!(both),
        Direction::Internal => quote!(internal),
        #[allow(unreachable_patterns, reason = "there may be more directions")]
        _ => return refused("this direction has no name in Rust"),
    })
}
