//! Rust types of shapes.

use pickler::schema::{Count, Meaning, Shape, VarintEncoding, VarintFormat};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::attributes::Attributes;
use crate::context::Context;
use crate::error::{Result, refused};

impl Context<'_> {
    /// The type whose own format a shape is, if there is one.
    pub fn plain(&self, shape: &Shape) -> Option<TokenStream> {
        Some(match shape {
            Shape::Integer { bits, signed } if is_native(*bits) => {
                let ty = integer(*bits, *signed);
                quote!(#ty)
            }
            Shape::Bool { bits: 8 } => quote!(bool),
            Shape::Float { bits: 32 } => quote!(f32),
            Shape::Float { bits: 64 } => quote!(f64),
            Shape::Named(reference) => {
                if !self.schema.definition(*reference).parameters.is_empty() {
                    return None;
                }
                let ty = self.type_of(*reference);
                quote!(#ty)
            }
            Shape::Boxed(item) => {
                let item = self.plain(item)?;
                quote!(Box<#item>)
            }
            Shape::Tuple(items) if items.len() <= 8 => {
                let items = items.iter().map(|item| self.plain(item));
                let items = items.collect::<Option<Vec<_>>>()?;
                tuple(&items)
            }
            Shape::List {
                item,
                count: Count::Fixed(count),
            } => {
                let item = self.plain(item)?;
                let count = Literal::u64_unsuffixed(*count);
                quote!([#item; #count])
            }
            Shape::Means { item, meaning } => self.meaning(item, meaning)?,
            _ => return None,
        })
    }

    fn meaning(&self, item: &Shape, meaning: &Meaning) -> Option<TokenStream> {
        let is_bytes = |size| {
            let count = Count::Fixed(size);
            *item == Shape::Bytes { count }
        };
        Some(match (meaning, item) {
            (Meaning::NonZero, Shape::Integer { bits, signed }) if is_native(*bits) => {
                self.nonzero(*bits, *signed)
            }
            (
                Meaning::Character,
                Shape::Integer {
                    bits: 32,
                    signed: false,
                },
            ) => quote!(char),
            (Meaning::IpAddress, _) if is_bytes(4) => self.standard(quote!(net), quote!(Ipv4Addr)),
            (Meaning::IpAddress, _) if is_bytes(16) => self.standard(quote!(net), quote!(Ipv6Addr)),
            (Meaning::Uuid, _) if is_bytes(16) => quote!(::uuid::Uuid),
            _ => return None,
        })
    }

    /// The type of integers that are not 0.
    pub fn nonzero(&self, bits: u32, signed: bool) -> TokenStream {
        let sign = if signed { 'I' } else { 'U' };
        let name = format_ident!("NonZero{}{}", sign, least(bits));
        self.standard(quote!(num), quote!(#name))
    }

    /// The type of an integer in front of something.
    pub fn prefix_type(&self, prefix: &Shape) -> Result<TokenStream> {
        match prefix {
            Shape::Integer { bits, signed } => {
                let ty = integer(least(*bits), *signed);
                if is_native(*bits) {
                    return Ok(quote!(#ty));
                }
                let bits = Literal::u32_unsuffixed(*bits);
                Ok(self.pickler(quote!(Bits<#bits, #ty>)))
            }
            Shape::Varint(format) => {
                let marker = marker(format.encoding);
                let marker = self.pickler(quote!(#marker));
                let ty = integer(format.bits, format.signed);
                let lenient = format.lenient.then(|| quote!(, true));
                Ok(self.pickler(quote!(Varint<#marker, #ty #lenient>)))
            }
            _ => refused("what stands in front of this is no integer of Rust"),
        }
    }
}

/// The types together.
pub fn tuple(items: &[TokenStream]) -> TokenStream {
    match items {
        [one] => quote!((#one,)),
        items => quote!((#(#items),*)),
    }
}

/// The word for an integer in front of something, such as `count = u8`.
pub fn prefix_word(prefix: &Shape) -> Option<TokenStream> {
    match prefix {
        Shape::Integer { bits, signed } if is_native(*bits) => {
            let ty = integer(*bits, *signed);
            Some(quote!(#ty))
        }
        Shape::Integer {
            bits: bits @ ..64,
            signed: false,
        } => {
            let bits = Literal::u32_unsuffixed(*bits);
            Some(quote!(bits(#bits)))
        }
        Shape::Varint(format) => Some(varint_prefix(*format, false)),
        _ => None,
    }
}

/// A varint in front of something: `leb128`, `leb128(u16)`; alone it is of 64 bits
/// and, if `signed`, with a sign.
pub fn varint_prefix(format: VarintFormat, signed: bool) -> TokenStream {
    let mut word = varint_word(format.encoding);
    if (format.bits, format.signed) != (64, signed) {
        let ty = integer(format.bits, format.signed);
        word = quote!(#word(#ty));
    }
    if format.lenient {
        word = quote!(lenient(#word));
    }
    word
}

/// Says that there is a flag in front of something: `flag`, `flag = bits(1)`;
/// whether it can be said.
pub fn flag_words(to: &mut Attributes, flag: &Shape) -> bool {
    match *flag {
        Shape::Bool { bits: 8 } => to.word("flag"),
        Shape::Bool { bits: bits @ 1..8 } => {
            let bits = Literal::u32_unsuffixed(bits);
            to.value("flag", quote!(bits(#bits)));
        }
        Shape::Bool { bits } if is_native(bits) => to.value("flag", integer(bits, false)),
        _ => return false,
    }
    true
}

/// The word for a varint's encoding, which is the function of its pickler, too.
pub fn varint_word(encoding: VarintEncoding) -> TokenStream {
    match encoding {
        VarintEncoding::Leb128 => quote!(leb128),
        VarintEncoding::Sleb128 => quote!(sleb128),
        VarintEncoding::ZigZag => quote!(zigzag),
        VarintEncoding::Quic => quote!(quic),
        VarintEncoding::Vlq => quote!(vlq),
        VarintEncoding::Mqtt => quote!(mqtt),
        VarintEncoding::Nat => quote!(nat),
    }
}

fn marker(encoding: VarintEncoding) -> Ident {
    let name = match encoding {
        VarintEncoding::Leb128 => "Leb128",
        VarintEncoding::Sleb128 => "Sleb128",
        VarintEncoding::ZigZag => "ZigZag",
        VarintEncoding::Quic => "Quic",
        VarintEncoding::Vlq => "Vlq",
        VarintEncoding::Mqtt => "Mqtt",
        VarintEncoding::Nat => "Nat",
    };
    Ident::new(name, Span::call_site())
}

/// Rust has an integer of so many bits.
pub fn is_native(bits: u32) -> bool {
    matches!(bits, 8 | 16 | 32 | 64 | 128)
}

/// The bits of Rust's least integer that holds so many.
pub fn least(bits: u32) -> u32 {
    bits.next_power_of_two().max(8)
}

/// Rust's integer of so many bits, which must be one that it has.
pub fn integer(bits: u32, signed: bool) -> Ident {
    let sign = if signed { 'i' } else { 'u' };
    format_ident!("{}{}", sign, bits)
}
