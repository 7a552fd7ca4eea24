//! What connects expressions.

use core::fmt;

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
    /// `%`, with the sign of the left one
    Remainder,
    /// `<<`; it overflows if bits that count are lost
    ShiftLeft,
    /// `>>`, keeping the sign
    ShiftRight,
    /// `&`
    BitAnd,
    /// `^`
    BitXor,
    /// `|`
    BitOr,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `&&`; the right one is only looked at if the left one holds
    And,
    /// `||`; the right one is only looked at if the left one does not hold
    Or,
}

/// What stands in front of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `-`
    Negate,
    /// `!`: not, before a condition; before a number, its other bits.
    Not,
}

/// A type that an integer may have to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntegerType {
    /// Width in bits: 8, 16, 32, 64 or 128.
    pub bits: u32,
    /// Two's complement.
    pub signed: bool,
}

/// How tightly operators bind: the greater, the tighter. As in Rust.
pub(super) mod binding {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const COMPARISON: u8 = 3;
    pub const BIT_OR: u8 = 4;
    pub const BIT_XOR: u8 = 5;
    pub const BIT_AND: u8 = 6;
    pub const SHIFT: u8 = 7;
    pub const SUM: u8 = 8;
    pub const PRODUCT: u8 = 9;
    #[cfg(feature = "alloc")]
    pub const CAST: u8 = 10;
    #[cfg(feature = "alloc")]
    pub const UNARY: u8 = 11;
    #[cfg(feature = "alloc")]
    pub const ATOM: u8 = 12;
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Remainder,
        Self::ShiftLeft,
        Self::ShiftRight,
        Self::BitAnd,
        Self::BitXor,
        Self::BitOr,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::And,
        Self::Or,
    ];

    /// The result, or `None` on overflow or division by zero.
    #[inline]
    pub fn apply(self, left: i128, right: i128) -> Option<i128> {
        let holds = match self {
            Self::Add => return left.checked_add(right),
            Self::Subtract => return left.checked_sub(right),
            Self::Multiply => return left.checked_mul(right),
            Self::Divide => return left.checked_div(right),
            Self::Remainder => return left.checked_rem(right),
            Self::ShiftLeft => {
                let count = u32::try_from(right).ok()?;
                let shifted = left.checked_shl(count)?;
                return (shifted >> count == left).then_some(shifted);
            }
            Self::ShiftRight => return left.checked_shr(u32::try_from(right).ok()?),
            Self::BitAnd => return Some(left & right),
            Self::BitXor => return Some(left ^ right),
            Self::BitOr => return Some(left | right),
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
            Self::And => left != 0 && right != 0,
            Self::Or => left != 0 || right != 0,
        };
        Some(holds.into())
    }

    /// The result, where that follows from the left one alone: `Some(None)` if
    /// there is none.
    #[inline]
    pub fn decided(self, left: Option<i128>) -> Option<Option<i128>> {
        match (self, left) {
            (_, None) => Some(None),
            (Self::And, Some(0)) => Some(Some(0)),
            (Self::Or, Some(left)) if left != 0 => Some(Some(1)),
            _ => None,
        }
    }

    /// What it gives is true or false.
    pub fn is_condition(self) -> bool {
        self.binding() <= binding::COMPARISON
    }

    /// How tightly it binds.
    pub(super) fn binding(self) -> u8 {
        match self {
            Self::Or => binding::OR,
            Self::And => binding::AND,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual => binding::COMPARISON,
            Self::BitOr => binding::BIT_OR,
            Self::BitXor => binding::BIT_XOR,
            Self::BitAnd => binding::BIT_AND,
            Self::ShiftLeft | Self::ShiftRight => binding::SHIFT,
            Self::Add | Self::Subtract => binding::SUM,
            Self::Multiply | Self::Divide | Self::Remainder => binding::PRODUCT,
        }
    }

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::ShiftLeft => "<<",
            Self::ShiftRight => ">>",
            Self::BitAnd => "&",
            Self::BitXor => "^",
            Self::BitOr => "|",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::And => "&&",
            Self::Or => "||",
        }
    }
}

impl UnaryOperator {
    /// The result, or `None` on overflow. `of_condition`: what it stands in
    /// front of is true or false.
    #[inline]
    pub fn apply(self, value: i128, of_condition: bool) -> Option<i128> {
        match self {
            Self::Negate => value.checked_neg(),
            Self::Not if of_condition => Some((value == 0).into()),
            Self::Not => Some(!value),
        }
    }

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Negate => "-",
            Self::Not => "!",
        }
    }
}

impl IntegerType {
    /// Rust's integers of fixed size.
    pub const ALL: [Self; 10] = {
        let mut all = [Self {
            bits: 8,
            signed: false,
        }; 10];
        let mut index = 0;
        while index < all.len() {
            all[index].bits = 8 << (index / 2);
            all[index].signed = index % 2 == 1;
            index += 1;
        }
        all
    };

    /// The value, if it fits.
    #[inline]
    pub fn cast(self, value: i128) -> Option<i128> {
        let fits = match (self.signed, self.bits) {
            (true, 128) => true,
            (true, bits) => {
                let limit = 1_i128 << (bits - 1);
                (-limit..limit).contains(&value)
            }
            (false, 128) => value >= 0,
            (false, bits) => (0..1_i128 << bits).contains(&value),
        };
        fits.then_some(value)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl fmt::Display for UnaryOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl fmt::Display for IntegerType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.signed { 'i' } else { 'u' }, self.bits)
    }
}
