//! Records.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::frame::{Fields, Frame, Held};
use crate::dynamic::scope::{Extents, Scope};
use crate::dynamic::trace::Watch;
use crate::dynamic::value::{RecordValue, Value};
use crate::error::{ErrorKind, Step, has_no_value};
use crate::generated::wrong_digest;
use crate::picklers::There;
use crate::schema::{Record, Shape};

impl<W: Watch> Decoder<'_, W> {
    #[inline(never)]
    pub(super) fn record<O: Order>(
        &self,
        record: &Record,
        outer: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let start = r.bit_offset();
        let bytes = r.rest();
        let shape = core::ptr::from_ref(record).addr();
        let fields = match self.watch.resumed(shape, start) {
            Some(Frame {
                at,
                held: Held::Fields(fields),
                ..
            }) => {
                r.advance_to(at);
                fields
            }
            _ => self.begin(record, r)?,
        };
        self.fields(record, (bytes, start), fields, outer, r)
    }

    /// What comes in front of the fields.
    fn begin<O: Order>(&self, record: &Record, r: Dynamic<'_, '_, O>) -> Result<Fields, Fault> {
        if let Some(magic) = &record.magic {
            self.magic(magic, r)?;
        }
        r.expect_memory(record.fields.len() as u64, size_of::<Value>())?;
        Ok(Fields {
            names: Some(record.names.clone()),
            first: r.bit_offset(),
            values: Vec::with_capacity(record.fields.len()),
            ends: Vec::new(),
            there: Vec::new(),
        })
    }

    /// A constant in front of something.
    pub(super) fn magic<O: Order>(
        &self,
        magic: &Shape,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(), Fault> {
        self.watch.enter(|| Step::Field("magic".into()));
        self.shape(magic, &Scope::NONE, r)
            .map_err(|fault| r.within_field(fault, "magic"))?;
        self.watch.leave();
        Ok(())
    }

    fn fields<O: Order>(
        &self,
        record: &Record,
        (bytes, start): (&[u8], u64),
        mut fields: Fields,
        outer: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let tells_extents = record.has_derived_fields() || record.uses_sizes();
        let has_elsewhere = record.has_elsewhere();
        let is_plain = !record.has_expressions();
        for field in record.fields.iter().skip(fields.values.len()) {
            let at = r.bit_offset();
            self.watch
                .enter(|| Step::Field(field.name.to_string().into()));
            let mut place = There::default();
            // A value is put where it stays at once: what is handed on is
            // copied, and waits for the stores of its parts.
            let result = match &field.shape {
                Shape::Integer { bits, signed } => {
                    self.push_integer(*bits, *signed, &mut fields.values, r)
                }
                // Nothing looks at what is around it.
                shape if is_plain => {
                    let value = self.shape(shape, &Scope::NONE, r);
                    value.map(|value| fields.values.push(value))
                }
                shape => {
                    let scope = self.scope(record, &fields, start, outer);
                    let value = match shape {
                        Shape::Elsewhere { item, place: at } => {
                            let found = self.elsewhere(item, at, &scope, r);
                            found.map(|(value, found)| {
                                place = found;
                                value
                            })
                        }
                        shape => self.shape(shape, &scope, r),
                    };
                    value.map(|value| fields.values.push(value))
                }
            };
            match result {
                Ok(()) => {
                    if has_elsewhere {
                        fields.there.push(place);
                    }
                    if !field.assertions.is_empty() {
                        let scope = self.scope(record, &fields, start, outer);
                        if let Some(kind) = scope.unsatisfied(&field.assertions) {
                            let fault = r.fail_at(at, kind);
                            return Err(in_field(r, fault, &field.name));
                        }
                    }
                }
                Err(fault) => {
                    self.watch.failed(|| Frame {
                        start,
                        shape: core::ptr::from_ref(record).addr(),
                        at,
                        held: Held::Fields(fields),
                    });
                    return Err(in_field(r, fault, &field.name));
                }
            }
            self.watch.leave();
            if tells_extents {
                fields.ends.push(r.bit_offset());
            }
        }
        if record.has_derived_fields() || !record.assertions.is_empty() {
            let scope = self.scope(record, &fields, start, outer);
            let checked = check_derived(record, &fields, (bytes, start), &scope, r).and_then(
                |()| match scope.unsatisfied(&record.assertions) {
                    Some(kind) => Err(r.fail_at(start, kind)),
                    None => Ok(()),
                },
            );
            if let Err(fault) = checked {
                let value = RecordValue::new(record.names.clone(), fields.values);
                self.watch.failed(|| Frame::whole(Value::Record(value)));
                return Err(fault);
            }
        }
        let names = fields.names.unwrap_or_else(|| record.names.clone());
        Ok(Value::Record(
            RecordValue::new(names, fields.values).with_row(record.row),
        ))
    }

    /// What expressions see, after the fields that have been read.
    fn scope<'a>(
        &'a self,
        record: &'a Record,
        fields: &'a Fields,
        start: u64,
        outer: &'a Scope<'_>,
    ) -> Scope<'a> {
        let extents = Extents {
            start,
            first: fields.first,
            ends: &fields.ends,
            there: &fields.there,
            complete: fields.ends.len() == record.fields.len(),
        };
        Scope::new(self.schema, record, &fields.values, extents).given(outer.parameters())
    }
}

fn check_derived<O: Order>(
    record: &Record,
    fields: &Fields,
    (bytes, start): (&[u8], u64),
    scope: &Scope<'_>,
    r: Dynamic<'_, '_, O>,
) -> Result<(), Fault> {
    let Fields {
        first,
        values,
        ends,
        ..
    } = fields;
    // Where each field starts, and the last ends.
    let places = || -> Vec<u64> { [first].into_iter().chain(ends).copied().collect() };
    for (index, field) in record.fields.iter().enumerate() {
        let Some(expr) = &field.derived else { continue };
        if let Some(checksum) = field.checksum
            && checksum.algorithm.digest_size().is_some()
        {
            let places = places();
            let zeroed = record.checksums_from(index);
            let found = values[index].digest().unwrap_or_default();
            let kind = match checksum.digest(bytes, start, &places, zeroed) {
                Some(expected) if expected == found => continue,
                Some(expected) => wrong_digest(&expected, &found),
                None => ErrorKind::NotOnByteBoundary,
            };
            let fault = r.fail_in(places[index]..places[index + 1], kind);
            return Err(in_field(r, fault, &field.name));
        }
        let at = index.checked_sub(1).map_or(*first, |before| ends[before]);
        let place = at..ends[index];
        let found = values[index].as_i128();
        let expected = match field.checksum {
            None => {
                let Some(expected) = scope.eval(expr) else {
                    let fault = r.fail_in(place, has_no_value(expr));
                    return Err(in_field(r, fault, &field.name));
                };
                expected
            }
            Some(checksum) => {
                let places = places();
                let zeroed = record.checksums_from(index);
                let Some(expected) = checksum.of(bytes, start, &places, zeroed) else {
                    let fault = r.fail_in(place, ErrorKind::NotOnByteBoundary);
                    return Err(in_field(r, fault, &field.name));
                };
                expected.into()
            }
        };
        if found != Some(expected) {
            let found = found.unwrap_or(i128::MAX);
            let fault = r.fail_in(place, ErrorKind::WrongDerived { expected, found });
            return Err(in_field(r, fault, &field.name));
        }
    }
    Ok(())
}

#[cold]
pub(super) fn in_field<O: Order>(r: Dynamic<'_, '_, O>, fault: Fault, name: &str) -> Fault {
    r.within(fault, Step::Field(name.to_string().into()))
}
