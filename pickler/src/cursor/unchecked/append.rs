//! Appending to a `Vec` without a call where few bytes are appended.

use alloc::vec::Vec;
use core::ptr;

/// Appends `N` bytes: one compare and one store.
///
/// [`Vec::extend_from_slice`] does the same, but where it is called often it
/// is not inlined, and then copies through `memcpy` what was in registers.
#[inline(always)]
pub(in crate::cursor) fn append<const N: usize>(vec: &mut Vec<u8>, bytes: [u8; N]) {
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

/// Appends a slice; a short one by a few loads and stores.
#[inline(always)]
pub(in crate::cursor) fn append_slice(vec: &mut Vec<u8>, bytes: &[u8]) {
    vec.reserve(bytes.len());
    let length = vec.len();
    // SAFETY: `reserve` leaves room for `bytes.len()` bytes behind `length` in
    // one allocation. The slice borrowed cannot lie in that room: `vec` is
    // borrowed mutably. Afterwards all bytes up to the new length are
    // initialised.
    unsafe {
        copy(bytes, vec.as_mut_ptr().add(length));
        vec.set_len(length + bytes.len());
    }
}

/// Appends `N` bytes for each item: one compare for all of them.
#[inline(always)]
pub(in crate::cursor) fn append_each<T, const N: usize>(
    vec: &mut Vec<u8>,
    items: &[T],
    bytes: impl Fn(&T) -> [u8; N],
) {
    // More than the address space holds is refused by `reserve`.
    vec.reserve(items.len().saturating_mul(N));
    let length = vec.len();
    // SAFETY: `reserve` leaves room for `items.len() * N` bytes behind `length`
    // in one allocation, so that the place of each item lies within it. If
    // `bytes` panics, the length is still what it was. At the end all bytes up
    // to the new length are initialised.
    unsafe {
        let start = vec.as_mut_ptr().add(length);
        for (index, item) in items.iter().enumerate() {
            start.add(index * N).cast::<[u8; N]>().write(bytes(item));
        }
        vec.set_len(length + items.len() * N);
    }
}

/// The same bytes in a `Vec` of their own.
#[inline(always)]
pub(crate) fn copied(bytes: &[u8]) -> Vec<u8> {
    let mut vec = Vec::with_capacity(bytes.len());
    // SAFETY: the capacity is at least `bytes.len()`; a new allocation overlaps
    // no slice. Afterwards all bytes up to the new length are initialised.
    unsafe {
        copy(bytes, vec.as_mut_ptr());
        vec.set_len(bytes.len());
    }
    vec
}

/// Copies `from` to `to`; up to 32 bytes without a call.
///
/// # Safety
/// `to` must be valid for writes of `from.len()` bytes that do not overlap
/// `from`.
#[inline(always)]
unsafe fn copy(from: &[u8], to: *mut u8) {
    // The first `N` bytes and the last `N`, which may overlap.
    macro_rules! ends {
        ($size:literal) => {
            if let (Some(first), Some(last)) = (from.first_chunk(), from.last_chunk()) {
                // SAFETY: both chunks lie within `from`, so that their places
                // lie within what the caller promises of `to`; byte arrays need
                // no alignment.
                unsafe {
                    to.cast::<[u8; $size]>().write(*first);
                    to.add(from.len() - $size)
                        .cast::<[u8; $size]>()
                        .write(*last);
                }
                return;
            }
        };
    }
    if from.len() > 32 {
        // SAFETY: as the caller promises.
        unsafe { ptr::copy_nonoverlapping(from.as_ptr(), to, from.len()) };
        return;
    }
    ends!(16);
    ends!(8);
    ends!(4);
    ends!(2);
    ends!(1);
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn slices_of_all_lengths_are_copied_whole() {
        let source: Vec<u8> = (1..=100).collect();
        for length in 0..=source.len() {
            let mut vec = alloc::vec![0xFF];
            append_slice(&mut vec, &source[..length]);
            assert_eq!(vec[0], 0xFF);
            assert_eq!(vec[1..], source[..length]);
            assert_eq!(copied(&source[..length]), source[..length]);
        }
    }

    #[test]
    fn items_are_appended_in_order() {
        let mut vec = alloc::vec![9];
        append_each(&mut vec, &[0x0102_u16, 0x0304, 0x0506], |item| {
            item.to_be_bytes()
        });
        assert_eq!(vec, [9, 1, 2, 3, 4, 5, 6]);
        append_each(&mut vec, &[], |item: &u8| [*item]);
        assert_eq!(vec.len(), 7);
    }

    #[test]
    fn a_panic_between_items_appends_nothing() {
        let mut vec = alloc::vec![9];
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            append_each(&mut vec, &[1_u8, 2], |item| {
                assert!(*item < 2);
                [*item]
            });
        }));
        assert!(result.is_err());
        assert_eq!(vec, [9]);
    }
}
