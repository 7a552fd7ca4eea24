//! What goes through a filter.

use super::{Dynamic, Encoder, Item};
use crate::cursor::{Fault, Order, Sink};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::picklers::{write_compressed, write_through};
use crate::schema::{Filter, Shape};

impl Encoder<'_> {
    pub(super) fn filtered<S: Sink, O: Order>(
        &self,
        item: &Shape,
        filter: &Filter,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let content = Item {
            encoder: self,
            shape: item,
            value,
            scope,
        };
        if let Filter::Compressed(compression) = filter {
            return write_compressed(*compression, w, &content);
        }
        filter.known(scope, |filter| write_through(filter, w, &content))
    }
}
