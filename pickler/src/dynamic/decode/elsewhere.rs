//! What stands elsewhere.

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Watch;
use crate::dynamic::value::Value;
use crate::error::has_no_value;
use crate::picklers::There;
use crate::schema::{Origin, Place, Shape};

impl<W: Watch> Decoder<'_, W> {
    /// Something that stands elsewhere, and where that is.
    pub(super) fn elsewhere<O: Order>(
        &self,
        item: &Shape,
        place: &Place,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<(Value, There), Fault> {
        let Some(offset) = scope.eval(&place.at) else {
            return Err(r.fail(has_no_value(&place.at)));
        };
        if place.none == Some(offset) {
            return Ok((Value::Null, There { offset, size: 0 }));
        }
        let start = match place.from {
            Origin::Message => 0,
            Origin::Record => i128::from(scope.record_start() / 8),
        };
        let visit = r.visit(offset.checked_add(start))?;
        let mut value = self.shape(item, scope, r)?;
        if place.none.is_some() {
            value = presence::shown(value, item, self.schema);
        }
        let size = r.come_back(visit);
        Ok((value, There { offset, size }))
    }
}
