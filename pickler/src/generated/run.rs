//! Runs of fields that could not be read or written in one go.

use crate::cursor::{Align, BitOrder, Fault, Order, Reader, Rehearsal, Sink, Writer};
use crate::error::{Error, ErrorKind};

/// A field of a run: its bits, its name, and how it is read where not all bits
/// are values.
pub type ReadPart<'de, O, A> = (
    u32,
    &'static str,
    Option<fn(&mut Reader<'de, O, A>) -> Result<(), Fault>>,
);

/// The fault of a run of fields that could not be read in one go: that of the
/// first field that cannot be read alone.
#[inline(always)]
pub fn read_run_again<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    parts: &[ReadPart<'de, O, A>],
) -> Fault {
    // The address of `r` itself is not taken, nor is another made here.
    let (rest, end, bit, begun) = r.standing();
    r.adopt(error_of_run::<O, A>(rest, end, bit, begun, parts))
}

#[cold]
#[inline(never)]
fn error_of_run<'de, O: Order, A: Align>(
    rest: &'de [u8],
    end: usize,
    bit: u8,
    begun: BitOrder,
    parts: &[ReadPart<'de, O, A>],
) -> Error {
    let mut r = Reader::standing_at(rest, end, bit, begun);
    let fault = first_fault(&mut r, parts);
    r.into_error(fault)
}

fn first_fault<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    parts: &[ReadPart<'de, O, A>],
) -> Fault {
    for (bits, name, read) in parts {
        let result = match read {
            Some(read) => read(r),
            None => r.unaligned().bits(*bits).map(drop),
        };
        if let Err(fault) = result {
            return in_named(fault, name, |fault| r.within_field(fault, name));
        }
    }
    r.fail(ErrorKind::Unrecorded)
}

/// A field of a run: its bits, its name, and how it is written, of all the
/// values, where not all fit.
pub type WritePart<V, O, A> = (
    u32,
    &'static str,
    Option<fn(&V, &mut Writer<Rehearsal, O, A>) -> Result<(), Fault>>,
);

/// The fault of a run of fields that could not be written in one go: that of
/// the first field that cannot be written alone.
#[inline(always)]
pub fn write_run_again<V, S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    values: &V,
    parts: &[WritePart<V, O, A>],
) -> Fault {
    // The address of `w` itself is not taken, nor is another made here.
    w.adopt(error_of_written_run(w.standing(), values, parts))
}

#[cold]
#[inline(never)]
fn error_of_written_run<V, O: Order, A: Align>(
    (written, room, bit, begun): (usize, Option<usize>, u8, BitOrder),
    values: &V,
    parts: &[WritePart<V, O, A>],
) -> Error {
    let mut w = Writer::rehearsal(written, room, bit, begun);
    let fault = first_fault_written(&mut w, values, parts);
    w.into_error(fault)
}

fn first_fault_written<V, O: Order, A: Align>(
    w: &mut Writer<Rehearsal, O, A>,
    values: &V,
    parts: &[WritePart<V, O, A>],
) -> Fault {
    for (bits, name, write) in parts {
        let result = match write {
            Some(write) => write(values, w),
            // All that can go wrong is that there is no room.
            None if bits.is_multiple_of(8) => w.bytes(&[0; 16][..*bits as usize / 8]),
            None => w.unaligned().bits(0, *bits),
        };
        if let Err(fault) = result {
            return in_named(fault, name, |fault| w.within_field(fault, name));
        }
    }
    w.fail(ErrorKind::Unrecorded)
}

/// What has no name, such as a tag, adds nothing to the path.
fn in_named(fault: Fault, name: &str, within: impl FnOnce(Fault) -> Fault) -> Fault {
    if name.is_empty() {
        fault
    } else {
        within(fault)
    }
}
