//! Room around things that holds no value.

use super::{Dynamic, Encoder};
use crate::cursor::{Fault, Order, Sink};
use crate::dynamic::scope::Scope;
use crate::dynamic::value::Value;
use crate::picklers::{to_boundary, write_padding, write_padding_to};
use crate::schema::{Fill, Origin, Shape};

impl Encoder<'_> {
    pub(super) fn filled<S: Sink, O: Order>(
        &self,
        item: &Shape,
        fill: Fill,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        match fill {
            Fill::Before(bits) => {
                write_padding(bits, w)?;
                self.shape(item, value, scope, w)
            }
            Fill::After(bits) => {
                self.shape(item, value, scope, w)?;
                write_padding(bits, w)
            }
            Fill::To(bytes) => {
                w.expect_byte_boundary()?;
                let start = w.written();
                self.shape(item, value, scope, w)?;
                write_padding_to(start, bytes, w)
            }
            Fill::Align { bytes, from } => {
                let start = match from {
                    Origin::Message => 0,
                    Origin::Record => scope.record_start(),
                };
                write_padding(to_boundary(w.bit_offset(), start, bytes), w)?;
                self.shape(item, value, scope, w)
            }
            Fill::AlignEnd { bytes, from } => {
                let start = match from {
                    Origin::Message => 0,
                    Origin::Record => w.bit_offset(),
                };
                self.shape(item, value, scope, w)?;
                write_padding(to_boundary(w.bit_offset(), start, bytes), w)
            }
        }
    }
}
