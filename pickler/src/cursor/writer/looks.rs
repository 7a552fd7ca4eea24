//! What is found out of a record before it is written.

use super::Writer;
use crate::cursor::{Align, Fault, Network, Nowhere, Order, Sink};
use crate::error::ErrorKind;

/// How deep what one looks at may follow from records further in: the work grows by
/// what each level looks at.
const DEEPEST: u32 = 4;

/// From where something is looked at that is still to be written.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    within: u32,
    depth_left: u32,
}

impl Looks {
    /// From a value that is written later.
    #[cfg(feature = "alloc")]
    pub(crate) const LATER: Self = Self {
        within: 0,
        depth_left: crate::cursor::Limits::DEFAULT.depth,
    };

    /// A cursor to find something out with, one level deeper; `None` past the deepest.
    pub(crate) fn deeper(self) -> Option<Writer<Nowhere, Network>> {
        let mut w = Writer::new(Nowhere::default());
        w.state.own.within = self.within + 1;
        w.state.set_depth_left(self.depth_left.checked_sub(1)?);
        (self.within < DEEPEST).then_some(w)
    }
}

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    /// From where expressions look at what is to be written.
    #[doc(hidden)]
    #[inline(always)]
    pub fn looks(&self) -> Looks {
        Looks {
            within: self.state.own.within,
            depth_left: self.state.depth_left(),
        }
    }

    /// Checks that it is known where something will be written, and what is written
    /// in front of it.
    ///
    /// # Errors
    /// [`Refused`](ErrorKind::Refused), where something is found out of a record before
    /// it is written.
    #[doc(hidden)]
    #[inline(always)]
    pub fn expect_place(&mut self) -> Result<(), Fault> {
        if self.state.own.within == 0 {
            return Ok(());
        }
        Err(self.fail(ErrorKind::Refused(
            "it is not known yet where it will be".into(),
        )))
    }
}
