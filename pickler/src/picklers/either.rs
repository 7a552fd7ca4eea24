//! One of two things behind a flag.

use super::Pickler;
#[cfg(feature = "alloc")]
use super::alternatives::union;
use super::pickler::{Of, of};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::types::Either;
use crate::width::Width;

/// See [`either`] and [`either_by`].
#[derive(Clone, Copy, Debug)]
pub struct EitherBy<F, L, R> {
    flag: F,
    left: L,
    right: R,
}

/// One of two things behind a byte, 0 for the left and 1 for the right:
/// Kennedy's `either`.
///
/// ```
/// use pickler::picklers::{decode_with, either, encode_with, of};
/// use pickler::types::Either;
///
/// let id = either(of::<u16>(), of::<u8>());
/// assert_eq!(encode_with(&id, &Either::Left(7))?, [0, 0, 7]);
/// assert_eq!(decode_with(&id, &[1, 7])?, Either::Right(7));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn either<L, R>(left: L, right: R) -> EitherBy<Of<bool>, L, R> {
    either_by(of(), left, right)
}

/// One of two things behind a boolean, false for the left and true for the
/// right: scodec's `either`.
///
/// ```
/// use pickler::picklers::{bits, decode_with, either_by, encode_with};
/// use pickler::types::Either;
///
/// let id = either_by(bits::<1, bool>(), bits::<7, u8>(), bits::<15, u16>());
/// assert_eq!(encode_with(&id, &Either::Left(7))?, [7]);
/// assert_eq!(encode_with(&id, &Either::Right(300))?, [0x81, 44]);
/// assert_eq!(decode_with(&id, &[0x81, 44])?, Either::Right(300));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn either_by<F, L, R>(flag: F, left: L, right: R) -> EitherBy<F, L, R> {
    EitherBy { flag, left, right }
}

impl<'de, F, L, R> Pickler<'de> for EitherBy<F, L, R>
where
    F: Pickler<'de, Value = bool>,
    L: Pickler<'de>,
    R: Pickler<'de>,
{
    type Value = Either<L::Value, R::Value>;
    // Of what is behind the flag only the greatest is known.
    const WIDTH: Width = F::WIDTH.then(Width {
        min: 0,
        max: L::WIDTH.or(R::WIDTH).max,
    });
    const WHOLE: bool = Width::whole(&[(F::WIDTH, F::WHOLE), (L::WIDTH, L::WHOLE)])
        && Width::whole(&[(F::WIDTH, F::WHOLE), (R::WIDTH, R::WHOLE)]);

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        // Together they may be whole, alone not.
        let r = r.unaligned();
        let (name, result) = if self.flag.read(r)? {
            ("Right", self.right.read(r).map(Either::Right))
        } else {
            ("Left", self.left.read(r).map(Either::Left))
        };
        result.map_err(|fault| r.within_variant(fault, name))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let w = w.unaligned();
        self.flag.write(&matches!(value, Either::Right(_)), w)?;
        match value {
            Either::Left(value) => {
                let result = self.left.write(value, w);
                result.map_err(|fault| w.within_variant(fault, "Left"))
            }
            Either::Right(value) => {
                let result = self.right.write(value, w);
                result.map_err(|fault| w.within_variant(fault, "Right"))
            }
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        let tag = self.flag.describe(d);
        let (left, right) = (self.left.describe(d), self.right.describe(d));
        union(tag, [("Left", 0, left), ("Right", 1, right)])
    }
}
