//! Values of which a condition must hold.

use alloc::boxed::Box;

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::generated::{unsatisfied, unwritable};
use crate::schema::{Describer, Expr, Shape};
use crate::width::Width;

/// See [`satisfying`].
#[derive(Clone, Copy, Debug)]
pub struct Satisfying<P, F> {
    pickler: P,
    check: F,
    condition: fn() -> Expr,
}

/// Something of which a condition must hold, on read and on write:
/// `item(range = 1..=6)`. `condition` sees the value as `item`. `check` fails
/// where it does not hold, with the number that does not satisfy it, if there is
/// one.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, satisfying};
/// use pickler::schema::Expr;
///
/// let percent = satisfying(
///     of::<u8>(),
///     |item: &u8| if *item <= 100 { Ok(()) } else { Err(Some((*item).into())) },
///     || "item <= 100".parse::<Expr>().expect("it is an expression"),
/// );
/// assert_eq!(decode_with(&percent, &[100])?, 100);
/// assert_eq!(
///     decode_with(&percent, &[101]).unwrap_err().to_string(),
///     "`item <= 100` does not hold, found 101, at byte 0",
/// );
/// assert!(encode_with(&percent, &101).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn satisfying<P, F>(pickler: P, check: F, condition: fn() -> Expr) -> Satisfying<P, F> {
    Satisfying {
        pickler,
        check,
        condition,
    }
}

impl<'de, P, F> Pickler<'de> for Satisfying<P, F>
where
    P: Pickler<'de>,
    F: Fn(&P::Value) -> Result<(), Option<i128>>,
{
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let at = r.bit_offset();
        let value = self.pickler.read(r)?;
        match (self.check)(&value) {
            Ok(()) => Ok(value),
            Err(found) => Err(unsatisfied(r, at, found, self.condition)),
        }
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.skip(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        // What follows from sizes is not known while they are found out.
        if !S::COUNTS_ONLY
            && let Err(found) = (self.check)(value)
        {
            return Err(unwritable(w, found, self.condition));
        }
        self.pickler.write(value, w)
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Satisfying {
            item: Box::new(self.pickler.describe(d)),
            condition: (self.condition)(),
        }
    }
}
