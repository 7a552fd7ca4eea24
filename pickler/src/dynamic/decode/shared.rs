//! References to what was seen before.

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, GREATEST_TABLE, Order};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Watch;
use crate::dynamic::value::Value;
use crate::dynamic::width::greatest_count;
use crate::schema::{Reference, Shape};

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn shared<O: Order>(
        &self,
        item: &Shape,
        reference: &Reference,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match reference {
            Reference::Offset { bits, mark } => {
                r.shared_by_offset(*bits, *mark, &|r| self.shape(item, scope, r))
            }
            Reference::Number { prefix, table } => r.shared_by_number(
                table,
                greatest_count(prefix).min(GREATEST_TABLE),
                |r| self.number_in_front(prefix, r),
                |r| self.shape(item, scope, r),
            ),
        }
    }
}
