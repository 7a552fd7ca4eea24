//! What expressions are where they are compared.

use std::fmt;

use pickler::schema::{Expr, Meaning, Schema, Shape, UnaryOperator};

use super::scope::Scope;

/// What is compared: things of two kinds are neither equal nor different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    Bytes,
    Float,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number",
            Self::Bytes => "a text or bytes",
            Self::Float => "a floating-point number",
        })
    }
}

impl Kind {
    /// That of an expression, as far as it is seen.
    pub fn of(expr: &Expr, scope: &Scope<'_>, schema: &Schema) -> Option<Self> {
        match expr {
            Expr::Text(_) | Expr::Bytes(_) => Some(Self::Bytes),
            Expr::Float(_) => Some(Self::Float),
            Expr::Field(_) | Expr::Member(..) | Expr::Item(..) => {
                Self::of_shape(scope.place(expr, schema)?, schema)
            }
            Expr::Integer(_)
            | Expr::Bool(_)
            | Expr::Variant { .. }
            | Expr::Len(_)
            | Expr::Tag(_)
            | Expr::TagOfSelf
            | Expr::Present(_)
            | Expr::SizeOf(_)
            | Expr::SizeOfSelf
            | Expr::OffsetOf(_)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Cast(..) => Some(Self::Number),
            Expr::If { .. } | Expr::Match { .. } => None,
        }
    }

    fn of_shape(shape: &Shape, schema: &Schema) -> Option<Self> {
        match schema.meaning(shape) {
            Shape::Integer { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Enumeration(_) => Some(Self::Number),
            Shape::Float { .. } => Some(Self::Float),
            Shape::Bytes { .. } | Shape::Text { .. } => Some(Self::Bytes),
            Shape::Means { item, meaning } => match meaning {
                Meaning::Digits { .. } | Meaning::ZigZag => Some(Self::Number),
                Meaning::Text(_) => Some(Self::Bytes),
                meaning if meaning.keeps_value() => Self::of_shape(item, schema),
                _ => None,
            },
            _ => None,
        }
    }
}

/// An expression is seen to be a number, which is neither true nor false.
pub fn is_number(expr: &Expr, scope: &Scope<'_>, schema: &Schema) -> bool {
    match expr {
        expr if expr.is_condition() => false,
        Expr::Field(_) | Expr::Member(..) | Expr::Item(..) => {
            let Some(shape) = scope.place(expr, schema) else {
                // The number of an item, or a byte.
                return true;
            };
            let is_bool = matches!(schema.meaning(shape), Shape::Bool { .. });
            !is_bool && Kind::of_shape(shape, schema) == Some(Kind::Number)
        }
        Expr::Unary(UnaryOperator::Not, of) => !is_bool(of, scope, schema),
        Expr::If {
            then, otherwise, ..
        } => is_number(then, scope, schema) || is_number(otherwise, scope, schema),
        Expr::Match {
            arms, otherwise, ..
        } => {
            is_number(otherwise, scope, schema)
                || arms.iter().any(|arm| is_number(&arm.value, scope, schema))
        }
        _ => true,
    }
}

/// An expression is seen to be true or false, by itself or by the type of what it
/// looks at.
pub fn is_bool(expr: &Expr, scope: &Scope<'_>, schema: &Schema) -> bool {
    match expr {
        expr if expr.is_condition() => true,
        Expr::Field(_) | Expr::Member(..) | Expr::Item(..) => scope
            .place(expr, schema)
            .is_some_and(|shape| matches!(schema.meaning(shape), Shape::Bool { .. })),
        Expr::Unary(UnaryOperator::Not, of) => is_bool(of, scope, schema),
        Expr::If {
            then, otherwise, ..
        } => is_bool(then, scope, schema) && is_bool(otherwise, scope, schema),
        Expr::Match {
            arms, otherwise, ..
        } => {
            is_bool(otherwise, scope, schema)
                && arms.iter().all(|arm| is_bool(&arm.value, scope, schema))
        }
        _ => false,
    }
}
