//! What the code that the derive writes for a keyed record calls.

use alloc::vec::Vec;

use super::format::{Key, Written};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Step, Text};
use crate::picklers::Pickler;
use crate::picklers::pickler::read_anywhere;
use crate::schema::{Form, KeyFormat};
use crate::types::UnknownField;

/// Reads the value behind a key. `again`: there is one already, and this one
/// does not take its place.
#[inline]
pub fn read_value<'de, P: Pickler<'de>, O: Order, A: Align>(
    format: &KeyFormat,
    key: &Key,
    (form, again): (Form, bool),
    pickler: &P,
    r: &mut Reader<'de, O, A>,
) -> Result<P::Value, Fault> {
    if again {
        let kind = ErrorKind::RepeatedKey { key: key.number };
        return Err(r.fail_at(key.at, kind));
    }
    format.expect(key, form, r)?;
    let outer = format.enter(key, form, r)?;
    let value = read_anywhere(pickler, r)?;
    if let Some(outer) = outer {
        r.leave(outer)?;
    }
    Ok(value)
}

/// Reads one value more; or several, where they are packed.
#[inline]
pub fn read_repeated<'de, P: Pickler<'de>, O: Order, A: Align>(
    format: &KeyFormat,
    key: &Key,
    form: Form,
    pickler: &P,
    items: &mut Vec<P::Value>,
    r: &mut Reader<'de, O, A>,
) -> Result<(), Fault> {
    let index = |items: &Vec<P::Value>| Step::Item(items.len() as u64);
    r.descend()?;
    let is_packed = format.announces_bytes(key) && form != Form::Bytes;
    if is_packed && let Some(outer) = format.enter(key, Form::Bytes, r)? {
        while r.bits_left() > 0 {
            r.expect_item()?;
            r.expect_memory(1, size_of::<P::Value>())?;
            match pickler.read(r) {
                Ok(item) => items.push(item),
                Err(fault) => return Err(r.within(fault, index(items))),
            }
        }
        r.leave(outer)?;
    } else {
        r.expect_item()?;
        r.expect_memory(1, size_of::<P::Value>())?;
        match read_value(format, key, (form, false), pickler, r) {
            Ok(item) => items.push(item),
            Err(fault) => return Err(r.within(fault, index(items))),
        }
    }
    r.ascend();
    Ok(())
}

/// The value of a field that must have been there.
#[inline]
pub fn required<T, O: Order, A: Align>(
    value: Option<T>,
    name: &'static str,
    r: &mut Reader<'_, O, A>,
) -> Result<T, Fault> {
    match value {
        Some(value) => Ok(value),
        None => Err(r.fail(ErrorKind::MissingField(Text::from(name)))),
    }
}

/// Writes a key and a value.
#[inline]
pub fn write_value<'de, P: Pickler<'de>, S: Sink, O: Order, A: Align>(
    format: &KeyFormat,
    written: &mut Written,
    (key, form): (u64, Form),
    pickler: &P,
    value: &P::Value,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    let begun = format.begin_value(written, key, form, w)?;
    write_in(pickler, value, form, w)?;
    format.end_value(begun, w)
}

/// Writes a key and a value for each item.
#[inline]
pub fn write_repeated<'de, P: Pickler<'de>, S: Sink, O: Order, A: Align>(
    format: &KeyFormat,
    written: &mut Written,
    (key, form): (u64, Form),
    pickler: &P,
    items: &[P::Value],
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    w.descend()?;
    for (index, item) in items.iter().enumerate() {
        if let Err(fault) = write_value(format, written, (key, form), pickler, item, w) {
            return Err(w.within(fault, Step::Item(index as u64)));
        }
    }
    w.ascend();
    Ok(())
}

/// Writes one key and all items behind it, if there are any.
#[inline]
pub fn write_packed<'de, P: Pickler<'de>, S: Sink, O: Order, A: Align>(
    format: &KeyFormat,
    written: &mut Written,
    (key, form): (u64, Form),
    pickler: &P,
    items: &[P::Value],
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if form == Form::Bytes {
        return write_repeated(format, written, (key, form), pickler, items, w);
    }
    if items.is_empty() {
        return Ok(());
    }
    w.descend()?;
    let begun = format.begin_value(written, key, Form::Bytes, w)?;
    for (index, item) in items.iter().enumerate() {
        if let Err(fault) = pickler.write(item, w) {
            return Err(w.within(fault, Step::Item(index as u64)));
        }
    }
    format.end_value(begun, w)?;
    w.ascend();
    Ok(())
}

/// Writes fields that are kept; `known` gives the name of a declared field.
#[inline]
pub fn write_unknown<S: Sink, O: Order, A: Align>(
    format: &KeyFormat,
    written: &mut Written,
    fields: &[UnknownField],
    known: impl Fn(u64) -> Option<&'static str>,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    for (index, field) in fields.iter().enumerate() {
        let number = format.number_of(field);
        let result = match known(number) {
            // It would be read as what it is known for.
            Some(name) => Err(w.fail(ErrorKind::KnownTag {
                tag: number.into(),
                variant: Text::from(name),
            })),
            None => format.write_unknown(written, field, w),
        };
        if let Err(fault) = result {
            return Err(w.within(fault, Step::Item(index as u64)));
        }
    }
    Ok(())
}

#[inline]
fn write_in<'de, P: Pickler<'de>, S: Sink, O: Order, A: Align>(
    pickler: &P,
    value: &P::Value,
    form: Form,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if P::WHOLE {
        return pickler.write(value, w);
    }
    let w = w.unaligned();
    pickler.write(value, w)?;
    if form == Form::Bytes {
        w.finish()
    } else {
        Ok(())
    }
}
