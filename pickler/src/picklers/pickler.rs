//! The trait of picklers, and the pickler of a type.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use super::Body;
#[cfg(feature = "alloc")]
use crate::codec::write_whole;
#[cfg(feature = "alloc")]
use crate::cursor::VecSink;
use crate::cursor::{Align, Fault, Network, Order, Reader, Sink, Writer};
use crate::error::Error;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// A value that reads, writes and describes one kind of thing.
///
/// [`Pickle`] is the same for what a type alone can say; [`of`] bridges the
/// two.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a pickler",
    note = "use one of the functions in `pickler::picklers`"
)]
pub trait Pickler<'de> {
    /// What is read and written.
    type Value;

    /// The least and the greatest width of a value.
    const WIDTH: Width;

    /// Starting on a byte boundary, every value ends on one.
    const WHOLE: bool;

    /// Reads a value.
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault>;

    /// Writes a value.
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault>;

    /// Goes past a value without making it: what it says is checked no further
    /// than it takes to know where it ends.
    #[inline]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        match Self::WIDTH.as_fixed() {
            Some(bits) if bits <= r.bits_left() => r.skip(bits),
            // Where too little is left, reading finds out what lacks.
            _ => self.read(r).map(drop),
        }
    }

    /// Reads a value that is item number `index` of a list.
    #[inline(always)]
    fn read_item<O: Order, A: Align>(
        &self,
        _index: u64,
        r: &mut Reader<'de, O, A>,
    ) -> Result<Self::Value, Fault> {
        self.read(r)
    }

    /// Writes a value that is item number `index` of a list.
    #[inline(always)]
    fn write_item<S: Sink, O: Order, A: Align>(
        &self,
        _index: u64,
        value: &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        self.write(value, w)
    }

    /// Goes past a value that is item number `index` of a list.
    #[inline(always)]
    fn skip_item<O: Order, A: Align>(
        &self,
        _index: u64,
        r: &mut Reader<'de, O, A>,
    ) -> Result<(), Fault> {
        self.skip(r)
    }

    /// Describes what is read and written.
    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape;
}

/// The pickler of a type.
#[derive(Clone, Copy, Debug)]
pub struct Of<T>(PhantomData<fn() -> T>);

/// The pickler of the type `T`.
pub const fn of<T>() -> Of<T> {
    Of(PhantomData)
}

impl<'de, T: Pickle<'de>> Pickler<'de> for Of<T> {
    type Value = T;
    const WIDTH: Width = T::WIDTH;
    const WHOLE: bool = T::WHOLE;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        T::read(r)
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        value.write(w)
    }

    #[inline(always)]
    fn skip<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<(), Fault> {
        T::skip(r)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        T::describe(d)
    }
}

/// Reads a value that takes up all of `bytes`, with a pickler.
pub fn decode_with<'de, P: Pickler<'de>>(pickler: &P, bytes: &'de [u8]) -> Result<P::Value, Error> {
    let mut r = Reader::<Network>::new(bytes);
    let result = pickler
        .read(r.unaligned())
        .and_then(|value| r.finish().map(|()| value));
    result.map_err(|fault| r.into_error(fault))
}

/// The bytes of a value, written with a pickler.
#[cfg(feature = "alloc")]
pub fn encode_with<'de, P: Pickler<'de>>(pickler: &P, value: &P::Value) -> Result<Vec<u8>, Error> {
    struct With<'a, P, T>(&'a P, &'a T);

    impl<'de, P: Pickler<'de>> Body for With<'_, P, P::Value> {
        fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
            let w = w.unaligned();
            self.0.write(self.1, w)?;
            w.finish()
        }
    }

    let mut bytes = Vec::new();
    write_whole(VecSink::new(&mut bytes), &With(pickler, value))?;
    Ok(bytes)
}

/// Reads with a pickler that need not end on a byte boundary, whatever the
/// cursor says of where it is.
#[inline(always)]
pub(super) fn read_anywhere<'de, P: Pickler<'de>, O: Order, A: Align>(
    pickler: &P,
    r: &mut Reader<'de, O, A>,
) -> Result<P::Value, Fault> {
    if P::WHOLE {
        pickler.read(r)
    } else {
        pickler.read(r.unaligned())
    }
}
