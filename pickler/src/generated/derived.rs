//! Fields that follow from others.

use core::ops::Range;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, no_value};
#[cfg(feature = "alloc")]
use crate::picklers::{Body, Whole};
use crate::picklers::{Integer, Pickler};
#[cfg(feature = "alloc")]
use crate::schema::Checksum;
use crate::schema::Expr;
use crate::types::Derived;

/// Checks what was read of a derived field, in the bits `place`.
#[inline]
pub fn check_derived<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    place: Range<u64>,
    found: Option<i128>,
    expected: Option<i128>,
    expr: fn() -> Expr,
) -> Result<(), Fault> {
    match expected {
        Some(expected) => check_number(r, place, found, expected),
        None => Err(r.fail_in(place, no_value(expr))),
    }
}

#[inline]
fn check_number<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    place: Range<u64>,
    found: Option<i128>,
    expected: i128,
) -> Result<(), Fault> {
    if found == Some(expected) {
        return Ok(());
    }
    let found = found.unwrap_or(i128::MAX);
    Err(r.fail_in(place, ErrorKind::WrongDerived { expected, found }))
}

/// Writes a derived field of `bits`: what was forged, or what follows.
#[inline]
pub fn write_derived<'de, P, S, O, A>(
    pickler: &P,
    field: &Derived<P::Value>,
    (follows, expr): (Option<i128>, fn() -> Expr),
    bits: u32,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Integer,
    S: Sink,
    O: Order,
    A: Align,
{
    if let Some(forged) = field.forged() {
        return pickler.write(forged, w);
    }
    let Some(follows) = follows else {
        return Err(w.fail(no_value(expr)));
    };
    write_number(pickler, follows, bits, w)
}

#[inline]
fn write_number<'de, P, S, O, A>(
    pickler: &P,
    follows: i128,
    bits: u32,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Integer,
    S: Sink,
    O: Order,
    A: Align,
{
    let mask = u128::MAX >> (128 - bits);
    let (min, max) = if P::Value::SIGNED {
        (-1_i128 << (bits - 1), (mask >> 1).cast_signed())
    } else {
        (0, i128::try_from(mask).unwrap_or(i128::MAX))
    };
    if follows < min || follows > max {
        let value = follows;
        return Err(w.fail(ErrorKind::OutOfRange { value, min, max }));
    }
    pickler.write(&P::Value::from_low_bits(follows.cast_unsigned()), w)
}

/// Checks a checksum that was read: the field `index` of a record that starts
/// with `bytes`.
#[cfg(feature = "alloc")]
#[inline]
pub fn check_checksum<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    (bytes, start): (&[u8], u64),
    places: &[u64],
    (index, zeroed): (usize, &[usize]),
    checksum: Checksum,
    found: Option<i128>,
) -> Result<(), Fault> {
    let place = places[index]..places[index + 1];
    match checksum.of(bytes, start, places, zeroed.iter().copied()) {
        Some(expected) => check_number(r, place, found, expected.into()),
        None => Err(r.fail_in(place, ErrorKind::NotOnByteBoundary)),
    }
}

/// Puts a checksum into its field, when all of the record is written.
#[cfg(feature = "alloc")]
#[inline]
pub fn put_checksum<'de, P, S, O, A>(
    (pickler, bits): (&P, u32),
    start: u64,
    places: &[u64],
    (index, zeroed): (usize, &[usize]),
    checksum: Checksum,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Integer,
    S: Sink,
    O: Order,
    A: Align,
{
    let bytes = w.since((start / 8) as usize);
    let zeroed = zeroed.iter().copied();
    let follows = match checksum.of(bytes, start, places, zeroed) {
        Some(follows) if start.is_multiple_of(8) => follows,
        _ => return Err(w.fail(ErrorKind::NotOnByteBoundary)),
    };
    let sum = Sum {
        pickler,
        bits,
        follows: follows.into(),
    };
    w.overwrite((places[index] / 8) as usize, &sum)
}

/// A checksum that is put into its field.
#[cfg(feature = "alloc")]
struct Sum<'a, P> {
    pickler: &'a P,
    bits: u32,
    follows: i128,
}

#[cfg(feature = "alloc")]
impl<'de, P: Pickler<'de, Value: Integer>> Body for Sum<'_, P> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let w = w.unaligned();
        write_number(self.pickler, self.follows, self.bits, w)?;
        w.finish()
    }
}

/// Writes a digest: what was forged, or room for what follows.
#[inline]
pub fn write_digest<'de, P, S, O, A>(
    pickler: &P,
    field: &Derived<P::Value>,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Default,
    S: Sink,
    O: Order,
    A: Align,
{
    match field.forged() {
        Some(forged) => pickler.write(forged, w),
        None => pickler.write(&P::Value::default(), w),
    }
}

/// Checks a digest that was read, as [`check_checksum`].
#[cfg(feature = "alloc")]
pub fn check_digest<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    (bytes, start): (&[u8], u64),
    places: &[u64],
    (index, zeroed): (usize, &[usize]),
    checksum: Checksum,
    found: &[u8],
) -> Result<(), Fault> {
    let place = places[index]..places[index + 1];
    match checksum.digest(bytes, start, places, zeroed.iter().copied()) {
        Some(expected) if expected == found => Ok(()),
        Some(expected) => Err(r.fail_in(place, wrong_digest(&expected, found))),
        None => Err(r.fail_in(place, ErrorKind::NotOnByteBoundary)),
    }
}

/// Says that a digest is another.
#[cfg(feature = "alloc")]
#[cold]
pub(crate) fn wrong_digest(expected: &[u8], found: &[u8]) -> ErrorKind {
    let hex = |bytes: &[u8]| {
        let digits = bytes.iter().map(|byte| alloc::format!("{byte:02x}"));
        digits.collect::<alloc::string::String>().into()
    };
    let (expected, found) = (hex(expected), hex(found));
    ErrorKind::WrongDigest { expected, found }
}

/// Puts a digest of `SIZE` bytes into its field, when all of the record is
/// written.
#[cfg(feature = "alloc")]
pub fn put_digest<'de, const SIZE: usize, P, S, O, A>(
    pickler: &P,
    start: u64,
    places: &[u64],
    (index, zeroed): (usize, &[usize]),
    checksum: Checksum,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault>
where
    P: Pickler<'de>,
    P::Value: Default + AsMut<[u8]>,
    S: Sink,
    O: Order,
    A: Align,
{
    const {
        assert!(
            size_of::<P::Value>() == SIZE,
            "a digest is held by as many bytes as its algorithm gives"
        );
    }
    let bytes = w.since((start / 8) as usize);
    let digest = checksum.digest(bytes, start, places, zeroed.iter().copied());
    let mut value = P::Value::default();
    match digest {
        Some(digest) if start.is_multiple_of(8) && value.as_mut().len() == digest.len() => {
            value.as_mut().copy_from_slice(&digest);
            let at = (places[index] / 8) as usize;
            w.overwrite(at, &Whole(pickler, &value))
        }
        _ => Err(w.fail(ErrorKind::NotOnByteBoundary)),
    }
}
