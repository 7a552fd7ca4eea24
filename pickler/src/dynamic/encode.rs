//! Writing by a schema.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::decode::greatest_count;
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
        let given = Given::new(record, value, w)?;
        if let Some(magic) = &record.magic {
            self.shape(magic, &Value::Null, w)
                .map_err(|fault| w.within_field(fault, "magic"))?;
        }
        if !record.has_dependent_fields() {
            for (index, field) in record.fields.iter().enumerate() {
                let result = match given.value(self, field, index) {
                    Ok(value) => self.shape(&field.shape, &value, w),
                    Err(kind) => Err(w.fail(kind)),
                };
                result.map_err(|fault| in_field(w, fault, &field.name))?;
            }
            return Ok(());
        }
        let values = self.complete(record, &given, w)?;
        for (field, value) in record.fields.iter().zip(&values) {
            self.shape(&field.shape, value, w)
                .map_err(|fault| in_field(w, fault, &field.name))?;
        }
        Ok(())
    }

    /// All values of a record whose fields depend on each other.
    fn complete<S: Sink, O: Order>(
        &self,
        record: &Record,
        given: &Given<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<Value>, Fault> {
        let mut values = Vec::with_capacity(record.fields.len());
        for (index, field) in record.fields.iter().enumerate() {
            let value = match (&field.derived, given.given(index)) {
                (Some(_), None) => Ok(Cow::Owned(Value::Unsigned(0))),
                _ => given.value(self, field, index),
            };
            match value {
                Ok(value) => values.push(value.into_owned()),
                Err(kind) => {
                    let fault = w.fail(kind);
                    return Err(in_field(w, fault, &field.name));
                }
            }
        }
        // Widths do not depend on what derived fields hold.
        let mut sizes = Vec::with_capacity(values.len());
        for (field, value) in record.fields.iter().zip(&values) {
            let mut counter = w.counter();
            let start = counter.bit_offset();
            sizes.push(match self.shape(&field.shape, value, &mut counter) {
                Ok(()) => Some((counter.bit_offset() - start).div_ceil(8)),
                Err(_) => None,
            });
        }
        let magic = record.magic.as_ref().map_or(Some(0), |magic| {
            let mut counter = w.counter();
            let start = counter.bit_offset();
            let size = self.shape(magic, &Value::Null, &mut counter);
            size.is_ok()
                .then(|| (counter.bit_offset() - start).div_ceil(8))
        });
        let size_of_self = sizes
            .iter()
            .try_fold(magic.unwrap_or(0), |sum, size| size.map(|size| sum + size));
        for (index, field) in record.fields.iter().enumerate() {
            let size_of = |index: usize| sizes.get(index).copied().flatten();
            let fields = Fields {
                record,
                values: &values,
                size_of: &size_of,
                size_of_self,
            };
            let check = |kind: Option<ErrorKind>, w: Dynamic<'_, S, O>| match kind {
                None => Ok(()),
                Some(kind) => {
                    let fault = w.fail(kind);
                    Err(in_field(w, fault, &field.name))
                }
            };
            if let Some(expr) = &field.derived {
                let expected = fields.eval(expr).unwrap_or(i128::MAX);
                let wrong = given.given(index).and_then(|value| {
                    let found = value.as_i128().unwrap_or(i128::MAX);
                    (found != expected).then_some(ErrorKind::WrongDerived { expected, found })
                });
                check(wrong, w)?;
                values[index] = Value::integer(expected);
            }
        }
        self.check_dependents(record, &values, &sizes, w)?;
        Ok(values)
    }

    /// Checks that counts and sizes say what the fields they are for have.
    fn check_dependents<S: Sink, O: Order>(
        &self,
        record: &Record,
        values: &[Value],
        sizes: &[Option<u64>],
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let size_of = |index: usize| sizes.get(index).copied().flatten();
        let fields = Fields {
            record,
            values,
            size_of: &size_of,
            size_of_self: None,
        };
        for (index, field) in record.fields.iter().enumerate() {
            let expected = match (&field.size, field.shape.count()) {
                (Some(size), _) => Some((fields.eval(size), sizes[index].map(i128::from))),
                (None, Some(Count::Expr(count))) => {
                    Some((fields.eval(count), values[index].units()))
                }
                _ => None,
            };
            if let Some((Some(expected), Some(found))) = expected
                && expected != found
            {
                let fault = w.fail(ErrorKind::WrongDerived { expected, found });
                return Err(in_field(w, fault, &field.name));
            }
        }
        Ok(())
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
        self.union_body(union, tag, body, &variant.body, w)
            .map_err(|fault| w.within(fault, Step::Variant(variant.name.to_string().into())))
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
            match record.names.position(name) {
                Some(position) => places[position] = Some(index),
                None => {
                    let suggestions = nearest(name, record.names.iter().map(|name| &**name));
                    let name = name.to_string();
                    return Err(w.fail(ErrorKind::UnknownName { name, suggestions }));
                }
            }
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
    fn value<'b>(
        &'b self,
        encoder: &Encoder<'_>,
        field: &'b Field,
        index: usize,
    ) -> Result<Cow<'b, Value>, ErrorKind> {
        let _ = encoder;
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
            max: (u128::MAX >> (128 - bits)).cast_signed(),
        }),
        other => return Err(wrong_type("an integer", other, w)),
    };
    match fits {
        Ok(raw) => w.bits(raw, bits),
        Err(kind) => Err(w.fail(kind)),
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
