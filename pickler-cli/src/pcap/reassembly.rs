//! What one end of a TCP connection sent, in order, out of the segments that
//! were captured of it. Does no I/O.

use std::collections::BTreeMap;

use super::layers::Segment;

/// The most bytes that wait for others that come before them.
const MOST_BYTES: usize = 1 << 20;
/// The most segments that do.
const MOST_SEGMENTS: usize = 1 << 10;
/// So many more segments of the connection are looked at before bytes that were
/// received, as the other end says, are taken for missing in the capture: a
/// capture mixes up segments that follow each other closely.
const PATIENCE: u32 = 3;

/// What is known of the bytes, in their order. `M` tells of which segment they
/// are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a, M> {
    /// The capture begins within the connection.
    Middle(M),
    /// The bytes that come next.
    Bytes(&'a [u8], M),
    /// So many bytes that come next were not captured.
    Lost(u64, M),
    /// There are no more.
    End(M),
}

/// One direction of a connection.
#[derive(Clone, Debug)]
pub struct Reassembly<M> {
    /// Where the bytes that come next are: their number on the wire, and their
    /// place behind the first.
    next: Option<(u32, u64)>,
    /// Segments that came before others, by their places.
    waiting: BTreeMap<u64, Waiting<M>>,
    /// How many bytes wait.
    held: usize,
    /// Behind the last byte that the other end has received.
    received: u64,
    /// Segments since then.
    since: u32,
    /// Where the direction ends.
    end: Option<u64>,
    ended: bool,
}

#[derive(Clone, Debug)]
struct Waiting<M> {
    bytes: Vec<u8>,
    mark: M,
}

impl<M> Default for Reassembly<M> {
    fn default() -> Self {
        Self {
            next: None,
            waiting: BTreeMap::new(),
            held: 0,
            received: 0,
            since: 0,
            end: None,
            ended: false,
        }
    }
}

impl<M: Copy> Reassembly<M> {
    /// How many bytes of memory wait.
    pub fn held(&self) -> usize {
        self.held
    }

    /// Takes a segment of this direction.
    pub fn segment(&mut self, segment: &Segment<'_>, mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        if self.ended {
            return;
        }
        if segment.reset {
            return self.finish(mark, tell);
        }
        let first = segment.sequence.wrapping_add(u32::from(segment.syn));
        if self.next.is_none() {
            if !segment.syn && segment.bytes.is_empty() && segment.cut_off == 0 && !segment.fin {
                return;
            }
            self.next = Some((first, 0));
            if !segment.syn {
                tell(Event::Middle(mark));
            }
        }
        let Some(start) = self.place(first) else {
            return;
        };
        let size = segment.bytes.len() as u64;
        if segment.fin {
            let end = start + i64::try_from(size).unwrap_or(0);
            self.end = u64::try_from(end + to_signed(segment.cut_off)).ok();
        }
        self.bytes(start, segment.bytes, mark, tell);
        self.patience(mark, tell);
        self.end_if_due(mark, tell);
    }

    /// The other end has received what is before that number.
    pub fn acknowledge(&mut self, number: u32, mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        if self.ended {
            return;
        }
        if let Some(place) = self.place(number).and_then(|it| u64::try_from(it).ok()) {
            // The end of a direction takes a number, but no byte.
            let place = self.end.map_or(place, |end| place.min(end));
            self.received = self.received.max(place);
        }
        self.patience(mark, tell);
        self.end_if_due(mark, tell);
    }

    /// Nothing more is captured.
    pub fn finish(&mut self, mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        if self.ended {
            return;
        }
        while !self.waiting.is_empty() {
            self.pass_over(mark, tell);
        }
        self.ended = true;
        tell(Event::End(mark));
    }

    /// Where a number is, behind the first byte; what is half the numbers away
    /// is before it.
    fn place(&self, number: u32) -> Option<i64> {
        let (known, place) = self.next?;
        let distance = number.wrapping_sub(known).cast_signed();
        Some(i64::try_from(place).ok()? + i64::from(distance))
    }

    fn bytes(&mut self, start: i64, bytes: &[u8], mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        let Some((_, next)) = self.next else {
            return;
        };
        let end = start + to_signed(bytes.len());
        if end <= to_signed_place(next) {
            // They came before.
            return;
        }
        if let Ok(place) = u64::try_from(start)
            && place > next
        {
            self.keep(place, bytes, mark);
            while self.held > MOST_BYTES || self.waiting.len() > MOST_SEGMENTS {
                self.pass_over(mark, tell);
            }
            return;
        }
        let known = usize::try_from(to_signed_place(next) - start).unwrap_or(0);
        self.give(&bytes[known..], mark, tell);
        self.give_waiting(tell);
    }

    fn keep(&mut self, place: u64, bytes: &[u8], mark: M) {
        let known = self.waiting.get(&place).map_or(0, |it| it.bytes.len());
        if bytes.len() <= known {
            return;
        }
        self.held = self.held - known + bytes.len();
        let bytes = bytes.to_vec();
        self.waiting.insert(place, Waiting { bytes, mark });
    }

    fn give(&mut self, bytes: &[u8], mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        self.advance(bytes.len() as u64);
        if !bytes.is_empty() {
            tell(Event::Bytes(bytes, mark));
        }
    }

    /// Hands on what waits no more.
    fn give_waiting(&mut self, tell: &mut dyn FnMut(Event<'_, M>)) {
        while let Some(first) = self.waiting.first_entry() {
            let Some((_, next)) = self.next else {
                return;
            };
            if *first.key() > next {
                return;
            }
            let (place, Waiting { bytes, mark }) = first.remove_entry();
            self.held -= bytes.len();
            let known = usize::try_from(next - place).unwrap_or(usize::MAX);
            if let Some(new) = bytes.get(known..) {
                self.give(new, mark, tell);
            }
        }
    }

    fn advance(&mut self, bytes: u64) {
        if let Some((number, place)) = &mut self.next {
            // The numbers begin anew behind the last.
            let numbers = u32::try_from(bytes & u64::from(u32::MAX)).unwrap_or(0);
            *number = number.wrapping_add(numbers);
            *place += bytes;
        }
    }

    /// Takes what was received, but has not been seen for long, for missing.
    fn patience(&mut self, mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        let Some((_, next)) = self.next else {
            return;
        };
        if self.received <= next {
            self.since = 0;
            return;
        }
        self.since += 1;
        if self.since > PATIENCE {
            self.since = 0;
            self.pass_over(mark, tell);
        }
    }

    /// Goes on behind the next bytes, which are missing.
    fn pass_over(&mut self, mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        let Some((_, next)) = self.next else {
            return;
        };
        let first = self.waiting.first_key_value();
        let (place, mark) = match first {
            Some((&place, waiting)) if place <= self.received || self.received <= next => {
                (place, waiting.mark)
            }
            _ => (self.received, mark),
        };
        let lost = place.saturating_sub(next);
        if lost > 0 {
            self.advance(lost);
            tell(Event::Lost(lost, mark));
        }
        self.give_waiting(tell);
    }

    fn end_if_due(&mut self, mark: M, tell: &mut dyn FnMut(Event<'_, M>)) {
        if let (Some((_, next)), Some(end)) = (self.next, self.end)
            && next >= end
        {
            self.ended = true;
            self.waiting.clear();
            self.held = 0;
            tell(Event::End(mark));
        }
    }
}

/// A size in memory; none is too great.
fn to_signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX / 4)
}

/// A place; a connection of so many bytes there is not.
fn to_signed_place(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX / 2)
}
