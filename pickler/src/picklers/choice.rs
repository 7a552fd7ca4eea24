//! What is tried until something can be read.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Alternatives, Pickler, no_variant, try_next, unit, write_padding};
use crate::cursor::{Align, Aligned, Counter, Fault, Mark, Order, Reader, Sink, Unaligned, Writer};
use crate::dynamic::{Value, VariantValue};
use crate::error::ErrorKind;
use crate::schema::{Describer, Shape};
use crate::types::Either;
use crate::width::Width;

/// See [`choice`].
#[derive(Clone, Copy, Debug)]
pub struct Choice<P>(P);

/// The first of several picklers of the same type of value that can read what
/// comes; the first that can write a value writes it: scodec's `choice`.
///
/// What is written must not be read by one that is tried before: it is refused,
/// as far as that can be seen from its own bytes. An [`alt`](super::alt()),
/// whose tag tells what comes, goes faster.
///
/// ```
/// use pickler::picklers::{choice, constant, decode_with, encode_with, of, wrap};
///
/// // Small numbers are a byte; others stand behind 0xFF.
/// let small = pickler::picklers::zero_to::<0xFE, u32>();
/// let any = wrap((constant(0xFF_u8, of()), of::<u32>()), "any", |((), n)| n, |n| ((), *n));
/// let number = choice((small, any));
/// assert_eq!(encode_with(&number, &7)?, [7]);
/// assert_eq!(encode_with(&number, &300)?, [0xFF, 0, 0, 1, 44]);
/// assert_eq!(decode_with(&number, &[0xFF, 0, 0, 1, 44])?, 300);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn choice<P>(alternatives: P) -> Choice<P> {
    Choice(alternatives)
}

/// See [`fallback`].
#[derive(Clone, Copy, Debug)]
pub struct Fallback<L, R> {
    left: L,
    right: R,
}

/// The right thing, or the left if that cannot be read: scodec's `fallback`.
///
/// What is written as the left must not be read as the right: it is refused, as
/// far as that can be seen from its own bytes.
///
/// ```
/// use pickler::ByteString;
/// use pickler::picklers::{decode_with, encode_with, fallback, of, rest};
/// use pickler::types::Either;
///
/// let flag = fallback(rest::<ByteString>(), of::<bool>());
/// assert_eq!(decode_with(&flag, &[1])?, Either::Right(true));
/// assert_eq!(decode_with(&flag, &[7])?, Either::Left([7][..].into()));
/// assert_eq!(
///     encode_with(&flag, &Either::Left([1][..].into())).unwrap_err().to_string(),
///     "would be read as something else that is tried before, at byte 1",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn fallback<L, R>(left: L, right: R) -> Fallback<L, R> {
    Fallback { left, right }
}

/// See [`recover`].
#[derive(Clone, Copy, Debug)]
pub struct Recover<P>(P);

/// Whether something is there that holds nothing, such as a constant: scodec's
/// `recover`. If it cannot be read, nothing is taken.
///
/// Whoever declares it sees to it that what comes behind cannot be taken for
/// it; [`lookahead`](super::lookahead) checks that.
///
/// ```
/// use pickler::picklers::{constant, decode_with, encode_with, of, recover};
///
/// let marked = (recover(constant(0xFE_u8, of())), of::<u8>());
/// assert_eq!(decode_with(&marked, &[0xFE, 7])?, (true, 7));
/// assert_eq!(decode_with(&marked, &[7])?, (false, 7));
/// assert_eq!(encode_with(&marked, &(true, 7))?, [0xFE, 7]);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn recover<P>(pickler: P) -> Recover<P> {
    Recover(pickler)
}

/// Which of several can write something; the last, if none can: then it says
/// why.
/// And how many bits it takes, if that is known by then.
pub(crate) fn first_that_writes<S: Sink, O: Order, A: Align>(
    count: usize,
    w: &mut Writer<S, O, A>,
    mut write: impl FnMut(usize, &mut Writer<Counter, O, Unaligned>) -> Result<(), Fault>,
) -> (usize, Option<u64>) {
    let last = count.saturating_sub(1);
    for index in 0..last {
        let mut counter = w.counter();
        if write(index, counter.unaligned()).is_ok() {
            w.note_alignments(&counter);
            return (index, Some(counter.bit_offset() - w.bit_offset()));
        }
    }
    (last, None)
}

/// Refuses what was written from the bit `start` on if it is read by one that
/// is tried before.
pub(crate) fn is_read_before<S: Sink, O: Order, A: Align>(
    start: u64,
    w: &mut Writer<S, O, A>,
    reads: impl FnOnce(&mut Reader<'_, O, Aligned>) -> bool,
) -> Result<(), Fault> {
    // Where something is elsewhere is not known while sizes are found out.
    if S::COUNTS_ONLY || w.is_measuring() {
        return Ok(());
    }
    let mut bytes = Vec::new();
    // What would look at what comes behind is not known to be read: that is
    // not written yet.
    if reads(&mut w.look_back(start, &mut bytes).open()) {
        let why = "would be read as something else that is tried before";
        return Err(w.fail(ErrorKind::Refused(why.into())));
    }
    Ok(())
}

impl<'de, P: for<'a> Alternatives<'a>> Pickler<'de> for Choice<P> {
    type Value = <P as Alternatives<'de>>::Value;
    const WIDTH: Width = <P as Alternatives<'de>>::WIDTH;
    const WHOLE: bool = <P as Alternatives<'de>>::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let (mark, mut furthest) = (r.mark(), None);
        for index in 0..<P as Alternatives<'de>>::COUNT {
            match self.0.read_at(index, r) {
                Ok(value) => return Ok(value),
                Err(fault) => try_next(fault, mark, &mut furthest, r)?,
            }
        }
        Err(no_variant(furthest, r))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        // Which one fits may depend on it.
        w.expect_place()?;
        let start = w.bit_offset();
        let count = <P as Alternatives<'de>>::COUNT;
        let write = |index, w: &mut Writer<_, _, _>| self.0.write_at(index, value, w);
        let (place, bits) = first_that_writes(count, w, write);
        if S::COUNTS_ONLY
            && let Some(bits) = bits
        {
            // Nobody counts what is below twice.
            return write_padding(bits, w);
        }
        self.0.write_at(place, value, w)?;
        is_read_before(start, w, |r| {
            let mark = r.mark();
            (0..place).any(|index| {
                let read = self.0.read_at(index, r.unaligned()).map(drop);
                was_read(read, mark, r)
            })
        })
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Choice {
            alternatives: self.0.describe(d),
            names: Vec::new(),
        }
    }
}

impl<'de, L, R> Pickler<'de> for Fallback<L, R>
where
    L: Pickler<'de>,
    R: for<'a> Pickler<'a>,
{
    type Value = Either<L::Value, <R as Pickler<'de>>::Value>;
    const WIDTH: Width = L::WIDTH.or(<R as Pickler<'de>>::WIDTH);
    const WHOLE: bool = L::WHOLE && <R as Pickler<'de>>::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let (mark, mut furthest) = (r.mark(), None);
        match self.right.read(r) {
            Ok(value) => return Ok(Either::Right(value)),
            Err(fault) => try_next(fault, mark, &mut furthest, r)?,
        }
        match self.left.read(r) {
            Ok(value) => return Ok(Either::Left(value)),
            Err(fault) => try_next(fault, mark, &mut furthest, r)?,
        }
        Err(no_variant(furthest, r))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        match value {
            Either::Right(value) => self.right.write(value, w),
            Either::Left(value) => {
                self.left.write(value, w)?;
                is_read_before(start, w, |r| {
                    let mark = r.mark();
                    let read = self.right.read(r.unaligned()).map(drop);
                    was_read(read, mark, r)
                })
            }
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Choice {
            alternatives: Vec::from([self.right.describe(d), self.left.describe(d)]),
            names: Vec::from([Arc::from("Right"), Arc::from("Left")]),
        }
    }
}

impl<'de, P: Pickler<'de, Value = ()>> Pickler<'de> for Recover<P> {
    type Value = bool;
    const WIDTH: Width = P::WIDTH.or(Width::ZERO);
    const WHOLE: bool = P::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<bool, Fault> {
        let mark = r.mark();
        match self.0.read(r) {
            Ok(()) => Ok(true),
            Err(fault) => {
                try_next(fault, mark, &mut None, r)?;
                Ok(false)
            }
        }
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &bool,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if *value { self.0.write(&(), w) } else { Ok(()) }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        let alternatives = Vec::from([self.0.describe(d), unit().describe(d)]);
        let there = d.sample(&self.0, &());
        let variant = |name: &str, tag, body| {
            let name = name.into();
            Value::Variant(VariantValue { name, tag, body }.into())
        };
        Shape::Shown {
            item: Shape::Choice {
                alternatives,
                names: Vec::from([Arc::from("there"), Arc::from("absent")]),
            }
            .into(),
            pairs: Vec::from([
                (variant("there", 0, there), Value::Bool(true)),
                (
                    variant("absent", 1, Value::List(Vec::new())),
                    Value::Bool(false),
                ),
            ]),
        }
    }
}

/// Whether something was read; if not, another may try. Where it needs more
/// than was written, it is not known.
fn was_read<'a, O: Order>(
    read: Result<(), Fault>,
    mark: Mark<'a>,
    r: &mut Reader<'a, O, Aligned>,
) -> bool {
    match read {
        Ok(()) => true,
        Err(fault) => {
            r.forgive(fault);
            r.reset(mark);
            false
        }
    }
}
