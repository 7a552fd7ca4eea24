//! Reading by a schema.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::eval::Fields;
use super::trace::{Role, Unwatched, Watch};
use super::value::{RecordValue, Value, VariantValue};
use crate::cursor::{BitOrder, ByteOrder, Fault, Network, Order, Reader, Unaligned};
use crate::error::{Error, ErrorKind, Step};
use crate::picklers::BitField;
use crate::schema::{Count, Enumeration, Expr, LengthCounts, Record, Schema, Shape, Union};

/// Reads a value that takes up all of `bytes`.
///
/// # Errors
/// Those of [`decode`](crate::decode) for the type that the schema describes.
pub fn decode(schema: &Schema, bytes: &[u8]) -> Result<Value, Error> {
    decode_watched(schema, bytes, Unwatched)
}

/// The same, looked on.
pub(super) fn decode_watched<W: Watch>(
    schema: &Schema,
    bytes: &[u8],
    watch: W,
) -> Result<Value, Error> {
    let decoder = Decoder { schema, watch };
    decode_with(&decoder, schema.root(), bytes).map_err(|error| match schema.root() {
        Shape::Named(reference) => {
            let name = schema.definition(*reference).name.to_string();
            error.within(Step::Type(name.into()))
        }
        _ => error,
    })
}

/// Reads a value of one shape of the schema that takes up all of `bytes`.
pub fn decode_shape(schema: &Schema, shape: &Shape, bytes: &[u8]) -> Result<Value, Error> {
    let watch = Unwatched;
    decode_with(&Decoder { schema, watch }, shape, bytes)
}

fn decode_with<W: Watch>(
    decoder: &Decoder<'_, W>,
    shape: &Shape,
    bytes: &[u8],
) -> Result<Value, Error> {
    let mut r = Reader::<Network>::new(bytes);
    let result = decoder
        .shape(shape, r.unaligned())
        .and_then(|value| r.finish().map(|()| value));
    result.map_err(|fault| r.into_error(fault))
}

type Dynamic<'r, 'de, O> = &'r mut Reader<'de, O, Unaligned>;

struct Decoder<'a, W> {
    schema: &'a Schema,
    watch: W,
}

impl<W: Watch> Decoder<'_, W> {
    fn shape<O: Order>(&self, shape: &Shape, r: Dynamic<'_, '_, O>) -> Result<Value, Fault> {
        self.shape_in(shape, None, r)
    }

    /// `fields` is the record that the shape's expressions look at.
    fn shape_in<O: Order>(
        &self,
        shape: &Shape,
        fields: Option<&Fields<'_>>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match shape {
            Shape::Integer { bits, signed } => {
                let at = r.bit_offset();
                let raw = r.bits(*bits)?;
                Ok(self.whole(at, integer(raw, *bits, *signed), r))
            }
            Shape::Bool { bits } => {
                let at = r.bit_offset();
                let raw = r.bits(*bits)?;
                match bool::from_bits(raw, *bits) {
                    Ok(value) => Ok(self.whole(at, Value::Bool(value), r)),
                    Err(kind) => Err(r.fail_at(at, kind)),
                }
            }
            Shape::Float { bits } => {
                let at = r.bit_offset();
                let raw = r.bits(*bits)?;
                let value = match bits {
                    32 => f32::from_bits(raw as u32).into(),
                    _ => f64::from_bits(raw as u64).into(),
                };
                Ok(self.whole(at, value, r))
            }
            Shape::Bytes { count } => {
                let count = self.count(count, fields, 8, r)?;
                let at = r.bit_offset();
                let value = Value::Bytes(bytes(r, count)?.into());
                Ok(self.whole(at, value, r))
            }
            Shape::Text { count } => {
                let count = self.count(count, fields, 8, r)?;
                let at = r.bit_offset();
                match String::from_utf8(bytes(r, count)?) {
                    Ok(text) => Ok(self.whole(at, Value::Text(text), r)),
                    Err(error) => {
                        let valid_up_to = error.utf8_error().valid_up_to() as u64;
                        Err(r.fail_at(at, ErrorKind::NotUtf8 { valid_up_to }))
                    }
                }
            }
            Shape::List { item, count } => self.list(item, count, fields, r),
            Shape::Tuple(items) => {
                let mut values = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let step = || Step::Field(index.to_string().into());
                    self.watch.enter(step);
                    match self.shape(item, r) {
                        Ok(value) => values.push(value),
                        Err(fault) => return Err(r.within(fault, step())),
                    }
                    self.watch.leave();
                }
                Ok(Value::List(values))
            }
            Shape::Record(record) => self.record(record, r),
            Shape::Union(union) => self.union(union, r),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration, r),
            Shape::Optional { item, none } => {
                let at = r.bit_offset();
                let value = self.shape(item, r)?;
                if value == *none {
                    self.watch.means(at, &Value::Null);
                    Ok(Value::Null)
                } else {
                    Ok(value)
                }
            }
            Shape::Constant { item, value } => {
                let at = r.bit_offset();
                let found = self.shape(item, r)?;
                if found == *value {
                    Ok(Value::Null)
                } else {
                    let expected = as_written(value).into();
                    let found = as_written(&found);
                    Err(r.fail_at(at, ErrorKind::WrongConstant { expected, found }))
                }
            }
            Shape::Ordered { item, bytes, bits } => self.ordered(item, *bytes, *bits, fields, r),
            Shape::Shown { item, pairs } => {
                let at = r.bit_offset();
                let value = self.shape_in(item, fields, r)?;
                match pairs.iter().find(|(actual, _)| actual.means(&value)) {
                    Some((_, shown)) => {
                        self.watch.means(at, shown);
                        Ok(shown.clone())
                    }
                    None => Ok(value),
                }
            }
            Shape::Mapped { item, .. } | Shape::Json { item } => self.shape_in(item, fields, r),
            Shape::Boxed(item) => {
                r.descend()?;
                let value = self.shape(item, r)?;
                r.ascend();
                Ok(value)
            }
            Shape::Named(reference) => self.shape(&self.schema.definition(*reference).shape, r),
        }
    }

    fn ordered<O: Order>(
        &self,
        item: &Shape,
        bytes: Option<ByteOrder>,
        bits: Option<BitOrder>,
        fields: Option<&Fields<'_>>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match (bytes.unwrap_or(O::BYTES), bits.unwrap_or(O::BITS)) {
            (ByteOrder::Big, BitOrder::Msb) => {
                self.shape_in(item, fields, r.as_order::<<O::Big as Order>::Msb>())
            }
            (ByteOrder::Big, BitOrder::Lsb) => {
                self.shape_in(item, fields, r.as_order::<<O::Big as Order>::Lsb>())
            }
            (ByteOrder::Little, BitOrder::Msb) => {
                self.shape_in(item, fields, r.as_order::<<O::Little as Order>::Msb>())
            }
            (ByteOrder::Little, BitOrder::Lsb) => {
                self.shape_in(item, fields, r.as_order::<<O::Little as Order>::Lsb>())
            }
        }
    }

    /// How many units of `unit_bits` come now.
    fn count<O: Order>(
        &self,
        count: &Count,
        fields: Option<&Fields<'_>>,
        unit_bits: u64,
        r: Dynamic<'_, '_, O>,
    ) -> Result<u64, Fault> {
        match count {
            Count::Fixed(count) => Ok(*count),
            Count::Rest => Ok(r.bits_left() / unit_bits.max(1)),
            Count::Prefix(prefix) => {
                let at = r.bit_offset();
                let value = self.unwatched(prefix, r)?;
                self.watch
                    .part::<O>(at..r.bit_offset(), || Role::Count, &value);
                match value.as_u64() {
                    Some(count) => Ok(count),
                    None => Err(r.fail_at(
                        at,
                        ErrorKind::OutOfRange {
                            value: value.as_i128().unwrap_or(i128::MAX),
                            min: 0,
                            max: greatest_count(prefix).into(),
                        },
                    )),
                }
            }
            Count::Expr(expr) => eval_count(expr, fields, r),
        }
    }

    fn list<O: Order>(
        &self,
        item: &Shape,
        count: &Count,
        fields: Option<&Fields<'_>>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        if *count == Count::Rest {
            let mut values = Vec::new();
            r.descend()?;
            while r.bits_left() > 0 {
                let before = r.bit_offset();
                self.watch.enter(|| Step::Item(values.len() as u64));
                let value = self
                    .shape(item, r)
                    .map_err(|fault| r.within(fault, Step::Item(values.len() as u64)))?;
                self.watch.leave();
                values.push(value);
                if r.bit_offset() == before {
                    r.expect_items(1, 0)?;
                }
            }
            r.ascend();
            return Ok(Value::List(values));
        }
        let count_value = self.count(count, fields, 1, r)?;
        // An array's items are there by declaration, a list's by the count.
        let counted = !matches!(count, Count::Fixed(_));
        if counted {
            r.expect_items(count_value, self.least_bits(item))?;
            r.descend()?;
        }
        let mut values = Vec::new();
        for index in 0..count_value {
            self.watch.enter(|| Step::Item(index));
            match self.shape(item, r) {
                Ok(value) => values.push(value),
                Err(fault) => return Err(r.within(fault, Step::Item(index))),
            }
            self.watch.leave();
        }
        if counted {
            r.ascend();
        }
        Ok(Value::List(values))
    }

    /// The least width of a shape, as the derived codec knows it.
    fn least_bits(&self, shape: &Shape) -> u64 {
        match shape {
            Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
                (*bits).into()
            }
            Shape::Bytes { count } | Shape::Text { count } => self.least_count_bits(count, 8),
            Shape::List { item, count } => match count {
                Count::Fixed(_) => self.least_count_bits(count, self.least_bits(item)),
                _ => self.least_count_bits(count, 0),
            },
            Shape::Tuple(items) => items.iter().map(|item| self.least_bits(item)).sum(),
            Shape::Record(record) => {
                let fields: u64 = record
                    .fields
                    .iter()
                    .map(|field| match field.size {
                        Some(_) => 0,
                        None => self.least_bits(&field.shape),
                    })
                    .sum();
                fields
                    + record
                        .magic
                        .as_ref()
                        .map_or(0, |magic| self.least_bits(magic))
            }
            Shape::Union(union) => {
                self.least_bits(&union.tag)
                    + union
                        .length
                        .as_ref()
                        .map_or(0, |length| self.least_bits(&length.shape))
            }
            Shape::Enumeration(enumeration) => self.least_bits(&enumeration.tag),
            Shape::Optional { item, .. }
            | Shape::Constant { item, .. }
            | Shape::Ordered { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Json { item } => self.least_bits(item),
            Shape::Boxed(_) => 0,
            Shape::Named(reference) => self.least_bits(&self.schema.definition(*reference).shape),
        }
    }

    fn least_count_bits(&self, count: &Count, unit_bits: u64) -> u64 {
        match count {
            Count::Prefix(prefix) => self.least_bits(prefix),
            Count::Fixed(count) => count.saturating_mul(unit_bits),
            Count::Expr(_) | Count::Rest => 0,
        }
    }

    fn record<O: Order>(&self, record: &Record, r: Dynamic<'_, '_, O>) -> Result<Value, Fault> {
        let start = r.bit_offset();
        if let Some(magic) = &record.magic {
            self.watch.enter(|| Step::Field("magic".into()));
            self.shape(magic, r)
                .map_err(|fault| r.within_field(fault, "magic"))?;
            self.watch.leave();
        }
        let first = r.bit_offset();
        let mut values: Vec<Value> = Vec::with_capacity(record.fields.len());
        let mut ends: Vec<u64> = Vec::with_capacity(record.fields.len());
        for field in &record.fields {
            let size_of = |index| size_between(first, &ends, index);
            let fields = Fields {
                record,
                values: &values,
                size_of: &size_of,
                size_of_self: None,
            };
            self.watch
                .enter(|| Step::Field(field.name.to_string().into()));
            let result = match &field.size {
                None => self.shape_in(&field.shape, Some(&fields), r),
                Some(size) => eval_count(size, Some(&fields), r).and_then(|size| {
                    let outer = r.enter(usize::try_from(size).unwrap_or(usize::MAX))?;
                    let value = self.shape_in(&field.shape, Some(&fields), r)?;
                    r.leave(outer)?;
                    Ok(value)
                }),
            };
            match result {
                Ok(value) => values.push(value),
                Err(fault) => return Err(in_field(r, fault, &field.name)),
            }
            self.watch.leave();
            ends.push(r.bit_offset());
        }
        let size_of_self = (r.bit_offset() - start).div_ceil(8);
        check_derived(record, (first, size_of_self), &values, &ends, r)?;
        Ok(Value::Record(
            RecordValue::new(record.names.clone(), values).with_row(record.row),
        ))
    }

    fn union<O: Order>(&self, union: &Union, r: Dynamic<'_, '_, O>) -> Result<Value, Fault> {
        let start = r.bit_offset();
        let tag = self.raw(&union.tag, r)?;
        self.watch.part::<O>(
            start..r.bit_offset(),
            || Role::Tag(union.variant_by_tag(tag).map(|known| known.name.clone())),
            &Value::Unsigned(tag),
        );
        let (name, body) = match (union.variant_by_tag(tag), &union.other) {
            (Some(variant), _) => (&variant.name, Some(&variant.body)),
            (None, Some(other)) => (&other.name, None),
            (None, None) => {
                return Err(r.fail_at(start, ErrorKind::UnknownTag { found: tag }));
            }
        };
        self.watch.enter(|| Step::Variant(name.to_string().into()));
        let result = self.union_body(union, start, body, r);
        self.watch.leave();
        match result {
            Ok(body) => Ok(Value::Variant(Box::new(VariantValue {
                name: name.clone(),
                tag,
                body,
            }))),
            Err(fault) => Err(r.within(fault, Step::Variant(name.to_string().into()))),
        }
    }

    fn union_body<O: Order>(
        &self,
        union: &Union,
        start: u64,
        body: Option<&Shape>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let outer = match &union.length {
            None => None,
            Some(length) => {
                let at = r.bit_offset();
                let found = self.raw(&length.shape, r)?;
                self.watch
                    .part::<O>(at..r.bit_offset(), || Role::Length, &Value::Unsigned(found));
                let least = match length.counts {
                    LengthCounts::Body => 0,
                    LengthCounts::Rest => (r.bit_offset() - at) / 8,
                    LengthCounts::Message => (r.bit_offset() - start) / 8,
                };
                let found = u64::try_from(found).unwrap_or(u64::MAX);
                let Some(size) = found.checked_sub(least) else {
                    return Err(r.fail_at(at, ErrorKind::LengthTooSmall { found, least }));
                };
                Some(r.enter(usize::try_from(size).unwrap_or(usize::MAX))?)
            }
        };
        let value = if let Some(body) = body {
            self.shape(body, r)?
        } else {
            let at = r.bit_offset();
            let value = Value::Bytes(rest(r)?.into());
            self.whole(at, value, r)
        };
        if let Some(outer) = outer {
            r.leave(outer)?;
        }
        Ok(value)
    }

    fn enumeration<O: Order>(
        &self,
        enumeration: &Enumeration,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let found = self.raw(&enumeration.tag, r)?;
        let known = enumeration
            .names
            .binary_search_by_key(&found, |(value, _)| *value);
        let value = match known {
            Ok(index) => Value::Text(enumeration.names[index].1.to_string()),
            Err(_) if enumeration.other.is_some() => Value::Unsigned(found),
            Err(_) => return Err(r.fail_at(at, ErrorKind::UnknownTag { found })),
        };
        Ok(self.whole(at, value, r))
    }

    /// What was read since `at`, and has no parts.
    #[inline(always)]
    fn whole<O: Order>(&self, at: u64, value: Value, r: Dynamic<'_, '_, O>) -> Value {
        self.watch
            .part::<O>(at..r.bit_offset(), || Role::Value, &value);
        value
    }

    /// Something that is there for another part.
    fn unwatched<O: Order>(&self, shape: &Shape, r: Dynamic<'_, '_, O>) -> Result<Value, Fault> {
        let (schema, watch) = (self.schema, Unwatched);
        Decoder { schema, watch }.shape(shape, r)
    }

    /// The bits of an integer, without regard to sign.
    fn raw<O: Order>(&self, shape: &Shape, r: Dynamic<'_, '_, O>) -> Result<u128, Fault> {
        let value = self.unwatched(shape, r)?;
        Ok(match value {
            Value::Unsigned(value) => value,
            Value::Negative(value) => {
                let bits = self.least_bits(shape).clamp(1, 128);
                value.cast_unsigned() & (u128::MAX >> (128 - bits))
            }
            _ => 0,
        })
    }
}

fn integer(raw: u128, bits: u32, signed: bool) -> Value {
    if signed {
        let unused = 128 - bits;
        Value::integer((raw << unused).cast_signed() >> unused)
    } else {
        Value::Unsigned(raw)
    }
}

fn eval_count<O: Order>(
    expr: &Expr,
    fields: Option<&Fields<'_>>,
    r: Dynamic<'_, '_, O>,
) -> Result<u64, Fault> {
    let value = fields.and_then(|fields| fields.eval(expr));
    match value.map(u64::try_from) {
        Some(Ok(count)) => Ok(count),
        _ => Err(r.fail(ErrorKind::OutOfRange {
            value: value.unwrap_or(i128::MAX),
            min: 0,
            max: u64::MAX.into(),
        })),
    }
}

/// The greatest count that a prefix can say.
pub(super) fn greatest_count(prefix: &Shape) -> u64 {
    match prefix {
        Shape::Integer { bits, signed } => {
            let bits = bits - u32::from(*signed);
            if bits >= 64 {
                u64::MAX
            } else {
                (1 << bits) - 1
            }
        }
        Shape::Ordered { item, .. } => greatest_count(item),
        _ => u64::MAX,
    }
}

fn bytes<O: Order>(r: Dynamic<'_, '_, O>, count: u64) -> Result<Vec<u8>, Fault> {
    let needed = count.saturating_mul(8);
    let left = r.bits_left();
    if needed > left {
        return Err(r.fail(ErrorKind::UnexpectedEnd { needed, left }));
    }
    // Fits: the input holds as many.
    let mut bytes = alloc::vec![0; count as usize];
    r.fill(&mut bytes)?;
    Ok(bytes)
}

fn rest<O: Order>(r: Dynamic<'_, '_, O>) -> Result<Vec<u8>, Fault> {
    let count = r.bits_left() / 8;
    bytes(r, count)
}

fn check_derived<O: Order>(
    record: &Record,
    (first, size_of_self): (u64, u64),
    values: &[Value],
    ends: &[u64],
    r: Dynamic<'_, '_, O>,
) -> Result<(), Fault> {
    let size_of = |index| size_between(first, ends, index);
    let fields = Fields {
        record,
        values,
        size_of: &size_of,
        size_of_self: Some(size_of_self),
    };
    for (index, field) in record.fields.iter().enumerate() {
        let Some(expr) = &field.derived else { continue };
        let found = values[index].as_i128().unwrap_or(i128::MAX);
        let expected = fields.eval(expr).unwrap_or(i128::MAX);
        if found != expected {
            let at = if index == 0 { first } else { ends[index - 1] };
            let fault = r.fail_at(at, ErrorKind::WrongDerived { expected, found });
            return Err(in_field(r, fault, &field.name));
        }
    }
    Ok(())
}

/// How many bytes a field takes; the first begins at `first`.
pub(super) fn size_between(first: u64, ends: &[u64], index: usize) -> Option<u64> {
    let end = *ends.get(index)?;
    let begin = if index == 0 { first } else { ends[index - 1] };
    Some((end - begin).div_ceil(8))
}

#[cold]
fn in_field<O: Order>(r: Dynamic<'_, '_, O>, fault: Fault, name: &str) -> Fault {
    r.within(fault, Step::Field(Cow::Owned(name.into())))
}

/// A constant as Rust would write it.
fn as_written(value: &Value) -> String {
    match value {
        Value::Unsigned(value) => value.to_string(),
        Value::Negative(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Bool(value) => value.to_string(),
        Value::Bytes(value) => format!("{value:?}"),
        Value::Text(value) => format!("{value:?}"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(as_written).collect();
            format!("[{}]", items.join(", "))
        }
        other => format!("{other:?}"),
    }
}

impl Value {
    /// The same value, where text and the bytes of that text are the same.
    pub(super) fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(text), Self::Bytes(bytes)) | (Self::Bytes(bytes), Self::Text(text)) => {
                *bytes == *text.as_str()
            }
            _ => self == other,
        }
    }
}
