//! Picklers as expressions of the combinators: `with = ...`.

mod sequences;
mod words;
mod wrappers;

pub use words::{compression_word, delimiter_word, encoding_word, end_literal, end_of_bytes};
pub use wrappers::all_digits;

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::schema::{Filter, Presence, Reference, Shape};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::context::Context;
use crate::error::{Result, refused};
use crate::literal;
use crate::types::{integer, least, tuple, varint_word};

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
            Shape::Bool { bits } => {
                let bits = Literal::u32_unsuffixed(*bits);
                made(quote!(bool), self.pickler(quote!(bits::<#bits, bool>())))
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
            Shape::Mapped { .. } | Shape::Opaque(_) => self.code(shape),
            Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) | Shape::Enumeration(_) => {
                refused("in Rust this is a type of its own, which needs a name")
            }
            Shape::Behind { .. } => {
                refused("in Rust, what stands behind a constant is a type of its own")
            }
            Shape::Shown { item, .. } if recovers(item).is_some() => {
                let constant = recovers(item).unwrap_or(item);
                let Made { ty, pickler } = self.made(constant)?;
                if ty.to_string() != "()" {
                    return refused("only a constant may be missing without a value");
                }
                made(quote!(bool), self.pickler(quote!(recover(#pickler))))
            }
            Shape::Shown { .. } => refused("what is shown as something else is a field in Rust"),
            Shape::Tuple(_) => refused("a tuple of more than 8 things is a type in Rust"),
            Shape::Float { .. } => refused("there is no floating-point number of so many bits"),
            Shape::Named(_)
            | Shape::OrderedBy { .. }
            | Shape::Given { .. }
            | Shape::Satisfying { .. }
            | Shape::Elsewhere { .. } => refused(LOOKS_AROUND),
        }
    }
}

/// The constant that may be missing, as `recover` describes it.
fn recovers(shape: &Shape) -> Option<&Shape> {
    let Shape::Choice {
        alternatives,
        names,
    } = shape
    else {
        return None;
    };
    let is_recover = names.iter().map(|it| &**it).eq(["there", "absent"]);
    alternatives.first().filter(|_| is_recover)
}

const LOOKS_AROUND: &str = "an expression looks at what is around, which only a field can do";
