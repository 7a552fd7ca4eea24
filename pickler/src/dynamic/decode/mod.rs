//! Reading by a schema.

mod choice;
mod elsewhere;
mod filtered;
mod keyed;
mod leaf;
mod list;
mod optional;
mod padding;
mod record;
mod shared;
mod sized;
mod straight;
mod union;
mod untagged;
mod wrapped;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::build::{Build, Values};
use super::context::Parameters;
use super::frame::Frame;
use super::scope::Scope;
use super::trace::{Role, Unwatched, Watch};
use super::value::Value;
use crate::codec::too_large;
use crate::cursor::{BitOrder, ByteOrder, Fault, Limits, Network, Order, Reader, Unaligned};
use crate::error::{Error, Step};
use crate::schema::{Schema, Shape};
use crate::stream::Prefix;

/// Reads a value that takes up all of `bytes`.
///
/// # Errors
/// Those of [`decode`](crate::decode) for the type that the schema describes.
pub fn decode(schema: &Schema, bytes: &[u8]) -> Result<Value, Error> {
    decode_with_limits(schema, bytes, Limits::default())
}

/// Reads a value that takes up all of `bytes`, within `limits`.
///
/// # Errors
/// Those of [`decode`], and if a limit is passed.
pub fn decode_with_limits(schema: &Schema, bytes: &[u8], limits: Limits) -> Result<Value, Error> {
    decode_by(schema, bytes, limits, &mut Values)
}

/// Reads a value that takes up all of `bytes`, of which `build` makes what it
/// likes as it is read.
///
/// # Errors
/// Those of [`decode_with_limits`]; then `build` has made a part of it.
pub fn decode_by<B: Build>(
    schema: &Schema,
    bytes: &[u8],
    limits: Limits,
    build: &mut B,
) -> Result<B::Value, Error> {
    let mut value = B::Value::default();
    match build_shape(schema, schema.root(), bytes, limits, build, &mut value) {
        Ok(()) => Ok(value),
        Err(error) => Err(of_root(schema, error)),
    }
}

/// The same, looked on.
pub(in crate::dynamic) fn decode_watched<W: Watch>(
    schema: &Schema,
    bytes: &[u8],
    watch: W,
) -> Result<Value, Error> {
    let decoder = Decoder::new(schema, watch);
    let read = |r: Dynamic<'_, '_, Network>| decoder.shape(schema.root(), &decoder.alone, r);
    let result = read_whole(bytes, Limits::default(), read, |value| {
        decoder.watch.failed(|| Frame::whole(value));
    });
    result.map_err(|error| of_root(schema, error))
}

/// An error of a value of the schema's type.
#[cold]
fn of_root(schema: &Schema, error: Error) -> Error {
    match schema.root() {
        Shape::Named(reference) => {
            let name = schema.definition(*reference).name.to_string();
            error.within(Step::Type(name.into()))
        }
        _ => error,
    }
}

/// Reads a value from the start of a stream that may go on, as
/// [`stream::decode_prefix`](crate::stream::decode_prefix) does.
///
/// # Errors
/// If the bytes are no such value, whatever follows them.
///
/// ```
/// use pickler::dynamic::{Value, decode_prefix};
/// use pickler::{schema::Schema, stream::Prefix};
///
/// let schema = Schema::of::<u16>();
/// assert_eq!(decode_prefix(&schema, &[1])?, Prefix::Needs(1));
/// let value = Value::Unsigned(0x0102);
/// assert_eq!(decode_prefix(&schema, &[1, 2, 3])?, Prefix::Value { value, taken: 2 });
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn decode_prefix(schema: &Schema, bytes: &[u8]) -> Result<Prefix<Value>, Error> {
    let mut r = Reader::<Network>::new(bytes).open();
    let decoder = Decoder::new(schema, Unwatched);
    let result = decoder.shape(schema.root(), &decoder.alone, r.unaligned());
    Prefix::of(result, r)
}

/// Reads a value of one shape of the schema that takes up all of `bytes`.
pub fn decode_shape(schema: &Schema, shape: &Shape, bytes: &[u8]) -> Result<Value, Error> {
    let mut value = Value::Null;
    build_shape(
        schema,
        shape,
        bytes,
        Limits::default(),
        &mut Values,
        &mut value,
    )?;
    Ok(value)
}

fn build_shape<B: Build>(
    schema: &Schema,
    shape: &Shape,
    bytes: &[u8],
    limits: Limits,
    build: &mut B,
    out: &mut B::Value,
) -> Result<(), Error> {
    let decoder = Decoder::new(schema, Unwatched);
    let read = |r: Dynamic<'_, '_, Network>| decoder.put(shape, &decoder.alone, build, out, r);
    read_whole(bytes, limits, read, |()| ())
}

/// Reads a value of one shape of the schema from the start of `bytes`.
pub(crate) fn decode_start_of(
    schema: &Schema,
    shape: &Shape,
    bytes: &[u8],
) -> Result<Value, Error> {
    let mut r = Reader::<Network>::new(bytes);
    let decoder = Decoder::new(schema, Unwatched);
    let result = decoder.shape(shape, &decoder.alone, r.unaligned());
    result.map_err(|fault| r.into_error(fault))
}

/// What takes up all of `bytes`. If something is left, `excess` is told of what
/// was read.
fn read_whole<'de, T>(
    bytes: &'de [u8],
    limits: Limits,
    read: impl FnOnce(Dynamic<'_, 'de, Network>) -> Result<T, Fault>,
    excess: impl FnOnce(T),
) -> Result<T, Error> {
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large(bytes.len(), limits));
    }
    let mut r = Reader::<Network>::with_limits(bytes, limits);
    let fault = match read(r.unaligned()) {
        Ok(value) => match r.finish() {
            Ok(()) => return Ok(value),
            Err(fault) => {
                excess(value);
                fault
            }
        },
        Err(fault) => fault,
    };
    Err(r.into_error(fault))
}

/// Reads a value from the start of a stream, looked on: how many bytes it
/// takes.
pub(in crate::dynamic) fn decode_start<W: Watch>(schema: &Schema, bytes: &[u8], watch: W) -> Start {
    let mut r = Reader::<Network>::new(bytes).open();
    let decoder = Decoder::new(schema, watch);
    let result = decoder.shape(schema.root(), &decoder.alone, r.unaligned());
    match (result, r.missing()) {
        (_, Some(missing)) => Start::Missing(missing),
        (Ok(_), None) => Start::Complete,
        (Err(_), None) => Start::Failed,
    }
}

/// What the start of a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A value, perhaps with more behind it.
    Complete,
    /// A value of which at least so many bytes are missing.
    Missing(u64),
    /// No value, whatever comes.
    Failed,
}

/// What one shape of the schema reads; `None` where it does not, and then the
/// cursor stays where it is.
pub(in crate::dynamic) fn decode_ahead<O: Order>(
    schema: &Schema,
    shape: &Shape,
    scope: &Scope<'_>,
    r: &mut Reader<'_, O>,
) -> Option<Value> {
    let mark = r.mark();
    match Decoder::new(schema, Unwatched).shape(shape, scope, r.unaligned()) {
        Ok(value) => Some(value),
        Err(fault) => {
            r.forgive(fault);
            r.reset(mark);
            None
        }
    }
}

/// What is read in another order, where that is said.
macro_rules! with_order {
    ($bytes:expr, $bits:expr, $r:ident, |$inner:ident| $read:expr) => {
        match ($bytes.unwrap_or(O::BYTES), $bits.unwrap_or(O::BITS)) {
            (ByteOrder::Big, BitOrder::Msb) => {
                let $inner = $r.as_order::<<O::Big as Order>::Msb>();
                $read
            }
            (ByteOrder::Big, BitOrder::Lsb) => {
                let $inner = $r.as_order::<<O::Big as Order>::Lsb>();
                $read
            }
            (ByteOrder::Little, BitOrder::Msb) => {
                let $inner = $r.as_order::<<O::Little as Order>::Msb>();
                $read
            }
            (ByteOrder::Little, BitOrder::Lsb) => {
                let $inner = $r.as_order::<<O::Little as Order>::Lsb>();
                $read
            }
        }
    };
}
use with_order;

type Dynamic<'r, 'de, O> = &'r mut Reader<'de, O, Unaligned>;

struct Decoder<'a, W> {
    schema: &'a Schema,
    /// What a type sees that is given nothing.
    alone: Scope<'a>,
    watch: W,
}

impl<'a, W: Watch> Decoder<'a, W> {
    fn new(schema: &'a Schema, watch: W) -> Self {
        let alone = Scope::of_type(schema, Parameters::NONE);
        Self {
            schema,
            alone,
            watch,
        }
    }
}

impl<W: Watch> Decoder<'_, W> {
    /// `scope` is what the shape's expressions see.
    ///
    /// Integers, of which there are most, are read without a call to what can
    /// read everything.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn shape<O: Order>(
        &self,
        shape: &Shape,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match shape {
            Shape::Integer { bits, signed } => self.integer(*bits, *signed, r),
            _ => self.any_shape(shape, scope, r),
        }
    }

    /// The most usual shapes, each by a function of its own: nothing is kept for
    /// it while they call each other.
    #[inline(never)]
    fn any_shape<O: Order>(
        &self,
        shape: &Shape,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match shape {
            Shape::Bytes { count } => self.bytes(count, scope, r),
            Shape::Text { count } => self.text(count, scope, r),
            Shape::List { item, count } => self.list(item, count, scope, r),
            Shape::Record(record) => self.record(record, scope, r),
            Shape::Union(union) => self.union(union, scope, r),
            // A type of its own sees nothing of who mentions it.
            Shape::Named(reference) => {
                self.shape(&self.schema.definition(*reference).shape, &self.alone, r)
            }
            _ => self.other_shape(shape, scope, r),
        }
    }

    #[inline(never)]
    fn other_shape<O: Order>(
        &self,
        shape: &Shape,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match shape {
            Shape::Integer { bits, signed } => self.integer(*bits, *signed, r),
            Shape::Varint(format) => self.varint(*format, r),
            Shape::Bool { bits } => self.boolean(*bits, r),
            Shape::Float { bits } => self.float(*bits, r),
            Shape::Opaque(opaque) => self.opaque(opaque, r),
            Shape::Tuple(items) => self.tuple(items, scope, r),
            Shape::Keyed(keyed) => self.keyed(keyed, r),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration, r),
            Shape::Optional { item, none } => self.sentinel(item, none, scope, r),
            Shape::Conditional {
                item,
                presence,
                absent,
            } => self.conditional(item, presence, absent, scope, r),
            Shape::Constant { item, value } => self.constant(item, value, scope, r),
            Shape::Choice {
                alternatives,
                names,
            } => self.choice(alternatives, names, scope, r),
            Shape::Peeked { ahead, item } => self.peeked(ahead, item, scope, r),
            Shape::Ordered { item, bytes, bits } => self.ordered(item, *bytes, *bits, scope, r),
            Shape::OrderedBy { item, little } => self.ordered_by(item, little, scope, r),
            Shape::Given { item, arguments } => self.given(item, arguments, scope, r),
            Shape::Shown { item, pairs } => self.shown(item, pairs, scope, r),
            Shape::Satisfying { item, condition } => self.satisfying(item, condition, scope, r),
            Shape::Means { item, meaning } => self.meaning(item, meaning, scope, r),
            Shape::ProtobufField { number, form, item } => {
                self.protobuf_field(*number, *form, item, r)
            }
            Shape::Padded { item, padding } => padding.read(r, |r| self.shape(item, scope, r)),
            Shape::Behind { magic, item } => {
                self.magic(magic, r)?;
                self.shape(item, scope, r)
            }
            Shape::Filled {
                item,
                fill,
                padding,
            } => self.filled(item, *fill, *padding, scope, r),
            Shape::Sized {
                item,
                size,
                leftover,
            } => self.sized(item, size, *leftover, scope, r),
            Shape::Filtered { item, filter } => self.filtered(item, filter, scope, r),
            Shape::Unordered { list, by_key } => self.unordered(list, *by_key, scope, r),
            Shape::Shared { item, reference } => self.shared(item, reference, scope, r),
            Shape::Elsewhere { item, place } => self
                .elsewhere(item, place, scope, r)
                .map(|(value, _)| value),
            Shape::Mapped { item, .. } | Shape::Json { item } => self.shape(item, scope, r),
            Shape::Boxed(item) => self.boxed(item, scope, r),
            Shape::Bytes { .. }
            | Shape::Text { .. }
            | Shape::List { .. }
            | Shape::Record(_)
            | Shape::Union(_)
            | Shape::Named(_) => self.any_shape(shape, scope, r),
        }
    }

    fn ordered<O: Order>(
        &self,
        item: &Shape,
        bytes: Option<ByteOrder>,
        bits: Option<BitOrder>,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        with_order!(bytes, bits, r, |r| self.shape(item, scope, r))
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
        Decoder::new(self.schema, Unwatched).shape(shape, &Scope::NONE, r)
    }

    /// The bits of an integer or of a tag of bytes, without regard to sign.
    #[inline(always)]
    fn raw<O: Order>(&self, shape: &Shape, r: Dynamic<'_, '_, O>) -> Result<u128, Fault> {
        match shape {
            Shape::Integer { bits, .. } => leaf::raw_integer(*bits, r),
            _ => self.raw_of_other(shape, r),
        }
    }

    #[inline(never)]
    fn raw_of_other<O: Order>(&self, shape: &Shape, r: Dynamic<'_, '_, O>) -> Result<u128, Fault> {
        let value = self.unwatched(shape, r)?;
        Ok(match value {
            Value::Unsigned(value) => value,
            Value::Negative(value) => shape.bits_of(value),
            Value::Bytes(bytes) => tag_of_bytes(&bytes),
            Value::Bool(value) => value.into(),
            _ => 0,
        })
    }
}

/// The bits of a tag that is made of bytes: the first are the highest.
fn tag_of_bytes(bytes: &[u8]) -> u128 {
    let push = |bits: u128, byte: &u8| bits << 8 | u128::from(*byte);
    bytes.iter().fold(0, push)
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
    pub(crate) fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(text), Self::Bytes(bytes)) | (Self::Bytes(bytes), Self::Text(text)) => {
                *bytes == *text.as_str()
            }
            _ => self == other,
        }
    }
}
