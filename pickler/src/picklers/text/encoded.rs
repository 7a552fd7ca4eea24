//! Text of units that something else carries.

use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::{Ascii, Latin1, TextEncoding, Utf16};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::picklers::Pickler;
use crate::schema::{Describer, Meaning, Shape};
use crate::types::ByteString;
use crate::width::Width;

/// An encoding as a type, of texts of type `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot hold text of the encoding `{Self}`",
    note = "`encoding` is for `String`; `&str` can be ASCII, too"
)]
pub trait TextOf<T> {
    /// The encoding as a value.
    const ENCODING: TextEncoding;
    /// What carries the text.
    type Units;
    /// The text of some units.
    fn decode(units: Self::Units) -> Result<T, ErrorKind>;
    /// The units of a text.
    fn encode(text: &T) -> Result<Self::Units, ErrorKind>;
}

/// Units of an encoding are no text after so many bytes.
#[cold]
fn not_text(encoding: TextEncoding, valid_up_to: usize) -> ErrorKind {
    ErrorKind::NotText {
        encoding,
        valid_up_to: valid_up_to as u64,
    }
}

fn check_ascii(bytes: &[u8]) -> Result<(), ErrorKind> {
    match bytes.iter().position(|byte| !byte.is_ascii()) {
        None => Ok(()),
        Some(valid_up_to) => Err(not_text(TextEncoding::Ascii, valid_up_to)),
    }
}

/// The first character that is past what the encoding has.
fn check_characters(text: &str, most: char, encoding: TextEncoding) -> Result<(), ErrorKind> {
    match text.chars().find(|character| *character > most) {
        None => Ok(()),
        Some(character) => Err(ErrorKind::Unencodable {
            character,
            encoding,
        }),
    }
}

impl TextOf<String> for Ascii {
    const ENCODING: TextEncoding = TextEncoding::Ascii;
    type Units = ByteString;

    fn decode(units: ByteString) -> Result<String, ErrorKind> {
        check_ascii(&units)?;
        // ASCII is UTF-8, so that nothing is lost.
        Ok(String::from_utf8(units.into_bytes()).unwrap_or_default())
    }

    fn encode(text: &String) -> Result<ByteString, ErrorKind> {
        check_characters(text, '\u{7F}', TextEncoding::Ascii)?;
        Ok(text.as_str().into())
    }
}

impl<'de> TextOf<&'de str> for Ascii {
    const ENCODING: TextEncoding = TextEncoding::Ascii;
    type Units = &'de [u8];

    fn decode(units: &'de [u8]) -> Result<&'de str, ErrorKind> {
        check_ascii(units)?;
        // ASCII is UTF-8, so that nothing is lost.
        Ok(core::str::from_utf8(units).unwrap_or_default())
    }

    fn encode(text: &&'de str) -> Result<&'de [u8], ErrorKind> {
        check_characters(text, '\u{7F}', TextEncoding::Ascii)?;
        Ok(text.as_bytes())
    }
}

impl TextOf<String> for Latin1 {
    const ENCODING: TextEncoding = TextEncoding::Latin1;
    type Units = ByteString;

    fn decode(units: ByteString) -> Result<String, ErrorKind> {
        Ok(units.iter().copied().map(char::from).collect())
    }

    fn encode(text: &String) -> Result<ByteString, ErrorKind> {
        check_characters(text, '\u{FF}', TextEncoding::Latin1)?;
        let bytes: Vec<u8> = text.chars().map(|character| character as u8).collect();
        Ok(bytes.into())
    }
}

impl TextOf<String> for Utf16 {
    const ENCODING: TextEncoding = TextEncoding::Utf16;
    type Units = Vec<u16>;

    fn decode(units: Vec<u16>) -> Result<String, ErrorKind> {
        let mut text = String::with_capacity(units.len());
        let mut valid = 0;
        for character in char::decode_utf16(units) {
            match character {
                Ok(character) => {
                    text.push(character);
                    valid += character.len_utf16() * 2;
                }
                Err(_) => return Err(not_text(TextEncoding::Utf16, valid)),
            }
        }
        Ok(text)
    }

    fn encode(text: &String) -> Result<Vec<u16>, ErrorKind> {
        Ok(text.encode_utf16().collect())
    }
}

/// Text in another encoding than UTF-8; see [`ascii`], [`latin1`], [`utf16`].
#[derive(Clone, Copy, Debug)]
pub struct Encoded<E, T, P> {
    pickler: P,
    text: PhantomData<fn() -> (E, T)>,
}

macro_rules! encodings {
    ($($(#[$doc:meta])* $function:ident $encoding:ident;)*) => { $(
        $(#[$doc])*
        pub const fn $function<T, P>(pickler: P) -> Encoded<$encoding, T, P> {
            let text = PhantomData;
            Encoded { pickler, text }
        }
    )* };
}

encodings! {
    /// ASCII text of the bytes that a pickler carries: `encoding = ascii`.
    ///
    /// ```
    /// use pickler::picklers::{ascii, counted, decode_with, encode_with};
    ///
    /// let name = ascii::<&str, _>(counted::<u8, _>());
    /// assert_eq!(encode_with(&name, &"bob")?, b"\x03bob");
    /// assert_eq!(
    ///     decode_with(&name, b"\x03b\xF6b").unwrap_err().to_string(),
    ///     "not ASCII after 1 byte, at byte 0",
    /// );
    /// # Ok::<(), pickler::Error>(())
    /// ```
    ascii Ascii;
    /// Latin-1 text of the bytes that a pickler carries: `encoding = latin1`.
    ///
    /// ```
    /// use pickler::picklers::{counted, decode_with, encode_with, latin1};
    ///
    /// let name = latin1::<String, _>(counted::<u8, _>());
    /// assert_eq!(encode_with(&name, &"caf\u{e9}".into())?, b"\x04caf\xE9");
    /// assert_eq!(decode_with(&name, b"\x01\xE9")?, "\u{e9}");
    /// assert_eq!(
    ///     encode_with(&name, &"\u{20ac}".into()).unwrap_err().to_string(),
    ///     "'\u{20ac}' is no character of Latin-1",
    /// );
    /// # Ok::<(), pickler::Error>(())
    /// ```
    latin1 Latin1;
    /// UTF-16 text of the units, `u16` in byte order, that a pickler carries:
    /// `encoding = utf16`. Counts count units.
    ///
    /// ```
    /// use pickler::picklers::{counted, encode_with, utf16};
    ///
    /// let name = utf16::<String, _>(counted::<u8, _>());
    /// assert_eq!(encode_with(&name, &"\u{1F0A1}".into())?, [2, 0xD8, 0x3C, 0xDC, 0xA1]);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    utf16 Utf16;
}

impl<'de, E: TextOf<T>, T, P: Pickler<'de, Value = E::Units>> Pickler<'de> for Encoded<E, T, P> {
    type Value = T;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let at = r.bit_offset();
        let units = self.pickler.read(r)?;
        E::decode(units).map_err(|kind| r.fail_at(at, kind))
    }

    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.skip(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match E::encode(value) {
            Ok(units) => self.pickler.write(&units, w),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Meaning::Text(E::ENCODING).of(self.pickler.describe(d))
    }
}
