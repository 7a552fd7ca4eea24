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
                w.begin_piece(true);
                self.shape(item, value, scope, w)?;
                write_padding_to(start, bytes, w)
            }
            Fill::Align { bytes, from } => {
                if from == Origin::Message {
                    w.expect_place()?;
                }
                let missing = match from {
                    Origin::Message => to_boundary(w.alignment_offset(), 0, bytes),
                    Origin::Record => to_boundary(w.bit_offset(), scope.record_start(), bytes),
                };
                write_padding(missing, w)?;
                self.shape(item, value, scope, w)
            }
            Fill::AlignEnd { bytes, from } => {
                if from == Origin::Message {
                    w.expect_place()?;
                }
                let start = match from {
                    Origin::Message => w.bit_offset() - w.alignment_offset(),
                    Origin::Record => w.bit_offset(),
                };
                self.shape(item, value, scope, w)?;
                write_padding(to_boundary(w.bit_offset(), start, bytes), w)
            }
        }
    }
}
