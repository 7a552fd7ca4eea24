//! Pieces of a message: what a size confines.

use super::Writer;
use crate::cursor::{Align, Fault, Order, Sink};

/// What was written last goes on to the end of the piece that it is in.
const GOES_ON: u8 = 1;
/// The same of the piece that was ended last.
const WENT_ON: u8 = 2;

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    /// Begins a piece: what belongs to it and stands elsewhere comes behind it,
    /// where [`end_piece`](Self::end_piece) ends it. `stays`: it is not moved
    /// when it is complete, so that it can have anything elsewhere.
    #[inline(always)]
    #[cfg_attr(
        not(feature = "alloc"),
        expect(unused_variables, reason = "without memory, nothing stands elsewhere")
    )]
    pub fn begin_piece(&mut self, stays: bool) {
        #[cfg(feature = "alloc")]
        {
            let written = self.sink.written();
            if let Some(places) = &mut self.state.own.places {
                places.begin(written, stays);
            }
        }
    }

    /// Ends a piece, with what stands behind it.
    ///
    /// # Errors
    /// [`SinkFull`](crate::ErrorKind::SinkFull).
    #[inline(always)]
    #[cfg_attr(
        not(feature = "alloc"),
        expect(clippy::unnecessary_wraps, reason = "as with memory")
    )]
    pub fn end_piece(&mut self) -> Result<(), Fault> {
        // What went on ends with the piece.
        self.state.own.rest = (self.state.own.rest & GOES_ON) << 1;
        #[cfg(feature = "alloc")]
        if self.state.own.places.is_some() {
            return self.put_behind();
        }
        Ok(())
    }

    /// What was written goes on to the end of the piece that it is in: what
    /// stands behind it there would be read as part of it.
    #[inline(always)]
    pub fn goes_on(&mut self) {
        self.state.own.rest |= GOES_ON;
    }

    /// The piece that was ended last has nothing that would go on.
    #[inline]
    pub(crate) fn piece_is_complete(&self) -> bool {
        self.state.own.rest & WENT_ON == 0
    }
}
