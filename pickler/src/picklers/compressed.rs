//! Things that are compressed on the wire.

use alloc::vec::Vec;

use super::apart::{bytes_apart, read_apart};
use super::body::Body;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Unaligned, Writer};
use crate::error::ErrorKind;
use crate::schema::Compression;

/// Reads all that is left, decompressed, by what `inner` reads of it. What comes
/// out is taken from the budgets for memory and for what is decompressed, piece by
/// piece. What is compressed once more grows out of what has grown: all of that is
/// taken from the budget.
pub(crate) fn read_compressed<O: Order, A: Align, T>(
    compression: Compression,
    r: &mut Reader<'_, O, A>,
    inner: impl FnOnce(&mut Reader<'_, O, Unaligned>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    r.expect_end()?;
    let at = r.bit_offset();
    let wire = r.bytes(r.bytes_left())?;
    let expansion = r.set_expansion(0);
    let result = read_decompressed(compression, (wire, expansion), at, r, inner);
    r.set_expansion(expansion);
    result
}

fn read_decompressed<O: Order, A: Align, T>(
    compression: Compression,
    (wire, expansion): (&[u8], u32),
    at: u64,
    r: &mut Reader<'_, O, A>,
    inner: impl FnOnce(&mut Reader<'_, O, Unaligned>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let mut usual = (wire.len() as u64).saturating_mul(expansion.into());
    let mut bytes = Vec::new();
    let used = decompress(compression, wire, |part| {
        let count = part.len() as u64;
        r.expect_decompressed(count.saturating_sub(usual))?;
        usual = usual.saturating_sub(count);
        r.expect_memory(count, 1)?;
        bytes.extend_from_slice(part);
        Ok(())
    });
    let used = match used {
        Ok(used) => used,
        Err(Stop::Fault(fault)) => return Err(fault),
        Err(Stop::Refused(why)) => return Err(r.fail_at(at, ErrorKind::Refused(why.into()))),
    };
    if let left @ 1.. = wire.len().saturating_sub(used) {
        let bits = left as u64 * 8;
        return Err(r.fail_at(at + used as u64 * 8, ErrorKind::Trailing { bits }));
    }
    // Its place is none of the input.
    read_apart(&bytes, r, |_| at, inner)
}

/// Writes something compressed.
pub(crate) fn write_compressed<S: Sink, O: Order, A: Align>(
    compression: Compression,
    w: &mut Writer<S, O, A>,
    content: &impl Body,
) -> Result<(), Fault> {
    w.expect_byte_boundary()?;
    w.descend()?;
    let at = w.bit_offset();
    let bytes = bytes_apart(content, w, |_| at)?;
    w.ascend();
    match compress(compression, &bytes) {
        Ok(wire) => {
            w.bytes(&wire)?;
            w.goes_on();
            Ok(())
        }
        Err(why) => Err(w.fail(ErrorKind::Refused(why.into()))),
    }
}

/// Why something is not decompressed.
#[cfg_attr(
    not(feature = "flate2"),
    expect(dead_code, reason = "nothing is read that could be too much")
)]
enum Stop {
    /// A budget is used up.
    Fault(Fault),
    Refused(&'static str),
}

#[cfg(not(feature = "flate2"))]
const LACKS_FEATURE: &str = "a compression needs the feature `flate2`";

#[cfg(not(feature = "flate2"))]
fn decompress(
    _: Compression,
    _: &[u8],
    _: impl FnMut(&[u8]) -> Result<(), Fault>,
) -> Result<usize, Stop> {
    Err(Stop::Refused(LACKS_FEATURE))
}

#[cfg(not(feature = "flate2"))]
fn compress(_: Compression, _: &[u8]) -> Result<Vec<u8>, &'static str> {
    Err(LACKS_FEATURE)
}

#[cfg(feature = "flate2")]
pub use with_flate2::{Compressed, deflate, gzip, zlib};
#[cfg(feature = "flate2")]
use with_flate2::{compress, decompress};

#[cfg(feature = "flate2")]
mod with_flate2 {
    use alloc::boxed::Box;
    use alloc::vec::Vec;
    use std::io::{Read, Write};

    use flate2::bufread::GzDecoder;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use flate2::{Compression as Level, Decompress, FlushDecompress, Status};

    use super::{Stop, read_compressed, write_compressed};
    use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
    use crate::picklers::{Pickler, Whole};
    use crate::schema::{Compression, Describer, Filter, Shape};
    use crate::width::Width;

    /// How many bytes are decompressed at once.
    const PART: usize = 4096;

    const CORRUPT: &str = "not compressed as it should be";
    const TOO_SHORT: &str = "ends before what is compressed does";

    /// Hands on what comes out, and tells how many bytes went in.
    pub(super) fn decompress(
        compression: Compression,
        wire: &[u8],
        mut take: impl FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<usize, Stop> {
        let mut part = [0; PART];
        if compression == Compression::Gzip {
            let mut decoder = GzDecoder::new(wire);
            loop {
                match decoder.read(&mut part) {
                    Ok(0) => return Ok(wire.len() - decoder.into_inner().len()),
                    Ok(count) => take(&part[..count]).map_err(Stop::Fault)?,
                    Err(error) => {
                        let is_short = error.kind() == std::io::ErrorKind::UnexpectedEof;
                        return Err(Stop::Refused(if is_short { TOO_SHORT } else { CORRUPT }));
                    }
                }
            }
        }
        let mut decoder = Decompress::new(compression == Compression::Zlib);
        let mut used = 0;
        loop {
            let (read, written) = (decoder.total_in(), decoder.total_out());
            let status = decoder.decompress(&wire[used..], &mut part, FlushDecompress::None);
            let Ok(status) = status else {
                return Err(Stop::Refused(CORRUPT));
            };
            // Both are lengths of what is in memory.
            used += (decoder.total_in() - read) as usize;
            let count = (decoder.total_out() - written) as usize;
            take(&part[..count]).map_err(Stop::Fault)?;
            if status == Status::StreamEnd {
                return Ok(used);
            }
            if decoder.total_in() == read && count == 0 {
                return Err(Stop::Refused(TOO_SHORT));
            }
        }
    }

    pub(super) fn compress(
        compression: Compression,
        bytes: &[u8],
    ) -> Result<Vec<u8>, &'static str> {
        let (wire, level) = (Vec::new(), Level::default());
        let result = match compression {
            Compression::Zlib => {
                let mut encoder = ZlibEncoder::new(wire, level);
                encoder.write_all(bytes).and_then(|()| encoder.finish())
            }
            Compression::Deflate => {
                let mut encoder = DeflateEncoder::new(wire, level);
                encoder.write_all(bytes).and_then(|()| encoder.finish())
            }
            Compression::Gzip => {
                let mut encoder = GzEncoder::new(wire, level);
                encoder.write_all(bytes).and_then(|()| encoder.finish())
            }
        };
        // Writing to memory does not fail.
        result.map_err(|_| "cannot be compressed")
    }

    /// See [`zlib`], [`deflate`] and [`gzip`].
    #[derive(Clone, Copy, Debug)]
    pub struct Compressed<P> {
        compression: Compression,
        pickler: P,
    }

    /// Something that is compressed as RFC 1950 says: `compression = zlib`.
    ///
    /// It takes all that is left of the input, or of the piece of it that a size
    /// confines. What comes out is taken from the [budget](crate::Limits) for
    /// memory as it comes.
    ///
    /// ```
    /// use pickler::picklers::{decode_with, encode_with, rest, variable_size, zlib};
    ///
    /// let text = variable_size::<u8, _>(zlib(rest::<String>()));
    /// let bytes = encode_with(&text, &"a".repeat(1000))?;
    /// assert!(bytes.len() < 30);
    /// assert_eq!(decode_with(&text, &bytes)?, "a".repeat(1000));
    /// # Ok::<(), pickler::Error>(())
    /// ```
    pub const fn zlib<P>(pickler: P) -> Compressed<P> {
        let compression = Compression::Zlib;
        Compressed {
            compression,
            pickler,
        }
    }

    /// The same as RFC 1951 says, without anything around it: `compression =
    /// deflate`.
    ///
    /// ```
    /// use pickler::picklers::{decode_with, deflate, of};
    ///
    /// // As it is, in a block of two bytes.
    /// assert_eq!(decode_with(&deflate(of::<u16>()), &[1, 2, 0, 0xFD, 0xFF, 7, 8])?, 0x0708);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    pub const fn deflate<P>(pickler: P) -> Compressed<P> {
        let compression = Compression::Deflate;
        Compressed {
            compression,
            pickler,
        }
    }

    /// The same as RFC 1952 says, one member: `compression = gzip`. What its
    /// header tells, such as a name, is not looked at.
    ///
    /// ```
    /// use pickler::picklers::{decode_with, encode_with, gzip, of};
    ///
    /// let number = gzip(of::<u16>());
    /// let bytes = encode_with(&number, &7)?;
    /// assert_eq!(bytes[..3], [0x1F, 0x8B, 8]);
    /// assert_eq!(decode_with(&number, &bytes)?, 7);
    /// # Ok::<(), pickler::Error>(())
    /// ```
    pub const fn gzip<P>(pickler: P) -> Compressed<P> {
        let compression = Compression::Gzip;
        Compressed {
            compression,
            pickler,
        }
    }

    impl<'de, P, T> Pickler<'de> for Compressed<P>
    where
        P: for<'a> Pickler<'a, Value = T>,
    {
        type Value = T;
        const WIDTH: Width = Width::at_least(0);
        const WHOLE: bool = true;

        fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
            read_compressed(self.compression, r, |r| self.pickler.read(r))
        }

        fn write<S: Sink, O: Order, A: Align>(
            &self,
            value: &T,
            w: &mut Writer<S, O, A>,
        ) -> Result<(), Fault> {
            write_compressed(self.compression, w, &Whole(&self.pickler, value))
        }

        fn describe(&self, d: &mut Describer) -> Shape {
            Shape::Filtered {
                item: Box::new(self.pickler.describe(d)),
                filter: Filter::Compressed(self.compression),
            }
        }
    }
}
