//! What the expressions of a record see.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cell::Cell;

use super::context::Parameters;
use super::encode::DerivedWithin;
use crate::cursor::Looks;
use crate::dynamic::{Value, VariantValue};
use crate::error::{ErrorKind, Text};
use crate::picklers::There;
use crate::schema::{Comparand, Expr, Field, Operator, Pattern, Record, Schema, Shape, Union};

/// The record that an expression stands in, as far as it is known.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scope<'a> {
    schema: Option<&'a Schema>,
    parameters: Parameters<'a>,
    record: Option<&'a Record>,
    /// The values known so far, in field order.
    values: Values<'a>,
    extents: Extents<'a>,
    /// The item of a list that an expression looks at.
    item: Option<(&'a Value, &'a Shape)>,
    /// The number of the item that is read or written, of the innermost list.
    index: Option<&'a Cell<u64>>,
    /// Where a record is written: from where what its records will hold is found out.
    looks: Option<Looks>,
}

/// The values of fields.
#[derive(Clone, Copy)]
pub(crate) enum Values<'a> {
    /// Those that were read or made.
    Made(&'a [Value]),
    /// Those that were given to be written, and what is filled in: a copy of
    /// what was given would copy all that is below it, at each level anew.
    Given(&'a [Cow<'a, Value>]),
}

impl Default for Values<'_> {
    fn default() -> Self {
        Self::Made(&[])
    }
}

impl<'a> From<&'a Vec<Value>> for Values<'a> {
    fn from(values: &'a Vec<Value>) -> Self {
        Self::Made(values)
    }
}

impl<'a> From<&'a [Cow<'_, Value>]> for Values<'a> {
    fn from(values: &'a [Cow<'_, Value>]) -> Self {
        Self::Given(values)
    }
}

impl<'a> Values<'a> {
    fn get(self, index: usize) -> Option<&'a Value> {
        match self {
            Self::Made(values) => values.get(index),
            Self::Given(values) => values.get(index).map(|value| &**value),
        }
    }
}

/// Where the fields of a record lie, in bits.
#[derive(Clone, Copy, Default)]
pub(crate) struct Extents<'a> {
    /// Where the record starts.
    pub start: u64,
    /// Where its first field starts, behind the magic.
    pub first: u64,
    /// Where each field ends, as far as that is known.
    pub ends: &'a [u64],
    /// Where fields are that stand elsewhere, by their places; as far as that
    /// is known.
    pub there: &'a [There],
    /// All fields are there.
    pub complete: bool,
}

impl<'a> Scope<'a> {
    /// No record: nothing can be looked at.
    pub(crate) const NONE: Self = Self {
        schema: None,
        parameters: Parameters::NONE,
        record: None,
        values: Values::Made(&[]),
        extents: Extents {
            start: 0,
            first: 0,
            ends: &[],
            there: &[],
            complete: false,
        },
        item: None,
        index: None,
        looks: None,
    };

    pub(crate) fn new(
        schema: &'a Schema,
        record: &'a Record,
        values: impl Into<Values<'a>>,
        extents: Extents<'a>,
    ) -> Self {
        Self {
            schema: Some(schema),
            parameters: Parameters::NONE,
            record: Some(record),
            values: values.into(),
            extents,
            item: None,
            index: None,
            looks: None,
        }
    }

    /// A type of its own sees nothing but what it is given.
    pub(crate) fn of_type(schema: &'a Schema, parameters: Parameters<'a>) -> Self {
        Self {
            schema: Some(schema),
            parameters,
            ..Self::NONE
        }
    }

    /// The same in a type that is given something.
    pub(crate) fn given(self, parameters: Parameters<'a>) -> Self {
        Self { parameters, ..self }
    }

    /// The same where it is to be written.
    pub(crate) fn looking(self, looks: Looks) -> Self {
        Self {
            looks: Some(looks),
            ..self
        }
    }

    /// The same where an item of a list is looked at.
    pub(crate) fn of_item<'b>(&self, item: &'b Value, shape: &'b Shape) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope {
            item: Some((item, shape)),
            ..*self
        }
    }

    /// The same within the items of a list; the cell holds the number of the item.
    pub(crate) fn of_items<'b>(&self, index: &'b Cell<u64>) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope {
            index: Some(index),
            ..*self
        }
    }

    /// What the type around is given.
    pub(crate) fn parameters(&self) -> Parameters<'a> {
        self.parameters
    }

    /// What the body of a variant with a tag of these bits sees of its own.
    pub(crate) fn of_body<'b>(&self, tag: Option<(u128, &'b Shape)>) -> Scope<'b>
    where
        'a: 'b,
    {
        let parameters: Parameters<'b> = self.parameters;
        Scope {
            schema: self.schema,
            parameters: parameters.with_tag(tag),
            looks: self.looks,
            ..Scope::NONE
        }
    }

    /// The value of an expression; `None` if it overflows, divides by zero or
    /// looks at what is not known.
    pub(crate) fn eval(&self, expr: &Expr) -> Option<i128> {
        match expr {
            Expr::Integer(value) => Some(*value),
            Expr::Bool(value) => Some((*value).into()),
            // They can be compared, and nothing else.
            Expr::Text(_) | Expr::Bytes(_) | Expr::Float(_) => None,
            Expr::Field(name) if self.place(expr).is_none() && self.position(name).is_none() => {
                self.parameters.get(name).or_else(|| {
                    let index = self.index.filter(|_| name == "index")?;
                    Some(index.get().into())
                })
            }
            Expr::Field(_) => {
                let (value, shape) = self.place(expr)?;
                self.operand(value, shape)
            }
            Expr::Member(..) => {
                if let Some(derived) = self.derived_within(expr) {
                    return derived.number();
                }
                let (value, shape) = self.place(expr)?;
                self.operand(value, shape)
            }
            Expr::Item(of, index) => match self.place(expr) {
                Some((value, shape)) => self.operand(value, shape),
                None => self.byte(of, index),
            },
            Expr::Tag(of) if self.place(of).is_none() => match &**of {
                Expr::Field(name) => self.parameters.get(name),
                _ => None,
            },
            Expr::Tag(of) => {
                let (value, shape) = self.place(of)?;
                self.operand(value, shape)
            }
            Expr::TagOfSelf => self.parameters.tag(),
            Expr::Present(name) => {
                let index = self.position(name)?;
                let shape = &self.record?.fields.get(index)?.shape;
                Some(self.is_there(self.values.get(index)?, shape).into())
            }
            Expr::Len(of) => self.place(of)?.0.units(),
            Expr::Variant { of, name } => self.schema?.tag_of(of, name),
            Expr::SizeOf(name) => {
                let index = self.position(name)?;
                let size = if self.is_elsewhere(index) {
                    self.extents.there.get(index)?.size
                } else {
                    self.extents.size_of(index)?
                };
                Some(size.into())
            }
            Expr::OffsetOf(name) => {
                let index = self.position(name)?;
                if self.is_elsewhere(index) {
                    Some(self.extents.there.get(index)?.offset)
                } else {
                    self.extents.offset_of(index).map(i128::from)
                }
            }
            Expr::SizeOfSelf => self.extents.size_of_all().map(i128::from),
            Expr::Unary(operator, of) => operator.apply(self.eval(of)?, of.is_condition()),
            Expr::Binary(left, operator, right) if operator.compares() => {
                self.compare(left, *operator, right)
            }
            Expr::Binary(left, operator, right) => {
                let left = self.eval(left);
                match operator.decided(left) {
                    Some(decided) => decided,
                    None => operator.apply(left?, self.eval(right)?),
                }
            }
            Expr::Cast(of, ty) => ty.cast(self.eval(of)?),
            Expr::If {
                condition,
                then,
                otherwise,
            } => self.eval(if self.eval(condition)? == 0 {
                otherwise
            } else {
                then
            }),
            Expr::Match {
                of,
                arms,
                otherwise,
            } => {
                let arm = self.compared(of, |of| {
                    for arm in arms {
                        for pattern in &arm.patterns {
                            if self.fits(of, pattern)? {
                                return Some(&arm.value);
                            }
                        }
                    }
                    Some(&**otherwise)
                });
                self.eval(arm?)
            }
        }
    }

    /// The error of the first condition that does not hold, if one does not.
    pub(super) fn unsatisfied(&self, assertions: &[Expr]) -> Option<ErrorKind> {
        let failed = assertions.iter().find(|it| self.eval(it) != Some(1))?;
        Some(ErrorKind::Unsatisfied {
            condition: Text::display(failed),
            found: self.found(failed),
        })
    }

    /// The error of a value of which a condition does not hold. What is not there
    /// need not satisfy it.
    pub(super) fn dissatisfied(
        &self,
        condition: &Expr,
        value: &Value,
        shape: &Shape,
    ) -> Option<ErrorKind> {
        if *value == Value::Null {
            return None;
        }
        let scope = self.of_item(value, shape);
        scope.unsatisfied(core::slice::from_ref(condition))
    }

    /// The number that does not satisfy a condition.
    fn found(&self, condition: &Expr) -> Option<i128> {
        match condition {
            Expr::Binary(left, Operator::And, right) => match self.eval(left) {
                Some(1) => self.found(right),
                _ => self.found(left),
            },
            Expr::Binary(_, Operator::Or, _) => None,
            Expr::Binary(left, ..) => self.eval(left),
            Expr::Match { of, .. } => self.eval(of),
            _ => None,
        }
    }

    /// The value fits the pattern.
    fn fits(&self, value: Comparand<'_>, pattern: &Pattern) -> Option<bool> {
        match pattern {
            Pattern::Value(known) => {
                let equal = self.compared(known, |known| Operator::Equal.compare(value, known));
                Some(equal? == 1)
            }
            Pattern::Range(first, last) => match value {
                Comparand::Number(value) => Some((*first..=*last).contains(&value)),
                _ => None,
            },
        }
    }

    /// The shape behind what leaves a value's meaning as it is.
    pub(super) fn meaning(&self, shape: &'a Shape) -> Option<&'a Shape> {
        Some(self.schema?.meaning(shape))
    }

    /// A field, or a field of a field, and its shape.
    pub(super) fn place(&self, expr: &Expr) -> Option<(&'a Value, &'a Shape)> {
        match expr {
            Expr::Field(name) if name == "item" && self.item.is_some() => self.item,
            Expr::Field(name) => {
                let index = self.position(name)?;
                Some((
                    self.values.get(index)?,
                    &self.record?.fields.get(index)?.shape,
                ))
            }
            Expr::Member(of, name) => {
                let (value, shape) = self.place(of)?;
                let Shape::Record(record) = self.schema?.meaning(shape) else {
                    return None;
                };
                let index = record.names.position(name)?;
                let field = record.fields.get(index)?;
                Some((field.of(value, index)?, &field.shape))
            }
            Expr::Item(of, index) => {
                let (value, shape) = self.place(of)?;
                match (value, self.meaning(shape)?) {
                    (Value::List(items), Shape::List { item, .. }) => {
                        Some((items.get(self.number(index)?)?, item))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A derived field of a record further in, where that is still to be written.
    pub(super) fn derived_within(&self, expr: &Expr) -> Option<DerivedWithin<'a>> {
        let (Expr::Member(of, name), Some(looks)) = (expr, self.looks) else {
            return None;
        };
        let (schema, (value, shape)) = (self.schema?, self.place(of)?);
        let Shape::Record(record) = schema.meaning(shape) else {
            return None;
        };
        let index = record.names.position(name)?;
        record.fields.get(index)?.derived.as_ref()?;
        Some(DerivedWithin {
            looks,
            schema,
            shape,
            record,
            value,
            index,
        })
    }

    /// A value is none that stands for nothing, which may be shown as something else.
    fn is_there(&self, value: &Value, shape: &'a Shape) -> bool {
        let is_absent = *value == Value::Null && shape.may_be_absent();
        match self.meaning(shape) {
            Some(Shape::Shown { item, pairs }) if !is_absent => {
                let actual = pairs.iter().find(|(_, shown)| shown.means(value));
                self.is_there(actual.map_or(value, |(actual, _)| actual), item)
            }
            _ => *value != Value::Null,
        }
    }

    /// One of a field's bytes.
    fn byte(&self, of: &Expr, index: &Expr) -> Option<i128> {
        let (Value::Bytes(bytes), _) = self.place(of)? else {
            return None;
        };
        bytes.get(self.number(index)?).map(|byte| (*byte).into())
    }

    /// The number of an item.
    fn number(&self, index: &Expr) -> Option<usize> {
        usize::try_from(self.eval(index)?).ok()
    }

    /// The number that a value is in an expression; of an enum, its tag.
    fn operand(&self, value: &Value, shape: &Shape) -> Option<i128> {
        let name = match value {
            Value::Bool(value) => return Some((*value).into()),
            Value::Text(name) => name.as_str(),
            Value::Variant(variant) => &variant.name,
            _ => return value.as_i128(),
        };
        let shape = self.schema?.meaning(shape);
        match (shape, value) {
            // It keeps which of its tags it has.
            (Shape::Union(union), Value::Variant(variant)) => {
                union.tag.number_of(union.tag_of(variant))
            }
            _ => shape.tag_of(name),
        }
    }

    fn is_elsewhere(&self, index: usize) -> bool {
        let field = self.record.and_then(|record| record.fields.get(index));
        field.is_some_and(|field| matches!(field.shape, Shape::Elsewhere { .. }))
    }

    /// Where the record starts, in bits.
    pub(super) fn record_start(&self) -> u64 {
        self.extents.start
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.record?.names.position(name)
    }
}

impl Field {
    /// The value of the field in that place of a record.
    fn of<'a>(&'a self, record: &'a Value, index: usize) -> Option<&'a Value> {
        let given = match record {
            Value::Record(record) => record.get(&self.name),
            Value::List(row) => row.get(index),
            _ => return None,
        };
        given.or(self.default.as_ref())
    }
}

impl Union {
    /// The bits of the tag of a value.
    pub(super) fn tag_of(&self, value: &VariantValue) -> u128 {
        match self.variant(&value.name) {
            Some(known) if known.also.is_empty() => known.tag,
            _ => value.tag,
        }
    }
}

impl Extents<'_> {
    /// Where the field at `index` starts.
    pub(super) fn start_of(&self, index: usize) -> Option<u64> {
        match index.checked_sub(1) {
            None => Some(self.first),
            Some(before) => self.ends.get(before).copied(),
        }
    }

    /// At which byte the field at `index` starts.
    fn offset_of(&self, index: usize) -> Option<u64> {
        // It is there only if it was read, or all are known.
        self.ends.get(index)?;
        let start = self.start_of(index)?;
        start.is_multiple_of(8).then_some(start / 8)
    }

    /// How many bytes the field at `index` takes.
    fn size_of(&self, index: usize) -> Option<u64> {
        let end = *self.ends.get(index)?;
        Some((end - self.start_of(index)?).div_ceil(8))
    }

    /// How many bytes the record takes.
    fn size_of_all(&self) -> Option<u64> {
        let end = *self.ends.last().unwrap_or(&self.first);
        self.complete.then(|| (end - self.start).div_ceil(8))
    }
}

impl Value {
    /// The bytes of a digest, which may be shown as a list.
    pub(crate) fn digest(&self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes.to_vec()),
            Self::List(items) => {
                let byte = |item: &Self| u8::try_from(item.as_u64()?).ok();
                items.iter().map(byte).collect()
            }
            _ => None,
        }
    }

    /// How many units, bytes or items, the value has.
    pub(crate) fn units(&self) -> Option<i128> {
        let units = match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Text(text) => text.len(),
            Self::List(items) => items.len(),
            _ => return None,
        };
        i128::try_from(units).ok()
    }
}
