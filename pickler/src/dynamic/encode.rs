//! Writing by a schema.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::decode::{greatest_count, size_between};
use super::eval::Fields;
use super::value::{RecordValue, Value};
use crate::cursor::{BitOrder, ByteOrder, Fault, Network, Order, Sink, Unaligned, VecSink, Writer};
use crate::error::{Error, ErrorKind, Step};
use crate::names::nearest;
use crate::picklers::BitField;
use crate::schema::{Count, Enumeration, Field, LengthCounts, Record, Schema, Shape, Union};

/// The bytes of a value.
///
/// Fields that the value lacks take their defaults; derived fields are filled
/// in, and verified if the value has them.
///
/// # Errors
/// If the value is not of the shape that the schema asks for, or does not fit.
pub fn encode(schema: &Schema, value: &Value) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    encode_into(schema, value, &mut bytes)?;
    Ok(bytes)
}

/// Appends the bytes of a value to `out`, which stays as it was on an error.
pub fn encode_into(schema: &Schema, value: &Value, out: &mut Vec<u8>) -> Result<(), Error> {
    let start = out.len();
    let mut w = Writer::<_, Network>::new(VecSink::new(out));
    let result = {
        let w = w.unaligned();
        Encoder { schema }
            .shape(schema.root(), value, w)
            .and_then(|()| w.finish())
    };
    let Err(fault) = result else { return Ok(()) };
    let error = w.into_error(fault);
    drop(w);
    out.truncate(start);
    Err(match schema.root() {
        Shape::Named(reference) => {
            let name = schema.definition(*reference).name.to_string();
            error.within(Step::Type(name.into()))
        }
        _ => error,
    })
}

type Dynamic<'w, S, O> = &'w mut Writer<S, O, Unaligned>;

struct Encoder<'a> {
    schema: &'a Schema,
}

impl Encoder<'_> {
    fn shape<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match shape {
            Shape::Integer { bits, signed } => integer(*bits, *signed, value, w),
            Shape::Bool { bits } => match value {
                Value::Bool(value) => w.bits((*value).into(), *bits),
                other => Err(wrong_type("true or false", other, w)),
            },
            Shape::Float { bits } => float(*bits, value, w),
            Shape::Bytes { count } => match value {
                Value::Bytes(bytes) => self.bytes(count, bytes, w),
                Value::Text(text) => self.bytes(count, text.as_bytes(), w),
                other => Err(wrong_type("bytes or text", other, w)),
            },
            Shape::Text { count } => match value {
                Value::Text(text) => self.bytes(count, text.as_bytes(), w),
                Value::Bytes(bytes) => match core::str::from_utf8(bytes) {
                    Ok(_) => self.bytes(count, bytes, w),
                    Err(error) => {
                        let valid_up_to = error.valid_up_to() as u64;
                        Err(w.fail(ErrorKind::NotUtf8 { valid_up_to }))
                    }
                },
                other => Err(wrong_type("text", other, w)),
            },
            Shape::List { item, count } => match value {
                Value::List(items) => self.list(item, count, items, w),
                other => Err(wrong_type("a list", other, w)),
            },
            Shape::Tuple(items) => self.tuple(items, value, w),
            Shape::Record(record) => self.record(record, value, w),
            Shape::Union(union) => self.union(union, value, w),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration, value, w),
            Shape::Optional { item, none } => match value {
                Value::Null => self.shape(item, none, w),
                value if value == none => Err(w.fail(ErrorKind::IsSentinel {
                    value: value.as_i128().unwrap_or(i128::MAX),
                })),
                value => self.shape(item, value, w),
            },
            Shape::Constant { item, value: known } => match value {
                Value::Null => self.shape(item, known, w),
                value if known.means(value) => self.shape(item, known, w),
                other => Err(wrong_type("the constant, or null", other, w)),
            },
            Shape::Ordered { item, bytes, bits } => {
                match (bytes.unwrap_or(O::BYTES), bits.unwrap_or(O::BITS)) {
                    (ByteOrder::Big, BitOrder::Msb) => {
                        self.shape(item, value, w.as_order::<<O::Big as Order>::Msb>())
                    }
                    (ByteOrder::Big, BitOrder::Lsb) => {
                        self.shape(item, value, w.as_order::<<O::Big as Order>::Lsb>())
                    }
                    (ByteOrder::Little, BitOrder::Msb) => {
                        self.shape(item, value, w.as_order::<<O::Little as Order>::Msb>())
                    }
                    (ByteOrder::Little, BitOrder::Lsb) => {
                        self.shape(item, value, w.as_order::<<O::Little as Order>::Lsb>())
                    }
                }
            }
            Shape::Shown { item, pairs } => {
                let actual = pairs.iter().find(|(_, shown)| shown.means(value));
                self.shape(item, actual.map_or(value, |(actual, _)| actual), w)
            }
            Shape::Mapped { item, .. } | Shape::Json { item } => self.shape(item, value, w),
            Shape::Boxed(item) => {
                w.descend()?;
                self.shape(item, value, w)?;
                w.ascend();
                Ok(())
            }
            Shape::Named(reference) => {
                self.shape(&self.schema.definition(*reference).shape, value, w)
            }
        }
    }

    fn bytes<S: Sink, O: Order>(
        &self,
        count: &Count,
        bytes: &[u8],
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        self.count(count, bytes.len(), w)?;
        w.bytes(bytes)
    }

    fn count<S: Sink, O: Order>(
        &self,
        count: &Count,
        length: usize,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match count {
            // What an expression must give is checked by the record.
            Count::Expr(_) | Count::Rest => Ok(()),
            Count::Fixed(fixed) if length as u64 == *fixed => Ok(()),
            Count::Fixed(fixed) => Err(w.fail(ErrorKind::WrongType {
                expected: alloc::format!("{fixed} items").into(),
                found: length.to_string(),
            })),
            Count::Prefix(prefix) => {
                let max = greatest_count(prefix);
                if length as u64 > max {
                    let length = length as u64;
                    return Err(w.fail(ErrorKind::TooLong { length, max }));
                }
                self.shape(prefix, &Value::Unsigned(length as u128), w)
            }
        }
    }

    fn list<S: Sink, O: Order>(
        &self,
        item: &Shape,
        count: &Count,
        items: &[Value],
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        self.count(count, items.len(), w)?;
        let counted = !matches!(count, Count::Fixed(_));
        if counted {
            w.descend()?;
        }
        for (index, value) in items.iter().enumerate() {
            if let Err(fault) = self.shape(item, value, w) {
                return Err(w.within(fault, Step::Item(index as u64)));
            }
        }
        if counted {
            w.ascend();
        }
        Ok(())
    }

    fn tuple<S: Sink, O: Order>(
        &self,
        shapes: &[Shape],
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let values = match value {
            Value::List(values) if values.len() == shapes.len() => values.as_slice(),
            Value::Null if shapes.is_empty() => &[],
            other => {
                let expected = alloc::format!("a list of {}", shapes.len());
                return Err(wrong_type(expected, other, w));
            }
        };
        for (index, (shape, value)) in shapes.iter().zip(values).enumerate() {
            if let Err(fault) = self.shape(shape, value, w) {
                return Err(w.within(fault, Step::Field(index.to_string().into())));
            }
        }
        Ok(())
    }

    fn record<S: Sink, O: Order>(
        &self,
        record: &Record,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        let given = Given::new(record, value, w)?;
        if let Some(magic) = &record.magic {
            self.shape(magic, &Value::Null, w)
                .map_err(|fault| w.within_field(fault, "magic"))?;
        }
        let complete = if record.has_dependent_fields() {
            Some(self.complete(record, &given, start, w)?)
        } else {
            None
        };
        for (index, field) in record.fields.iter().enumerate() {
            let value = match &complete {
                Some(values) => Ok(Cow::Borrowed(&values[index])),
                None => given.value(field, index),
            };
            let result = match value {
                Ok(value) => self.field(field, &value, w),
                Err(kind) => Err(w.fail(kind)),
            };
            result.map_err(|fault| in_field(w, fault, &field.name))?;
        }
        Ok(())
    }

    fn field<S: Sink, O: Order>(
        &self,
        field: &Field,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        if field.size.is_none() {
            return self.shape(&field.shape, value, w);
        }
        w.expect_byte_boundary()?;
        self.shape(&field.shape, value, w)?;
        w.finish()
    }

    /// All values of a record whose fields depend on each other. `start` is
    /// where the record starts; its magic is written.
    fn complete<S: Sink, O: Order>(
        &self,
        record: &Record,
        given: &Given<'_>,
        start: u64,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<Value>, Fault> {
        let mut values = Vec::with_capacity(record.fields.len());
        for (index, field) in record.fields.iter().enumerate() {
            let value = match (&field.derived, given.given(index)) {
                (Some(_), None) => Ok(Cow::Owned(Value::Unsigned(0))),
                _ => given.value(field, index),
            };
            match value {
                Ok(value) => values.push(value.into_owned()),
                Err(kind) => {
                    let fault = w.fail(kind);
                    return Err(in_field(w, fault, &field.name));
                }
            }
        }
        if S::COUNTS_ONLY {
            // Widths do not depend on what derived fields hold, and counting
            // at each level what is below would take time beyond bounds.
            return Ok(values);
        }
        let first = w.bit_offset();
        let ends = if record.uses_sizes() {
            self.ends(record, &values, w)?
        } else {
            Vec::new()
        };
        let size_of = |index: usize| size_between(first, &ends, index);
        let size_of_self = ends.last().map(|end| (end - start).div_ceil(8));
        for (index, field) in record.fields.iter().enumerate() {
            let Some(expr) = &field.derived else { continue };
            let fields = Fields {
                record,
                values: &values,
                size_of: &size_of,
                size_of_self,
            };
            let expected = fields.eval(expr).unwrap_or(i128::MAX);
            let found = given
                .given(index)
                .map_or(expected, |value| value.as_i128().unwrap_or(i128::MAX));
            if found != expected {
                let fault = w.fail(ErrorKind::WrongDerived { expected, found });
                return Err(in_field(w, fault, &field.name));
            }
            values[index] = Value::integer(expected);
        }
        let fields = Fields {
            record,
            values: &values,
            size_of: &size_of,
            size_of_self,
        };
        check_dependents(&fields, w)?;
        Ok(values)
    }

    /// Where each field will end.
    fn ends<S: Sink, O: Order>(
        &self,
        record: &Record,
        values: &[Value],
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<u64>, Fault> {
        let mut counter = w.counter();
        let mut ends = Vec::with_capacity(values.len());
        for (field, value) in record.fields.iter().zip(values) {
            let counter = &mut counter;
            if let Err(fault) = self.field(field, value, counter) {
                let fault = in_field(counter, fault, &field.name);
                return Err(w.adopt(counter.into_error(fault)));
            }
            ends.push(counter.bit_offset());
        }
        Ok(ends)
    }

    fn union<S: Sink, O: Order>(
        &self,
        union: &Union,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let Value::Variant(variant) = value else {
            return Err(wrong_type("a variant", value, w));
        };
        let (tag, body) = match (union.variant(&variant.name), &union.other) {
            (Some(known), _) => (known.tag, Some(&known.body)),
            (None, Some(other)) if other.name == variant.name => (variant.tag, None),
            _ => {
                let names = union.variants.iter().map(|variant| &*variant.name);
                let suggestions = nearest(&variant.name, names);
                let name = variant.name.to_string();
                return Err(w.fail(ErrorKind::UnknownName { name, suggestions }));
            }
        };
        let result = match union.variant_by_tag(tag) {
            // It would be read as the known variant.
            Some(known) if body.is_none() => Err(w.fail(ErrorKind::known_tag(tag, &known.name))),
            _ => self.union_body(union, tag, body, &variant.body, w),
        };
        result.map_err(|fault| w.within(fault, Step::Variant(variant.name.to_string().into())))
    }

    fn union_body<S: Sink, O: Order>(
        &self,
        union: &Union,
        tag: u128,
        shape: Option<&Shape>,
        body: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let start = w.written();
        self.raw(&union.tag, tag, w)?;
        let length = match &union.length {
            None => None,
            Some(length) => {
                w.expect_byte_boundary()?;
                let at = w.written();
                self.raw(&length.shape, 0, w)?;
                Some((length, at, w.written()))
            }
        };
        match (shape, body) {
            (Some(shape), body) => self.shape(shape, body, w)?,
            (None, Value::Bytes(bytes)) => w.bytes(bytes)?,
            (None, Value::Text(text)) => w.bytes(text.as_bytes())?,
            (None, other) => return Err(wrong_type("bytes", other, w)),
        }
        let Some((length, at, behind)) = length else {
            return Ok(());
        };
        w.expect_byte_boundary()?;
        let from = match length.counts {
            LengthCounts::Body => behind,
            LengthCounts::Rest => at,
            LengthCounts::Message => start,
        };
        let found = (w.written() - from) as u64;
        let max = greatest_count(&length.shape);
        if found > max {
            return Err(w.fail(ErrorKind::TooLong { length: found, max }));
        }
        let mut bytes = Vec::new();
        let mut patch = Writer::<_, O>::new(VecSink::new(&mut bytes));
        match self.raw(&length.shape, found.into(), patch.unaligned()) {
            Ok(()) => w.patch(at, &bytes),
            Err(fault) => {
                let kind = patch.into_error(fault).kind().clone();
                return Err(w.fail(kind));
            }
        }
        Ok(())
    }

    fn enumeration<S: Sink, O: Order>(
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

    /// Writes an integer by its bits, without regard to sign.
    fn raw<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        bits: u128,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let value = match shape {
            Shape::Integer {
                bits: width,
                signed: true,
            } => {
                let unused = 128 - width;
                Value::integer((bits << unused).cast_signed() >> unused)
            }
            _ => Value::Unsigned(bits),
        };
        self.shape(shape, &value, w)
    }
}

/// Checks that counts and sizes say what the fields they are for have.
fn check_dependents<S: Sink, O: Order>(
    fields: &Fields<'_>,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    for (index, field) in fields.record.fields.iter().enumerate() {
        let (expr, found) = match (&field.size, field.shape.count()) {
            (Some(size), _) => (size, (fields.size_of)(index).map(i128::from)),
            (None, Some(Count::Expr(count))) => (count, fields.values[index].units()),
            _ => continue,
        };
        let expected = fields.eval(expr).unwrap_or(i128::MAX);
        // What is no list, text or bytes is refused when it is written.
        let found = found.unwrap_or(expected);
        if expected != found {
            let fault = w.fail(ErrorKind::WrongDerived { expected, found });
            return Err(in_field(w, fault, &field.name));
        }
    }
    Ok(())
}

/// The parts of a record that a value gives.
struct Given<'a> {
    values: &'a [Value],
    /// Where each field's value is, in field order; `None`: as the fields.
    places: Option<Vec<Option<usize>>>,
}

impl<'a> Given<'a> {
    fn new<S: Sink, O: Order>(
        record: &Record,
        value: &'a Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<Self, Fault> {
        match value {
            Value::Record(value) if value.names().same(&record.names) => Ok(Self {
                values: value.values(),
                places: None,
            }),
            Value::Record(value) => Self::by_name(record, value, w),
            // A row.
            Value::List(values) if values.len() == record.fields.len() => Ok(Self {
                values,
                places: None,
            }),
            Value::Null if record.fields.is_empty() => Ok(Self {
                values: &[],
                places: None,
            }),
            other => Err(wrong_type(
                if record.row {
                    alloc::format!("a row of {} values", record.fields.len())
                } else {
                    "a record".into()
                },
                other,
                w,
            )),
        }
    }

    fn by_name<S: Sink, O: Order>(
        record: &Record,
        value: &'a RecordValue,
        w: Dynamic<'_, S, O>,
    ) -> Result<Self, Fault> {
        let mut places = alloc::vec![None; record.fields.len()];
        for (index, (name, _)) in value.iter().enumerate() {
            let Some(position) = record.names.position(name) else {
                let suggestions = nearest(name, record.names.iter().map(|name| &**name));
                let name = name.to_string();
                return Err(w.fail(ErrorKind::UnknownName { name, suggestions }));
            };
            places[position] = Some(index);
        }
        Ok(Self {
            values: value.values(),
            places: Some(places),
        })
    }

    fn given(&self, index: usize) -> Option<&'a Value> {
        match &self.places {
            None => self.values.get(index),
            Some(places) => self.values.get(places[index]?),
        }
    }

    /// The value of a field, or its default.
    fn value<'b>(&'b self, field: &'b Field, index: usize) -> Result<Cow<'b, Value>, ErrorKind> {
        match (self.given(index), &field.default, &field.shape) {
            (Some(value), _, _) => Ok(Cow::Borrowed(value)),
            (None, Some(default), _) => Ok(Cow::Borrowed(default)),
            (None, None, Shape::Constant { .. }) => Ok(Cow::Owned(Value::Null)),
            (None, None, _) => Err(ErrorKind::MissingField(field.name.to_string().into())),
        }
    }
}

fn integer<S: Sink, O: Order>(
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

#[expect(clippy::cast_precision_loss, reason = "what is lost is looked at")]
fn float<S: Sink, O: Order>(bits: u32, value: &Value, w: Dynamic<'_, S, O>) -> Result<(), Fault> {
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
    match float.narrow() {
        Some(narrow) => w.bits(narrow.to_bits().into(), 32),
        None => Err(wrong_type(
            "a floating-point number that fits 32 bits",
            value,
            w,
        )),
    }
}

#[cold]
fn wrong_type<S: Sink, O: Order>(
    expected: impl Into<Cow<'static, str>>,
    found: &Value,
    w: Dynamic<'_, S, O>,
) -> Fault {
    w.fail(ErrorKind::WrongType {
        expected: expected.into(),
        found: found.kind().into(),
    })
}

#[cold]
fn in_field<S: Sink, O: Order>(w: Dynamic<'_, S, O>, fault: Fault, name: &str) -> Fault {
    w.within(fault, Step::Field(Cow::Owned(name.into())))
}
