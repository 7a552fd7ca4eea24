//! How many bytes a piece has: what an expression gives, what stands in front,
//! or what a byte ends.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::marker::PhantomData;

use super::body::Body;
use super::count::{check_count, expect_count};
use super::prefix::no_count;
use super::size_in_front::{SizePrefix, write_behind_size};
use super::{Delimiter, Ending, Integer, Prefix};
use crate::cursor::{Align, Fault, Order, Reader, Sink, SliceSink, Writer};
use crate::error::ErrorKind;
use crate::schema::Expr;
#[cfg(feature = "alloc")]
use crate::schema::{self, Describer};
use crate::width::Width;

/// What says how many bytes a piece has.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how many bytes a piece has",
    note = "use `bounded`, `variable_size` or another function in `pickler::picklers` that confines"
)]
pub trait Size<'de> {
    /// How much room that takes in front of the piece.
    const WIDTH: Width;
    /// Starting on a byte boundary, it ends on one.
    const WHOLE: bool;
    /// The greatest size that it can say.
    const MAX: u64 = u64::MAX;

    /// How many bytes come now.
    fn read_size<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<u64, Fault>;

    /// Reads what ends the piece, behind it.
    #[inline]
    fn read_end<O: Order, A: Align>(&self, _: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        Ok(())
    }

    /// Writes the size of what `body` writes, and that; `leftover`: it may be
    /// less than the size, if that is known before.
    fn write_sized<S: Sink, O: Order, A: Align>(
        &self,
        leftover: bool,
        body: &impl Body,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Describes what says so.
    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> schema::Size;
}

/// A size that an expression gives; see [`bounded`](super::bounded()).
#[derive(Clone, Copy, Debug)]
pub struct Computed {
    pub(super) value: Option<i128>,
    pub(super) expr: fn() -> Expr,
}

/// A size in front, of the type `C`; see [`variable_size`](super::variable_size).
#[derive(Clone, Copy, Debug)]
pub struct InFront<C> {
    pub(super) counts_itself: bool,
    pub(super) prefix: PhantomData<fn() -> C>,
}

/// A size that bytes end, which are `THERE` in any case; see
/// [`until`](super::until()).
#[derive(Clone, Copy, Debug)]
pub struct Delimited<E, const THERE: bool> {
    pub(super) end: E,
    pub(super) ending: Ending,
}

impl<'de> Size<'de> for Computed {
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline]
    fn read_size<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<u64, Fault> {
        expect_count(self.value, self.expr, r)
    }

    #[inline]
    fn write_sized<S: Sink, O: Order, A: Align>(
        &self,
        leftover: bool,
        body: &impl Body,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        let start = w.written();
        body.write(w)?;
        if leftover && let Some(size) = self.value {
            fill_up_leftover(start, size, w)?;
        }
        let written = w.written() - start;
        check_count(self.value, self.expr, written, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> schema::Size {
        schema::Size::Expr((self.expr)())
    }
}

/// How many bytes are filled up to at the most: no more is read, unless a limit
/// is set.
const MOST_FILLED: i128 = 1 << 30;

/// Writes zeros behind a piece that was ended until there are `size` bytes from
/// `start` on.
///
/// # Errors
/// Those of [`fill_up`], and if the zeros would be read as part of the piece.
pub(crate) fn fill_up_leftover<S: Sink, O: Order, A: Align>(
    start: usize,
    size: i128,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let is_complete = w.piece_is_complete();
    let written = w.written();
    fill_up(start, size, w)?;
    if w.written() == written || is_complete {
        return Ok(());
    }
    let why = "ends before its size, but goes on to the end of that: what fills it up would be \
               read as part of it";
    Err(w.fail(ErrorKind::Refused(why.into())))
}

/// Writes zeros until there are `size` bytes from `start` on.
///
/// # Errors
/// [`OutOfRange`](ErrorKind::OutOfRange) past what is read; those of the sink.
pub(crate) fn fill_up<S: Sink, O: Order, A: Align>(
    start: usize,
    size: i128,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let written = i128::try_from(w.written() - start).unwrap_or(i128::MAX);
    let mut missing = size.saturating_sub(written);
    if missing > 0 && size > MOST_FILLED {
        let (value, min, max) = (size, 0, MOST_FILLED);
        return Err(w.fail(ErrorKind::OutOfRange { value, min, max }));
    }
    while missing > 0 {
        let piece = usize::try_from(missing.min(64)).unwrap_or(64);
        w.bytes(&[0; 64][..piece])?;
        missing -= 64;
    }
    Ok(())
}

impl<'de, C: Prefix<'de>> Size<'de> for InFront<C> {
    const WIDTH: Width = C::WIDTH;
    const WHOLE: bool = C::WHOLE;
    const MAX: u64 = C::MAX;

    #[inline]
    fn read_size<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<u64, Fault> {
        let at = r.bit_offset();
        let found = C::read_prefix(r)?;
        let Some(size) = found.to_count() else {
            return Err(r.fail_at(at, no_count::<C>(found)));
        };
        if !self.counts_itself {
            return Ok(size);
        }
        let least = (r.bit_offset() - at) / 8;
        match size.checked_sub(least) {
            Some(size) => Ok(size),
            None => Err(r.fail_at(at, ErrorKind::LengthTooSmall { found: size, least })),
        }
    }

    #[inline]
    fn write_sized<S: Sink, O: Order, A: Align>(
        &self,
        _: bool,
        body: &impl Body,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if const { C::WHOLE && C::WIDTH.as_fixed().is_some() } && w.bit_offset().is_multiple_of(8) {
            return self.write_and_patch(body, w);
        }
        write_behind_size(&SizeOf(self, PhantomData), body, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> schema::Size {
        schema::Size::Prefix {
            prefix: Box::new(C::describe_prefix(d)),
            counts_itself: self.counts_itself,
        }
    }
}

/// How that size is written.
struct SizeOf<'a, 'de, C>(&'a InFront<C>, PhantomData<&'de ()>);

impl<C> InFront<C> {
    /// Writes a prefix of known width, the body, and then the size in its place.
    #[inline]
    fn write_and_patch<'de, S: Sink, O: Order, A: Align>(
        &self,
        body: &impl Body,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>
    where
        C: Prefix<'de>,
    {
        let at = w.written();
        C::write_prefix(C::Integer::from_low_bits(0), w)?;
        let behind = w.written();
        body.write(w)?;
        let from = if self.counts_itself { at } else { behind };
        let size = Self::checked(w.written() - from, w)?;
        let mut place = [0; 16];
        let written = {
            let mut patch = Writer::<_, O>::new(SliceSink::new(&mut place));
            C::write_prefix(size, &mut patch).map(|()| patch.written())
        };
        if let Ok(length) = written {
            w.patch(at, &place[..length]);
        }
        Ok(())
    }

    #[inline]
    fn checked<'de, S: Sink, O: Order, A: Align>(
        size: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<C::Integer, Fault>
    where
        C: Prefix<'de>,
    {
        match C::Integer::from_count(size) {
            Some(prefix) if size as u64 <= C::MAX => Ok(prefix),
            _ => Err(w.fail(ErrorKind::TooLong {
                length: size as u64,
                max: C::MAX,
            })),
        }
    }
}

impl<'de, C: Prefix<'de>> SizePrefix for SizeOf<'_, 'de, C> {
    fn counts_itself(&self) -> bool {
        self.0.counts_itself
    }

    fn write_total<S: Sink, O: Order, A: Align>(
        &self,
        total: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let total = InFront::<C>::checked(total, w)?;
        C::write_prefix(total, w)
    }
}

/// All that is left, but for so many bytes; see [`all_but`](super::all_but()).
#[derive(Clone, Copy, Debug)]
pub struct AllBut {
    pub(super) behind: Option<i128>,
    pub(super) expr: fn() -> Expr,
}

/// How many bytes are left in front of the last `behind`.
pub(crate) fn all_bytes_but<O: Order, A: Align>(
    behind: u64,
    r: &mut Reader<'_, O, A>,
) -> Result<u64, Fault> {
    r.expect_end()?;
    if let Some(size) = (r.bytes_left() as u64).checked_sub(behind) {
        return Ok(size);
    }
    let (needed, left) = (behind.saturating_mul(8), r.bits_left());
    Err(r.fail(ErrorKind::UnexpectedEnd { needed, left }))
}

impl<'de> Size<'de> for AllBut {
    const WIDTH: Width = Width::ZERO;
    const WHOLE: bool = true;

    #[inline]
    fn read_size<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<u64, Fault> {
        let behind = expect_count(self.behind, self.expr, r)?;
        all_bytes_but(behind, r)
    }

    #[inline]
    fn write_sized<S: Sink, O: Order, A: Align>(
        &self,
        _: bool,
        body: &impl Body,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        body.write(w)?;
        w.goes_on();
        Ok(())
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> schema::Size {
        schema::Size::AllBut((self.expr)())
    }
}

/// Checks that `end` is where it belongs in what was written from `start` on,
/// and ends it.
pub(crate) fn write_end<S: Sink, O: Order, A: Align>(
    end: &[u8],
    ending: Ending,
    start: usize,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if !S::COUNTS_ONLY
        && !w.is_measuring()
        && let Err(kind) = ending.check_bytes(w.since(start), end)
    {
        return Err(w.fail(kind));
    }
    ending.write_end(end, w)
}

impl<'de, E: Delimiter, const THERE: bool> Size<'de> for Delimited<E, THERE> {
    const WIDTH: Width = Width::at_least(if THERE { 8 } else { 0 });
    const WHOLE: bool = true;

    #[inline]
    fn read_size<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<u64, Fault> {
        let (count, found) = self.ending.find(self.end.as_bytes(), 0, r)?;
        Ok((count + self.ending.kept_and_taken(found).0) as u64)
    }

    #[inline]
    fn read_end<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        // Where the end of the input ends it, nothing is left.
        let taken = self.ending.kept_and_taken(self.end.as_bytes().len()).1;
        r.bytes(taken.min(r.rest().len())).map(drop)
    }

    #[inline]
    fn write_sized<S: Sink, O: Order, A: Align>(
        &self,
        _: bool,
        body: &impl Body,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        let start = w.written();
        body.write(w)?;
        write_end(self.end.as_bytes(), self.ending, start, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> schema::Size {
        schema::Size::Until {
            end: self.end.as_bytes().into(),
            ending: self.ending,
        }
    }
}
