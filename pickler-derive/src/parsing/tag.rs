//! What tells variants apart: `tag = u8` of an enum, `tag = 5..=9` of a variant.

use proc_macro2::{Ident, Span};
use syn::{Expr, ExprLit, Lit, Pat, Path, RangeLimits};

use super::attributes::Attributes;
use super::expression::{Portable, is_constant_case};
use super::literal::integer;
use super::prefix::{Prefix, VarintForm};
use crate::errors::Errors;
use crate::mistakes;

/// What the tag of an enum is.
pub enum TagBy {
    /// `tag = u8`
    Integer(Ident),
    /// `tag = bits(3)`
    Bits(u32),
    /// `tag = leb128`, `tag = leb128(u32)`
    Varint(VarintForm, Option<Ident>),
    /// `tag = [u8; 4]`
    Bytes(u32),
    /// `tag = kind`: it is elsewhere.
    Expression(Portable),
}

/// Tags of a variant.
#[derive(Clone)]
pub enum TagPattern {
    Integer(i128),
    /// From one to another, both included; `None` for the least or the greatest
    /// that there is.
    Range(Option<i128>, Option<i128>),
    Bytes(Vec<u8>),
    /// From one to another, both included.
    BytesBetween(Vec<u8>, Vec<u8>),
    /// A constant of the tag's type.
    Constant(Path),
    /// All that no other variant has: `_`.
    Others,
}

/// The tags of a variant, with the span of what says so.
pub type TagPatterns = (Span, Vec<TagPattern>);

impl TagBy {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Option<(Span, Self)> {
        let (span, expr) = attributes.real_expr("tag", errors)?;
        match Prefix::new(&expr) {
            Some(Prefix::Integer(ty)) => return Some((span, Self::Integer(ty))),
            Some(Prefix::Bits(bits)) => return Some((span, Self::Bits(bits))),
            Some(Prefix::Varint(form, ty)) => return Some((span, Self::Varint(form, ty))),
            None => {}
        }
        if let Expr::Repeat(repeat) = &expr {
            let is_byte = matches!(&*repeat.expr, Expr::Path(path) if path.path.is_ident("u8"));
            let count = integer(&repeat.len).and_then(|count| u32::try_from(count).ok());
            if let (true, Some(count @ 1..=16)) = (is_byte, count) {
                return Some((span, Self::Bytes(count)));
            }
            errors.add(syn::Error::new_spanned(
                expr,
                mistakes::MALFORMED.says("a tag of bytes is written `[u8; 4]`, of 1 to 16 bytes"),
            ));
            return None;
        }
        let portable = errors.keep(Portable::new(&expr))?;
        Some((span, Self::Expression(portable)))
    }
}

/// The tags that an expression says, as of a Rust discriminant.
pub fn of_expression(expr: &Expr, errors: &mut Errors) -> Option<Vec<TagPattern>> {
    let value = integer(expr);
    if value.is_none() {
        errors.add(syn::Error::new_spanned(
            expr,
            mistakes::MALFORMED.says(EXPECTED),
        ));
    }
    Some(vec![TagPattern::Integer(value?)])
}

/// The tags that a pattern says: `1 | 5..=9`.
pub fn of_pattern(pattern: &Pat, errors: &mut Errors) -> Option<Vec<TagPattern>> {
    let mut found = Vec::new();
    if collect(pattern, &mut found).is_none() {
        errors.add(syn::Error::new_spanned(
            pattern,
            mistakes::MALFORMED.says(EXPECTED),
        ));
        return None;
    }
    Some(found)
}

const EXPECTED: &str = "a tag is a number, such as `tag = 5`, or a constant, `tag = codes::LOGIN`; \
                        several are written `tag = 1 | 3` or `tag = 5..=9`, all others `tag = _`, \
                        and bytes `tag = b\"IHDR\"`";

fn collect(pattern: &Pat, found: &mut Vec<TagPattern>) -> Option<()> {
    match pattern {
        Pat::Or(or) => {
            for case in &or.cases {
                collect(case, found)?;
            }
        }
        Pat::Paren(paren) => collect(&paren.pat, found)?,
        Pat::Ident(name) if is_plain(name) => {
            found.push(TagPattern::Constant(name.ident.clone().into()));
        }
        Pat::Path(path) if path.qself.is_none() => {
            found.push(TagPattern::Constant(path.path.clone()));
        }
        Pat::Wild(_) => found.push(TagPattern::Others),
        Pat::Lit(literal) => found.push(match &literal.lit {
            Lit::ByteStr(bytes) => TagPattern::Bytes(bytes.value()),
            _ => TagPattern::Integer(integer(&Expr::Lit(literal.clone()))?),
        }),
        Pat::Range(range) if bytes(range.start.as_deref()).is_some() => {
            let (first, last) = (bytes(range.start.as_deref()), bytes(range.end.as_deref()));
            let RangeLimits::Closed(_) = range.limits else {
                return None;
            };
            found.push(TagPattern::BytesBetween(first?, last?));
        }
        Pat::Range(range) => {
            let first = match &range.start {
                None => None,
                Some(start) => Some(integer(start)?),
            };
            let last = match (&range.end, range.limits) {
                (None, _) => None,
                (Some(end), RangeLimits::HalfOpen(_)) => Some(integer(end)?.checked_sub(1)?),
                (Some(end), RangeLimits::Closed(_)) => Some(integer(end)?),
            };
            found.push(TagPattern::Range(first, last));
        }
        _ => return None,
    }
    Some(())
}

/// The bytes of a literal.
fn bytes(expr: Option<&Expr>) -> Option<Vec<u8>> {
    match expr {
        Some(Expr::Lit(ExprLit {
            lit: Lit::ByteStr(bytes),
            ..
        })) => Some(bytes.value()),
        _ => None,
    }
}

/// A name, as a constant has one.
fn is_plain(name: &syn::PatIdent) -> bool {
    name.by_ref.is_none()
        && name.mutability.is_none()
        && name.subpat.is_none()
        && is_constant_case(&name.ident)
}
