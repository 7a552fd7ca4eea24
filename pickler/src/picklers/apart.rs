//! What stands in bytes of its own, which are others on the wire.

use alloc::vec::Vec;

use super::body::Body;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Unaligned, VecSink, Writer};
use crate::error::Error;

/// Reads all of `bytes` by what `inner` reads of them, within the budgets of `r`.
/// `place` is where the input has what is wrong at a bit offset in them.
pub(super) fn read_apart<'a, O: Order, A: Align, T>(
    bytes: &'a [u8],
    r: &mut Reader<'_, O, A>,
    place: impl FnOnce(u64) -> u64,
    inner: impl FnOnce(&mut Reader<'a, O, Unaligned>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    // What is inside might be larger, and hold itself.
    r.descend()?;
    let mut apart = r.over(bytes);
    let unaligned = apart.unaligned();
    let result = match inner(unaligned) {
        Ok(value) => unaligned.finish().map(|()| value),
        Err(fault) => Err(fault),
    };
    let result = result.map_err(|fault| apart.into_error(fault));
    r.join(&apart);
    r.ascend();
    result.map_err(|error| r.adopt(moved(&error, place)))
}

/// Writes `content` to a sink of its own, within the budgets of `w`, and gives
/// what `result` makes of that. `place` is as for [`read_apart`].
pub(super) fn write_apart<S: Sink, O: Order, A: Align, T: Sink, R>(
    sink: T,
    content: &impl Body,
    w: &mut Writer<S, O, A>,
    place: impl FnOnce(u64) -> u64,
    result: impl FnOnce(Writer<T, O>) -> R,
) -> Result<R, Fault> {
    let mut apart = w.apart_in(sink);
    match content.write(&mut apart) {
        Ok(()) => {
            w.spend_as(&apart);
            Ok(result(apart))
        }
        Err(fault) => {
            let error = apart.into_error(fault);
            Err(w.adopt(moved(&error, place)))
        }
    }
}

/// The bytes of `content`; `place` is as for [`read_apart`].
pub(super) fn bytes_apart<S: Sink, O: Order, A: Align>(
    content: &impl Body,
    w: &mut Writer<S, O, A>,
    place: impl FnOnce(u64) -> u64,
) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    write_apart(VecSink::new(&mut bytes), content, w, place, drop)?;
    Ok(bytes)
}

/// The same error at another place.
#[cold]
fn moved(error: &Error, place: impl FnOnce(u64) -> u64) -> Error {
    let moved = Error::new(error.kind().clone(), place(error.bit_offset()));
    let path = error.path().rev().cloned();
    path.fold(moved, Error::within)
}
