//! Things with their checksum behind them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::generated::check_checksum;
use crate::schema::{Algorithm, Checksum, Describer, Expr, Field, Record, Shape};
use crate::width::Width;

/// See [`checksummed`].
#[derive(Clone, Copy, Debug)]
pub struct Checksummed<P, Q> {
    algorithm: Algorithm,
    pickler: P,
    sum: Q,
}

/// Something, and behind it the checksum of its bytes, as `sum` writes it:
/// scodec's `checksummed`. Both have whole bytes. A checksum that stands
/// elsewhere, or is over several fields, is said with
/// `#[pickle(derived = crc32(first..=last))]`.
///
/// ```
/// use pickler::picklers::{checksummed, counted, decode_with, encode_with, of};
/// use pickler::schema::Algorithm;
///
/// let text = checksummed(Algorithm::Sum8, counted::<u8, String>(), of::<u8>());
/// assert_eq!(encode_with(&text, &"abc".into())?, b"\x03abc\x29");
/// assert_eq!(decode_with(&text, b"\x03abc\x29")?, "abc");
/// assert_eq!(
///     decode_with(&text, b"\x03abb\x29").unwrap_err().to_string(),
///     "checksum: holds 41, but 40 follows from the other fields, at byte 4",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn checksummed<P, Q>(algorithm: Algorithm, pickler: P, sum: Q) -> Checksummed<P, Q> {
    Checksummed {
        algorithm,
        pickler,
        sum,
    }
}

impl<'de, P, Q> Pickler<'de> for Checksummed<P, Q>
where
    P: Pickler<'de>,
    Q: Pickler<'de, Value: Integer>,
{
    type Value = P::Value;
    const WIDTH: Width = {
        assert!(
            Q::WHOLE && Q::WIDTH.as_fixed().is_some(),
            "a checksum has a fixed number of whole bytes"
        );
        P::WIDTH.then(Q::WIDTH)
    };
    const WHOLE: bool = P::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let (bytes, start) = (r.rest(), r.bit_offset());
        let value = match self.pickler.read(r) {
            Ok(value) => value,
            Err(fault) => return Err(r.within_field(fault, "value")),
        };
        let end = r.bit_offset();
        let result = match self.sum.read(r) {
            Ok(sum) => {
                let places = [start, end, r.bit_offset()];
                let (checksum, found) = (self.checksum(), Some(sum.to_i128()));
                check_checksum(r, (bytes, start), &places, (1, &[1]), checksum, found)
            }
            Err(fault) => Err(fault),
        };
        match result {
            Ok(()) => Ok(value),
            Err(fault) => Err(r.within_field(fault, "checksum")),
        }
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        if let Err(fault) = self.pickler.write(value, w) {
            return Err(w.within_field(fault, "value"));
        }
        let result = match self.sum_from(start, w) {
            Ok(sum) => self.sum.write(&sum, w),
            Err(fault) => Err(fault),
        };
        result.map_err(|fault| w.within_field(fault, "checksum"))
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        let value = Field::new("value", "", self.pickler.describe(d));
        let sum = Field::new("checksum", "", self.sum.describe(d));
        let sum = sum.derived_from(Expr::Integer(0));
        let sum = sum.with_checksum(self.checksum());
        Shape::Record(Box::new(Record::new(Vec::from([value, sum]))))
    }
}

impl<P, Q> Checksummed<P, Q> {
    fn checksum(&self) -> Checksum {
        Checksum {
            algorithm: self.algorithm,
            fields: Some((0, 0)),
        }
    }

    /// The checksum of what was written from the bit `start` on.
    fn sum_from<T: Integer, S: Sink, O: Order, A: Align>(
        &self,
        start: u64,
        w: &mut Writer<S, O, A>,
    ) -> Result<T, Fault> {
        if S::COUNTS_ONLY {
            return Ok(T::from_low_bits(0));
        }
        if !start.is_multiple_of(8) || !w.bit_offset().is_multiple_of(8) {
            return Err(w.fail(ErrorKind::NotOnByteBoundary));
        }
        let follows = self.algorithm.of(w.since((start / 8) as usize));
        let sum = T::from_low_bits(follows.into());
        if sum.to_i128() == i128::from(follows) {
            return Ok(sum);
        }
        Err(w.fail(ErrorKind::OutOfRange {
            value: follows.into(),
            min: 0,
            max: T::MAX_COUNT.into(),
        }))
    }
}
