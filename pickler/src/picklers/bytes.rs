//! Bytes and text, as many as a count says.

#[cfg(feature = "alloc")]
use alloc::borrow::Cow;
#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Countable;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer, utf8};
#[cfg(feature = "alloc")]
use crate::cursor::{copied, owned_text};
use crate::error::ErrorKind;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Shape};
#[cfg(feature = "alloc")]
use crate::types::ByteString;
use crate::width::Width;

macro_rules! bytes {
    ([$($life:lifetime)?] $type:ty, $shape:ident, $read:expr) => {
        impl<'de $(: $life, $life)?> Countable<'de> for $type {
            const UNIT: Width = Width::fixed(8);
            const UNIT_WHOLE: bool = true;

            #[inline(always)]
            fn read_counted<O: Order, A: Align>(
                r: &mut Reader<'de, O, A>,
                count: u64,
            ) -> Result<Self, Fault> {
                // A count past the address space is past the input, too.
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                $read(r, count)
            }

            #[inline(always)]
            fn read_rest<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                r.expect_end()?;
                let count = (r.bits_left() / 8) as usize;
                $read(r, count)
            }

            #[inline(always)]
            fn write_counted<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                w.bytes(AsBytes::as_bytes(self))
            }

            #[cfg(feature = "alloc")]
            fn describe_counted(_: &mut Describer, count: Count) -> Shape {
                Shape::$shape { count }
            }
        }
    };
}

#[cfg(feature = "alloc")]
bytes!([] ByteString, Bytes, byte_string);
#[cfg(feature = "alloc")]
bytes!([] String, Text, string);
#[cfg(feature = "bytes")]
bytes!([] ::bytes::Bytes, Bytes, shared_bytes);
bytes!(['a] &'a [u8], Bytes, Reader::bytes);
bytes!(['a] &'a str, Text, text);
#[cfg(feature = "alloc")]
bytes!(['a] Cow<'a, [u8]>, Bytes, cow_bytes);
#[cfg(feature = "alloc")]
bytes!(['a] Cow<'a, str>, Text, cow_text);

#[cfg(feature = "alloc")]
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
fn byte_string<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    count: usize,
) -> Result<ByteString, Fault> {
    owned_bytes(r, count).map(ByteString::from)
}

#[cfg(feature = "alloc")]
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
fn string<O: Order, A: Align>(r: &mut Reader<'_, O, A>, count: usize) -> Result<String, Fault> {
    if A::ALIGNED {
        let text = text(r, count)?;
        r.expect_memory(count as u64, 1)?;
        return Ok(owned_text(text));
    }
    let at = r.bit_offset();
    String::from_utf8(owned_bytes(r, count)?)
        .map_err(|error| r.fail_at(at, not_utf8(error.utf8_error())))
}

/// A part of the input, where that is shared.
#[cfg(feature = "bytes")]
fn shared_bytes<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    count: usize,
) -> Result<::bytes::Bytes, Fault> {
    if let Some(bytes) = r.shared_bytes(count)? {
        return Ok(bytes);
    }
    owned_bytes(r, count).map(::bytes::Bytes::from)
}

/// Borrowed where the bytes stand in the input as they are.
#[cfg(feature = "alloc")]
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
fn cow_bytes<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    count: usize,
) -> Result<Cow<'de, [u8]>, Fault> {
    if r.bit_offset().is_multiple_of(8) {
        r.bytes(count).map(Cow::Borrowed)
    } else {
        owned_bytes(r, count).map(Cow::Owned)
    }
}

/// The same for text.
#[cfg(feature = "alloc")]
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
fn cow_text<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    count: usize,
) -> Result<Cow<'de, str>, Fault> {
    if r.bit_offset().is_multiple_of(8) {
        text(r, count).map(Cow::Borrowed)
    } else {
        string(r, count).map(Cow::Owned)
    }
}

/// What is written as it is.
trait AsBytes {
    fn as_bytes(&self) -> &[u8];
}

impl AsBytes for &[u8] {
    #[inline(always)]
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

impl AsBytes for &str {
    #[inline(always)]
    fn as_bytes(&self) -> &[u8] {
        str::as_bytes(self)
    }
}

#[cfg(feature = "alloc")]
impl AsBytes for String {
    #[inline(always)]
    fn as_bytes(&self) -> &[u8] {
        str::as_bytes(self)
    }
}

#[cfg(feature = "bytes")]
impl AsBytes for ::bytes::Bytes {
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

#[cfg(feature = "alloc")]
impl AsBytes for ByteString {
    #[inline(always)]
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

#[cfg(feature = "alloc")]
impl AsBytes for Cow<'_, [u8]> {
    #[inline(always)]
    fn as_bytes(&self) -> &[u8] {
        self
    }
}

#[cfg(feature = "alloc")]
impl AsBytes for Cow<'_, str> {
    #[inline(always)]
    fn as_bytes(&self) -> &[u8] {
        str::as_bytes(self)
    }
}

#[inline(always)]
fn text<'de, O: Order, A: Align>(
    r: &mut Reader<'de, O, A>,
    count: usize,
) -> Result<&'de str, Fault> {
    let bytes = r.bytes(count)?;
    match utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let at = r.bit_offset() - count as u64 * 8;
            Err(r.fail_at(at, not_utf8(error)))
        }
    }
}

#[cfg(feature = "alloc")]
#[inline(always)]
fn owned_bytes<O: Order, A: Align>(
    r: &mut Reader<'_, O, A>,
    count: usize,
) -> Result<Vec<u8>, Fault> {
    if A::ALIGNED {
        let bytes = r.bytes(count)?;
        r.expect_memory(count as u64, 1)?;
        return Ok(copied(bytes));
    }
    let bits = (count as u64).saturating_mul(8);
    if r.bits_left() < bits {
        let left = r.bits_left();
        return Err(r.fail(ErrorKind::UnexpectedEnd { needed: bits, left }));
    }
    r.expect_memory(count as u64, 1)?;
    let mut bytes = alloc::vec![0; count];
    r.fill(&mut bytes)?;
    Ok(bytes)
}

#[cold]
pub(super) fn not_utf8(error: core::str::Utf8Error) -> ErrorKind {
    ErrorKind::NotUtf8 {
        valid_up_to: error.valid_up_to() as u64,
    }
}
