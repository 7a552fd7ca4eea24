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

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::cursor::{Align, ByteOrder, Fault, Order, Reader, Sink, Writer};
    use crate::error::ErrorKind;
    use crate::pickle::Pickle;
    use crate::schema::{Describer, LengthCounts, Shape};
    use crate::width::Width;

    /// Two bytes of length, then as many bytes, each of which must be 7.
    #[derive(Debug, PartialEq)]
    struct Sevens(usize);

    impl Framed for Sevens {
        const FRAMING: LengthField = LengthField {
            offset: 0,
            size: 2,
            order: ByteOrder::Big,
            counts: LengthCounts::Rest,
            max: 100,
        };
    }

    impl<'de> Pickle<'de> for Sevens {
        const NAME: &'static str = "Sevens";
        const WIDTH: Width = Width::at_least(16);
        const WHOLE: bool = true;

        fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
            let count = usize::from(u16::read(r)?) - 2;
            if r.bytes(count)?.iter().all(|byte| *byte == 7) {
                Ok(Self(count))
            } else {
                Err(r.fail(ErrorKind::Refused("not seven".into())))
            }
        }

        fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
            match u16::try_from(self.0 + 2) {
                Ok(length) => length.write(w)?,
                Err(_) => return Err(w.fail(ErrorKind::Refused("too many".into()))),
            }
            w.bytes(&alloc::vec![7; self.0])
        }

        fn describe(_: &mut Describer) -> Shape {
            Shape::Tuple(Vec::new())
        }
    }

    #[test]
    fn messages_come_in_pieces_and_bad_ones_do_not_end_the_stream() {
        let mut codec = MessageCodec::<Sevens>::new();
        let mut source = BytesMut::from(&[0, 3, 7, 0, 3, 8, 0, 4, 7][..]);
        let first = codec.decode(&mut source).unwrap().unwrap();
        assert_eq!(first, Ok(Sevens(1)));
        let second = codec.decode(&mut source).unwrap().unwrap();
        assert!(second.is_err_and(|error| error.to_string().contains("not seven")));
        assert!(codec.decode(&mut source).unwrap().is_none());
        source.extend_from_slice(&[7]);
        let third = codec.decode(&mut source).unwrap().unwrap();
        assert_eq!(third, Ok(Sevens(2)));
        assert!(source.is_empty());
    }

    #[test]
    fn a_lost_stream_ends_with_an_error() {
        let mut codec = MessageCodec::<Sevens>::new();
        for lost in [[0, 1], [0, 101]] {
            let error = codec.decode(&mut BytesMut::from(&lost[..])).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        }
    }

    #[test]
    fn what_is_encoded_is_appended_and_what_does_not_fit_is_refused() {
        let mut codec = MessageCodec::<Sevens>::new();
        let mut out = BytesMut::from(&[9][..]);
        codec.encode(Sevens(2), &mut out).unwrap();
        assert_eq!(&out[..], [9, 0, 4, 7, 7]);
        let error = codec.encode(Sevens(70_000), &mut out).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        assert_eq!(out.len(), 5);
    }
}
