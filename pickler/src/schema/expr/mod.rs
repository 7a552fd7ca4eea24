//! Expressions over fields: the portable part of Rust's.

mod comparand;
#[cfg(feature = "alloc")]
mod display;
#[cfg(feature = "alloc")]
mod literal;
mod operand;
mod operator;
#[cfg(feature = "alloc")]
mod parse;
#[cfg(all(test, feature = "alloc"))]
mod tests;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use crate::dynamic::{Float, Value};

pub use comparand::{Comparable, Comparand};
pub use operand::{HoldsMembers, Members, Operand, Variants};
#[cfg(feature = "alloc")]
#[doc(hidden)]
pub use operand::{describe_tagged, describe_variant, member_name};
pub(crate) use operand::{same, tag_of};
pub use operator::{IntegerType, Operator, UnaryOperator};
#[cfg(feature = "alloc")]
pub use parse::ParseError;

/// Without the feature `alloc` there are no descriptions.
#[cfg(not(feature = "alloc"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {}

/// An expression over the fields of a record and the parameters of its type.
///
/// Its values are `i128`: a condition is 0 or 1, the value of an enum is its
/// tag. What overflows, divides by zero or does not fit has no value. Texts,
/// bytes and floating-point numbers can be compared, and nothing else.
///
/// It is printed as Rust would write it, with as few parentheses as possible,
/// and what is printed can be parsed again.
///
/// ```
/// use pickler::schema::Expr;
///
/// let expr: Expr = "(rows + 1) * (columns) & !3".parse()?;
/// assert_eq!(expr.to_string(), "(rows + 1) * columns & !3");
/// # Ok::<(), pickler::schema::ParseError>(())
/// ```
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A number.
    Integer(i128),
    /// `true` or `false`.
    Bool(bool),
    /// A text, `"END"`, to compare something with.
    Text(String),
    /// Bytes, `b"\x00\xFF"`, to compare something with.
    Bytes(Vec<u8>),
    /// A floating-point number, `1.5`, to compare something with.
    Float(Float),
    /// The value of a field or of a parameter; or of the item of a list that is
    /// looked at, `item`, or, where nothing else is called so, its number from 0,
    /// `index`.
    Field(String),
    /// The value of a field of a field: `header.length`.
    Member(Box<Expr>, String),
    /// One item of a list by its number from 0, `sizes[index]`: of a number, its
    /// value.
    Item(Box<Expr>, Box<Expr>),
    /// A variant of an enum, `Kind::Text`: its tag.
    Variant {
        /// The enum's name.
        of: String,
        /// The variant's name.
        name: String,
    },
    /// How many units a field has: `len(items)`.
    Len(Box<Expr>),
    /// The tag of a field that is an enum: `tag(body)`.
    Tag(Box<Expr>),
    /// The tag of the variant around: `tag(self)`.
    TagOfSelf,
    /// Whether a field that may be absent is there: `present(rating)`.
    Present(String),
    /// How many bytes a field takes: `sizeof(body)`.
    SizeOf(String),
    /// How many bytes the record takes: `sizeof(self)`.
    SizeOfSelf,
    /// Where a field is, in bytes: `offset(body)`.
    OffsetOf(String),
    /// One expression with an operator in front.
    Unary(UnaryOperator, Box<Expr>),
    /// Two expressions.
    Binary(Box<Expr>, Operator, Box<Expr>),
    /// The same value, if it fits a type: `length as u8`.
    Cast(Box<Expr>, IntegerType),
    /// `if condition { then } else { otherwise }`
    If {
        /// What decides.
        condition: Box<Expr>,
        /// The value where it holds.
        then: Box<Expr>,
        /// The value where it does not.
        otherwise: Box<Expr>,
    },
    /// `match of { 1 | 2 => a, 3..=5 => b, _ => c }`
    Match {
        /// What decides.
        of: Box<Expr>,
        /// What it may be; the first that fits counts.
        arms: Vec<Arm>,
        /// The value where none fits.
        otherwise: Box<Expr>,
    },
}

/// One arm of a `match`.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// The arm fits if one of them does.
    pub patterns: Vec<Pattern>,
    /// The value where it fits.
    pub value: Expr,
}

/// What a value may be.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// This number, `true` or `false`, a variant, a text, bytes, or a
    /// floating-point number.
    Value(Expr),
    /// From a number to another, both included; [`i128::MIN`] and
    /// [`i128::MAX`] for a range without start or end.
    Range(i128, i128),
}

#[cfg(feature = "alloc")]
impl Expr {
    /// The parts that an expression has, of any depth, itself included.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Integer(_)
            | Self::Bool(_)
            | Self::Text(_)
            | Self::Bytes(_)
            | Self::Float(_)
            | Self::Field(_)
            | Self::Variant { .. }
            | Self::TagOfSelf
            | Self::Present(_)
            | Self::SizeOf(_)
            | Self::OffsetOf(_)
            | Self::SizeOfSelf => {}
            Self::Member(inner, _)
            | Self::Len(inner)
            | Self::Tag(inner)
            | Self::Unary(_, inner)
            | Self::Cast(inner, _) => inner.walk(visit),
            Self::Binary(left, _, right) | Self::Item(left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::If {
                condition,
                then,
                otherwise,
            } => {
                condition.walk(visit);
                then.walk(visit);
                otherwise.walk(visit);
            }
            Self::Match {
                of,
                arms,
                otherwise,
            } => {
                of.walk(visit);
                for arm in arms {
                    arm.value.walk(visit);
                }
                otherwise.walk(visit);
            }
        }
    }

    /// The numbers that stand in the expression.
    pub(crate) fn numbers(&self, found: &mut Vec<i128>) {
        self.walk(&mut |it| match it {
            Self::Integer(value) => found.push(*value),
            Self::Match { arms, .. } => {
                for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                    match pattern {
                        Pattern::Value(Self::Integer(value)) => found.push(*value),
                        Pattern::Value(_) => {}
                        Pattern::Range(first, last) => found.extend([*first, *last]),
                    }
                }
            }
            _ => {}
        });
    }

    /// The texts, bytes and floating-point numbers that stand in the expression.
    pub(crate) fn literals(&self, found: &mut Vec<Value>) {
        fn literal(it: &Expr) -> Option<Value> {
            Some(match it {
                Expr::Text(text) => Value::Text(text.clone()),
                Expr::Bytes(bytes) => Value::Bytes(bytes.clone().into()),
                Expr::Float(float) => Value::Float(*float),
                _ => return None,
            })
        }
        self.walk(&mut |it| match it {
            Self::Match { arms, .. } => {
                for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                    if let Pattern::Value(value) = pattern {
                        found.extend(literal(value));
                    }
                }
            }
            it => found.extend(literal(it)),
        });
    }

    /// The expression looks at the field of that name.
    pub fn mentions(&self, field: &str) -> bool {
        let mut found = false;
        self.walk(&mut |it| {
            found |= matches!(
                it,
                Self::Field(name)
                    | Self::SizeOf(name)
                    | Self::OffsetOf(name)
                    | Self::Present(name) if name == field
            );
        });
        found
    }

    /// The expression looks at more than an item.
    pub(crate) fn looks_around(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| {
            found |= match it {
                Self::Field(name) => name != "item",
                Self::TagOfSelf
                | Self::Present(_)
                | Self::SizeOf(_)
                | Self::SizeOfSelf
                | Self::OffsetOf(_) => true,
                _ => false,
            };
        });
        found
    }

    /// The expression looks at how many bytes something takes, or where it is.
    pub fn uses_sizes(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| {
            found |= matches!(it, Self::SizeOf(_) | Self::SizeOfSelf | Self::OffsetOf(_));
        });
        found
    }

    /// The expression looks at where something is.
    pub fn uses_offsets(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| found |= matches!(it, Self::OffsetOf(_)));
        found
    }

    /// The expression looks at where the field of that name is.
    pub fn looks_where(&self, field: &str) -> bool {
        let mut found = false;
        self.walk(&mut |it| found |= matches!(it, Self::OffsetOf(name) if name == field));
        found
    }

    /// The expression is seen to be true or false, so that `!` before it means
    /// "not", and not the other bits.
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Bool(_) | Self::Present(_) => true,
            Self::Binary(_, operator, _) => operator.is_condition(),
            Self::Unary(UnaryOperator::Not, inner) => inner.is_condition(),
            Self::If {
                then, otherwise, ..
            } => then.is_condition() && otherwise.is_condition(),
            Self::Match {
                arms, otherwise, ..
            } => otherwise.is_condition() && arms.iter().all(|arm| arm.value.is_condition()),
            _ => false,
        }
    }
}
