//! Filters that a description can tell: each byte becomes another.

use alloc::boxed::Box;

use super::Pickler;
use super::apart::{bytes_apart, read_apart, write_apart};
use super::body::{Body, Whole};
use super::size::fill_up;
use crate::cursor::{Align, Counter, Fault, Order, Reader, Sink, Unaligned, Writer};
use crate::error::{ErrorKind, has_no_value};
use crate::schema::{self, Describer, Expr, Shape};
use crate::width::Width;

/// See [`xored`].
#[derive(Clone, Copy, Debug)]
pub struct Xored<P, const N: usize> {
    key: [Option<i128>; N],
    exprs: fn() -> [Expr; N],
    pickler: P,
}

/// See [`rotated_left`] and [`rotated_right`].
#[derive(Clone, Copy, Debug)]
pub struct Rotated<P> {
    left: bool,
    by: Option<i128>,
    expr: fn() -> Expr,
    pickler: P,
}

/// Something whose bytes are combined with a key by exclusive or: `xor = 0x5A`,
/// `xor = [first, second]`. `key` has the values of `exprs`, `None` where one
/// overflows; each is a byte.
///
/// It takes all that is left of the input, or of the piece of it that a size
/// confines. Offsets and alignment within it count from where it begins.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, of, variable_size, xored};
/// use pickler::schema::Expr;
///
/// let key = || [Expr::Integer(0x0F), Expr::Integer(0xF0)];
/// let secret = variable_size::<u8, _>(xored([Some(0x0F), Some(0xF0)], key, of::<[u8; 3]>()));
/// assert_eq!(encode_with(&secret, &[1, 2, 3])?, [3, 0x0E, 0xF2, 0x0C]);
/// assert_eq!(decode_with(&secret, &[3, 0x0E, 0xF2, 0x0C])?, [1, 2, 3]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn xored<P, const N: usize>(
    key: [Option<i128>; N],
    exprs: fn() -> [Expr; N],
    pickler: P,
) -> Xored<P, N> {
    Xored {
        key,
        exprs,
        pickler,
    }
}

/// Something whose bytes have their bits rotated towards the most significant on
/// read, and back on write: `rotate_left = 3`. `by` is the value of `expr`,
/// `None` if it overflows: 0 to 7.
///
/// It takes all that is left, as [`xored`] does.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, rest, rotated_left};
/// use pickler::schema::Expr;
///
/// let text = rotated_left(Some(3), || Expr::Integer(3), rest::<String>());
/// assert_eq!(decode_with(&text, &[0x09, 0xAC, 0x8D, 0x8D, 0xED])?, "Hello");
/// assert_eq!(encode_with(&text, &"Hello".into())?, [0x09, 0xAC, 0x8D, 0x8D, 0xED]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn rotated_left<P>(by: Option<i128>, expr: fn() -> Expr, pickler: P) -> Rotated<P> {
    Rotated {
        left: true,
        by,
        expr,
        pickler,
    }
}

/// The same towards the least significant: `rotate_right = 3`.
///
/// ```
/// use pickler::picklers::{decode_with, rest, rotated_right};
/// use pickler::schema::Expr;
///
/// let text = rotated_right(Some(3), || Expr::Integer(3), rest::<String>());
/// assert_eq!(decode_with(&text, &[0xBA, 0x7B, 0x93, 0x63, 0x23])?, "World");
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn rotated_right<P>(by: Option<i128>, expr: fn() -> Expr, pickler: P) -> Rotated<P> {
    Rotated {
        left: false,
        by,
        expr,
        pickler,
    }
}

/// A filter whose key is known.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Filter<'a> {
    Xor(&'a [u8]),
    /// Towards the most significant bit, on read.
    Rotate(u32),
}

impl Filter<'_> {
    /// A rotation on read by the value of an expression.
    pub(crate) fn rotate(
        left: bool,
        by: Option<i128>,
        expr: impl FnOnce() -> Expr,
    ) -> Result<Self, ErrorKind> {
        let by = key_part(by, 7, expr)?.into();
        Ok(Self::Rotate(if left { by } else { 8 - by }))
    }

    fn read(self, bytes: &mut [u8]) {
        match self {
            Self::Xor(key) => xor(bytes, key),
            Self::Rotate(by) => rotate(bytes, by),
        }
    }

    fn write(self, bytes: &mut [u8]) {
        match self {
            Self::Xor(key) => xor(bytes, key),
            Self::Rotate(by) => rotate(bytes, 8 - by),
        }
    }
}

/// A part of a key, which the value of an expression gives.
pub(crate) fn key_part(
    value: Option<i128>,
    max: u8,
    expr: impl FnOnce() -> Expr,
) -> Result<u8, ErrorKind> {
    let Some(value) = value else {
        return Err(has_no_value(&expr()));
    };
    match u8::try_from(value) {
        Ok(part) if part <= max => Ok(part),
        _ => Err(ErrorKind::OutOfRange {
            value,
            min: 0,
            max: max.into(),
        }),
    }
}

fn xor(bytes: &mut [u8], key: &[u8]) {
    for (byte, key) in bytes.iter_mut().zip(key.iter().cycle()) {
        *byte ^= key;
    }
}

fn rotate(bytes: &mut [u8], by: u32) {
    for byte in bytes {
        *byte = byte.rotate_left(by);
    }
}

/// Reads all that is left through a filter, by what `inner` reads of it.
pub(crate) fn read_through<O: Order, A: Align, T>(
    filter: Result<Filter<'_>, ErrorKind>,
    r: &mut Reader<'_, O, A>,
    inner: impl FnOnce(&mut Reader<'_, O, Unaligned>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    r.expect_end()?;
    let at = r.bit_offset();
    if !at.is_multiple_of(8) {
        return Err(r.fail(ErrorKind::NotOnByteBoundary));
    }
    let filter = match filter {
        Ok(filter) => filter,
        Err(kind) => return Err(r.fail(kind)),
    };
    r.expect_memory(r.bytes_left() as u64, 1)?;
    let mut bytes = r.bytes(r.bytes_left())?.to_vec();
    filter.read(&mut bytes);
    // Each byte stands where it did.
    read_apart(&bytes, r, |offset| at + offset, inner)
}

/// Writes something through a filter.
pub(crate) fn write_through<S: Sink, O: Order, A: Align>(
    filter: Result<Filter<'_>, ErrorKind>,
    w: &mut Writer<S, O, A>,
    content: &impl Body,
) -> Result<(), Fault> {
    w.expect_byte_boundary()?;
    w.descend()?;
    let at = w.bit_offset();
    let place = |offset| at + offset;
    if S::COUNTS_ONLY {
        // A key may not be known while sizes are found out.
        let counter = Counter::default();
        let size = write_apart(counter, content, w, place, |clear| clear.written())?;
        w.ascend();
        w.goes_on();
        return fill_up(w.written(), size as i128, w);
    }
    let filter = match filter {
        Ok(filter) => filter,
        Err(kind) => return Err(w.fail(kind)),
    };
    let mut bytes = bytes_apart(content, w, place)?;
    w.ascend();
    filter.write(&mut bytes);
    w.goes_on();
    w.bytes(&bytes)
}

fn shape(filter: schema::Filter, item: Shape) -> Shape {
    Shape::Filtered {
        item: Box::new(item),
        filter,
    }
}

impl<P, const N: usize> Xored<P, N> {
    fn key(&self) -> Result<[u8; N], ErrorKind> {
        let mut key = [0; N];
        for (index, (part, value)) in key.iter_mut().zip(self.key).enumerate() {
            *part = key_part(value, u8::MAX, || (self.exprs)()[index].clone())?;
        }
        Ok(key)
    }
}

impl<'de, P, T, const N: usize> Pickler<'de> for Xored<P, N>
where
    P: for<'a> Pickler<'a, Value = T>,
{
    type Value = T;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let key = self.key();
        let filter = key.as_ref().map(|key| Filter::Xor(key));
        read_through(filter.map_err(Clone::clone), r, |r| self.pickler.read(r))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let key = self.key();
        let filter = key.as_ref().map(|key| Filter::Xor(key));
        write_through(
            filter.map_err(Clone::clone),
            w,
            &Whole(&self.pickler, value),
        )
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        let key = (self.exprs)().into();
        shape(schema::Filter::Xor(key), self.pickler.describe(d))
    }
}

impl<'de, P, T> Pickler<'de> for Rotated<P>
where
    P: for<'a> Pickler<'a, Value = T>,
{
    type Value = T;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let filter = Filter::rotate(self.left, self.by, self.expr);
        read_through(filter, r, |r| self.pickler.read(r))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let filter = Filter::rotate(self.left, self.by, self.expr);
        write_through(filter, w, &Whole(&self.pickler, value))
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        let by = (self.expr)();
        let filter = if self.left {
            schema::Filter::RotateLeft(by)
        } else {
            schema::Filter::RotateRight(by)
        };
        shape(filter, self.pickler.describe(d))
    }
}
