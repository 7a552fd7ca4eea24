//! What values are where expressions compare them.

use alloc::vec::Vec;

use super::Value;
use super::scope::Scope;
use crate::schema::{Comparand, Expr, Operator, Shape};

impl Scope<'_> {
    /// Whether a comparison holds.
    pub(super) fn compare(&self, left: &Expr, operator: Operator, right: &Expr) -> Option<i128> {
        self.compared(left, |left| {
            self.compared(right, |right| operator.compare(left, right))
        })
    }

    /// Gives `then` what an expression is where it is compared.
    pub(super) fn compared<T>(
        &self,
        expr: &Expr,
        then: impl FnOnce(Comparand<'_>) -> Option<T>,
    ) -> Option<T> {
        match expr {
            Expr::Text(text) => return then(Comparand::Bytes(text.as_bytes())),
            Expr::Bytes(bytes) => return then(Comparand::Bytes(bytes)),
            Expr::Float(float) => return then(Comparand::Float(float.get())),
            Expr::Field(_) | Expr::Member(..) | Expr::Item(..) => {}
            _ => return then(Comparand::Number(self.eval(expr)?)),
        }
        if let Some(derived) = self.derived_within(expr) {
            return then(Comparand::Number(derived.number()?));
        }
        match self.place(expr) {
            Some((Value::Bytes(bytes), _)) => then(Comparand::Bytes(bytes)),
            Some((Value::Float(float), shape)) => {
                // As it is written.
                let narrow = matches!(self.meaning(shape), Some(Shape::Float { bits: 16 | 32 }));
                let float = match float.narrow() {
                    Some(narrowed) if narrow => narrowed.into(),
                    _ => float.get(),
                };
                then(Comparand::Float(float))
            }
            Some((Value::List(items), _)) => {
                let byte = |item: &Value| u8::try_from(item.as_u64()?).ok();
                let bytes: Option<Vec<u8>> = items.iter().map(byte).collect();
                then(Comparand::Bytes(&bytes?))
            }
            Some((Value::Text(text), _)) => match self.eval(expr) {
                // The name of an enum's variant.
                Some(tag) => then(Comparand::Number(tag)),
                None => then(Comparand::Bytes(text.as_bytes())),
            },
            _ => then(Comparand::Number(self.eval(expr)?)),
        }
    }
}
