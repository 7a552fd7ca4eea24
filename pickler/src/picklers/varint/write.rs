//! Varints to bytes.

use super::encoding::{VarintEncoding, VarintFormat, Wide};
use crate::cursor::{Align, Fault, Order, Sink, Writer};

/// As many as 128 bits and a sign take.
const MOST: usize = 19;

impl VarintFormat {
    /// Writes an integer of the format in its shortest form.
    #[inline(always)]
    pub(crate) fn write<S: Sink, O: Order, A: Align>(
        self,
        value: Wide,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if !self.holds(value) {
            return Err(w.fail(self.refusal(value.saturated())));
        }
        let carried = self.carried(value);
        match self.encoding {
            VarintEncoding::Sleb128 => sleb(value, w),
            VarintEncoding::Quic => {
                let bytes = (carried as u64).to_be_bytes();
                let length = self.least_length(value);
                let start = 8 - length as usize;
                let mut bytes = bytes;
                bytes[start] |= (length.ilog2() as u8) << 6;
                w.bytes(&bytes[start..])
            }
            VarintEncoding::Vlq => most_significant_first(carried, w),
            VarintEncoding::Nat => bijective(carried, w),
            VarintEncoding::Leb128 | VarintEncoding::ZigZag | VarintEncoding::Mqtt => {
                if carried < 0x80 {
                    w.array([carried as u8])
                } else {
                    least_significant_first(carried, w)
                }
            }
        }
    }
}

fn least_significant_first<S: Sink, O: Order, A: Align>(
    mut carried: u128,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let (mut bytes, mut length) = ([0; MOST], 0);
    loop {
        bytes[length] = carried as u8 | 0x80;
        carried >>= 7;
        length += 1;
        if carried == 0 {
            break;
        }
    }
    bytes[length - 1] &= 0x7F;
    w.bytes(&bytes[..length])
}

fn bijective<S: Sink, O: Order, A: Align>(
    mut carried: u128,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let (mut bytes, mut length) = ([0; MOST], 0);
    while carried >= 0x80 {
        bytes[length] = carried as u8 | 0x80;
        carried = (carried >> 7) - 1;
        length += 1;
    }
    bytes[length] = carried as u8;
    w.bytes(&bytes[..=length])
}

fn most_significant_first<S: Sink, O: Order, A: Align>(
    mut carried: u128,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let (mut bytes, mut start) = ([0; MOST], MOST);
    loop {
        start -= 1;
        bytes[start] = carried as u8 | 0x80;
        carried >>= 7;
        if carried == 0 {
            break;
        }
    }
    bytes[MOST - 1] &= 0x7F;
    w.bytes(&bytes[start..])
}

fn sleb<S: Sink, O: Order, A: Align>(value: Wide, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
    let (mut bytes, mut length) = ([0; MOST], 0);
    let mut left = value.low;
    loop {
        let group = left as u8 & 0x7F;
        left >>= 7;
        if value.negative {
            left |= 0x7F << 121;
        }
        let end = if value.negative { u128::MAX } else { 0 };
        let told = (group & 0x40 != 0) == value.negative;
        bytes[length] = group;
        length += 1;
        if left == end && told {
            break;
        }
        bytes[length - 1] |= 0x80;
    }
    w.bytes(&bytes[..length])
}
