//! Bits, wherever the cursor stands.

use super::Reader;
use crate::cursor::state::Fault;
use crate::cursor::{Align, BitOrder, ByteOrder, Order};
use crate::error::ErrorKind;

impl<O: Order, A: Align> Reader<'_, O, A> {
    /// An integer of the next `count` bits, at most 128, in the cursor's orders.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if fewer are left;
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary) within a byte of
    /// which bits were taken in the other bit order.
    #[inline]
    pub fn bits(&mut self, count: u32) -> Result<u128, Fault> {
        debug_assert!(count <= 128);
        self.expect_begun_alike()?;
        if self.bits_left() < u64::from(count) {
            return Err(self.short(u64::from(count)));
        }
        let plain = matches!(
            (O::BYTES, O::BITS),
            (ByteOrder::Big, BitOrder::Msb) | (ByteOrder::Little, BitOrder::Lsb)
        );
        if plain {
            return Ok(self.take_bits(count));
        }
        let (whole, odd) = (count / 8, count % 8);
        let mut value = 0;
        match O::BYTES {
            ByteOrder::Little => {
                for index in 0..whole {
                    value |= self.take_bits(8) << (8 * index);
                }
                if odd > 0 {
                    value |= self.take_bits(odd) << (8 * whole);
                }
            }
            ByteOrder::Big => {
                if odd > 0 {
                    value = self.take_bits(odd);
                }
                for _ in 0..whole {
                    value = value << 8 | self.take_bits(8);
                }
            }
        }
        Ok(value)
    }

    /// The bits left in a byte begun in another order are not where this order
    /// looks for them.
    #[inline(always)]
    pub(super) fn expect_begun_alike(&mut self) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 || self.begun == O::BITS {
            Ok(())
        } else {
            Err(self.fail(ErrorKind::NotOnByteBoundary))
        }
    }

    /// Takes bits in stream order; the caller has checked that they are there.
    #[inline]
    pub(super) fn take_bits(&mut self, count: u32) -> u128 {
        let mut value: u128 = 0;
        let mut done = 0;
        while done < count {
            let Some((&byte, rest)) = self.rest.split_first() else {
                return value;
            };
            let free = 8 - u32::from(self.bit);
            let take = free.min(count - done);
            let mask = 0xFF_u8 >> (8 - take);
            match O::BITS {
                BitOrder::Msb => {
                    let piece = byte >> (free - take) & mask;
                    value = value << take | u128::from(piece);
                }
                BitOrder::Lsb => {
                    let piece = byte >> self.bit & mask;
                    value |= u128::from(piece) << done;
                }
            }
            done += take;
            if take == free {
                self.bit = 0;
                self.rest = rest;
            } else {
                self.bit += take as u8;
                self.begun = O::BITS;
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cursor::{Big, Little, Lsb, Msb, Orders};

    #[test]
    fn twelve_bits_in_all_orders() {
        // The two plain orders concatenate; the mixed ones keep the value's
        // bytes in byte order, the odd bits in the most significant.
        let bytes = [0xAB, 0xCD];
        let mut r = Reader::<Orders<Big, Msb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xABC);
        let mut r = Reader::<Orders<Little, Lsb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xDAB);
        let mut r = Reader::<Orders<Little, Msb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xCAB);
        let mut r = Reader::<Orders<Big, Lsb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xBDA);
    }

    #[test]
    fn a_byte_is_not_read_from_both_ends() {
        let mut r: Reader<'_> = Reader::new(&[0xAB, 0xCD]);
        assert_eq!(r.unaligned().bits(4).unwrap(), 0xA);
        let fault = r.as_order::<Orders<Big, Lsb>>().unaligned().bits(4);
        let error = r.into_error(fault.unwrap_err());
        assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
        assert_eq!(error.bit_offset(), 4);
        let mut byte = [0];
        let fault = r.as_order::<Orders<Big, Lsb>>().unaligned().fill(&mut byte);
        let error = r.into_error(fault.unwrap_err());
        assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
        assert_eq!(r.unaligned().bits(4).unwrap(), 0xB);
        assert_eq!(
            r.as_order::<Orders<Big, Lsb>>()
                .unaligned()
                .bits(4)
                .unwrap(),
            0xD
        );
    }
}
