//! Writing by a schema.

mod choice;
mod elsewhere;
mod filtered;
mod given;
mod keyed;
mod leaf;
mod list;
mod nested;
mod optional;
mod padding;
mod record;
mod shared;
mod sized;
mod union;

use alloc::string::ToString;
use alloc::vec::Vec;

use super::context::{self, Parameters};
use super::scope::Scope;
use super::unordered;
use super::value::Value;
use crate::codec::{wherever_it_may_begin, write_whole};
use crate::cursor::{
    Align, BitOrder, ByteOrder, Counter, Fault, Network, Order, Sink, Unaligned, VecSink, Writer,
};
use crate::error::{Error, ErrorKind, Step, Text, has_no_value};
use crate::picklers::Body;
use crate::schema::{Record, Schema, Shape};
use elsewhere::Item;
pub(crate) use nested::DerivedWithin;

/// The bytes of a value.
///
/// Fields that the value lacks take their defaults; derived fields are filled
/// in, and verified if the value has them; but for offsets, since what was read
/// at one place may be written at another.
///
/// # Errors
/// If the value is not of the shape that the schema asks for, or does not fit.
pub fn encode(schema: &Schema, value: &Value) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    encode_into(schema, value, &mut bytes)?;
    Ok(bytes)
}

/// Appends the bytes of a value to `out`, which stays as it was on an error.
///
/// # Errors
/// Those of [`encode`].
pub fn encode_into(schema: &Schema, value: &Value, out: &mut Vec<u8>) -> Result<(), Error> {
    let start = out.len();
    let encoder = &Encoder::new(schema);
    let item = Item {
        encoder,
        shape: schema.root(),
        value,
        scope: &encoder.alone,
    };
    let Err(error) = write_whole(VecSink::new(out), &item) else {
        return Ok(());
    };
    out.truncate(start);
    Err(match schema.root() {
        Shape::Named(reference) => {
            let name = schema.definition(*reference).name.to_string();
            error.within(Step::Type(name.into()))
        }
        _ => error,
    })
}

/// How many bits a value of one shape of the schema takes.
pub(crate) fn measure(
    schema: &Schema,
    shape: &Shape,
    value: &Value,
    scope: &Scope<'_>,
) -> Result<u64, Error> {
    wherever_it_may_begin(|start| {
        let mut w = Writer::<_, Network>::new(Counter::default());
        w.count_elsewhere();
        let w = w.unaligned();
        let written = w
            .bits(0, start)
            .and_then(|()| Encoder::new(schema).shape(shape, value, scope, w));
        match written {
            Ok(()) => Ok(w.bit_offset() - u64::from(start)),
            Err(fault) => Err(w.into_error(fault)),
        }
    })
}

/// The bytes of a value of one shape of the schema.
///
/// # Errors
/// Those of [`encode`].
pub fn encode_shape(schema: &Schema, shape: &Shape, value: &Value) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let encoder = &Encoder::new(schema);
    let item = Item {
        encoder,
        shape,
        value,
        scope: &encoder.alone,
    };
    write_whole(VecSink::new(&mut bytes), &item)?;
    Ok(bytes)
}

/// Checks that a record can be written.
pub(crate) fn check_record(
    schema: &Schema,
    record: &Record,
    value: &Value,
    scope: &Scope<'_>,
) -> Result<(), Error> {
    struct Alone<'a>(Encoder<'a>, &'a Record, &'a Value, &'a Scope<'a>, u32);

    impl Body for Alone<'_> {
        fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
            let Self(encoder, record, value, scope, start) = self;
            let w = w.unaligned();
            w.bits(0, *start)?;
            encoder.record(record, value, scope, w)?;
            w.finish()
        }
    }

    wherever_it_may_begin(|start| {
        let mut bytes = Vec::new();
        let alone = Alone(Encoder::new(schema), record, value, scope, start);
        write_whole(VecSink::new(&mut bytes), &alone).map(drop)
    })
}

type Dynamic<'w, S, O> = &'w mut Writer<S, O, Unaligned>;

struct Encoder<'a> {
    schema: &'a Schema,
    /// What a type sees that is given nothing.
    alone: Scope<'a>,
}

impl<'a> Encoder<'a> {
    fn new(schema: &'a Schema) -> Self {
        let alone = Scope::of_type(schema, Parameters::NONE);
        Self { schema, alone }
    }
}

impl Encoder<'_> {
    /// `scope` is what the shape's expressions see.
    ///
    /// Integers, of which there are most, are written without a call to what can
    /// write everything.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn shape<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match (shape, value) {
            (
                Shape::Integer {
                    bits,
                    signed: false,
                },
                Value::Unsigned(value),
            ) if fits(*value, *bits) => put(*value, *bits, w),
            _ => self.any_shape(shape, value, scope, w),
        }
    }

    /// The most usual shapes, each by a function of its own: nothing is kept for
    /// it while they call each other.
    #[inline(never)]
    fn any_shape<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match shape {
            Shape::Bytes { count } => match value {
                Value::Bytes(bytes) => self.bytes(count, bytes, scope, w),
                Value::Text(text) => self.bytes(count, text.as_bytes(), scope, w),
                other => Err(wrong_type("bytes or text", other, w)),
            },
            Shape::Text { count } => match value {
                Value::Text(text) => self.bytes(count, text.as_bytes(), scope, w),
                Value::Bytes(bytes) => match core::str::from_utf8(bytes) {
                    Ok(_) => self.bytes(count, bytes, scope, w),
                    Err(error) => {
                        let valid_up_to = error.valid_up_to() as u64;
                        Err(w.fail(ErrorKind::NotUtf8 { valid_up_to }))
                    }
                },
                other => Err(wrong_type("text", other, w)),
            },
            Shape::List { item, count } => match value {
                Value::List(items) => self.list(item, count, items, scope, w),
                other => Err(wrong_type("a list", other, w)),
            },
            Shape::Record(record) => self.record(record, value, scope, w),
            Shape::Union(union) => self.union(union, value, scope, w),
            // A type of its own sees nothing of who mentions it.
            Shape::Named(reference) => {
                let shape = &self.schema.definition(*reference).shape;
                self.shape(shape, value, &self.alone, w)
            }
            _ => self.other_shape(shape, value, scope, w),
        }
    }

    #[inline(never)]
    fn other_shape<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match shape {
            Shape::Integer { bits, signed } => leaf::integer(*bits, *signed, value, w),
            Shape::Varint(format) => leaf::varint(*format, value, w),
            Shape::Bool { bits } => match value {
                Value::Bool(value) => w.bits((*value).into(), *bits),
                other => Err(wrong_type("true or false", other, w)),
            },
            Shape::Float { bits } => leaf::float(*bits, value, w),
            Shape::Opaque(opaque) => leaf::opaque(opaque, value, w),
            Shape::Tuple(items) => self.tuple(items, value, scope, w),
            Shape::Keyed(keyed) => self.keyed(keyed, value, w),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration, value, w),
            Shape::Optional { item, none } => self.sentinel(item, none, value, scope, w),
            Shape::Conditional {
                item,
                presence,
                absent,
            } => self.conditional(item, presence, absent, value, scope, w),
            Shape::Constant { item, value: known } => match value {
                Value::Null => self.shape(item, known, scope, w),
                value if known.means(value) => self.shape(item, known, scope, w),
                other => Err(wrong_type("the constant, or null", other, w)),
            },
            Shape::Choice {
                alternatives,
                names,
            } => self.choice(alternatives, names, value, scope, w),
            Shape::Peeked { ahead, item } => self.peeked(ahead, item, value, scope, w),
            Shape::Ordered { item, bytes, bits } => {
                match (bytes.unwrap_or(O::BYTES), bits.unwrap_or(O::BITS)) {
                    (ByteOrder::Big, BitOrder::Msb) => {
                        self.shape(item, value, scope, w.as_order::<<O::Big as Order>::Msb>())
                    }
                    (ByteOrder::Big, BitOrder::Lsb) => {
                        self.shape(item, value, scope, w.as_order::<<O::Big as Order>::Lsb>())
                    }
                    (ByteOrder::Little, BitOrder::Msb) => self.shape(
                        item,
                        value,
                        scope,
                        w.as_order::<<O::Little as Order>::Msb>(),
                    ),
                    (ByteOrder::Little, BitOrder::Lsb) => self.shape(
                        item,
                        value,
                        scope,
                        w.as_order::<<O::Little as Order>::Lsb>(),
                    ),
                }
            }
            Shape::OrderedBy { item, little } => match scope.eval(little) {
                Some(0) => self.shape(item, value, scope, w.as_order::<O::Big>()),
                Some(_) => self.shape(item, value, scope, w.as_order::<O::Little>()),
                None => Err(w.fail(has_no_value(little))),
            },
            Shape::Given { item, arguments } => {
                let values = match context::arguments(self.schema, item, arguments, scope) {
                    Ok(values) => values,
                    Err(kind) => return Err(w.fail(kind)),
                };
                let parameters = Parameters::new(self.schema, item, &values);
                let scope = Scope::of_type(self.schema, parameters);
                self.shape(self.schema.named(item), value, &scope, w)
            }
            Shape::Shown { item, pairs } => {
                let actual = pairs.iter().find(|(_, shown)| shown.means(value));
                self.shape(item, actual.map_or(value, |(actual, _)| actual), scope, w)
            }
            Shape::Satisfying { item, condition } => {
                // What follows from sizes is not known while they are found out.
                if !S::COUNTS_ONLY
                    && let Some(kind) = scope
                        .looking(w.looks())
                        .dissatisfied(condition, value, item)
                {
                    return Err(w.fail(kind));
                }
                self.shape(item, value, scope, w)
            }
            Shape::Means { item, meaning } => match meaning.write(value, item) {
                Ok(wire) => self.shape(item, &wire, scope, w),
                Err(kind) => Err(w.fail(kind)),
            },
            Shape::ProtobufField { number, form, item } => {
                self.protobuf_field(*number, *form, item, value, w)
            }
            Shape::Padded { item, padding } => {
                padding.write(w, |w| self.whole(item, value, scope, w))
            }
            Shape::Behind { magic, item } => {
                self.magic(magic, w)?;
                self.shape(item, value, scope, w)
            }
            Shape::Filled { item, fill, .. } => self.filled(item, *fill, value, scope, w),
            Shape::Sized {
                item,
                size,
                leftover,
            } => self.sized(item, size, *leftover, value, scope, w),
            Shape::Filtered { item, filter } => self.filtered(item, filter, value, scope, w),
            Shape::Unordered { list, by_key } => match value {
                Value::List(items) => {
                    match unordered::sorted(self.schema, list, *by_key, items.clone()) {
                        Ok(items) => self.shape(list, &Value::List(items), scope, w),
                        Err(index) => {
                            let fault = w.fail(ErrorKind::RepeatedItem);
                            Err(w.within(fault, Step::Item(index as u64)))
                        }
                    }
                }
                other => Err(wrong_type("a list", other, w)),
            },
            Shape::Shared { item, reference } => self.shared(item, reference, value, scope, w),
            Shape::Elsewhere { item, place } => self.elsewhere(item, place, value, scope, w),
            Shape::Mapped { item, .. } | Shape::Json { item } => self.shape(item, value, scope, w),
            Shape::Boxed(item) => {
                w.descend()?;
                self.shape(item, value, scope, w)?;
                w.ascend();
                Ok(())
            }
            Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::List { .. }
            | Shape::Record(_)
            | Shape::Union(_)
            | Shape::Named(_) => self.any_shape(shape, value, scope, w),
        }
    }

    /// Writes an integer or a tag of bytes by its bits, without regard to sign.
    #[inline(always)]
    fn raw<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        bits: u128,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match shape {
            Shape::Integer {
                bits: width,
                signed: false,
            } if fits(bits, *width) => put(bits, *width, w),
            _ => self.raw_of_other(shape, bits, w),
        }
    }

    #[inline(never)]
    fn raw_of_other<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        bits: u128,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        self.any_shape(shape, &shape.value_of_tag(bits), &Scope::NONE, w)
    }
}

/// The number has no more than so many bits, of which there is one at least.
#[inline(always)]
fn fits(value: u128, bits: u32) -> bool {
    match u64::try_from(value) {
        Ok(value) => bits >= 64 || value >> bits == 0,
        Err(_) => value >> (bits - 1) <= 1,
    }
}

/// Writes an integer, as most have it without a call.
#[inline(always)]
fn put<S: Sink, O: Order>(value: u128, bits: u32, w: Dynamic<'_, S, O>) -> Result<(), Fault> {
    if w.put_whole_integer(value, bits) {
        return Ok(());
    }
    w.bits(value, bits)
}

#[cold]
fn wrong_type<S: Sink, O: Order>(
    expected: impl Into<Text>,
    found: &Value,
    w: Dynamic<'_, S, O>,
) -> Fault {
    w.fail(ErrorKind::WrongType {
        expected: expected.into(),
        found: found.kind().into(),
    })
}
