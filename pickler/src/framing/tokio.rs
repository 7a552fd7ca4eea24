//! An adapter to [`tokio_util::codec`].

use alloc::vec::Vec;
use core::marker::PhantomData;
use std::io;

use bytes::{Buf, BytesMut};
use tokio_util::codec::{Decoder, Encoder};

use super::{Cut, Framed, Framing, LengthField};
use crate::error::Error;
use crate::pickle::PickleOwned;

/// Messages of type `T` over a byte stream.
///
/// A frame whose content is no message comes as `Ok(Err(error))`: the stream
/// goes on with the next frame. A stream in which the next frame cannot be
/// found ends with an [`io::Error`] of kind `InvalidData`.
#[derive(Clone, Debug)]
pub struct MessageCodec<T> {
    framing: LengthField,
    scratch: Vec<u8>,
    message: PhantomData<fn() -> T>,
}

impl<T: Framed> MessageCodec<T> {
    /// A codec that finds messages where their type says.
    pub fn new() -> Self {
        Self {
            framing: T::FRAMING,
            scratch: Vec::new(),
            message: PhantomData,
        }
    }
}

impl<T: Framed> Default for MessageCodec<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PickleOwned> Decoder for MessageCodec<T> {
    type Item = Result<T, Error>;
    type Error = io::Error;

    fn decode(&mut self, source: &mut BytesMut) -> io::Result<Option<Self::Item>> {
        match self.framing.cut(source) {
            Ok(Cut::Need(needed)) => {
                source.reserve(needed.saturating_sub(source.len()).min(65_536));
                Ok(None)
            }
            Ok(Cut::Frame(size)) => {
                let message = crate::decode(&source[..size]);
                source.advance(size);
                Ok(Some(message))
            }
            Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        }
    }
}

impl<T: PickleOwned> Encoder<T> for MessageCodec<T> {
    type Error = io::Error;

    fn encode(&mut self, message: T, out: &mut BytesMut) -> io::Result<()> {
        self.scratch.clear();
        crate::encode_into(&message, &mut self.scratch)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        out.extend_from_slice(&self.scratch);
        Ok(())
    }
}
