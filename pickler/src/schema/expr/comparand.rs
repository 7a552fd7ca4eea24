//! What is compared in expressions: numbers, texts, bytes, floats.

use core::cmp::Ordering;

#[cfg(feature = "alloc")]
use super::Expr;
use super::{Operand, Operator};
#[cfg(feature = "alloc")]
use crate::schema::Describer;
#[cfg(feature = "alloc")]
use crate::types::ByteString;

/// What a value is where it is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparand<'a> {
    /// A number.
    Number(i128),
    /// Bytes, or those of a text in UTF-8: byte by byte.
    Bytes(&'a [u8]),
    /// A floating-point number: as IEEE 754 says, so that NaN equals nothing.
    Float(f64),
}

/// A type whose values can be compared in expressions: numbers, and texts, bytes
/// and floating-point numbers, which can be nothing else there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared in an expression",
    label = "compared in an expression",
    note = "numbers, texts, bytes and floating-point numbers can be; of others, use `len(...)`, or \
            a field of theirs"
)]
pub trait Comparable {
    /// What is compared, if it fits.
    fn comparand(&self) -> Option<Comparand<'_>>;

    /// The value as an expression has it.
    ///
    /// # Panics
    /// If it does not fit: a mistake in the declaration.
    #[cfg(feature = "alloc")]
    fn describe(&self) -> Expr {
        match self.comparand() {
            Some(Comparand::Number(number)) => Expr::Integer(number),
            Some(Comparand::Bytes(bytes)) => Expr::Bytes(bytes.into()),
            Some(Comparand::Float(float)) => Expr::Float(float.into()),
            None => panic!("a constant of an expression is past i128"),
        }
    }

    /// Puts the type among those of a description, if expressions call it by a name.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn mention(_: &mut Describer)
    where
        Self: Sized,
    {
    }
}

impl<T: Operand> Comparable for T {
    #[inline(always)]
    fn comparand(&self) -> Option<Comparand<'_>> {
        self.operand().map(Comparand::Number)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self) -> Expr {
        Operand::describe(self)
    }

    #[cfg(feature = "alloc")]
    fn mention(d: &mut Describer) {
        <T as Operand>::mention(d);
    }
}

macro_rules! floats {
    ($($type:ty),*) => { $(
        impl Comparable for $type {
            #[inline(always)]
            fn comparand(&self) -> Option<Comparand<'_>> {
                Some(Comparand::Float((*self).into()))
            }
        }
    )* };
}
floats!(f32, f64);

macro_rules! texts {
    ($($type:ty),*) => { $(
        impl Comparable for $type {
            #[inline(always)]
            fn comparand(&self) -> Option<Comparand<'_>> {
                Some(Comparand::Bytes(self.as_bytes()))
            }

            #[cfg(feature = "alloc")]
            fn describe(&self) -> Expr {
                let text: &str = self;
                Expr::Text(text.into())
            }
        }
    )* };
}
texts!(str, &str);
#[cfg(feature = "alloc")]
texts!(alloc::string::String, alloc::borrow::Cow<'_, str>);

macro_rules! bytes {
    ($([$($of:tt)*] $type:ty),*) => { $(
        impl $($of)* Comparable for $type {
            #[inline(always)]
            fn comparand(&self) -> Option<Comparand<'_>> {
                Some(Comparand::Bytes(&self[..]))
            }
        }
    )* };
}
bytes!(
    [] [u8],
    [] &[u8],
    [<const N: usize>] [u8; N],
    [<const N: usize>] &[u8; N]
);
#[cfg(feature = "alloc")]
bytes!([] alloc::vec::Vec<u8>, [] alloc::borrow::Cow<'_, [u8]>);
#[cfg(feature = "bytes")]
bytes!([] bytes::Bytes);

#[cfg(feature = "alloc")]
impl Comparable for ByteString {
    #[inline(always)]
    fn comparand(&self) -> Option<Comparand<'_>> {
        Some(Comparand::Bytes(self))
    }
}

impl Operator {
    /// Whether a comparison holds; `None` if the two are of different kinds.
    #[inline]
    pub fn compare(self, left: Comparand<'_>, right: Comparand<'_>) -> Option<i128> {
        let order = match (left, right) {
            (Comparand::Number(left), Comparand::Number(right)) => return self.apply(left, right),
            (Comparand::Bytes(left), Comparand::Bytes(right)) => Some(left.cmp(right)),
            (Comparand::Float(left), Comparand::Float(right)) => left.partial_cmp(&right),
            _ => return None,
        };
        let holds = match self {
            Self::Equal => order == Some(Ordering::Equal),
            Self::NotEqual => order != Some(Ordering::Equal),
            Self::Less => order == Some(Ordering::Less),
            Self::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Self::Greater => order == Some(Ordering::Greater),
            Self::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            _ => return None,
        };
        Some(holds.into())
    }

    /// It compares, and does not connect conditions.
    pub fn compares(self) -> bool {
        matches!(
            self,
            Self::Equal
                | Self::NotEqual
                | Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
        )
    }
}
