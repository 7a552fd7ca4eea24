//! What stands for something else, in a piece, or with room around it.

use pickler::dynamic::Value;
use pickler::schema::{Count, Fill, Meaning, Origin, Padding, Shape, Size};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{LOOKS_AROUND, Made, delimiter_word, encoding_word, end_literal, made};
use crate::context::Context;
use crate::error::{Result, refused};
use crate::literal;
use crate::types::{integer, least};

impl Context<'_> {
    pub(super) fn means(&self, item: &Shape, meaning: &Meaning) -> Result<Made> {
        match (meaning, item) {
            (Meaning::NonZero, Shape::Integer { bits, signed }) => {
                let ty = self.nonzero(*bits, *signed);
                let bits = Literal::u32_unsuffixed(*bits);
                let pickler = self.pickler(quote!(bits::<#bits, #ty>()));
                made(ty, pickler)
            }
            (
                Meaning::Within { min: 0, max },
                Shape::Integer {
                    bits,
                    signed: false,
                },
            ) => match u64::try_from(*max) {
                Ok(max) if (u64::BITS - max.leading_zeros()).div_ceil(8) * 8 == *bits => {
                    let ty = integer(least(*bits), false);
                    let max = Literal::u64_unsuffixed(max);
                    made(quote!(#ty), self.pickler(quote!(zero_to::<#max, #ty>())))
                }
                _ => self.within(item, 0, *max),
            },
            (Meaning::Within { min, max }, item) => self.within(item, *min, *max),
            (Meaning::Digits { max }, Shape::Integer { bits, .. }) => {
                let ty = integer(least(*bits), false);
                let all = all_digits(*bits);
                let bits = Literal::u32_unsuffixed(*bits);
                let call = if *max == all {
                    quote!(bcd::<#bits, #ty>())
                } else {
                    let max = Literal::u128_unsuffixed(*max);
                    quote!(bcd_to::<#bits, #max, #ty>())
                };
                made(quote!(#ty), self.pickler(call))
            }
            (Meaning::ZigZag, Shape::Integer { bits, .. }) => {
                let ty = integer(least(*bits), true);
                let bits = Literal::u32_unsuffixed(*bits);
                made(
                    quote!(#ty),
                    self.pickler(quote!(zigzag_bits::<#bits, #ty>())),
                )
            }
            (Meaning::Text(encoding), units) => {
                let function = encoding_word(*encoding);
                let units = self.encoded_units(units)?;
                made(
                    quote!(String),
                    self.pickler(quote!(#function::<String, _>(#units))),
                )
            }
            (Meaning::Scaled { scale, unit }, item) => {
                let Made { ty, pickler } = self.made(item)?;
                let scale = Literal::u64_unsuffixed(*scale);
                made(ty, self.pickler(quote!(scaled(#scale, #unit, #pickler))))
            }
            (Meaning::Flags { named, keeps }, item) => {
                let Made { ty, pickler } = self.made(item)?;
                let named = named.iter().map(|(name, bits)| {
                    let (name, bits) = (&**name, Literal::u128_unsuffixed(*bits));
                    quote!((#name, #bits))
                });
                let named = quote!(&[#(#named),*]);
                made(ty, self.pickler(quote!(flags(#named, #keeps, #pickler))))
            }
            (Meaning::Ignored { written }, item) => {
                let Made { ty, pickler } = self.made(item)?;
                let written = self.value(item, written)?;
                let written = quote!({ let written: #ty = #written; written });
                let call = quote!(constant_lenient(#written, #pickler));
                made(quote!(()), self.pickler(call))
            }
            _ => refused("nothing in Rust has this meaning on the wire"),
        }
    }

    fn within(&self, item: &Shape, min: i128, max: i128) -> Result<Made> {
        let Made { ty, pickler } = self.made(item)?;
        let bound = |bound: i128| literal::integer(&Value::integer(bound));
        let (min, max) = (bound(min)?, bound(max)?);
        made(ty, self.pickler(quote!(within::<#min, #max, _>(#pickler))))
    }

    /// What carries the units of an encoded text.
    fn encoded_units(&self, units: &Shape) -> Result<TokenStream> {
        let (Shape::Bytes { count } | Shape::List { count, .. }) = units else {
            return Ok(self.made(units)?.pickler);
        };
        Ok(match count {
            Count::Prefix(prefix) => {
                let prefix = self.prefix_type(prefix)?;
                self.pickler(quote!(counted::<#prefix, _>()))
            }
            Count::Rest => self.pickler(quote!(rest::<_>())),
            _ => return refused("so many units are said of a field in Rust"),
        })
    }

    pub(super) fn sized(&self, item: &Shape, size: &Size, leftover: bool) -> Result<Made> {
        let Made { ty, pickler } = self.made(item)?;
        let call = match size {
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                let prefix = self.prefix_type(prefix)?;
                if *counts_itself {
                    quote!(variable_size_with_itself::<#prefix, _>(#pickler))
                } else {
                    quote!(variable_size::<#prefix, _>(#pickler))
                }
            }
            Size::AtMost(bytes) if !leftover => {
                let bytes = Literal::u64_unsuffixed(*bytes);
                quote!(limited_size::<#bytes, _>(#pickler))
            }
            Size::Until { end, ending } => {
                let (function, or_end) = delimiter_word(*ending);
                let name = if or_end {
                    format!("{function}_or_end")
                } else {
                    function.to_owned()
                };
                let function = Ident::new(&name, Span::call_site());
                let end = end_literal(end);
                quote!(#function(#end, #pickler))
            }
            Size::AtMost(_) | Size::Expr(_) | Size::AllBut(_) => return refused(LOOKS_AROUND),
        };
        let call = self.pickler(call);
        if leftover {
            return made(ty, self.pickler(quote!(ignore_leftover(#call))));
        }
        made(ty, call)
    }

    pub(super) fn filled(&self, item: &Shape, fill: Fill, padding: Padding) -> Result<Made> {
        let Made { ty, pickler } = self.made(item)?;
        let of = match padding {
            Padding::Zero => quote!(Zero),
            Padding::Ignored => quote!(Ignored),
        };
        let padding = if self.in_place {
            quote!(::pickler::schema::Padding::#of)
        } else {
            quote!(pickler::schema::Padding::#of)
        };
        let amount = Literal::u64_unsuffixed;
        let call = match fill {
            Fill::Before(bits) => {
                let bits = amount(bits);
                quote!(padded_before::<#bits, _>(#padding, #pickler))
            }
            Fill::After(bits) => {
                let bits = amount(bits);
                quote!(padded_after::<#bits, _>(#padding, #pickler))
            }
            Fill::To(bytes) => {
                let bytes = amount(bytes);
                quote!(padded_to::<#bytes, _>(#padding, #pickler))
            }
            Fill::Align {
                bytes,
                from: Origin::Message,
            } => {
                let bytes = amount(bytes);
                quote!(aligned_to::<#bytes, _>(#padding, #pickler))
            }
            Fill::AlignEnd {
                bytes: 1,
                from: Origin::Message,
            } => quote!(byte_aligned(#padding, #pickler)),
            Fill::Align { .. } | Fill::AlignEnd { .. } => {
                return refused("this is aligned as a field or type is");
            }
        };
        made(ty, self.pickler(call))
    }
}

/// The greatest number of as many packed digits as there are in so many bits.
pub fn all_digits(bits: u32) -> u128 {
    10_u128.pow(bits / 4).saturating_sub(1)
}
