//! Encodings of bytes that a table tells.

use alloc::string::String;
use alloc::vec::Vec;

use super::TextEncoding;
use crate::error::ErrorKind;

/// The upper half of code page 437.
const CP437: [char; 128] = [
    '\u{C7}', '\u{FC}', '\u{E9}', '\u{E2}', '\u{E4}', '\u{E0}', '\u{E5}', '\u{E7}', '\u{EA}',
    '\u{EB}', '\u{E8}', '\u{EF}', '\u{EE}', '\u{EC}', '\u{C4}', '\u{C5}', '\u{C9}', '\u{E6}',
    '\u{C6}', '\u{F4}', '\u{F6}', '\u{F2}', '\u{FB}', '\u{F9}', '\u{FF}', '\u{D6}', '\u{DC}',
    '\u{A2}', '\u{A3}', '\u{A5}', '\u{20A7}', '\u{192}', '\u{E1}', '\u{ED}', '\u{F3}', '\u{FA}',
    '\u{F1}', '\u{D1}', '\u{AA}', '\u{BA}', '\u{BF}', '\u{2310}', '\u{AC}', '\u{BD}', '\u{BC}',
    '\u{A1}', '\u{AB}', '\u{BB}', '\u{2591}', '\u{2592}', '\u{2593}', '\u{2502}', '\u{2524}',
    '\u{2561}', '\u{2562}', '\u{2556}', '\u{2555}', '\u{2563}', '\u{2551}', '\u{2557}', '\u{255D}',
    '\u{255C}', '\u{255B}', '\u{2510}', '\u{2514}', '\u{2534}', '\u{252C}', '\u{251C}', '\u{2500}',
    '\u{253C}', '\u{255E}', '\u{255F}', '\u{255A}', '\u{2554}', '\u{2569}', '\u{2566}', '\u{2560}',
    '\u{2550}', '\u{256C}', '\u{2567}', '\u{2568}', '\u{2564}', '\u{2565}', '\u{2559}', '\u{2558}',
    '\u{2552}', '\u{2553}', '\u{256B}', '\u{256A}', '\u{2518}', '\u{250C}', '\u{2588}', '\u{2584}',
    '\u{258C}', '\u{2590}', '\u{2580}', '\u{3B1}', '\u{DF}', '\u{393}', '\u{3C0}', '\u{3A3}',
    '\u{3C3}', '\u{B5}', '\u{3C4}', '\u{3A6}', '\u{398}', '\u{3A9}', '\u{3B4}', '\u{221E}',
    '\u{3C6}', '\u{3B5}', '\u{2229}', '\u{2261}', '\u{B1}', '\u{2265}', '\u{2264}', '\u{2320}',
    '\u{2321}', '\u{F7}', '\u{2248}', '\u{B0}', '\u{2219}', '\u{B7}', '\u{221A}', '\u{207F}',
    '\u{B2}', '\u{25A0}', '\u{A0}',
];

/// The text that bytes of an encoding are.
///
/// # Errors
/// [`NotText`](ErrorKind::NotText) with how many bytes are text.
pub(crate) fn decode_bytes(encoding: TextEncoding, bytes: &[u8]) -> Result<String, ErrorKind> {
    if encoding == TextEncoding::Cp437 {
        return Ok(bytes.iter().map(|byte| from_cp437(*byte)).collect());
    }
    from_table(encoding, bytes)
}

/// The bytes of a text in an encoding.
///
/// # Errors
/// [`Unencodable`](ErrorKind::Unencodable) with the first character that would
/// not be read as what it is.
pub(crate) fn encode_bytes(encoding: TextEncoding, text: &str) -> Result<Vec<u8>, ErrorKind> {
    let refused = |character| ErrorKind::Unencodable {
        character,
        encoding,
    };
    if encoding == TextEncoding::Cp437 {
        return text
            .chars()
            .map(|character| to_cp437(character).ok_or_else(|| refused(character)))
            .collect();
    }
    let bytes = to_table(encoding, text)?;
    if from_table(encoding, &bytes)? == text {
        return Ok(bytes);
    }
    // Some are encoded as what looks like them.
    let mut buffer = [0; 4];
    let other = text.chars().find(|character| {
        let alone: &str = character.encode_utf8(&mut buffer);
        let bytes = to_table(encoding, alone);
        bytes
            .and_then(|bytes| from_table(encoding, &bytes))
            .as_deref()
            != Ok(alone)
    });
    Err(refused(other.unwrap_or(char::REPLACEMENT_CHARACTER)))
}

fn from_cp437(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(index) => CP437[usize::from(index)],
    }
}

fn to_cp437(character: char) -> Option<u8> {
    if character.is_ascii() {
        return Some(character as u8);
    }
    let index = CP437.iter().position(|known| *known == character)?;
    Some(0x80 + index as u8)
}

#[cfg(not(feature = "encodings"))]
fn lacks_feature() -> ErrorKind {
    ErrorKind::Refused("this encoding needs the feature `encodings`".into())
}

#[cfg(not(feature = "encodings"))]
fn from_table(_: TextEncoding, _: &[u8]) -> Result<String, ErrorKind> {
    Err(lacks_feature())
}

#[cfg(not(feature = "encodings"))]
fn to_table(_: TextEncoding, _: &str) -> Result<Vec<u8>, ErrorKind> {
    Err(lacks_feature())
}

#[cfg(feature = "encodings")]
use tables::{from_table, to_table};

#[cfg(feature = "encodings")]
mod tables {
    use alloc::string::String;
    use alloc::vec::Vec;

    use encoding_rs::{DecoderResult, EncoderResult, Encoding};

    use crate::error::ErrorKind;
    use crate::picklers::TextEncoding;

    fn table(encoding: TextEncoding) -> Result<&'static Encoding, ErrorKind> {
        use TextEncoding::{Iso8859, ShiftJis, Windows};
        Ok(match encoding {
            ShiftJis => encoding_rs::SHIFT_JIS,
            Iso8859(2) => encoding_rs::ISO_8859_2,
            Iso8859(3) => encoding_rs::ISO_8859_3,
            Iso8859(4) => encoding_rs::ISO_8859_4,
            Iso8859(5) => encoding_rs::ISO_8859_5,
            Iso8859(6) => encoding_rs::ISO_8859_6,
            Iso8859(7) => encoding_rs::ISO_8859_7,
            Iso8859(8) => encoding_rs::ISO_8859_8,
            Iso8859(10) => encoding_rs::ISO_8859_10,
            Iso8859(13) => encoding_rs::ISO_8859_13,
            Iso8859(14) => encoding_rs::ISO_8859_14,
            Iso8859(15) => encoding_rs::ISO_8859_15,
            Iso8859(16) => encoding_rs::ISO_8859_16,
            Windows(874) => encoding_rs::WINDOWS_874,
            Windows(1250) => encoding_rs::WINDOWS_1250,
            Windows(1251) => encoding_rs::WINDOWS_1251,
            Windows(1252) => encoding_rs::WINDOWS_1252,
            Windows(1253) => encoding_rs::WINDOWS_1253,
            Windows(1254) => encoding_rs::WINDOWS_1254,
            Windows(1255) => encoding_rs::WINDOWS_1255,
            Windows(1256) => encoding_rs::WINDOWS_1256,
            Windows(1257) => encoding_rs::WINDOWS_1257,
            Windows(1258) => encoding_rs::WINDOWS_1258,
            _ => {
                return Err(ErrorKind::Refused(
                    "there is no table of the encoding".into(),
                ));
            }
        })
    }

    pub(super) fn from_table(encoding: TextEncoding, bytes: &[u8]) -> Result<String, ErrorKind> {
        let mut decoder = table(encoding)?.new_decoder_without_bom_handling();
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        let mut text = String::with_capacity(room.unwrap_or(0));
        let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
        match result {
            DecoderResult::InputEmpty => {
                text.shrink_to_fit();
                Ok(text)
            }
            DecoderResult::Malformed(bad, after) => Err(ErrorKind::NotText {
                encoding,
                valid_up_to: read.saturating_sub(usize::from(bad) + usize::from(after)) as u64,
            }),
            DecoderResult::OutputFull => Err(ErrorKind::Refused(
                "more text than there is room for".into(),
            )),
        }
    }

    pub(super) fn to_table(encoding: TextEncoding, text: &str) -> Result<Vec<u8>, ErrorKind> {
        let mut encoder = table(encoding)?.new_encoder();
        let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
        let mut bytes = Vec::with_capacity(room.unwrap_or(0));
        match encoder
            .encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true)
            .0
        {
            EncoderResult::InputEmpty => Ok(bytes),
            EncoderResult::Unmappable(character) => Err(ErrorKind::Unencodable {
                character,
                encoding,
            }),
            EncoderResult::OutputFull => Err(ErrorKind::Refused(
                "more bytes than there is room for".into(),
            )),
        }
    }
}
