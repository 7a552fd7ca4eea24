//! From types of serde to values.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::SerdeError;
use crate::dynamic::{Value, VariantValue};
use crate::schema::{Schema, Shape};
use crate::types::ByteString;

/// What serde sees of something, as a value to be written by a schema.
///
/// Fields that the schema has and the type does not are left out: the codec fills
/// in those that have defaults or follow from others. What does not fit is the
/// codec's to refuse.
///
/// ```
/// use pickler::dynamic::{self, serde::to_value};
/// use pickler::{Pickle, schema::Schema};
///
/// #[derive(Pickle)]
/// #[pickle(default)]
/// struct Bet { player: u16, #[pickle(default = 10_u32)] amount: u32 }
///
/// #[derive(serde::Serialize)]
/// struct OnlyPlayer { player: u8 }
///
/// let schema = Schema::of::<Bet>();
/// let value = to_value(&OnlyPlayer { player: 7 }, &schema).unwrap();
/// assert_eq!(dynamic::encode(&schema, &value)?, [0, 7, 0, 0, 0, 10]);
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// # Errors
/// If the type serializes with an error.
pub fn to_value<T: Serialize + ?Sized>(value: &T, schema: &Schema) -> Result<Value, SerdeError> {
    value.serialize(By {
        schema,
        shape: Some(schema.root()),
    })
}

/// Makes a value of a shape; of none where the schema has nothing there.
#[derive(Clone, Copy)]
struct By<'a> {
    schema: &'a Schema,
    shape: Option<&'a Shape>,
}

impl<'a> By<'a> {
    /// The shape behind all that a value does not show.
    fn meaning(self) -> Option<&'a Shape> {
        let mut shape = self.schema.meaning(self.shape?);
        while let Shape::Optional { item, .. } | Shape::ProtobufField { item, .. } = shape {
            shape = self.schema.meaning(item);
        }
        Some(shape)
    }

    fn of(self, shape: Option<&'a Shape>) -> Self {
        Self { shape, ..self }
    }

    fn item(self) -> Self {
        let item = match self.meaning() {
            Some(Shape::List { item, .. }) => Some(&**item),
            // A field with a key that is repeated is described by its item.
            _ => self.shape,
        };
        self.of(item)
    }

    fn nth(self, index: usize) -> Self {
        let part = match self.meaning() {
            Some(Shape::Tuple(items)) => items.get(index),
            Some(Shape::Record(record)) => record.fields.get(index).map(|field| &field.shape),
            _ => return self.item(),
        };
        self.of(part)
    }

    fn field(self, name: &str) -> Self {
        let shape = match self.meaning() {
            Some(Shape::Record(record)) => record.field(name).map(|field| &field.shape),
            Some(Shape::Keyed(keyed)) => keyed.field(name).map(|field| &field.shape),
            _ => None,
        };
        self.of(shape)
    }

    fn body(self, variant: &str) -> Self {
        let shape = match self.meaning() {
            Some(Shape::Union(union)) => union.variant(variant).map(|it| &it.body),
            _ => None,
        };
        self.of(shape)
    }

    fn is_bytes(self) -> bool {
        matches!(self.meaning(), Some(Shape::Bytes { .. }))
    }

    fn items(self, length: Option<usize>) -> Items<'a> {
        Items {
            by: self,
            variant: None,
            // What is announced sizes nothing that may be large.
            values: Vec::with_capacity(length.unwrap_or(0).min(64)),
        }
    }

    fn fields(self, variant: Option<&'static str>) -> Fields<'a> {
        Fields {
            by: self,
            variant,
            named: Vec::new(),
            pairs: Vec::new(),
            key: None,
        }
    }
}

fn variant(name: &str, body: Value) -> Value {
    Value::Variant(Box::new(VariantValue {
        name: name.into(),
        tag: 0,
        body,
    }))
}

fn maybe_in(name: Option<&str>, value: Value) -> Value {
    match name {
        Some(name) => variant(name, value),
        None => value,
    }
}

macro_rules! plain {
    ($($method:ident: $type:ty),* $(,)?) => { $(
        fn $method(self, value: $type) -> Result<Value, SerdeError> {
            Ok(value.into())
        }
    )* };
}

impl<'a> Serializer for By<'a> {
    type Ok = Value;
    type Error = SerdeError;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    plain! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_f32: f32,
        serialize_f64: f64,
    }

    fn serialize_char(self, value: char) -> Result<Value, SerdeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<Value, SerdeError> {
        Ok(if self.is_bytes() {
            Value::Bytes(ByteString::from(text))
        } else {
            Value::Text(text.into())
        })
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, SerdeError> {
        Ok(match self.meaning() {
            Some(Shape::List { .. }) => {
                Value::List(bytes.iter().map(|byte| (*byte).into()).collect())
            }
            _ => Value::Bytes(ByteString::from(bytes)),
        })
    }

    fn serialize_none(self) -> Result<Value, SerdeError> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, SerdeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, SerdeError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, SerdeError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Value, SerdeError> {
        Ok(match self.meaning() {
            Some(Shape::Union(_)) => variant(name, Value::Null),
            _ => Value::Text(name.into()),
        })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, SerdeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Value, SerdeError> {
        Ok(variant(name, value.serialize(self.body(name))?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'a>, SerdeError> {
        Ok(self.items(length))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'a>, SerdeError> {
        Ok(self.items(Some(length)))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Items<'a>, SerdeError> {
        Ok(self.items(Some(length)))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Items<'a>, SerdeError> {
        Ok(Items {
            variant: Some(name),
            ..self.body(name).items(Some(length))
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, SerdeError> {
        Ok(self.fields(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, SerdeError> {
        Ok(self.fields(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, SerdeError> {
        Ok(self.body(name).fields(Some(name)))
    }
}

/// Items of a list or tuple.
struct Items<'a> {
    by: By<'a>,
    variant: Option<&'static str>,
    values: Vec<Value>,
}

impl Items<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerdeError> {
        let by = self.by.nth(self.values.len());
        self.values.push(item.serialize(by)?);
        Ok(())
    }

    fn finish(self) -> Result<Value, SerdeError> {
        let value = if self.by.is_bytes() {
            let byte = |item: &Value| item.as_u64().and_then(|byte| u8::try_from(byte).ok());
            let bytes: Option<Vec<u8>> = self.values.iter().map(byte).collect();
            let bytes = bytes.ok_or_else(|| SerdeError::custom("a byte is 0 to 255"))?;
            Value::Bytes(bytes.into())
        } else if let Some(Shape::Record(record)) = self.by.meaning() {
            let names = record.names.iter().map(AsRef::as_ref);
            Value::record(names.zip(self.values))
        } else {
            Value::List(self.values)
        };
        Ok(maybe_in(self.variant, value))
    }
}

macro_rules! items {
    ($($trait:ident $method:ident),*) => { $(
        impl $trait for Items<'_> {
            type Ok = Value;
            type Error = SerdeError;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerdeError> {
                self.push(item)
            }

            fn end(self) -> Result<Value, SerdeError> {
                self.finish()
            }
        }
    )* };
}

items! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}

/// Fields of a record, or pairs of a map.
struct Fields<'a> {
    by: By<'a>,
    variant: Option<&'static str>,
    named: Vec<(String, Value)>,
    pairs: Vec<Value>,
    key: Option<Value>,
}

impl Fields<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), SerdeError> {
        let value = value.serialize(self.by.field(name))?;
        self.named.push((name.into(), value));
        Ok(())
    }

    /// The schema has a list of pairs there.
    fn is_map(&self) -> bool {
        matches!(self.by.meaning(), Some(Shape::List { .. }))
    }

    fn finish(self) -> Value {
        let value = if self.is_map() {
            Value::List(self.pairs)
        } else {
            let named = self.named.iter();
            Value::record(named.map(|(name, value)| (name.as_str(), value.clone())))
        };
        maybe_in(self.variant, value)
    }
}

impl SerializeMap for Fields<'_> {
    type Ok = Value;
    type Error = SerdeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerdeError> {
        let by = if self.is_map() {
            self.by.item().nth(0)
        } else {
            self.by.of(None)
        };
        self.key = Some(key.serialize(by)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerdeError> {
        let key = self.key.take();
        let key = key.ok_or_else(|| SerdeError::custom("a value of a map without its key"))?;
        if self.is_map() {
            let value = value.serialize(self.by.item().nth(1))?;
            self.pairs.push(Value::List(alloc::vec![key, value]));
            return Ok(());
        }
        match key {
            Value::Text(name) => self.push(&name, value),
            _ => Err(SerdeError::custom("the name of a field is text")),
        }
    }

    fn end(self) -> Result<Value, SerdeError> {
        Ok(self.finish())
    }
}

macro_rules! fields {
    ($($trait:ident),*) => { $(
        impl $trait for Fields<'_> {
            type Ok = Value;
            type Error = SerdeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), SerdeError> {
                self.push(name, value)
            }

            fn end(self) -> Result<Value, SerdeError> {
                Ok(self.finish())
            }
        }
    )* };
}

fields!(SerializeStruct, SerializeStructVariant);
