//! One of several picklers, told apart by their place.

#[cfg(feature = "alloc")]
use super::alternatives::union;
use super::zero_to::{bits_to, read_to, write_to};
use super::{Alternatives, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`alt`].
#[derive(Clone, Copy, Debug)]
pub struct Alt<F, P> {
    place: F,
    alternatives: P,
}

/// One of several picklers of the same type of value, behind its place among
/// them in the fewest bytes: Kennedy's `alt`. `place` says which is for a
/// value. Without wrapping, and with tags of one's own:
/// [`discriminated`](super::discriminated()).
///
/// ```
/// use pickler::picklers::{alt, decode_with, encode_with, lift, of, wrap};
///
/// // 0, or any other.
/// let number = alt(|n: &u32| usize::from(*n != 0), (lift(0_u32), of::<u32>()));
/// assert_eq!(encode_with(&number, &0)?, [0]);
/// assert_eq!(encode_with(&number, &7)?, [1, 0, 0, 0, 7]);
/// assert_eq!(decode_with(&number, &[1, 0, 0, 0, 7])?, 7);
/// assert_eq!(
///     decode_with(&number, &[2]).unwrap_err().to_string(),
///     "2 does not fit, only 0 to 1 do",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn alt<T, F: Fn(&T) -> usize, P>(place: F, alternatives: P) -> Alt<F, P> {
    Alt {
        place,
        alternatives,
    }
}

impl<'de, F, P> Alt<F, P>
where
    P: Alternatives<'de>,
{
    const LAST: u64 = P::COUNT as u64 - 1;
}

impl<'de, F, P> Pickler<'de> for Alt<F, P>
where
    F: Fn(&P::Value) -> usize,
    P: Alternatives<'de>,
{
    type Value = P::Value;
    // Of what is behind the tag only the greatest is known.
    const WIDTH: Width = Width::fixed(bits_to(Self::LAST) as u64).then(Width {
        min: 0,
        max: P::WIDTH.max,
    });
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let place = read_to(Self::LAST, r)? as usize;
        match self.alternatives.read_at(place, r) {
            Ok(value) => Ok(value),
            Err(fault) => Err(r.within_variant(fault, P::NAMES[place])),
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let place = (self.place)(value);
        let Some(name) = P::NAMES.get(place) else {
            let found = place as u128;
            return Err(w.fail(ErrorKind::UnknownTag { found }));
        };
        write_to(place as u64, Self::LAST, w)?;
        match self.alternatives.write_at(place, value, w) {
            Ok(()) => Ok(()),
            Err(fault) => Err(w.within_variant(fault, name)),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let bodies = self.alternatives.describe(d);
        let variants = bodies.into_iter().zip(P::NAMES).zip(0..);
        let variants = variants.map(|((body, name), tag)| (*name, tag, body));
        union(super::zero_to::shape_to(Self::LAST), variants)
    }
}
