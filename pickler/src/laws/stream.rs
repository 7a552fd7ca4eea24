//! The laws of streams.

use alloc::vec::Vec;
use core::fmt::Debug;

use crate::error::Error;
use crate::framing::{Frames, Framing, FramingError};
use crate::generate::Choices;
use crate::pickle::PickleOwned;
use crate::stream::Decoder;

/// Checks that a stream that comes in pieces is cut into the same frames as one
/// that comes whole. `choices` says where it is cut.
///
/// # Panics
/// If the law is broken.
pub fn hold_for_stream<F: Framing + Clone>(framing: &F, bytes: &[u8], choices: &mut dyn Choices) {
    let mut whole = Frames::new(framing.clone());
    let mut pieces = Frames::new(framing.clone());
    whole.push(bytes);
    let (frames, lost) = drain(&mut whole);
    let mut resumed = Vec::new();
    let mut resumed_lost = None;
    for piece in cut(bytes, choices) {
        pieces.push(piece);
        let (more, lost) = drain(&mut pieces);
        resumed.extend(more);
        resumed_lost = resumed_lost.or(lost);
    }
    assert_eq!(resumed, frames, "frames of {bytes:02X?}");
    assert_eq!(resumed_lost, lost, "the end of {bytes:02X?}");
    assert_eq!(pieces.pending(), whole.pending(), "left of {bytes:02X?}");
    let framed: Vec<u8> = frames.concat();
    assert!(bytes.starts_with(&framed), "frames of {bytes:02X?}");
}

fn drain<F: Framing>(frames: &mut Frames<F>) -> (Vec<Vec<u8>>, Option<FramingError>) {
    let mut all = Vec::new();
    loop {
        match frames.next_frame() {
            Ok(Some(frame)) => all.push(frame.to_vec()),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}

/// Checks that values are read alike from a stream that comes in pieces and
/// from one that comes whole: the same ones, refused alike.
/// `choices` says where it is cut. `decoder` tells how values are read; it is
/// given nothing.
///
/// ```
/// use pickler::generate::Seeded;
/// use pickler::{laws::hold_for_value_stream, stream::Decoder};
///
/// let decoder = Decoder::<(u16, bool)>::new();
/// for seed in 0..10 {
///     hold_for_value_stream(&decoder, &[1, 2, 1, 3, 4, 0, 5, 6, 2], &mut Seeded::new(seed));
/// }
/// ```
///
/// # Panics
/// If the law is broken.
pub fn hold_for_value_stream<T: PickleOwned + PartialEq + Debug>(
    decoder: &Decoder<T>,
    bytes: &[u8],
    choices: &mut dyn Choices,
) {
    let (mut whole, mut pieces) = (decoder.anew(), decoder.anew());
    whole.push(bytes);
    let (mut values, mut ends) = (Vec::new(), Vec::new());
    let lost = loop {
        match whole.next_value() {
            Ok(Some(value)) => values.push(value),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
        ends.push(bytes.len() - whole.pending().len());
    };
    let (mut resumed, mut came) = (Vec::new(), 0);
    let mut resumed_lost = None;
    for piece in cut(bytes, choices) {
        pieces.push(piece);
        came += piece.len();
        let (more, lost) = drain_values(&mut pieces);
        resumed.extend(more);
        resumed_lost = resumed_lost.or(lost);
        // A value is given with its last byte, and no more is asked for; but of a
        // choice, what comes behind may be needed to tell that it is no other.
        let due = ends.iter().filter(|end| **end <= came).count();
        let asked = ends
            .get(resumed.len())
            .map(|end| (came + pieces.missing(), *end));
        let too_late = resumed.len() < due
            || (resumed_lost.is_none() && asked.is_some_and(|(asked, end)| asked > end));
        assert!(resumed.len() <= due, "after {came} of {bytes:02X?}");
        assert!(
            !too_late || decoder.schema().has_choices(),
            "{} of {due} values, {asked:?}, after {came} of {bytes:02X?}",
            resumed.len()
        );
    }
    // What is no number does not equal itself.
    assert_eq!(
        alloc::format!("{resumed:?}"),
        alloc::format!("{values:?}"),
        "values of {bytes:02X?}"
    );
    assert_eq!(resumed_lost, lost, "the end of {bytes:02X?}");
    assert_eq!(pieces.pending(), whole.pending(), "left of {bytes:02X?}");
    let (pieces, whole) = (pieces.finish(), whole.finish());
    assert_eq!(
        alloc::format!("{pieces:?}"),
        alloc::format!("{whole:?}"),
        "what {bytes:02X?} ends with"
    );
}

fn drain_values<T: PickleOwned>(decoder: &mut Decoder<T>) -> (Vec<T>, Option<Error>) {
    let mut all = Vec::new();
    loop {
        match decoder.next_value() {
            Ok(Some(value)) => all.push(value),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}

/// Pieces of 64 bytes at most.
fn cut<'a>(mut left: &'a [u8], choices: &mut dyn Choices) -> impl Iterator<Item = &'a [u8]> {
    core::iter::from_fn(move || {
        let most = (left.len().min(64) as u128).checked_sub(1)?;
        // Fits: it is 63 at most.
        let (piece, rest) = left.split_at(choices.up_to(most) as usize + 1);
        left = rest;
        Some(piece)
    })
}
