//! Things confined to a piece of the input.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::marker::PhantomData;

use super::body::{Piece, Whole};
use super::pickler::read_anywhere;
use super::size::{AllBut, Computed, Delimited, InFront, Size};
use super::{Ending, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::Expr;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`bounded`], [`variable_size`] and [`until`].
#[derive(Clone, Copy, Debug)]
pub struct Bounded<L, P> {
    size: L,
    pickler: P,
}

/// See [`ignore_leftover`].
#[derive(Clone, Copy, Debug)]
pub struct IgnoreLeftover<L, P>(Bounded<L, P>);

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
pub const fn bounded<P>(
    size: Option<i128>,
    expr: fn() -> Expr,
    pickler: P,
) -> Bounded<Computed, P> {
    Bounded {
        size: Computed { value: size, expr },
        pickler,
    }
}

/// Something that takes up all that is left, but for the last `behind` bytes of
/// the input, or of the piece around: `size = remaining - 4`. `behind` is the
/// value of `expr`, `None` if it overflows.
///
/// It starts on a byte boundary. What is written behind it must take as many
/// bytes.
///
/// ```
/// use pickler::picklers::{all_but, decode_with, encode_with, of, rest};
/// use pickler::schema::Expr;
///
/// let frame = (all_but(Some(2), || Expr::Integer(2), rest::<String>()), of::<u16>());
/// assert_eq!(decode_with(&frame, b"text\x01\x02")?, ("text".into(), 0x0102));
/// assert_eq!(encode_with(&frame, &("text".into(), 0x0102))?, b"text\x01\x02");
/// assert_eq!(
///     decode_with(&frame, &[1]).unwrap_err().to_string(),
///     "0: needs 2 bytes, 1 byte left, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn all_but<P>(
    behind: Option<i128>,
    expr: fn() -> Expr,
    pickler: P,
) -> Bounded<AllBut, P> {
    let size = AllBut { behind, expr };
    Bounded { size, pickler }
}

/// Something behind its size in bytes, of type `C`: `size = u16`.
///
/// It takes up all of the size. What is longer than `C` can say is refused on
/// write.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, rest, variable_size};
///
/// let items = variable_size::<u8, _>(rest::<Vec<u16>>());
/// assert_eq!(encode_with(&items, &vec![1, 2])?, [4, 0, 1, 0, 2]);
/// assert_eq!(
///     decode_with(&items, &[3, 0, 1, 0]).unwrap_err().to_string(),
///     "[1]: needs 2 bytes, 1 byte left, at byte 3",
/// );
/// assert_eq!(
///     encode_with(&items, &vec![0; 128]).unwrap_err().to_string(),
///     "256 long, but its count can say 255 at most",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// A size that is too narrow for any value is refused at compile time:
///
/// ```compile_fail
/// use pickler::picklers::{decode_with, of, variable_size};
///
/// decode_with(&variable_size::<u8, _>(of::<[u8; 256]>()), &[]);
/// ```
pub const fn variable_size<C, P>(pickler: P) -> Bounded<InFront<C>, P> {
    Bounded {
        size: InFront {
            counts_itself: false,
            prefix: PhantomData,
        },
        pickler,
    }
}

/// The same behind a size that counts itself, too: `size_counts = itself`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, rest, variable_size_with_itself};
///
/// let text = variable_size_with_itself::<u16, _>(rest::<String>());
/// assert_eq!(encode_with(&text, &"hi".into())?, b"\0\x04hi");
/// assert_eq!(
///     decode_with(&text, b"\0\x01").unwrap_err().to_string(),
///     "length 1 is below the least possible, 2, at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn variable_size_with_itself<C, P>(pickler: P) -> Bounded<InFront<C>, P> {
    Bounded {
        size: InFront {
            counts_itself: true,
            prefix: PhantomData,
        },
        pickler,
    }
}

/// Something that takes up all bytes before the first `end`, a byte or several,
/// which is taken away: `size = until(b'|')`.
///
/// It starts on a byte boundary. A value that holds the bytes itself is refused
/// on write.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, rest, until};
///
/// let numbers = until(0xFF, rest::<Vec<u16>>());
/// assert_eq!(encode_with(&numbers, &vec![1, 2])?, [0, 1, 0, 2, 0xFF]);
/// assert_eq!(
///     decode_with(&numbers, &[0, 1, 2, 0xFF]).unwrap_err().to_string(),
///     "[1]: needs 2 bytes, 1 byte left, at byte 2",
/// );
/// assert_eq!(
///     encode_with(&numbers, &vec![1, 255]).unwrap_err().to_string(),
///     "unit 3 would end it",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn until<E, P>(end: E, pickler: P) -> Bounded<Delimited<E, true>, P> {
    delimited(end, Ending::TAKEN, pickler)
}

/// The same with the bytes that end it, as its last: `size = through(b'|')`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, rest, through};
///
/// let line = through(b"\r\n", rest::<String>());
/// assert_eq!(decode_with(&line, b"pot 5\r\n")?, "pot 5\r\n");
/// assert_eq!(
///     encode_with(&line, &"pot 5".into()).unwrap_err().to_string(),
///     "does not end with the bytes 0D 0A",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn through<E, P>(end: E, pickler: P) -> Bounded<Delimited<E, true>, P> {
    delimited(end, Ending::KEPT, pickler)
}

/// Something that takes up all bytes before the first `end`, which is the start
/// of what stands behind: `size = before(b'|')`. That it starts so is not
/// checked where it is written.
///
/// ```
/// use pickler::picklers::{before, constant, decode_with, encode_with, of, rest};
///
/// let fields = (before(b'=', rest::<String>()), constant(*b"=", of()));
/// assert_eq!(decode_with(&fields, b"pot=")?, ("pot".into(), ()));
/// assert_eq!(encode_with(&fields, &("pot".into(), ()))?, b"pot=");
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn before<E, P>(end: E, pickler: P) -> Bounded<Delimited<E, false>, P> {
    delimited(end, Ending::LEFT, pickler)
}

/// The same as [`until`] where the end of the input, or of the piece around, ends
/// it, too: `size = until(b'|' | end)`. The bytes that end it are always written.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, list_to_end, rest, until_or_end};
///
/// let lines = list_to_end(until_or_end(b'\n', rest::<String>()));
/// assert_eq!(decode_with(&lines, b"a\nb\n")?, ["a", "b"]);
/// assert_eq!(decode_with(&lines, b"a\nb")?, ["a", "b"]);
/// assert_eq!(encode_with(&lines, &vec!["a".into(), "b".into()])?, b"a\nb\n");
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn until_or_end<E, P>(end: E, pickler: P) -> Bounded<Delimited<E, false>, P> {
    delimited(end, Ending::TAKEN.or_end(), pickler)
}

/// The same as [`through`] where the end of the input, or of the piece around,
/// ends it, too: `size = through(b'|' | end)`. A value without the bytes must be
/// the last there, which is not checked where it is written.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, list_to_end, rest, through_or_end};
///
/// let lines = list_to_end(through_or_end(b'\n', rest::<String>()));
/// assert_eq!(decode_with(&lines, b"a\nb")?, ["a\n", "b"]);
/// assert_eq!(encode_with(&lines, &vec!["a\n".into(), "b".into()])?, b"a\nb");
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn through_or_end<E, P>(end: E, pickler: P) -> Bounded<Delimited<E, false>, P> {
    delimited(end, Ending::KEPT.or_end(), pickler)
}

/// The same as [`before`] where the end of the input, or of the piece around,
/// ends it, too: `size = before(b'|' | end)`.
///
/// ```
/// use pickler::picklers::{before_or_end, decode_with, rest};
///
/// let words = (before_or_end(b' ', rest::<String>()), rest::<String>());
/// assert_eq!(decode_with(&words, b"one two")?, ("one".into(), " two".into()));
/// assert_eq!(decode_with(&words, b"one")?, ("one".into(), "".into()));
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn before_or_end<E, P>(end: E, pickler: P) -> Bounded<Delimited<E, false>, P> {
    delimited(end, Ending::LEFT.or_end(), pickler)
}

const fn delimited<E, P, const THERE: bool>(
    end: E,
    ending: Ending,
    pickler: P,
) -> Bounded<Delimited<E, THERE>, P> {
    let size = Delimited { end, ending };
    Bounded { size, pickler }
}

/// The same, where what is left over of the size is ignored: `leftover =
/// ignore`. What is written in less than a size that is known before is filled
/// up with zeros.
///
/// ```
/// use pickler::picklers::{bounded, decode_with, encode_with, ignore_leftover, of};
/// use pickler::schema::Expr;
///
/// let three = ignore_leftover(bounded(Some(3), || Expr::Integer(3), of::<u8>()));
/// assert_eq!(decode_with(&three, &[7, 8, 9])?, 7);
/// assert_eq!(encode_with(&three, &7)?, [7, 0, 0]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn ignore_leftover<L, P>(sized: Bounded<L, P>) -> IgnoreLeftover<L, P> {
    IgnoreLeftover(sized)
}

/// Checks that a size can say how much room the smallest value takes.
///
/// # Panics
/// If it cannot, where that is evaluated: when the declaration is compiled.
pub(crate) const fn expect_room(most: u64, width: Width) {
    assert!(
        width.min.div_ceil(8) <= most,
        "what a length counts is always longer than the length can say; take a wider one"
    );
}

impl<L, P> Bounded<L, P> {
    #[inline]
    fn read_piece<'de, O: Order, A: Align>(
        &self,
        leftover: bool,
        r: &mut Reader<'de, O, A>,
    ) -> Result<P::Value, Fault>
    where
        L: Size<'de>,
        P: Pickler<'de>,
    {
        const { expect_room(L::MAX, P::WIDTH) };
        let size = self.size.read_size(r)?;
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(size).unwrap_or(usize::MAX))?;
        let value = read_anywhere(&self.pickler, r)?;
        if leftover {
            r.leave_unread(outer);
        } else {
            r.leave(outer)?;
        }
        self.size.read_end(r)?;
        Ok(value)
    }

    /// Goes past the piece, by way of what is in it: something later may refer
    /// to that.
    #[inline]
    fn skip_piece<'de, O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault>
    where
        L: Size<'de>,
        P: Pickler<'de>,
    {
        let size = self.size.read_size(r)?;
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(size).unwrap_or(usize::MAX))?;
        self.pickler.skip(r.unaligned())?;
        r.leave_unread(outer);
        self.size.read_end(r)
    }

    #[cfg(feature = "alloc")]
    fn shape<'de>(&self, leftover: bool, d: &mut Describer) -> Shape
    where
        L: Size<'de>,
        P: Pickler<'de>,
    {
        Shape::Sized {
            item: Box::new(self.pickler.describe(d)),
            size: self.size.describe(d),
            leftover,
        }
    }
}

impl<'de, L: Size<'de>, P: Pickler<'de>> Pickler<'de> for Bounded<L, P> {
    type Value = P::Value;
    const WIDTH: Width = Width::at_least(L::WIDTH.min);
    const WHOLE: bool = L::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        self.read_piece(false, r)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.skip_piece(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        const { expect_room(L::MAX, P::WIDTH) };
        self.size
            .write_sized(false, &Piece(Whole(&self.pickler, value)), w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        self.shape(false, d)
    }
}

impl<'de, L: Size<'de>, P: Pickler<'de>> Pickler<'de> for IgnoreLeftover<L, P> {
    type Value = P::Value;
    const WIDTH: Width = Bounded::<L, P>::WIDTH;
    const WHOLE: bool = Bounded::<L, P>::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        self.0.read_piece(true, r)
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.0.skip_piece(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let Bounded { size, pickler } = &self.0;
        size.write_sized(true, &Piece(Whole(pickler, value)), w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        self.0.shape(true, d)
    }
}
