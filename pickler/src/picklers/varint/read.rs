//! Varints from bytes.

use super::encoding::{VarintEncoding, VarintFormat, Wide};
use crate::cursor::{Align, Fault, Order, Reader};
use crate::error::ErrorKind;

impl VarintFormat {
    /// Reads an integer of the format.
    #[inline(always)]
    pub(crate) fn read<O: Order, A: Align>(self, r: &mut Reader<'_, O, A>) -> Result<Wide, Fault> {
        let short_groups = matches!(
            self.encoding,
            VarintEncoding::Leb128 | VarintEncoding::ZigZag | VarintEncoding::Mqtt
        );
        if A::ALIGNED
            && short_groups
            && let Some((carried, length)) = groups_of_u64(r.rest(), self.encoding)
        {
            let value = self.value(carried.into(), false);
            if self.holds(value) {
                r.bytes(length)?;
                return Ok(value);
            }
        }
        self.read_slowly(r)
    }

    /// Any form, and what is at fault.
    #[inline(never)]
    fn read_slowly<O: Order, A: Align>(self, r: &mut Reader<'_, O, A>) -> Result<Wide, Fault> {
        let at = r.bit_offset();
        let (value, length) = match self.encoding {
            VarintEncoding::Quic => quic(r)?,
            VarintEncoding::Vlq => self.most_significant_first(r)?,
            VarintEncoding::Nat => self.bijective(r)?,
            _ => self.least_significant_first(r)?,
        };
        if !self.holds(value) {
            return Err(r.fail_at(at, self.refusal(value.saturated())));
        }
        let least = self.least_length(value);
        if length > least && !self.lenient {
            let kind = ErrorKind::OverlongVarint {
                length: length.into(),
                least: least.into(),
            };
            return Err(r.fail_at(at, kind));
        }
        Ok(value)
    }

    /// The next byte of a varint that began at `at` and has `length` bytes so
    /// far.
    fn next<O: Order, A: Align>(
        self,
        at: u64,
        length: u32,
        r: &mut Reader<'_, O, A>,
    ) -> Result<u8, Fault> {
        let most = self.encoding.greatest_length(self.bits);
        if length == most {
            let kind = ErrorKind::EndlessVarint { most: most.into() };
            return Err(r.fail_at(at, kind));
        }
        let [byte] = r.array()?;
        Ok(byte)
    }

    fn least_significant_first<O: Order, A: Align>(
        self,
        r: &mut Reader<'_, O, A>,
    ) -> Result<(Wide, u32), Fault> {
        let at = r.bit_offset();
        let is_sleb = self.encoding == VarintEncoding::Sleb128;
        let (mut carried, mut length) = (0_u128, 0);
        loop {
            let byte = self.next(at, length, r)?;
            let (group, shift) = (byte & 0x7F, 7 * length);
            carried |= u128::from(group) << shift;
            length += 1;
            if byte >= 0x80 {
                continue;
            }
            let negative = is_sleb && group & 0x40 != 0;
            if negative && shift + 7 < 128 {
                carried |= u128::MAX << (shift + 7);
            }
            // The last group may hold more than 128 bits do.
            let lost = if shift > 121 {
                group >> (128 - shift)
            } else {
                0
            };
            let kept_sign = carried.cast_signed() < 0;
            let overflows = if negative {
                !kept_sign || (shift > 121 && lost != 0x7F >> (128 - shift))
            } else {
                lost != 0
            };
            if overflows {
                let value = if negative { i128::MIN } else { i128::MAX };
                return Err(r.fail_at(at, self.refusal(value)));
            }
            return Ok((self.value(carried, negative), length));
        }
    }

    /// Groups of 7 bits, each 1 more than it says if others are in front of it.
    fn bijective<O: Order, A: Align>(self, r: &mut Reader<'_, O, A>) -> Result<(Wide, u32), Fault> {
        let at = r.bit_offset();
        let (mut carried, mut length) = (0_u128, 0);
        loop {
            let byte = self.next(at, length, r)?;
            let more = u128::from(length > 0);
            let group = u128::from(byte & 0x7F) + more;
            let shifted = group << (7 * length);
            let sum = carried.checked_add(shifted);
            let Some(sum) = sum.filter(|_| shifted >> (7 * length) == group) else {
                return Err(r.fail_at(at, self.refusal(i128::MAX)));
            };
            carried = sum;
            length += 1;
            if byte < 0x80 {
                return Ok((self.value(carried, false), length));
            }
        }
    }

    fn most_significant_first<O: Order, A: Align>(
        self,
        r: &mut Reader<'_, O, A>,
    ) -> Result<(Wide, u32), Fault> {
        let at = r.bit_offset();
        let (mut carried, mut length) = (0_u128, 0);
        loop {
            let byte = self.next(at, length, r)?;
            if carried >> 121 != 0 {
                return Err(r.fail_at(at, self.refusal(i128::MAX)));
            }
            carried = carried << 7 | u128::from(byte & 0x7F);
            length += 1;
            if byte < 0x80 {
                return Ok((self.value(carried, false), length));
            }
        }
    }
}

/// The two bits at the top say how many bytes there are: 1, 2, 4, 8.
fn quic<O: Order, A: Align>(r: &mut Reader<'_, O, A>) -> Result<(Wide, u32), Fault> {
    let [first] = r.array()?;
    let length = 1 << (first >> 6);
    let mut bytes = [0; 8];
    let start = 8 - length;
    bytes[start] = first & 0x3F;
    r.fill(&mut bytes[start + 1..])?;
    let low = u64::from_be_bytes(bytes).into();
    let negative = false;
    Ok((Wide { low, negative }, length as u32))
}

/// What the groups at the start of some bytes carry, and how many there are,
/// if that fits 63 bits and is not over-long.
#[inline(always)]
fn groups_of_u64(bytes: &[u8], encoding: VarintEncoding) -> Option<(u64, usize)> {
    let most = if matches!(encoding, VarintEncoding::Mqtt) {
        4
    } else {
        9
    };
    let mut carried = 0;
    for (index, byte) in bytes.iter().take(most).enumerate() {
        carried |= u64::from(byte & 0x7F) << (7 * index);
        if *byte < 0x80 {
            return (*byte != 0 || index == 0).then_some((carried, index + 1));
        }
    }
    None
}
