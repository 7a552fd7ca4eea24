//! What stands elsewhere.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::record::in_field;
use super::{Dynamic, Encoder};
use crate::cursor::{Align, Fault, Order, Placed, Sink, Spot, Writer};
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::error::{ErrorKind, has_no_value};
use crate::picklers::{Body, There};
use crate::schema::{Origin, Place, Record, Shape};

/// A value of a shape, to be written wherever it belongs.
pub(super) struct Item<'a> {
    pub encoder: &'a Encoder<'a>,
    pub shape: &'a Shape,
    pub value: &'a Value,
    pub scope: &'a Scope<'a>,
}

impl Body for Item<'_> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        let w = w.unaligned();
        self.encoder.shape(self.shape, self.value, self.scope, w)?;
        w.finish()
    }
}

impl Item<'_> {
    /// Writes it where the writer stands, within a byte or not.
    pub(super) fn write_part<S: Sink, O: Order, A: Align>(
        &self,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let w = w.unaligned();
        self.encoder.shape(self.shape, self.value, self.scope, w)
    }
}

impl Encoder<'_> {
    /// Something that stands elsewhere, of which the place is given.
    pub(super) fn elsewhere<S: Sink, O: Order>(
        &self,
        item: &Shape,
        place: &Place,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let there = self.place(item, place, value, false, scope, w)?;
        check(place, there, scope, w)
    }

    /// Puts it there; `follows`: its offset follows from where it is put.
    fn place<S: Sink, O: Order>(
        &self,
        item: &Shape,
        place: &Place,
        value: &Value,
        follows: bool,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<There, Fault> {
        if let (Some(offset), Value::Null) = (place.none, value) {
            return Ok(There { offset, size: 0 });
        }
        let value = self.there(item, place, value);
        let start = origin(place, scope);
        let spot = if follows {
            Spot::Next { align: place.align }
        } else {
            match scope.eval(&place.at) {
                Some(at) => Spot::At(at.saturating_add(start)),
                // Places are not known yet while sizes are found out.
                None if S::COUNTS_ONLY || w.is_measuring() => Spot::At(i128::MAX),
                None => return Err(w.fail(has_no_value(&place.at))),
            }
        };
        let item = Item {
            encoder: self,
            shape: item,
            value,
            scope,
        };
        let Placed { offset, size } = w.place(spot, &item)?;
        if w.is_measuring() {
            return Ok(There { offset: 0, size });
        }
        let offset = i128::from(offset) - start;
        if let Some(value) = place.none
            && value == offset
            && !S::COUNTS_ONLY
        {
            return Err(w.fail(ErrorKind::IsSentinel { value }));
        }
        Ok(There { offset, size })
    }

    /// Puts all fields of a record that stand elsewhere; gives where.
    pub(super) fn place_all<S: Sink, O: Order>(
        &self,
        record: &Record,
        values: &[Cow<'_, Value>],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<There>, Fault> {
        let mut all = Vec::with_capacity(values.len());
        for (field, value) in record.fields.iter().zip(values) {
            let Shape::Elsewhere { item, place } = &field.shape else {
                all.push(There::default());
                continue;
            };
            let follows = record.follows_place(&place.at, &field.name);
            let there = self
                .place(item, place, value, follows, scope, w)
                .map_err(|fault| in_field(w, fault, &field.name))?;
            all.push(there);
        }
        Ok(all)
    }

    /// What stands elsewhere, of the value that is shown of it.
    fn there<'v>(&self, item: &Shape, place: &Place, value: &'v Value) -> &'v Value {
        match place.none {
            Some(_) => presence::meant(value, item, self.schema),
            None => value,
        }
    }

    /// How many bytes the fields of a record take that stand elsewhere.
    pub(super) fn sizes_elsewhere<S: Sink, O: Order>(
        &self,
        record: &Record,
        values: &[Cow<'_, Value>],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<There>, Fault> {
        let mut all = Vec::with_capacity(values.len());
        for (field, value) in record.fields.iter().zip(values) {
            let mut there = There::default();
            if let Shape::Elsewhere { item, place } = &field.shape
                && !(place.none.is_some() && **value == Value::Null)
            {
                let item = Item {
                    encoder: self,
                    shape: item,
                    value: self.there(item, place, value),
                    scope,
                };
                there.size = w
                    .size_elsewhere(&item)
                    .map_err(|fault| in_field(w, fault, &field.name))?;
            }
            all.push(there);
        }
        Ok(all)
    }
}

/// From where an offset counts, in bytes.
fn origin(place: &Place, scope: &Scope<'_>) -> i128 {
    match place.from {
        Origin::Message => 0,
        Origin::Record => (scope.record_start() / 8).into(),
    }
}

/// Checks that the offset of a field leads to where it was put.
pub(super) fn check<S: Sink, O: Order>(
    place: &Place,
    there: There,
    scope: &Scope<'_>,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    let found = scope.eval(&place.at);
    let expected = there.offset;
    if found == Some(expected) || w.is_measuring() || S::COUNTS_ONLY {
        return Ok(());
    }
    Err(w.fail(match found {
        Some(found) => ErrorKind::Misplaced { expected, found },
        None => has_no_value(&place.at),
    }))
}
