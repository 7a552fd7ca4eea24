//! The picklers of varints.

use core::marker::PhantomData;

use super::encoding::{VarintEncoding, VarintFormat, Wide};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::picklers::{Integer, Pickler, Prefix};
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// A [`VarintEncoding`] known at compile time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no encoding of varints",
    note = "use one of `Leb128`, `Sleb128`, `ZigZag`, `Quic`, `Vlq`, `Mqtt`, `Nat`"
)]
pub trait Encoding {
    /// The encoding as a value.
    const ENCODING: VarintEncoding;
}

/// An integer in as many bytes as it needs; see [`leb128`] and its like.
#[derive(Clone, Copy, Debug)]
pub struct Varint<E, T, const LENIENT: bool = false>(PhantomData<fn() -> (E, T)>);

macro_rules! encodings {
    ($($(#[$doc:meta])* $marker:ident $function:ident;)*) => { $(
        #[doc = concat!("See [`VarintEncoding::", stringify!($marker), "`].")]
        #[derive(Clone, Copy, Debug)]
        pub struct $marker;

        impl Encoding for $marker {
            const ENCODING: VarintEncoding = VarintEncoding::$marker;
        }

        $(#[$doc])*
        pub const fn $function<T>() -> Varint<$marker, T> {
            Varint(PhantomData)
        }
    )* };
}

encodings! {
    /// Groups of 7 bits, the least significant first: `varint = leb128`.
    ///
    /// A signed integer is written as its two's complement of 64 bits (of 128,
    /// if it has more), as protobuf's `int32` and `int64` are. A form longer
    /// than need be is refused; [`lenient_varint`] reads it.
    ///
    /// ```
    /// use pickler::picklers::{decode_with, encode_with, leb128};
    ///
    /// assert_eq!(encode_with(&leb128(), &300_u32)?, [0xAC, 0x02]);
    /// assert_eq!(decode_with(&leb128::<u32>(), &[0xAC, 0x02])?, 300);
    /// assert_eq!(
    ///     decode_with(&leb128::<u8>(), &[0xAC, 0x02]).unwrap_err().to_string(),
    ///     "300 does not fit, only 0 to 255 do",
    /// );
    /// assert_eq!(
    ///     decode_with(&leb128::<u8>(), &[0x81, 0x00]).unwrap_err().to_string(),
    ///     "2 bytes for an integer that takes 1 byte, at byte 0",
    /// );
    /// # Ok::<(), pickler::Error>(())
    /// ```
    Leb128 leb128;
    /// Groups of 7 bits, the least significant first, the last one extended by
    /// its sign: `varint = sleb128`. DWARF's and WebAssembly's.
    ///
    /// ```
    /// use pickler::picklers::{encode_with, sleb128};
    ///
    /// assert_eq!(encode_with(&sleb128(), &-129_i32)?, [0xFF, 0x7E]);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    Sleb128 sleb128;
    /// The LEB128 of 0, -1, 1, -2, 2, ..., counted from 0: `varint = zigzag`.
    /// Protobuf's `sint32` and `sint64`.
    ///
    /// ```
    /// use pickler::picklers::{encode_with, zigzag};
    ///
    /// assert_eq!(encode_with(&zigzag(), &-1_i32)?, [1]);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    ZigZag zigzag;
    /// 1, 2, 4 or 8 bytes, as the first two bits say: `varint = quic`. RFC
    /// 9000.
    ///
    /// ```
    /// use pickler::picklers::{encode_with, quic};
    ///
    /// assert_eq!(encode_with(&quic(), &15_293_u64)?, [0x7B, 0xBD]);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    Quic quic;
    /// Groups of 7 bits, the most significant first: `varint = vlq`. MIDI's.
    ///
    /// ```
    /// use pickler::picklers::{encode_with, vlq};
    ///
    /// assert_eq!(encode_with(&vlq(), &0x2000_u32)?, [0xC0, 0x00]);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    Vlq vlq;
    /// LEB128 of at most four bytes: `varint = mqtt`.
    ///
    /// ```
    /// use pickler::picklers::{encode_with, mqtt};
    ///
    /// assert_eq!(encode_with(&mqtt(), &321_u32)?, [0xC1, 0x02]);
    /// assert!(encode_with(&mqtt(), &268_435_456_u32).is_err());
    /// # Ok::<(), pickler::Error>(())
    /// ```
    Mqtt mqtt;
    /// An integer from 0 in groups of 7 bits, the least significant first, each
    /// of which stands for 1 more if others are in front of it: `varint = nat`.
    /// Kennedy's; no integer has two forms.
    ///
    /// ```
    /// use pickler::picklers::{decode_with, encode_with, nat};
    ///
    /// assert_eq!(encode_with(&nat(), &127_u32)?, [127]);
    /// assert_eq!(encode_with(&nat(), &128_u32)?, [128, 0]);
    /// assert_eq!(encode_with(&nat(), &300_u32)?, [172, 1]);
    /// assert_eq!(decode_with(&nat::<u32>(), &[172, 1])?, 300);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    Nat nat;
}

/// The same varint, of which over-long forms are read, too: `lenient`. As long
/// as those of a 64-bit integer may be, or its own if it has more bits.
pub const fn lenient_varint<E, T>(_: Varint<E, T>) -> Varint<E, T, true> {
    Varint(PhantomData)
}

impl<E: Encoding, T: Integer, const LENIENT: bool> Varint<E, T, LENIENT> {
    const FORMAT: VarintFormat = VarintFormat {
        encoding: E::ENCODING,
        bits: T::BITS,
        signed: T::SIGNED,
        lenient: LENIENT,
    };
}

impl<'de, E: Encoding, T: Integer, const LENIENT: bool> Pickler<'de> for Varint<E, T, LENIENT> {
    type Value = T;
    const WIDTH: Width = Width {
        min: 8,
        max: Some(E::ENCODING.greatest_length(T::BITS) as u64 * 8),
    };
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let value = Self::FORMAT.read(r)?;
        Ok(T::from_low_bits(value.low))
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let extended = value.to_i128();
        let value = Wide {
            low: extended.cast_unsigned(),
            negative: T::SIGNED && extended < 0,
        };
        Self::FORMAT.write(value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Varint(Self::FORMAT)
    }
}

impl<'de, E: Encoding, T: Integer, const LENIENT: bool> Prefix<'de> for Varint<E, T, LENIENT> {
    type Integer = T;
    const WIDTH: Width = <Self as Pickler<'de>>::WIDTH;
    const WHOLE: bool = true;
    const MAX: u64 = match E::ENCODING {
        VarintEncoding::Quic if T::MAX_COUNT > (1 << 62) - 1 => (1 << 62) - 1,
        VarintEncoding::Mqtt if T::MAX_COUNT > (1 << 28) - 1 => (1 << 28) - 1,
        _ => T::MAX_COUNT,
    };

    #[inline(always)]
    fn read_prefix<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        Self(PhantomData).read(r)
    }

    #[inline(always)]
    fn write_prefix<S: Sink, O: Order, A: Align>(
        value: T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        Self(PhantomData).write(&value, w)
    }

    #[cfg(feature = "alloc")]
    fn describe_prefix(d: &mut Describer) -> Shape {
        Self(PhantomData).describe(d)
    }
}
