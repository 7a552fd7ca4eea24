//! Bit fields at known places of some bytes.

use super::{BitOrder, ByteOrder, Order};

/// Whether an integer's bits are plainly one after the other.
const fn is_plain<O: Order>() -> bool {
    matches!(
        (O::BYTES, O::BITS),
        (ByteOrder::Big, BitOrder::Msb) | (ByteOrder::Little, BitOrder::Lsb)
    )
}

/// The integer in `count` bits, 1 to 128, from bit `at` of `bytes`.
///
/// Where both are constants, it becomes a load, a shift and a mask.
///
/// ```
/// use pickler::cursor::{Network, load_bits};
///
/// assert_eq!(load_bits::<Network>(&[0x12, 0x34], 4, 8), 0x23);
/// ```
///
/// # Panics
/// If the bytes do not hold so many bits.
#[inline(always)]
pub fn load_bits<O: Order>(bytes: &[u8], at: usize, count: u32) -> u128 {
    if is_plain::<O>() {
        return load_plain(O::BITS, bytes, at, count);
    }
    let (whole, odd) = (count / 8, count % 8);
    let (mut at, mut value) = (at, 0);
    let mut piece = |count: u32| {
        let piece = load_plain(O::BITS, bytes, at, count);
        at += count as usize;
        piece
    };
    match O::BYTES {
        ByteOrder::Little => {
            for index in 0..whole {
                value |= piece(8) << (8 * index);
            }
            if odd > 0 {
                value |= piece(odd) << (8 * whole);
            }
        }
        ByteOrder::Big => {
            if odd > 0 {
                value = piece(odd);
            }
            for _ in 0..whole {
                value = value << 8 | piece(8);
            }
        }
    }
    value
}

/// Puts the low `count` bits of `value`, 1 to 128, to bit `at` of `bytes`,
/// where there are zeros.
///
/// ```
/// use pickler::cursor::{Network, store_bits};
///
/// let mut bytes = [0x10, 0x04];
/// store_bits::<Network>(&mut bytes, 4, 8, 0x23);
/// assert_eq!(bytes, [0x12, 0x34]);
/// ```
///
/// # Panics
/// If the bytes do not hold so many bits.
#[inline(always)]
pub fn store_bits<O: Order>(bytes: &mut [u8], at: usize, count: u32, value: u128) {
    if is_plain::<O>() {
        return store_plain(O::BITS, bytes, at, count, value);
    }
    let (whole, odd) = (count / 8, count % 8);
    let mut at = at;
    let mut piece = |count: u32, value: u128| {
        store_plain(O::BITS, bytes, at, count, value);
        at += count as usize;
    };
    match O::BYTES {
        ByteOrder::Little => {
            for index in 0..whole {
                piece(8, value >> (8 * index));
            }
            if odd > 0 {
                piece(odd, value >> (8 * whole));
            }
        }
        ByteOrder::Big => {
            if odd > 0 {
                piece(odd, value >> (8 * whole));
            }
            for index in (0..whole).rev() {
                piece(8, value >> (8 * index));
            }
        }
    }
}

/// Bits in the order of the stream, the first the most significant or the
/// least.
#[inline(always)]
fn load_plain(order: BitOrder, bytes: &[u8], at: usize, count: u32) -> u128 {
    let (first, before) = (at / 8, (at % 8) as u32);
    let span = (before + count).div_ceil(8) as usize;
    let bytes = &bytes[first..first + span];
    match order {
        // One load, a shift and a mask.
        BitOrder::Msb if span <= 8 => {
            let mut value = 0_u64;
            for &byte in bytes {
                value = value << 8 | u64::from(byte);
            }
            let behind = 8 * span as u32 - before - count;
            u128::from(value >> behind & u64::MAX >> (64 - count))
        }
        BitOrder::Msb => {
            // The last byte holds so many bits of the integer.
            let last_bits = before + count - 8 * (span as u32 - 1);
            let mut value = u128::from(bytes[0] & 0xFF >> before);
            for &byte in &bytes[1..span - 1] {
                value = value << 8 | u128::from(byte);
            }
            value << last_bits | u128::from(bytes[span - 1] >> (8 - last_bits))
        }
        BitOrder::Lsb => {
            let mut value = u128::from(bytes[0] >> before);
            for (index, &byte) in bytes.iter().enumerate().skip(1) {
                value |= u128::from(byte) << (8 * index as u32 - before);
            }
            value & u128::MAX >> (128 - count)
        }
    }
}

#[inline(always)]
fn store_plain(order: BitOrder, bytes: &mut [u8], at: usize, count: u32, value: u128) {
    let (first, before) = (at / 8, (at % 8) as u32);
    let span = (before + count).div_ceil(8) as usize;
    let bytes = &mut bytes[first..first + span];
    let value = value & u128::MAX >> (128 - count);
    match order {
        BitOrder::Msb => {
            let last_bits = before + count - 8 * (span as u32 - 1);
            // Two bytes as one integer: a load, an `or` and a store.
            if let Ok(both) = <&mut [u8; 2]>::try_from(&mut *bytes) {
                let value = (value as u16) << (8 - last_bits);
                *both = (u16::from_be_bytes(*both) | value).to_be_bytes();
                return;
            }
            bytes[span - 1] |= (value as u8) << (8 - last_bits);
            let mut value = value.checked_shr(last_bits).unwrap_or(0);
            for byte in bytes[..span - 1].iter_mut().rev() {
                *byte |= value as u8;
                value >>= 8;
            }
        }
        BitOrder::Lsb => {
            bytes[0] |= (value << before) as u8;
            for (index, byte) in bytes.iter_mut().enumerate().skip(1) {
                *byte |= (value >> (8 * index as u32 - before)) as u8;
            }
        }
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::*;
    use crate::cursor::{Big, Little, Lsb, Msb, Orders, Reader, VecSink, Writer};

    const BYTES: [u8; 24] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x0F, 0x1E, 0x2D, 0x3C, 0x4B, 0x5A, 0x69,
        0x78, 0x87, 0x96, 0xA5, 0xB4, 0xC3, 0xD2, 0xE1, 0xF0,
    ];

    fn as_the_cursors_do<O: Order>() {
        for at in 0..16 {
            for count in 1..=128 {
                let mut r = Reader::<O>::new(&BYTES);
                if at > 0 {
                    r.unaligned().bits(at).unwrap();
                }
                let value = r.unaligned().bits(count).unwrap();
                assert_eq!(
                    load_bits::<O>(&BYTES, at as usize, count),
                    value,
                    "{at} {count}"
                );

                let mut written = alloc::vec::Vec::new();
                let mut w = Writer::<_, O>::new(VecSink::new(&mut written));
                if at > 0 {
                    w.unaligned().bits(0, at).unwrap();
                }
                w.unaligned().bits(value, count).unwrap();
                w.unaligned().finish().unwrap();
                let mut stored = [0; 24];
                store_bits::<O>(&mut stored, at as usize, count, value);
                assert_eq!(stored[..written.len()], written, "{at} {count}");
                assert!(stored[written.len()..].iter().all(|byte| *byte == 0));
            }
        }
    }

    #[test]
    fn all_orders_are_as_the_cursors_have_them() {
        as_the_cursors_do::<Orders<Big, Msb>>();
        as_the_cursors_do::<Orders<Big, Lsb>>();
        as_the_cursors_do::<Orders<Little, Msb>>();
        as_the_cursors_do::<Orders<Little, Lsb>>();
    }
}
