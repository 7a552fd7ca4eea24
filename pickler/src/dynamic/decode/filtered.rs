//! What goes through a filter.

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Unwatched, Watch};
use crate::dynamic::value::Value;
use crate::picklers::{read_compressed, read_through};
use crate::schema::{Filter, Shape};

impl<W: Watch> Decoder<'_, W> {
    /// Its parts stand nowhere in the input, which holds other bytes.
    pub(super) fn filtered<O: Order>(
        &self,
        item: &Shape,
        filter: &Filter,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let at = r.bit_offset();
        let decoder = Decoder::new(self.schema, Unwatched);
        if let Filter::Compressed(compression) = filter {
            let value =
                read_compressed(*compression, r, |clear| decoder.shape(item, scope, clear))?;
            return Ok(self.whole(at, value, r));
        }
        let value = filter.known(scope, |filter| {
            read_through(filter, r, |clear| decoder.shape(item, scope, clear))
        })?;
        Ok(self.whole(at, value, r))
    }
}
