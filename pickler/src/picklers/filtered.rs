//! Things whose bytes go through a filter.

use alloc::vec::Vec;

use super::Pickler;
use super::apart::{bytes_apart, read_apart};
use super::body::Whole;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Text};
use crate::schema::{Describer, Opaque, Shape};
use crate::width::Width;

/// See [`filtered`].
#[derive(Clone, Copy, Debug)]
pub struct Filtered<P, F, G> {
    name: &'static str,
    from_wire: F,
    to_wire: G,
    pickler: P,
}

/// Something whose bytes go through a filter, such as a compression: scodec's
/// `filtered`. It takes all that is left of the input, or of the piece of it
/// that a size confines; `from_wire` makes of that the bytes that the pickler
/// reads, all of them, and `to_wire` goes back. Both may refuse, in words that
/// say why; what `from_wire` gives is taken from the budget for memory, and to
/// keep within that on the way is its own matter.
///
/// A description names it and cannot say more.
///
/// ```
/// use pickler::picklers::{decode_with, encode_with, filtered, of, variable_size};
///
/// let flip = |bytes: &[u8]| Ok::<_, &str>(bytes.iter().map(|byte| !byte).collect::<Vec<u8>>());
/// let secret = variable_size::<u8, _>(filtered("flipped", flip, flip, of::<u16>()));
/// assert_eq!(encode_with(&secret, &1)?, [2, 0xFF, 0xFE]);
/// assert_eq!(decode_with(&secret, &[2, 0xFF, 0xFE])?, 1);
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn filtered<P, F, G, E, R>(
    name: &'static str,
    from_wire: F,
    to_wire: G,
    pickler: P,
) -> Filtered<P, F, G>
where
    F: Fn(&[u8]) -> Result<Vec<u8>, E>,
    G: Fn(&[u8]) -> Result<Vec<u8>, R>,
{
    Filtered {
        name,
        from_wire,
        to_wire,
        pickler,
    }
}

impl<'de, P, F, G, T, E, R> Pickler<'de> for Filtered<P, F, G>
where
    P: for<'a> Pickler<'a, Value = T> + Clone + Send + Sync + 'static,
    F: Fn(&[u8]) -> Result<Vec<u8>, E> + Clone + Send + Sync + 'static,
    G: Fn(&[u8]) -> Result<Vec<u8>, R> + Clone + Send + Sync + 'static,
    E: Into<Text>,
    R: Into<Text>,
{
    type Value = T;
    const WIDTH: Width = Width::at_least(0);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<T, Fault> {
        r.expect_end()?;
        let at = r.bit_offset();
        let wire = r.bytes(r.bytes_left())?;
        let bytes = match (self.from_wire)(wire) {
            Ok(bytes) => bytes,
            Err(why) => return Err(r.fail_at(at, ErrorKind::Refused(why.into()))),
        };
        r.expect_memory(bytes.len() as u64, 1)?;
        // Its place is none of the input.
        read_apart(&bytes, r, |_| at, |inner| self.pickler.read(inner))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        value: &T,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        w.expect_byte_boundary()?;
        w.descend()?;
        let at = w.bit_offset();
        let bytes = bytes_apart(&Whole(&self.pickler, value), w, |_| at)?;
        w.ascend();
        w.goes_on();
        match (self.to_wire)(&bytes) {
            Ok(wire) => w.bytes(&wire),
            Err(why) => Err(w.fail(ErrorKind::Refused(why.into()))),
        }
    }

    fn describe(&self, _: &mut Describer) -> Shape {
        Shape::Opaque(Opaque::new(self.name, self.clone()))
    }
}
