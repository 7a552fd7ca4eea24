//! Reading what stands elsewhere.

use alloc::boxed::Box;

use super::Reader;
use crate::cursor::seen::Seen;
use crate::cursor::{Align, BitOrder, Fault, Order};
use crate::error::ErrorKind;

/// Where a reader goes on when it has read something that stands elsewhere;
/// see [`Reader::visit`].
#[derive(Debug)]
#[must_use = "a reader comes back from where it went"]
pub struct Visit<'de> {
    rest: &'de [u8],
    bit: u8,
    begun: BitOrder,
    origin: usize,
    at: usize,
    seen: Option<Box<Seen>>,
}

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// Goes to an offset in bytes from the start of the input, to read
    /// something there. [`come_back`](Self::come_back) ends that.
    ///
    /// # Errors
    /// [`OutsideInput`](ErrorKind::OutsideInput) if the piece that the cursor
    /// is in has no such offset, or the offset has no value;
    /// [`TooDeep`](ErrorKind::TooDeep) past the limit, to which offsets that
    /// lead in a circle come; [`TooMuchElsewhere`](ErrorKind::TooMuchElsewhere)
    /// past the budget for what is read elsewhere.
    pub fn visit(&mut self, offset: Option<i128>) -> Result<Visit<'de>, Fault> {
        let (start, end) = (self.extent.piece, self.end);
        let at = offset
            .and_then(|offset| usize::try_from(offset).ok())
            .filter(|at| (start..=end).contains(at));
        let Some(at) = at else {
            let offset = offset.unwrap_or(i128::MAX);
            // An input that is open may have it yet.
            if let Ok(missing @ 1..) = u64::try_from(offset.saturating_sub(end as i128)) {
                self.state.lacks(missing.saturating_mul(8));
            }
            let (start, end) = (start as u64, end as u64);
            return Err(self.fail(ErrorKind::OutsideInput { offset, start, end }));
        };
        self.expect_elsewhere()?;
        self.descend()?;
        let visit = Visit {
            seen: self.replace_seen(None),
            rest: self.rest,
            bit: self.bit,
            begun: self.begun,
            origin: core::mem::replace(&mut self.extent.origin, at),
            at,
        };
        self.rest = self.extent.input.get(at..end).unwrap_or_default();
        self.bit = 0;
        Ok(visit)
    }

    /// Checks that no more was read elsewhere than the limit.
    pub(super) fn expect_elsewhere(&mut self) -> Result<(), Fault> {
        let limit = self.state.elsewhere_limit(self.extent.input.len());
        if self.extent.visited > limit {
            return Err(self.fail(ErrorKind::TooMuchElsewhere { limit }));
        }
        Ok(())
    }

    /// Comes back; gives how many bytes were read.
    pub fn come_back(&mut self, visit: Visit<'de>) -> u64 {
        let behind = self.bit_offset().div_ceil(8) as usize;
        let size = behind.saturating_sub(visit.at) as u64;
        let Visit {
            rest,
            bit,
            begun,
            origin,
            seen,
            ..
        } = visit;
        self.replace_seen(seen);
        (self.rest, self.bit, self.begun) = (rest, bit, begun);
        self.extent.origin = origin;
        self.extent.furthest = self.extent.furthest.max(behind);
        // What takes no room costs time, too.
        self.extent.visited = self.extent.visited.saturating_add(size.max(1));
        self.ascend();
        size
    }
}
