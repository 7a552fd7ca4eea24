//! Integers in front of something: counts, sizes, tags.

use super::bits::{BitField, Bits, bits};
use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// An integer in front of something, as a type: an integer itself, one in some
/// bits, a [`Varint`](super::Varint).
///
/// ```
/// use pickler::picklers::{Bits, Leb128, Varint, counted, encode_with};
///
/// let bytes = vec![7_u8; 300];
/// let encoded = encode_with(&counted::<Varint<Leb128, u64>, Vec<u8>>(), &bytes)?;
/// assert_eq!(encoded[..3], [0xAC, 0x02, 7]);
/// assert_eq!(encode_with(&counted::<Bits<4, u8>, Vec<u8>>(), &vec![0xAB])?, [0x1A, 0xB0]);
/// assert_eq!(
///     encode_with(&counted::<Bits<4, u8>, Vec<u8>>(), &bytes).unwrap_err().to_string(),
///     "300 long, but its count can say 15 at most",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in front of something as its count, size or tag",
    note = "use an integer type, `Bits<N, T>` or `Varint<E, T>`"
)]
pub trait Prefix<'de> {
    /// What it holds.
    type Integer: Integer;
    /// The least and the greatest width.
    const WIDTH: Width;
    /// Starting on a byte boundary it ends on one.
    const WHOLE: bool;
    /// The greatest count that it can say, if that is below `u64::MAX`.
    const MAX: u64;

    /// Reads it.
    fn read_prefix<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self::Integer, Fault>;

    /// Writes it.
    fn write_prefix<S: Sink, O: Order, A: Align>(
        value: Self::Integer,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Describes it.
    #[cfg(feature = "alloc")]
    fn describe_prefix(d: &mut Describer) -> Shape;
}

/// The refusal of a prefix that is no count: it is negative, or past `u64`.
#[cold]
pub(super) fn no_count<'de, C: Prefix<'de>>(found: C::Integer) -> ErrorKind {
    ErrorKind::OutOfRange {
        value: found.saturated(),
        min: 0,
        max: C::MAX.into(),
    }
}

impl<'de, T: Integer + Pickle<'de>> Prefix<'de> for T {
    type Integer = T;
    const WIDTH: Width = <T as Pickle<'de>>::WIDTH;
    const WHOLE: bool = <T as Pickle<'de>>::WHOLE;
    const MAX: u64 = T::MAX_COUNT;

    #[inline(always)]
    fn read_prefix<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read(r)
    }

    #[inline(always)]
    fn write_prefix<S: Sink, O: Order, A: Align>(
        value: T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write(w)
    }

    #[cfg(feature = "alloc")]
    fn describe_prefix(d: &mut Describer) -> Shape {
        T::describe(d)
    }
}

impl<'de, const N: u32, T: Integer + BitField> Prefix<'de> for Bits<N, T> {
    type Integer = T;
    const WIDTH: Width = <Self as Pickler<'de>>::WIDTH;
    const WHOLE: bool = <Self as Pickler<'de>>::WHOLE;
    const MAX: u64 = {
        let bits = if T::SIGNED { N - 1 } else { N };
        if bits >= 64 {
            u64::MAX
        } else {
            (1 << bits) - 1
        }
    };

    #[inline(always)]
    fn read_prefix<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        bits::<N, T>().read(r)
    }

    #[inline(always)]
    fn write_prefix<S: Sink, O: Order, A: Align>(
        value: T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        bits::<N, T>().write(&value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe_prefix(d: &mut Describer) -> Shape {
        bits::<N, T>().describe(d)
    }
}
