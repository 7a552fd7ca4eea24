//! What is around another shape: its value may be another, its bytes are those.
//!
//! Each has its own function: all that a match holds in its arms would take its
//! room on the stack at each level of nesting.

use super::{Decoder, Dynamic, as_written};
use crate::cursor::{Fault, Order};
use crate::dynamic::context::{self, Parameters};
use crate::dynamic::frame::Frame;
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Watch;
use crate::dynamic::unordered;
use crate::dynamic::value::Value;
use crate::error::ErrorKind;
use crate::picklers::{repeated, undecided};
use crate::schema::{Expr, Shape};

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn constant<O: Order>(
        &self,
        item: &Shape,
        value: &Value,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let found = self.shape(item, scope, r)?;
        if found == *value {
            Ok(Value::Null)
        } else {
            let expected = as_written(value).into();
            let found = as_written(&found).into();
            Err(r.fail_at(at, ErrorKind::WrongConstant { expected, found }))
        }
    }

    pub(super) fn satisfying<O: Order>(
        &self,
        item: &Shape,
        condition: &Expr,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let value = self.shape(item, scope, r)?;
        match scope.dissatisfied(condition, &value, item) {
            None => Ok(value),
            Some(kind) => {
                self.watch.failed(|| Frame::whole(value));
                Err(r.fail_at(at, kind))
            }
        }
    }

    pub(super) fn ordered_by<O: Order>(
        &self,
        item: &Shape,
        little: &Expr,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match scope.eval(little) {
            Some(0) => self.shape(item, scope, r.as_order::<O::Big>()),
            Some(_) => self.shape(item, scope, r.as_order::<O::Little>()),
            None => Err(r.fail(undecided())),
        }
    }

    pub(super) fn given<O: Order>(
        &self,
        item: &Shape,
        arguments: &[Expr],
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let values = match context::arguments(self.schema, item, arguments, scope) {
            Ok(values) => values,
            Err(kind) => return Err(r.fail(kind)),
        };
        let parameters = Parameters::new(self.schema, item, &values);
        let scope = Scope::of_type(self.schema, parameters);
        self.shape(self.schema.named(item), &scope, r)
    }

    pub(super) fn shown<O: Order>(
        &self,
        item: &Shape,
        pairs: &[(Value, Value)],
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let value = self.shape(item, scope, r)?;
        match pairs.iter().find(|(actual, _)| actual.means(&value)) {
            Some((_, shown)) => {
                self.watch.means(at, shown);
                Ok(shown.clone())
            }
            None => Ok(value),
        }
    }

    pub(super) fn unordered<O: Order>(
        &self,
        list: &Shape,
        by_key: bool,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let value = self.shape(list, scope, r)?;
        let Value::List(items) = value else {
            return Ok(value);
        };
        r.expect_memory(items.len() as u64, size_of::<Value>())?;
        unordered::sorted(self.schema, list, by_key, items)
            .map(Value::List)
            .map_err(|index| repeated(r, index))
    }

    pub(super) fn boxed<O: Order>(
        &self,
        item: &Shape,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        r.descend()?;
        let value = self.shape(item, scope, r)?;
        r.ascend();
        Ok(value)
    }
}
