//! Records.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::given::Given;
use super::{Dynamic, Encoder};
use crate::cursor::{Fault, Order, Sink, VecSink, Writer};
use crate::dynamic::context::Parameters;
use crate::dynamic::scope::{Extents, Scope};
use crate::dynamic::value::Value;
use crate::error::{ErrorKind, Step};
use crate::schema::{Record, Schema, Shape};

impl Encoder<'_> {
    pub(super) fn record<S: Sink, O: Order>(
        &self,
        record: &Record,
        value: &Value,
        outer: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        let given = Given::new(record, value, w)?;
        if let Some(magic) = &record.magic {
            self.shape(magic, &Value::Null, &Scope::NONE, w)
                .map_err(|fault| w.within_field(fault, "magic"))?;
        }
        if record.has_expressions() {
            return self.dependent_fields(record, &given, start, outer.parameters(), w);
        }
        for (index, field) in record.fields.iter().enumerate() {
            let result = match given.given(index) {
                Some(value) => self.shape(&field.shape, value, &Scope::NONE, w),
                None => match given.value(field, index) {
                    Ok(value) => self.shape(&field.shape, &value, &Scope::NONE, w),
                    Err(kind) => Err(w.fail(kind)),
                },
            };
            result.map_err(|fault| in_field(w, fault, &field.name))?;
        }
        Ok(())
    }

    /// Writes fields that depend on each other: first all values are found,
    /// then written. `start` is where the record starts; its magic is written.
    fn dependent_fields<S: Sink, O: Order>(
        &self,
        record: &Record,
        given: &Given<'_>,
        start: u64,
        parameters: Parameters<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let mut values = complete(record, given, w)?;
        let first = w.bit_offset();
        let mut ends = Vec::new();
        // Counting at each level what is below would take time beyond bounds,
        // and widths do not depend on what follows from sizes.
        if record.uses_sizes() && !S::COUNTS_ONLY {
            derive(
                self.schema,
                record,
                given,
                &mut values,
                Extents::default(),
                parameters,
                w,
            )?;
            let scope =
                Scope::new(self.schema, record, &values, Extents::default()).given(parameters);
            ends = self.ends(record, &values, &scope, w)?;
        }
        let extents = Extents {
            start,
            first,
            ends: &ends,
            complete: record.uses_sizes() && !S::COUNTS_ONLY,
        };
        derive(
            self.schema,
            record,
            given,
            &mut values,
            extents,
            parameters,
            w,
        )?;
        let scope = Scope::new(self.schema, record, &values, extents).given(parameters);
        let mut places = alloc::vec![first];
        for (field, value) in record.fields.iter().zip(&values) {
            if !S::COUNTS_ONLY
                && let Some(kind) = scope.unsatisfied(&field.assertions)
            {
                let fault = w.fail(kind);
                return Err(in_field(w, fault, &field.name));
            }
            self.shape(&field.shape, value, &scope, w)
                .map_err(|fault| in_field(w, fault, &field.name))?;
            places.push(w.bit_offset());
        }
        if S::COUNTS_ONLY {
            return Ok(());
        }
        self.checksums(record, given, start, &places, w)
    }

    /// Puts checksums into their fields, when all of the record is written.
    fn checksums<S: Sink, O: Order>(
        &self,
        record: &Record,
        given: &Given<'_>,
        start: u64,
        places: &[u64],
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        for (index, field) in record.fields.iter().enumerate() {
            let Some(checksum) = field.checksum else {
                continue;
            };
            let bytes = w.since((start / 8) as usize);
            let follows = checksum.of(bytes, start, places, record.checksums_from(index));
            let result = match follows {
                Some(follows) if start.is_multiple_of(8) => {
                    let expected = i128::from(follows);
                    let found = given
                        .given(index)
                        .map_or(expected, |value| value.as_i128().unwrap_or(i128::MAX));
                    if found == expected {
                        self.put_checksum(&field.shape, follows, places[index], w)
                    } else {
                        Err(w.fail(ErrorKind::WrongDerived { expected, found }))
                    }
                }
                _ => Err(w.fail(ErrorKind::NotOnByteBoundary)),
            };
            result.map_err(|fault| in_field(w, fault, &field.name))?;
        }
        Ok(())
    }

    fn put_checksum<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        follows: u64,
        at: u64,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let mut bytes = Vec::new();
        let mut own = Writer::<_, O>::new(VecSink::new(&mut bytes));
        let value = Value::Unsigned(follows.into());
        match self.shape(shape, &value, &Scope::NONE, own.unaligned()) {
            Ok(()) => {
                w.patch((at / 8) as usize, &bytes);
                Ok(())
            }
            Err(fault) => {
                let kind = own.into_error(fault).kind().clone();
                Err(w.fail(kind))
            }
        }
    }

    /// Where each field will end.
    fn ends<S: Sink, O: Order>(
        &self,
        record: &Record,
        values: &[Value],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<u64>, Fault> {
        let mut counter = w.counter();
        let mut ends = Vec::with_capacity(values.len());
        for (field, value) in record.fields.iter().zip(values) {
            let counter = &mut counter;
            if let Err(fault) = self.shape(&field.shape, value, scope, counter) {
                let fault = in_field(counter, fault, &field.name);
                return Err(w.adopt(counter.into_error(fault)));
            }
            ends.push(counter.bit_offset());
        }
        Ok(ends)
    }
}

/// All values of a record; what is derived and not given is 0.
fn complete<S: Sink, O: Order>(
    record: &Record,
    given: &Given<'_>,
    w: Dynamic<'_, S, O>,
) -> Result<Vec<Value>, Fault> {
    let mut values = Vec::with_capacity(record.fields.len());
    for (index, field) in record.fields.iter().enumerate() {
        let value = match (&field.derived, given.given(index)) {
            (Some(_), None) => Ok(Cow::Owned(Value::Unsigned(0))),
            _ => given.value(field, index),
        };
        match value {
            Ok(value) => values.push(value.into_owned()),
            Err(kind) => {
                let fault = w.fail(kind);
                return Err(in_field(w, fault, &field.name));
            }
        }
    }
    Ok(values)
}

/// Fills in derived fields; what is given must be what follows. Until
/// `extents` tells the sizes that are looked at, that is only tentative.
fn derive<S: Sink, O: Order>(
    schema: &Schema,
    record: &Record,
    given: &Given<'_>,
    values: &mut [Value],
    extents: Extents<'_>,
    parameters: Parameters<'_>,
    w: Dynamic<'_, S, O>,
) -> Result<(), Fault> {
    for (index, field) in record.fields.iter().enumerate() {
        let Some(expr) = &field.derived else { continue };
        let tentative = record.uses_sizes() && !extents.complete;
        if tentative && expr.uses_sizes() {
            continue;
        }
        let expected = Scope::new(schema, record, values, extents)
            .given(parameters)
            .eval(expr)
            .unwrap_or(i128::MAX);
        let found = match given.given(index) {
            Some(value) if field.checksum.is_none() => value.as_i128().unwrap_or(i128::MAX),
            // A checksum is found out when all else is written.
            _ => expected,
        };
        if found != expected && !tentative {
            let fault = w.fail(ErrorKind::WrongDerived { expected, found });
            return Err(in_field(w, fault, &field.name));
        }
        values[index] = Value::integer(expected);
    }
    Ok(())
}

#[cold]
fn in_field<S: Sink, O: Order>(w: Dynamic<'_, S, O>, fault: Fault, name: &str) -> Fault {
    w.within(fault, Step::Field(String::from(name).into()))
}
