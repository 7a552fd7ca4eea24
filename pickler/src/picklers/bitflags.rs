//! Types that `bitflags!` makes.

#[cfg(feature = "alloc")]
use alloc::format;
#[cfg(feature = "alloc")]
use alloc::sync::Arc;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use ::bitflags::Flags;

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// See [`bitflags()`].
#[derive(Clone, Copy, Debug)]
pub struct BitFlags<T, P> {
    pickler: P,
    flags: PhantomData<fn() -> T>,
}

/// Flags of a type that `bitflags!` makes, as the integer that a pickler gives:
/// `#[pickle(bitflags)]`, also with `bits` or `varint`.
///
/// Bits that the type does not know are refused, on read and on write; it knows
/// all of them with `const _ = !0`. Descriptions say the names, JSON shows a
/// list of those that are set. A known bit without a name is called by its
/// value, `0x80`.
///
/// ```
/// use pickler::Pickle;
///
/// bitflags::bitflags! {
///     #[derive(Clone, Copy, Debug, PartialEq)]
///     struct Control: u16 {
///         const FIN = 0x01;
///         const SYN = 0x02;
///         const ACK = 0x10;
///     }
/// }
///
/// #[derive(Pickle, Debug, PartialEq)]
/// struct Segment {
///     #[pickle(bits = 7)]
///     offset: u8,
///     #[pickle(bitflags, bits = 9)]
///     control: Control,
/// }
///
/// let segment = Segment { offset: 5, control: Control::SYN | Control::ACK };
/// assert_eq!(pickler::encode(&segment)?, [0b0000_1010, 0x12]);
/// assert_eq!(pickler::decode::<Segment>(&[0b0000_1010, 0x12])?, segment);
/// assert_eq!(
///     pickler::decode::<Segment>(&[0b0000_1010, 0x52]).unwrap_err().to_string(),
///     "Segment.control: 0x40 is no flag, at byte 0 bit 7",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn bitflags<T, P>(pickler: P) -> BitFlags<T, P> {
    BitFlags {
        pickler,
        flags: PhantomData,
    }
}

/// The bits of a value, all of which the type knows.
fn known<T: Flags<Bits: Integer>>(bits: T::Bits) -> Result<T::Bits, ErrorKind> {
    let unknown = bits.to_low_bits() & !T::all().bits().to_low_bits();
    if unknown == 0 {
        Ok(bits)
    } else {
        Err(ErrorKind::UnknownFlags { bits: unknown })
    }
}

impl<'de, T, P> Pickler<'de> for BitFlags<T, P>
where
    T: Flags<Bits: Integer>,
    P: Pickler<'de, Value = T::Bits>,
{
    type Value = T;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let at = r.bit_offset();
        let bits = self.pickler.read(r)?;
        match known::<T>(bits) {
            Ok(bits) => Ok(T::from_bits_retain(bits)),
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match known::<T>(value.bits()) {
            Ok(bits) => self.pickler.write(&bits, w),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.skip(r)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let flags = T::FLAGS.iter().filter(|flag| flag.is_named());
        let mut named: Vec<(Arc<str>, u128)> = flags
            .map(|flag| (flag.name().into(), flag.value().bits().to_low_bits()))
            // A name of no bits is no flag.
            .filter(|(_, bits)| *bits != 0)
            .collect();
        let all = T::all().bits().to_low_bits();
        let keeps = all == u128::MAX >> (128 - T::Bits::BITS);
        if !keeps {
            let with_name = named.iter().fold(0, |known, (_, bits)| known | bits);
            let nameless = (0..128).map(|bit| 1 << bit);
            let nameless = nameless.filter(|bit| all & !with_name & bit != 0);
            named.extend(nameless.map(|bit| (format!("{bit:#x}").into(), bit)));
        }
        Meaning::Flags { named, keeps }.of(self.pickler.describe(d))
    }
}
