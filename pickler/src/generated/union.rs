//! Tags, and bodies with a length in front.

use crate::cursor::{Align, ByteOrder, Fault, Order, Outer, Reader, Sink, Unaligned, Writer};
use crate::error::{ErrorKind, no_value};
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::picklers::is_read_before;
use crate::picklers::{Integer, Prefix, expect_room};
use crate::schema::{Expr, LengthCounts};
use crate::width::Width;

/// An unknown tag, found at `at`.
#[cold]
#[inline(never)]
pub fn unknown_tag<O: Order, A: Align>(r: &mut Reader<'_, O, A>, at: u64, found: u128) -> Fault {
    r.fail_at(at, ErrorKind::UnknownTag { found })
}

/// A tag that is to be written as unknown is that of `variant`.
#[cold]
#[inline(never)]
pub fn known_tag<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    tag: u128,
    variant: &'static str,
) -> Fault {
    let variant = variant.into();
    w.fail(ErrorKind::KnownTag { tag, variant })
}

/// The tag of a value is not one that its variant has.
#[cold]
#[inline(never)]
pub fn wrong_tag<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    tag: u128,
    variant: &'static str,
    known: Option<&'static str>,
) -> Fault {
    w.fail(ErrorKind::WrongTag {
        tag,
        variant: variant.into(),
        known: known.map(Into::into),
    })
}

/// A value keeps another tag than the one that is given.
#[cold]
#[inline(never)]
pub fn other_tag<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    given: Option<i128>,
    kept: Option<i128>,
) -> Fault {
    w.fail(ErrorKind::WrongDerived {
        expected: given.unwrap_or(i128::MAX),
        found: kept.unwrap_or(i128::MAX),
    })
}

/// The tag that an expression gives to what is read.
#[inline]
pub fn tag_to_read<O: Order, A: Align>(
    value: Option<i128>,
    expr: fn() -> Expr,
    r: &mut Reader<'_, O, A>,
) -> Result<i128, Fault> {
    value.ok_or_else(|| r.fail(no_value(expr)))
}

/// The tag that an expression gives to what is written.
#[inline]
pub fn tag_to_write<S: Sink, O: Order, A: Align>(
    value: Option<i128>,
    expr: fn() -> Expr,
    w: &mut Writer<S, O, A>,
) -> Result<i128, Fault> {
    value.ok_or_else(|| w.fail(no_value(expr)))
}

/// The bits of a tag that is made of bytes: the first are the highest.
#[inline(always)]
pub const fn bits_of_bytes<const N: usize>(tag: &[u8; N]) -> u128 {
    let (mut bits, mut index) = (0, 0);
    while index < N {
        bits = bits << 8 | tag[index] as u128;
        index += 1;
    }
    bits
}

/// Checks that constants are tags, from the least to the greatest, and that no
/// two variants have the same. Each is from one to another, both included.
///
/// # Panics
/// If it is not so: when the declaration is compiled.
pub const fn expect_tags(tags: &[(i128, i128)], least: i128, greatest: i128) {
    let mut index = 0;
    while index < tags.len() {
        let (first, last) = tags[index];
        assert!(
            least <= first && last <= greatest,
            "a constant is no tag: it does not fit the tag's bits"
        );
        let mut other = 0;
        while other < index {
            let (start, end) = tags[other];
            assert!(
                last < start || end < first,
                "a constant is the tag of another variant, too"
            );
            other += 1;
        }
        index += 1;
    }
}

/// Checks that a length can say how long the shortest body of each variant is.
pub const fn expect_lengths<'de, L: Prefix<'de>>(bodies: &[Width]) {
    let mut index = 0;
    while index < bodies.len() {
        expect_room(L::MAX, bodies[index]);
        index += 1;
    }
}

/// Reads the length of a body and enters the body. `start` is where the tag
/// starts.
#[inline(always)]
pub fn enter_body<'de, L: Prefix<'de>, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    start: u64,
    counts: LengthCounts,
) -> Result<Outer<'de>, Fault> {
    let at = r.bit_offset();
    let found = u64::try_from(L::read_prefix(r)?.to_low_bits()).unwrap_or(u64::MAX);
    let least = match counts {
        LengthCounts::Body => 0,
        LengthCounts::Rest => (r.bit_offset() - at) / 8,
        LengthCounts::Message => (r.bit_offset() - start) / 8,
    };
    match found.checked_sub(least) {
        // A size past the address space is past the input, too.
        Some(size) => r.enter(usize::try_from(size).unwrap_or(usize::MAX)),
        None => Err(r.fail_at(at, ErrorKind::LengthTooSmall { found, least })),
    }
}

/// Writes the place of a length that is known later; gives where it is.
#[inline(always)]
pub fn begin_body<'de, L: Prefix<'de>, S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
) -> Result<usize, Fault> {
    w.expect_byte_boundary()?;
    let at = w.written();
    L::write_prefix(L::Integer::from_low_bits(0), w)?;
    w.begin_piece(true);
    Ok(at)
}

/// How long a message is, in bytes, if all with that body are as long and its
/// length can say so; else 0. `head` is how many bytes come in front of the
/// body, `uncounted` how many of all the length does not count.
pub const fn known_size<'de, L: Prefix<'de>>(body: Width, head: u64, uncounted: u64) -> u64 {
    match body.as_fixed() {
        Some(bits) if bits.is_multiple_of(8) => {
            let size = head + bits / 8;
            if size - uncounted <= L::MAX { size } else { 0 }
        }
        _ => 0,
    }
}

/// Writes a tag of whole bytes and a length, `N` bytes together; gives where
/// the length is. It is `length`, unless [`end_body`] says otherwise.
#[inline(always)]
pub fn begin_message<'de, T, L, S, O, A, const N: usize>(
    w: &mut Writer<S, O, A>,
    tag: T,
    length: u64,
) -> Result<usize, Fault>
where
    T: Integer + Pickle<'de>,
    L: Integer + Pickle<'de>,
    S: Sink,
    O: Order,
    A: Align,
{
    if A::ALIGNED {
        let at = w.written() + size_of::<T>();
        let mut head = [0; N];
        tag.store::<O>(&mut head);
        L::from_low_bits(length.into()).store::<O>(&mut head[size_of::<T>()..]);
        return match w.array(head) {
            Ok(()) => {
                w.begin_piece(true);
                Ok(at)
            }
            Err(fault) => Err(full_head(w, fault, size_of::<T>())),
        };
    }
    tag.write(w)?;
    begin_body::<L, S, O, A>(w)
}

/// A message that began at `start` is as long as its head says, which had its
/// [`known_size`], and nothing of it stands elsewhere: it needs no
/// [`end_body`].
#[inline(always)]
pub fn is_complete<S: Sink, O: Order, A: Align>(
    w: &Writer<S, O, A>,
    start: usize,
    known_size: u64,
) -> bool {
    // A width is only a hint.
    A::ALIGNED && (w.written() - start) as u64 == known_size && !w.has_places()
}

/// The fault of a tag and a length for which there is no room.
#[cold]
#[inline(never)]
fn full_head<S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    fault: Fault,
    tag: usize,
) -> Fault {
    match w.bytes(&[0; 16][..tag]) {
        Err(fault) => fault,
        // There was room for the tag, so there is none for the length.
        Ok(()) => match w.bytes(&[0; 16]) {
            Err(later) => later,
            Ok(()) => fault,
        },
    }
}

/// Writes the length of a body that ends here to its place `at`. `start` is
/// where the tag starts.
#[inline(always)]
pub fn end_body<'de, L: Prefix<'de>, S: Sink, O: Order, A: Align>(
    w: &mut Writer<S, O, A>,
    start: usize,
    at: usize,
    counts: LengthCounts,
) -> Result<(), Fault> {
    w.expect_byte_boundary()?;
    w.end_piece()?;
    let size = const { bytes_of::<L>() };
    let from = match counts {
        LengthCounts::Body => at + size,
        LengthCounts::Rest => at,
        LengthCounts::Message => start,
    };
    let length = w.written() - from;
    if length as u64 > L::MAX {
        let (length, max) = (length as u64, L::MAX);
        return Err(w.fail(ErrorKind::TooLong { length, max }));
    }
    let length = length as u128;
    match O::BYTES {
        ByteOrder::Big => w.patch(at, &length.to_be_bytes()[16 - size..]),
        ByteOrder::Little => w.patch(at, &length.to_le_bytes()[..size]),
    }
    Ok(())
}

/// How many bytes a length takes, which are always as many.
const fn bytes_of<'de, L: Prefix<'de>>() -> usize {
    match L::WIDTH.as_fixed() {
        Some(bits) => (bits / 8) as usize,
        None => panic!("a length in front of a body has always as many bytes"),
    }
}

/// Refuses what was written from the bit `start` on if it is read as one of the
/// variants that are tried before the one at `place`; `read` gives the place of
/// the first that can be read.
#[cfg(feature = "alloc")]
pub fn expect_first<S: Sink, O: Order, A: Align>(
    start: u64,
    place: u64,
    w: &mut Writer<S, O, A>,
    read: impl FnOnce(&mut Reader<'_, O, Unaligned>) -> Result<i128, Fault>,
) -> Result<(), Fault> {
    is_read_before(start, w, |r| match read(r.unaligned()) {
        Ok(found) => found < i128::from(place),
        Err(fault) => {
            r.forgive(fault);
            false
        }
    })
}

/// Looks at nothing: what was written is not there to be read again where there
/// is no allocator.
#[cfg(not(feature = "alloc"))]
pub fn expect_first<S: Sink, O: Order, A: Align>(
    _: u64,
    _: u64,
    _: &mut Writer<S, O, A>,
    _: impl FnOnce(&mut Reader<'_, O, Unaligned>) -> Result<i128, Fault>,
) -> Result<(), Fault> {
    Ok(())
}
