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
        if let Some(value) = self.whole_integer(count) {
            return Ok(value);
        }
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

    /// Takes bits in stream order, at most 128; the caller has checked that they
    /// are there.
    #[inline]
    pub(super) fn take_bits(&mut self, count: u32) -> u128 {
        let before = u32::from(self.bit);
        if count == 0 {
            return 0;
        }
        // One load spans 16 bytes.
        if before + count > 128 {
            let (first, second) = (self.take_bits(64), self.take_bits(count - 64));
            return match O::BITS {
                BitOrder::Msb => first << (count - 64) | second,
                BitOrder::Lsb => first | second << 64,
            };
        }
        let window = self.window();
        let unused = 128 - count;
        let value = match O::BITS {
            BitOrder::Msb => u128::from_be_bytes(window) << before >> unused,
            BitOrder::Lsb => u128::from_le_bytes(window) >> before << unused >> unused,
        };
        let after = before + count;
        self.rest = self.rest.get(after as usize / 8..).unwrap_or_default();
        self.bit = (after % 8) as u8;
        if self.bit > 0 {
            self.begun = O::BITS;
        }
        value
    }

    /// The next 16 bytes; zeros behind the last.
    #[inline(always)]
    fn window(&self) -> [u8; 16] {
        if let Some(window) = self.rest.first_chunk() {
            return *window;
        }
        let mut window = [0; 16];
        for (to, from) in window.iter_mut().zip(self.rest) {
            *to = *from;
        }
        window
    }

    /// The integer in the next bytes, where they are as many as some integer
    /// has and begin on a boundary.
    #[inline(always)]
    pub(crate) fn whole_integer(&mut self, count: u32) -> Option<u128> {
        macro_rules! integer {
            ($type:ident) => {{
                let (bytes, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                match O::BYTES {
                    ByteOrder::Big => $type::from_be_bytes(*bytes).into(),
                    ByteOrder::Little => $type::from_le_bytes(*bytes).into(),
                }
            }};
        }
        if self.bit != 0 {
            return None;
        }
        Some(match count {
            8 => integer!(u8),
            16 => integer!(u16),
            32 => integer!(u32),
            64 => integer!(u64),
            _ => return None,
        })
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
