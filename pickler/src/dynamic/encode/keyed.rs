//! Records whose fields say which they are.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Dynamic, Encoder, wrong_type};
use crate::cursor::{Fault, Network, Order, Sink, VecSink, Writer};
use crate::dynamic::context::Parameters;
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::error::{ErrorKind, Step};
use crate::names::nearest;
use crate::picklers::keyed::{Written, widen, write_leb128, zigzag};
use crate::schema::{Form, KeyFormat, Keyed, KeyedField, Occurs, Schema, Shape, Unknown};
use crate::types::UnknownField;

impl Encoder<'_> {
    pub(super) fn keyed<S: Sink, O: Order>(
        &self,
        keyed: &Keyed,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let given = given(keyed, value, w)?;
        let mut written = keyed.format.begin_write(w)?;
        for (field, value) in keyed.fields.iter().zip(&given) {
            let result = self.keyed_field(keyed, field, *value, &mut written, w);
            result.map_err(|fault| in_field(w, fault, &field.name))?;
        }
        if let (Unknown::Kept(name), Some(Some(kept))) = (&keyed.unknown, given.last()) {
            let result = unknown_fields(keyed, kept, &mut written, w);
            result.map_err(|fault| in_field(w, fault, name))?;
        }
        keyed.format.end_write(written, w)
    }

    fn keyed_field<S: Sink, O: Order>(
        &self,
        keyed: &Keyed,
        field: &KeyedField,
        value: Option<&Value>,
        written: &mut Written,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let (key, form) = (field.key, field.form);
        match (field.occurs, value) {
            (Occurs::Optional, None | Some(Value::Null))
            | (Occurs::Repeated { .. } | Occurs::Implicit, None) => Ok(()),
            (Occurs::Implicit, Some(value))
                if field
                    .default
                    .as_ref()
                    .is_some_and(|default| default.means(value)) =>
            {
                Ok(())
            }
            (Occurs::Optional, Some(value)) => {
                let value = presence::meant(value, &field.shape, self.schema);
                self.keyed_value(keyed, field, value, written, w)
            }
            (Occurs::Required | Occurs::Implicit, Some(value)) => {
                self.keyed_value(keyed, field, value, written, w)
            }
            (Occurs::Required, None) => {
                let name = field.name.to_string().into();
                Err(w.fail(ErrorKind::MissingField(name)))
            }
            (Occurs::Repeated { packed }, Some(Value::List(items))) => {
                if packed && items.is_empty() {
                    return Ok(());
                }
                w.descend()?;
                let begun = if packed && form != Form::Bytes {
                    Some(keyed.format.begin_value(written, key, Form::Bytes, w)?)
                } else {
                    None
                };
                for (index, item) in items.iter().enumerate() {
                    let result = match &begun {
                        Some(_) => self.content(field.form, &field.shape, item, w),
                        None => self.keyed_value(keyed, field, item, written, w),
                    };
                    result.map_err(|fault| w.within(fault, Step::Item(index as u64)))?;
                }
                if let Some(begun) = begun {
                    keyed.format.end_value(begun, w)?;
                }
                w.ascend();
                Ok(())
            }
            (Occurs::Repeated { .. }, Some(other)) => Err(wrong_type("a list", other, w)),
        }
    }

    fn keyed_value<S: Sink, O: Order>(
        &self,
        keyed: &Keyed,
        field: &KeyedField,
        value: &Value,
        written: &mut Written,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let begun = keyed
            .format
            .begin_value(written, field.key, field.form, w)?;
        self.content(field.form, &field.shape, value, w)?;
        if field.form == Form::Bytes {
            w.finish()?;
        }
        keyed.format.end_value(begun, w)
    }

    /// One field of a protobuf message.
    pub(super) fn protobuf_field<S: Sink, O: Order>(
        &self,
        number: u64,
        form: Form,
        item: &Shape,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let format = KeyFormat::Protobuf;
        let mut written = format.begin_write(w)?;
        let begun = format.begin_value(&mut written, number, form, w)?;
        self.content(form, item, value, w)?;
        format.end_value(begun, w)
    }

    /// A value in its form.
    fn content<S: Sink, O: Order>(
        &self,
        form: Form,
        shape: &Shape,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let scope = &Scope::of_type(self.schema, Parameters::NONE);
        match form {
            Form::Plain | Form::Bytes => self.shape(shape, value, scope, w),
            Form::Fixed32 | Form::Fixed64 => {
                self.shape(shape, value, scope, w.as_order::<O::Little>())
            }
            Form::Varint => {
                let raw = self.varint(shape, value, w)?;
                write_leb128(raw, w)
            }
            Form::Zigzag => {
                let raw = self.varint(shape, value, w)?;
                write_leb128(zigzag(raw), w)
            }
        }
    }

    /// The integer that stands for an integer, boolean or name in a varint.
    fn varint<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<u64, Fault> {
        let mut bytes = Vec::new();
        let mut own = Writer::<_, Network>::new(VecSink::new(&mut bytes));
        if let Err(fault) = self.shape(shape, value, &Scope::NONE, own.unaligned()) {
            let kind = own.into_error(fault).kind().clone();
            return Err(w.fail(kind));
        }
        let (bits, signed) = integer_of(self.schema, shape);
        let raw = bytes
            .iter()
            .fold(0, |raw, byte| raw << 8 | u128::from(*byte));
        widen(raw, bits, signed).map_err(|kind| w.fail(kind))
    }
}

fn unknown_fields<S: Sink, O: Order>(
    keyed: &Keyed,
    kept: &Value,
    written: &mut Written,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    let Value::List(kept) = kept else {
        return Err(wrong_type("a list", kept, w));
    };
    for (index, value) in kept.iter().enumerate() {
        let result = match unknown_field(value) {
            None => Err(wrong_type("a record of `key` and `value`", value, w)),
            Some(field) => {
                let number = keyed.format.number_of(&field);
                match keyed.position(number) {
                    // It would be read as what it is known for.
                    Some(index) => {
                        let name = &keyed.fields[index].name;
                        Err(w.fail(ErrorKind::KnownTag {
                            tag: number.into(),
                            variant: name.to_string().into(),
                        }))
                    }
                    None => keyed.format.write_unknown(written, &field, w),
                }
            }
        };
        result.map_err(|fault| w.within(fault, Step::Item(index as u64)))?;
    }
    Ok(())
}

/// The values of a keyed record's fields, as far as they are given.
fn given<'a, S: Sink, O: Order>(
    keyed: &Keyed,
    value: &'a Value,
    w: Dynamic<'_, S, O>,
) -> Result<Vec<Option<&'a Value>>, Fault> {
    let record = match value {
        Value::Record(record) => record,
        Value::Null if keyed.names.is_empty() => return Ok(Vec::new()),
        other => return Err(wrong_type("a record", other, w)),
    };
    if record.names().same(&keyed.names) {
        return Ok(record.values().iter().map(Some).collect());
    }
    let mut given = alloc::vec![None; keyed.names.len()];
    for (name, value) in record.iter() {
        let Some(position) = keyed.names.position(name) else {
            let suggestions = nearest(name, keyed.names.iter().map(|name| &**name));
            let name = name.to_string();
            return Err(w.fail(ErrorKind::UnknownName { name, suggestions }));
        };
        given[position] = Some(value);
    }
    Ok(given)
}

fn unknown_field(value: &Value) -> Option<UnknownField> {
    let value_of = match value.field("value")? {
        Value::Bytes(bytes) => bytes.clone(),
        Value::Text(text) => text.as_str().into(),
        _ => return None,
    };
    Some(UnknownField {
        key: value.field("key")?.as_u64()?,
        value: value_of,
    })
}

/// Width and signedness of what a varint holds.
fn integer_of(schema: &Schema, shape: &Shape) -> (u32, bool) {
    match shape {
        Shape::Integer { bits, signed } => (*bits, *signed),
        Shape::Enumeration(enumeration) => integer_of(schema, &enumeration.tag),
        Shape::Named(reference) => integer_of(schema, &schema.definition(*reference).shape),
        Shape::Boxed(item) | Shape::Mapped { item, .. } | Shape::Shown { item, .. } => {
            integer_of(schema, item)
        }
        _ => (64, false),
    }
}

#[cold]
fn in_field<S: Sink, O: Order>(w: Dynamic<'_, S, O>, fault: Fault, name: &str) -> Fault {
    w.within(fault, Step::Field(name.to_string().into()))
}
