//! The reading cursor.

mod bits;
mod budget;
mod bytes;
mod extent;
mod failure;
#[cfg(feature = "alloc")]
mod look_back;
mod piece;
mod position;
#[cfg(feature = "alloc")]
mod shared;
#[cfg(feature = "alloc")]
mod visit;

use core::marker::PhantomData;

use super::state::{OfReader, State};
use super::{Align, Aligned, BitOrder, Limits, Network, Order, Unaligned};
use extent::Extent;

pub use piece::{Confined, Outer};
pub use position::Mark;
#[cfg(feature = "alloc")]
pub use visit::Visit;

/// A cursor over a byte slice.
///
/// `O` is the byte and bit order, `A` says whether the position is known to be
/// on a byte boundary.
///
/// ```
/// use pickler::cursor::Reader;
///
/// let mut r: Reader = Reader::new(&[0x12, 0x34, 0xA5]);
/// assert_eq!(r.array::<2>().unwrap(), [0x12, 0x34]);
/// let bits = r.unaligned();
/// assert_eq!(bits.bits(4).unwrap(), 0xA);
/// assert_eq!(bits.bits(4).unwrap(), 0x5);
/// assert!(bits.bits(1).is_err());
/// ```
#[derive(Debug)]
#[repr(C)]
pub struct Reader<'de, O: Order = Network, A: Align = Aligned> {
    /// What is left, from the byte that the cursor stands in.
    rest: &'de [u8],
    /// Offset of the end of `rest` from the start of the input, in bytes.
    end: usize,
    /// How many bits of `rest[0]` are taken, 0 to 7; 0 wherever `A` is aligned.
    bit: u8,
    /// The order in which they were taken; no matter if there are none.
    begun: BitOrder,
    extent: Extent<'de>,
    state: State<OfReader>,
    orders: PhantomData<(O, A)>,
}

impl<'de, O: Order> Reader<'de, O, Aligned> {
    /// A cursor at the start of `bytes`, with the default [`Limits`].
    #[inline]
    pub fn new(bytes: &'de [u8]) -> Self {
        Self::with_limits(bytes, Limits::default())
    }

    /// A cursor at the start of `bytes`.
    #[inline]
    pub fn with_limits(bytes: &'de [u8], limits: Limits) -> Self {
        Self {
            rest: bytes,
            end: bytes.len(),
            bit: 0,
            begun: O::BITS,
            extent: Extent::of(bytes),
            state: State::of_reader(limits),
            orders: PhantomData,
        }
    }
}

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
    /// The same cursor, over the start of an input that may go on.
    ///
    /// Reading past what is there fails as ever, but [`missing`](Self::missing)
    /// tells that more would help, unless a length confines the piece.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.state.set_open(true);
        self
    }

    /// The same cursor in another order.
    #[inline(always)]
    pub fn as_order<P: Order>(&mut self) -> &mut Reader<'de, P, A> {
        self.cast()
    }

    /// The same cursor, free to stand within a byte.
    #[inline(always)]
    pub fn unaligned(&mut self) -> &mut Reader<'de, O, Unaligned> {
        self.cast()
    }

    /// What a cursor needs to read something [again](Self::standing_at) from here.
    #[inline(always)]
    pub(crate) fn standing(&self) -> (&'de [u8], usize, u8, BitOrder) {
        let bit = if A::ALIGNED { 0 } else { self.bit };
        (self.rest, self.end, bit, self.begun)
    }

    /// A cursor that stands where another stood.
    pub(crate) fn standing_at(rest: &'de [u8], end: usize, bit: u8, begun: BitOrder) -> Self {
        Self {
            rest,
            end,
            bit,
            begun,
            extent: Extent::of(rest),
            state: State::of_reader(Limits::default()),
            orders: PhantomData,
        }
    }

    /// Ends reading; the same as dropping the cursor, but sooner done.
    #[inline(always)]
    pub fn end(self) {
        self.state.end();
    }
}
