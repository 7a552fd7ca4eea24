//! Enums without fields, and the tags of all enums.

use pickler::dynamic::Value;
use pickler::schema::{Count, Enumeration, Shape, VarintEncoding};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::attributes::Attributes;
use crate::error::{Result, Unsayable, refused};
use crate::literal;
use crate::names::{self, Named};
use crate::types::{integer, is_native, least, prefix_word, varint_prefix};

/// The variants; what is said of the whole goes to `around`.
pub fn enumeration(
    it: &Enumeration,
    (is_protobuf, is_default): (bool, bool),
    around: &mut Attributes,
) -> Result<TokenStream> {
    let int32 = Shape::Integer {
        bits: 32,
        signed: true,
    };
    if is_protobuf {
        around.word("protobuf");
    }
    if !(is_protobuf && it.tag == int32) {
        tag_words(&it.tag, around)?;
    }
    let other = it.other.as_ref().map(|other| &*other.name);
    let known = it.names.iter().map(|(_, name)| &**name);
    let Named {
        idents,
        rename_all,
        renames,
    } = names::variants(known.chain(other));
    if let Some(case) = rename_all {
        let case: Ident = syn::parse_str(case).map_err(|_| Unsayable::new("a case"))?;
        around.value("rename_all", case);
    }
    let mut named = idents.iter().zip(renames).enumerate();
    let mut variants = Vec::new();
    let numbers = it.names.iter().map(|(bits, _)| number_of(&it.tag, *bits));
    let numbers = numbers.collect::<Option<Vec<_>>>();
    // Rust takes these for an `isize` of at least so many bits.
    let is_small = |it: &i128| i16::try_from(*it).is_ok();
    let as_discriminants =
        other.is_none() && numbers.as_ref().is_some_and(|all| all.iter().all(is_small));
    for ((bits, _), (place, (ident, rename))) in it.names.iter().zip(named.by_ref()) {
        let mut attributes = Attributes::default();
        if let Some(rename) = rename {
            attributes.value("rename", rename);
        }
        let default = (is_default && place == 0).then(|| quote!(#[default]));
        if as_discriminants {
            let number = tag_literal(&it.tag, *bits)?;
            variants.push(quote!(#default #attributes #ident = #number));
        } else {
            attributes.value("tag", tag_literal(&it.tag, *bits)?);
            variants.push(quote!(#default #attributes #ident));
        }
    }
    if let Some((_, (ident, rename))) = named.next() {
        let mut attributes = Attributes::default();
        attributes.word("other");
        if let Some(rename) = rename {
            attributes.value("rename", rename);
        }
        let ty = tag_type(&it.tag)?;
        variants.push(quote!(#attributes #ident(#ty)));
    }
    if variants.is_empty() {
        return refused("an enum without variants has no values");
    }
    Ok(quote!(#(#variants),*))
}

/// What tells variants apart: `tag = u8`.
pub fn tag_words(tag: &Shape, to: &mut Attributes) -> Result<()> {
    match tag {
        Shape::Integer { bits, signed } if !is_native(*bits) => {
            if let Some(word) = prefix_word(tag) {
                to.value("tag", word);
            } else {
                to.value("tag", integer(least(*bits), *signed));
                let bits = Literal::u32_unsuffixed(*bits);
                to.value("bits", quote!(#bits));
            }
            Ok(())
        }
        Shape::Integer { bits, signed } => {
            to.value("tag", integer(*bits, *signed));
            Ok(())
        }
        Shape::Varint(format) => {
            to.value("tag", varint_prefix(*format, is_signed(format.encoding)));
            Ok(())
        }
        Shape::Bytes {
            count: Count::Fixed(count @ 1..=16),
        } => {
            let count = Literal::u64_unsuffixed(*count);
            to.value("tag", quote!([u8; #count]));
            Ok(())
        }
        _ => refused("this is no tag of an enum in Rust"),
    }
}

fn is_signed(encoding: VarintEncoding) -> bool {
    matches!(encoding, VarintEncoding::Sleb128 | VarintEncoding::ZigZag)
}

/// The type of a tag's values.
pub fn tag_type(tag: &Shape) -> Result<TokenStream> {
    match tag {
        Shape::Integer { bits, signed } => {
            let ty = integer(least(*bits), *signed);
            Ok(quote!(#ty))
        }
        Shape::Varint(format) => {
            let ty = integer(format.bits, format.signed);
            Ok(quote!(#ty))
        }
        Shape::Bytes {
            count: Count::Fixed(count),
        } => {
            let count = Literal::u64_unsuffixed(*count);
            Ok(quote!([u8; #count]))
        }
        Shape::ProtobufField { item, .. } => tag_type(item),
        _ => refused("this is no tag of an enum in Rust"),
    }
}

/// The number that the bits of a tag are; of bytes, none.
pub fn number_of(tag: &Shape, bits: u128) -> Option<i128> {
    let (width, signed) = match tag {
        Shape::Integer { bits, signed } => (*bits, *signed),
        Shape::Varint(format) => (format.bits, format.signed),
        Shape::ProtobufField { item, .. } => return number_of(item, bits),
        Shape::Bool { .. } => (1, false),
        _ => return None,
    };
    if signed {
        let unused = 128 - width;
        return Some((bits << unused).cast_signed() >> unused);
    }
    i128::try_from(bits).ok()
}

/// A tag as it is written.
pub fn tag_literal(tag: &Shape, bits: u128) -> Result<TokenStream> {
    if let Shape::Bytes {
        count: Count::Fixed(count @ 1..=16),
    } = tag
    {
        let bytes = bits.to_be_bytes();
        let zeros = (*count..16).count();
        return Ok(literal::bytes(&bytes[zeros..]));
    }
    match number_of(tag, bits) {
        Some(number) => literal::integer(&Value::integer(number)),
        None => refused("a tag is past what Rust can say"),
    }
}
