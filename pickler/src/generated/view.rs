//! What views look through.

use core::fmt;

use crate::codec::{decode, error_in};
use crate::cursor::{Fault, Network, Order, Reader};
use crate::error::{Error, ErrorKind};
use crate::pickle::Pickle;
use crate::picklers::FixedPickler;

/// The bytes of a record, of which the first `N` are known to be there.
#[derive(Clone, Copy, Debug)]
pub struct Window<'de, const N: usize> {
    head: &'de [u8; N],
    bytes: &'de [u8],
}

impl<'de, const N: usize> Window<'de, N> {
    #[inline(always)]
    pub fn of<T: Pickle<'de>>(bytes: &'de [u8]) -> Result<Self, Error> {
        match bytes.first_chunk() {
            Some(head) => Ok(Self { head, bytes }),
            None => Err(refused::<T>(bytes)),
        }
    }

    #[inline(always)]
    pub fn bytes(&self) -> &'de [u8] {
        self.bytes
    }

    /// A value at a bit of what is known to be there; all that can be there are
    /// values.
    #[inline(always)]
    pub fn load<P: FixedPickler<'de>, O: Order>(&self, pickler: &P, at: usize) -> P::Value {
        match pickler.load::<O>(self.head, at) {
            Some(value) => value,
            // The derive asks so only for what cannot fail.
            None => unreachable!("all bits are values"),
        }
    }

    /// What a cursor at the start of the record reads.
    #[inline]
    pub fn look<T: Pickle<'de>, V>(
        &self,
        read: impl FnOnce(&mut Reader<'de>) -> Result<V, Fault>,
    ) -> Result<V, Error> {
        let mut r = Reader::<Network>::new(self.bytes);
        let result = read(&mut r);
        result.map_err(|fault| error_in::<T>(r.into_error(fault)))
    }
}

/// Why bytes are no record, of which they hold not even the head.
#[cold]
#[inline(never)]
fn refused<'de, T: Pickle<'de>>(bytes: &'de [u8]) -> Error {
    match decode::<T>(bytes) {
        Err(error) => error,
        // A record takes as much as its head does.
        Ok(_) => Error::new(ErrorKind::Unrecorded, 0),
    }
}

/// A view, for `Debug`.
pub fn show_view(name: &str, bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(name).field(&bytes).finish()
}
