//! Types whose format depends on what they are in.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::picklers::Integer;
use crate::schema::Operand;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Expr, Shape};
use crate::width::Width;

/// A type whose format has parameters, which it gets from what it is in.
/// `#[derive(Pickle)]` writes this for a type with `context(...)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no context that could be given",
    label = "not declared with `#[pickle(context(...))]`"
)]
pub trait Contextual {
    /// The parameters' values: the derive makes a struct of them, called as
    /// the type with `Context` behind.
    type Context;

    /// The parameters' names, in order.
    const PARAMETERS: &'static [&'static str];

    /// The context of these values of expressions, one for each parameter.
    fn context(arguments: &[Option<i128>]) -> Result<Self::Context, Misfit>;

    /// The values of a context, one for each parameter.
    #[cfg(feature = "alloc")]
    fn describe_context(context: &Self::Context) -> Vec<Expr>;
}

/// A type with a wire format that depends on a context: the same as
/// [`Pickle`](crate::Pickle) otherwise. [`given`](crate::picklers::given) makes
/// a pickler of it.
///
/// ```
/// use pickler::Pickle;
/// use pickler::picklers::{decode_with, given};
///
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(context(version: u8))]
/// struct Player {
///     serial: u16,
///     #[pickle(if = version >= 2)]
///     rating: Option<u16>,
/// }
///
/// #[derive(Pickle, Debug, PartialEq)]
/// struct Table {
///     version: u8,
///     #[pickle(given(version = version))]
///     dealer: Player,
/// }
///
/// let table: Table = pickler::decode(&[1, 0, 7])?;
/// assert_eq!(table.dealer.rating, None);
/// let second = given::<Player>(PlayerContext { version: 2 });
/// assert_eq!(decode_with(&second, &[0, 7, 0, 9])?.rating, Some(9));
/// # Ok::<(), pickler::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no wire format that depends on a context",
    label = "not declared with `#[pickle(context(...))]`"
)]
pub trait PickleWith<'de>: Contextual + Sized {
    /// The type's name in errors and descriptions.
    const NAME: &'static str;

    /// The least and the greatest width of a value, in any context.
    const WIDTH: Width;

    /// Starting on a byte boundary, every value ends on one.
    const WHOLE: bool;

    /// Reads a value.
    fn read_with<O: Order, A: Align>(
        context: &Self::Context,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Self, Fault>;

    /// Writes a value.
    fn write_with<S: Sink, O: Order, A: Align>(
        &self,
        context: &Self::Context,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Describes the type in any context.
    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape;
}

/// A type of parameters: integers, booleans, and enums without fields that
/// derive [`Pickle`](crate::Pickle).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter",
    note = "integers, booleans and enums without fields that derive `Pickle` can"
)]
pub trait Parameter: Operand + Sized {
    /// The value that is that number in expressions.
    fn from_operand(value: i128) -> Result<Self, Misfit>;

    /// Describes the type.
    #[cfg(feature = "alloc")]
    fn describe_type(d: &mut Describer) -> Shape;
}

/// A number that a parameter cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    value: i128,
    /// What it can be, if that is a range.
    range: Option<(i128, i128)>,
}

impl Misfit {
    /// A number outside of a range.
    pub const fn outside(value: i128, min: i128, max: i128) -> Self {
        Self {
            value,
            range: Some((min, max)),
        }
    }

    /// The expression has no value.
    pub const NO_VALUE: Self = Self::outside(i128::MAX, i128::MIN, i128::MAX - 1);

    /// No variant has that tag.
    pub const fn unknown_tag(value: i128) -> Self {
        Self { value, range: None }
    }
}

impl From<Misfit> for ErrorKind {
    fn from(misfit: Misfit) -> Self {
        let value = misfit.value;
        match misfit.range {
            Some((min, max)) => Self::OutOfRange { value, min, max },
            None => Self::UnknownTag {
                found: value.cast_unsigned(),
            },
        }
    }
}

/// The least and the greatest integer of so many bits.
pub const fn bounds(bits: u32, signed: bool) -> (i128, i128) {
    let most = i128::MAX >> (128 - bits);
    match (signed, bits) {
        (true, _) => (-most - 1, most),
        (false, 128) => (0, i128::MAX),
        (false, _) => (0, most * 2 + 1),
    }
}

macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Parameter for $type {
            #[inline(always)]
            fn from_operand(value: i128) -> Result<Self, Misfit> {
                match Self::try_from(value) {
                    Ok(value) => Ok(value),
                    Err(_) => {
                        let (min, max) = bounds(Self::BITS, <$type as Integer>::SIGNED);
                        Err(Misfit::outside(value, min, max))
                    }
                }
            }

            #[cfg(feature = "alloc")]
            fn describe_type(_: &mut Describer) -> Shape {
                Shape::Integer {
                    bits: Self::BITS,
                    signed: <$type as Integer>::SIGNED,
                }
            }
        }
    )* };
}
integers!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

impl Parameter for bool {
    #[inline(always)]
    fn from_operand(value: i128) -> Result<Self, Misfit> {
        match value {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Misfit::outside(value, 0, 1)),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe_type(_: &mut Describer) -> Shape {
        Shape::Bool { bits: 8 }
    }
}
