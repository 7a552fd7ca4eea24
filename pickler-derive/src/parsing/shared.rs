//! How something is referred to that was seen before: `shared`.

use proc_macro2::{Ident, Span};
use syn::{Expr, ExprCall, ExprLit, Lit};

use super::attributes::Attributes;
use super::prefix::Prefix;
use crate::errors::Errors;
use crate::mistakes;

/// How something is referred to that was seen before.
pub enum Reference {
    /// `offset(0xC000_u16)`
    Offset { bits: u32, mark: u64 },
    /// `index(u8)`, `index(u8, names)`
    Number(Prefix, String),
}

impl Reference {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Self)> {
        let (span, expr) = attributes.real_expr("shared", errors)?;
        let found = match &expr {
            Expr::Call(call) => match function(call).as_deref() {
                Some("offset") => Self::offset(call),
                Some("index") => Self::number(call),
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            errors.add(syn::Error::new_spanned(
                &expr,
                mistakes::MALFORMED.says(
                    "write `shared = index(u8)`, with the integer in front, or `shared = \
                     offset(0xC000_u16)`, with the integer that holds the offset and the bits of \
                     its first byte that mark it",
                ),
            ));
        }
        found.map(|found| (span, found))
    }

    fn offset(call: &ExprCall) -> Option<Self> {
        let (
            Some(Expr::Lit(ExprLit {
                lit: Lit::Int(literal),
                ..
            })),
            1,
        ) = (call.args.first(), call.args.len())
        else {
            return None;
        };
        let bits = match literal.suffix() {
            "u8" => 8,
            "u16" => 16,
            "u32" => 32,
            "u64" => 64,
            _ => return None,
        };
        let mark: u64 = literal.base10_parse().ok()?;
        let in_first_byte = mark != 0 && mark.trailing_zeros() >= bits - 8;
        in_first_byte.then_some(Self::Offset { bits, mark })
    }

    fn number(call: &ExprCall) -> Option<Self> {
        let mut arguments = call.args.iter();
        let prefix = Prefix::new(arguments.next()?)?;
        let table = match arguments.next() {
            None => String::new(),
            Some(Expr::Path(path)) => path.path.get_ident()?.to_string(),
            Some(_) => return None,
        };
        arguments
            .next()
            .is_none()
            .then_some(Self::Number(prefix, table))
    }
}

fn function(call: &ExprCall) -> Option<String> {
    match &*call.func {
        Expr::Path(path) => path.path.get_ident().map(Ident::to_string),
        _ => None,
    }
}
