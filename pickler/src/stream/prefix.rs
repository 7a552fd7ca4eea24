//! The value at the start of a stream.

use crate::codec::{error_in, read};
use crate::cursor::{Fault, Network, Reader};
use crate::error::Error;
use crate::pickle::Pickle;

/// What the start of a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix<T> {
    /// A value, perhaps with more behind it.
    Value {
        /// The value.
        value: T,
        /// How many bytes it took.
        taken: usize,
    },
    /// A value that is not all there: this many bytes more are needed, at the
    /// least, 1 or more.
    Needs(usize),
}

/// Reads a value from the start of a stream that may go on.
///
/// A part that takes all that is left, such as a list without count, ends with
/// the stream only: it always needs more. Where the stream has ended,
/// [`decode_prefix`](crate::decode_prefix) reads what is there.
///
/// # Errors
/// If the bytes are no such value, whatever follows them.
///
/// ```
/// use pickler::stream::{Prefix, decode_prefix};
///
/// assert_eq!(decode_prefix::<u32>(&[1, 2])?, Prefix::Needs(2));
/// assert_eq!(decode_prefix::<u8>(&[1, 2])?, Prefix::Value { value: 1, taken: 1 });
/// assert!(decode_prefix::<(bool, u32)>(&[2]).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub fn decode_prefix<'de, T: Pickle<'de>>(bytes: &'de [u8]) -> Result<Prefix<T>, Error> {
    let mut r = Reader::<Network>::new(bytes).open();
    let result = read(&mut r);
    Prefix::of(result, r).map_err(error_in::<T>)
}

impl<T> Prefix<T> {
    /// What an open cursor made of the start of a stream.
    pub(crate) fn of(result: Result<T, Fault>, mut r: Reader<'_, Network>) -> Result<Self, Error> {
        if let Some(missing) = r.missing() {
            // More than the address space holds is more than there will be.
            let missing = usize::try_from(missing).unwrap_or(usize::MAX);
            return Ok(Self::Needs(missing));
        }
        match result {
            Ok(value) => {
                let taken = r.taken();
                Ok(Self::Value { value, taken })
            }
            Err(fault) => Err(r.into_error(fault)),
        }
    }
}
