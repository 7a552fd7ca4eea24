//! Records whose fields say which they are.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Place, Run};
use crate::dynamic::{RecordValue, Value};
use crate::error::{Error, Step};
use crate::generate::Choices;
use crate::schema::{Form, Keyed, KeyedField, Occurs, Unknown};

impl Run<'_> {
    pub(super) fn keyed(&mut self, keyed: &Keyed, place: Place<'_>) -> Result<Value, Error> {
        // Fields tell their own sizes, so that no more than an empty record can
        // be made to fit one.
        let place = place.inside();
        let mut values = Vec::with_capacity(keyed.names.len());
        for field in &keyed.fields {
            let value = self
                .keyed_field(field, place)
                .map_err(|error| error.within(Step::Field(String::from(&*field.name).into())))?;
            values.push(value);
        }
        if let Unknown::Kept(_) = keyed.unknown {
            values.push(Value::List(Vec::new()));
        }
        Ok(Value::Record(RecordValue::new(keyed.names.clone(), values)))
    }

    fn keyed_field(&mut self, field: &KeyedField, place: Place<'_>) -> Result<Value, Error> {
        let too_deep = self.generator.heights.of(&field.shape) > place.depth;
        match field.occurs {
            Occurs::Optional if too_deep || self.up_to(2) == 0 => Ok(Value::Null),
            Occurs::Implicit if too_deep || self.up_to(2) == 0 => match &field.default {
                Some(default) => Ok(default.clone()),
                None => self.one(field, place),
            },
            Occurs::Repeated { .. } if too_deep => Ok(Value::List(Vec::new())),
            Occurs::Repeated { .. } => {
                let length = self.up_to(3);
                let items = (0..length).map(|_| self.one(field, place));
                Ok(Value::List(items.collect::<Result<_, _>>()?))
            }
            Occurs::Required | Occurs::Optional | Occurs::Implicit => self.one(field, place),
        }
    }

    fn one(&mut self, field: &KeyedField, place: Place<'_>) -> Result<Value, Error> {
        let value = self.shape(&field.shape, place)?;
        // A varint has 64 bits at most.
        let value = match (field.form, &value) {
            (Form::Varint | Form::Zigzag, Value::Unsigned(wide)) => {
                Value::Unsigned(u128::from(*wide as u64))
            }
            _ => value,
        };
        Ok(value)
    }
}
