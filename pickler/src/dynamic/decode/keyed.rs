//! Records whose fields say which they are.

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::leaf::integer;
use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order, Outer};
use crate::dynamic::context::Parameters;
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Role, Watch};
use crate::dynamic::value::{RecordValue, Value};
use crate::error::{ErrorKind, Step};
use crate::picklers::BitField;
use crate::picklers::keyed::{
    Key, narrow, out_of_order, read_field_key, read_leb128, unknown, unzigzag,
};
use crate::schema::{Form, KeyFormat, Keyed, KeyedField, Occurs, Schema, Shape, Unknown};
use crate::types::UnknownField;

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn keyed<O: Order>(
        &self,
        keyed: &Keyed,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let format = &keyed.format;
        r.expect_memory(keyed.names.len() as u64, size_of::<Value>())?;
        let mut values: Vec<Option<Value>> = alloc::vec![None; keyed.fields.len()];
        let mut kept = Vec::new();
        let mut place = 0;
        let mut coming = format.begin(r)?;
        while let Some(key) = format.next(&mut coming, r)? {
            let Some(index) = keyed.position(key.number) else {
                self.unknown_field(keyed, &key, &mut kept, r)?;
                continue;
            };
            let field = &keyed.fields[index];
            let number = Value::Unsigned(key.number.into());
            let step = || Step::Field(field.name.to_string().into());
            self.watch.enter(step);
            self.watch.part::<O>(
                key.at..r.bit_offset(),
                || Role::Tag(Some(field.name.clone())),
                &number,
            );
            let result = if keyed.in_order && index < place {
                Err(out_of_order(&key, r))
            } else {
                self.field(keyed, field, &key, &mut values[index], r)
            };
            if let Err(fault) = result {
                return Err(r.within(fault, step()));
            }
            self.watch.leave();
            place = index;
        }
        let mut all = Vec::with_capacity(keyed.names.len());
        for (field, value) in keyed.fields.iter().zip(values) {
            let value = match (value, field.occurs, &field.default) {
                (Some(value), Occurs::Optional, _) => {
                    presence::shown(value, &field.shape, self.schema)
                }
                (Some(value), _, _) => value,
                (None, Occurs::Optional, _) => Value::Null,
                (None, Occurs::Repeated { .. }, _) => Value::List(Vec::new()),
                (None, Occurs::Implicit, Some(default)) => default.clone(),
                (None, Occurs::Required | Occurs::Implicit, _) => {
                    let name = field.name.to_string().into();
                    return Err(r.fail(ErrorKind::MissingField(name)));
                }
            };
            all.push(value);
        }
        if let Unknown::Kept(_) = keyed.unknown {
            all.push(Value::List(kept));
        }
        Ok(Value::Record(RecordValue::new(keyed.names.clone(), all)))
    }

    fn unknown_field<O: Order>(
        &self,
        keyed: &Keyed,
        key: &Key,
        kept: &mut Vec<Value>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        let Unknown::Kept(name) = &keyed.unknown else {
            if keyed.unknown == Unknown::Refused {
                return Err(unknown(key, r));
            }
            return keyed.format.read_unknown(key, r).map(|_| ());
        };
        let step = || Step::Field(name.to_string().into());
        self.watch.enter(step);
        match keyed.format.read_unknown(key, r) {
            Ok(field) => {
                // One in the list, and one for each of its own fields.
                r.expect_memory(3, size_of::<Value>())?;
                let value = unknown_value(field, kept);
                kept.push(self.whole(key.at, value, r));
                self.watch.leave();
                Ok(())
            }
            Err(fault) => Err(r.within(fault, step())),
        }
    }

    fn field<O: Order>(
        &self,
        keyed: &Keyed,
        field: &KeyedField,
        key: &Key,
        place: &mut Option<Value>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        let format = &keyed.format;
        let (number, form) = (key.number, field.form);
        if !matches!(field.occurs, Occurs::Repeated { .. }) {
            if place.is_some() && !field.last_counts(format, self.schema) {
                return Err(r.fail_at(key.at, ErrorKind::RepeatedKey { key: number }));
            }
            *place = Some(self.keyed_value(keyed, field, key, r)?);
            return Ok(());
        }
        let place = place.get_or_insert_with(|| Value::List(Vec::new()));
        let Value::List(items) = place else {
            return Ok(());
        };
        r.descend()?;
        let is_packed = format.announces_bytes(key) && form != Form::Bytes;
        if is_packed && let Some(outer) = self.enter_value(keyed, key, Form::Bytes, r)? {
            while r.bits_left() > 0 {
                let index = items.len() as u64;
                r.expect_item()?;
                r.expect_memory(1, size_of::<Value>())?;
                self.watch.enter(|| Step::Item(index));
                match self.content(field.form, &field.shape, r) {
                    Ok(item) => items.push(item),
                    Err(fault) => return Err(r.within(fault, Step::Item(index))),
                }
                self.watch.leave();
            }
            r.leave(outer)?;
        } else {
            let index = items.len() as u64;
            r.expect_item()?;
            r.expect_memory(1, size_of::<Value>())?;
            self.watch.enter(|| Step::Item(index));
            match self.keyed_value(keyed, field, key, r) {
                Ok(item) => items.push(item),
                Err(fault) => return Err(r.within(fault, Step::Item(index))),
            }
            self.watch.leave();
        }
        r.ascend();
        Ok(())
    }

    fn keyed_value<O: Order>(
        &self,
        keyed: &Keyed,
        field: &KeyedField,
        key: &Key,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        keyed.format.expect(key, field.form, r)?;
        let outer = self.enter_value(keyed, key, field.form, r)?;
        let value = self.content(field.form, &field.shape, r)?;
        if let Some(outer) = outer {
            r.leave(outer)?;
        }
        Ok(value)
    }

    fn enter_value<'de, O: Order>(
        &self,
        keyed: &Keyed,
        key: &Key,
        form: Form,
        r: Dynamic<'_, 'de, O>,
    ) -> Result<Option<Outer<'de>>, Fault> {
        let at = r.bit_offset();
        let outer = keyed.format.enter(key, form, r)?;
        if outer.is_some() {
            let size = Value::Unsigned((r.bits_left() / 8).into());
            self.watch
                .part::<O>(at..r.bit_offset(), || Role::Length, &size);
        }
        Ok(outer)
    }

    /// A value in its form.
    fn content<O: Order>(
        &self,
        form: Form,
        shape: &Shape,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let raw = match form {
            Form::Plain | Form::Bytes => {
                let scope = Scope::of_type(self.schema, Parameters::NONE);
                return self.shape(shape, &scope, r);
            }
            Form::Fixed32 | Form::Fixed64 => {
                return self.shape(shape, &Scope::NONE, r.as_order::<O::Little>());
            }
            Form::Varint => read_leb128(r)?,
            Form::Zigzag => unzigzag(read_leb128(r)?),
        };
        match of_varint(self.schema, shape, raw) {
            Ok(value) => Ok(self.whole(at, value, r)),
            Err(kind) => Err(r.fail_at(at, kind)),
        }
    }

    /// One field of a protobuf message.
    pub(super) fn protobuf_field<O: Order>(
        &self,
        number: u64,
        form: Form,
        item: &Shape,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let key = read_field_key(number, form, r)?;
        let outer = KeyFormat::Protobuf.enter(&key, form, r)?;
        if outer.is_some() {
            let size = Value::Unsigned((r.bits_left() / 8).into());
            self.watch
                .part::<O>(at..r.bit_offset(), || Role::Length, &size);
        }
        let value = self.content(form, item, r)?;
        if let Some(outer) = outer {
            r.leave(outer)?;
        }
        Ok(value)
    }
}

impl KeyedField {
    /// Of several, the last counts; otherwise a second is refused. In protobuf
    /// that is so for all but messages, which would have to be merged.
    fn last_counts(&self, format: &KeyFormat, schema: &Schema) -> bool {
        match self.form {
            Form::Plain => false,
            Form::Bytes => {
                matches!(format, KeyFormat::Protobuf)
                    && !matches!(schema.resolve(&self.shape), Shape::Keyed(_))
            }
            Form::Varint | Form::Zigzag | Form::Fixed32 | Form::Fixed64 => true,
        }
    }
}

/// A field that is kept behind others, whose names it shares.
fn unknown_value(field: UnknownField, kept: &[Value]) -> Value {
    let names = match kept.first() {
        Some(Value::Record(first)) => first.names().clone(),
        _ => ["key", "value"].into_iter().map(Arc::from).collect(),
    };
    let values = alloc::vec![Value::Unsigned(field.key.into()), Value::Bytes(field.value),];
    Value::Record(RecordValue::new(names, values))
}

/// The integer, boolean or name that a varint stands for.
fn of_varint(schema: &Schema, shape: &Shape, raw: u64) -> Result<Value, ErrorKind> {
    match shape {
        Shape::Integer { bits, signed } => {
            Ok(integer(narrow(raw, *bits, *signed)?, *bits, *signed))
        }
        Shape::Bool { bits } => bool::from_bits(raw.into(), *bits).map(Value::Bool),
        Shape::Enumeration(enumeration) => match &enumeration.tag {
            Shape::Integer { bits, signed } => enumeration.value_of(narrow(raw, *bits, *signed)?),
            _ => Err(not_an_integer()),
        },
        Shape::Named(reference) => of_varint(schema, &schema.definition(*reference).shape, raw),
        Shape::Boxed(item) | Shape::Mapped { item, .. } => of_varint(schema, item, raw),
        Shape::Shown { item, pairs } => {
            let value = of_varint(schema, item, raw)?;
            let shown = pairs.iter().find(|(actual, _)| actual.means(&value));
            Ok(shown.map_or(value, |(_, shown)| shown.clone()))
        }
        _ => Err(not_an_integer()),
    }
}

#[cold]
fn not_an_integer() -> ErrorKind {
    ErrorKind::Refused("a description whose varint is no integer".into())
}
