//! Records, whose fields may depend on each other.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::leaf::integer_of;
use super::solve::{satisfy_all_of, solve};
use super::{Place, Run};
use crate::cursor::Looks;
use crate::dynamic::{self, Extents, Parameters, RecordValue, Scope, Value};
use crate::error::{Error, Step};
use crate::generate::Choices;
use crate::schema::{Count, Expr, Field, Filter, Names, Record, Schema, Shape, Size};

/// How often a record whose fields depend on each other is made anew before
/// what it is in is.
const ATTEMPTS: u32 = 4;
/// What stands elsewhere is mostly put at multiples of so many bytes.
const OFFSETS: u128 = 16;

/// What must come out of an expression.
#[derive(Clone, Copy)]
enum Dependent<'a> {
    /// How many units the field has.
    Units(&'a Expr),
    /// How many bytes it takes.
    Bytes(&'a Expr),
}

impl<'a> Dependent<'a> {
    fn collect(shape: &'a Shape, found: &mut Vec<Self>) {
        match shape {
            Shape::Bytes { count } | Shape::Text { count } | Shape::List { count, .. } => {
                if let Count::Expr(expr) = count {
                    found.push(Self::Units(expr));
                }
            }
            Shape::Sized {
                item,
                size,
                leftover,
            } => {
                if let (Size::Expr(size), false) = (size, leftover) {
                    found.push(Self::Bytes(size));
                }
                Self::collect(item, found);
            }
            Shape::Filtered { item, filter } => {
                // How many bytes come out does not tell how many go in.
                if !matches!(filter, Filter::Compressed(_)) {
                    Self::collect(item, found);
                }
            }
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Shown { item, .. }
            | Shape::Mapped { item, .. }
            | Shape::Satisfying { item, .. }
            | Shape::Unordered { list: item, .. }
            | Shape::Filled { item, .. }
            | Shape::Behind { item, .. }
            | Shape::Elsewhere { item, .. }
            | Shape::Shared { item, .. }
            | Shape::Json { item } => Self::collect(item, found),
            // Nothing, or nothing that could be told from the field's value: it
            // is made to fit, or else the record is made anew.
            Shape::Tuple(_)
            | Shape::Optional { .. }
            | Shape::Conditional { .. }
            | Shape::Constant { .. }
            | Shape::Choice { .. }
            | Shape::Peeked { .. }
            | Shape::Boxed(_)
            | Shape::Record(_)
            | Shape::Keyed(_)
            | Shape::ProtobufField { .. }
            | Shape::Union(_)
            | Shape::Named(_)
            | Shape::Given { .. }
            | Shape::Integer { .. }
            | Shape::Means { .. }
            | Shape::Padded { .. }
            | Shape::Varint(_)
            | Shape::Bool { .. }
            | Shape::Float { .. }
            | Shape::Opaque(_)
            | Shape::Enumeration(_) => {}
        }
    }

    fn expr(self) -> &'a Expr {
        match self {
            Self::Units(expr) | Self::Bytes(expr) => expr,
        }
    }
}

/// The fields of a record that were made so far.
pub(super) struct Made<'a> {
    pub schema: &'a Schema,
    /// What the record's type is given.
    pub parameters: Parameters<'a>,
    pub record: &'a Record,
    /// `Null` for a derived field: it is not known.
    pub values: Vec<Value>,
    /// Where each field ends, in bits, if an expression may look at that.
    ends: Vec<u64>,
}

impl Made<'_> {
    pub(super) fn scope(&self) -> Scope<'_> {
        let extents = Extents {
            ends: &self.ends,
            ..Extents::default()
        };
        Scope::new(self.schema, self.record, &self.values, extents)
            .given(self.parameters)
            .looking(Looks::LATER)
    }

    /// The numbers that an expression compares, as far as they are fields.
    fn numbers(&self, of: &Expr, found: &mut Vec<i128>) {
        let scope = self.scope();
        of.walk(&mut |it| {
            if let Expr::Binary(left, _, right) = it {
                found.extend(
                    [left, right]
                        .into_iter()
                        .filter_map(|side| scope.eval(side)),
                );
            }
        });
    }

    /// Fills in those of the derived fields that hold tags of which the tag is known
    /// by now: what is given a tag cannot be measured without it.
    fn follow_tags(&mut self, tags: &[(usize, &Expr)]) {
        for &(index, expr) in tags {
            if let (Some(Value::Null), Some(tag)) =
                (self.values.get(index), self.scope().eval(expr))
            {
                self.values[index] = Value::integer(tag);
            }
        }
    }
}

impl Run<'_> {
    pub(super) fn record(&mut self, record: &Record, place: Place<'_>) -> Result<Value, Error> {
        if !record.has_expressions() {
            return self.try_record(record, place);
        }
        let mut attempt = 1;
        loop {
            let units = self.units;
            let made = self.try_record(record, place).and_then(|value| {
                dynamic::check_record(&self.generator.schema, record, &value, &place.scope)?;
                Ok(value)
            });
            match made {
                // What is around it goes on as deep, or as far.
                Err(error) if error.kind().is_of_a_budget() => return Err(error),
                Err(_) if attempt < ATTEMPTS && !self.give_up() => attempt += 1,
                made => return made,
            }
            // Smaller things fit more often.
            self.units = units.min(64 >> attempt);
        }
    }

    fn try_record(&mut self, record: &Record, place: Place<'_>) -> Result<Value, Error> {
        let measured = record.uses_sizes() || place.bytes.is_some();
        let schema = self.generator.schema();
        let mut made = Made {
            schema,
            parameters: place.scope.parameters(),
            record,
            values: Vec::with_capacity(record.fields.len()),
            ends: Vec::new(),
        };
        let tags: Vec<(usize, &Expr)> = record
            .fields
            .iter()
            .enumerate()
            .filter_map(|(index, field)| match &field.derived {
                Some(expr @ Expr::Tag(_)) => Some((index, expr)),
                _ => None,
            })
            .collect();
        for (index, field) in record.fields.iter().enumerate() {
            let taken = made.ends.last().copied().unwrap_or(0);
            let mut inner = Place {
                scope: made.scope(),
                ..place.inside()
            };
            if index + 1 == record.fields.len() {
                inner.bytes = place.bytes.and_then(|bytes| bytes.checked_sub(taken / 8));
            }
            let value = if field.derived.is_some() {
                Value::Null
            } else if let Some(value) = self.given_tag(record, index, place) {
                value
            } else if let Some(value) = self.small(record, field) {
                value
            } else {
                let value = self
                    .shape(&field.shape, inner)
                    .map_err(|error| in_field(error, field))?;
                self.placed(record, field, value)
            };
            made.values.push(value);
            made.follow_tags(&tags);
            if measured {
                let written = match &field.derived {
                    Some(_) => &field.underived(),
                    None => &made.values[index],
                };
                let inner = Place {
                    scope: made.scope(),
                    ..place.inside()
                };
                let bits = self
                    .measure(&field.shape, written, inner)
                    .map_err(|error| in_field(error, field))?;
                made.ends.push(taken + bits);
            }
            self.satisfy(&mut made, index, &field.assertions);
        }
        self.satisfy_all(&mut made);
        self.fit(&mut made)?;
        Ok(without_derived(record, made.values))
    }

    /// Changes an integer that was made last so that what it must be holds, if
    /// one of the numbers that its conditions mention, or beside them, does.
    fn satisfy(&mut self, made: &mut Made<'_>, index: usize, assertions: &[Expr]) {
        let field = &made.record.fields[index];
        let width = integer_of(&field.shape);
        let holds = |made: &Made<'_>| {
            let scope = made.scope();
            assertions.iter().all(|it| scope.eval(it) == Some(1))
        };
        if holds(made) || field.derived.is_some() {
            return;
        }
        let Some((bits, signed)) = width else {
            let before = made.values[index].clone();
            for assertion in assertions {
                for literal in self.literals(assertion, &before) {
                    made.values[index] = literal;
                    let fits = self.bytes_of(&field.shape, &made.values[index], made);
                    if fits.is_ok() && holds(made) {
                        return;
                    }
                }
            }
            made.values[index] = before;
            return;
        };
        let mut numbers = Vec::new();
        for assertion in assertions {
            assertion.numbers(&mut numbers);
            made.numbers(assertion, &mut numbers);
        }
        let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else {
            return;
        };
        // Any of those between them, too.
        let span = most.abs_diff(*least).saturating_add(2);
        let between = least
            .saturating_sub(1)
            .saturating_add_unsigned(self.up_to(span));
        let before = made.values[index].clone();
        let first = self.up_to(numbers.len() as u128 - 1) as usize;
        numbers.rotate_left(first);
        let beside = numbers
            .iter()
            .flat_map(|it| [*it, it.saturating_add(1), it.saturating_sub(1)]);
        let greatest = i128::MAX >> (127 - (bits - u32::from(signed)).min(127));
        let least = if signed { -1 - greatest } else { 0 };
        let all = core::iter::once(between).chain(beside);
        for candidate in all.filter(|it| (least..=greatest).contains(it)) {
            made.values[index] = Value::integer(candidate);
            if holds(made) {
                return;
            }
        }
        made.values[index] = before;
        satisfy_all_of(made, index, assertions, bits - u32::from(signed));
    }

    /// Changes integers so that what must be of all fields together holds.
    fn satisfy_all(&mut self, made: &mut Made<'_>) {
        let record = made.record;
        if record.assertions.is_empty() {
            return;
        }
        let counts = |name: &str| {
            let shapes = record.fields.iter().map(|field| &field.shape);
            let mut expressions = shapes.flat_map(Shape::expressions);
            expressions.any(|expr| expr.mentions(name))
        };
        for (index, field) in record.fields.iter().enumerate() {
            if record.assertions.iter().any(|it| it.mentions(&field.name)) && !counts(&field.name) {
                let own = field.assertions.iter();
                let all: Vec<_> = own.chain(&record.assertions).cloned().collect();
                self.satisfy(made, index, &all);
            }
        }
    }

    /// Mostly a small number for an integer that counts something.
    fn small(&mut self, record: &Record, field: &Field) -> Option<Value> {
        let (bits, signed) = integer_of(&field.shape)?;
        let counts = record
            .fields
            .iter()
            .flat_map(|field| field.shape.expressions())
            .any(|expr| expr.mentions(&field.name));
        let small = counts && !gives_place(record, field) && !self.once_in(8);
        let most = u128::MAX >> (128 - (bits - u32::from(signed)).clamp(1, 128));
        small.then(|| Value::Unsigned(self.up_to(most.min(6))))
    }

    /// Mostly an offset near the start for an integer that says where something
    /// is: where what is in front of it and behind it leaves room.
    fn placed(&mut self, record: &Record, field: &Field, value: Value) -> Value {
        let is_place = matches!(value, Value::Unsigned(_)) && gives_place(record, field);
        if !is_place || self.once_in(8) {
            return value;
        }
        Value::Unsigned(OFFSETS * (1 + self.up_to(15)))
    }

    /// Changes fields so that the expressions that look at them give what
    /// there is.
    fn fit(&self, made: &mut Made<'_>) -> Result<(), Error> {
        let record = made.record;
        let mut settled = alloc::vec![false; record.fields.len()];
        // First what fits already: it is not to be changed for what does not.
        for solving in [false, true] {
            for (index, field) in record.fields.iter().enumerate() {
                let mut dependents = Vec::new();
                Dependent::collect(&field.shape, &mut dependents);
                for dependent in dependents {
                    let expr = dependent.expr();
                    let found = match dependent {
                        Dependent::Units(_) => made.values[index].units(),
                        Dependent::Bytes(_) => {
                            Some(self.bytes_of(&field.shape, &made.values[index], made)?)
                        }
                    };
                    let Some(found) = found else { continue };
                    let fits = made.scope().eval(expr) == Some(found);
                    if !fits && solving && !follows(record, expr) {
                        solve(made, expr, found, |index| !settled[index])
                            .map_err(|error| in_field(error, field))?;
                    }
                    if fits || solving {
                        for (other, settled) in record.fields.iter().zip(&mut settled) {
                            *settled |= expr.mentions(&other.name);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn bytes_of(&self, shape: &Shape, value: &Value, made: &Made<'_>) -> Result<i128, Error> {
        let scope = made.scope();
        let bits = dynamic::measure(&self.generator.schema, shape, value, &scope)?;
        Ok(bits.div_ceil(8).into())
    }
}

/// Where something is that stands elsewhere follows from the field.
fn gives_place(record: &Record, field: &Field) -> bool {
    fn is_given(shape: &Shape, name: &str) -> bool {
        match shape {
            Shape::Elsewhere { place, item } => place.at.mentions(name) || is_given(item, name),
            Shape::Record(_) | Shape::Keyed(_) | Shape::Union(_) => false,
            shape => shape.parts().into_iter().any(|part| is_given(part, name)),
        }
    }
    let mut shapes = record.fields.iter().map(|field| &field.shape);
    record.has_elsewhere() && shapes.any(|shape| is_given(shape, &field.name))
}

/// A derived field is among what the expression looks at: it will follow.
fn follows(record: &Record, expr: &Expr) -> bool {
    record
        .fields
        .iter()
        .any(|field| field.derived.is_some() && expr.mentions(&field.name))
}

fn without_derived(record: &Record, values: Vec<Value>) -> Value {
    if !record.has_derived_fields() {
        return Value::Record(RecordValue::new(record.names.clone(), values).with_row(record.row));
    }
    let (names, values) = record
        .fields
        .iter()
        .zip(values)
        .filter(|(field, _)| field.derived.is_none())
        .map(|(field, value)| (field.name.clone(), value))
        .unzip::<Arc<str>, Value, Vec<_>, Vec<_>>();
    let names: Names = names.into_iter().collect();
    Value::Record(RecordValue::new(names, values).with_row(record.row))
}

fn in_field(error: Error, field: &Field) -> Error {
    let name: &str = &field.name;
    error.within(Step::Field(String::from(name).into()))
}
