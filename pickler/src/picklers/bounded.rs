//! Things confined to a piece of the input.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::Pickler;
use super::count::{check_count, expect_count};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::Expr;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`bounded`].
#[derive(Clone, Copy, Debug)]
pub struct Bounded<P> {
    size: Option<i128>,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "for descriptions"))]
    expr: fn() -> Expr,
    pickler: P,
}

/// Something that takes up all of the next `size` bytes: `size = length`.
/// `size` is the value of `expr`, `None` if it overflows.
///
/// It starts on a byte boundary and ends on one. What is written must take as
/// many bytes.
///
/// ```
/// use pickler::picklers::{bounded, decode_with, encode_with, of};
/// use pickler::schema::Expr;
///
/// let four = bounded(Some(4), || Expr::Integer(4), of::<(u16, u16)>());
/// assert_eq!(decode_with(&four, &[0, 1, 0, 2])?, (1, 2));
/// let five = bounded(Some(5), || Expr::Integer(5), of::<(u16, u16)>());
/// assert_eq!(
///     decode_with(&five, &[0, 1, 0, 2, 0]).unwrap_err().to_string(),
///     "1 byte left over, at byte 4",
/// );
/// assert!(encode_with(&five, &(1, 2)).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn bounded<P>(size: Option<i128>, expr: fn() -> Expr, pickler: P) -> Bounded<P> {
    Bounded {
        size,
        expr,
        pickler,
    }
}

impl<'de, P: Pickler<'de>> Pickler<'de> for Bounded<P> {
    type Value = P::Value;
    const WIDTH: Width = {
        // What it checks must hold here, too.
        let _ = P::WIDTH;
        Width::at_least(0)
    };
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let size = expect_count(self.size, r)?;
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(size).unwrap_or(usize::MAX))?;
        let value = if P::WHOLE {
            self.pickler.read(r)?
        } else {
            self.pickler.read(r.unaligned())?
        };
        r.leave(outer)?;
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        let start = w.written();
        if P::WHOLE {
            self.pickler.write(value, w)?;
        } else {
            let w = w.unaligned();
            self.pickler.write(value, w)?;
            w.finish()?;
        }
        let written = w.written() - start;
        check_count(self.size, written, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Sized {
            item: Box::new(self.pickler.describe(d)),
            size: (self.expr)(),
        }
    }
}
