//! What is in the middle of a shape, behind all layers.

use pickler::dynamic::Value;
use pickler::schema::{Count, Expr, Meaning, Shape, Terminator, Until};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::words::{hexadecimal, magic};
use super::{Held, Peeled, Piece};
use crate::attributes::Attributes;
use crate::combinators::{all_digits, encoding_word, end_of_bytes};
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;
use crate::types::{integer, is_native, least, prefix_word, varint_word};
use crate::{literal, names};

impl Context<'_> {
    /// What the type in the middle says, and attributes of it.
    pub(super) fn middle(&self, it: &Peeled<'_>, scope: Scope<'_>) -> Result<Held> {
        let mut attributes = Attributes::default();
        let mut middle = it.middle;
        if let Shape::Constant { item, value } = middle {
            return constant(item, value);
        }
        let none = match middle {
            Shape::Optional { item, none } => {
                middle = item;
                Some(none)
            }
            _ => None,
        };
        let mut meanings = Attributes::default();
        if let Shape::Means {
            item,
            meaning: Meaning::Flags { named, keeps },
        } = middle
        {
            let named = named.iter().map(|(name, bits)| {
                let Some(name) = names::exact(name) else {
                    return refused(format!("the flag `{name}` has no name in Rust"));
                };
                Ok((name, *bits))
            });
            let named = named.collect::<Result<Vec<_>>>()?.into_iter();
            let named = named.map(|(name, bits)| {
                let bits = hexadecimal(bits);
                quote!(#name = #bits)
            });
            let rest = keeps.then(|| quote!(..));
            let named = named.chain(rest);
            meanings.list("flags", quote!(#(#named),*));
            middle = item;
        }
        if let Shape::Means {
            item,
            meaning: Meaning::Scaled { scale, unit },
        } = middle
        {
            let is_power = |scale: u64| {
                let digits = scale.checked_ilog10();
                digits.is_some_and(|digits| digits > 0 && 10_u64.pow(digits) == scale)
            };
            match scale {
                scale if is_power(*scale) => {
                    let scale = Literal::u64_unsuffixed(*scale);
                    meanings.value("scale", quote!(#scale));
                    if !unit.is_empty() {
                        meanings.value("unit", unit);
                    }
                }
                1 if !unit.is_empty() => meanings.value("unit", unit),
                _ => return refused("a scale in Rust is a power of ten"),
            }
            middle = item;
        }
        let inner = self.innermost(middle, it, scope)?;
        attributes.extend(inner.attributes);
        attributes.extend(meanings);
        let ty = match none {
            None => inner.ty,
            Some(none) => {
                if it.optional {
                    return refused("an `Option` has one reason to be absent in Rust");
                }
                attributes.value("none", literal::integer(none)?);
                let ty = inner.ty;
                quote!(Option<#ty>)
            }
        };
        Ok(Held { ty, attributes })
    }

    /// What is behind all layers.
    fn innermost(&self, shape: &Shape, around: &Peeled<'_>, scope: Scope<'_>) -> Result<Held> {
        if let Some(ty) = self.plain(shape) {
            return Ok(Held::plain(ty));
        }
        let mut attributes = Attributes::default();
        let ty = match shape {
            Shape::Integer { bits, signed } => {
                let ty = integer(least(*bits), *signed);
                let bits = Literal::u32_unsuffixed(*bits);
                attributes.value("bits", quote!(#bits));
                quote!(#ty)
            }
            Shape::Bool { bits } => {
                let bits = Literal::u32_unsuffixed(*bits);
                attributes.value("bits", quote!(#bits));
                quote!(bool)
            }
            Shape::Float { bits: 16 } => {
                attributes.word("half");
                quote!(f32)
            }
            Shape::Varint(format) => {
                attributes.value("varint", varint_word(format.encoding));
                if format.lenient {
                    attributes.word("lenient");
                }
                let ty = integer(format.bits, format.signed);
                quote!(#ty)
            }
            Shape::Bytes {
                count: Count::Fixed(count),
            } => {
                attributes.word("bytes");
                let count = Literal::u64_unsuffixed(*count);
                quote!([u8; #count])
            }
            Shape::Bytes { count } => {
                self.count(&mut attributes, count, None, around, scope)?;
                self.of_crate(quote!(ByteString))
            }
            Shape::Text { count } => {
                self.count(&mut attributes, count, None, around, scope)?;
                quote!(String)
            }
            Shape::List { item, count } => return self.list_of(item, count, around, scope),
            Shape::Unordered { list, by_key } => {
                let Shape::List { count, .. } = &**list else {
                    return refused("what is in any order is a list");
                };
                self.count(&mut attributes, count, None, around, scope)?;
                self.collection(list, *by_key)?
            }
            Shape::Boxed(item) => {
                let item = self.held(item, scope, false)?;
                attributes.list("item", item.attributes.list_tokens());
                let ty = item.ty;
                quote!(Box<#ty>)
            }
            Shape::Given { item, arguments } => {
                let ty = self.given(&mut attributes, item, arguments, scope)?;
                quote!(#ty)
            }
            Shape::Means { item, meaning } => {
                return self.meant_by_attributes(item, meaning, around, scope);
            }
            _ => {
                let made = self.made(shape)?;
                attributes.value("with", made.pickler);
                made.ty
            }
        };
        Ok(Held { ty, attributes })
    }

    fn meant_by_attributes(
        &self,
        item: &Shape,
        meaning: &Meaning,
        around: &Peeled<'_>,
        scope: Scope<'_>,
    ) -> Result<Held> {
        let mut attributes = Attributes::default();
        let mut bits = |bits: u32| {
            if !is_native(bits) {
                let bits = Literal::u32_unsuffixed(bits);
                attributes.value("bits", quote!(#bits));
            }
        };
        let ty = match (meaning, item) {
            (
                Meaning::NonZero,
                Shape::Integer {
                    bits: width,
                    signed,
                },
            ) => {
                bits(*width);
                self.nonzero(*width, *signed)
            }
            (Meaning::ZigZag, Shape::Integer { bits: width, .. }) => {
                bits(*width);
                attributes.word("zigzag");
                let ty = integer(least(*width), true);
                quote!(#ty)
            }
            (Meaning::Digits { max }, Shape::Integer { bits: width, .. })
                if *max == all_digits(*width) =>
            {
                bits(*width);
                attributes.word("bcd");
                let ty = integer(least(*width), false);
                quote!(#ty)
            }
            (Meaning::Text(encoding), Shape::Bytes { count } | Shape::List { count, .. }) => {
                attributes.value("encoding", encoding_word(*encoding));
                self.count(&mut attributes, count, None, around, scope)?;
                quote!(String)
            }
            _ => return refused("no attribute says that this has another meaning"),
        };
        Ok(Held { ty, attributes })
    }

    fn list_of(
        &self,
        item: &Shape,
        count: &Count,
        around: &Peeled<'_>,
        scope: Scope<'_>,
    ) -> Result<Held> {
        let mut attributes = Attributes::default();
        let held = match self.plain(item) {
            Some(ty) => Held::plain(ty),
            None => self.held(item, scope, false)?,
        };
        let ty = held.ty;
        let ty = if let Count::Fixed(count) = count {
            let count = Literal::u64_unsuffixed(*count);
            quote!([#ty; #count])
        } else {
            self.count(&mut attributes, count, Some(item), around, scope)?;
            quote!(Vec<#ty>)
        };
        if !held.attributes.is_empty() {
            attributes.list("item", held.attributes.list_tokens());
        }
        Ok(Held { ty, attributes })
    }

    /// What says how many units a list, text or bytes have.
    fn count(
        &self,
        to: &mut Attributes,
        count: &Count,
        item: Option<&Shape>,
        around: &Peeled<'_>,
        scope: Scope<'_>,
    ) -> Result<()> {
        match count {
            Count::Prefix(prefix) => match prefix_word(prefix) {
                Some(prefix) => to.value("count", prefix),
                None => return refused("no attribute has such an integer in front"),
            },
            Count::Expr(count) => to.value("count", self.expression(count, scope)?),
            Count::Rest => {
                if around.piece == Piece::None {
                    if around.optional {
                        return refused("`rest` says of an `Option` that it may be absent");
                    }
                    to.word("rest");
                }
            }
            Count::Until(until) => self.terminator(to, until, item, around)?,
            Count::Last(last) => {
                let Some(item) = item else {
                    return refused("only items can be the last");
                };
                to.value("last", self.expression(last, scope.of_item(item))?);
            }
            Count::Fixed(_) => {
                return refused("no attribute says that there are always so many");
            }
        }
        Ok(())
    }

    fn terminator(
        &self,
        to: &mut Attributes,
        until: &Until,
        item: Option<&Shape>,
        around: &Peeled<'_>,
    ) -> Result<()> {
        // Whether there is room for it follows from the size of the piece.
        let room = match around.piece {
            Piece::Of(size) if until.ending.or_end && !around.padded => Some(size),
            _ => None,
        };
        if until.room.as_ref() != room {
            return refused("the room for what ends this is that of its piece");
        }
        let end = match item {
            Some(item) => self.value(item, &until.end)?,
            None => end_of_bytes(until)?,
        };
        let end = if until.ending.or_end {
            quote!(#end | end)
        } else {
            end
        };
        to.value("terminator", end);
        match until.ending.terminator {
            Terminator::Taken => {}
            Terminator::Kept => to.value("terminator_is", quote!(kept)),
            Terminator::Left => to.value("terminator_is", quote!(left)),
        }
        Ok(())
    }

    /// What a type is given.
    fn given(
        &self,
        to: &mut Attributes,
        item: &Shape,
        arguments: &[Expr],
        scope: Scope<'_>,
    ) -> Result<TokenStream> {
        let Shape::Named(reference) = item else {
            return refused("only types with a name are given something in Rust");
        };
        let parameters = &self.schema.definition(*reference).parameters;
        let arguments = parameters
            .iter()
            .zip(arguments)
            .map(|(parameter, argument)| {
                let Some(name) = names::exact(&parameter.name) else {
                    return refused(format!(
                        "`{}` cannot be a parameter's name in Rust",
                        parameter.name
                    ));
                };
                let argument = self.expression(argument, scope)?;
                Ok(if name == argument.to_string() {
                    quote!(#name)
                } else {
                    quote!(#name = #argument)
                })
            });
        let arguments = arguments.collect::<Result<Vec<_>>>()?;
        to.list("given", quote!(#(#arguments),*));
        let ty = self.type_of(*reference);
        Ok(quote!(#ty))
    }
}

fn constant(item: &Shape, value: &Value) -> Result<Held> {
    let mut attributes = Attributes::default();
    match item {
        Shape::Integer { bits, signed } => {
            if !is_native(*bits) {
                let bits = Literal::u32_unsuffixed(*bits);
                attributes.value("bits", quote!(#bits));
            }
            let value = literal::typed_integer(value, least(*bits), *signed)?;
            attributes.value("constant", value);
        }
        Shape::Varint(format) if !format.lenient => {
            attributes.value("varint", varint_word(format.encoding));
            let value = literal::typed_integer(value, format.bits, format.signed)?;
            attributes.value("constant", value);
        }
        _ => match magic(item, value) {
            Some(bytes) => attributes.value("constant", bytes),
            None => return refused("this constant has no literal"),
        },
    }
    Ok(Held {
        ty: quote!(()),
        attributes,
    })
}
