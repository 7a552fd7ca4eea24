//! A size in front of what it counts, in as many bytes as it needs.

use super::Body;
use crate::cursor::{Align, Fault, Order, Sink, Writer};
use crate::error::ErrorKind;

/// How often something is counted at the most to find the size in front of it.
const ATTEMPTS: u32 = 4;

/// How a size is written.
pub(crate) trait SizePrefix {
    /// The size counts itself, too.
    fn counts_itself(&self) -> bool;

    /// Writes how many bytes there are in all.
    fn write_total<S: Sink, O: Order, A: Align>(
        &self,
        total: usize,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;
}

/// Writes something behind its size.
///
/// # Errors
/// Those of what is written; [`WrongDerived`](ErrorKind::WrongDerived): where it
/// starts decides how much it takes, and no size in front of it is right;
/// [`TooDeep`](ErrorKind::TooDeep): to find that out would take too long.
#[inline]
pub(crate) fn write_behind_size<S: Sink, O: Order, A: Align>(
    prefix: &impl SizePrefix,
    body: &impl Body,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if S::COUNTS_ONLY {
        return count_behind_size(prefix, body, w).map(drop);
    }
    let mut counter = w.counter();
    let size = match count_behind_size(prefix, body, &mut counter) {
        Ok(size) => size,
        Err(fault) => {
            let error = counter.into_error(fault);
            return Err(w.adopt(error));
        }
    };
    write_size(prefix, size, w)?;
    w.expect_byte_boundary()?;
    let start = w.written();
    body.write(w)?;
    let written = w.written() - start;
    if written == size || w.is_measuring() {
        return Ok(());
    }
    Err(wrong_size(size, written, w))
}

/// Counts something behind its size; gives the size.
///
/// Nobody counts what is below twice, unless something in it is aligned and its
/// size takes more room than a size of 0: then it starts elsewhere, and may take
/// more or less itself.
fn count_behind_size<S: Sink, O: Order, A: Align>(
    prefix: &impl SizePrefix,
    body: &impl Body,
    w: &mut Writer<S, O, A>,
) -> Result<usize, Fault> {
    let (mut size, mut again) = (0, 0);
    loop {
        let mark = w.counter_mark();
        let at = w.bit_offset();
        write_size(prefix, size, w)?;
        let width = w.bit_offset() - at;
        w.expect_byte_boundary()?;
        let (start, alignments) = (w.written(), w.alignments());
        body.write(w)?;
        let found = w.written() - start;
        let needed = width_of(prefix, found, w)?;
        if needed != width && w.alignments() == alignments {
            let more = needed.saturating_sub(width) / 8;
            w.bytes(&[0; 32][..more.min(32) as usize])?;
        } else if needed != width {
            again += 1;
            if again == ATTEMPTS {
                return Err(wrong_size(size, found, w));
            }
            size = found;
            w.go_back(mark)?;
            continue;
        }
        w.end_again(again);
        return Ok(found);
    }
}

/// No size is right.
#[cold]
fn wrong_size<S: Sink, O: Order, A: Align>(
    size: usize,
    written: usize,
    w: &mut Writer<S, O, A>,
) -> Fault {
    let (expected, found) = (written as i128, size as i128);
    w.fail(ErrorKind::WrongDerived { expected, found })
}

/// How many bits the size of so many bytes takes.
fn width_of<S: Sink, O: Order, A: Align>(
    prefix: &impl SizePrefix,
    size: usize,
    w: &mut Writer<S, O, A>,
) -> Result<u64, Fault> {
    let mut counter = w.counter();
    let at = counter.bit_offset();
    match write_size(prefix, size, &mut counter) {
        Ok(()) => Ok(counter.bit_offset() - at),
        Err(fault) => {
            let error = counter.into_error(fault);
            Err(w.adopt(error))
        }
    }
}

/// Writes the size of so many bytes behind it.
fn write_size<S: Sink, O: Order, A: Align>(
    prefix: &impl SizePrefix,
    size: usize,
    w: &mut Writer<S, O, A>,
) -> Result<(), Fault> {
    if !prefix.counts_itself() {
        return prefix.write_total(size, w);
    }
    // A longer size may take more room, and so be longer still.
    let mut total = size;
    loop {
        let mut counter = w.counter();
        let at = counter.bit_offset();
        if let Err(fault) = prefix.write_total(total, &mut counter) {
            let error = counter.into_error(fault);
            return Err(w.adopt(error));
        }
        let width = (counter.bit_offset() - at) / 8;
        if total as u64 >= size as u64 + width {
            return prefix.write_total(total, w);
        }
        total = size + width as usize;
    }
}
