//! The one place with `unsafe`: a cursor seen under other type parameters, and
//! a store of known size into a `Vec`.
//!
//! Orders and alignment are phantom parameters, so that a change of them is a
//! change of view and costs nothing.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::{Align, Order, Reader, Sink, Writer};

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// The same cursor under another order and alignment.
    #[inline(always)]
    pub(super) fn cast<P: Order, B: Align>(&mut self) -> &mut Reader<'de, P, B> {
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
    pub(super) fn cast<P: Order, B: Align>(&mut self) -> &mut Writer<S, P, B> {
        // SAFETY: as for `Reader::cast`; `S` stays the same type.
        unsafe { &mut *core::ptr::from_mut(self).cast::<Writer<S, P, B>>() }
    }
}

/// Appends `N` bytes: one compare and one store.
///
/// [`Vec::extend_from_slice`] does the same, but where it is called often it
/// is not inlined, and then copies through `memcpy` what was in registers.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(super) fn append<const N: usize>(vec: &mut Vec<u8>, bytes: [u8; N]) {
    vec.reserve(N);
    let length = vec.len();
    // SAFETY: `reserve` leaves room for at least `length + N` bytes in one
    // allocation, so that the place written to lies within it (and `length + N`
    // cannot overflow); a byte array needs no alignment; the bytes up to the
    // new length are initialised: those before by `Vec`'s own invariant, the
    // others by the write.
    unsafe {
        let place = vec.as_mut_ptr().add(length).cast::<[u8; N]>();
        place.write(bytes);
        vec.set_len(length + N);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn appends_whatever_the_capacity() {
        for capacity in 0..20 {
            let mut vec = Vec::with_capacity(capacity);
            append(&mut vec, []);
            append(&mut vec, [1, 2, 3]);
            append(&mut vec, [4]);
            append(&mut vec, [5; 9]);
            assert_eq!(vec, [1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
        }
    }
}
