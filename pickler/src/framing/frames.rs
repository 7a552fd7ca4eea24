//! A buffer of bytes that came, cut into frames.

use alloc::vec::Vec;

use super::{Cut, Framing, FramingError};

/// Bytes that came in pieces of any size, and the frames in them.
///
/// An empty buffer holds no memory, so that ten thousand idle connections cost
/// nothing here.
#[derive(Clone, Debug)]
pub struct Frames<F> {
    framing: F,
    buffer: Vec<u8>,
    /// How many bytes of the buffer were handed out.
    taken: usize,
    /// How many bytes the next frame takes at the least, so that a frame that
    /// comes byte by byte is not looked at again each time.
    needed: usize,
    lost: Option<FramingError>,
    /// How many bytes were moved to the front.
    #[cfg(test)]
    moved: usize,
}

impl<F: Framing> Frames<F> {
    /// No bytes yet.
    pub fn new(framing: F) -> Self {
        Self {
            framing,
            buffer: Vec::new(),
            taken: 0,
            needed: 0,
            lost: None,
            #[cfg(test)]
            moved: 0,
        }
    }

    /// Adds bytes that came. Nothing is kept of a stream in which the next frame
    /// cannot be found.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.lost.is_some() {
            return;
        }
        self.discard_taken();
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole frame, or `None` until more bytes come.
    ///
    /// # Errors
    /// If the next frame cannot be found: then and from then on.
    pub fn next_frame(&mut self) -> Result<Option<&[u8]>, FramingError> {
        if let Some(error) = self.lost {
            return Err(error);
        }
        let bytes = &self.buffer[self.taken..];
        if bytes.len() < self.needed {
            return Ok(None);
        }
        match self.framing.cut(bytes) {
            Ok(Cut::Need(needed)) => {
                self.needed = needed;
                Ok(None)
            }
            Ok(Cut::Frame(size)) => {
                self.needed = 0;
                let start = self.taken;
                self.taken += size;
                Ok(Some(&self.buffer[start..self.taken]))
            }
            Err(error) => {
                self.lost = Some(error);
                self.buffer = Vec::new();
                self.taken = 0;
                Err(error)
            }
        }
    }

    /// The bytes that are in no frame yet.
    pub fn pending(&self) -> &[u8] {
        &self.buffer[self.taken..]
    }

    /// How many more bytes the next frame needs at the least.
    pub fn missing(&self) -> usize {
        self.needed.saturating_sub(self.pending().len()).max(1)
    }

    /// Gives back the memory of an empty buffer.
    pub fn shrink(&mut self) {
        if self.pending().is_empty() {
            self.buffer = Vec::new();
            self.taken = 0;
        }
    }

    /// Forgets what was handed out, once that is as much as would be moved for
    /// it: so each byte that comes is moved once at the most, on the average.
    fn discard_taken(&mut self) {
        let pending = self.pending().len();
        if self.taken >= pending {
            #[cfg(test)]
            {
                self.moved += pending;
            }
            self.buffer.drain(..self.taken);
            self.taken = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::cursor::ByteOrder;
    use crate::framing::LengthField;
    use crate::schema::LengthCounts;

    const MESSAGE: LengthField = LengthField {
        offset: 1,
        size: 2,
        order: ByteOrder::Big,
        counts: LengthCounts::Message,
        max: LengthField::DEFAULT_MAX,
    };

    fn all(framing: LengthField, pieces: &[&[u8]]) -> (Vec<Vec<u8>>, Option<FramingError>) {
        let mut frames = Frames::new(framing);
        let mut found = Vec::new();
        for piece in pieces {
            frames.push(piece);
            loop {
                match frames.next_frame() {
                    Ok(Some(frame)) => found.push(frame.to_vec()),
                    Ok(None) => break,
                    Err(error) => return (found, Some(error)),
                }
            }
        }
        (found, None)
    }

    #[test]
    fn pieces_of_any_size_give_the_same_frames() {
        let stream = [5, 0, 3, 6, 0, 7, 1, 2, 3, 4, 5, 0, 3];
        let whole = all(MESSAGE, &[&stream]).0;
        assert_eq!(whole, [&stream[..3], &stream[3..10], &stream[10..]]);
        let bytes: Vec<&[u8]> = stream.chunks(1).collect();
        assert_eq!(all(MESSAGE, &bytes).0, whole);
    }

    #[test]
    fn a_length_counts_what_it_is_said_to() {
        let counting = |counts| LengthField { counts, ..MESSAGE };
        let body = all(counting(LengthCounts::Body), &[&[9, 0, 1, 7, 9, 0, 0]]).0;
        assert_eq!(body, [&[9, 0, 1, 7][..], &[9, 0, 0]]);
        let rest = all(counting(LengthCounts::Rest), &[&[9, 0, 3, 7, 9, 0, 2]]).0;
        assert_eq!(rest, [&[9, 0, 3, 7][..], &[9, 0, 2]]);
        let little = LengthField {
            order: ByteOrder::Little,
            ..MESSAGE
        };
        assert_eq!(all(little, &[&[9, 4, 0, 7]]).0, [&[9, 4, 0, 7]]);
    }

    #[test]
    fn a_length_that_cannot_be_loses_the_stream_for_good() {
        let mut frames = Frames::new(MESSAGE);
        frames.push(&[5, 0, 3, 10, 0, 2, 5, 0, 3]);
        assert_eq!(frames.next_frame(), Ok(Some(&[5, 0, 3][..])));
        let lost = Err(FramingError::TooShort {
            length: 2,
            header: 3,
        });
        assert_eq!(frames.next_frame(), lost);
        frames.push(&[5, 0, 3]);
        assert_eq!(frames.next_frame(), lost);
        assert!(
            frames.pending().is_empty(),
            "kept bytes that no one can use"
        );
    }

    #[test]
    fn a_message_past_the_limit_is_refused_before_it_comes() {
        let (found, error) = all(MESSAGE.with_max(100), &[&[1, 0, 101]]);
        assert!(found.is_empty());
        assert_eq!(
            error,
            Some(FramingError::TooLong {
                size: 101,
                max: 100
            })
        );
        let (_, error) = all(MESSAGE.with_max(100), &[&[1, 0, 100]]);
        assert_eq!(error, None);
    }

    /// Frames that wait are not moved for each byte that comes.
    #[test]
    fn bytes_are_moved_once() {
        const FRAMES: usize = 1000;
        let mut frames = Frames::new(MESSAGE);
        let stream = [5, 0, 3].repeat(FRAMES);
        frames.push(&stream);
        for byte in &stream {
            frames.push(&[*byte]);
            assert!(frames.next_frame().is_ok_and(|frame| frame.is_some()) || frames.taken == 0);
            assert!(frames.buffer.len() <= 2 * stream.len());
        }
        assert!(frames.moved <= 2 * stream.len(), "{}", frames.moved);
    }

    #[test]
    fn an_empty_buffer_holds_no_memory() {
        let mut frames = Frames::new(MESSAGE);
        frames.push(&[5, 0, 3]);
        assert!(frames.next_frame().is_ok_and(|frame| frame.is_some()));
        frames.shrink();
        assert_eq!(frames.buffer.capacity(), 0);
        assert_eq!(frames.missing(), 1);
        frames.push(&[5]);
        assert_eq!(frames.next_frame(), Ok(None));
        assert_eq!(frames.missing(), 2);
    }
}
