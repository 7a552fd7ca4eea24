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
        }
    }

    /// Adds bytes that came.
    pub fn push(&mut self, bytes: &[u8]) {
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
        self.discard_taken();
        if self.buffer.is_empty() {
            self.buffer = Vec::new();
        }
    }

    fn discard_taken(&mut self) {
        if self.taken > 0 {
            self.buffer.drain(..self.taken);
            self.taken = 0;
        }
    }
}
