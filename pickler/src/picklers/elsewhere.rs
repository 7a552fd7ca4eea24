//! Things that stand elsewhere: at an offset.

use alloc::boxed::Box;

use super::Pickler;
use super::body::Whole;
use super::pickler::read_anywhere;
use crate::cursor::{Align, Fault, Order, Placed, Reader, Sink, Spot, Writer};
use crate::error::{ErrorKind, no_value};
use crate::schema::{Describer, Expr, Origin, Place, Shape};
use crate::width::Width;

/// See [`elsewhere`].
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere<P> {
    at: Option<i128>,
    expr: fn() -> Expr,
    origin: Origin,
    /// The bit at which the record starts.
    record: u64,
    align: u64,
    pickler: P,
}

/// See [`Elsewhere::or_none`].
#[derive(Clone, Copy, Debug)]
pub struct ElsewhereOrNone<P> {
    none: i128,
    elsewhere: Elsewhere<P>,
}

/// Something that stands `at` bytes from the start of the message: `at =
/// offset`. `at` is the value of `expr`, `None` if it overflows.
///
/// It takes no room where it is mentioned. On write it comes behind the message,
/// or behind the piece that it belongs to; there must be nothing else at its
/// place, and what is free in front of it is filled with zeros.
///
/// ```
/// use pickler::picklers::{decode_with, elsewhere, encode_with, of};
/// use pickler::schema::Expr;
///
/// let pair = (of::<u8>(), elsewhere(Some(3), || Expr::Integer(3), of::<u16>()));
/// assert_eq!(encode_with(&pair, &(7, 8))?, [7, 0, 0, 0, 8]);
/// assert_eq!(decode_with(&pair, &[7, 0, 0, 0, 8])?, (7, 8));
/// assert_eq!(
///     decode_with(&pair, &[7, 0]).unwrap_err().to_string(),
///     "1: stands at byte 3, outside of bytes 0 to 2, at byte 1",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn elsewhere<P>(at: Option<i128>, expr: fn() -> Expr, pickler: P) -> Elsewhere<P> {
    Elsewhere {
        at,
        expr,
        origin: Origin::Message,
        record: 0,
        align: 1,
        pickler,
    }
}

/// Something that stands `at` bytes from the start of the record, which is the bit
/// `start`: `at = offset, at_from = record` of what is not always there, or of an item.
///
/// ```
/// use pickler::picklers::{decode_with, elsewhere_in_record, of};
/// use pickler::schema::Expr;
///
/// let behind = elsewhere_in_record(16, Some(1), || Expr::Integer(1), of::<u8>());
/// assert_eq!(decode_with(&(of::<u32>(), behind), &[7, 8, 9, 10])?, (0x0708_090A, 10));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn elsewhere_in_record<P>(
    start: u64,
    at: Option<i128>,
    expr: fn() -> Expr,
    pickler: P,
) -> Elsewhere<P> {
    elsewhere(at, expr, pickler).from_record(start)
}

impl<P> Elsewhere<P> {
    /// The same, counted from the start of the record, which is the bit
    /// `start`: `at_from = record`.
    #[must_use]
    pub const fn from_record(mut self, start: u64) -> Self {
        self.origin = Origin::Record;
        self.record = start;
        self
    }

    /// The same, written at a multiple of so many bytes where its place is
    /// free: `align = 4`. On read it may stand anywhere.
    #[must_use]
    pub const fn aligned(mut self, bytes: u64) -> Self {
        self.align = bytes;
        self
    }

    /// The same, not there if the offset is `none`: `none = 0`.
    #[must_use]
    pub const fn or_none(self, none: i128) -> ElsewhereOrNone<P> {
        let elsewhere = self;
        ElsewhereOrNone { none, elsewhere }
    }

    /// From where the offset counts, in bytes from the start of the message.
    fn start(&self) -> i128 {
        match self.origin {
            Origin::Message => 0,
            Origin::Record => (self.record / 8).into(),
        }
    }

    fn describe_there<'de>(&self, none: Option<i128>, d: &mut Describer) -> Shape
    where
        P: Pickler<'de>,
    {
        Shape::Elsewhere {
            item: Box::new(self.pickler.describe(d)),
            place: Box::new(Place {
                at: (self.expr)(),
                from: self.origin,
                align: self.align,
                none,
            }),
        }
    }
}

/// A pickler of what stands elsewhere, as the derive uses it.
pub trait StandsElsewhere<'de>: Pickler<'de> {
    /// Reads what is there; tells where it is, counted as its offset is.
    fn read_there<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<(Self::Value, There), Fault>;

    /// Puts it there; `follows`: its offset follows from where it is put.
    fn place<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        follows: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<There, Fault>;

    /// How many bytes it takes there.
    fn size<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<u64, Fault>;

    /// Checks that the offset leads to where it was put.
    fn check<S: Sink, O: Order, A: Align>(
        &self,
        there: There,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
}

/// Where something stands, and how many bytes it takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct There {
    /// In bytes, counted as its offset is.
    pub offset: i128,
    /// In bytes, without what stands behind it.
    pub size: u64,
}

impl<'de, P: Pickler<'de>> StandsElsewhere<'de> for Elsewhere<P> {
    fn read_there<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<(P::Value, There), Fault> {
        let Some(offset) = self.at else {
            return Err(r.fail(no_value(self.expr)));
        };
        let visit = r.visit(offset.checked_add(self.start()))?;
        let value = read_anywhere(&self.pickler, r)?;
        let size = r.come_back(visit);
        Ok((value, There { offset, size }))
    }

    fn place<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        follows: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<There, Fault> {
        let spot = if follows {
            Spot::Next { align: self.align }
        } else {
            match self.at {
                Some(at) => Spot::At(at.saturating_add(self.start())),
                // Places are not known yet while sizes are found out.
                None if S::COUNTS_ONLY || w.is_measuring() => Spot::At(i128::MAX),
                None => return Err(w.fail(no_value(self.expr))),
            }
        };
        let Placed { offset, size } = w.place(spot, &Whole(&self.pickler, value))?;
        let offset = if w.is_measuring() {
            0
        } else {
            i128::from(offset) - self.start()
        };
        Ok(There { offset, size })
    }

    fn size<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<u64, Fault> {
        w.size_elsewhere(&Whole(&self.pickler, value))
    }

    fn check<S: Sink, O: Order, A: Align>(
        &self,
        there: There,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let (expected, found) = (there.offset, self.at);
        if found == Some(expected) || w.is_measuring() || S::COUNTS_ONLY {
            return Ok(());
        }
        Err(w.fail(match found {
            Some(found) => ErrorKind::Misplaced { expected, found },
            None => no_value(self.expr),
        }))
    }
}

impl<'de, P: Pickler<'de>> StandsElsewhere<'de> for ElsewhereOrNone<P> {
    fn read_there<O: Order, A: Align>(
        &self,
        r: &mut Reader<'de, O, A>,
    ) -> Result<(Self::Value, There), Fault> {
        if self.elsewhere.at == Some(self.none) {
            return Ok((None, self.nowhere()));
        }
        let (value, there) = self.elsewhere.read_there(r)?;
        Ok((Some(value), there))
    }

    fn place<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        follows: bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<There, Fault> {
        let Some(value) = value else {
            return Ok(self.nowhere());
        };
        let there = self.elsewhere.place(value, follows, w)?;
        if there.offset == self.none && !w.is_measuring() && !S::COUNTS_ONLY {
            return Err(w.fail(ErrorKind::IsSentinel { value: self.none }));
        }
        Ok(there)
    }

    fn size<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<u64, Fault> {
        match value {
            Some(value) => self.elsewhere.size(value, w),
            None => Ok(0),
        }
    }

    fn check<S: Sink, O: Order, A: Align>(
        &self,
        there: There,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.elsewhere.check(there, w)
    }
}

impl<P> ElsewhereOrNone<P> {
    fn nowhere(&self) -> There {
        There {
            offset: self.none,
            size: 0,
        }
    }
}

macro_rules! pickler {
    ($type:ident, $value:ty, |$it:ident, $d:ident| $description:expr) => {
        impl<'de, P: Pickler<'de>> Pickler<'de> for $type<P> {
            type Value = $value;
            const WIDTH: Width = Width::ZERO;
            const WHOLE: bool = true;

            fn read<O: Order, A: Align>(
                &self,
                r: &mut Reader<'de, O, A>,
            ) -> Result<Self::Value, Fault> {
                self.read_there(r).map(|(value, _)| value)
            }

            fn write<S: Sink, O: Order, A: Align>(
                &self,
                value: &Self::Value,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                let there = self.place(value, false, w)?;
                self.check(there, w)
            }

            fn describe(&self, d: &mut Describer) -> Shape {
                let ($it, $d) = (self, d);
                $description
            }
        }
    };
}

pickler!(Elsewhere, P::Value, |it, d| it.describe_there(None, d));
pickler!(ElsewhereOrNone, Option<P::Value>, |it, d| it
    .elsewhere
    .describe_there(Some(it.none), d));
