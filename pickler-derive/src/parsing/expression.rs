//! The portable part of Rust's expressions.

use proc_macro2::Ident;
use syn::{BinOp, Expr, ExprLit, ExprUnary, Lit, UnOp};

/// An expression over the fields of a record, as it was written.
#[derive(Clone)]
pub enum Portable {
    Integer(i128),
    Field(Ident),
    Len(Ident),
    SizeOf(Ident),
    SizeOfSelf(Ident),
    Binary(Box<Self>, Operator, Box<Self>),
}

#[derive(Clone, Copy)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

const ALLOWED: &str = "an expression here may use fields, whole numbers, `+`, `-`, `*`, `/`, \
                       parentheses, `len(field)` and `sizeof(field)`";

impl Portable {
    /// It looks at how many bytes something takes.
    pub fn uses_sizes(&self) -> bool {
        match self {
            Self::SizeOf(_) | Self::SizeOfSelf(_) => true,
            Self::Integer(_) | Self::Field(_) | Self::Len(_) => false,
            Self::Binary(left, _, right) => left.uses_sizes() || right.uses_sizes(),
        }
    }

    pub fn new(expr: &Expr) -> syn::Result<Self> {
        let refused = |why: &str| {
            let message = if why.is_empty() {
                ALLOWED.to_owned()
            } else {
                format!("{why}; {ALLOWED}")
            };
            Err(syn::Error::new_spanned(expr, message))
        };
        match expr {
            Expr::Lit(ExprLit {
                lit: Lit::Int(literal),
                ..
            }) => Ok(Self::Integer(literal.base10_parse()?)),
            Expr::Unary(ExprUnary {
                op: UnOp::Neg(_),
                expr: inner,
                ..
            }) => match Self::new(inner)? {
                Self::Integer(value) => Ok(Self::Integer(-value)),
                _ => refused("write `0 - x` for `-x`"),
            },
            Expr::Paren(paren) => Self::new(&paren.expr),
            Expr::Group(group) => Self::new(&group.expr),
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) if path.qself.is_none() => Ok(Self::Field(name.clone())),
                _ => refused("a constant is written as its number"),
            },
            Expr::Field(_) => refused("a field is written as its name alone"),
            Expr::Cast(_) => refused("no cast is needed, all numbers have one type"),
            Expr::Call(call) => {
                let name = match &*call.func {
                    Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
                    _ => None,
                };
                let argument = match call.args.first() {
                    Some(Expr::Path(path)) if call.args.len() == 1 => path.path.get_ident(),
                    _ => None,
                };
                match (name.as_deref(), argument) {
                    (Some("sizeof"), Some(field)) if field == "self" => {
                        Ok(Self::SizeOfSelf(field.clone()))
                    }
                    (Some("sizeof"), Some(field)) => Ok(Self::SizeOf(field.clone())),
                    (Some("len"), Some(field)) => Ok(Self::Len(field.clone())),
                    _ => refused(""),
                }
            }
            Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                refused("a length is written `len(field)`")
            }
            Expr::Binary(binary) => {
                let operator = match binary.op {
                    BinOp::Add(_) => Operator::Add,
                    BinOp::Sub(_) => Operator::Subtract,
                    BinOp::Mul(_) => Operator::Multiply,
                    BinOp::Div(_) => Operator::Divide,
                    _ => return refused(""),
                };
                let left = Self::new(&binary.left)?.into();
                let right = Self::new(&binary.right)?.into();
                Ok(Self::Binary(left, operator, right))
            }
            _ => refused(""),
        }
    }
}
