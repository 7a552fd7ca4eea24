//! What the expressions of a record see.

use crate::dynamic::Value;
use crate::schema::{Expr, Record};

/// The record that an expression stands in, as far as it is known.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scope<'a> {
    record: Option<&'a Record>,
    /// The values known so far, in field order.
    values: &'a [Value],
    extents: Extents<'a>,
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
    /// All fields are there.
    pub complete: bool,
}

impl<'a> Scope<'a> {
    /// No record: nothing can be looked at.
    pub(crate) const NONE: Self = Self {
        record: None,
        values: &[],
        extents: Extents {
            start: 0,
            first: 0,
            ends: &[],
            complete: false,
        },
    };

    pub(crate) fn new(record: &'a Record, values: &'a [Value], extents: Extents<'a>) -> Self {
        Self {
            record: Some(record),
            values,
            extents,
        }
    }

    /// The value of an expression; `None` if it overflows, divides by zero or
    /// looks at what is not known.
    pub(crate) fn eval(&self, expr: &Expr) -> Option<i128> {
        match expr {
            Expr::Integer(value) => Some(*value),
            Expr::Field(name) => self.values.get(self.position(name)?)?.as_i128(),
            Expr::Len(name) => self.values.get(self.position(name)?)?.units(),
            Expr::SizeOf(name) => self.extents.size_of(self.position(name)?).map(i128::from),
            Expr::SizeOfSelf => self.extents.size_of_all().map(i128::from),
            Expr::Binary(left, operator, right) => {
                operator.apply(self.eval(left)?, self.eval(right)?)
            }
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.record?.names.position(name)
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
