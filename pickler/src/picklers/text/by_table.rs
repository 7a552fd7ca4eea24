//! Text in encodings that a table tells.

use alloc::string::String;
use core::marker::PhantomData;

use super::TextEncoding;
use super::code_page::{decode_bytes, encode_bytes};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::picklers::Pickler;
use crate::schema::{Describer, Meaning, Shape};
use crate::types::ByteString;
use crate::width::Width;

/// Text in an encoding that a table tells; see [`cp437`], [`shift_jis`].
#[derive(Clone, Copy, Debug)]
pub struct EncodedBy<T, P> {
    encoding: TextEncoding,
    pickler: P,
    text: PhantomData<fn() -> T>,
}

macro_rules! encodings {
    ($($(#[$doc:meta])* $function:ident $encoding:ident $(($number:literal))?;)*) => { $(
        $(#[$doc])*
        pub const fn $function<T, P>(pickler: P) -> EncodedBy<T, P> {
            EncodedBy {
                encoding: TextEncoding::$encoding $(($number))?,
                pickler,
                text: PhantomData,
            }
        }
    )* };
}

encodings! {
    /// Text in code page 437 of the bytes that a pickler carries: `encoding =
    /// cp437`.
    ///
    /// ```
    /// use pickler::picklers::{cp437, decode_with, encode_with, rest};
    ///
    /// let shades = cp437::<String, _>(rest());
    /// assert_eq!(decode_with(&shades, &[0xB0, 0xB1, 0xB2])?, "\u{2591}\u{2592}\u{2593}");
    /// assert_eq!(encode_with(&shades, &"\u{2591}".into())?, [0xB0]);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    cp437 Cp437;
    /// Text in Shift JIS of the bytes that a pickler carries: `encoding =
    /// shift_jis`. A few characters can be written in two ways, both of which are
    /// read.
    ///
    /// ```
    /// # #[cfg(feature = "encodings")] {
    /// use pickler::picklers::{decode_with, encode_with, rest, shift_jis};
    ///
    /// let text = shift_jis::<String, _>(rest());
    /// assert_eq!(decode_with(&text, &[0x82, 0xB1])?, "\u{3053}");
    /// assert_eq!(encode_with(&text, &"\u{3053}".into())?, [0x82, 0xB1]);
    /// # }
    /// # Ok::<(), pickler::Error>(())
    /// ```
    shift_jis ShiftJis;
    /// Text in ISO 8859-2 of the bytes that a pickler carries: `encoding =
    /// iso8859_2`.
    iso8859_2 Iso8859(2);
    /// Text in ISO 8859-3 of the bytes that a pickler carries: `encoding =
    /// iso8859_3`.
    iso8859_3 Iso8859(3);
    /// Text in ISO 8859-4 of the bytes that a pickler carries: `encoding =
    /// iso8859_4`.
    iso8859_4 Iso8859(4);
    /// Text in ISO 8859-5 of the bytes that a pickler carries: `encoding =
    /// iso8859_5`.
    iso8859_5 Iso8859(5);
    /// Text in ISO 8859-6 of the bytes that a pickler carries: `encoding =
    /// iso8859_6`.
    iso8859_6 Iso8859(6);
    /// Text in ISO 8859-7 of the bytes that a pickler carries: `encoding =
    /// iso8859_7`.
    iso8859_7 Iso8859(7);
    /// Text in ISO 8859-8 of the bytes that a pickler carries: `encoding =
    /// iso8859_8`.
    iso8859_8 Iso8859(8);
    /// Text in ISO 8859-10 of the bytes that a pickler carries: `encoding =
    /// iso8859_10`.
    iso8859_10 Iso8859(10);
    /// Text in ISO 8859-13 of the bytes that a pickler carries: `encoding =
    /// iso8859_13`.
    iso8859_13 Iso8859(13);
    /// Text in ISO 8859-14 of the bytes that a pickler carries: `encoding =
    /// iso8859_14`.
    iso8859_14 Iso8859(14);
    /// Text in ISO 8859-15 of the bytes that a pickler carries: `encoding =
    /// iso8859_15`.
    iso8859_15 Iso8859(15);
    /// Text in ISO 8859-16 of the bytes that a pickler carries: `encoding =
    /// iso8859_16`.
    iso8859_16 Iso8859(16);
    /// Text in code page 874 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_874`.
    windows_874 Windows(874);
    /// Text in code page 1250 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1250`.
    windows_1250 Windows(1250);
    /// Text in code page 1251 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1251`.
    windows_1251 Windows(1251);
    /// Text in code page 1252 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1252`.
    windows_1252 Windows(1252);
    /// Text in code page 1253 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1253`.
    windows_1253 Windows(1253);
    /// Text in code page 1254 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1254`.
    windows_1254 Windows(1254);
    /// Text in code page 1255 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1255`.
    windows_1255 Windows(1255);
    /// Text in code page 1256 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1256`.
    windows_1256 Windows(1256);
    /// Text in code page 1257 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1257`.
    windows_1257 Windows(1257);
    /// Text in code page 1258 of Windows of the bytes that a pickler carries:
    /// `encoding = windows_1258`.
    windows_1258 Windows(1258);
}

impl<'de, P: Pickler<'de, Value = ByteString>> Pickler<'de> for EncodedBy<String, P> {
    type Value = String;
    const WIDTH: Width = P::WIDTH;
    const WHOLE: bool = P::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<String, Fault> {
        let at = r.bit_offset();
        let bytes = self.pickler.read(r)?;
        decode_bytes(self.encoding, &bytes).map_err(|kind| r.fail_at(at, kind))
    }

    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        self.pickler.skip(r)
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &String,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match encode_bytes(self.encoding, value) {
            Ok(bytes) => self.pickler.write(&bytes.into(), w),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Meaning::Text(self.encoding).of(self.pickler.describe(d))
    }
}
