//! What is written as one, wherever that is.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Sink, Writer};

/// Something that is to be written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that can stand in a piece of a size",
    note = "`Body` is what `pickler::picklers` hands to a `Size`"
)]
pub trait Body {
    /// Writes it, to the end of a byte.
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault>;
}

/// A value and its pickler.
pub(crate) struct Whole<'a, P, T>(pub(crate) &'a P, pub(crate) &'a T);

/// Something in a piece of its own, behind which stands what belongs to it.
pub(crate) struct Piece<B>(pub(crate) B);

impl<'de, P: Pickler<'de>> Body for Whole<'_, P, P::Value> {
    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        if P::WHOLE {
            self.0.write(self.1, w)
        } else {
            let w = w.unaligned();
            self.0.write(self.1, w)?;
            w.finish()
        }
    }
}

impl<B: Body> Body for Piece<B> {
    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        w.begin_piece(true);
        self.0.write(w)?;
        w.end_piece()
    }
}
