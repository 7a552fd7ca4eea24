//! What is tried, and what is looked at before it is read.

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Dynamic, Encoder, wrong_type};
use crate::cursor::{Fault, Order, Sink, Writer};
use crate::dynamic::decode::decode_ahead;
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::error::ErrorKind;
use crate::names::nearest;
use crate::picklers::{first_that_writes, is_read_before, not_seen, write_padding};
use crate::schema::Shape;

impl Encoder<'_> {
    /// The first of several shapes that a value can be written as.
    pub(super) fn choice<S: Sink, O: Order>(
        &self,
        alternatives: &[Shape],
        names: &[Arc<str>],
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        let index = if names.is_empty() {
            // Which one fits may depend on it.
            w.expect_place()?;
            let write = |index: usize, w: &mut Writer<_, _, _>| {
                self.shape(&alternatives[index], value, scope, w)
            };
            let (index, bits) = first_that_writes(alternatives.len(), w, write);
            if S::COUNTS_ONLY
                && let Some(bits) = bits
            {
                return write_padding(bits, w);
            }
            index
        } else {
            let Value::Variant(variant) = value else {
                return Err(wrong_type("a variant", value, w));
            };
            let Some(index) = names.iter().position(|name| *name == variant.name) else {
                let suggestions = nearest(&variant.name, names.iter().map(|name| &**name));
                let name = variant.name.to_string();
                return Err(w.fail(ErrorKind::UnknownName { name, suggestions }));
            };
            index
        };
        let (value, Some(shape)) = (
            match value {
                Value::Variant(variant) if !names.is_empty() => &variant.body,
                value => value,
            },
            alternatives.get(index),
        ) else {
            return Ok(());
        };
        self.shape(shape, value, scope, w)?;
        is_read_before(start, w, |r| {
            alternatives[..index]
                .iter()
                .any(|shape| decode_ahead(self.schema, shape, scope, r).is_some())
        })
    }

    /// Something, of which a part was looked at before.
    pub(super) fn peeked<S: Sink, O: Order>(
        &self,
        ahead: &Shape,
        item: &Shape,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let (seen, value) = match value {
            Value::List(parts) => match parts.as_slice() {
                [seen, value] => (seen, value),
                _ => return Err(wrong_type("a list of 2", value, w)),
            },
            other => return Err(wrong_type("a list of 2", other, w)),
        };
        let start = w.bit_offset();
        if let Err(fault) = self.shape(item, value, scope, w) {
            return Err(w.within_field(fault, "1"));
        }
        if S::COUNTS_ONLY {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let mut again = w.look_back(start, &mut bytes);
        match decode_ahead(self.schema, ahead, scope, &mut again) {
            Some(found) if found.means(seen) && again.bit_offset() <= w.bit_offset() => Ok(()),
            _ => {
                let fault = w.fail(not_seen());
                Err(w.within_field(fault, "0"))
            }
        }
    }
}
