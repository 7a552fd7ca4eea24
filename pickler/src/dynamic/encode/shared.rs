//! References to what was written before.

use super::elsewhere::Item;
use super::{Dynamic, Encoder};
use crate::cursor::{Align, Fault, GREATEST_TABLE, Numbered, Order, Sink, Writer};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::dynamic::width::greatest_count;
use crate::picklers::Body;
use crate::schema::{Reference, Shape};

/// A value, and the shape of its number.
struct InTable<'a>(Item<'a>, &'a Shape);

impl Body for InTable<'_> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        self.0.write_part(w)
    }
}

impl Numbered for InTable<'_> {
    fn write_number<S: Sink, O: Order, A: Align>(
        &self,
        number: u64,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let encoder = self.0.encoder;
        encoder.raw(self.1, number.into(), w.unaligned())
    }
}

/// A value that may stand behind others in a byte.
struct Part<'a>(Item<'a>);

impl Body for Part<'_> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        self.0.write_part(w)
    }
}

impl Encoder<'_> {
    pub(super) fn shared<S: Sink, O: Order>(
        &self,
        item: &Shape,
        reference: &Reference,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let item = Item {
            encoder: self,
            shape: item,
            value,
            scope,
        };
        match reference {
            Reference::Offset { bits, mark } => w.share_by_offset(*bits, *mark, &Part(item)),
            Reference::Number { prefix, table } => {
                let most = greatest_count(prefix).min(GREATEST_TABLE);
                w.share_by_number(table, most, &InTable(item, prefix))
            }
        }
    }
}
