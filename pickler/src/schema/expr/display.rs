//! Expressions as text.

use core::fmt::{self, Display, Formatter};

use super::operator::binding;
use super::{Arm, Expr, Operator, Pattern, UnaryOperator};

/// A name, in backticks where it would be read as something else.
struct Name<'a>(&'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_name(self.0) {
            f.write_str(self.0)
        } else {
            write!(f, "`{}`", self.0)
        }
    }
}

/// It is read as a name where an expression may stand.
fn is_name(text: &str) -> bool {
    const WORDS: [&str; 7] = ["if", "else", "match", "true", "false", "as", "self"];
    let mut characters = text.chars();
    let starts = characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_');
    starts
        && characters.all(|it| it.is_alphanumeric() || it == '_')
        && !WORDS.contains(&text)
        && !is_type(text)
}

/// What else begins the name of an integer.
const TYPES: [&str; 9] = [
    "bool", "leb128", "lenient", "mqtt", "nat", "quic", "sleb128", "vlq", "zigzag",
];

/// It is the name of an integer, such as `u8`.
fn is_type(text: &str) -> bool {
    let bits = text.strip_prefix(['u', 'i', 'f']);
    TYPES.contains(&text)
        || bits.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

impl Expr {
    fn binding(&self) -> u8 {
        match self {
            Self::Integer(value) if *value < 0 => binding::UNARY,
            Self::Float(value) if value.get().is_sign_negative() => binding::UNARY,
            Self::Unary(..) => binding::UNARY,
            Self::Binary(_, operator, _) => operator.binding(),
            Self::Cast(..) => binding::CAST,
            _ => binding::ATOM,
        }
    }

    /// The text where only what binds as tightly can stand without
    /// parentheses.
    fn within(&self, least: u8, f: &mut Formatter<'_>) -> fmt::Result {
        let branches = matches!(self, Self::If { .. } | Self::Match { .. });
        if self.binding() < least || (branches && least > 0) {
            write!(f, "({self})")
        } else {
            write!(f, "{self}")
        }
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Self::Float(value) => write!(f, "{:?}", value.get()),
            Self::Field(name) => write!(f, "{}", Name(name)),
            Self::Member(of, name) => {
                of.within(binding::ATOM, f)?;
                write!(f, ".{}", Name(name))
            }
            Self::Item(of, index) => {
                of.within(binding::ATOM, f)?;
                write!(f, "[{index}]")
            }
            Self::Variant { of, name } => write!(f, "{}::{}", Name(of), Name(name)),
            Self::Len(of) => write!(f, "len({of})"),
            Self::Tag(of) => write!(f, "tag({of})"),
            Self::SizeOf(name) => write!(f, "sizeof({})", Name(name)),
            Self::TagOfSelf => f.write_str("tag(self)"),
            Self::Present(name) => write!(f, "present({})", Name(name)),
            Self::OffsetOf(name) => write!(f, "offset({})", Name(name)),
            Self::SizeOfSelf => f.write_str("sizeof(self)"),
            Self::Unary(operator, of) => {
                write!(f, "{operator}")?;
                match &**of {
                    // Without parentheses it would be the negative number.
                    Self::Integer(value) if *operator == UnaryOperator::Negate && *value >= 0 => {
                        write!(f, "({value})")
                    }
                    Self::Float(value)
                        if *operator == UnaryOperator::Negate && value.get().is_sign_positive() =>
                    {
                        write!(f, "({of})")
                    }
                    of => of.within(binding::UNARY, f),
                }
            }
            Self::Binary(left, operator, right) => {
                let least = operator.binding();
                let compares = least == binding::COMPARISON;
                // What follows a type would be read as its parameters.
                let opens = matches!(operator, Operator::Less | Operator::ShiftLeft);
                match &**left {
                    left if opens && left.ends_in_a_type() => write!(f, "({left})")?,
                    left => left.within(least + u8::from(compares), f)?,
                }
                write!(f, " {operator} ")?;
                right.within(least + 1, f)
            }
            Self::Cast(of, ty) => {
                of.within(binding::CAST, f)?;
                write!(f, " as {ty}")
            }
            Self::If {
                condition,
                then,
                otherwise,
            } => {
                write!(f, "if {condition} {{ {then} }} else ")?;
                match &**otherwise {
                    next @ Self::If { .. } => write!(f, "{next}"),
                    otherwise => write!(f, "{{ {otherwise} }}"),
                }
            }
            Self::Match {
                of,
                arms,
                otherwise,
            } => {
                write!(f, "match {of} {{ ")?;
                for arm in arms {
                    write!(f, "{arm}, ")?;
                }
                write!(f, "_ => {otherwise} }}")
            }
        }
    }
}

impl Expr {
    /// Its text ends in the type of a cast.
    fn ends_in_a_type(&self) -> bool {
        match self {
            Self::Cast(..) => true,
            Self::Binary(_, _, right) => right.ends_in_a_type(),
            _ => false,
        }
    }
}

impl Display for Arm {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, pattern) in self.patterns.iter().enumerate() {
            if index > 0 {
                f.write_str(" | ")?;
            }
            write!(f, "{pattern}")?;
        }
        write!(f, " => {}", self.value)
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(f, "{value}"),
            Self::Range(first, last) => {
                if *first != i128::MIN {
                    write!(f, "{first}")?;
                }
                f.write_str("..")?;
                if *last != i128::MAX || *first == i128::MIN {
                    write!(f, "={last}")?;
                }
                Ok(())
            }
        }
    }
}
