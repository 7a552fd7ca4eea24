//! The entry points: whole values to bytes and back.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::mem::ManuallyDrop;

#[cfg(feature = "alloc")]
use crate::cursor::VecSink;
use crate::cursor::{
    Align, Counter, Fault, Limits, Network, Order, Reader, Sink, SliceSink, Writer,
};
use crate::error::{Error, ErrorKind, Step};
use crate::pickle::Pickle;
use crate::picklers::{Body, Whole, of};

/// Reads a value that takes up all of `bytes`.
///
/// # Errors
/// If the bytes are no such value, or more follow it.
///
/// ```
/// assert_eq!(pickler::decode::<u16>(&[1, 2])?, 0x0102);
/// assert!(pickler::decode::<u16>(&[1, 2, 3]).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn decode<'de, T: Pickle<'de>>(bytes: &'de [u8]) -> Result<T, Error> {
    decode_with_limits(bytes, Limits::default())
}

/// Reads a value that takes up all of `bytes`, within `limits`.
///
/// # Errors
/// Those of [`decode`], and if a limit is passed.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn decode_with_limits<'de, T: Pickle<'de>>(
    bytes: &'de [u8],
    limits: Limits,
) -> Result<T, Error> {
    let is_too_large = bytes.len() as u64 > limits.bytes;
    // Of what has bounds within the limit, no more is looked at: such an input
    // is refused for what is left of it, and why is found out then.
    let is_bounded = T::WIDTH.max.is_some_and(|max| max / 8 < limits.bytes);
    if !is_bounded && is_too_large {
        return Err(error_in::<T>(too_large(bytes.len(), limits)));
    }
    // Nothing in here panics, and so nothing has to look after the cursor, which
    // is not seen to stay in registers then.
    let mut r = ManuallyDrop::new(Reader::<Network>::with_limits(bytes, limits));
    // The result is looked at where it is: a large value is copied once less.
    let mut result = read(&mut r);
    if result.is_ok()
        && let Err(fault) = r.finish()
    {
        result = Err(fault);
    }
    match result {
        Ok(value) => {
            ManuallyDrop::into_inner(r).end();
            Ok(value)
        }
        Err(_) if is_bounded && is_too_large => {
            ManuallyDrop::into_inner(r).end();
            Err(error_in::<T>(too_large(bytes.len(), limits)))
        }
        Err(fault) => {
            let error = r.into_error(fault);
            ManuallyDrop::into_inner(r).end();
            Err(error_in::<T>(error))
        }
    }
}

/// Reads a value that takes up all of `bytes`. Fields of the type
/// [`Bytes`](bytes::Bytes) are parts of `bytes`; nothing is copied.
///
/// # Errors
/// Those of [`decode`].
///
/// ```
/// use bytes::Bytes;
/// use pickler::Pickle;
///
/// #[derive(Pickle)]
/// struct Packet {
///     kind: u8,
///     #[pickle(rest)]
///     body: Bytes,
/// }
///
/// let input = Bytes::from_static(b"\x07body");
/// let packet: Packet = pickler::decode_bytes(&input)?;
/// assert_eq!(packet.body.as_ptr(), input[1..].as_ptr());
/// # Ok::<(), pickler::Error>(())
/// ```
#[cfg(feature = "bytes")]
pub fn decode_bytes<'de, T: Pickle<'de>>(bytes: &'de bytes::Bytes) -> Result<T, Error> {
    let limits = Limits::default();
    if bytes.len() as u64 > limits.bytes {
        return Err(error_in::<T>(too_large(bytes.len(), limits)));
    }
    let mut r = Reader::<Network>::with_limits(bytes, limits).owned_by(bytes);
    let result = read(&mut r).and_then(|value| r.finish().map(|()| value));
    result.map_err(|fault| error_in::<T>(r.into_error(fault)))
}

/// Reads a value from the start of `bytes`; also gives how many bytes it took.
///
/// A value that ends within a byte takes the whole of that byte.
///
/// # Errors
/// If `bytes` do not start with such a value.
///
/// ```
/// let (value, taken) = pickler::decode_prefix::<u16>(&[1, 2, 3])?;
/// assert_eq!((value, taken), (0x0102, 2));
/// # Ok::<(), pickler::Error>(())
/// ```
#[inline]
pub fn decode_prefix<'de, T: Pickle<'de>>(bytes: &'de [u8]) -> Result<(T, usize), Error> {
    let mut r = Reader::<Network>::new(bytes);
    match read(&mut r) {
        Ok(value) => Ok((value, r.taken())),
        Err(fault) => Err(error_in::<T>(r.into_error(fault))),
    }
}

/// The bytes of a value.
///
/// # Errors
/// If a part of the value does not fit its format.
#[cfg(feature = "alloc")]
#[inline]
pub fn encode<'de, T: Pickle<'de>>(value: &T) -> Result<Vec<u8>, Error> {
    // A first guess: growing from nothing costs several times a small write.
    let mut bytes = Vec::with_capacity((T::WIDTH.min / 8).clamp(64, 4096) as usize);
    encode_into(value, &mut bytes)?;
    Ok(bytes)
}

/// Appends the bytes of a value to `out`, which stays as it was on an error.
///
/// # Errors
/// Those of [`encode`].
///
/// ```
/// let mut out = vec![0xFF];
/// pickler::encode_into(&0x0102_u16, &mut out)?;
/// assert_eq!(out, [0xFF, 1, 2]);
/// # Ok::<(), pickler::Error>(())
/// ```
#[cfg(feature = "alloc")]
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn encode_into<'de, T: Pickle<'de>>(value: &T, out: &mut Vec<u8>) -> Result<(), Error> {
    let start = out.len();
    match write_to(value, VecSink::new(out)) {
        Ok(_) => Ok(()),
        Err(error) => {
            out.truncate(start);
            Err(error)
        }
    }
}

/// Writes the bytes of a value to the start of `out`; gives how many.
///
/// # Errors
/// Also if `out` is too short.
#[inline]
pub fn encode_to_slice<'de, T: Pickle<'de>>(value: &T, out: &mut [u8]) -> Result<usize, Error> {
    Ok(write_to(value, SliceSink::new(out))?.written())
}

/// How many bytes a value takes: the same `write`, into a counter.
///
/// # Errors
/// Those of [`encode`], but for what follows from sizes or places: that is not
/// computed.
///
/// ```
/// assert_eq!(pickler::encoded_len(&0_u64)?, 8);
/// # Ok::<(), pickler::Error>(())
/// ```
#[inline]
pub fn encoded_len<'de, T: Pickle<'de>>(value: &T) -> Result<usize, Error> {
    Ok(write_to(value, Counter::default())?.written())
}

#[inline(always)]
pub(crate) fn read<'de, T: Pickle<'de>, O: Order>(r: &mut Reader<'de, O>) -> Result<T, Fault> {
    if T::WHOLE {
        T::read(r)
    } else {
        T::read(r.unaligned())
    }
}

/// A value whose type says how it is written: a reference to what says so would
/// be stored for each message.
struct Typed<'a, T>(&'a T);

impl<'de, T: Pickle<'de>> Body for Typed<'_, T> {
    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        Whole(&of::<T>(), self.0).write(w)
    }
}

#[inline(always)]
fn write_to<'de, T: Pickle<'de>, S: Sink>(value: &T, sink: S) -> Result<S, Error> {
    write_whole(sink, &Typed(value)).map_err(error_in::<T>)
}

/// Writes a whole message; where it has something elsewhere, by way of finding
/// out where.
#[inline(always)]
pub(crate) fn write_whole<S: Sink>(sink: S, body: &impl Body) -> Result<S, Error> {
    let mut w = ManuallyDrop::new(Writer::<S, Network>::new(sink));
    match body.write(&mut w) {
        Ok(()) => Ok(ManuallyDrop::into_inner(w).into_sink()),
        Err(fault) => {
            let error = w.into_error(fault);
            let sink = ManuallyDrop::into_inner(w).into_sink();
            #[cfg(feature = "alloc")]
            if *error.kind() == ErrorKind::Unplaced {
                return Writer::<S, Network>::write_placed(sink, body);
            }
            drop(sink);
            Err(error)
        }
    }
}

/// The error of an input past its limit.
#[cold]
#[inline(never)]
pub(crate) fn too_large(size: usize, limits: Limits) -> Error {
    let (size, limit) = (size as u64, limits.bytes);
    Error::new(ErrorKind::InputTooLarge { size, limit }, 0)
}

#[cold]
#[inline(never)]
pub(crate) fn error_in<'de, T: Pickle<'de>>(error: Error) -> Error {
    if T::NAME.is_empty() {
        error
    } else {
        error.within(Step::Type(T::NAME.into()))
    }
}

/// Tries something of which nobody knows where in a byte it begins: at its first
/// bit, then at the others, as long as it must begin at another.
pub(crate) fn wherever_it_may_begin<T>(
    attempt: impl Fn(u32) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut made = attempt(0);
    for start in [4, 1, 2, 3, 5, 6, 7] {
        match &made {
            Err(error) if *error.kind() == ErrorKind::NotOnByteBoundary => made = attempt(start),
            _ => break,
        }
    }
    made
}
