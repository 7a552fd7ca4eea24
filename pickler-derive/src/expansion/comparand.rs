//! Texts, bytes and floating-point numbers in expressions: what is compared.

use proc_macro2::{Literal as Token, TokenStream};

use super::Context;
use super::expression::Side;
use crate::normalization::{Expression, Field, Place, is_number};
use crate::parsing::{Literal, LiteralValue, Match, Pattern};

impl Expression {
    /// An `Option<Comparand>`.
    pub fn comparand(&self, fields: &[Field], side: Side, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Literal(literal) => {
                let literal = literal.comparand(cx);
                hygienic!(::core::option::Option::Some(#literal))
            }
            Self::Constant(path) => hygienic!(#pickler::generated::comparand(&#path)),
            Self::Name(Place::Field(index)) if fields[*index].derived.is_some() => {
                self.number(fields, side, cx)
            }
            Self::Name(Place::Index) => self.number(fields, side, cx),
            Self::Name(_) | Self::Member(..) | Self::Item(..) => self.looked_at(
                fields,
                side,
                cx,
                &|number| compared(&number, cx),
                &|place| hygienic!(#pickler::generated::comparand(#place)),
            ),
            _ => self.number(fields, side, cx),
        }
    }

    fn number(&self, fields: &[Field], side: Side, cx: Context<'_>) -> TokenStream {
        compared(&self.value(fields, side, cx), cx)
    }

    /// It and what it is compared with need not be numbers, as far as can be seen.
    pub fn may_be_no_number(&self, other: &Self, fields: &[Field], cx: Context<'_>) -> bool {
        let may_be = |it: &Self| match it {
            Self::Literal(_) | Self::Constant(_) | Self::Member(..) | Self::Item(..) => true,
            Self::Name(Place::Field(index)) => !is_number(&fields[*index].ty),
            Self::Name(Place::Item) => cx.item.is_none_or(|item| !is_number(item)),
            _ => false,
        };
        may_be(self) && may_be(other)
    }

    /// The number that is compared, if it is one: an `Option<i128>`.
    pub fn compared_number(
        &self,
        other: &Self,
        fields: &[Field],
        side: Side,
        cx: Context<'_>,
    ) -> TokenStream {
        let Context { pickler, .. } = cx;
        if !self.may_be_no_number(other, fields, cx) {
            return self.value(fields, side, cx);
        }
        let comparand = self.comparand(fields, side, cx);
        hygienic!(#pickler::generated::number(#comparand))
    }
}

impl Match<Place> {
    /// It looks at something that is no number.
    pub fn compares_literals(&self) -> bool {
        let mut patterns = self.arms.iter().flat_map(|arm| &arm.patterns);
        patterns.any(|pattern| matches!(pattern, Pattern::Literal(_)))
    }
}

impl Pattern {
    /// A condition on the comparand `value`.
    pub fn equals(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Literal(literal) => {
                let literal = literal.comparand(cx);
                hygienic!(#pickler::generated::equal(value, #literal))
            }
            other => {
                let fits = other.fits(cx);
                hygienic! {
                    ::core::matches!(
                        value,
                        #pickler::schema::Comparand::Number(value) if #fits
                    )
                }
            }
        }
    }
}

impl Literal {
    /// A `Comparand`.
    fn comparand(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match &self.value {
            LiteralValue::Text(text) => {
                let bytes = Token::byte_string(text.as_bytes());
                hygienic!(#pickler::schema::Comparand::Bytes(#bytes))
            }
            LiteralValue::Bytes(bytes) => {
                let bytes = Token::byte_string(bytes);
                hygienic!(#pickler::schema::Comparand::Bytes(#bytes))
            }
            LiteralValue::Float(value) => {
                let value = float(*value);
                hygienic!(#pickler::schema::Comparand::Float(#value))
            }
        }
    }

    /// A `schema::Expr`.
    pub fn description(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match &self.value {
            LiteralValue::Text(text) => hygienic! {
                #pickler::schema::Expr::Text(::core::convert::From::from(#text))
            },
            LiteralValue::Bytes(bytes) => {
                let bytes = Token::byte_string(bytes);
                hygienic!(#pickler::schema::Expr::Bytes(::core::convert::From::from(*#bytes)))
            }
            LiteralValue::Float(value) => {
                let value = float(*value);
                hygienic!(#pickler::schema::Expr::Float(::core::convert::From::from(#value)))
            }
        }
    }
}

/// An `Option<i128>` as an `Option<Comparand>`.
fn compared(number: &TokenStream, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    hygienic! {
        ::core::option::Option::map(#number, #pickler::schema::Comparand::Number)
    }
}

/// A literal has no sign of its own.
fn float(value: f64) -> TokenStream {
    let literal = Token::f64_suffixed(value.abs());
    if value.is_sign_negative() {
        hygienic!((-#literal))
    } else {
        hygienic!(#literal)
    }
}
