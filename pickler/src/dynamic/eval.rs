//! Expressions over the fields of a record that is being read or written.

use crate::dynamic::Value;
use crate::schema::{Expr, Record};

/// What an expression may look at.
pub(super) struct Fields<'a> {
    pub record: &'a Record,
    /// The values known so far, in field order.
    pub values: &'a [Value],
    /// How many bytes a field takes, by its index.
    pub size_of: &'a dyn Fn(usize) -> Option<u64>,
    /// How many bytes the record takes, where that is known.
    pub size_of_self: Option<u64>,
}

impl Fields<'_> {
    /// The value of an expression; `None` if it overflows, divides by zero or
    /// looks at what is not known.
    pub(super) fn eval(&self, expr: &Expr) -> Option<i128> {
        match expr {
            Expr::Integer(value) => Some(*value),
            Expr::Field(name) => self.value(name)?.as_i128(),
            Expr::Len(name) => self.value(name)?.units(),
            Expr::SizeOf(name) => {
                let index = self.record.names.position(name)?;
                (self.size_of)(index).map(i128::from)
            }
            Expr::SizeOfSelf => self.size_of_self.map(i128::from),
            Expr::Binary(left, operator, right) => {
                operator.apply(self.eval(left)?, self.eval(right)?)
            }
        }
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(self.record.names.position(name)?)
    }
}

impl Value {
    /// How many units, bytes or items, the value has.
    pub(super) fn units(&self) -> Option<i128> {
        let units = match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Text(text) => text.len(),
            Self::List(items) => items.len(),
            _ => return None,
        };
        i128::try_from(units).ok()
    }
}
