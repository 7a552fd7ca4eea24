//! What has no parts: integers, bytes, names.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Dynamic, Encoder, wrong_type};
use crate::cursor::{BitOrder, Fault, Order, Reader, Sink, VecSink, Writer};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::error::{Error, ErrorKind};
use crate::names::nearest;
use crate::picklers::{BitField, VarintFormat, Wide, has_room, past_half, to_half};
use crate::schema::{Count, Enumeration, Opaque};

impl Encoder<'_> {
    #[inline(never)]
    pub(super) fn bytes<S: Sink, O: Order>(
        &self,
        count: &Count,
        bytes: &[u8],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        if let Count::Until(until) = count {
            let end = until.bytes();
            if let Err(kind) = until.ending.check_bytes(bytes, end) {
                return Err(w.fail(kind));
            }
            w.bytes(bytes)?;
            let room = until.room.as_ref().map(|room| scope.eval(room));
            if room.is_some_and(|room| !has_room(room, bytes.len(), end.len() as u64 * 8)) {
                return Ok(());
            }
            return until.ending.write_end(end, w);
        }
        self.count(count, bytes.len(), scope, w)?;
        w.bytes(bytes)
    }

    pub(super) fn enumeration<S: Sink, O: Order>(
        &self,
        enumeration: &Enumeration,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let tag = match value {
            Value::Text(text) => enumeration
                .names
                .iter()
                .find(|(_, name)| **name == **text)
                .map(|(tag, _)| *tag),
            Value::Unsigned(tag) => {
                let known = enumeration.names.binary_search_by_key(tag, |(tag, _)| *tag);
                (known.is_ok() || enumeration.other.is_some()).then_some(*tag)
            }
            other => return Err(wrong_type("a name", other, w)),
        };
        match (tag, value) {
            (Some(tag), _) => self.raw(&enumeration.tag, tag, w),
            (None, Value::Unsigned(found)) => Err(w.fail(ErrorKind::UnknownTag { found: *found })),
            (None, value) => {
                let name = match value {
                    Value::Text(text) => text.clone(),
                    _ => String::new(),
                };
                let suggestions = nearest(&name, enumeration.names.iter().map(|(_, name)| &**name));
                Err(w.fail(ErrorKind::UnknownName { name, suggestions }))
            }
        }
    }
}

pub(super) fn integer<S: Sink, O: Order>(
    bits: u32,
    signed: bool,
    value: &Value,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    let fits = match value {
        Value::Unsigned(value) if !signed => value.to_bits(bits),
        Value::Negative(value) if signed => value.to_bits(bits),
        Value::Unsigned(value) => match i128::try_from(*value) {
            Ok(value) => value.to_bits(bits),
            Err(_) => Err(ErrorKind::OutOfRange {
                value: i128::MAX,
                min: i128::MIN,
                max: i128::MAX,
            }),
        },
        Value::Negative(value) => Err(ErrorKind::OutOfRange {
            value: *value,
            min: 0,
            max: i128::try_from(u128::MAX >> (128 - bits)).unwrap_or(i128::MAX),
        }),
        other => return Err(wrong_type("an integer", other, w)),
    };
    match fits {
        Ok(raw) => w.bits(raw, bits),
        Err(kind) => Err(w.fail(kind)),
    }
}

pub(super) fn varint<S: Sink, O: Order>(
    format: VarintFormat,
    value: &Value,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    let value = match value {
        Value::Unsigned(value) => Wide {
            low: *value,
            negative: false,
        },
        Value::Negative(value) => Wide {
            low: value.cast_unsigned(),
            negative: true,
        },
        other => return Err(wrong_type("an integer", other, w)),
    };
    format.write(value, w)
}

#[expect(clippy::cast_precision_loss, reason = "what is lost is looked at")]
pub(super) fn float<S: Sink, O: Order>(
    bits: u32,
    value: &Value,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    let float = match value {
        Value::Float(float) => *float,
        // Scripts and JSON know no difference.
        other => match other.as_i128().map(|integer| (integer, integer as f64)) {
            // The cast back saturates, so that the greatest seems exact.
            Some((integer, float)) if float as i128 == integer && integer < i128::MAX => {
                float.into()
            }
            _ => return Err(wrong_type("a floating-point number", value, w)),
        },
    };
    if bits == 64 {
        return w.bits(float.get().to_bits().into(), 64);
    }
    if bits == 16 {
        return match float.narrow().and_then(to_half) {
            Some(half) => w.bits(half.into(), 16),
            None => Err(w.fail(past_half(float.get()))),
        };
    }
    match float.narrow() {
        Some(narrow) => w.bits(narrow.to_bits().into(), 32),
        None => Err(wrong_type(
            "a floating-point number that fits 32 bits",
            value,
            w,
        )),
    }
}

/// Bytes that a codec of its own would read whole.
pub(super) fn opaque<S: Sink, O: Order>(
    opaque: &Opaque,
    value: &Value,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    let bytes = match value {
        Value::Bytes(bytes) => bytes.as_slice(),
        Value::Text(text) => text.as_bytes(),
        other => return Err(wrong_type("bytes", other, w)),
    };
    let bits = match opaque_bits::<O>(opaque, bytes, w.bit_offset() % 8) {
        Ok(bits) => bits,
        Err(error) => return Err(w.fail(error.kind().clone())),
    };
    let (whole, odd) = ((bits / 8) as usize, (bits % 8) as u32);
    // What the codec leaves is at most the end of the last byte, and zero.
    match (bytes.get(..whole), bytes.get(whole..)) {
        (Some(bytes), Some([])) => return w.bytes(bytes),
        (Some(bytes), Some([last])) if odd > 0 => {
            let (value, left) = match O::BITS {
                BitOrder::Msb => (last >> (8 - odd), last << odd),
                BitOrder::Lsb => (last & ((1 << odd) - 1), last >> odd),
            };
            if left == 0 {
                w.bytes(bytes)?;
                return w.bits(value.into(), odd);
            }
        }
        _ => {}
    }
    let (name, length) = (&opaque.name, bytes.len());
    let why = alloc::format!("`{name}` takes {bits} bits of these {length} bytes");
    Err(w.fail(ErrorKind::Refused(why.into())))
}

/// How many bits of `bytes` a codec of its own takes, if they start at that bit
/// of a byte.
fn opaque_bits<O: Order>(opaque: &Opaque, bytes: &[u8], start: u64) -> Result<u64, Error> {
    let mut shifted = Vec::new();
    let mut w = Writer::<_, O>::new(VecSink::new(&mut shifted));
    let unaligned = w.unaligned();
    // Fits: below 8.
    let put = unaligned.bits(0, start as u32);
    let put = put.and_then(|()| unaligned.bytes(bytes));
    if let Err(fault) = put.and_then(|()| unaligned.finish()) {
        return Err(w.into_error(fault));
    }
    drop(w);
    let mut r = Reader::<O>::new(&shifted);
    let unaligned = r.unaligned();
    let skipped = unaligned.bits(start as u32).map(drop);
    match skipped.and_then(|()| opaque.skim(unaligned)) {
        Ok(()) => Ok(r.bit_offset() - start),
        Err(fault) => Err(r.into_error(fault)),
    }
}
