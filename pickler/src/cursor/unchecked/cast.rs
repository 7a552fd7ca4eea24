//! A cursor seen under other type parameters.
//!
//! Orders and alignment are phantom parameters, so that a change of them is a
//! change of view and costs nothing.

use crate::cursor::{Align, Order, Reader, Sink, Writer};

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// The same cursor under another order and alignment.
    #[inline(always)]
    pub(in crate::cursor) fn cast<P: Order, B: Align>(&mut self) -> &mut Reader<'de, P, B> {
        // SAFETY: `Reader` is `repr(C)` and mentions `O` and `A` only in a
        // `PhantomData`, so both types have the same layout and the same valid
        // values (Rust reference, "The C representation"; `PhantomData` is
        // zero-sized with alignment 1). The lifetime of the borrow is kept.
        // An unaligned cursor seen as aligned reads wrong bits, never out of
        // bounds: no method relies on alignment for memory safety.
        unsafe { &mut *core::ptr::from_mut(self).cast::<Reader<'de, P, B>>() }
    }
}

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    /// The same cursor under another order and alignment.
    #[inline(always)]
    pub(in crate::cursor) fn cast<P: Order, B: Align>(&mut self) -> &mut Writer<S, P, B> {
        // SAFETY: as for `Reader::cast`; `S` stays the same type.
        unsafe { &mut *core::ptr::from_mut(self).cast::<Writer<S, P, B>>() }
    }
}
