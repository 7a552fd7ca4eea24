//! The writing cursor.

mod counting;
#[cfg(feature = "alloc")]
mod gaps;
mod looks;
mod piece;
#[cfg(feature = "alloc")]
mod places;
#[cfg(feature = "alloc")]
mod shared;

use core::marker::PhantomData;

use super::state::{Fault, OfWriter, State};
use super::{Align, Aligned, BitOrder, ByteOrder, Full, Network, Order, Sink, Unaligned};
use crate::error::{Error, ErrorKind, Step};

pub use looks::Looks;
#[cfg(feature = "alloc")]
pub use places::{Placed, Places, Spot};
#[cfg(feature = "alloc")]
pub(crate) use shared::Numbered;

/// A cursor that appends to a [`Sink`].
///
/// ```
/// use pickler::cursor::{VecSink, Writer};
///
/// let mut bytes = Vec::new();
/// let mut w: Writer<_> = Writer::new(VecSink::new(&mut bytes));
/// w.array([0x12, 0x34]).unwrap();
/// w.unaligned().bits(0xA, 4).unwrap();
/// w.unaligned().bits(0x5, 4).unwrap();
/// w.unaligned().finish().unwrap();
/// assert_eq!(bytes, [0x12, 0x34, 0xA5]);
/// ```
#[derive(Debug)]
#[repr(C)]
pub struct Writer<S: Sink, O: Order = Network, A: Align = Aligned> {
    sink: S,
    /// The bits of the byte begun, in their places.
    partial: u8,
    /// How many bits of `partial` are set, 0 to 7; 0 wherever `A` is aligned.
    bit: u8,
    /// The order in which they were set; no matter if there are none.
    begun: BitOrder,
    state: State<OfWriter>,
    orders: PhantomData<(O, A)>,
}

impl<S: Sink, O: Order> Writer<S, O, Aligned> {
    /// A cursor that appends to `sink`, with the default [`Limits`](crate::cursor::Limits).
    #[inline]
    pub fn new(sink: S) -> Self {
        Self {
            sink,
            partial: 0,
            bit: 0,
            begun: O::BITS,
            state: State::of_writer(),
            orders: PhantomData,
        }
    }
}

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    /// The same cursor in another order.
    #[inline(always)]
    pub fn as_order<P: Order>(&mut self) -> &mut Writer<S, P, A> {
        self.cast()
    }

    /// The same cursor, free to stand within a byte.
    #[inline(always)]
    pub fn unaligned(&mut self) -> &mut Writer<S, O, Unaligned> {
        self.cast()
    }

    /// The sink, when writing is over.
    #[inline(always)]
    pub fn into_sink(self) -> S {
        self.state.end();
        self.sink
    }

    /// How many whole bytes were written.
    #[inline]
    pub fn written(&self) -> usize {
        self.sink.written()
    }

    /// How many bits were written.
    #[inline]
    pub fn bit_offset(&self) -> u64 {
        self.sink.written() as u64 * 8 + u64::from(self.bit)
    }

    /// Makes room for `bytes` more, so that the writes that follow need not.
    #[inline(always)]
    pub fn reserve(&mut self, bytes: usize) {
        self.sink.reserve(bytes);
    }

    /// Writes `N` bytes.
    ///
    /// # Errors
    /// [`SinkFull`](ErrorKind::SinkFull).
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 {
            match self.sink.put(bytes) {
                Ok(()) => Ok(()),
                Err(Full) => Err(self.fail(ErrorKind::SinkFull)),
            }
        } else {
            self.bytes_off_boundary(&bytes)
        }
    }

    /// Writes a slice.
    ///
    /// # Errors
    /// [`SinkFull`](ErrorKind::SinkFull).
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 {
            match self.sink.put_slice(bytes) {
                Ok(()) => Ok(()),
                Err(Full) => Err(self.fail(ErrorKind::SinkFull)),
            }
        } else {
            self.bytes_off_boundary(bytes)
        }
    }

    /// Writes `N` bytes for each item. On a failure, what fits is written.
    ///
    /// # Errors
    /// [`SinkFull`](ErrorKind::SinkFull).
    #[inline(always)]
    pub fn each<T, const N: usize>(
        &mut self,
        items: &[T],
        bytes: impl Fn(&T) -> [u8; N],
    ) -> Result<(), Fault> {
        if !A::ALIGNED && self.bit != 0 {
            return items.iter().try_for_each(|item| self.array(bytes(item)));
        }
        match self.sink.put_each(items, bytes) {
            Ok(()) => Ok(()),
            Err(Full) => Err(self.fail(ErrorKind::SinkFull)),
        }
    }

    #[inline(never)]
    fn bytes_off_boundary(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.expect_begun_alike()?;
        for &byte in bytes {
            self.put_bits(u128::from(byte), 8)?;
        }
        Ok(())
    }

    /// Writes the low `count` bits of `value`, at most 128, in the cursor's
    /// orders.
    ///
    /// # Errors
    /// [`SinkFull`](ErrorKind::SinkFull);
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary) within a byte of
    /// which bits were set in the other bit order.
    #[inline]
    pub fn bits(&mut self, value: u128, count: u32) -> Result<(), Fault> {
        debug_assert!(count <= 128);
        if self.put_whole_integer(value, count) {
            return Ok(());
        }
        self.expect_begun_alike()?;
        let plain = matches!(
            (O::BYTES, O::BITS),
            (ByteOrder::Big, BitOrder::Msb) | (ByteOrder::Little, BitOrder::Lsb)
        );
        if plain {
            return self.put_bits(value, count);
        }
        let (whole, odd) = (count / 8, count % 8);
        match O::BYTES {
            ByteOrder::Little => {
                for index in 0..whole {
                    self.put_bits(value >> (8 * index), 8)?;
                }
                if odd > 0 {
                    self.put_bits(value >> (8 * whole), odd)?;
                }
            }
            ByteOrder::Big => {
                if odd > 0 {
                    self.put_bits(value >> (8 * whole), odd)?;
                }
                for index in (0..whole).rev() {
                    self.put_bits(value >> (8 * index), 8)?;
                }
            }
        }
        Ok(())
    }

    /// The free bits of a byte begun in another order are not where this order
    /// puts bits.
    #[inline(always)]
    fn expect_begun_alike(&mut self) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 || self.begun == O::BITS {
            Ok(())
        } else {
            Err(self.fail(ErrorKind::NotOnByteBoundary))
        }
    }

    /// Puts bits in stream order, at most 128.
    #[inline]
    fn put_bits(&mut self, value: u128, count: u32) -> Result<(), Fault> {
        let before = u32::from(self.bit);
        if count == 0 {
            return Ok(());
        }
        // One store spans 16 bytes.
        if before + count > 128 {
            let (first, second) = match O::BITS {
                BitOrder::Msb => (value >> (count - 64), value),
                BitOrder::Lsb => (value, value >> 64),
            };
            self.put_bits(first, 64)?;
            return self.put_bits(second, count - 64);
        }
        let unused = 128 - count;
        let (value, partial) = (value << unused, u128::from(self.partial));
        let window = match O::BITS {
            BitOrder::Msb => (partial << 120 | value >> before).to_be_bytes(),
            BitOrder::Lsb => (partial | value >> unused << before).to_le_bytes(),
        };
        let after = before + count;
        let (whole, rest) = window.split_at(after as usize / 8);
        (self.partial, self.bit) = (0, 0);
        if self.sink.put_slice(whole).is_err() {
            // As many as there is room for.
            for &byte in whole {
                self.put_byte(byte)?;
            }
        }
        self.bit = (after % 8) as u8;
        if self.bit > 0 {
            self.partial = rest[0];
            self.begun = O::BITS;
        }
        Ok(())
    }

    /// Writes an integer on a byte boundary that has as many bits as some
    /// integer has; says whether that was so.
    #[inline(always)]
    pub(crate) fn put_whole_integer(&mut self, value: u128, count: u32) -> bool {
        macro_rules! integer {
            ($type:ident) => {
                self.sink.put(match O::BYTES {
                    ByteOrder::Big => (value as $type).to_be_bytes(),
                    ByteOrder::Little => (value as $type).to_le_bytes(),
                })
            };
        }
        if self.bit != 0 {
            return false;
        }
        let result = match count {
            8 => integer!(u8),
            16 => integer!(u16),
            32 => integer!(u32),
            64 => integer!(u64),
            _ => return false,
        };
        result.is_ok()
    }

    #[inline]
    fn flush(&mut self) -> Result<(), Fault> {
        let byte = self.partial;
        self.partial = 0;
        self.bit = 0;
        self.put_byte(byte)
    }

    #[inline]
    fn put_byte(&mut self, byte: u8) -> Result<(), Fault> {
        match self.sink.put([byte]) {
            Ok(()) => Ok(()),
            Err(Full) => Err(self.fail(ErrorKind::SinkFull)),
        }
    }

    /// Fills the byte begun, if one is, with zero bits.
    ///
    /// # Errors
    /// [`SinkFull`](ErrorKind::SinkFull).
    #[inline]
    pub fn finish(&mut self) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 {
            Ok(())
        } else {
            self.flush()
        }
    }

    /// All places are known.
    #[cfg(not(feature = "alloc"))]
    #[inline(always)]
    pub fn is_measuring(&self) -> bool {
        false
    }

    /// Something may stand elsewhere; without memory, nothing does.
    #[cfg(not(feature = "alloc"))]
    #[inline(always)]
    pub(crate) fn has_places(&self) -> bool {
        false
    }

    /// Replaces bytes written before, from offset `at`.
    #[inline(always)]
    pub fn patch(&mut self, at: usize, bytes: &[u8]) {
        self.sink.patch(at, bytes);
    }

    /// The whole bytes written from offset `from` on, where the sink keeps them.
    pub fn since(&self, from: usize) -> &[u8] {
        self.sink.since(from)
    }

    /// A cursor over what was written from the bit `start` on, where the sink
    /// keeps it, copied to `bytes`; the byte begun is filled up with zeros.
    #[cfg(feature = "alloc")]
    pub(crate) fn look_back<'a>(
        &self,
        start: u64,
        bytes: &'a mut alloc::vec::Vec<u8>,
    ) -> super::Reader<'a, O, Aligned> {
        let from = (start / 8) as usize;
        bytes.extend_from_slice(self.since(from));
        if self.bit > 0 {
            bytes.push(self.partial);
        }
        let mut state = State::of_reader(super::Limits::default());
        state.set_depth_left(self.state.depth_left());
        super::Reader::<O, Aligned>::from_bit(bytes, start, self.begun, state)
    }

    /// A cursor that writes to `bytes`, at the same depth.
    #[cfg(feature = "alloc")]
    pub(crate) fn apart<'a>(
        &self,
        bytes: &'a mut alloc::vec::Vec<u8>,
    ) -> Writer<super::VecSink<'a>, O, Aligned> {
        self.apart_in(super::VecSink::new(bytes))
    }

    /// A cursor that writes to a sink of its own, at the same depth.
    #[cfg(feature = "alloc")]
    pub(crate) fn apart_in<T: Sink>(&self, sink: T) -> Writer<T, O, Aligned> {
        let mut apart = Writer::<T, O>::new(sink);
        apart.state.set_depth_left(self.state.depth_left());
        apart.state.own.empty_items_left = self.state.own.empty_items_left;
        apart
    }

    /// Has what a cursor [apart](Self::apart_in) has left of the budgets.
    #[cfg(feature = "alloc")]
    pub(crate) fn spend_as<T: Sink, P: Order, B: Align>(&mut self, apart: &Writer<T, P, B>) {
        self.state.own.empty_items_left = apart.state.own.empty_items_left;
    }

    /// Puts bytes in front of those written before from offset `at` on, which
    /// move behind them.
    ///
    /// # Errors
    /// [`SinkFull`](ErrorKind::SinkFull).
    pub fn insert(&mut self, at: usize, bytes: &[u8]) -> Result<(), Fault> {
        match self.sink.insert(at, bytes) {
            Ok(()) => Ok(()),
            Err(Full) => Err(self.fail(ErrorKind::SinkFull)),
        }
    }

    /// Checks that the cursor stands on a byte boundary.
    ///
    /// # Errors
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary).
    #[inline(always)]
    pub fn expect_byte_boundary(&mut self) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 {
            Ok(())
        } else {
            Err(self.fail(ErrorKind::NotOnByteBoundary))
        }
    }

    /// One level deeper; [`ascend`](Self::ascend) ends it.
    ///
    /// # Errors
    /// [`TooDeep`](ErrorKind::TooDeep) past the limit: a reader with the same
    /// limit would refuse what is written.
    #[inline]
    pub fn descend(&mut self) -> Result<(), Fault> {
        self.state.descend(self.bit_offset())
    }

    /// Ends one level.
    #[inline]
    pub fn ascend(&mut self) {
        self.state.ascend();
    }

    /// Checks that `count` items of at least `least_bits` each would be read.
    ///
    /// # Errors
    /// [`TooManyEmptyItems`](ErrorKind::TooManyEmptyItems) past the budget for
    /// items that take no room: a reader with the same limit would refuse them.
    #[inline(always)]
    pub fn expect_items(&mut self, count: usize, least_bits: u64) -> Result<(), Fault> {
        if least_bits > 0 {
            return Ok(());
        }
        self.state.spend_empty_items(count, self.bit_offset())
    }

    /// Records a failure here.
    #[inline(always)]
    pub fn fail(&mut self, kind: ErrorKind) -> Fault {
        self.state.fail(kind, self.bit_offset())
    }

    /// Says that a fault came from within the field `name`.
    #[inline(always)]
    pub fn within_field(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.state.within_field(fault, name)
    }

    /// Says that a fault came from within the variant `name`.
    #[inline(always)]
    pub fn within_variant(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.state.within_variant(fault, name)
    }

    /// Records an error of another writer, such as a [`counter`](Self::counter).
    #[inline(always)]
    pub fn adopt(&mut self, error: Error) -> Fault {
        self.state.adopt(error)
    }

    /// Says that a fault came from within `step`.
    #[inline(always)]
    pub fn within(&mut self, fault: Fault, step: Step) -> Fault {
        self.state.within(fault, step)
    }

    /// The whole error that a fault stands for.
    #[inline(always)]
    pub fn into_error(&mut self, fault: Fault) -> Error {
        self.state.take_error(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cursor::{Big, Little, Lsb, Msb, Orders, Reader, VecSink};

    fn round_trip<O: Order>(widths: &[u32]) {
        let mut bytes = alloc::vec::Vec::new();
        let mut w = Writer::<_, O>::new(VecSink::new(&mut bytes));
        let value = 0x0123_4567_89AB_CDEF_0F1E_2D3C_4B5A_6978_u128;
        for &width in widths {
            w.unaligned().bits(value, width).unwrap();
        }
        w.unaligned().finish().unwrap();
        let mut r = Reader::<O>::new(&bytes);
        for &width in widths {
            let mask = u128::MAX >> (128 - width);
            assert_eq!(r.unaligned().bits(width).unwrap(), value & mask);
        }
        r.unaligned().finish().unwrap();
    }

    #[test]
    fn a_byte_is_not_written_from_both_ends() {
        let mut bytes = alloc::vec::Vec::new();
        let mut w: Writer<_> = Writer::new(VecSink::new(&mut bytes));
        w.unaligned().bits(0xA, 4).unwrap();
        let fault = w.as_order::<Orders<Big, Lsb>>().unaligned().bits(1, 4);
        let error = w.into_error(fault.unwrap_err());
        assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
        let fault = w.as_order::<Orders<Big, Lsb>>().unaligned().bytes(&[1]);
        let error = w.into_error(fault.unwrap_err());
        assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
        assert_eq!(error.bit_offset(), 4);
    }

    #[test]
    fn what_is_written_is_read_in_all_orders() {
        for widths in [
            &[12, 3, 1, 17, 128, 7][..],
            &[8, 8],
            &[1, 127],
            &[5, 64, 33],
        ] {
            round_trip::<Orders<Big, Msb>>(widths);
            round_trip::<Orders<Big, Lsb>>(widths);
            round_trip::<Orders<Little, Msb>>(widths);
            round_trip::<Orders<Little, Lsb>>(widths);
        }
    }
}
