//! Writing what stands elsewhere: behind the message, or behind the piece of it
//! that it belongs to.
//!
//! Where that is must be known before what leads there is written, and so how
//! much room everything in front takes. A message that has anything elsewhere
//! is written twice, by the same code: the first time only to find out how much
//! room each piece takes without what stands behind it, the second time with
//! all places known.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::mem;

use super::Writer;
use super::gaps::Gaps;
use crate::cursor::seen::Seen;
use crate::cursor::state::State;
use crate::cursor::{Align, Aligned, Counter, Fault, Full, Order, Sink};
use crate::error::{Error, ErrorKind};
use crate::picklers::Body;

/// How many bytes are left free at the most in front of something whose place
/// is given.
const GREATEST_GAP: usize = 16 << 20;

/// Where a writer puts what stands elsewhere.
#[derive(Debug)]
pub struct Places {
    mode: Mode,
    /// How many bytes each piece takes without what stands behind it, in the
    /// order in which they are begun.
    heads: Vec<usize>,
    /// How many pieces were begun.
    begun: usize,
    /// The pieces that the writer is in, innermost last.
    open: Vec<Piece>,
    /// From where alignment is counted, in bytes.
    origin: usize,
    /// How many things are being written that stand elsewhere, one in another.
    depth: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// Only sizes matter.
    Counting,
    /// Finds out how much room each piece takes.
    Measuring,
    /// Puts everything where it belongs.
    Placing,
}

/// Something behind which other things stand.
#[derive(Debug)]
struct Piece {
    /// Which of all pieces.
    index: usize,
    /// Where it starts, in bytes.
    start: usize,
    /// It is not moved later.
    stays: bool,
    /// What stands behind it, as far as that is known.
    behind: Vec<u8>,
    /// What of that is free.
    gaps: Gaps,
    /// How much stands behind it, where only that matters.
    sizes: Vec<(usize, Spot)>,
}

/// Where something that stands elsewhere is to be put.
#[derive(Clone, Copy, Debug)]
pub enum Spot {
    /// At the next multiple of so many bytes.
    Next {
        /// At least 1.
        align: u64,
    },
    /// At a given byte, from the start of the message.
    At(i128),
}

/// Where there is room for something.
enum Room {
    /// Behind all, with so many bytes free in front.
    Behind(usize),
    /// From a byte on that was left free.
    Within(usize),
}

/// Where something was put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// In bytes from the start of the message.
    pub offset: u64,
    /// How many bytes it takes, without what stands behind it.
    pub size: u64,
}

impl Places {
    fn new(mode: Mode, heads: Vec<usize>) -> Self {
        let mut it = Self {
            mode,
            heads,
            begun: 0,
            open: Vec::new(),
            origin: 0,
            depth: 0,
        };
        it.begin(0, true);
        it
    }

    /// For a writer that only counts.
    pub(in crate::cursor) fn counting(&self) -> Self {
        let mut it = Self::new(Mode::Counting, Vec::new());
        it.origin = self.origin;
        it.depth = self.depth;
        it
    }

    /// From where alignment is counted, in bytes.
    pub(super) fn origin(&self) -> usize {
        self.origin
    }

    pub(super) fn begin(&mut self, start: usize, stays: bool) {
        self.open.push(Piece {
            index: self.begun,
            start,
            stays: stays && self.open.last().is_none_or(|outer| outer.stays),
            behind: Vec::new(),
            gaps: Gaps::default(),
            sizes: Vec::new(),
        });
        self.begun += 1;
        if self.mode == Mode::Measuring {
            self.heads.push(0);
        }
    }

    /// Where what stands behind a piece begins.
    fn end_of_head(&self, piece: &Piece) -> usize {
        piece.start + self.heads.get(piece.index).copied().unwrap_or(0)
    }

    /// Where something more begins that stands behind the innermost piece, and
    /// what stands there in front of it.
    fn begin_behind(&mut self, spot: Spot) -> Result<Behind, ErrorKind> {
        let Some(piece) = self.open.last() else {
            return Err(ErrorKind::Unplaced);
        };
        let base = self.end_of_head(piece);
        let next = base + piece.behind.len();
        let Some(room) = self.room(next, spot, &piece.gaps) else {
            return Err(misplaced(next, spot));
        };
        let gap = match room {
            Room::Behind(gap) => gap,
            Room::Within(base) => {
                let bytes = Vec::new();
                return Ok(Behind { base, bytes });
            }
        };
        let mut bytes = Vec::new();
        if let Some(piece) = self.open.last_mut() {
            bytes = mem::take(&mut piece.behind);
            piece.gaps.leave(next, gap);
        }
        bytes.resize(bytes.len() + gap, 0);
        Ok(Behind { base, bytes })
    }

    /// Keeps what was written behind the innermost piece.
    fn end_behind(&mut self, spot: Spot, written: Behind) -> Result<(), ErrorKind> {
        let Some(index) = self.open.len().checked_sub(1) else {
            return Err(ErrorKind::Unplaced);
        };
        let head = self.end_of_head(&self.open[index]);
        let piece = &mut self.open[index];
        // What stood there was taken, unless this is within it.
        if piece.behind.is_empty() {
            piece.behind = written.bytes;
            return Ok(());
        }
        let at = written.base - head;
        if !piece.gaps.take(written.base, written.bytes.len()) {
            return Err(misplaced(head + piece.behind.len(), spot));
        }
        piece.behind[at..at + written.bytes.len()].copy_from_slice(&written.bytes);
        Ok(())
    }

    /// Where there is room for something behind a piece, of which all ends at
    /// `next`. `None` if it cannot go where it is to be.
    fn room(&self, next: usize, spot: Spot, gaps: &Gaps) -> Option<Room> {
        match spot {
            Spot::Next { align } => {
                let align = usize::try_from(align).ok().filter(|align| *align > 0)?;
                let behind = next.checked_sub(self.origin)? % align;
                Some(Room::Behind((align - behind) % align))
            }
            Spot::At(at) => {
                let at = usize::try_from(at).ok()?;
                let Some(gap) = at.checked_sub(next) else {
                    return gaps.is_free(at).then_some(Room::Within(at));
                };
                // Within what stands elsewhere itself, sizes are found out
                // before places.
                let most = if self.depth == 0 { GREATEST_GAP } else { 0 };
                (gap <= most).then_some(Room::Behind(gap))
            }
        }
    }
}

/// The refusal of what cannot go where it is to be; all that is known ends at
/// `next`.
#[cold]
fn misplaced(next: usize, spot: Spot) -> ErrorKind {
    let found = match spot {
        Spot::At(at) => at,
        Spot::Next { .. } => i128::MAX,
    };
    let expected = next as i128;
    ErrorKind::Misplaced { expected, found }
}

impl<S: Sink, O: Order, A: Align> Writer<S, O, A> {
    /// Writes a message that has something elsewhere, from the start of the
    /// sink: what was put there before is taken back.
    #[cold]
    #[inline(never)]
    pub(crate) fn write_placed(sink: S, body: &impl Body) -> Result<S, Error> {
        let (sink, heads) = Self::pass(sink, body, Mode::Measuring, Vec::new())?;
        let (sink, _) = Self::pass(sink, body, Mode::Placing, heads)?;
        Ok(sink)
    }

    fn pass(
        mut sink: S,
        body: &impl Body,
        mode: Mode,
        heads: Vec<usize>,
    ) -> Result<(S, Vec<usize>), Error> {
        sink.truncate(0);
        let mut w = Writer::<S, O, Aligned>::new(sink);
        w.state.own.places = Some(Box::new(Places::new(mode, heads)));
        match body.write(&mut w).and_then(|()| w.end_piece()) {
            Ok(()) => {
                let heads = w.state.own.places.take().map(|places| places.heads);
                Ok((w.into_sink(), heads.unwrap_or_default()))
            }
            Err(fault) => Err(w.into_error(fault)),
        }
    }

    /// From now on, sizes of what stands elsewhere are told, too.
    pub(crate) fn count_elsewhere(&mut self) {
        self.state.own.places = Some(Box::new(Places::new(Mode::Counting, Vec::new())));
    }

    /// The places of what stands elsewhere are not known yet.
    #[inline]
    pub fn is_measuring(&self) -> bool {
        let places = self.state.own.places.as_ref();
        places.is_some_and(|places| places.mode != Mode::Placing)
    }

    /// Something may stand elsewhere, for which pieces are begun and ended.
    #[inline(always)]
    pub(crate) fn has_places(&self) -> bool {
        self.state.own.places.is_some()
    }

    /// What is written stands elsewhere.
    pub(super) fn is_elsewhere(&self) -> bool {
        let places = self.state.own.places.as_ref();
        places.is_some_and(|places| places.depth > 0)
    }

    /// Writes something over what was written at the byte `at`, which takes as
    /// much room.
    ///
    /// # Errors
    /// Those of what is written.
    pub(crate) fn overwrite(&mut self, at: usize, body: &impl Body) -> Result<(), Fault> {
        let (base, bytes) = (at, Vec::new());
        let mut own = Writer::<Behind, O, Aligned>::new(Behind { base, bytes });
        own.state.set_depth_left(self.state.depth_left());
        // Alignment is counted from where it was.
        let places = self.state.own.places.as_ref();
        own.state.own.places = places.map(|places| Box::new(places.counting()));
        match body.write(&mut own) {
            Ok(()) => {
                self.patch(at, &own.into_sink().bytes);
                Ok(())
            }
            Err(fault) => {
                let error = own.into_error(fault);
                Err(self.adopt(error))
            }
        }
    }

    /// Ends a piece, with what stands behind it.
    #[cold]
    #[inline(never)]
    pub(super) fn put_behind(&mut self) -> Result<(), Fault> {
        self.finish()?;
        let written = self.sink.written();
        let Some(places) = &mut self.state.own.places else {
            return Ok(());
        };
        let Some(piece) = places.open.pop() else {
            return Ok(());
        };
        if places.mode == Mode::Placing && !S::COUNTS_ONLY {
            // As both times the same code ran, the sizes are the same.
            debug_assert_eq!(places.end_of_head(&piece), written);
            return self.bytes(&piece.behind);
        }
        if let (Mode::Measuring, Some(head)) = (places.mode, places.heads.get_mut(piece.index)) {
            *head = written - piece.start;
        }
        let (mut next, mut gaps) = (written, Gaps::default());
        for (size, spot) in piece.sizes {
            match places.room(next, spot, &gaps) {
                Some(Room::Within(at)) if gaps.take(at, size) => {}
                Some(Room::Behind(gap)) => {
                    gaps.leave(next, gap);
                    next += gap + size;
                }
                // What cannot go there is told when it is placed.
                _ => next += size,
            }
        }
        self.fill(next - written)
    }

    /// Writes so many zeros.
    fn fill(&mut self, mut bytes: usize) -> Result<(), Fault> {
        while bytes > 0 {
            let some = bytes.min(4096);
            self.bytes(&[0; 4096][..some])?;
            bytes -= some;
        }
        Ok(())
    }

    /// Writes something behind the piece that the cursor is in; tells where,
    /// unless that [is not known yet](Self::is_measuring).
    ///
    /// # Errors
    /// Those of what is written; [`Misplaced`](ErrorKind::Misplaced) if it
    /// cannot go to the given place; [`Unplaced`](ErrorKind::Unplaced) if
    /// nothing is known of places, which the entry points take for a request to
    /// find out.
    pub fn place(&mut self, spot: Spot, body: &impl Body) -> Result<Placed, Fault> {
        let Some(mut places) = self.state.own.places.take() else {
            return Err(self.fail(ErrorKind::Unplaced));
        };
        if !places.open.last().is_some_and(|piece| piece.stays) {
            return Err(self.fail(ErrorKind::Unplaced));
        }
        let result = if S::COUNTS_ONLY {
            let counter = Counter::default();
            self.place_in(counter, 0, places, body)
                .map(|(counter, there)| (counter.written(), there))
        } else if places.mode == Mode::Placing {
            match places.begin_behind(spot) {
                Ok(sink) => {
                    let start = sink.written();
                    let (sink, mut there) = self.place_in(sink, start, places, body)?;
                    match there.0.end_behind(spot, sink) {
                        Ok(()) => Ok((start, there)),
                        Err(kind) => Err(self.fail(kind)),
                    }
                }
                Err(kind) => Err(self.fail(kind)),
            }
        } else {
            let sink = Behind {
                base: 0,
                bytes: Vec::new(),
            };
            self.place_in(sink, 0, places, body)
                .map(|(sink, there)| (sink.written(), there))
        };
        // Where it starts, or how much room it takes with what is behind it.
        let (bytes, (mut places, size)) = result?;
        let placing = places.mode == Mode::Placing && !S::COUNTS_ONLY;
        if !placing && let Some(piece) = places.open.last_mut() {
            piece.sizes.push((bytes, spot));
        }
        self.state.own.places = Some(places);
        let offset = if placing { bytes as u64 } else { 0 };
        Ok(Placed { offset, size })
    }

    /// Writes something into a sink of its own, as a piece of its own.
    fn place_in<T: Sink>(
        &mut self,
        sink: T,
        start: usize,
        mut places: Box<Places>,
        body: &impl Body,
    ) -> Result<(T, (Box<Places>, u64)), Fault> {
        let origin = mem::replace(&mut places.origin, start);
        places.depth += 1;
        places.begin(start, true);
        let mut state = State::of_writer();
        state.set_depth_left(self.state.depth_left());
        state.own.empty_items_left = self.state.own.empty_items_left;
        state.own.places = Some(places);
        if self
            .state
            .seen
            .as_ref()
            .is_some_and(|seen| seen.plain.is_some())
        {
            state.seen = Some(Box::new(Seen::plain()));
        }
        let mut own = Writer::<T, O, Aligned>::new(sink);
        own.state = state;
        let mut size = 0;
        let result = own.descend().and_then(|()| {
            body.write(&mut own)?;
            size = (own.sink.written() - start) as u64;
            own.end_piece()
        });
        if let Err(fault) = result {
            let error = own.into_error(fault);
            return Err(self.adopt(error));
        }
        match own.state.own.places.take() {
            Some(mut places) => {
                self.state.own.empty_items_left = own.state.own.empty_items_left;
                places.origin = origin;
                places.depth -= 1;
                Ok((own.into_sink(), (places, size)))
            }
            None => Err(self.fail(ErrorKind::Unplaced)),
        }
    }

    /// How many bytes something takes elsewhere, without what stands behind it.
    ///
    /// # Errors
    /// Those of what would be written.
    pub fn size_elsewhere(&mut self, body: &impl Body) -> Result<u64, Fault> {
        let mut places = Box::new(Places::new(Mode::Counting, Vec::new()));
        places.begin(0, true);
        match self.place_in(Counter::default(), 0, places, body) {
            Ok((_, (_, size))) => Ok(size),
            Err(fault) => Err(fault),
        }
    }
}

/// Keeps what stands behind a piece until the piece ends.
#[derive(Debug)]
struct Behind {
    /// Where that begins, from the start of the message.
    base: usize,
    bytes: Vec<u8>,
}

impl Sink for Behind {
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Full> {
        self.put_slice(&bytes)
    }

    fn put_slice(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn written(&self) -> usize {
        self.base + self.bytes.len()
    }

    fn patch(&mut self, at: usize, bytes: &[u8]) {
        let at = at.saturating_sub(self.base);
        if let Some(place) = self.bytes.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    fn since(&self, from: usize) -> &[u8] {
        let from = from.saturating_sub(self.base);
        self.bytes.get(from..).unwrap_or_default()
    }

    fn insert(&mut self, at: usize, bytes: &[u8]) -> Result<(), Full> {
        let at = at.saturating_sub(self.base).min(self.bytes.len());
        self.bytes.splice(at..at, bytes.iter().copied());
        Ok(())
    }

    fn truncate(&mut self, written: usize) {
        self.bytes.truncate(written.saturating_sub(self.base));
    }
}
