//! Pieces of so many bytes, and what is done to their bytes.

use pickler::schema::{Expr, Filter, Meaning, Shape, Size, TextEncoding};
use proc_macro2::Literal;
use quote::{format_ident, quote};

use super::{Peeled, Piece};
use crate::attributes::Attributes;
use crate::combinators::{compression_word, delimiter_word, end_literal};
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;
use crate::types::prefix_word;

impl Context<'_> {
    pub(super) fn peel_size(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        match it.middle {
            Shape::Padded { item, padding } => {
                let is_utf16 = |item: &Shape| {
                    matches!(item, Shape::Means { meaning: Meaning::Text(encoding), .. }
                        if *encoding == TextEncoding::Utf16)
                };
                let (inner, leftover) = match &**item {
                    Shape::Sized {
                        item,
                        size: Size::AllBut(Expr::Integer(0)),
                        leftover: true,
                    } => (&**item, true),
                    item => (item, false),
                };
                let of_units = is_utf16(inner) && (padding.unit == 0 || padding.size % 2 == 0);
                if padding.unit_bytes != 1 + usize::from(of_units) {
                    return Ok(());
                }
                let size = Literal::u64_unsuffixed(padding.size);
                it.around.value("size", quote!(#size));
                let unit = if let Ok(byte @ 0x20..=0x7E) = u8::try_from(padding.unit) {
                    let byte = Literal::byte_character(byte);
                    quote!(#byte)
                } else {
                    let unit = Literal::u16_unsuffixed(padding.unit);
                    quote!(#unit)
                };
                it.around.value("pad", unit);
                if padding.ignored {
                    it.around.value("padding", quote!(ignored));
                }
                if leftover {
                    it.around.value("leftover", quote!(ignore));
                }
                it.middle = inner;
                (it.piece, it.padded) = (Piece::Any, true);
            }
            Shape::Sized {
                item,
                size,
                leftover,
            } => {
                if !self.size(it, size, scope)? {
                    return Ok(());
                }
                if *leftover {
                    it.around.value("leftover", quote!(ignore));
                }
                it.middle = item;
                it.piece = match size {
                    Size::Expr(size) => Piece::Of(size),
                    _ => Piece::Any,
                };
            }
            _ => {}
        }
        Ok(())
    }

    /// `size = ...`; whether it can be said.
    fn size(&self, it: &mut Peeled<'_>, size: &Size, scope: Scope<'_>) -> Result<bool> {
        match size {
            Size::Expr(size) => it.around.value("size", self.expression(size, scope)?),
            Size::AllBut(behind) => {
                let behind_it = self.expression(behind, scope)?;
                let is_simple = matches!(behind, Expr::Integer(0..) | Expr::Field(_));
                if is_simple {
                    it.around.value("size", quote!(remaining - #behind_it));
                } else {
                    it.around.value("size", quote!(remaining - (#behind_it)));
                }
            }
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                let Some(prefix) = prefix_word(prefix) else {
                    return Ok(false);
                };
                it.around.value("size", prefix);
                if *counts_itself {
                    it.around.value("size_counts", quote!(itself));
                }
            }
            Size::Until { end, ending } => {
                let (word, or_end) = delimiter_word(*ending);
                let (word, end) = (format_ident!("{word}"), end_literal(end));
                let end = if or_end { quote!(#end | end) } else { end };
                it.around.value("size", quote!(#word(#end)));
            }
            Size::AtMost(_) => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn filter(
        &self,
        to: &mut Attributes,
        filter: &Filter,
        scope: Scope<'_>,
    ) -> Result<()> {
        match filter {
            Filter::Xor(key) => {
                let parts = key.iter().map(|part| self.expression(part, scope));
                let parts = parts.collect::<Result<Vec<_>>>()?;
                match &parts[..] {
                    [part] => to.value("xor", part),
                    parts => to.value("xor", quote!([#(#parts),*])),
                }
            }
            Filter::RotateLeft(by) => to.value("rotate_left", self.expression(by, scope)?),
            Filter::RotateRight(by) => to.value("rotate_right", self.expression(by, scope)?),
            Filter::Compressed(compression) => {
                to.value("compression", compression_word(*compression)?);
            }
            _ => return refused("this filter has no name in Rust"),
        }
        Ok(())
    }
}
