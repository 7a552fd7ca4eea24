//! A buffer of bytes that came, and the values in them.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::{Prefix, decode_prefix};
use crate::dynamic::{Resumption, Start};
use crate::error::{Error, ErrorKind};
use crate::pickle::PickleOwned;
use crate::schema::Schema;

/// Bytes that came in pieces of any size, and the values in them.
///
/// A value is given as soon as its last byte is there, and the work is linear
/// in the bytes: while a value is not complete, it is followed by its schema,
/// which goes on where the last piece ended; a value that is complete is read
/// once more. So each byte is read at most twice, and beside that, for each
/// piece that came, the tags, counts and lengths on the way from the value to
/// the part that was cut.
///
/// ```
/// use pickler::stream::Decoder;
///
/// let mut numbers = Decoder::<u16>::new();
/// numbers.push(&[1, 2, 3]);
/// assert_eq!(numbers.next_value()?, Some(0x0102));
/// assert_eq!(numbers.next_value()?, None);
/// assert!(numbers.finish().is_err(), "it ends within a number");
/// # Ok::<(), pickler::Error>(())
/// ```
pub struct Decoder<T> {
    resumption: Resumption,
    buffer: Vec<u8>,
    /// How many bytes of the buffer belong to values given before.
    taken: usize,
    /// How many bytes the next value takes at the least.
    needed: usize,
    max: usize,
    bytes_decoded: u64,
    lost: Option<Error>,
    values: PhantomData<fn() -> T>,
}

impl<T: PickleOwned> Decoder<T> {
    /// The greatest value accepted unless set otherwise: 16 MiB.
    pub const DEFAULT_MAX: usize = 16 << 20;

    /// No bytes yet.
    pub fn new() -> Self {
        Self {
            resumption: Resumption::new(Arc::new(Schema::of::<T>())),
            buffer: Vec::new(),
            taken: 0,
            needed: 0,
            max: Self::DEFAULT_MAX,
            bytes_decoded: 0,
            lost: None,
            values: PhantomData,
        }
    }

    /// What its values are.
    pub(crate) fn schema(&self) -> &Schema {
        self.resumption.schema()
    }

    /// Another stream of the same values, with no bytes yet: cheaper than
    /// [`new`](Self::new), which makes the description of `T`.
    ///
    /// ```
    /// use pickler::stream::Decoder;
    ///
    /// let accepted = Decoder::<u16>::new().with_max(100);
    /// let mut connections = [accepted.anew(), accepted.anew()];
    /// connections[0].push(&[1, 2]);
    /// assert_eq!(connections[0].next_value()?, Some(0x0102));
    /// assert_eq!(connections[1].next_value()?, None);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    #[must_use]
    pub fn anew(&self) -> Self {
        Self {
            resumption: self.resumption.anew(),
            buffer: Vec::new(),
            taken: 0,
            needed: 0,
            max: self.max,
            bytes_decoded: 0,
            lost: None,
            values: PhantomData,
        }
    }

    /// The same with another greatest size of a value, in bytes. A value known
    /// to be greater is refused before its bytes have come.
    #[must_use]
    pub fn with_max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// Adds bytes that came. Nothing is kept of a stream that is lost.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.lost.is_some() {
            return;
        }
        // What is left is moved only when it is the smaller part.
        if self.taken * 2 >= self.buffer.len() {
            self.buffer.drain(..self.taken);
            self.taken = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next value, or `None` until more bytes come.
    ///
    /// # Errors
    /// If the bytes are no value, or one past the greatest size: then and from
    /// then on, since the next value cannot be found.
    pub fn next_value(&mut self) -> Result<Option<T>, Error> {
        if let Some(error) = &self.lost {
            return Err(error.clone());
        }
        if self.pending().len() < self.needed.max(1) {
            return Ok(None);
        }
        if let Start::Missing(missing) = self.resumption.go_on(&self.buffer[self.taken..]) {
            return self.wait_for(usize::try_from(missing).unwrap_or(usize::MAX));
        }
        self.bytes_decoded += self.pending().len() as u64;
        match decode_prefix::<T>(&self.buffer[self.taken..]) {
            Ok(Prefix::Value { value, taken }) if taken <= self.max => {
                self.bytes_decoded -= (self.pending().len() - taken) as u64;
                self.taken += taken;
                self.needed = 0;
                Ok(Some(value))
            }
            Ok(Prefix::Value { taken, .. }) => Err(self.lose(self.too_large(taken))),
            Ok(Prefix::Needs(missing)) => self.wait_for(missing),
            Err(error) => Err(self.lose(error)),
        }
    }

    /// Ends the stream: a value that takes all that is left is complete now.
    /// `None` if nothing was left.
    ///
    /// # Errors
    /// If what is left is no value. Values that [`next_value`](Self::next_value)
    /// would still give are no part of what is left: take them before.
    pub fn finish(self) -> Result<Option<T>, Error> {
        match (self.lost, &self.buffer[self.taken..]) {
            (Some(error), _) => Err(error),
            (None, []) => Ok(None),
            (None, rest) => crate::decode(rest).map(Some),
        }
    }

    /// The bytes that belong to no value yet.
    pub fn pending(&self) -> &[u8] {
        &self.buffer[self.taken..]
    }

    /// How many more bytes the next value needs, at the least.
    pub fn missing(&self) -> usize {
        self.needed.saturating_sub(self.pending().len()).max(1)
    }

    /// How many bytes were read in all, those that were read again included:
    /// the measure of the work.
    pub fn bytes_read(&self) -> u64 {
        self.resumption.bits_read().div_ceil(8) + self.bytes_decoded
    }

    fn wait_for(&mut self, missing: usize) -> Result<Option<T>, Error> {
        self.needed = self.pending().len().saturating_add(missing);
        if self.needed > self.max {
            return Err(self.lose(self.too_large(self.needed)));
        }
        Ok(None)
    }

    fn too_large(&self, bytes: usize) -> Error {
        let (bytes, max) = (bytes as u64, self.max as u64);
        Error::without_position(ErrorKind::TooLarge { bytes, max })
    }

    fn lose(&mut self, error: Error) -> Error {
        self.buffer = Vec::new();
        self.taken = 0;
        self.lost = Some(error.clone());
        error
    }
}

impl<T: PickleOwned> Default for Decoder<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PickleOwned> fmt::Debug for Decoder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("pending", &self.pending().len())
            .field("missing", &self.missing())
            .field("lost", &self.lost)
            .finish_non_exhaustive()
    }
}
