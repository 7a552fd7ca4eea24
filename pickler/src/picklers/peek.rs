//! What is looked at before it is read.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Pickler, Recover, recover};
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::schema::{Describer, Shape};
use crate::width::Width;

/// See [`peek`] and [`lookahead`].
#[derive(Clone, Copy, Debug)]
pub struct Peek<P, Q> {
    ahead: P,
    item: Q,
}

/// Something, and in front of it what its start is if read by another pickler:
/// scodec's `peek`. Looking takes nothing, and sees no more than what is looked
/// at.
///
/// What is written must be what would be seen.
///
/// ```
/// use pickler::ByteString;
/// use pickler::picklers::{decode_with, encode_with, of, peek, rest};
///
/// let message = peek(of::<u16>(), rest::<ByteString>());
/// let (kind, whole) = decode_with(&message, &[0, 7, 1, 2])?;
/// assert_eq!((kind, whole.len()), (7, 4));
/// assert_eq!(encode_with(&message, &(7, whole.clone()))?, [0, 7, 1, 2]);
/// assert_eq!(
///     encode_with(&message, &(8, whole)).unwrap_err().to_string(),
///     "0: not what would be seen of what follows, at byte 4",
/// );
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn peek<P, Q>(ahead: P, item: Q) -> Peek<P, Q> {
    Peek { ahead, item }
}

/// Something, and in front of it whether it starts with what another pickler,
/// of what holds nothing, reads: scodec's `lookahead`.
///
/// ```
/// use pickler::picklers::{constant, decode_with, encode_with, lookahead, of};
///
/// let number = lookahead(constant(0_u8, of()), of::<u16>());
/// assert_eq!(decode_with(&number, &[0, 7])?, (true, 7));
/// assert_eq!(decode_with(&number, &[1, 7])?, (false, 263));
/// assert!(encode_with(&number, &(false, 7)).is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
pub const fn lookahead<P, Q>(ahead: P, item: Q) -> Peek<Recover<P>, Q> {
    peek(recover(ahead), item)
}

#[cold]
pub(crate) fn looks_past() -> ErrorKind {
    ErrorKind::Refused("looks past what it looks at".into())
}

#[cold]
pub(crate) fn not_seen() -> ErrorKind {
    ErrorKind::Refused("not what would be seen of what follows".into())
}

impl<'de, P, Q> Pickler<'de> for Peek<P, Q>
where
    P: for<'a> Pickler<'a>,
    for<'a> <P as Pickler<'a>>::Value: PartialEq<<P as Pickler<'de>>::Value>,
    Q: Pickler<'de>,
{
    type Value = (<P as Pickler<'de>>::Value, Q::Value);
    const WIDTH: Width = Q::WIDTH;
    const WHOLE: bool = Q::WHOLE;

    fn read<O: Order, A: Align>(&self, r: &mut Reader<'de, O, A>) -> Result<Self::Value, Fault> {
        let mark = r.mark();
        let item = match self.item.read(r) {
            Ok(item) => item,
            Err(fault) => return Err(r.within_field(fault, "1")),
        };
        let mut again = r.look_back(mark);
        let seen = self.ahead.read(again.unaligned());
        let seen = seen.map_err(|fault| again.into_error(fault));
        r.join(&again);
        let fault = match seen {
            Ok(seen) if again.bit_offset() <= r.bit_offset() => return Ok((seen, item)),
            Ok(_) => r.fail(looks_past()),
            Err(error) => r.adopt(error),
        };
        Err(r.within_field(fault, "0"))
    }

    fn write<S: Sink, O: Order, A: Align>(
        &self,
        (seen, item): &Self::Value,
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        let start = w.bit_offset();
        if let Err(fault) = self.item.write(item, w) {
            return Err(w.within_field(fault, "1"));
        }
        if S::COUNTS_ONLY {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let mut again = w.look_back(start, &mut bytes);
        match self.ahead.read(again.unaligned()) {
            Ok(found) if found == *seen && again.bit_offset() <= w.bit_offset() => Ok(()),
            _ => {
                let fault = w.fail(not_seen());
                Err(w.within_field(fault, "0"))
            }
        }
    }

    fn describe(&self, d: &mut Describer) -> Shape {
        Shape::Peeked {
            ahead: Box::new(self.ahead.describe(d)),
            item: Box::new(self.item.describe(d)),
        }
    }
}
