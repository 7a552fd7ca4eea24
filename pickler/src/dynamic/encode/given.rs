//! The fields of a record as a value gives them.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Dynamic, wrong_type};
use crate::cursor::{Fault, Order, Sink};
use crate::dynamic::value::{RecordValue, Value};
use crate::error::ErrorKind;
use crate::names::nearest;
use crate::schema::{Field, Meaning, Record, Shape};

/// The parts of a record that a value gives.
pub(super) struct Given<'a> {
    values: &'a [Value],
    /// Where each field's value is, in field order; `None`: as the fields.
    places: Option<Vec<Option<usize>>>,
}

impl<'a> Given<'a> {
    pub(super) fn new<S: Sink, O: Order>(
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

    pub(super) fn given(&self, index: usize) -> Option<&'a Value> {
        match &self.places {
            None => self.values.get(index),
            Some(places) => self.values.get(places[index]?),
        }
    }

    /// The value of a field, or its default.
    pub(super) fn value<'b>(
        &'b self,
        field: &'b Field,
        index: usize,
    ) -> Result<Cow<'b, Value>, ErrorKind> {
        match (self.given(index), &field.default, &field.shape) {
            (Some(value), _, _) => Ok(Cow::Borrowed(value)),
            (None, Some(default), _) => Ok(Cow::Borrowed(default)),
            (
                None,
                None,
                Shape::Constant { .. }
                | Shape::Means {
                    meaning: Meaning::Ignored { .. },
                    ..
                },
            ) => Ok(Cow::Owned(Value::Null)),
            (None, None, shape) if shape.may_be_absent() => Ok(Cow::Owned(Value::Null)),
            (None, None, _) => Err(ErrorKind::MissingField(field.name.to_string().into())),
        }
    }
}
