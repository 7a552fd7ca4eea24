//! Values that attributes are made of.

use std::fmt::{self, Display};

use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, LitBool, LitByteStr, LitInt, LitStr, Token, UnOp};

use super::attributes::Attributes;
use super::expression::Portable;
use crate::errors::Errors;
use crate::mistakes;

#[derive(Clone, Copy, PartialEq)]
pub enum ByteOrder {
    Big,
    Little,
}

#[derive(Clone, Copy, PartialEq)]
pub enum BitOrder {
    Msb,
    Lsb,
}

/// `endian = ...` and `bit_order = ...`.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Orders {
    pub bytes: Option<ByteOrder>,
    pub bits: Option<BitOrder>,
}

impl Orders {
    pub fn take(attributes: &mut Attributes, errors: &mut Errors) -> Self {
        let bytes = [("big", ByteOrder::Big), ("little", ByteOrder::Little)];
        let bits = [("msb", BitOrder::Msb), ("lsb", BitOrder::Lsb)];
        Self {
            bytes: attributes.word("endian", &bytes, errors).map(|(_, it)| it),
            bits: attributes
                .word("bit_order", &bits, errors)
                .map(|(_, it)| it),
        }
    }

    /// The condition of `endian = if condition { little } else { big }`, or
    /// the other one of the two orders the other way round.
    pub fn take_condition(
        attributes: &mut Attributes,
        errors: &mut Errors,
    ) -> Option<(Span, Portable)> {
        let Expr::If(branches) = attributes.peek_expr("endian")? else {
            return None;
        };
        let orders = (
            only_word(&branches.then_branch),
            branches
                .else_branch
                .as_ref()
                .and_then(|(_, it)| match &**it {
                    Expr::Block(block) => only_word(&block.block),
                    _ => None,
                }),
        );
        let (span, expr) = attributes.expr("endian", errors)?;
        let Expr::If(branches) = expr else {
            return None;
        };
        let condition = errors.keep(Portable::new(&branches.cond))?;
        match (orders.0.as_deref(), orders.1.as_deref()) {
            (Some("little"), Some("big")) => Some((span, condition)),
            (Some("big"), Some("little")) => Some((span, condition.negated(span))),
            _ => {
                errors.push(
                    span,
                    mistakes::MALFORMED.says(
                        "a byte order by a condition is written \
                     `endian = if condition { little } else { big }`",
                    ),
                );
                None
            }
        }
    }

    pub fn is_set(self) -> bool {
        self.bytes.is_some() || self.bits.is_some()
    }
}

/// The word that a block consists of.
fn only_word(block: &syn::Block) -> Option<String> {
    match block.stmts.as_slice() {
        [syn::Stmt::Expr(Expr::Path(path), None)] => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

/// A value that JSON and scripts see.
#[derive(Clone)]
pub enum Shown {
    Null,
    Bool(LitBool),
    Integer(i128),
    Text(LitStr),
    Bytes(LitByteStr),
}

impl Shown {
    /// Both are the same value.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one.value == other.value,
            (Self::Integer(one), Self::Integer(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one.value() == other.value(),
            (Self::Bytes(one), Self::Bytes(other)) => one.value() == other.value(),
            _ => false,
        }
    }
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("`null`"),
            Self::Bool(value) => write!(f, "`{}`", value.value),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Text(value) => write!(f, "{:?}", value.value()),
            Self::Bytes(value) => write!(f, "`{}`", value.token()),
        }
    }
}

impl Parse for Shown {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return Ok(Self::Text(input.parse()?));
        }
        if input.peek(LitByteStr) {
            return Ok(Self::Bytes(input.parse()?));
        }
        if input.peek(LitBool) {
            return Ok(Self::Bool(input.parse()?));
        }
        if input.peek(Token![-]) {
            input.parse::<Token![-]>()?;
            let value = input.parse::<LitInt>()?.base10_parse::<i128>()?;
            return Ok(Self::Integer(-value));
        }
        if input.peek(LitInt) {
            let literal: LitInt = input.parse()?;
            return Ok(Self::Integer(literal.base10_parse()?));
        }
        let word = input
            .parse::<Ident>()
            .map_err(|error| syn::Error::new(error.span(), mistakes::MALFORMED.says(EXPECTED)))?;
        if word == "null" {
            Ok(Self::Null)
        } else {
            Err(syn::Error::new(
                word.span(),
                mistakes::MALFORMED.says(EXPECTED),
            ))
        }
    }
}

const EXPECTED: &str = "`shown` takes pairs of values as they are and as they are shown: integers, \
                        text, booleans or `null`, such as `shown(255 = -1)`";

/// The pairs of `shown(A = B, ...)`.
pub fn shown_pairs(tokens: TokenStream) -> syn::Result<Vec<(Shown, Shown)>> {
    let pair = |input: ParseStream<'_>| {
        let actual = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok((actual, input.parse()?))
    };
    let pairs = |input: ParseStream<'_>| {
        Punctuated::<(Shown, Shown), Token![,]>::parse_terminated_with(input, pair)
    };
    Ok(pairs.parse2(tokens)?.into_iter().collect())
}

/// The integer that an expression of literals has, if it is one.
pub fn integer(expr: &Expr) -> Option<i128> {
    match expr {
        Expr::Lit(ExprLit { lit, .. }) => match lit {
            Lit::Int(literal) => literal.base10_parse().ok(),
            Lit::Byte(literal) => Some(literal.value().into()),
            _ => None,
        },
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => integer(expr)?.checked_neg(),
        Expr::Paren(paren) => integer(&paren.expr),
        Expr::Group(group) => integer(&group.expr),
        Expr::Binary(binary) => {
            use syn::BinOp::{Add, BitOr, Mul, Shl, Sub};
            let (left, right) = (integer(&binary.left)?, integer(&binary.right)?);
            match binary.op {
                Add(_) => left.checked_add(right),
                Sub(_) => left.checked_sub(right),
                Mul(_) => left.checked_mul(right),
                Shl(_) => left.checked_shl(right.try_into().ok()?),
                BitOr(_) => Some(left | right),
                _ => None,
            }
        }
        _ => None,
    }
}
