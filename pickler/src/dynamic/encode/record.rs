//! Records.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::elsewhere::{Item, check};
use super::given::Given;
use super::{Dynamic, Encoder};
use crate::cursor::{Fault, Looks, Order, Sink};
use crate::dynamic::context::Parameters;
use crate::dynamic::scope::{Extents, Scope};
use crate::dynamic::value::Value;
use crate::error::{ErrorKind, Step, has_no_value};
use crate::generated::wrong_digest;
use crate::picklers::There;
use crate::schema::{Meaning, Record, Schema, Shape};

impl Encoder<'_> {
    #[inline(never)]
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
            self.magic(magic, w)?;
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

    /// A constant in front of something.
    pub(super) fn magic<S: Sink, O: Order>(
        &self,
        magic: &Shape,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        self.shape(magic, &Value::Null, &Scope::NONE, w)
            .map_err(|fault| w.within_field(fault, "magic"))
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
        let (ends, there) = self.follow(record, given, &mut values, start, parameters, w)?;
        let first = w.bit_offset();
        let extents = Extents {
            start,
            first,
            ends: &ends,
            there: &there,
            complete: record.uses_sizes() && !S::COUNTS_ONLY,
        };
        let scope = Scope::new(self.schema, record, &*values, extents)
            .given(parameters)
            .looking(w.looks());
        if !S::COUNTS_ONLY
            && let Some(kind) = scope.unsatisfied(&record.assertions)
        {
            return Err(w.fail(kind));
        }
        let mut places = alloc::vec![first];
        for (field, value) in record.fields.iter().zip(&values) {
            if !S::COUNTS_ONLY
                && let Some(kind) = scope.unsatisfied(&field.assertions)
                && !(w.is_measuring() && record.is_asserted_of_offsets(field))
            {
                let fault = w.fail(kind);
                return Err(in_field(w, fault, &field.name));
            }
            match (&field.shape, there.get(places.len() - 1)) {
                (Shape::Elsewhere { place, .. }, Some(there)) => check(place, *there, &scope, w),
                _ if let (Some(expr), Value::Null) = (&field.derived, &**value) => {
                    Err(w.fail(has_no_value(expr)))
                }
                (shape, _) => self.shape(shape, value, &scope, w),
            }
            .map_err(|fault| in_field(w, fault, &field.name))?;
            places.push(w.bit_offset());
        }
        // Offsets that are summed up are not known while places are found out.
        if S::COUNTS_ONLY || w.is_measuring() {
            return Ok(());
        }
        self.checksums(record, given, start, &places, &scope, w)
    }

    /// Fills in derived fields, and puts what stands elsewhere; gives where
    /// each field will end, and where those elsewhere are.
    pub(super) fn follow<S: Sink, O: Order>(
        &self,
        record: &Record,
        given: &Given<'_>,
        values: &mut [Cow<'_, Value>],
        start: u64,
        parameters: Parameters<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(Vec<u64>, Vec<There>), Fault> {
        let first = w.bit_offset();
        let derivation = Derivation {
            schema: self.schema,
            record,
            given,
            parameters,
            looks: w.looks(),
        };
        let sizes = record.uses_sizes() && !S::COUNTS_ONLY;
        let mut extents = Extents {
            start,
            first,
            ..Extents::default()
        };
        let (mut ends, mut sized) = (Vec::new(), Vec::new());
        // Counting at each level what is below would take time beyond bounds,
        // and widths do not depend on what follows from sizes.
        if sizes {
            derivation.derive(values, extents, Known::Values, w)?;
            let scope = derivation.scope(values, extents);
            ends = self.ends(record, values, &scope, w)?;
            if record.has_elsewhere() {
                sized = self.sizes_elsewhere(record, values, &scope, w)?;
            }
        }
        extents.ends = &ends;
        extents.there = &sized;
        extents.complete = sizes;
        let mut there = Vec::new();
        if record.has_elsewhere() {
            let known = if sizes { Known::Sizes } else { Known::Values };
            derivation.derive(values, extents, known, w)?;
            let scope = derivation.scope(values, extents);
            there = self.place_all(record, values, &scope, w)?;
            extents.there = &there;
        }
        let known = if S::COUNTS_ONLY {
            Known::Values
        } else {
            Known::All
        };
        derivation.derive(values, extents, known, w)?;
        Ok((ends, there))
    }

    /// Puts checksums into their fields, when all of the record is written.
    fn checksums<S: Sink, O: Order>(
        &self,
        record: &Record,
        given: &Given<'_>,
        start: u64,
        places: &[u64],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        for (index, field) in record.fields.iter().enumerate() {
            let Some(checksum) = field.checksum else {
                continue;
            };
            // It is another where what it is over is written otherwise, as sizes are,
            // and as long as offsets are not known.
            let measuring = w.is_measuring();
            let may_differ = || measuring || self.schema.sums_forms(record, checksum);
            if checksum.algorithm.digest_size().is_some() {
                let given = given.given(index).filter(|_| !may_differ());
                self.put_digest(given, start, (places, index), record, scope, w)
                    .map_err(|fault| in_field(w, fault, &field.name))?;
                continue;
            }
            let bytes = w.since((start / 8) as usize);
            let follows = checksum.of(bytes, start, places, record.checksums_from(index));
            let result = match follows {
                Some(follows) if start.is_multiple_of(8) => {
                    let expected = i128::from(follows);
                    let found = given
                        .given(index)
                        .map_or(expected, |value| value.as_i128().unwrap_or(i128::MAX));
                    if found == expected || may_differ() {
                        let value = Value::Unsigned(follows.into());
                        self.overwrite(&field.shape, &value, places[index], scope, w)
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

    /// Puts a digest into its field, when all of the record is written.
    fn put_digest<S: Sink, O: Order>(
        &self,
        given: Option<&Value>,
        start: u64,
        (places, index): (&[u64], usize),
        record: &Record,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let field = &record.fields[index];
        let bytes = w.since((start / 8) as usize);
        let zeroed = record.checksums_from(index);
        let digest = field
            .checksum
            .and_then(|checksum| checksum.digest(bytes, start, places, zeroed));
        let Some(digest) = digest.filter(|_| start.is_multiple_of(8)) else {
            return Err(w.fail(ErrorKind::NotOnByteBoundary));
        };
        match given.map(|given| given.digest().unwrap_or_default()) {
            Some(given) if given != digest => Err(w.fail(wrong_digest(&digest, &given))),
            _ => self.overwrite(
                &field.shape,
                &field.digest(&digest),
                places[index],
                scope,
                w,
            ),
        }
    }

    /// Writes a field once more, where it stands.
    fn overwrite<S: Sink, O: Order>(
        &self,
        shape: &Shape,
        value: &Value,
        at: u64,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let item = Item {
            encoder: self,
            shape,
            value,
            scope,
        };
        w.overwrite((at / 8) as usize, &item)
    }

    /// Where each field will end.
    fn ends<S: Sink, O: Order>(
        &self,
        record: &Record,
        values: &[Cow<'_, Value>],
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<Vec<u64>, Fault> {
        let mut counter = w.counter();
        let mut ends = Vec::with_capacity(values.len());
        for (field, value) in record.fields.iter().zip(values) {
            let counter = &mut counter;
            let written = match (&field.derived, &field.shape) {
                (Some(expr), _) if **value == Value::Null => Err(counter.fail(has_no_value(expr))),
                // What stands elsewhere takes no room here.
                (_, Shape::Elsewhere { .. }) => Ok(()),
                (_, shape) => self.shape(shape, value, scope, counter),
            };
            if let Err(fault) = written {
                let fault = in_field(counter, fault, &field.name);
                return Err(w.adopt(counter.into_error(fault)));
            }
            ends.push(counter.bit_offset());
        }
        Ok(ends)
    }
}

/// All values of a record; what is derived and not given is 0.
pub(super) fn complete<'a, S: Sink, O: Order>(
    record: &'a Record,
    given: &'a Given<'_>,
    w: Dynamic<'_, S, O>,
) -> Result<Vec<Cow<'a, Value>>, Fault> {
    let mut values = Vec::with_capacity(record.fields.len());
    for (index, field) in record.fields.iter().enumerate() {
        let value = match (&field.derived, given.given(index)) {
            (Some(_), None) => Ok(Cow::Owned(field.underived())),
            _ => given.value(field, index),
        };
        match value {
            Ok(value) => values.push(value),
            Err(kind) => {
                let fault = w.fail(kind);
                return Err(in_field(w, fault, &field.name));
            }
        }
    }
    Ok(values)
}

/// What derived fields follow from, as far as it is known.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// The values of the fields.
    Values,
    /// How much room fields take, too.
    Sizes,
    /// Where they are, too.
    All,
}

/// The filling in of derived fields.
struct Derivation<'a> {
    schema: &'a Schema,
    record: &'a Record,
    given: &'a Given<'a>,
    parameters: Parameters<'a>,
    looks: Looks,
}

impl<'a> Derivation<'a> {
    /// What expressions see.
    fn scope<'b>(&self, values: &'b [Cow<'_, Value>], extents: Extents<'b>) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope::new(self.schema, self.record, values, extents)
            .given(self.parameters)
            .looking(self.looks)
    }

    /// Fills in derived fields that follow from what is known; what is given
    /// must be what follows, as soon as all is known.
    fn derive<S: Sink, O: Order>(
        &self,
        values: &mut [Cow<'_, Value>],
        extents: Extents<'_>,
        known: Known,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let record = self.record;
        let tentative = known != Known::All && (record.uses_sizes() || record.has_elsewhere());
        for (index, field) in record.fields.iter().enumerate() {
            let Some(expr) = &field.derived else { continue };
            if field.is_digest() {
                values[index] = Cow::Owned(field.underived());
                continue;
            }
            let unknown = match known {
                Known::Values => expr.uses_sizes() || record.follows_offsets(expr),
                Known::Sizes => record.follows_offsets(expr),
                Known::All => w.is_measuring() && record.follows_offsets(expr),
            };
            if unknown {
                values[index] = Cow::Owned(stand_in(self.schema, &field.shape));
                continue;
            }
            let expected = self.scope(values, extents).eval(expr);
            let Some(expected) = expected else {
                // It is refused where it would be written.
                values[index] = Cow::Owned(Value::Null);
                continue;
            };
            let found = match self.given.given(index) {
                // A checksum is found out when all else is written; what was read
                // at one place may be written at another.
                Some(value) if field.checksum.is_none() && !record.follows_offsets(expr) => {
                    value.as_i128().unwrap_or(i128::MAX)
                }
                _ => expected,
            };
            // What was read in one form may be written in another, which takes more
            // or fewer bytes.
            if found != expected && !tentative && !self.schema.follows_forms(record, expr) {
                let fault = w.fail(ErrorKind::WrongDerived { expected, found });
                return Err(in_field(w, fault, &field.name));
            }
            values[index] = Cow::Owned(Value::integer(expected));
        }
        Ok(())
    }
}

/// What is written in place of a number that is not known yet: the one next to 0
/// that may be there.
fn stand_in(schema: &Schema, shape: &Shape) -> Value {
    let least = match schema.meaning(shape) {
        Shape::Means { item, meaning } => match (meaning, stand_in(schema, item).as_i128()) {
            (Meaning::Within { min, max }, Some(inner)) => inner.clamp(*min, *max),
            (Meaning::NonZero, Some(0)) => 1,
            (_, inner) => inner.unwrap_or(0),
        },
        _ => 0,
    };
    Value::integer(least)
}

#[cold]
pub(super) fn in_field<S: Sink, O: Order>(w: Dynamic<'_, S, O>, fault: Fault, name: &str) -> Fault {
    w.within(fault, Step::Field(String::from(name).into()))
}
