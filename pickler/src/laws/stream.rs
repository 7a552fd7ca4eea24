//! The law of streams.

use alloc::vec::Vec;

use crate::framing::{Frames, Framing, FramingError};
use crate::generate::Choices;

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
