//! Values as protobuf messages hold them.

use alloc::boxed::Box;
use core::marker::PhantomData;

use super::format::read_field_key;
use super::number::{read_leb128, write_leb128};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
use crate::picklers::{BitField, Integer, Pickler};
use crate::schema::{Describer, Form, KeyFormat, Shape};
use crate::width::Width;

/// A type whose values stand in protobuf messages: integers, booleans and
/// floats, and what derives `Pickle` with `#[pickle(protobuf)]`.
///
/// An integer is a varint: `i32` and `i64` are protobuf's `int32` and `int64`,
/// of which a negative one takes ten bytes; the attributes `zigzag` and `fixed`
/// make them `sint32` and `sfixed32`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of a protobuf message",
    note = "add `#[pickle(protobuf)]` to the type"
)]
pub trait ProtobufValue<'de>: Pickle<'de> {
    /// How it is held.
    const FORM: Form;
    /// Of several, the last counts; otherwise a second is refused.
    const LAST_COUNTS: bool = true;

    /// Reads a value, of bytes without their size.
    fn read_value<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault>;

    /// Writes a value, of bytes without their size.
    fn write_value<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
}

macro_rules! integer {
    ($($type:ident),*) => { $(
        impl<'de> ProtobufValue<'de> for $type {
            const FORM: Form = Form::Varint;

            #[inline]
            fn read_value<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                let at = r.bit_offset();
                let raw = read_leb128(r)?;
                match narrow(raw, $type::BITS, Self::SIGNED) {
                    Ok(bits) => Ok(Self::from_low_bits(bits)),
                    Err(kind) => Err(r.fail_at(at, kind)),
                }
            }

            #[inline]
            fn write_value<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                match self.to_bits($type::BITS).and_then(|bits| widen(bits, $type::BITS, Self::SIGNED)) {
                    Ok(raw) => write_leb128(raw, w),
                    Err(kind) => Err(w.fail(kind)),
                }
            }
        }
    )* };
}

integer!(u8, u16, u32, u64, i8, i16, i32, i64);

impl<'de> ProtobufValue<'de> for bool {
    const FORM: Form = Form::Varint;

    #[inline]
    fn read_value<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let at = r.bit_offset();
        let raw = read_leb128(r)?;
        Self::from_bits(raw.into(), 8).map_err(|kind| r.fail_at(at, kind))
    }

    #[inline]
    fn write_value<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        write_leb128((*self).into(), w)
    }
}

macro_rules! float {
    ($type:ident, $form:ident) => {
        impl<'de> ProtobufValue<'de> for $type {
            const FORM: Form = Form::$form;

            #[inline]
            fn read_value<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                Self::read(r.as_order::<O::Little>())
            }

            #[inline]
            fn write_value<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                self.write(w.as_order::<O::Little>())
            }
        }
    };
}

float!(f32, Fixed32);
float!(f64, Fixed64);

impl<'de, T: ProtobufValue<'de>> ProtobufValue<'de> for Box<T> {
    const FORM: Form = T::FORM;
    const LAST_COUNTS: bool = T::LAST_COUNTS;

    #[inline]
    fn read_value<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        r.descend()?;
        let value = T::read_value(r)?;
        r.ascend();
        Ok(Self::new(value))
    }

    #[inline]
    fn write_value<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.descend()?;
        T::write_value(self, w)?;
        w.ascend();
        Ok(())
    }
}

/// The low bits of an integer that a varint holds, which must fit in `bits`.
pub(crate) fn narrow(raw: u64, bits: u32, signed: bool) -> Result<u128, ErrorKind> {
    if signed {
        let value = i128::from(raw.cast_signed());
        value.to_bits(bits)
    } else {
        u128::from(raw).to_bits(bits)
    }
}

/// The integer that a varint holds for one of `bits`.
pub(crate) fn widen(raw: u128, bits: u32, signed: bool) -> Result<u64, ErrorKind> {
    if signed {
        let unused = 128 - bits;
        let value = (raw << unused).cast_signed() >> unused;
        Ok(value.to_bits(64)? as u64)
    } else {
        Ok(raw.to_bits(64)? as u64)
    }
}

/// The integer whose zigzag a varint holds, as a varint would hold itself.
pub(crate) const fn unzigzag(raw: u64) -> u64 {
    (raw >> 1) ^ (raw & 1).wrapping_neg()
}

/// The zigzag of an integer that a varint could hold: of small ones of either
/// sign, small ones.
pub(crate) const fn zigzag(raw: u64) -> u64 {
    (raw << 1) ^ (raw.cast_signed() >> 63).cast_unsigned()
}

/// See [`protobuf`].
#[derive(Clone, Copy, Debug)]
pub struct Protobuf<T>(PhantomData<fn() -> T>);

/// A value as a protobuf message holds it, of bytes without their size: what
/// fields of a struct with `#[pickle(protobuf)]` are.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, protobuf};
///
/// assert_eq!(encode_with(&protobuf::<u32>(), &300)?, [0xAC, 0x02]);
/// assert_eq!(encode_with(&protobuf::<i32>(), &-1)?.len(), 10);
/// assert_eq!(decode_with(&protobuf::<bool>(), &[1])?, true);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn protobuf<T>() -> Protobuf<T> {
    Protobuf(PhantomData)
}

impl<'de, T: ProtobufValue<'de>> Pickler<'de> for Protobuf<T> {
    type Value = T;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read_value(r)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write_value(w)
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe(d)
    }
}

/// See [`protobuf_zigzag`].
#[derive(Clone, Copy, Debug)]
pub struct Zigzag<T>(PhantomData<fn() -> T>);

/// Protobuf's `sint32` and `sint64`: `zigzag` on a field with a `key`.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, protobuf_zigzag};
///
/// assert_eq!(encode_with(&protobuf_zigzag::<i32>(), &-2)?, [3]);
/// assert_eq!(decode_with(&protobuf_zigzag::<i32>(), &[4])?, 2);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn protobuf_zigzag<T>() -> Zigzag<T> {
    Zigzag(PhantomData)
}

impl<'de, T: Integer + Pickle<'de>> Pickler<'de> for Zigzag<T> {
    type Value = T;
    const WIDTH: Width = {
        assert!(T::SIGNED, "`zigzag` is for signed integers");
        Width::at_least(8)
    };
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let at = r.bit_offset();
        let raw = unzigzag(read_leb128(r)?);
        match narrow(raw, T::BITS, T::SIGNED) {
            Ok(bits) => Ok(T::from_low_bits(bits)),
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match widen(value.to_low_bits(), T::BITS, T::SIGNED) {
            Ok(raw) => write_leb128(zigzag(raw), w),
            Err(kind) => Err(w.fail(kind)),
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe(d)
    }
}

/// See [`protobuf_fixed`].
#[derive(Clone, Copy, Debug)]
pub struct Fixed<T>(PhantomData<fn() -> T>);

/// Protobuf's `fixed32`, `sfixed32`, `fixed64` and `sfixed64`: `fixed` on a
/// field with a `key`.
///
/// ```
/// use pickler::picklers::{encode_with, protobuf_fixed};
///
/// assert_eq!(encode_with(&protobuf_fixed::<u32>(), &1)?, [1, 0, 0, 0]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn protobuf_fixed<T>() -> Fixed<T> {
    Fixed(PhantomData)
}

/// The form of a `fixed` integer of so many bits.
#[doc(hidden)]
pub const fn fixed_form(width: Width) -> Form {
    match width.as_fixed() {
        Some(32) => Form::Fixed32,
        Some(64) => Form::Fixed64,
        _ => panic!("`fixed` is for integers of 32 or 64 bits"),
    }
}

impl<'de, T: Integer + Pickle<'de>> Pickler<'de> for Fixed<T> {
    type Value = T;
    const WIDTH: Width = T::WIDTH;
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read(r.as_order::<O::Little>())
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write(w.as_order::<O::Little>())
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe(d)
    }
}

/// See [`protobuf_field`].
#[derive(Clone, Copy, Debug)]
pub struct ProtobufField<T> {
    number: u64,
    value: PhantomData<fn() -> T>,
}

/// One field of a protobuf message, of which nothing else is there: key, size
/// where it has one, value.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, protobuf_field};
///
/// let a = protobuf_field::<u32>(1);
/// assert_eq!(encode_with(&a, &150)?, [0x08, 0x96, 0x01]);
/// assert_eq!(decode_with(&a, &[0x08, 0x96, 0x01])?, 150);
/// assert_eq!(
///     decode_with(&a, &[0x10, 0x01]).unwrap_err().to_string(),
///     "unknown tag 2 (0x02), at byte 0",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn protobuf_field<T>(number: u64) -> ProtobufField<T> {
    ProtobufField {
        number,
        value: PhantomData,
    }
}

impl<'de, T: ProtobufValue<'de>> Pickler<'de> for ProtobufField<T> {
    type Value = T;
    // A key and a value, of a byte each.
    const WIDTH: Width = Width::at_least(16);
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        let key = read_field_key(self.number, T::FORM, r)?;
        let outer = KeyFormat::Protobuf.enter(&key, T::FORM, r)?;
        let value = T::read_value(r)?;
        if let Some(outer) = outer {
            r.leave(outer)?;
        }
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let format = KeyFormat::Protobuf;
        let mut written = format.begin_write(w)?;
        let begun = format.begin_value(&mut written, self.number, T::FORM, w)?;
        value.write_value(w)?;
        format.end_value(begun, w)
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::ProtobufField {
            number: self.number,
            form: T::FORM,
            item: Box::new(T::describe(d)),
        }
    }
}
