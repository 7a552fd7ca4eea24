//! Arrays of bytes that are shown as bytes.

use super::Pickler;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Shape};
use crate::width::Width;

/// See [`byte_array`].
#[derive(Clone, Copy, Debug)]
pub struct ByteArray<const N: usize>;

/// `N` bytes that are shown as bytes, and not as a list of numbers: `bytes` on
/// a `[u8; N]`.
///
/// ```
/// use pickler::picklers::{byte_array, decode_with, encode_with};
///
/// assert_eq!(encode_with(&byte_array::<3>(), b"abc")?, b"abc");
/// assert_eq!(decode_with(&byte_array::<3>(), b"abc")?, *b"abc");
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn byte_array<const N: usize>() -> ByteArray<N> {
    ByteArray
}

impl<'de, const N: usize> Pickler<'de> for ByteArray<N> {
    type Value = [u8; N];
    const WIDTH: Width = Width::fixed(N as u64 * 8);
    const WHOLE: bool = true;

    #[inline(always)]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<[u8; N], Fault> {
        r.array()
    }

    #[inline(always)]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &[u8; N],
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.array(*value)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, _: &mut Describer) -> Shape {
        let count = Count::Fixed(N as u64);
        Shape::Bytes { count }
    }
}
