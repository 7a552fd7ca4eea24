//! Derived fields of records in a record, which its expressions look at: what they
//! will hold.

use alloc::vec::Vec;

use super::given::Given;
use super::record::complete;
use super::{Dynamic, Encoder};
use crate::codec::wherever_it_may_begin;
use crate::cursor::{Fault, Looks, Order, Sink};
use crate::dynamic::context::Parameters;
use crate::dynamic::value::Value;
use crate::schema::{Record, Schema, Shape};

/// A derived field of a record further in.
pub(crate) struct DerivedWithin<'a> {
    pub looks: Looks,
    pub schema: &'a Schema,
    /// What the record is where it stands.
    pub shape: &'a Shape,
    pub record: &'a Record,
    /// The record's value.
    pub value: &'a Value,
    /// Which of its fields.
    pub index: usize,
}

impl DerivedWithin<'_> {
    /// What it will hold; nothing if that cannot be known, or is no number.
    pub(crate) fn number(self) -> Option<i128> {
        let Self {
            looks,
            schema,
            shape,
            record,
            value,
            index,
        } = self;
        if schema.is_given(shape) || !record.can_be_followed(index) {
            return None;
        }
        let encoder = Encoder::new(schema);
        let found = wherever_it_may_begin(|start| {
            let Some(mut w) = looks.deeper() else {
                return Ok(None);
            };
            let w = w.unaligned();
            let followed = w
                .bits(0, start)
                .and_then(|()| encoder.followed(record, value, w));
            match followed {
                Ok(values) => Ok(values[index]),
                Err(fault) => Err(w.into_error(fault)),
            }
        });
        found.ok()?
    }
}

impl Encoder<'_> {
    /// The numbers that the fields of a record will hold, none of which is given
    /// anything by what is around it.
    fn followed<S: Sink, O: Order>(
        &self,
        record: &Record,
        value: &Value,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<Option<i128>>, Fault> {
        let start = w.bit_offset();
        let given = Given::new(record, value, w)?;
        if let Some(magic) = &record.magic {
            self.magic(magic, w)?;
        }
        let mut values = complete(record, &given, w)?;
        self.follow(record, &given, &mut values, start, Parameters::NONE, w)?;
        Ok(values.iter().map(|value| value.as_i128()).collect())
    }
}
