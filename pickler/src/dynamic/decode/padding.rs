//! Room around things that holds no value.

use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::Watch;
use crate::dynamic::value::Value;
use crate::picklers::{read_padding, read_rest_as_padding, to_boundary};
use crate::schema::{Fill, Origin, Padding, Shape};

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn filled<O: Order>(
        &self,
        item: &Shape,
        fill: Fill,
        padding: Padding,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        match fill {
            Fill::Before(bits) => {
                read_padding(bits, padding, r)?;
                self.shape(item, scope, r)
            }
            Fill::After(bits) => {
                let value = self.shape(item, scope, r)?;
                read_padding(bits, padding, r)?;
                Ok(value)
            }
            Fill::To(bytes) => {
                // A size past the address space is past the input, too.
                let outer = r.enter(usize::try_from(bytes).unwrap_or(usize::MAX))?;
                let value = self.shape(item, scope, r)?;
                read_rest_as_padding(padding, r)?;
                r.leave_unread(outer);
                Ok(value)
            }
            Fill::Align { bytes, from } => {
                let missing = match from {
                    Origin::Message => to_boundary(r.alignment_offset(), 0, bytes),
                    Origin::Record => to_boundary(r.bit_offset(), scope.record_start(), bytes),
                };
                read_padding(missing, padding, r)?;
                self.shape(item, scope, r)
            }
            Fill::AlignEnd { bytes, from } => {
                let start = match from {
                    Origin::Message => r.bit_offset() - r.alignment_offset(),
                    Origin::Record => r.bit_offset(),
                };
                let value = self.shape(item, scope, r)?;
                let missing = to_boundary(r.bit_offset(), start, bytes);
                read_padding(missing, padding, r)?;
                Ok(value)
            }
        }
    }
}
