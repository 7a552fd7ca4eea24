//! Annotated hexdumps: bytes, and what each is.

use pickler::cursor::BitOrder;

use crate::layout::{Example, Part};

/// Bytes in one row.
const ROW: usize = 8;

/// The dump of an example: a row or more for each part.
///
/// Of a part that begins or ends within a byte, the bits are shown below, its
/// own underlined.
pub fn dump(example: &Example) -> String {
    let mut text = String::new();
    for part in &example.parts {
        rows(part, &example.bytes, &mut text);
    }
    text
}

fn rows(part: &Part, bytes: &[u8], text: &mut String) {
    let (from, to) = covered(part, bytes);
    let mut said = format!("{} = {}", part.name, part.value);
    if from == to {
        line(from, "", &said, text);
    }
    for (index, row) in bytes[from..to].chunks(ROW).enumerate() {
        let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        line(from + index * ROW, &hex.join(" "), &said, text);
        said.clear();
    }
    if !part.bits.start.is_multiple_of(8) || !part.bits.end.is_multiple_of(8) {
        let (bits, marks): (String, String) = (from..to)
            .flat_map(|byte| (0..8).map(move |bit| (byte, bit)))
            .map(|(byte, bit)| {
                let counted = match part.bit_order {
                    BitOrder::Msb => bit,
                    BitOrder::Lsb => 7 - bit,
                };
                let at = byte as u64 * 8 + counted;
                let digit = if bytes[byte] >> (7 - bit) & 1 == 1 {
                    '1'
                } else {
                    '0'
                };
                (digit, if part.bits.contains(&at) { '^' } else { ' ' })
            })
            .unzip();
        put!(text, "      {bits}\n      {}\n", marks.trim_end());
    }
}

/// The bytes that a part has bits of.
pub fn covered(part: &Part, bytes: &[u8]) -> (usize, usize) {
    let byte = |bit: u64| {
        usize::try_from(bit / 8)
            .unwrap_or(usize::MAX)
            .min(bytes.len())
    };
    let to = byte(part.bits.end.next_multiple_of(8));
    (byte(part.bits.start).min(to), to)
}

fn line(at: usize, hex: &str, said: &str, text: &mut String) {
    let line = format!("{at:04x}  {hex:0$}  {said}", ROW * 3 - 1);
    text.push_str(line.trim_end());
    text.push('\n');
}
