//! What is most usual, put straight where it stays.
//!
//! Shapes that nothing looks back at, which most are, need no value to be kept
//! while they are read. All others are read as values first.

use alloc::string::{String, ToString};
use core::cell::Cell;

use super::leaf::{bytes, raw_integer, rest, with_sign};
use super::record::in_field;
use super::{Decoder, Dynamic, with_order};
use crate::cursor::{BitOrder, ByteOrder, Fault, Order, Outer};
use crate::dynamic::build::Build;
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Unwatched;
use crate::dynamic::value::{Value, VariantValue};
use crate::error::{ErrorKind, Step};
use crate::schema::{Count, Record, Shape, TagSource, Union};

impl Decoder<'_, Unwatched> {
    /// Reads a value to `out`. `scope` is what the shape's expressions see.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn put<O: Order, B: Build>(
        &self,
        shape: &Shape,
        scope: &Scope<'_>,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        match shape {
            Shape::Integer { bits, signed } => put_integer(*bits, *signed, build, out, r),
            _ => self.put_any(shape, scope, build, out, r),
        }
    }

    #[inline(never)]
    fn put_any<O: Order, B: Build>(
        &self,
        shape: &Shape,
        scope: &Scope<'_>,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        match shape {
            Shape::Named(reference) => {
                let shape = &self.schema.definition(*reference).shape;
                self.put(shape, &self.alone, build, out, r)
            }
            Shape::Record(record) if record.is_plain() => self.put_record(record, build, out, r),
            Shape::Union(union) if union.source == TagSource::Wire => {
                self.put_union(union, scope, build, out, r)
            }
            Shape::List { item, count } if is_told_first(count) => {
                self.put_list(item, count, scope, build, out, r)
            }
            Shape::Bytes { count } if is_counted(count) => {
                let count = self.count(count, scope, 8, r)?;
                *out = with_bytes(count, r, |bytes| Ok(build.bytes(bytes)))?;
                Ok(())
            }
            Shape::Text { count } if is_counted(count) => {
                let count = self.count(count, scope, 8, r)?;
                *out = with_bytes(count, r, |bytes| match core::str::from_utf8(bytes) {
                    Ok(text) => Ok(build.text(text)),
                    Err(error) => Err(ErrorKind::NotUtf8 {
                        valid_up_to: error.valid_up_to() as u64,
                    }),
                })?;
                Ok(())
            }
            Shape::Optional { item, none } => match (&**item, none) {
                (
                    Shape::Integer {
                        bits,
                        signed: false,
                    },
                    Value::Unsigned(none),
                ) => {
                    let raw = raw_integer(*bits, r)?;
                    *out = if raw == *none {
                        build.value(Value::Null)
                    } else {
                        build.unsigned(raw)
                    };
                    Ok(())
                }
                _ => self.put_value(shape, scope, build, out, r),
            },
            Shape::Ordered { item, bytes, bits } => {
                self.put_ordered(item, (*bytes, *bits), scope, build, out, r)
            }
            Shape::Boxed(item) => {
                r.descend()?;
                self.put(item, scope, build, out, r)?;
                r.ascend();
                Ok(())
            }
            _ => self.put_value(shape, scope, build, out, r),
        }
    }

    fn put_ordered<O: Order, B: Build>(
        &self,
        item: &Shape,
        (bytes, bits): (Option<ByteOrder>, Option<BitOrder>),
        scope: &Scope<'_>,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        with_order!(bytes, bits, r, |r| self.put(item, scope, build, out, r))
    }

    /// What is read as a value first.
    fn put_value<O: Order, B: Build>(
        &self,
        shape: &Shape,
        scope: &Scope<'_>,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        *out = build.value(self.shape(shape, scope, r)?);
        Ok(())
    }

    #[inline(never)]
    fn put_record<O: Order, B: Build>(
        &self,
        record: &Record,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        if let Some(magic) = &record.magic {
            self.magic(magic, r)?;
        }
        r.expect_memory(record.fields.len() as u64, size_of::<Value>())?;
        let mut made = build.record(&record.names, record.row);
        for (index, field) in record.fields.iter().enumerate() {
            let place = build.field(&mut made, index);
            if let Err(fault) = self.put(&field.shape, &Scope::NONE, build, place, r) {
                return Err(in_field(r, fault, &field.name));
            }
            build.field_done(&mut made, index);
        }
        *out = build.record_done(made);
        Ok(())
    }

    #[inline(never)]
    fn put_list<O: Order, B: Build>(
        &self,
        item: &Shape,
        count: &Count,
        scope: &Scope<'_>,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        let number = Cell::new(0);
        let within = &scope.of_items(&number);
        let counted = !matches!(count, Count::Fixed(_));
        let count = self.expect_list(item, count, scope, r)?;
        // Fits, where it is no more than the bytes that are left.
        let first = count.min(r.bytes_left() as u64) as usize;
        let mut list = build.list(first);
        if counted {
            r.descend()?;
        }
        for index in 0..count {
            number.set(index);
            let place = build.item(&mut list);
            if let Err(fault) = self.put(item, within, build, place, r) {
                return Err(r.within(fault, Step::Item(index)));
            }
            build.item_done(&mut list);
        }
        if counted {
            r.ascend();
        }
        *out = build.list_done(list);
        Ok(())
    }

    #[inline(never)]
    fn put_union<O: Order, B: Build>(
        &self,
        union: &Union,
        scope: &Scope<'_>,
        build: &mut B,
        out: &mut B::Value,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        let start = r.bit_offset();
        let first = union.length.as_ref().filter(|length| length.first);
        let mut outer = match first {
            Some(length) => Some(self.enter(length, start, r)?),
            None => None,
        };
        let at = r.bit_offset();
        let tag = self.raw(&union.tag, r)?;
        let known = union.variant_where(tag, |condition| scope.eval(condition) == Some(1));
        let (name, body) = match (known, &union.other) {
            (Some(variant), _) => (&variant.name, Some(&variant.body)),
            (None, Some(other)) => (&other.name, None),
            (None, None) => return Err(r.fail_at(at, ErrorKind::UnknownTag { found: tag })),
        };
        r.expect_memory(1, size_of::<VariantValue>())?;
        if outer.is_none()
            && let Some(length) = &union.length
        {
            match self.enter(length, start, r) {
                Ok(entered) => outer = Some(entered),
                Err(fault) => return Err(in_variant(r, fault, name)),
            }
        }
        let mut made = build.variant(name, tag);
        let place = build.body(&mut made);
        let result = match body {
            // A type of its own sees nothing of the tag.
            Some(body @ Shape::Named(_)) => self.put(body, &self.alone, build, place, r),
            Some(body) => {
                let scope = scope.of_body(Some((tag, &union.tag)));
                self.put(body, &scope, build, place, r)
            }
            None => rest(r).map(|bytes| *place = build.bytes(&bytes)),
        };
        let result = result.and_then(|()| leave(outer, r));
        if let Err(fault) = result {
            return Err(in_variant(r, fault, name));
        }
        *out = build.variant_done(made);
        Ok(())
    }
}

#[inline(always)]
fn put_integer<O: Order, B: Build>(
    bits: u32,
    signed: bool,
    build: &mut B,
    out: &mut B::Value,
    r: Dynamic<'_, '_, O>,
) -> Result<(), Fault> {
    let raw = raw_integer(bits, r)?;
    // Each to its place at once: what is chosen first is stored twice.
    if signed {
        *out = build.signed(with_sign(raw, bits));
    } else {
        *out = build.unsigned(raw);
    }
    Ok(())
}

fn leave<'de, O: Order>(outer: Option<Outer<'de>>, r: Dynamic<'_, 'de, O>) -> Result<(), Fault> {
    outer.map_or(Ok(()), |outer| r.leave(outer))
}

/// How many there are is known before they are read.
fn is_told_first(count: &Count) -> bool {
    matches!(count, Count::Prefix(_) | Count::Fixed(_) | Count::Expr(_))
}

/// How many bytes there are is known before they are read.
fn is_counted(count: &Count) -> bool {
    !matches!(count, Count::Until(_) | Count::Last(_))
}

/// What is made of so many bytes.
fn with_bytes<O: Order, T>(
    count: u64,
    r: Dynamic<'_, '_, O>,
    make: impl FnOnce(&[u8]) -> Result<T, ErrorKind>,
) -> Result<T, Fault> {
    let at = r.bit_offset();
    let made = if at.is_multiple_of(8) && count <= r.bytes_left() as u64 {
        r.expect_memory(count, 1)?;
        // Fits: the input holds as many.
        make(r.bytes(count as usize)?)
    } else {
        make(&bytes(r, count)?)
    };
    made.map_err(|kind| r.fail_at(at, kind))
}

#[cold]
fn in_variant<O: Order>(r: Dynamic<'_, '_, O>, fault: Fault, name: &str) -> Fault {
    let name: String = name.to_string();
    r.within(fault, Step::Variant(name.into()))
}
