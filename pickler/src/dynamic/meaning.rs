//! What values on the wire stand for, and back.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Value;
use crate::error::ErrorKind;
use crate::picklers::{
    Ascii, Latin1, TextEncoding, TextOf, Utf16, decode_bytes, encode_bytes, from_digits,
    from_zigzag, to_digits, to_zigzag,
};
use crate::schema::{Meaning, Shape};
use crate::types::ByteString;

impl Meaning {
    /// The value that one on the wire stands for. `item` is what is on the
    /// wire.
    pub(crate) fn read(&self, wire: Value, item: &Shape) -> Result<Value, ErrorKind> {
        match (self, &wire) {
            (Self::NonZero, Value::Unsigned(0)) => Err(ErrorKind::IsZero),
            (Self::Within { min, max }, Value::Unsigned(_) | Value::Negative(_)) => {
                let value = saturated(&wire);
                if value < *min || value > *max {
                    let (min, max) = (*min, *max);
                    return Err(ErrorKind::OutOfRange { value, min, max });
                }
                Ok(wire)
            }
            (Self::Digits { max }, Value::Unsigned(raw)) => {
                from_digits(*raw, width(item), *max).map(Value::Unsigned)
            }
            (Self::ZigZag, Value::Unsigned(raw)) => Ok(Value::integer(from_zigzag(*raw))),
            (Self::Character, Value::Unsigned(raw)) => {
                // Fits: it has 32 bits.
                let found = *raw as u32;
                char::from_u32(found)
                    .map(|character| Value::Text(character.to_string()))
                    .ok_or(ErrorKind::NotCharacter { found })
            }
            (Self::Text(encoding), _) => decode(*encoding, wire).map(Value::Text),
            (Self::Flags { named, keeps }, Value::Unsigned(_) | Value::Negative(_)) => {
                let known = named.iter().fold(0, |known, (_, bits)| known | bits);
                let unknown = low_bits(&wire, item) & !known;
                if unknown != 0 && !keeps {
                    return Err(ErrorKind::UnknownFlags { bits: unknown });
                }
                Ok(wire)
            }
            (Self::Ignored { .. }, _) => Ok(Value::Null),
            (Self::IpAddress, Value::Bytes(bytes)) => Ok(address(bytes).map_or(wire, Value::Text)),
            (Self::Uuid, Value::Bytes(bytes)) => Ok(Value::Text(uuid(bytes))),
            _ => Ok(wire),
        }
    }

    /// The value on the wire that stands for a value.
    pub(super) fn write(&self, value: &Value, item: &Shape) -> Result<Value, ErrorKind> {
        match (self, value) {
            (
                Self::NonZero | Self::Within { .. } | Self::Flags { .. },
                Value::Unsigned(_) | Value::Negative(_),
            ) => self.read(value.clone(), item),
            (Self::Digits { max }, Value::Unsigned(_) | Value::Negative(_)) => {
                to_digits(saturated(value), width(item), *max).map(Value::Unsigned)
            }
            (Self::ZigZag, Value::Unsigned(_) | Value::Negative(_)) => {
                to_zigzag(saturated(value), width(item)).map(Value::Unsigned)
            }
            (Self::Digits { .. } | Self::ZigZag, other) => Err(wrong_type("an integer", other)),
            (Self::Character, Value::Text(text)) => {
                let mut characters = text.chars();
                match (characters.next(), characters.next()) {
                    (Some(character), None) => Ok(u32::from(character).into()),
                    _ => Err(wrong_type("one character", value)),
                }
            }
            (Self::Character, other) => Err(wrong_type("one character", other)),
            (Self::Text(encoding), Value::Text(text)) => encode(*encoding, text),
            (Self::Text(encoding), Value::Bytes(bytes)) => match bytes.to_str() {
                Some(text) => encode(*encoding, &String::from(text)),
                None => Err(wrong_type("text", value)),
            },
            (Self::Text(_), other) => Err(wrong_type("text", other)),
            (Self::Ignored { written }, Value::Null) => Ok(written.clone()),
            (Self::Ignored { .. }, other) => Err(wrong_type("null", other)),
            (Self::IpAddress, Value::Text(text)) => match text.parse() {
                Ok(IpAddr::V4(address)) => Ok(ByteString::from(&address.octets()).into()),
                Ok(IpAddr::V6(address)) => Ok(ByteString::from(&address.octets()).into()),
                Err(_) => Err(wrong_type("an IP address", value)),
            },
            (Self::Uuid, Value::Text(text)) => match uuid_bytes(text) {
                Some(bytes) => Ok(ByteString::from(bytes).into()),
                None => Err(wrong_type("a UUID", value)),
            },
            (_, value) => Ok(value.clone()),
        }
    }
}

#[cold]
fn wrong_type(expected: &'static str, found: &Value) -> ErrorKind {
    ErrorKind::WrongType {
        expected: expected.into(),
        found: found.kind().into(),
    }
}

/// Width in bits of the integer that carries something.
pub(super) fn width(item: &Shape) -> u32 {
    match item {
        Shape::Integer { bits, .. } => *bits,
        Shape::Varint(format) => format.bits,
        Shape::Ordered { item, .. } | Shape::Means { item, .. } => width(item),
        _ => 128,
    }
}

fn saturated(value: &Value) -> i128 {
    match value {
        Value::Negative(value) => *value,
        value => value.as_i128().unwrap_or(i128::MAX),
    }
}

/// The bits of an integer as it is on the wire.
pub(super) fn low_bits(value: &Value, item: &Shape) -> u128 {
    match value {
        Value::Unsigned(bits) => *bits,
        value => saturated(value).cast_unsigned() & (u128::MAX >> (128 - width(item))),
    }
}

fn decode(encoding: TextEncoding, wire: Value) -> Result<String, ErrorKind> {
    match (encoding, wire) {
        (TextEncoding::Ascii, Value::Bytes(bytes)) => Ascii::decode(bytes),
        (TextEncoding::Latin1, Value::Bytes(bytes)) => Latin1::decode(bytes),
        (TextEncoding::Utf16, Value::List(units)) => {
            // Each has 16 bits.
            let units = units.iter().map(|unit| saturated(unit) as u16);
            Utf16::decode(units.collect())
        }
        (TextEncoding::Utf16, other) => Err(wrong_type("units of text", &other)),
        (encoding, Value::Bytes(bytes)) => decode_bytes(encoding, &bytes),
        (_, other) => Err(wrong_type("units of text", &other)),
    }
}

fn encode(encoding: TextEncoding, text: &String) -> Result<Value, ErrorKind> {
    Ok(match encoding {
        TextEncoding::Ascii => Value::Bytes(Ascii::encode(text)?),
        TextEncoding::Latin1 => Value::Bytes(Latin1::encode(text)?),
        TextEncoding::Utf16 => {
            let units: Vec<u16> = Utf16::encode(text)?;
            Value::List(units.into_iter().map(Value::from).collect())
        }
        encoding => Value::Bytes(encode_bytes(encoding, text)?.into()),
    })
}

fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(octets).to_string());
    }
    let octets = <[u8; 16]>::try_from(bytes).ok()?;
    Some(Ipv6Addr::from(octets).to_string())
}

/// Where the hyphens stand, in bytes.
const GROUPS: [usize; 4] = [4, 6, 8, 10];

fn uuid(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut text = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        if GROUPS.contains(&index) {
            text.push('-');
        }
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 0xF)]);
    }
    text
}

fn uuid_bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|character| *character != '-')
        .map(|character| character.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()?;
    let (pairs, odd) = digits.as_chunks::<2>();
    (odd.is_empty() && pairs.len() == 16)
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
