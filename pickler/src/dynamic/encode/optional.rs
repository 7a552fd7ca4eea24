//! What may be absent.

use alloc::vec::Vec;

use super::{Dynamic, Encoder};
use crate::cursor::{Fault, Network, Order, Sink, VecSink, Writer};
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::error::{ErrorKind, has_no_value};
use crate::picklers::takes_no_room;
use crate::schema::{Presence, Shape};

impl Encoder<'_> {
    /// Something, or one of its values that stands for none.
    pub(super) fn sentinel<S: Sink, O: Order>(
        &self,
        item: &Shape,
        none: &Value,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match value {
            Value::Null => self.shape(item, none, scope, w),
            value if value == none => Err(w.fail(ErrorKind::IsSentinel {
                value: value.as_i128().unwrap_or(i128::MAX),
            })),
            value => self.shape(item, value, scope, w),
        }
    }

    pub(super) fn conditional<S: Sink, O: Order>(
        &self,
        item: &Shape,
        says: &Presence,
        absent: &Value,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        // What has a default is never null: it is left out.
        let value = if *value == Value::Null { absent } else { value };
        let condition = match says {
            Presence::If(condition) => match scope.eval(condition) {
                Some(value) => Some(value != 0),
                None => return Err(w.fail(has_no_value(condition))),
            },
            Presence::Flag(_) | Presence::UnlessEnd => None,
        };
        let present = match condition {
            Some(true) if *absent != Value::Null => true,
            _ => !self.same(item, value, absent, scope),
        };
        let value = presence::meant(value, item, self.schema);
        match (says, condition) {
            (_, Some(expected)) if expected != present => {
                return Err(w.fail(ErrorKind::WrongPresence { expected }));
            }
            (Presence::Flag(flag), _) => {
                self.shape(flag, &Value::Bool(present), &Scope::NONE, w)?;
            }
            (Presence::UnlessEnd, _) if !present => w.goes_on(),
            _ => {}
        }
        if !present {
            return Ok(());
        }
        let start = w.bit_offset();
        self.shape(item, value, scope, w)?;
        if *says == Presence::UnlessEnd && w.bit_offset() == start {
            return Err(w.fail(takes_no_room()));
        }
        Ok(())
    }

    /// Both are the same value: the same in bytes, where they have names.
    fn same(&self, item: &Shape, value: &Value, absent: &Value, scope: &Scope<'_>) -> bool {
        if value.means(absent) {
            return true;
        }
        match (value, absent) {
            (Value::Record(_) | Value::List(_), Value::Record(_))
            | (Value::Variant(_), Value::Variant(_)) => {
                let value = self.bytes_alone(item, value, scope);
                value.is_some() && value == self.bytes_alone(item, absent, scope)
            }
            _ => false,
        }
    }

    fn bytes_alone(&self, item: &Shape, value: &Value, scope: &Scope<'_>) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut w = Writer::<_, Network>::new(VecSink::new(&mut bytes));
        let w = w.unaligned();
        let result = self.shape(item, value, scope, w).and_then(|()| w.finish());
        result.is_ok().then_some(bytes)
    }
}
