//! Unions whose variants are tried in order.

use alloc::boxed::Box;
use alloc::string::ToString;

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Watch;
use crate::dynamic::value::{Value, VariantValue};
use crate::error::Step;
use crate::picklers::{no_variant, try_next};
use crate::schema::Union;

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn untagged<O: Order>(
        &self,
        union: &Union,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let (mark, told) = (r.mark(), self.watch.mark());
        let mut furthest = None;
        let holds = |condition| scope.eval(condition) == Some(1);
        for variant in &union.variants {
            if !variant.condition.as_ref().is_none_or(holds) {
                continue;
            }
            let step = || Step::Variant(variant.name.to_string().into());
            let scope = scope.of_body(None);
            self.watch.enter(step);
            match self.shape(&variant.body, &scope, r) {
                Ok(body) => {
                    self.watch.leave();
                    return Ok(Value::Variant(Box::new(VariantValue {
                        name: variant.name.clone(),
                        tag: variant.tag,
                        body,
                    })));
                }
                Err(fault) => {
                    let fault = r.within(fault, step());
                    try_next(fault, mark, &mut furthest, r)?;
                }
            }
            // What does not come of a try is not told.
            self.watch.forget(told);
        }
        Err(no_variant(furthest, r))
    }
}
