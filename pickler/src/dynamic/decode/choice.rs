//! What is tried, and what is looked at before it is read.

use alloc::boxed::Box;
use alloc::sync::Arc;

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Unwatched, Watch};
use crate::dynamic::value::{Value, VariantValue};
use crate::picklers::{looks_past, no_variant, try_next};
use crate::schema::Shape;

impl<W: Watch> Decoder<'_, W> {
    /// The first of several shapes that can be read.
    pub(super) fn choice<O: Order>(
        &self,
        alternatives: &[Shape],
        names: &[Arc<str>],
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let (mark, told) = (r.mark(), self.watch.mark());
        let mut furthest = None;
        for (index, shape) in alternatives.iter().enumerate() {
            match self.shape(shape, scope, r) {
                Ok(value) => return Ok(named(names, index, value)),
                Err(fault) => try_next(fault, mark, &mut furthest, r)?,
            }
            self.watch.forget(told);
        }
        Err(no_variant(furthest, r))
    }

    /// Something, and what the start of it is seen as.
    pub(super) fn peeked<O: Order>(
        &self,
        ahead: &Shape,
        item: &Shape,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let mark = r.mark();
        let item = match self.shape(item, scope, r) {
            Ok(item) => item,
            Err(fault) => return Err(r.within_field(fault, "1")),
        };
        let mut again = r.look_back(mark);
        let seen = Decoder::new(self.schema, Unwatched).shape(ahead, scope, again.unaligned());
        let seen = seen.map_err(|fault| again.into_error(fault));
        r.join(&again);
        match seen {
            Ok(_) if again.bit_offset() > r.bit_offset() => {
                let fault = r.fail(looks_past());
                Err(r.within_field(fault, "0"))
            }
            Ok(seen) => Ok(Value::List([seen, item].into())),
            Err(error) => {
                let fault = r.adopt(error);
                Err(r.within_field(fault, "0"))
            }
        }
    }
}

fn named(names: &[Arc<str>], index: usize, body: Value) -> Value {
    match names.get(index) {
        Some(name) => Value::Variant(Box::new(VariantValue {
            name: name.clone(),
            tag: index as u128,
            body,
        })),
        None => body,
    }
}
