//! What stands for something else.

use alloc::string::{String, ToString};

use super::leaf::CHARACTERS;
use super::list::ended;
use super::{Place, Run};
use crate::dynamic::Value;
use crate::error::Error;
use crate::generate::Choices;
use crate::picklers::encode_bytes;
use crate::schema::{Count, FixedText, Meaning, Shape, TextEncoding};

/// How often something that stands for nothing is made anew.
const ATTEMPTS: u32 = 8;

impl Run<'_> {
    pub(super) fn meaning(
        &mut self,
        item: &Shape,
        meaning: &Meaning,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        match (meaning, item) {
            (Meaning::Character, _) => {
                let character = CHARACTERS[self.index(CHARACTERS.len())];
                return Ok(Value::Text(character.to_string()));
            }
            (Meaning::Text(encoding), Shape::Bytes { count } | Shape::List { count, .. }) => {
                let text = Value::Text(self.encodable(*encoding, count, place)?);
                return Ok(ended(text, count));
            }
            _ => {}
        }
        let mut attempt = 1;
        loop {
            let wire = self.shape(item, place)?;
            let tamed = tame(&wire, meaning).unwrap_or(wire);
            match meaning.read(tamed, item) {
                Ok(value) => return Ok(value),
                Err(_) if attempt < ATTEMPTS => attempt += 1,
                Err(kind) => return Err(Error::without_position(kind)),
            }
        }
    }

    /// Text or bytes that fit in front of their padding.
    pub(super) fn padded(
        &mut self,
        item: &Shape,
        padding: FixedText,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let units = padding.size / padding.unit_bytes.max(1) as u64;
        let bytes = self.up_to(units.into()) as u64 * padding.unit_bytes as u64;
        let content = Place {
            bytes: Some(bytes),
            ..place
        };
        let pad = char::from_u32(padding.unit.into()).unwrap_or_default();
        Ok(match self.shape(item, content)? {
            // Whatever would be read as padding is left out.
            Value::Text(text) if padding.unit == 0 => Value::Text(text.replace(pad, "")),
            Value::Text(text) => Value::Text(text.trim_end_matches(pad).into()),
            Value::Bytes(bytes) => {
                let is_pad = |byte: &u8| u16::from(*byte) == padding.unit;
                let mut bytes = bytes.into_bytes();
                bytes.retain(|byte| padding.unit != 0 || !is_pad(byte));
                while bytes.last().is_some_and(is_pad) {
                    bytes.pop();
                }
                Value::Bytes(bytes.into())
            }
            other => other,
        })
    }

    /// A text of as many units as there are to be.
    fn encodable(
        &mut self,
        encoding: TextEncoding,
        count: &Count,
        place: Place<'_>,
    ) -> Result<String, Error> {
        let unit_bits = if encoding == TextEncoding::Utf16 {
            16
        } else {
            8
        };
        let units = self.count(count, place, unit_bits);
        self.take(units)?;
        if !matches!(
            encoding,
            TextEncoding::Ascii | TextEncoding::Latin1 | TextEncoding::Utf16
        ) {
            return Ok(self.encodable_by_table(encoding, units));
        }
        let most = match encoding {
            TextEncoding::Ascii => '\u{7F}',
            TextEncoding::Latin1 => '\u{FF}',
            _ => '\u{FFFF}',
        };
        let fitting = CHARACTERS
            .iter()
            .take_while(|character| **character <= most)
            .count();
        let mut text = String::new();
        let mut left = units;
        while left > 0 {
            if left > 1 && encoding == TextEncoding::Utf16 && self.once_in(8) {
                text.push('\u{1F0A1}');
                left -= 2;
            } else {
                text.push(CHARACTERS[self.index(fitting)]);
                left -= 1;
            }
        }
        Ok(text)
    }
}

impl Run<'_> {
    /// A text of so many bytes in an encoding that a table tells.
    fn encodable_by_table(&mut self, encoding: TextEncoding, bytes: u64) -> String {
        // Letters of many scripts, and what pads and lines are made of.
        const OTHERS: [char; 8] = [
            '\u{F3}', '\u{151}', '\u{416}', '\u{3B1}', '\u{5D0}', '\u{2591}', '\u{3053}',
            '\u{FF8A}',
        ];
        let mut text = String::new();
        let mut left = bytes;
        while left > 0 {
            let all = CHARACTERS.len() + OTHERS.len();
            let index = self.index(all);
            let others = OTHERS.get(index.wrapping_sub(CHARACTERS.len()));
            let character = *CHARACTERS.get(index).or(others).unwrap_or(&'a');
            let taken = encode_bytes(encoding, character.encode_utf8(&mut [0; 4]));
            match taken.map(|taken| taken.len() as u64) {
                Ok(taken) if taken <= left => {
                    text.push(character);
                    left -= taken;
                }
                _ => {
                    text.push('a');
                    left -= 1;
                }
            }
        }
        text
    }
}

/// What is on the wire, changed to what is allowed, where that is easily told.
fn tame(wire: &Value, meaning: &Meaning) -> Option<Value> {
    match (meaning, wire) {
        (Meaning::NonZero, Value::Unsigned(0)) => Some(Value::Unsigned(1)),
        (Meaning::Within { min, max }, _) => {
            let value = wire.as_i128().unwrap_or(i128::MAX);
            let possible = max.checked_sub(*min)?.checked_add(1)?;
            (value < *min || value > *max).then(|| Value::integer(min + value.rem_euclid(possible)))
        }
        (Meaning::Digits { max }, Value::Unsigned(value)) => {
            let digits = (value % (max + 1)).to_string();
            u128::from_str_radix(&digits, 16).ok().map(Value::Unsigned)
        }
        (
            Meaning::Flags {
                named,
                keeps: false,
            },
            Value::Unsigned(bits),
        ) => {
            let known = named.iter().fold(0, |known, (_, bits)| known | bits);
            Some(Value::Unsigned(bits & known))
        }
        _ => None,
    }
}
