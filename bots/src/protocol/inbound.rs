//! Cuts what came from a socket into frames, keeping only what is incomplete.

use pickler::framing::{self, Cut, MessageFraming};

/// So many bytes may be read to find the end of a message, however short it is.
const FREE_WORK: usize = 1 << 20;
/// So many times as much as is there may be read to find the end.
const MOST_WORK: usize = 256;

/// A stream in which the next message cannot be found.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CutError {
    /// Its bytes are none.
    #[error(transparent)]
    Framing(#[from] framing::CutError),
    /// It was read anew with each of too many pieces.
    #[error(
        "a message of more than {0} bytes in so many pieces that reading it takes too long; \
         a length in front of it would tell where it ends"
    )]
    Pieces(usize),
}

/// The bytes of one connection that are in no frame yet. Holds no memory while
/// none are.
#[derive(Debug, Default)]
pub struct Inbound {
    partial: Vec<u8>,
    /// How many bytes the next frame takes at the least.
    needed: usize,
    /// How many were read of it, in all tries.
    work: usize,
}

impl Inbound {
    /// Hands each whole frame to `take`, together with those kept from before,
    /// until it answers that it can take no more. What is left is kept.
    ///
    /// # Errors
    /// If the end of the next frame cannot be found: the stream is lost.
    pub fn feed(
        &mut self,
        framing: &MessageFraming,
        bytes: &[u8],
        mut take: impl FnMut(&[u8]) -> bool,
    ) -> Result<(), CutError> {
        if self.partial.is_empty() {
            let taken = self.cut(framing, bytes, &mut take)?;
            self.partial.extend_from_slice(&bytes[taken..]);
        } else {
            self.partial.extend_from_slice(bytes);
            if self.partial.len() < self.needed {
                return Ok(());
            }
            let kept = std::mem::take(&mut self.partial);
            let taken = self.cut(framing, &kept, &mut take)?;
            if taken == 0 {
                self.partial = kept;
            } else {
                self.partial.extend_from_slice(&kept[taken..]);
            }
        }
        Ok(())
    }

    /// How many bytes `take` accepted.
    fn cut(
        &mut self,
        framing: &MessageFraming,
        bytes: &[u8],
        take: &mut impl FnMut(&[u8]) -> bool,
    ) -> Result<usize, CutError> {
        let mut taken = 0;
        self.needed = 0;
        while taken < bytes.len() {
            let rest = &bytes[taken..];
            match framing.cut(rest)? {
                Cut::Need(needed) => {
                    self.work = self.work.saturating_add(rest.len());
                    // The work stays linear in what is sent.
                    let most = FREE_WORK.saturating_add(rest.len().saturating_mul(MOST_WORK));
                    if framing.header().is_none() && self.work > most {
                        return Err(CutError::Pieces(rest.len()));
                    }
                    self.needed = needed;
                    break;
                }
                Cut::Frame(size) => {
                    let frame = &rest[..size];
                    taken += size;
                    self.work = 0;
                    if !take(frame) {
                        break;
                    }
                }
            }
        }
        Ok(taken)
    }

    /// How many bytes are kept.
    pub fn pending(&self) -> usize {
        self.partial.len()
    }

    /// A whole frame is kept.
    pub fn has_frame(&self, framing: &MessageFraming) -> bool {
        // What cannot be cut is an error for `feed` to tell.
        self.partial.len() >= self.needed.max(1)
            && !matches!(framing.cut(&self.partial), Ok(Cut::Need(_)))
    }
}

#[cfg(test)]
mod tests {
    use pickler::cursor::ByteOrder;
    use pickler::framing::LengthField;
    use pickler::schema::LengthCounts;

    use super::*;

    fn framing() -> MessageFraming {
        let field = LengthField {
            offset: 1,
            size: 2,
            order: ByteOrder::Big,
            counts: LengthCounts::Message,
            max: 100,
        };
        field.into()
    }

    #[test]
    fn frames_come_out_however_the_bytes_come_in() {
        let stream = [5, 0, 3, 6, 0, 5, 1, 2, 7, 0, 3, 8, 0];
        for size in 1..=stream.len() {
            let mut inbound = Inbound::default();
            let mut frames = Vec::new();
            for piece in stream.chunks(size) {
                inbound
                    .feed(&framing(), piece, |frame| {
                        frames.push(frame.to_vec());
                        true
                    })
                    .unwrap();
            }
            assert_eq!(frames, [&stream[..3], &stream[3..8], &stream[8..11]]);
            assert_eq!(inbound.pending(), 2);
        }
    }

    #[test]
    fn what_cannot_be_taken_yet_is_kept() {
        let mut inbound = Inbound::default();
        let mut taken = 0;
        let mut one = |_: &[u8]| {
            taken += 1;
            false
        };
        inbound
            .feed(&framing(), &[5, 0, 3, 6, 0, 3, 7, 0], &mut one)
            .unwrap();
        assert_eq!(inbound.pending(), 5);
        inbound.feed(&framing(), &[], &mut one).unwrap();
        inbound.feed(&framing(), &[3], &mut one).unwrap();
        assert_eq!((taken, inbound.pending()), (3, 0));
    }

    #[test]
    fn a_frame_comes_out_with_its_last_byte() {
        let mut inbound = Inbound::default();
        let mut frames = Vec::new();
        // Five bytes are known to be needed, and the fifth is the last to come.
        for piece in [&[6, 0, 5, 1][..], &[2]] {
            inbound
                .feed(&framing(), piece, |frame| {
                    frames.push(frame.to_vec());
                    true
                })
                .unwrap();
        }
        assert_eq!(frames, [[6, 0, 5, 1, 2]]);
        assert_eq!(inbound.pending(), 0);
    }

    #[test]
    fn a_frame_over_the_limit_is_an_error() {
        let mut inbound = Inbound::default();
        assert!(inbound.feed(&framing(), &[5, 0, 101], |_| true).is_err());
        assert!(inbound.feed(&framing(), &[5, 0, 2], |_| true).is_err());
    }
}
