//! Code for tags.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::ToTokens;

use super::Context;
use super::expression::Side;
use super::width::Aligned;
use crate::normalization::{Expression, Place, Tag, TagForm, TagRange};

impl Tag {
    /// The type of its values.
    pub fn rust_type(&self) -> TokenStream {
        match self.form {
            TagForm::Bytes(count) => {
                let count = count as usize;
                hygienic!([::core::primitive::u8; #count])
            }
            _ => self.ty.to_token_stream(),
        }
    }

    /// The first of some tags as a value of the tag's type; a pattern, too.
    pub fn first(&self, tags: &TagRange) -> TokenStream {
        match tags {
            TagRange::Known(first, _) => self.literal(*first),
            TagRange::Constant(path) => path.to_token_stream(),
        }
    }

    /// The number of the first of some tags, as a constant: an `i128`, past that
    /// a negative one.
    pub fn first_number(&self, tags: &TagRange, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match tags {
            TagRange::Known(first, _) => Literal::i128_suffixed(*first).into_token_stream(),
            TagRange::Constant(path) if self.is_bytes() => {
                hygienic!(#pickler::generated::bits_of_bytes(&#path).cast_signed())
            }
            TagRange::Constant(path) => hygienic!((#path as ::core::primitive::i128)),
        }
    }

    /// The bits of the first of some tags, as a constant.
    pub fn first_bits(&self, tags: &TagRange, cx: Context<'_>) -> TokenStream {
        if let TagRange::Known(first, _) = tags {
            return Literal::u128_suffixed(self.raw(*first)).into_token_stream();
        }
        let number = self.first_number(tags, cx);
        let mask = Literal::u128_suffixed(u128::MAX >> (128 - self.width()));
        hygienic!((#number.cast_unsigned() & #mask))
    }

    /// The bits of all tags but the first, from one to another.
    pub fn further(&self, tags: &[TagRange], cx: Context<'_>) -> Vec<(TokenStream, TokenStream)> {
        let bits = |value| Literal::u128_suffixed(self.raw(value)).into_token_stream();
        let mut further = Vec::new();
        for (index, range) in tags.iter().enumerate() {
            let TagRange::Known(first, last) = range else {
                let constant = self.first_bits(range, cx);
                further.extend((index > 0).then(|| (constant.clone(), constant)));
                continue;
            };
            let first = first.saturating_add(i128::from(index == 0));
            if first > *last {
                continue;
            }
            // The bits of -1 are not those before 0.
            if first < 0 && *last >= 0 {
                further.push((bits(first), bits(-1)));
                further.push((bits(0), bits(*last)));
            } else {
                further.push((bits(first), bits(*last)));
            }
        }
        further
    }

    /// A width, behind a check that constants are tags, each of one variant.
    pub fn checked(
        &self,
        to_compare: &[TagRange],
        width: &TokenStream,
        cx: Context<'_>,
    ) -> TokenStream {
        let Context { pickler, .. } = cx;
        if to_compare.is_empty() {
            return width.clone();
        }
        let ranges = to_compare.iter().map(|range| {
            let first = self.first_number(range, cx);
            let last = match range {
                TagRange::Known(_, last) => Literal::i128_suffixed(*last).into_token_stream(),
                TagRange::Constant(_) => first.clone(),
            };
            hygienic!((#first, #last))
        });
        // Numbers past `i128` are negative ones.
        let (least, greatest) = if self.width() == 128 {
            (i128::MIN, i128::MAX)
        } else {
            (self.least(), self.greatest())
        };
        let (least, greatest) = (
            Literal::i128_suffixed(least),
            Literal::i128_suffixed(greatest),
        );
        hygienic! {{
            #pickler::generated::expect_tags(&[#(#ranges),*], #least, #greatest);
            #width
        }}
    }

    /// A tag's value as a literal of the tag's type; a pattern, too.
    fn literal(&self, value: i128) -> TokenStream {
        if let TagForm::Bytes(count) = self.form {
            let bytes = value.to_be_bytes();
            let bytes = bytes[16 - count as usize..].iter();
            let bytes = bytes.map(|byte| Literal::u8_suffixed(*byte));
            return hygienic!([#(#bytes),*]);
        }
        let ty = self.ty.to_string();
        let digits = value.unsigned_abs().to_string();
        let literal: TokenStream = format!("{digits}{ty}")
            .parse()
            .unwrap_or_else(|_| unreachable!("digits and a type are a literal"));
        if value < 0 {
            hygienic!(-#literal)
        } else {
            literal
        }
    }

    fn pattern_between(&self, first: i128, last: i128) -> TokenStream {
        let TagForm::Bytes(count) = self.form else {
            let (first, last) = (self.literal(first), self.literal(last));
            return hygienic!(#first..=#last);
        };
        let bytes = |value: i128| value.to_be_bytes()[16 - count as usize..].to_vec();
        let patterns = bytes_between(&bytes(first), &bytes(last)).into_iter();
        let patterns = patterns.map(|bytes| {
            let bytes = bytes.iter().map(|(first, last)| {
                let (first, last) = (Literal::u8_suffixed(*first), Literal::u8_suffixed(*last));
                hygienic!(#first..=#last)
            });
            hygienic!([#(#bytes),*])
        });
        hygienic!(#(#patterns)|*)
    }

    /// A pattern that tags fit.
    pub fn pattern(&self, tags: &[TagRange]) -> TokenStream {
        let patterns = tags.iter().map(|range| match range {
            TagRange::Known(first, last) if first != last => self.pattern_between(*first, *last),
            one => self.first(one),
        });
        hygienic!(#(#patterns)|*)
    }

    /// The bits of a tag.
    pub fn found(&self, tag: &TokenStream, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        if let TagForm::Bytes(_) = self.form {
            return hygienic!(#pickler::generated::bits_of_bytes(&#tag));
        }
        let mask = Literal::u128_suffixed(u128::MAX >> (128 - self.width()));
        hygienic!(#pickler::picklers::Integer::to_low_bits(#tag) & #mask)
    }

    /// The number that a tag is in an expression, an `Option<i128>`; `tag` is
    /// borrowed.
    pub fn operand(&self, tag: &TokenStream, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        if self.is_bytes() {
            return hygienic! {
                ::core::result::Result::ok(::core::convert::TryFrom::try_from(
                    #pickler::generated::bits_of_bytes(#tag),
                ))
            };
        }
        hygienic!(#pickler::generated::operand(#tag))
    }

    /// The same of a tag that is known.
    pub fn known_operand(&self, tags: &TagRange, cx: Context<'_>) -> TokenStream {
        match tags {
            TagRange::Known(first, _) if *first < 0 && !self.is_signed() => {
                hygienic!(::core::option::Option::None)
            }
            TagRange::Known(first, _) => {
                let first = Literal::i128_suffixed(*first);
                hygienic!(::core::option::Option::Some(#first))
            }
            TagRange::Constant(path) => self.operand(&hygienic!(&#path), cx),
        }
    }

    /// The number of a tag, past `i128` as a negative one; `tag` is borrowed.
    pub fn number(&self, tag: &TokenStream, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        if self.is_bytes() {
            return hygienic!(#pickler::generated::bits_of_bytes(#tag).cast_signed());
        }
        hygienic!(#pickler::picklers::Integer::to_i128(*#tag))
    }

    /// The pickler of what is on the wire, if that is more than its type says.
    fn pickler(&self, cx: Context<'_>) -> Option<TokenStream> {
        let Context { pickler, .. } = cx;
        let ty = &self.ty;
        Some(match &self.form {
            TagForm::Integer | TagForm::Given(..) | TagForm::Choice => return None,
            TagForm::Bits(bits) => hygienic!(#pickler::picklers::bits::<#bits, #ty>()),
            TagForm::Varint(form) => {
                let function = Ident::new(form.encoding.function(), cx.span);
                let varint = hygienic!(#pickler::picklers::#function::<#ty>());
                if form.lenient {
                    hygienic!(#pickler::picklers::lenient_varint(#varint))
                } else {
                    varint
                }
            }
            TagForm::Bytes(count) => {
                let count = *count as usize;
                hygienic!(#pickler::picklers::byte_array::<#count>())
            }
            TagForm::ProtobufField(key) => {
                hygienic!(#pickler::picklers::protobuf_field::<#ty>(#key))
            }
        })
    }

    /// An expression that reads a tag from `r`, or finds the one that is given.
    pub fn read(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let ty = &self.ty;
        if let TagForm::Given(expr, bits) = &self.form {
            return given(expr, ty, *bits, Side::Read, cx);
        }
        match self.pickler(cx) {
            None => hygienic!(<#ty as #pickler::Pickle<#input>>::read(r)),
            Some(tag) => hygienic!(#pickler::Pickler::<#input>::read(&#tag, r)),
        }
    }

    /// An expression that writes `tag` to `w`; if it is given, there is nothing
    /// to write.
    pub fn write(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let ty = &self.ty;
        if !self.is_on_wire() {
            return hygienic! {
                ::core::result::Result::Ok::<(), #pickler::cursor::Fault>(())
            };
        }
        match self.pickler(cx) {
            None => hygienic!(<#ty as #pickler::Pickle<#input>>::write(&tag, w)),
            Some(pickled) => hygienic!(#pickler::Pickler::<#input>::write(&#pickled, &tag, w)),
        }
    }

    /// The tag that is given, for what is written.
    pub fn given(&self, cx: Context<'_>) -> Option<TokenStream> {
        match &self.form {
            TagForm::Given(expr, bits) => Some(given(expr, &self.ty, *bits, Side::Write, cx)),
            _ => None,
        }
    }

    pub fn describe(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let (bits, signed) = (self.width(), self.is_signed());
        match (self.pickler(cx), &self.form) {
            (Some(tag), form) if !matches!(form, TagForm::Bits(_)) => {
                hygienic!(#pickler::Pickler::<#input>::describe(&#tag, d))
            }
            _ => hygienic!(#pickler::schema::Shape::Integer { bits: #bits, signed: #signed }),
        }
    }

    /// A `TagSource`.
    pub fn describe_source(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match &self.form {
            TagForm::Given(expr, _) => {
                let expr = expr.description(&[], cx);
                hygienic!(#pickler::schema::TagSource::Given(#expr))
            }
            TagForm::Choice => hygienic!(#pickler::schema::TagSource::Choice),
            _ => hygienic!(#pickler::schema::TagSource::Wire),
        }
    }

    /// The least bits that it takes.
    pub fn least_bits(&self) -> u64 {
        match self.form {
            // A key and a value, of a byte each.
            TagForm::ProtobufField(_) => 16,
            TagForm::Varint(_) => 8,
            _ => self.bits_taken().unwrap_or(0).into(),
        }
    }

    /// A `Width`.
    pub fn wire_width(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        match (self.form_prefix(cx), self.bits_taken()) {
            (Some(prefix), _) => {
                hygienic!(<#prefix as #pickler::picklers::Prefix<#input>>::WIDTH)
            }
            (None, Some(bits)) => {
                let bits = u64::from(bits);
                hygienic!(#pickler::Width::fixed(#bits))
            }
            (None, None) => {
                let bits = self.least_bits();
                hygienic!(#pickler::Width::at_least(#bits))
            }
        }
    }

    fn form_prefix(&self, cx: Context<'_>) -> Option<TokenStream> {
        let TagForm::Varint(form) = self.form else {
            return None;
        };
        Some(form.tokens(&self.ty, cx))
    }

    /// Starting on a byte boundary it ends on one.
    pub fn is_whole(&self) -> bool {
        self.bits_taken().is_none_or(|bits| bits.is_multiple_of(8))
    }

    pub fn aligned(&self) -> Aligned {
        if self.is_whole() {
            Aligned::Always
        } else {
            Aligned::Never
        }
    }
}

/// A `Result` of the tag that the context gives: of so many bits, the low ones of
/// the value.
fn given(
    expr: &Expression,
    ty: &Ident,
    bits: Option<u32>,
    side: Side,
    cx: Context<'_>,
) -> TokenStream {
    let Context { pickler, .. } = cx;
    match expr {
        // An integer that keeps its type; see `tag::given` of the normalisation.
        Expression::Name(Place::Parameter(index)) if bits.is_none() && ty != "i128" => {
            let name = &cx.parameters[*index].name;
            hygienic!(::core::result::Result::Ok::<_, #pickler::cursor::Fault>(context.#name))
        }
        _ => {
            let value = expr.value(&[], side, cx);
            let expr = expr.description(&[], cx);
            let expr = hygienic!(|| #pickler::generated::described!(#expr));
            let given = match side {
                Side::Read | Side::Borrowed => {
                    hygienic!(#pickler::generated::tag_to_read(#value, #expr, r))
                }
                Side::Write => hygienic!(#pickler::generated::tag_to_write(#value, #expr, w)),
            };
            match bits {
                None => given,
                Some(bits) => {
                    let mask = Literal::u128_suffixed(u128::MAX >> (128 - bits));
                    hygienic! {
                        ::core::result::Result::map(#given, |it| {
                            <#ty as #pickler::picklers::Integer>::from_low_bits(
                                ::core::primitive::i128::cast_unsigned(it) & #mask,
                            )
                        })
                    }
                }
            }
        }
    }
}

/// Bytes of which each is in a range.
type ByteRanges = Vec<(u8, u8)>;

/// The bytes from some to others, both included, as great as which they are when
/// the first are the highest.
fn bytes_between(first: &[u8], last: &[u8]) -> Vec<ByteRanges> {
    let ([low, low_rest @ ..], [high, high_rest @ ..]) = (first, last) else {
        return vec![Vec::new()];
    };
    let behind = |byte: u8, rest: Vec<ByteRanges>| {
        let rest = rest.into_iter();
        rest.map(move |rest| [vec![(byte, byte)], rest].concat())
    };
    if low == high {
        return behind(*low, bytes_between(low_rest, high_rest)).collect();
    }
    let (least, greatest) = (vec![0; low_rest.len()], vec![u8::MAX; low_rest.len()]);
    let below = behind(*low, bytes_between(low_rest, &greatest));
    let above = behind(*high, bytes_between(&least, high_rest));
    let any = vec![(0, u8::MAX); low_rest.len()];
    let between = (low + 1 < *high).then(|| [vec![(low + 1, high - 1)], any].concat());
    below.chain(between).chain(above).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_bytes_are_those_of_their_numbers() {
        let all = 0..=0x3FF_u16;
        for (first, last) in [(0, 0x3FF), (5, 6), (0xFF, 0x100), (0x81, 0x2FE), (7, 7)] {
            let ranges = bytes_between(&u16::to_be_bytes(first), &u16::to_be_bytes(last));
            for value in all.clone() {
                let bytes = value.to_be_bytes();
                let fits = ranges.iter().any(|ranges| {
                    let mut each = ranges.iter().zip(bytes);
                    each.all(|((first, last), byte)| (*first..=*last).contains(&byte))
                });
                assert_eq!(
                    fits,
                    (first..=last).contains(&value),
                    "{value} in {ranges:?}"
                );
            }
        }
    }
}
