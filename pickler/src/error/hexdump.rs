//! Rows of bytes, with some bits of them marked.

use core::fmt::{self, Write};
use core::ops::Range;

use crate::cursor::BitOrder;

/// Bytes in one row.
pub const ROW: usize = 16;
/// How many bytes are shown bit by bit.
const BYTES_IN_BITS: usize = 6;

/// Some bytes, and what of them is marked.
#[derive(Clone, Debug)]
pub struct Hexdump<'a> {
    bytes: &'a [u8],
    /// The bits marked; none marks the place where they would be.
    marked: Range<u64>,
    order: BitOrder,
    /// Bytes that lack behind the last, as far as they are shown.
    missing: usize,
}

impl<'a> Hexdump<'a> {
    /// `bytes`, of which the bits `marked` are, counted in `order`; `missing`
    /// more bits belong to them that are not there.
    pub fn new(bytes: &'a [u8], marked: Range<u64>, order: BitOrder, missing: u64) -> Self {
        let end = bytes.len() as u64 * 8;
        let marked = marked.start.min(end)..marked.end.min(end);
        let room = ROW - bytes.len() % ROW;
        let missing = usize::try_from(missing.div_ceil(8)).map_or(room, |bytes| bytes.min(room));
        Self {
            bytes,
            marked,
            order,
            missing,
        }
    }

    /// The bytes that hold marked bits, and the missing ones; at least one.
    fn marked_bytes(&self) -> Range<usize> {
        let start = byte_of(self.marked.start);
        let end = if self.missing > 0 {
            self.bytes.len() + self.missing
        } else {
            byte_of(self.marked.end.next_multiple_of(8))
        };
        start..end.max(start + 1)
    }

    /// How many columns the bytes of a row take.
    fn columns(&self) -> usize {
        let longest = (self.bytes.len() + self.missing).clamp(1, ROW);
        column(longest - 1) + 2
    }

    /// How many columns the greatest offset shown takes.
    pub fn gutter(&self) -> usize {
        let last = self.rows_shown().end.saturating_sub(1) * ROW;
        let digits = last.checked_ilog10().unwrap_or(0) as usize + 1;
        if self.is_off_boundary() {
            digits.max("bits".len())
        } else {
            digits
        }
    }

    /// The rows around what is marked: one before, one behind.
    fn rows_shown(&self) -> Range<usize> {
        let marked = self.rows_marked();
        let all = (self.bytes.len() + self.missing)
            .div_ceil(ROW)
            .max(marked.end);
        marked.start.saturating_sub(1)..(marked.end + 1).min(all)
    }

    fn rows_marked(&self) -> Range<usize> {
        let marked = self.marked_bytes();
        marked.start / ROW..marked.end.div_ceil(ROW)
    }

    /// The rows to show; `None` stands for many that are left out.
    pub fn rows(&self) -> impl Iterator<Item = Option<Row<'_>>> {
        let shown = self.rows_shown();
        let marked = self.rows_marked();
        // Of many rows, the first two and the last two tell enough.
        let left_out = if marked.len() > 4 {
            marked.start + 2..marked.end - 2
        } else {
            marked.start..marked.start
        };
        shown.filter_map(move |index| {
            if index == left_out.start && !left_out.is_empty() {
                Some(None)
            } else if left_out.contains(&index) {
                None
            } else {
                Some(Some(Row { dump: self, index }))
            }
        })
    }

    /// What is marked begins or ends within a byte.
    pub fn is_off_boundary(&self) -> bool {
        !self.marked.start.is_multiple_of(8) || !self.marked.end.is_multiple_of(8)
    }

    #[cfg(feature = "miette")]
    /// What the place is called.
    pub fn place(&self) -> Place {
        Place {
            bytes: self.marked_bytes(),
            bits: (self.is_off_boundary() && self.missing == 0).then(|| self.marked.clone()),
            is_cut: self.missing > 0,
        }
    }

    /// The bits of the bytes that hold marked ones, and marks under them.
    pub fn bits(&self) -> Bits<'_> {
        let start = byte_of(self.marked.start);
        let end = byte_of(self.marked.end.next_multiple_of(8));
        let end = end.max(start + 1).min(self.bytes.len());
        Bits {
            dump: self,
            bytes: start.min(end)..end.min(start + BYTES_IN_BITS),
            is_cut: end > start + BYTES_IN_BITS,
        }
    }
}

#[cfg(feature = "miette")]
/// The name of a place.
#[derive(Clone, Debug)]
pub struct Place {
    bytes: Range<usize>,
    bits: Option<Range<u64>>,
    is_cut: bool,
}

#[cfg(feature = "miette")]
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.bytes.start, self.bytes.end - 1);
        match &self.bits {
            Some(bits) if first == last => {
                let start = bits.start % 8;
                match bits.end.saturating_sub(bits.start) {
                    0 | 1 => write!(f, "byte {first} bit {start}"),
                    count => write!(f, "byte {first} bits {start} to {}", start + count - 1),
                }
            }
            Some(bits) => write!(
                f,
                "byte {first} bit {} to byte {last} bit {}",
                bits.start % 8,
                (bits.end - 1) % 8
            ),
            None if self.is_cut => write!(f, "byte {first} and on"),
            None if first == last => write!(f, "byte {first}"),
            None => write!(f, "bytes {first} to {last}"),
        }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    dump: &'a Hexdump<'a>,
    index: usize,
}

impl Row<'_> {
    /// The offset of its first byte.
    pub fn offset(&self) -> usize {
        self.index * ROW
    }

    fn bytes(&self) -> &[u8] {
        let bytes = self.dump.bytes;
        let start = self.offset().min(bytes.len());
        &bytes[start..bytes.len().min(start + ROW)]
    }

    /// Where in the row's text the marks are; `None` if nothing of it is
    /// marked.
    pub fn marks(&self) -> Option<Range<usize>> {
        let marked = self.dump.marked_bytes();
        let start = marked.start.max(self.offset());
        let end = marked.end.min(self.offset() + ROW);
        if start >= end {
            return None;
        }
        let is_place = self.dump.marked.is_empty() && self.dump.missing == 0;
        let first = column(start - self.offset());
        let last = column(end - 1 - self.offset());
        Some(first..last + if is_place { 1 } else { 2 })
    }

    /// The bytes in hex digits.
    pub fn write_hex(&self, to: &mut dyn Write) -> fmt::Result {
        let bytes = self.bytes();
        let missing = if bytes.len() < ROW {
            self.dump.missing
        } else {
            0
        };
        let shown = (bytes.len() + missing).min(ROW);
        let mut used = 0;
        for index in 0..shown {
            write!(to, "{:1$}", "", column(index) - used)?;
            match bytes.get(index) {
                Some(byte) => write!(to, "{byte:02x}")?,
                None => to.write_str("--")?,
            }
            used = column(index) + 2;
        }
        write!(to, "{:1$}", "", self.dump.columns() - used)
    }

    /// The bytes as text, a dot for each that is no visible ASCII.
    pub fn write_text(&self, to: &mut dyn Write) -> fmt::Result {
        for &byte in self.bytes() {
            to.write_char(match byte {
                b' '..=b'~' => char::from(byte),
                _ => '.',
            })?;
        }
        Ok(())
    }
}

/// Some bytes bit by bit.
#[derive(Clone, Debug)]
pub struct Bits<'a> {
    dump: &'a Hexdump<'a>,
    bytes: Range<usize>,
    is_cut: bool,
}

impl Bits<'_> {
    /// The bits, the most significant of each byte first.
    pub fn write_digits(&self, to: &mut dyn Write) -> fmt::Result {
        for (index, byte) in self.dump.bytes[self.bytes.clone()].iter().enumerate() {
            if index > 0 {
                to.write_char(' ')?;
            }
            write!(to, "{byte:08b}")?;
        }
        if self.is_cut {
            to.write_str(" ...")?;
        }
        Ok(())
    }

    /// Where in the text of the digits the marks are, a range for each byte.
    pub fn marks(&self) -> impl Iterator<Item = Range<usize>> {
        self.bytes.clone().enumerate().filter_map(|(index, byte)| {
            let of_byte = byte as u64 * 8;
            let marked = &self.dump.marked;
            let start = marked.start.saturating_sub(of_byte).min(8) as usize;
            let end = marked
                .end
                .max(marked.start + 1)
                .saturating_sub(of_byte)
                .min(8) as usize;
            let places = match self.dump.order {
                BitOrder::Msb => start..end,
                BitOrder::Lsb => 8 - end..8 - start,
            };
            let column = index * 9;
            (!places.is_empty()).then_some(column + places.start..column + places.end)
        })
    }
}

/// Where a byte of a row begins in the row's text.
fn column(index: usize) -> usize {
    index * 3 + usize::from(index >= ROW / 2)
}

/// The byte that a bit is in.
fn byte_of(bit: u64) -> usize {
    // No slice is longer.
    usize::try_from(bit / 8).unwrap_or(usize::MAX)
}
