//! Expressions over fields: the portable part of Rust's.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::string::String;
use core::fmt;

/// Without the feature `alloc` there are no descriptions.
#[cfg(not(feature = "alloc"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {}

/// An expression over the fields of a record. Integers are `i128`.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A number.
    Integer(i128),
    /// The value of a field.
    Field(String),
    /// How many units a field has: `len(items)`.
    Len(String),
    /// How many bytes a field takes: `sizeof(body)`.
    SizeOf(String),
    /// How many bytes the record takes: `sizeof(self)`.
    SizeOfSelf,
    /// Two expressions.
    Binary(Box<Expr>, Operator, Box<Expr>),
}

/// What connects two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, rounding towards zero
    Divide,
}

impl Operator {
    /// The result, or `None` on overflow or division by zero.
    pub fn apply(self, left: i128, right: i128) -> Option<i128> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
        }
    }
}

#[cfg(feature = "alloc")]
impl Expr {
    /// The expression looks at the field of that name.
    pub fn mentions(&self, field: &str) -> bool {
        match self {
            Self::Field(name) | Self::Len(name) | Self::SizeOf(name) => name == field,
            Self::Integer(_) | Self::SizeOfSelf => false,
            Self::Binary(left, _, right) => left.mentions(field) || right.mentions(field),
        }
    }

    /// The expression looks at how many bytes something takes.
    pub fn uses_sizes(&self) -> bool {
        match self {
            Self::SizeOf(_) | Self::SizeOfSelf => true,
            Self::Integer(_) | Self::Field(_) | Self::Len(_) => false,
            Self::Binary(left, _, right) => left.uses_sizes() || right.uses_sizes(),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        })
    }
}

#[cfg(feature = "alloc")]
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Field(name) => f.write_str(name),
            Self::Len(name) => write!(f, "len({name})"),
            Self::SizeOf(name) => write!(f, "sizeof({name})"),
            Self::SizeOfSelf => f.write_str("sizeof(self)"),
            Self::Binary(left, operator, right) => write!(f, "({left} {operator} {right})"),
        }
    }
}
