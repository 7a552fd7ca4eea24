//! Integers whose bits have names.

use super::{Integer, Pickler};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Meaning, Shape};
use crate::width::Width;

/// See [`flags`].
#[derive(Clone, Copy, Debug)]
pub struct Flags<P> {
    pickler: P,
    named: &'static [(&'static str, u128)],
    keeps: bool,
}

/// The same integer, whose bits have names: `flags(ACK = 0x10, FIN = 0x01)`.
/// Descriptions say the names, JSON shows a list of those that are set. Bits without a name are refused, unless it `keeps` them: `flags(ACK =
/// 0x10, ..)`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, flags, of};
///
/// let tcp = flags(&[("FIN", 0x01), ("SYN", 0x02), ("ACK", 0x10)], false, of::<u8>());
/// assert_eq!(decode_with(&tcp, &[0x12])?, 0x12);
/// assert_eq!(
///     decode_with(&tcp, &[0x52]).unwrap_err().to_string(),
///     "0x40 is no flag, at byte 0",
/// );
/// assert!(encode_with(&tcp, &0x40).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn flags<P>(named: &'static [(&'static str, u128)], keeps: bool, pickler: P) -> Flags<P> {
    Flags {
        pickler,
        named,
        keeps,
    }
}

impl<P> Flags<P> {
    #[inline(always)]
    fn check(&self, bits: u128) -> Result<(), ErrorKind> {
        let known = self.named.iter().fold(0, |known, (_, bits)| known | bits);
        if self.keeps || bits & !known == 0 {
            Ok(())
        } else {
            Err(ErrorKind::UnknownFlags {
                bits: bits & !known,
            })
        }
    }
}

impl<'de, P: Pickler<'de, Value: Integer>> Pickler<'de> for Flags<P> {
    type Value = P::Value;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        let at = r.bit_offset();
        let value = self.pickler.read(r)?;
        match self.check(value.to_low_bits()) {
            Ok(()) => Ok(value),
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match self.check(value.to_low_bits()) {
            Ok(()) => self.pickler.write(value, w),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Meaning::Flags {
            named: self
                .named
                .iter()
                .map(|(name, bits)| ((*name).into(), *bits))
                .collect(),
            keeps: self.keeps,
        }
        .of(self.pickler.describe(d))
    }
}
