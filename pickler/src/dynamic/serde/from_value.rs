//! From values to types of serde.

use serde::Deserialize;
use serde::de::value::{BytesDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::SerdeError;
use crate::dynamic::Value;

/// A value as a type that serde knows; what it holds can be borrowed from the
/// value.
///
/// ```
/// use pickler::dynamic::{Value, serde::from_value};
///
/// let value = Value::List(vec![1_u8.into(), 2_u8.into()]);
/// assert_eq!(from_value::<(u8, u64)>(&value).unwrap(), (1, 2));
/// let error = from_value::<Vec<bool>>(&value).unwrap_err();
/// assert_eq!(error.to_string(), "invalid type: integer `1`, expected a boolean");
/// ```
///
/// # Errors
/// If the value is none of the type, in words of serde.
pub fn from_value<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T, SerdeError> {
    T::deserialize(Of(value))
}

/// Reads a value.
#[derive(Clone, Copy)]
struct Of<'de>(&'de Value);

impl<'de> IntoDeserializer<'de, SerdeError> for Of<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Of<'de> {
    type Error = SerdeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Unsigned(value) => match u64::try_from(*value) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_u128(*value),
            },
            Value::Negative(value) => match i64::try_from(*value) {
                Ok(value) => visitor.visit_i64(value),
                Err(_) => visitor.visit_i128(*value),
            },
            Value::Float(value) => visitor.visit_f64(value.get()),
            Value::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visit_items(items, visitor),
            Value::Record(record) if record.is_row() => visit_items(record.values(), visitor),
            Value::Record(record) => {
                let fields = record.iter().map(|(name, value)| (name, Of(value)));
                MapDeserializer::new(fields).deserialize_any(visitor)
            }
            Value::Variant(variant) => {
                let pair = (&*variant.name, Of(&variant.body));
                MapDeserializer::new(core::iter::once(pair)).deserialize_any(visitor)
            }
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Bytes(bytes) => match core::str::from_utf8(bytes) {
                Ok(text) => visitor.visit_borrowed_str(text),
                Err(_) => Err(SerdeError::invalid_value(
                    Unexpected::Bytes(bytes),
                    &"UTF-8 text",
                )),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Text(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Bytes(bytes) => {
                SeqDeserializer::new(bytes.iter().copied()).deserialize_any(visitor)
            }
            Value::Record(record) => visit_items(record.values(), visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Record(record) => {
                let fields = record.iter().map(|(name, value)| (name, Of(value)));
                MapDeserializer::new(fields).deserialize_any(visitor)
            }
            // A map is a list of pairs.
            Value::List(items) => {
                let pairs = items.iter().map(|item| match item {
                    Value::List(pair) => match pair.as_slice() {
                        [key, value] => Ok((Of(key), Of(value))),
                        _ => Err(()),
                    },
                    _ => Err(()),
                });
                match pairs.collect::<Result<alloc::vec::Vec<_>, ()>>() {
                    Ok(pairs) => MapDeserializer::new(pairs.into_iter()).deserialize_any(visitor),
                    Err(()) => self.deserialize_any(visitor),
                }
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        match self.0 {
            Value::Text(name) => visitor.visit_enum(Variant {
                name,
                body: &Value::Null,
            }),
            Value::Variant(variant) => visitor.visit_enum(Variant {
                name: &variant.name,
                body: &variant.body,
            }),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SerdeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 unit unit_struct identifier
    }
}

fn visit_items<'de, V: Visitor<'de>>(
    items: &'de [Value],
    visitor: V,
) -> Result<V::Value, SerdeError> {
    SeqDeserializer::new(items.iter().map(Of)).deserialize_any(visitor)
}

/// A variant and its body.
struct Variant<'de> {
    name: &'de str,
    body: &'de Value,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = SerdeError;
    type Variant = Of<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Of<'de>), SerdeError> {
        let name = BytesDeserializer::<SerdeError>::new(self.name.as_bytes());
        Ok((seed.deserialize(name)?, Of(self.body)))
    }
}

impl<'de> VariantAccess<'de> for Of<'de> {
    type Error = SerdeError;

    fn unit_variant(self) -> Result<(), SerdeError> {
        // Whatever more it has is not asked for.
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<S::Value, SerdeError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, SerdeError> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SerdeError> {
        self.deserialize_map(visitor)
    }
}
