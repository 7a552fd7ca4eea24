//! Cursors that only count, and what is counted twice.

use core::marker::PhantomData;

use super::Writer;
use crate::cursor::state::State;
use crate::cursor::{Align, BitOrder, Counter, Fault, Order, Rehearsal, Sink};
use crate::error::ErrorKind;

/// How many things may be counted anew, one in another: each doubles the work.
const MOST_AGAIN: u32 = 8;

/// Where a cursor that counts stood.
pub(crate) struct CounterMark {
    written: usize,
    bit: u8,
    begun: BitOrder,
    empty_items_left: u32,
    /// What was seen before.
    #[cfg(feature = "alloc")]
    seen: Option<alloc::boxed::Box<crate::cursor::seen::Seen>>,
}

impl<O: Order, A: Align> Writer<Rehearsal, O, A> {
    /// A cursor that stands where another stood, and keeps nothing.
    pub(crate) fn rehearsal(written: usize, room: Option<usize>, bit: u8, begun: BitOrder) -> Self {
        Self {
            sink: Rehearsal::new(written, room),
            partial: 0,
            bit,
            begun,
            state: State::of_writer(),
            orders: PhantomData,
        }
    }
}

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    /// A cursor that only counts, in the same order and at the same position
    /// and depth, for the size of a part that comes later.
    #[inline]
    pub fn counter(&mut self) -> Writer<Counter, O, A> {
        let mut state = State::of_writer();
        state.set_depth_left(self.state.depth_left());
        state.own.empty_items_left = self.state.own.empty_items_left;
        state.own.within = self.state.own.within;
        #[cfg(feature = "alloc")]
        if let Some(places) = &self.state.own.places {
            state.own.places = Some(alloc::boxed::Box::new(places.counting()));
        }
        #[cfg(feature = "alloc")]
        if let Some(seen) = &self.state.seen {
            state.seen = Some(alloc::boxed::Box::new(seen.counting()));
            state.own.moving = self.state.own.moving;
        }
        let mut sink = Counter::from(self.sink.written());
        if let Some(counter) = self.sink.as_counter() {
            sink.again = counter.again;
        }
        Writer {
            sink,
            partial: 0,
            bit: self.bit,
            begun: self.begun,
            state,
            orders: PhantomData,
        }
    }

    /// What a cursor needs to [rehearse](Writer::rehearsal) something from here.
    #[inline(always)]
    pub(crate) fn standing(&self) -> (usize, Option<usize>, u8, BitOrder) {
        let bit = if A::ALIGNED { 0 } else { self.bit };
        (self.sink.written(), self.sink.room(), bit, self.begun)
    }

    /// Where the cursor stands, in bits from where alignment is counted: the
    /// start of the message, or of what stands elsewhere. How much is written
    /// then depends on where it starts, which a [`Counter`] takes note of.
    #[inline]
    pub fn alignment_offset(&mut self) -> u64 {
        if let Some(counter) = self.sink.as_counter() {
            counter.alignments += 1;
        }
        #[cfg(feature = "alloc")]
        let origin = self.state.own.places.as_ref().map_or(0, |it| it.origin());
        #[cfg(not(feature = "alloc"))]
        let origin = 0;
        self.bit_offset().saturating_sub(origin as u64 * 8)
    }

    /// How often something was aligned, where that is counted.
    #[inline]
    pub(crate) fn alignments(&mut self) -> u64 {
        self.sink.as_counter().map_or(0, |it| it.alignments)
    }

    /// Something was aligned in a [`counter`](Self::counter) of this cursor,
    /// whose count is taken over.
    #[cfg(feature = "alloc")]
    pub(crate) fn note_alignments(&mut self, counter: &Writer<Counter, O, A>) {
        if let Some(own) = self.sink.as_counter() {
            own.alignments += counter.sink.alignments;
        }
    }

    /// Where the cursor stands, which only counts, to
    /// [`go_back`](Self::go_back) there.
    #[inline]
    pub(crate) fn counter_mark(&self) -> CounterMark {
        CounterMark {
            written: self.sink.written(),
            bit: self.bit,
            begun: self.begun,
            empty_items_left: self.state.own.empty_items_left,
            #[cfg(feature = "alloc")]
            seen: self.state.seen.as_ref().map(|seen| seen.counting().into()),
        }
    }

    /// Goes back to where the cursor stood, to count the same anew; ended by
    /// [`end_again`](Self::end_again).
    ///
    /// # Errors
    /// [`TooDeep`](ErrorKind::TooDeep): too much is counted anew, one in another.
    #[cold]
    pub(crate) fn go_back(&mut self, mark: CounterMark) -> Result<(), Fault> {
        self.sink.truncate(mark.written);
        (self.partial, self.bit, self.begun) = (0, mark.bit, mark.begun);
        self.state.own.empty_items_left = mark.empty_items_left;
        #[cfg(feature = "alloc")]
        {
            self.state.seen = mark.seen;
        }
        let Some(counter) = self.sink.as_counter() else {
            return Ok(());
        };
        counter.again += 1;
        if counter.again > MOST_AGAIN {
            let limit = MOST_AGAIN;
            return Err(self.fail(ErrorKind::TooDeep { limit }));
        }
        Ok(())
    }

    /// What was counted anew is counted; it was so often.
    #[inline]
    pub(crate) fn end_again(&mut self, times: u32) {
        if let Some(counter) = self.sink.as_counter() {
            counter.again -= times;
        }
    }
}
