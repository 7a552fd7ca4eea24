//! Expressions over fields, as code and as descriptions.

use proc_macro2::TokenStream;
use quote::format_ident;

use super::Context;
use crate::normalization::{Expression, Field};
use crate::parsing::Operator;

/// Where an expression finds the fields.
#[derive(Clone, Copy, PartialEq)]
pub enum Side {
    /// Local variables hold what was read.
    Read,
    /// Local variables borrow what is to be written; what derived fields hold
    /// is in variables of its own.
    Write,
}

/// The variable for the value of a derived field that is to be written.
pub fn follows(index: usize) -> proc_macro2::Ident {
    format_ident!("follows_{index}", span = proc_macro2::Span::mixed_site())
}

/// The variable for the bit offset at which a field starts, or the last ends.
pub fn at(index: usize) -> proc_macro2::Ident {
    format_ident!("at_{index}", span = proc_macro2::Span::mixed_site())
}

impl Expression {
    /// An `Option<i128>`.
    pub fn value(&self, fields: &[Field], side: Side, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let borrowed = |index: usize| {
            let local = &fields[index].local;
            match side {
                Side::Read => hygienic!(&#local),
                Side::Write => hygienic!(#local),
            }
        };
        match self {
            Self::Integer(value) => {
                let value = proc_macro2::Literal::i128_suffixed(*value);
                hygienic!(::core::option::Option::Some(#value))
            }
            Self::Field(index) if side == Side::Write && fields[*index].derived.is_some() => {
                let follows = follows(*index);
                hygienic!(::core::option::Option::Some(#follows))
            }
            Self::Field(index) => {
                let value = borrowed(*index);
                hygienic!(#pickler::generated::integer(#value))
            }
            Self::Len(index) => {
                let value = borrowed(*index);
                hygienic!(#pickler::generated::units(#value))
            }
            Self::SizeOf(index) => {
                let (start, end) = (at(*index), at(index + 1));
                hygienic!(#pickler::generated::bytes_between(#start, #end))
            }
            Self::SizeOfSelf => {
                let end = at(fields.len());
                hygienic!(#pickler::generated::bytes_between(start, #end))
            }
            Self::Binary(left, operator, right) => {
                let left = left.value(fields, side, cx);
                let right = right.value(fields, side, cx);
                let operator = operator.tokens(cx);
                hygienic!(#pickler::generated::binary(#left, #operator, #right))
            }
        }
    }

    /// A `schema::Expr`.
    pub fn description(&self, fields: &[Field], cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let named = |index: usize| &fields[index].name;
        match self {
            Self::Integer(value) => {
                let value = proc_macro2::Literal::i128_suffixed(*value);
                hygienic!(#pickler::schema::Expr::Integer(#value))
            }
            Self::Field(index) => {
                let name = named(*index);
                hygienic!(#pickler::schema::Expr::Field(::core::convert::From::from(#name)))
            }
            Self::Len(index) => {
                let name = named(*index);
                hygienic!(#pickler::schema::Expr::Len(::core::convert::From::from(#name)))
            }
            Self::SizeOf(index) => {
                let name = named(*index);
                hygienic!(#pickler::schema::Expr::SizeOf(::core::convert::From::from(#name)))
            }
            Self::SizeOfSelf => hygienic!(#pickler::schema::Expr::SizeOfSelf),
            Self::Binary(left, operator, right) => {
                let left = left.description(fields, cx);
                let right = right.description(fields, cx);
                let operator = operator.tokens(cx);
                hygienic!(#pickler::generated::binary_expr(#left, #operator, #right))
            }
        }
    }
}

impl Operator {
    fn tokens(self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            Self::Add => hygienic!(#pickler::schema::Operator::Add),
            Self::Subtract => hygienic!(#pickler::schema::Operator::Subtract),
            Self::Multiply => hygienic!(#pickler::schema::Operator::Multiply),
            Self::Divide => hygienic!(#pickler::schema::Operator::Divide),
        }
    }
}
