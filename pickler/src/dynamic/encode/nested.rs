//! Derived fields of records in a record, which its expressions look at: what they
//! will hold.

use alloc::vec::Vec;
use core::cell::Cell;

use super::given::Given;
use super::record::complete;
use super::{Dynamic, Encoder};
use crate::codec::wherever_it_may_begin;
use crate::cursor::{Fault, Network, Nowhere, Order, Sink, Writer};
use crate::dynamic::context::Parameters;
use crate::dynamic::value::Value;
use crate::schema::{Record, Schema, Shape};

/// How many derived fields one look may lead to, one by another: what they follow
/// from may be derived fields of records further in.
const MOST_LOOKS: u32 = 4096;

/// How derived fields of records further in are looked at.
pub(crate) struct Nested<'a> {
    depth_left: u32,
    /// How many more may be looked at, within another.
    looks: Option<&'a Cell<u32>>,
}

impl<'a> Nested<'a> {
    /// In what is written to `w`.
    pub(super) fn of<S: Sink, O: Order>(encoder: &Encoder<'a>, w: Dynamic<'_, S, O>) -> Self {
        Self {
            depth_left: w.depth_left(),
            looks: encoder.looks,
        }
    }
}

impl Nested<'static> {
    /// In a value that is written later.
    pub(crate) const WRITTEN_LATER: &'static Self = &Self {
        depth_left: crate::Limits::DEFAULT.depth,
        looks: None,
    };
}

/// A derived field of a record further in.
pub(crate) struct DerivedWithin<'a> {
    pub nested: &'a Nested<'a>,
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
            nested,
            schema,
            shape,
            record,
            value,
            index,
        } = self;
        if schema.is_given(shape) || !record.can_be_followed(index) {
            return None;
        }
        let own = Cell::new(MOST_LOOKS);
        let looks = nested.looks.unwrap_or(&own);
        looks.set(looks.get().checked_sub(1)?);
        let encoder = Encoder {
            looks: Some(looks),
            ..Encoder::new(schema)
        };
        let found = wherever_it_may_begin(|start| {
            let mut w = Writer::<_, Network>::new(Nowhere::default());
            w.set_depth_left(nested.depth_left);
            let w = w.unaligned();
            let followed = w.descend().and_then(|()| {
                w.bits(0, start)?;
                encoder.followed(record, value, w)
            });
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
