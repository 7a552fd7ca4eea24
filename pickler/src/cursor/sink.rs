//! Where a writer puts its bytes.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use super::unchecked::{append, append_each, append_slice};

/// The sink has no room left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// Takes bytes in order; earlier ones can be patched.
///
/// All sinks go through the same `write` of a type, so that the size that
/// [`Counter`] finds is the size that is written.
#[diagnostic::on_unimplemented(
    message = "nothing can be written to `{Self}`",
    note = "use a `VecSink`, a `SliceSink` or a `Counter`"
)]
pub trait Sink {
    /// Only counts: what is written is not looked at.
    const COUNTS_ONLY: bool = false;

    /// Appends `N` bytes.
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Full>;

    /// Appends a slice.
    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full>;

    /// Appends `N` bytes for each item, as many as there is room for.
    #[inline(always)]
    fn put_each<T, const N: usize>(
        &mut self,
        items: &[T],
        bytes: impl Fn(&T) -> [u8; N],
    ) -> Result<(), Full> {
        items.iter().try_for_each(|item| self.put(bytes(item)))
    }

    /// How many bytes were put since the start.
    fn written(&self) -> usize;

    /// How many more bytes can be put, where there is an end.
    fn room(&self) -> Option<usize> {
        None
    }

    /// Replaces bytes put before, from offset `at`. Nothing happens where
    /// there are none.
    fn patch(&mut self, at: usize, bytes: &[u8]);

    /// The bytes put from offset `from` on, where they are kept.
    fn since(&self, from: usize) -> &[u8];

    /// Puts bytes in front of those put before from offset `at` on, which move
    /// behind them.
    fn insert(&mut self, at: usize, bytes: &[u8]) -> Result<(), Full>;

    /// Takes back what was put behind the first `written` bytes.
    fn truncate(&mut self, written: usize);

    /// The counter that it is, if it is one.
    fn as_counter(&mut self) -> Option<&mut Counter> {
        None
    }

    /// Makes room for `count` more bytes, if that helps.
    fn reserve(&mut self, count: usize) {
        let _ = count;
    }
}

/// Appends to a `Vec`, whatever it holds already.
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub struct VecSink<'a> {
    vec: &'a mut Vec<u8>,
    start: usize,
}

#[cfg(feature = "alloc")]
impl<'a> VecSink<'a> {
    /// A sink that appends to `vec`.
    #[inline]
    pub fn new(vec: &'a mut Vec<u8>) -> Self {
        let start = vec.len();
        Self { vec, start }
    }

    /// Takes back all that was put.
    pub fn undo(self) {
        self.vec.truncate(self.start);
    }
}

#[cfg(feature = "alloc")]
impl Sink for VecSink<'_> {
    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Full> {
        append(self.vec, bytes);
        Ok(())
    }

    #[inline(always)]
    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full> {
        append_slice(self.vec, bytes);
        Ok(())
    }

    #[inline(always)]
    fn put_each<T, const N: usize>(
        &mut self,
        items: &[T],
        bytes: impl Fn(&T) -> [u8; N],
    ) -> Result<(), Full> {
        append_each(self.vec, items, bytes);
        Ok(())
    }

    #[inline(always)]
    fn written(&self) -> usize {
        self.vec.len() - self.start
    }

    #[inline(always)]
    fn patch(&mut self, at: usize, bytes: &[u8]) {
        let at = self.start + at;
        if let Some(place) = self.vec.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    fn since(&self, from: usize) -> &[u8] {
        self.vec.get(self.start + from..).unwrap_or_default()
    }

    fn insert(&mut self, at: usize, bytes: &[u8]) -> Result<(), Full> {
        let at = (self.start + at).min(self.vec.len());
        self.vec.splice(at..at, bytes.iter().copied());
        Ok(())
    }

    fn truncate(&mut self, written: usize) {
        self.vec.truncate(self.start + written);
    }

    #[inline(always)]
    fn reserve(&mut self, count: usize) {
        self.vec.reserve(count);
    }
}

/// Fills a slice, and is full at its end.
#[derive(Debug)]
pub struct SliceSink<'a> {
    slice: &'a mut [u8],
    used: usize,
}

impl<'a> SliceSink<'a> {
    /// A sink that fills `slice` from its start.
    #[inline]
    pub fn new(slice: &'a mut [u8]) -> Self {
        Self { slice, used: 0 }
    }
}

impl Sink for SliceSink<'_> {
    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Full> {
        let room = self.slice.get_mut(self.used..).ok_or(Full)?;
        *room.first_chunk_mut::<N>().ok_or(Full)? = bytes;
        self.used += N;
        Ok(())
    }

    #[inline(always)]
    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full> {
        let end = self.used.checked_add(bytes.len()).ok_or(Full)?;
        let room = self.slice.get_mut(self.used..end).ok_or(Full)?;
        room.copy_from_slice(bytes);
        self.used = end;
        Ok(())
    }

    #[inline(always)]
    fn written(&self) -> usize {
        self.used
    }

    #[inline(always)]
    fn room(&self) -> Option<usize> {
        Some(self.slice.len() - self.used)
    }

    #[inline(always)]
    fn patch(&mut self, at: usize, bytes: &[u8]) {
        if let Some(place) = self.slice.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    fn since(&self, from: usize) -> &[u8] {
        self.slice.get(from..self.used).unwrap_or_default()
    }

    fn insert(&mut self, at: usize, bytes: &[u8]) -> Result<(), Full> {
        let used = self.used;
        let at = at.min(used);
        // The room is there before anything moves.
        self.put_slice(bytes)?;
        self.slice.copy_within(at..used, at + bytes.len());
        self.patch(at, bytes);
        Ok(())
    }

    fn truncate(&mut self, written: usize) {
        self.used = self.used.min(written);
    }
}

/// Counts bytes as long as another sink would have room for them.
#[derive(Debug)]
pub struct Rehearsal {
    written: usize,
    room: Option<usize>,
}

impl Rehearsal {
    /// As if it were a sink with so many bytes put and so much room.
    pub(crate) fn new(written: usize, room: Option<usize>) -> Self {
        Self { written, room }
    }

    fn count(&mut self, bytes: usize) -> Result<(), Full> {
        if let Some(room) = &mut self.room {
            *room = room.checked_sub(bytes).ok_or(Full)?;
        }
        self.written += bytes;
        Ok(())
    }
}

impl Sink for Rehearsal {
    const COUNTS_ONLY: bool = true;

    fn put<const N: usize>(&mut self, _: [u8; N]) -> Result<(), Full> {
        self.count(N)
    }

    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.count(bytes.len())
    }

    fn written(&self) -> usize {
        self.written
    }

    fn since(&self, _: usize) -> &[u8] {
        &[]
    }

    fn insert(&mut self, _: usize, bytes: &[u8]) -> Result<(), Full> {
        self.count(bytes.len())
    }

    fn patch(&mut self, _: usize, _: &[u8]) {}

    fn truncate(&mut self, written: usize) {
        if let Some(taken_back) = self.written.checked_sub(written) {
            self.written = written;
            self.room = self.room.map(|room| room + taken_back);
        }
    }
}

/// Keeps nothing, and is no counter to those who ask: for what is found out before
/// something is written.
#[derive(Debug, Default)]
pub(crate) struct Nowhere {
    written: usize,
}

impl Sink for Nowhere {
    fn put<const N: usize>(&mut self, _: [u8; N]) -> Result<(), Full> {
        self.written += N;
        Ok(())
    }

    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.written += bytes.len();
        Ok(())
    }

    fn written(&self) -> usize {
        self.written
    }

    fn since(&self, _: usize) -> &[u8] {
        &[]
    }

    fn insert(&mut self, _: usize, bytes: &[u8]) -> Result<(), Full> {
        self.put_slice(bytes)
    }

    fn patch(&mut self, _: usize, _: &[u8]) {}

    fn truncate(&mut self, written: usize) {
        self.written = self.written.min(written);
    }
}

/// Counts bytes and keeps none: the estimator.
#[derive(Debug, Default)]
pub struct Counter {
    written: usize,
    /// How often it was asked where it stands, to align something: how much that
    /// takes depends on where it starts.
    pub(super) alignments: u64,
    /// How many things are counted anew, one in another.
    pub(super) again: u32,
}

impl From<usize> for Counter {
    /// As if so many bytes had been put.
    fn from(written: usize) -> Self {
        Self {
            written,
            ..Self::default()
        }
    }
}

impl Sink for Counter {
    const COUNTS_ONLY: bool = true;

    #[inline(always)]
    fn put<const N: usize>(&mut self, _: [u8; N]) -> Result<(), Full> {
        self.written += N;
        Ok(())
    }

    #[inline(always)]
    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.written += bytes.len();
        Ok(())
    }

    #[inline(always)]
    fn written(&self) -> usize {
        self.written
    }

    #[inline(always)]
    fn patch(&mut self, _: usize, _: &[u8]) {}

    fn since(&self, _: usize) -> &[u8] {
        &[]
    }

    fn insert(&mut self, _: usize, bytes: &[u8]) -> Result<(), Full> {
        self.put_slice(bytes)
    }

    fn truncate(&mut self, written: usize) {
        self.written = self.written.min(written);
    }

    #[inline(always)]
    fn as_counter(&mut self) -> Option<&mut Counter> {
        Some(self)
    }
}
