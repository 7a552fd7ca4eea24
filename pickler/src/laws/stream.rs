//! The law of streams.

use alloc::vec::Vec;
use core::fmt::Debug;

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
    let mut left = bytes;
    while !left.is_empty() {
        let most = left.len().min(64) as u128 - 1;
        // Fits: it is 64 at most.
        let (piece, rest) = left.split_at(choices.up_to(most) as usize + 1);
        left = rest;
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

/// Checks that values of a type that come in pieces, one behind the other, are
/// read as if they came whole: the same, or the same error, or the same bytes
/// left; and that no more is asked for than a value needs. `choices` says where
/// the stream is cut.
///
/// # Panics
/// If the law is broken.
pub fn hold_for_values_in_pieces<T>(bytes: &[u8], choices: &mut dyn Choices)
where
    T: PickleOwned + PartialEq + Debug,
{
    let mut whole = Decoder::<T>::new();
    whole.push(bytes);
    let mut expected = Vec::new();
    let mut ends = Vec::new();
    let lost = loop {
        match whole.next_value() {
            Ok(Some(value)) => {
                expected.push(value);
                ends.push(bytes.len() - whole.pending().len());
            }
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    let mut pieces = Decoder::<T>::new();
    let (mut values, mut came, mut pieces_lost) = (Vec::new(), 0, None);
    while came < bytes.len() && pieces_lost.is_none() {
        let most = (bytes.len() - came).min(16) as u128 - 1;
        // Fits: it is 16 at most.
        let piece = choices.up_to(most) as usize + 1;
        pieces.push(&bytes[came..came + piece]);
        came += piece;
        pieces_lost = loop {
            match pieces.next_value() {
                Ok(Some(value)) => values.push(value),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        // A value is given with its last byte, and not more is asked for.
        let due = ends.iter().filter(|end| **end <= came).count();
        assert_eq!(values.len(), due, "after {came} of {bytes:02X?}");
        if let (Some(end), None) = (ends.get(due), &pieces_lost) {
            let asked = came + pieces.missing();
            assert!(asked <= *end, "{asked} of {end}, of {bytes:02X?}");
        }
    }
    assert_eq!(values, expected, "values of {bytes:02X?}");
    assert_eq!(pieces_lost, lost, "the end of {bytes:02X?}");
    assert_eq!(pieces.finish(), whole.finish(), "left of {bytes:02X?}");
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
