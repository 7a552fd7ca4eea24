//! Picklers as expressions of the combinators: `with = ...`.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::schema::{
    Compression, Count, Ending, Fill, Filter, Meaning, Origin, Padding, Presence, Reference, Shape,
    Size, Terminator, TextEncoding, Until,
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::literal;
use crate::types::{integer, is_native, least, tuple, varint_word};

/// A pickler, and the type of its values.
pub struct Made {
    pub ty: TokenStream,
    pub pickler: TokenStream,
}

#[allow(clippy::unnecessary_wraps, reason = "what most matches below end with")]
fn made(ty: TokenStream, pickler: TokenStream) -> Result<Made> {
    Ok(Made { ty, pickler })
}

impl Context<'_> {
    /// A pickler that is described as the shape.
    pub fn made(&self, shape: &Shape) -> Result<Made> {
        if let Some(ty) = self.plain(shape) {
            let pickler = self.pickler(quote!(of::<#ty>()));
            return made(ty, pickler);
        }
        match shape {
            Shape::Integer { bits, signed } => {
                let ty = integer(least(*bits), *signed);
                let bits = Literal::u32_unsuffixed(*bits);
                made(quote!(#ty), self.pickler(quote!(bits::<#bits, #ty>())))
            }
            Shape::Bool { bits: bits @ ..=8 } => {
                let bits = Literal::u32_unsuffixed(*bits);
                made(quote!(bool), self.pickler(quote!(bits::<#bits, bool>())))
            }
            Shape::Bool { bits } if is_native(*bits) => {
                let ty = integer(*bits, false);
                made(quote!(bool), self.pickler(quote!(boolean::<#ty>())))
            }
            Shape::Float { bits: 16 } => made(quote!(f32), self.pickler(quote!(half()))),
            Shape::Varint(format) => {
                let function = varint_word(format.encoding);
                let ty = integer(format.bits, format.signed);
                let mut pickler = self.pickler(quote!(#function::<#ty>()));
                if format.lenient {
                    pickler = self.pickler(quote!(lenient_varint(#pickler)));
                }
                made(quote!(#ty), pickler)
            }
            Shape::Bytes { count } => self.units(self.of_crate(quote!(ByteString)), count),
            Shape::Text { count } => self.units(quote!(String), count),
            Shape::List { item, count } => self.list(item, count),
            Shape::Tuple(items) if items.len() <= 8 => {
                let items = items.iter().map(|item| self.made(item));
                let items = items.collect::<Result<Vec<_>>>()?;
                let types: Vec<_> = items.iter().map(|it| it.ty.clone()).collect();
                let picklers: Vec<_> = items.into_iter().map(|it| it.pickler).collect();
                made(tuple(&types), tuple(&picklers))
            }
            Shape::Boxed(item) => {
                let Made { ty, pickler } = self.made(item)?;
                made(quote!(Box<#ty>), self.pickler(quote!(boxed(#pickler))))
            }
            Shape::Unordered { list, by_key } => self.unordered(list, *by_key),
            Shape::Optional { item, none } => {
                let Made { ty, pickler } = self.made(item)?;
                let none = literal::integer(none)?;
                let pickler = self.pickler(quote!(sentinel::<#ty, _>(#none, #pickler)));
                made(quote!(Option<#ty>), pickler)
            }
            Shape::Conditional {
                item,
                presence,
                absent,
            } => {
                let Made { ty, pickler } = self.made(item)?;
                let pickler = match presence {
                    Presence::Flag(flag) => {
                        let flag = self.made(flag)?.pickler;
                        self.pickler(quote!(flagged(#flag, #pickler)))
                    }
                    Presence::UnlessEnd => self.pickler(quote!(unless_end(#pickler))),
                    Presence::If(_) => return refused(LOOKS_AROUND),
                };
                if *absent == pickler::dynamic::Value::Null {
                    return made(quote!(Option<#ty>), pickler);
                }
                let absent = self.value(item, absent)?;
                let pickler = self.pickler(quote!(with_default(#pickler, || #absent)));
                made(ty, pickler)
            }
            Shape::Constant { item, value } => {
                let Made { ty, pickler } = self.made(item)?;
                let value = self.value(item, value)?;
                let value = quote!({ let value: #ty = #value; value });
                made(quote!(()), self.pickler(quote!(constant(#value, #pickler))))
            }
            Shape::Choice {
                alternatives,
                names,
            } => self.choice(alternatives, names),
            Shape::Peeked { ahead, item } => {
                let (ahead, item) = (self.made(ahead)?, self.made(item)?);
                let types = tuple(&[ahead.ty, item.ty]);
                let (ahead, item) = (ahead.pickler, item.pickler);
                made(types, self.pickler(quote!(peek(#ahead, #item))))
            }
            Shape::Ordered { item, bytes, bits } => {
                let Made { ty, pickler } = self.made(item)?;
                let function = match (bytes, bits) {
                    (Some(ByteOrder::Big), None) => quote!(big_endian),
                    (Some(ByteOrder::Little), None) => quote!(little_endian),
                    (None, Some(BitOrder::Msb)) => quote!(msb_first),
                    (None, Some(BitOrder::Lsb)) => quote!(lsb_first),
                    _ => return refused("two orders at once are those of a type"),
                };
                made(ty, self.pickler(quote!(#function(#pickler))))
            }
            Shape::Means { item, meaning } => self.means(item, meaning),
            Shape::Padded { item, padding } => {
                let Made { ty, pickler } = self.made(item)?;
                let size = Literal::u64_unsuffixed(padding.size);
                let unit = Literal::u16_unsuffixed(padding.unit);
                let unit_bytes = Literal::usize_unsuffixed(padding.unit_bytes);
                let ignored = padding.ignored;
                let call = quote!(padded(#size, #unit, #unit_bytes, #ignored, #pickler));
                made(ty, self.pickler(call))
            }
            Shape::Sized {
                item,
                size,
                leftover,
            } => self.sized(item, size, *leftover),
            Shape::Filtered { item, filter } => {
                let Made { ty, pickler } = self.made(item)?;
                let Filter::Compressed(compression) = filter else {
                    return refused(LOOKS_AROUND);
                };
                let function = compression_word(*compression)?;
                made(ty, self.pickler(quote!(#function(#pickler))))
            }
            Shape::Filled {
                item,
                fill,
                padding,
            } => self.filled(item, *fill, *padding),
            Shape::Shared { item, reference } => {
                let Made { ty, pickler } = self.made(item)?;
                let pickler = match reference {
                    Reference::Offset { bits, mark } => {
                        let bits = Literal::u32_unsuffixed(*bits);
                        let mark = Literal::u64_unsuffixed(*mark);
                        quote!(share_by_offset::<#bits, _>(#mark, #pickler))
                    }
                    Reference::Number { prefix, table } => {
                        let prefix = self.prefix_type(prefix)?;
                        let table = &**table;
                        quote!(share::<#prefix, _>(#table, #pickler))
                    }
                };
                made(ty, self.pickler(pickler))
            }
            Shape::Json { item } => {
                let Made { ty, pickler } = self.made(item)?;
                made(ty, self.pickler(quote!(json(#pickler))))
            }
            Shape::ProtobufField { number, item, .. } => match self.plain(item) {
                Some(ty) => {
                    let number = Literal::u64_unsuffixed(*number);
                    let call = quote!(protobuf_field::<#ty>(#number));
                    made(ty, self.pickler(call))
                }
                None => refused("a field of a protobuf message holds a type of its own"),
            },
            Shape::Mapped { name, .. } => refused(format!(
                "the mapping `{name}` is code, which a description does not hold"
            )),
            Shape::Opaque(opaque) => refused(format!(
                "`{}` is read by code alone, which a description does not hold",
                opaque.name
            )),
            Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) | Shape::Enumeration(_) => {
                refused("in Rust this is a type of its own, which needs a name")
            }
            Shape::Behind { .. } => {
                refused("in Rust, what stands behind a constant is a type of its own")
            }
            Shape::Shown { .. } => refused("what is shown as something else is a field in Rust"),
            Shape::Tuple(_) => refused("a tuple of more than 8 things is a type in Rust"),
            Shape::Bool { .. } | Shape::Float { .. } => {
                refused("there is no pickler of so many bits")
            }
            Shape::Named(_)
            | Shape::OrderedBy { .. }
            | Shape::Given { .. }
            | Shape::Satisfying { .. }
            | Shape::Elsewhere { .. } => refused(LOOKS_AROUND),
        }
    }

    /// A list, text or bytes of that type.
    fn units(&self, ty: TokenStream, count: &Count) -> Result<Made> {
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

    fn list(&self, item: &Shape, count: &Count) -> Result<Made> {
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

    fn unordered(&self, list: &Shape, by_key: bool) -> Result<Made> {
        let ty = self.collection(list, by_key)?;
        let Shape::List { count, .. } = list else {
            return refused("what is in any order is a list");
        };
        match count {
            Count::Prefix(_) | Count::Rest => self.units(ty, count),
            _ => refused("a set or map has its count in front, or takes what is left"),
        }
    }

    fn choice(&self, alternatives: &[Shape], names: &[std::sync::Arc<str>]) -> Result<Made> {
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

    fn means(&self, item: &Shape, meaning: &Meaning) -> Result<Made> {
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
                _ => refused("an integer within bounds takes the fewest bytes in Rust"),
            },
            (Meaning::Digits { .. }, Shape::Integer { bits, .. }) => {
                let ty = integer(least(*bits), false);
                let bits = Literal::u32_unsuffixed(*bits);
                made(quote!(#ty), self.pickler(quote!(bcd::<#bits, #ty>())))
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

    /// What carries the units of an encoded text.
    fn encoded_units(&self, units: &Shape) -> Result<TokenStream> {
        let (Shape::Bytes { count } | Shape::List { count, .. }) = units else {
            return refused("an encoded text is made of units");
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

    fn sized(&self, item: &Shape, size: &Size, leftover: bool) -> Result<Made> {
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

    fn filled(&self, item: &Shape, fill: Fill, padding: Padding) -> Result<Made> {
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

const LOOKS_AROUND: &str = "an expression looks at what is around, which only a field can do";

/// The bytes that end text or bytes.
pub fn end_of_bytes(until: &Until) -> Result<TokenStream> {
    match &until.end {
        pickler::dynamic::Value::Bytes(end) => Ok(end_literal(end)),
        _ => refused("text and bytes end with bytes"),
    }
}

/// Bytes that end something, as they are written.
pub fn end_literal(end: &[u8]) -> TokenStream {
    match end {
        [byte @ 0x20..=0x7E] => {
            let byte = Literal::byte_character(*byte);
            quote!(#byte)
        }
        [byte] => {
            let byte = Literal::u8_unsuffixed(*byte);
            quote!(#byte)
        }
        bytes => literal::bytes(bytes),
    }
}

/// The word for the end of a piece, and whether the end of the input ends it,
/// too.
pub fn delimiter_word(ending: Ending) -> (&'static str, bool) {
    let word = match ending.terminator {
        Terminator::Taken => "until",
        Terminator::Kept => "through",
        Terminator::Left => "before",
    };
    (word, ending.or_end)
}

/// The word for a compression.
pub fn compression_word(compression: Compression) -> Result<TokenStream> {
    Ok(match compression {
        Compression::Zlib => quote!(zlib),
        Compression::Deflate => quote!(deflate),
        Compression::Gzip => quote!(gzip),
        _ => return refused("this compression has no name in Rust"),
    })
}

/// The word for an encoding, which is the function of its pickler, too.
pub fn encoding_word(encoding: TextEncoding) -> Ident {
    let name = match encoding {
        TextEncoding::Ascii => "ascii".to_owned(),
        TextEncoding::Latin1 => "latin1".to_owned(),
        TextEncoding::Utf16 => "utf16".to_owned(),
        TextEncoding::Cp437 => "cp437".to_owned(),
        TextEncoding::ShiftJis => "shift_jis".to_owned(),
        TextEncoding::Iso8859(part) => format!("iso8859_{part}"),
        TextEncoding::Windows(page) => format!("windows_{page}"),
    };
    Ident::new(&name, Span::call_site())
}
