//! What has no parts: integers, booleans, bytes, text, names.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Decoder, Dynamic};
use crate::cursor::{BitOrder, Fault, Order};
use crate::dynamic::frame::{Frame, Held};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Role, Watch};
use crate::dynamic::value::Value;
use crate::error::ErrorKind;
use crate::picklers::{BitField, VarintFormat, from_half, owned_until};
use crate::schema::{Count, Enumeration, Meaning, Opaque, Shape};

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn integer<O: Order>(
        &self,
        bits: u32,
        signed: bool,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let raw = r.bits(bits)?;
        Ok(self.whole(at, integer(raw, bits, signed), r))
    }

    /// Reads an integer behind other values.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn push_integer<O: Order>(
        &self,
        bits: u32,
        signed: bool,
        values: &mut Vec<Value>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        let at = r.bit_offset();
        let raw = raw_integer(bits, r)?;
        values.push(integer(raw, bits, signed));
        if let Some(value) = values.last() {
            self.watch
                .part::<O>(at..r.bit_offset(), || Role::Value, value);
        }
        Ok(())
    }

    pub(super) fn varint<O: Order>(
        &self,
        format: VarintFormat,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let found = format.read(r)?;
        let value = if found.negative {
            Value::Negative(found.low.cast_signed())
        } else {
            Value::Unsigned(found.low)
        };
        Ok(self.whole(at, value, r))
    }

    pub(super) fn boolean<O: Order>(
        &self,
        bits: u32,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let raw = r.bits(bits)?;
        match bool::from_bits(raw, bits) {
            Ok(value) => Ok(self.whole(at, Value::Bool(value), r)),
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }

    pub(super) fn float<O: Order>(&self, bits: u32, r: Dynamic<'_, '_, O>) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let raw = r.bits(bits)?;
        let value = match bits {
            16 => from_half(raw as u16).into(),
            32 => f32::from_bits(raw as u32).into(),
            _ => f64::from_bits(raw as u64).into(),
        };
        Ok(self.whole(at, value, r))
    }

    /// The bytes that a codec of its own takes.
    pub(super) fn opaque<O: Order>(
        &self,
        opaque: &Opaque,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let (at, mark) = (r.bit_offset(), r.mark());
        opaque.skim(r)?;
        let bits = r.bit_offset() - at;
        r.reset(mark);
        let mut taken = bytes(r, bits / 8)?;
        // Fits: below 8.
        let odd = (bits % 8) as u32;
        if odd > 0 {
            let last = r.bits(odd)? as u8;
            taken.push(match O::BITS {
                BitOrder::Msb => last << (8 - odd),
                BitOrder::Lsb => last,
            });
        }
        Ok(self.whole(at, Value::Bytes(taken.into()), r))
    }

    /// Something that stands for something else.
    pub(super) fn meaning<O: Order>(
        &self,
        item: &Shape,
        meaning: &Meaning,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        if meaning.keeps_value() {
            let wire = self.shape(item, scope, r)?;
            return meaning.read(wire, item).map_err(|kind| r.fail_at(at, kind));
        }
        self.watch.quiet(true);
        let wire = self.shape(item, scope, r);
        self.watch.quiet(false);
        match meaning.read(wire?, item) {
            Ok(value) => Ok(self.whole(at, value, r)),
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }

    #[inline(never)]
    pub(super) fn bytes<O: Order>(
        &self,
        count: &Count,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let (at, bytes) = self.counted_bytes(count, scope, r)?;
        let value = Value::Bytes(bytes.into());
        Ok(self.whole(at, value, r))
    }

    /// Bytes, and where they begin behind their count.
    fn counted_bytes<O: Order>(
        &self,
        count: &Count,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(u64, Vec<u8>), Fault> {
        if let Count::Until(until) = count {
            let at = r.bit_offset();
            let place = core::ptr::from_ref(count).addr();
            let (end, ending) = (until.bytes(), until.ending);
            let bytes = self.search(place, r, |searched, r| {
                owned_until(r, end, ending, searched)
            })?;
            return Ok((at, bytes));
        }
        let count = self.count(count, scope, 8, r)?;
        Ok((r.bit_offset(), bytes(r, count)?))
    }

    /// Something that goes on to an end, which is looked for behind where it
    /// was looked for before. `place` tells what it is.
    pub(super) fn search<'r, 'de, O: Order, T>(
        &self,
        place: usize,
        r: Dynamic<'r, 'de, O>,
        find: impl FnOnce(usize, Dynamic<'_, 'de, O>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (at, left) = (r.bit_offset(), r.bytes_left());
        let searched = match self.watch.resumed(place, at) {
            Some(Frame {
                held: Held::Searched(bytes),
                ..
            }) => bytes,
            _ => 0,
        };
        let found = find(searched, r);
        if found.is_err() {
            self.watch.failed(|| Frame::searched(at, place, left));
        }
        found
    }

    #[inline(never)]
    pub(super) fn text<O: Order>(
        &self,
        count: &Count,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let (at, bytes) = self.counted_bytes(count, scope, r)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(self.whole(at, Value::Text(text), r)),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to() as u64;
                Err(r.fail_at(at, ErrorKind::NotUtf8 { valid_up_to }))
            }
        }
    }

    pub(super) fn enumeration<O: Order>(
        &self,
        enumeration: &Enumeration,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let found = self.raw(&enumeration.tag, r)?;
        match enumeration.value_of(found) {
            Ok(value) => {
                if let Value::Text(name) = &value {
                    r.expect_memory(name.len() as u64, 1)?;
                }
                Ok(self.whole(at, value, r))
            }
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }
}

impl Enumeration {
    /// What the bits of a tag stand for.
    pub(super) fn value_of(&self, found: u128) -> Result<Value, ErrorKind> {
        match self.names.binary_search_by_key(&found, |(value, _)| *value) {
            Ok(index) => Ok(Value::Text(self.names[index].1.to_string())),
            Err(_) if self.other.is_some() => Ok(Value::Unsigned(found)),
            Err(_) => Err(ErrorKind::UnknownTag { found }),
        }
    }
}

/// The integer whose lowest bits these are, in two's complement.
pub(super) fn with_sign(raw: u128, bits: u32) -> i128 {
    let unused = 128 - bits;
    (raw << unused).cast_signed() >> unused
}

/// The bits of an integer, most of which are whole bytes.
#[inline(always)]
pub(super) fn raw_integer<O: Order>(bits: u32, r: Dynamic<'_, '_, O>) -> Result<u128, Fault> {
    match r.whole_integer(bits) {
        Some(raw) => Ok(raw),
        None => r.bits(bits),
    }
}

pub(super) fn integer(raw: u128, bits: u32, signed: bool) -> Value {
    if signed {
        Value::integer(with_sign(raw, bits))
    } else {
        Value::Unsigned(raw)
    }
}

pub(super) fn bytes<O: Order>(r: Dynamic<'_, '_, O>, count: u64) -> Result<Vec<u8>, Fault> {
    let needed = count.saturating_mul(8);
    let left = r.bits_left();
    if needed > left {
        return Err(r.fail(ErrorKind::UnexpectedEnd { needed, left }));
    }
    r.expect_memory(count, 1)?;
    // Fits: the input holds as many.
    let mut bytes = alloc::vec![0; count as usize];
    r.fill(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn rest<O: Order>(r: Dynamic<'_, '_, O>) -> Result<Vec<u8>, Fault> {
    r.expect_end()?;
    let count = r.bits_left() / 8;
    bytes(r, count)
}
