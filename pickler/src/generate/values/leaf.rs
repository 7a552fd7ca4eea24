//! Integers, bytes and texts, their edges first.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Place, Run};
use crate::dynamic::{Float, Value};
use crate::error::Error;
use crate::generate::Choices;
use crate::picklers::{Wide, from_half};
use crate::schema::{Count, Opaque, Shape, VarintFormat};

/// By their length in UTF-8; the first is the simplest.
pub(super) const CHARACTERS: [char; 16] = [
    'a',
    'Z',
    '0',
    ' ',
    '"',
    '\\',
    '\n',
    '\0',
    '\u{7F}',
    '\u{80}',
    '\u{E9}',
    '\u{7FF}',
    '\u{20AC}',
    '\u{FFFD}',
    '\u{1F0A1}',
    '\u{10FFFF}',
];

/// Texts of JSON, and nearly.
const JSON_TEXTS: [&str; 8] = [
    "null",
    "{}",
    "[]",
    "0",
    "-1.5e3",
    "\"\\u0000\"",
    "{\"a\":[1,true,\"\u{e9}\"]}",
    "{\"a\":",
];

impl Run<'_> {
    pub(super) fn integer(&mut self, bits: u32, signed: bool) -> Value {
        let mask = u128::MAX >> (128 - bits.clamp(1, 128));
        let raw = match self.up_to(7) {
            0..=3 => self.up_to(mask.min(16)),
            4 => match self.up_to(5) {
                0 => mask,
                1 => mask - 1,
                // The least and the greatest of a signed one, and -1.
                2 => mask / 2 + 1,
                3 => mask / 2,
                4 => (mask / 2).saturating_sub(1),
                _ => mask / 2 + 2,
            },
            5 => {
                // Where one byte more is needed.
                let power = 1_u128 << self.up_to(u128::from(bits.clamp(1, 128)) - 1);
                (power - 1 + self.up_to(2)) & mask
            }
            _ => self.up_to(mask),
        };
        from_bits(raw & mask, bits, signed)
    }

    pub(super) fn varint(&mut self, format: VarintFormat) -> Value {
        let value = self.integer(format.bits, format.signed);
        let wide = match value {
            Value::Negative(value) => Wide {
                low: value.cast_unsigned(),
                negative: true,
            },
            Value::Unsigned(low) => Wide {
                low,
                negative: false,
            },
            _ => return value,
        };
        if format.holds(wide) {
            return value;
        }
        // The greatest is all ones.
        Value::Unsigned(wide.low & format.bounds().1.cast_unsigned())
    }

    /// Random bytes, of which the codec takes what it reads.
    pub(super) fn opaque(&mut self, opaque: &Opaque) -> Result<Value, Error> {
        loop {
            let length = self.up_to(64);
            let bytes: Vec<u8> = (0..length).map(|_| self.up_to(0xFF) as u8).collect();
            match opaque.measure(&bytes) {
                Ok(bits) => {
                    let mut bytes = bytes;
                    bytes.truncate(bits.div_ceil(8) as usize);
                    if let (Some(last), odd @ 1..) = (bytes.last_mut(), bits % 8) {
                        *last &= 0xFF << (8 - odd);
                    }
                    return Ok(Value::Bytes(bytes.into()));
                }
                Err(error) if self.give_up() => return Err(error),
                Err(_) => {}
            }
        }
    }

    pub(super) fn float(&mut self, bits: u32) -> Value {
        const EDGES: [f64; 8] = [
            0.0,
            1.0,
            -1.5,
            -0.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            // These do not fit fewer bits.
            f64::MAX,
            f64::MIN_POSITIVE,
        ];
        let float: Float = match (self.up_to(2), bits) {
            (0 | 1, 64) => EDGES[self.index(EDGES.len())].into(),
            (_, 16) => from_half(self.up_to(u16::MAX.into()) as u16).into(),
            (0 | 1, _) => EDGES[self.index(EDGES.len() - 2)].into(),
            (_, 64) => f64::from_bits(self.up_to(u64::MAX.into()) as u64).into(),
            (_, _) => f32::from_bits(self.up_to(u32::MAX.into()) as u32).into(),
        };
        if float.get().is_nan() && !self.generator.bounds.nan {
            return Value::Float(0.5.into());
        }
        Value::Float(float)
    }

    pub(super) fn bytes(&mut self, count: u64) -> Vec<u8> {
        let style = self.up_to(3);
        (0..count)
            .map(|_| match style {
                0 => b'a' + self.up_to(25) as u8,
                1 => 0xFF * self.up_to(1) as u8,
                _ => self.byte(),
            })
            .collect()
    }

    /// A text of exactly so many bytes.
    pub(super) fn text(&mut self, count: u64) -> String {
        let mut text = String::new();
        loop {
            let left = count - text.len() as u64;
            let fitting = CHARACTERS
                .iter()
                .take_while(|character| character.len_utf8() as u64 <= left)
                .count();
            if fitting == 0 {
                return text;
            }
            text.push(CHARACTERS[self.index(fitting)]);
        }
    }

    /// Bytes or text that hold JSON, or should.
    pub(super) fn json(&mut self, item: &Shape, place: Place<'_>) -> Result<Value, Error> {
        let free = match item {
            Shape::Bytes { count } | Shape::Text { count } => {
                place.bytes.is_none() && matches!(count, Count::Prefix(_) | Count::Rest)
            }
            _ => false,
        };
        if free && self.up_to(3) > 0 {
            let text = JSON_TEXTS[self.index(JSON_TEXTS.len())];
            let value = match item {
                Shape::Text { .. } => Value::Text(text.into()),
                _ => Value::Bytes(text.into()),
            };
            if self.measure(item, &value, place).is_ok() {
                return Ok(value);
            }
        }
        self.shape(item, place)
    }
}

/// The integer that some bits are.
pub(super) fn from_bits(raw: u128, bits: u32, signed: bool) -> Value {
    if signed {
        let unused = 128 - bits.clamp(1, 128);
        Value::integer((raw << unused).cast_signed() >> unused)
    } else {
        Value::Unsigned(raw)
    }
}

/// Width and sign of an integer, in whatever order.
pub(super) fn integer_of(shape: &Shape) -> Option<(u32, bool)> {
    match shape {
        Shape::Integer { bits, signed } => Some((*bits, *signed)),
        Shape::Varint(format) => Some((format.bits, format.signed)),
        Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Satisfying { item, .. } => integer_of(item),
        _ => None,
    }
}
