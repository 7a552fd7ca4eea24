//! Integers that belong to a format: keys, sizes, counts.

use crate::cursor::{Align, Fault, Order, Reader, Sink, SliceSink, Writer};
use crate::error::ErrorKind;
use crate::picklers::{Pickler, VarintEncoding, leb128, mqtt, nat, quic, sleb128, vlq, zigzag};
use crate::schema::Number;

impl Number {
    /// The greatest integer that can be written.
    pub(crate) const fn max(self) -> u64 {
        match self {
            Self::Bits(bits @ 0..=63) => (1 << bits) - 1,
            Self::Varint(VarintEncoding::Quic) => (1 << 62) - 1,
            Self::Varint(VarintEncoding::Mqtt) => (1 << 28) - 1,
            Self::Bits(_) | Self::Varint(_) => u64::MAX,
        }
    }

    /// It takes as many bits whatever its value.
    pub(crate) const fn is_fixed(self) -> bool {
        matches!(self, Self::Bits(_))
    }

    /// The least width, in bits.
    pub(crate) const fn least_bits(self) -> u64 {
        match self {
            Self::Bits(bits) => bits as u64,
            Self::Varint(_) => 8,
        }
    }

    pub(crate) fn read<O: Order, A: Align>(self, r: &mut Reader<'_, O, A>) -> Result<u64, Fault> {
        match self {
            Self::Bits(bits) => Ok(r.unaligned().bits(bits)? as u64),
            Self::Varint(encoding) => match encoding {
                VarintEncoding::Leb128 => leb128().read(r),
                VarintEncoding::Sleb128 => sleb128().read(r),
                VarintEncoding::ZigZag => zigzag().read(r),
                VarintEncoding::Quic => quic().read(r),
                VarintEncoding::Vlq => vlq().read(r),
                VarintEncoding::Mqtt => mqtt().read(r),
                VarintEncoding::Nat => nat().read(r),
            },
        }
    }

    pub(crate) fn write<S: Sink, O: Order, A: Align>(
        self,
        value: u64,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if value > self.max() {
            let (value, max) = (value.into(), self.max().into());
            return Err(w.fail(ErrorKind::OutOfRange { value, min: 0, max }));
        }
        match self {
            Self::Bits(bits) => w.unaligned().bits(value.into(), bits),
            Self::Varint(encoding) => match encoding {
                VarintEncoding::Leb128 => leb128().write(&value, w),
                VarintEncoding::Sleb128 => sleb128().write(&value, w),
                VarintEncoding::ZigZag => zigzag().write(&value, w),
                VarintEncoding::Quic => quic().write(&value, w),
                VarintEncoding::Vlq => vlq().write(&value, w),
                VarintEncoding::Mqtt => mqtt().write(&value, w),
                VarintEncoding::Nat => nat().write(&value, w),
            },
        }
    }

    /// Writes a number in place of the 0 that stands at byte `at`; all behind
    /// it moves if it takes more bytes.
    pub(crate) fn put_back<S: Sink, O: Order, A: Align>(
        self,
        at: usize,
        value: u64,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if value > self.max() {
            let (length, max) = (value, self.max());
            return Err(w.fail(ErrorKind::TooLong { length, max }));
        }
        let mut bytes = [0; 16];
        let mut own = Writer::<_, O>::new(SliceSink::new(&mut bytes));
        // Sixteen bytes are enough for all of them.
        let size = match self.write(value, &mut own) {
            Ok(()) => own.written(),
            Err(fault) => {
                let kind = own.into_error(fault).kind().clone();
                return Err(w.fail(kind));
            }
        };
        let reserved = (self.least_bits() / 8) as usize;
        w.patch(at, &bytes[..reserved]);
        if size > reserved {
            w.insert(at + reserved, &bytes[reserved..size])?;
        }
        Ok(())
    }
}

/// A protobuf varint.
pub(crate) fn read_leb128<O: Order, A: Align>(r: &mut Reader<'_, O, A>) -> Result<u64, Fault> {
    leb128().read(r)
}

/// The same, written.
pub(crate) fn write_leb128<S: Sink, O: Order, A: Align>(
    value: u64,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    leb128().write(&value, w)
}
