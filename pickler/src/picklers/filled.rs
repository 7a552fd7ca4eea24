//! Things filled up to a size or to the end of a byte.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::padding::{read_padding, to_boundary, write_padding};
use super::{PaddedTo, Pickler, padded_to};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::schema::Padding;
#[cfg(feature = "alloc")]
use crate::schema::{Describer, Fill, Origin, Shape};
use crate::width::Width;

/// Something that takes so many bytes, whatever is behind it in them: scodec's
/// `fixedSizeBytes`. The same as [`padded_to`] with padding that is ignored.
///
/// ```
/// use pickler::picklers::{counted, decode_with, encode_with, fixed_size};
///
/// let name = fixed_size::<6, _>(counted::<u8, String>());
/// assert_eq!(encode_with(&name, &"bob".into())?, b"\x03bob\0\0");
/// assert_eq!(decode_with(&name, b"\x03bobby")?, "bob");
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn fixed_size<const BYTES: u64, P>(pickler: P) -> PaddedTo<BYTES, P> {
    padded_to(Padding::Ignored, pickler)
}

/// See [`byte_aligned`].
#[derive(Clone, Copy, Debug)]
pub struct ByteAligned<P> {
    padding: Padding,
    pickler: P,
}

/// Something with padding behind it, to the end of the byte: scodec's
/// `byteAligned`.
///
/// ```
/// use pickler::picklers::{bits, byte_aligned, decode_with, encode_with, of};
/// use pickler::schema::Padding;
///
/// let record = (byte_aligned(Padding::Zero, bits::<3, u8>()), of::<u8>());
/// assert_eq!(encode_with(&record, &(0b101, 7))?, [0b1010_0000, 7]);
/// assert_eq!(decode_with(&record, &[0b1010_0000, 7])?, (0b101, 7));
/// assert_eq!(
///     decode_with(&record, &[0b1010_0100, 7]).unwrap_err().to_string(),
///     "0: padding is not zero, at byte 0 bit 3",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn byte_aligned<P>(padding: Padding, pickler: P) -> ByteAligned<P> {
    ByteAligned { padding, pickler }
}

impl<'de, P: Pickler<'de>> Pickler<'de> for ByteAligned<P> {
    type Value = P::Value;
    const WIDTH: Width = Width {
        min: P::WIDTH.min,
        max: match P::WIDTH.max {
            Some(max) => max.checked_add(7),
            None => None,
        },
    };
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<P::Value, Fault> {
        if P::WHOLE && A::ALIGNED {
            return self.pickler.read(r);
        }
        let r = r.unaligned();
        let value = self.pickler.read(r)?;
        read_padding(to_boundary(r.bit_offset(), 0, 1), self.padding, r)?;
        Ok(value)
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &P::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        if P::WHOLE && A::ALIGNED {
            return self.pickler.write(value, w);
        }
        let w = w.unaligned();
        self.pickler.write(value, w)?;
        write_padding(to_boundary(w.bit_offset(), 0, 1), w)
    }

    #[cfg(feature = "alloc")]
    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Filled {
            item: Box::new(self.pickler.describe(d)),
            fill: Fill::AlignEnd {
                bytes: 1,
                from: Origin::Message,
            },
            padding: self.padding,
        }
    }
}
