//! What stands elsewhere.

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::presence;
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Watch;
use crate::dynamic::value::Value;
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
        let at = scope.eval(&place.at);
        if let (Some(offset), Some(none)) = (at, place.none)
            && offset == none
        {
            return Ok((Value::Null, There { offset, size: 0 }));
        }
        let start = match place.from {
            Origin::Message => 0,
            Origin::Record => i128::from(scope.record_start() / 8),
        };
        let visit = r.visit(at.and_then(|at| at.checked_add(start)))?;
        let mut value = self.shape(item, scope, r)?;
        if place.none.is_some() {
            value = presence::shown(value, item, self.schema);
        }
        let size = r.come_back(visit);
        let offset = at.unwrap_or(i128::MAX);
        Ok((value, There { offset, size }))
    }
}
