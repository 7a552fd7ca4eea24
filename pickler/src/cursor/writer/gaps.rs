//! Room that was left free in front of what was put at given places.

use alloc::collections::BTreeMap;

/// Free bytes, as ranges: the end of each by its start.
#[derive(Debug, Default)]
pub(super) struct Gaps(BTreeMap<usize, usize>);

impl Gaps {
    /// Leaves so many bytes free.
    pub(super) fn leave(&mut self, start: usize, size: usize) {
        if size > 0 {
            self.0.insert(start, start + size);
        }
    }

    /// The byte is free.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.around(at).is_some()
    }

    /// Takes so many bytes from a byte on, if all of them are free.
    pub(super) fn take(&mut self, at: usize, size: usize) -> bool {
        let Some((start, end)) = self.around(at) else {
            return false;
        };
        let Some(behind) = at.checked_add(size).filter(|behind| *behind <= end) else {
            return false;
        };
        self.0.remove(&start);
        self.leave(start, at - start);
        self.leave(behind, end - behind);
        true
    }

    /// The gap that a byte is in.
    fn around(&self, at: usize) -> Option<(usize, usize)> {
        let (start, end) = self.0.range(..=at).next_back()?;
        (at < *end).then_some((*start, *end))
    }
}
