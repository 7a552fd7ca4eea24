//! What may be absent.

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Role, Watch};
use crate::dynamic::value::Value;
use crate::error::has_no_value;
use crate::schema::{Presence, Shape};

impl<W: Watch> Decoder<'_, W> {
    /// Something, or one of its values that stands for none.
    pub(super) fn sentinel<O: Order>(
        &self,
        item: &Shape,
        none: &Value,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let value = self.shape(item, scope, r)?;
        if value == *none {
            self.watch.means(at, &Value::Null);
            Ok(Value::Null)
        } else {
            Ok(value)
        }
    }

    pub(super) fn conditional<O: Order>(
        &self,
        item: &Shape,
        says: &Presence,
        absent: &Value,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let present = match says {
            Presence::Flag(flag) => {
                let at = r.bit_offset();
                let value = self.unwatched(flag, r)?;
                self.watch
                    .part::<O>(at..r.bit_offset(), || Role::Flag, &value);
                value == Value::Bool(true)
            }
            Presence::If(condition) => match scope.eval(condition) {
                Some(value) => value != 0,
                None => return Err(r.fail(has_no_value(condition))),
            },
            // Less than a byte is what pads the last one.
            Presence::UnlessEnd => r.has_bits(8)?,
        };
        if present {
            let value = self.shape(item, scope, r)?;
            Ok(presence::shown(value, item, self.schema))
        } else {
            Ok(absent.clone())
        }
    }
}
