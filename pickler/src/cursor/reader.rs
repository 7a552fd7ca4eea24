//! The reading cursor.

use core::marker::PhantomData;
use core::ops::Range;

use super::state::{Fault, Limits, State};
use super::{Align, Aligned, BitOrder, ByteOrder, Network, Order, Unaligned, load_bits};
use crate::error::{Error, ErrorKind, Step};

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
    state: State,
    orders: PhantomData<(O, A)>,
}

/// What lies behind a bounded piece of the input; see [`Reader::enter`].
#[derive(Debug)]
#[must_use = "a piece that was entered must be left"]
pub struct Outer<'de> {
    behind: &'de [u8],
    open: bool,
}

/// A position to come back to; see [`Reader::mark`].
#[derive(Clone, Copy, Debug)]
pub struct Mark<'de> {
    rest: &'de [u8],
    end: usize,
    bit: u8,
    begun: BitOrder,
    depth: u32,
    open: bool,
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
            state: State::new(limits),
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

    /// How many bytes more, at the least, were needed where the input ended
    /// that is [`open`](Self::open); `None` where nothing was.
    pub fn missing(&self) -> Option<u64> {
        self.state.missing()
    }

    /// Checks that the piece that the cursor is in has an end: the input that
    /// is [`open`](Self::open) has none yet. To be asked before something takes
    /// all that is left.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if it has none.
    #[inline]
    pub fn expect_end(&mut self) -> Result<(), Fault> {
        if self.state.is_open() {
            return Err(self.short(self.bits_left() + 8));
        }
        Ok(())
    }

    /// Whether `bits` more are left. Where fewer are, the piece must have an
    /// end, as for [`expect_end`](Self::expect_end).
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if it has none.
    #[inline]
    pub fn has_bits(&mut self, bits: u64) -> Result<bool, Fault> {
        if self.bits_left() >= bits {
            return Ok(true);
        }
        if self.state.is_open() {
            return Err(self.short(bits));
        }
        Ok(false)
    }

    /// Goes forward to a position behind, in bits from the start of the input;
    /// no farther than to the end of the piece.
    #[cfg(feature = "alloc")]
    pub(crate) fn advance_to(&mut self, bit_offset: u64) {
        let byte = usize::try_from(bit_offset / 8).unwrap_or(usize::MAX);
        let count = byte.saturating_sub(self.byte_offset());
        self.rest = self.rest.get(count..).unwrap_or_default();
        self.begun = O::BITS;
        self.bit = if self.rest.is_empty() {
            0
        } else {
            (bit_offset % 8) as u8
        };
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

    /// Where the cursor stands, in bits from the start of the input.
    #[inline]
    pub fn bit_offset(&self) -> u64 {
        (self.end - self.rest.len()) as u64 * 8 + u64::from(self.bit)
    }

    /// Where the cursor stands, in whole bytes from the start of the input.
    #[inline]
    pub fn byte_offset(&self) -> usize {
        self.end - self.rest.len()
    }

    /// How many bits are left in the piece that the cursor is in.
    #[inline]
    pub fn bits_left(&self) -> u64 {
        self.rest.len() as u64 * 8 - u64::from(self.bit)
    }

    /// How many whole bytes are left in the piece that the cursor is in.
    #[inline]
    pub fn bytes_left(&self) -> usize {
        if A::ALIGNED || self.bit == 0 {
            self.rest.len()
        } else {
            self.rest.len() - 1
        }
    }

    /// What is left, when the cursor stands on a byte boundary.
    #[inline]
    pub fn rest(&self) -> &'de [u8] {
        self.rest
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if fewer are left.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        if A::ALIGNED || self.bit == 0 {
            match self.rest.split_first_chunk::<N>() {
                Some((bytes, rest)) => {
                    self.rest = rest;
                    Ok(*bytes)
                }
                None => Err(self.short(N as u64 * 8)),
            }
        } else {
            let mut bytes = [0; N];
            self.bytes_off_boundary(&mut bytes)?;
            Ok(bytes)
        }
    }

    /// The next `N` bytes, if as many are left; the cursor stays where it is.
    #[inline(always)]
    pub fn peek<const N: usize>(&self) -> Option<[u8; N]> {
        if A::ALIGNED || self.bit == 0 {
            self.rest.first_chunk().copied()
        } else {
            self.peek_off_boundary()
        }
    }

    #[inline(never)]
    fn peek_off_boundary<const N: usize>(&self) -> Option<[u8; N]> {
        let first = usize::from(self.bit);
        if self.bits_left() < N as u64 * 8 || self.begun != O::BITS {
            return None;
        }
        Some(core::array::from_fn(|index| {
            load_bits::<O>(self.rest, first + 8 * index, 8) as u8
        }))
    }

    /// Goes past so many bytes, which [`peek`](Self::peek) has seen.
    #[inline(always)]
    pub fn skip_peeked(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// The next `count` bytes, borrowed.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if fewer are left,
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary) if the cursor stands
    /// within a byte: such bytes cannot be borrowed.
    #[inline(always)]
    pub fn bytes(&mut self, count: usize) -> Result<&'de [u8], Fault> {
        if !A::ALIGNED && self.bit != 0 {
            return Err(self.fail(ErrorKind::NotOnByteBoundary));
        }
        match self.rest.split_at_checked(count) {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(bytes)
            }
            None => Err(self.short((count as u64).saturating_mul(8))),
        }
    }

    /// Fills `bytes`, wherever the cursor stands.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if fewer are left.
    #[inline]
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 {
            bytes.copy_from_slice(self.bytes(bytes.len())?);
            Ok(())
        } else {
            self.bytes_off_boundary(bytes)
        }
    }

    #[inline(never)]
    fn bytes_off_boundary(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.expect_begun_alike()?;
        if self.bits_left() < bytes.len() as u64 * 8 {
            return Err(self.short(bytes.len() as u64 * 8));
        }
        for byte in bytes {
            *byte = self.take_bits(8) as u8;
        }
        Ok(())
    }

    /// An integer of the next `count` bits, at most 128, in the cursor's orders.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if fewer are left;
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary) within a byte of
    /// which bits were taken in the other bit order.
    #[inline]
    pub fn bits(&mut self, count: u32) -> Result<u128, Fault> {
        debug_assert!(count <= 128);
        self.expect_begun_alike()?;
        if self.bits_left() < u64::from(count) {
            return Err(self.short(u64::from(count)));
        }
        let plain = matches!(
            (O::BYTES, O::BITS),
            (ByteOrder::Big, BitOrder::Msb) | (ByteOrder::Little, BitOrder::Lsb)
        );
        if plain {
            return Ok(self.take_bits(count));
        }
        let (whole, odd) = (count / 8, count % 8);
        let mut value = 0;
        match O::BYTES {
            ByteOrder::Little => {
                for index in 0..whole {
                    value |= self.take_bits(8) << (8 * index);
                }
                if odd > 0 {
                    value |= self.take_bits(odd) << (8 * whole);
                }
            }
            ByteOrder::Big => {
                if odd > 0 {
                    value = self.take_bits(odd);
                }
                for _ in 0..whole {
                    value = value << 8 | self.take_bits(8);
                }
            }
        }
        Ok(value)
    }

    /// The bits left in a byte begun in another order are not where this order
    /// looks for them.
    #[inline(always)]
    fn expect_begun_alike(&mut self) -> Result<(), Fault> {
        if A::ALIGNED || self.bit == 0 || self.begun == O::BITS {
            Ok(())
        } else {
            Err(self.fail(ErrorKind::NotOnByteBoundary))
        }
    }

    /// Takes bits in stream order; the caller has checked that they are there.
    #[inline]
    fn take_bits(&mut self, count: u32) -> u128 {
        let mut value: u128 = 0;
        let mut done = 0;
        while done < count {
            let Some((&byte, rest)) = self.rest.split_first() else {
                return value;
            };
            let free = 8 - u32::from(self.bit);
            let take = free.min(count - done);
            let mask = 0xFF_u8 >> (8 - take);
            match O::BITS {
                BitOrder::Msb => {
                    let piece = byte >> (free - take) & mask;
                    value = value << take | u128::from(piece);
                }
                BitOrder::Lsb => {
                    let piece = byte >> self.bit & mask;
                    value |= u128::from(piece) << done;
                }
            }
            done += take;
            if take == free {
                self.bit = 0;
                self.rest = rest;
            } else {
                self.bit += take as u8;
                self.begun = O::BITS;
            }
        }
        value
    }

    /// Confines the cursor to the next `count` bytes. [`leave`](Self::leave)
    /// ends that.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) if fewer are left,
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary) within a byte.
    #[inline]
    pub fn enter(&mut self, count: usize) -> Result<Outer<'de>, Fault> {
        if !A::ALIGNED && self.bit != 0 {
            return Err(self.fail(ErrorKind::NotOnByteBoundary));
        }
        match self.rest.split_at_checked(count) {
            Some((piece, outer)) => {
                self.rest = piece;
                self.end -= outer.len();
                Ok(Outer {
                    behind: outer,
                    open: self.state.close(),
                })
            }
            None => Err(self.short((count as u64).saturating_mul(8))),
        }
    }

    /// Ends a piece that was entered and stands behind it.
    ///
    /// # Errors
    /// [`Trailing`](ErrorKind::Trailing) if something of the piece is left.
    #[inline]
    pub fn leave(&mut self, outer: Outer<'de>) -> Result<(), Fault> {
        self.finish()?;
        self.leave_unread(outer);
        Ok(())
    }

    /// Ends a piece that was entered, whatever of it is left.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "a piece is left once")]
    pub fn leave_unread(&mut self, outer: Outer<'de>) {
        self.end += outer.behind.len();
        self.rest = outer.behind;
        self.bit = 0;
        self.state.set_open(outer.open);
    }

    /// Checks that nothing is left, but for up to seven zero bits of padding.
    ///
    /// # Errors
    /// [`Trailing`](ErrorKind::Trailing).
    #[inline]
    pub fn finish(&mut self) -> Result<(), Fault> {
        if self.rest.is_empty() {
            return Ok(());
        }
        if self.is_in_padding() {
            self.rest = &[];
            self.bit = 0;
            return Ok(());
        }
        Err(self.trailing())
    }

    /// Only zero bits of the last byte are left.
    #[inline(always)]
    fn is_in_padding(&self) -> bool {
        let ([byte], 1..) = (self.rest, self.bit) else {
            return false;
        };
        let padding = match self.begun {
            BitOrder::Msb => byte << self.bit,
            BitOrder::Lsb => byte >> self.bit,
        };
        padding == 0
    }

    #[inline(always)]
    fn trailing(&mut self) -> Fault {
        let error = trailing::<O>(self.end, self.rest.len(), self.bit);
        self.state.adopt(error)
    }

    /// The position, to come back to after trying something.
    #[inline]
    pub fn mark(&self) -> Mark<'de> {
        Mark {
            rest: self.rest,
            end: self.end,
            bit: self.bit,
            begun: self.begun,
            depth: self.state.depth_left(),
            open: self.state.is_open(),
        }
    }

    /// Goes back to a position and the depth that it had.
    #[inline]
    pub fn reset(&mut self, mark: Mark<'de>) {
        self.rest = mark.rest;
        self.end = mark.end;
        self.bit = mark.bit;
        self.begun = mark.begun;
        self.state.set_depth_left(mark.depth);
        self.state.set_open(mark.open);
    }

    /// One level deeper; [`ascend`](Self::ascend) ends it.
    ///
    /// # Errors
    /// [`TooDeep`](ErrorKind::TooDeep) past the limit.
    #[inline]
    pub fn descend(&mut self) -> Result<(), Fault> {
        self.state.descend(self.bit_offset())
    }

    /// Ends one level.
    #[inline]
    pub fn ascend(&mut self) {
        self.state.ascend();
    }

    /// Charges what counts as so many items.
    pub(crate) fn spend_items(&mut self, count: u64) -> Result<(), Fault> {
        self.state.spend_items(count, self.bit_offset())
    }

    /// Checks that `count` items of at least `least_bits` each can be there.
    ///
    /// # Errors
    /// [`CountTooLarge`](ErrorKind::CountTooLarge) if the input left cannot
    /// hold them; [`TooManyEmptyItems`](ErrorKind::TooManyEmptyItems) past the
    /// budget for items that take no room, [`TooManyItems`](ErrorKind::TooManyItems)
    /// past that for all.
    #[inline]
    pub fn expect_items(&mut self, count: u64, least_bits: u64) -> Result<(), Fault> {
        if least_bits == 0 {
            return self.state.spend_empty_items(count, self.bit_offset());
        }
        let possible = self.bits_left() / least_bits;
        if count > possible {
            let missing = count.saturating_mul(least_bits) - self.bits_left();
            self.state.lacks(missing);
            return Err(self.fail(ErrorKind::CountTooLarge { count, possible }));
        }
        self.state.spend_items(count, self.bit_offset())
    }

    /// Takes room for `count` things of `size` bytes from the budget for memory.
    ///
    /// # Errors
    /// [`TooMuchMemory`](ErrorKind::TooMuchMemory) past it.
    #[inline]
    pub fn expect_memory(&mut self, count: u64, size: usize) -> Result<(), Fault> {
        let bytes = count.saturating_mul(size as u64);
        self.state.spend_memory(bytes, self.bit_offset())
    }

    /// Records a failure here.
    #[inline(always)]
    pub fn fail(&mut self, kind: ErrorKind) -> Fault {
        let at = self.bit_offset();
        self.state.adopt(here::<O>(kind, at))
    }

    /// Records a failure of what was read from an earlier position, in bits, up
    /// to here.
    #[inline(always)]
    pub fn fail_at(&mut self, bit_offset: u64, kind: ErrorKind) -> Fault {
        self.fail_in(bit_offset..self.bit_offset(), kind)
    }

    /// Records a failure of what was read at some place, in bits.
    #[inline(always)]
    pub fn fail_in(&mut self, place: Range<u64>, kind: ErrorKind) -> Fault {
        self.state.adopt(at::<O>(kind, place.start, place.end))
    }

    #[inline(always)]
    fn short(&mut self, needed: u64) -> Fault {
        let error = short::<O>(needed, self.end, self.rest.len(), self.bit);
        self.state.adopt(error)
    }

    /// A cursor like this one, to read something again from here.
    #[inline(always)]
    pub(crate) fn again(&self) -> Self {
        Self {
            rest: self.rest,
            end: self.end,
            bit: self.bit,
            begun: self.begun,
            state: State::new(Limits::default()),
            orders: PhantomData,
        }
    }

    /// Records an error of another reader.
    #[inline(always)]
    pub(crate) fn adopt(&mut self, error: Error) -> Fault {
        self.state.adopt(error)
    }

    /// Says that a fault came from within the field `name`.
    #[inline(always)]
    pub fn within_field(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.state.within_field(fault, name)
    }

    /// Says that a fault came from within the variant `name`.
    #[inline(always)]
    pub fn within_variant(&mut self, fault: Fault, name: &'static str) -> Fault {
        self.state.within_variant(fault, name)
    }

    /// Says that a fault came from within `step`.
    #[inline(always)]
    pub fn within(&mut self, fault: Fault, step: Step) -> Fault {
        self.state.within(fault, step)
    }

    /// Forgets a failure, to go on after it.
    pub fn forgive(&mut self, fault: Fault) {
        self.state.forgive(fault);
    }

    /// Ends reading; the same as dropping the cursor, but sooner done.
    #[inline(always)]
    pub fn end(self) {
        self.state.end();
    }

    /// The whole error that a fault stands for.
    #[inline(always)]
    pub fn into_error(&mut self, fault: Fault) -> Error {
        self.state.take_error(fault)
    }
}

#[cold]
#[inline(never)]
fn here<O: Order>(kind: ErrorKind, at: u64) -> Error {
    Error::new(kind, at).in_order(O::BITS)
}

/// Of what was read from a position to another.
#[cold]
#[inline(never)]
fn at<O: Order>(kind: ErrorKind, start: u64, end: u64) -> Error {
    here::<O>(kind, start).of_bits(end.saturating_sub(start))
}

#[cold]
#[inline(never)]
fn short<O: Order>(needed: u64, end: usize, rest: usize, bit: u8) -> Error {
    let left = rest as u64 * 8 - u64::from(bit);
    let at = (end - rest) as u64 * 8 + u64::from(bit);
    here::<O>(ErrorKind::UnexpectedEnd { needed, left }, at)
}

#[cold]
#[inline(never)]
fn trailing<O: Order>(end: usize, rest: usize, bit: u8) -> Error {
    let bits = rest as u64 * 8 - u64::from(bit);
    let at = (end - rest) as u64 * 8 + u64::from(bit);
    here::<O>(ErrorKind::Trailing { bits }, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cursor::{Big, Little, Lsb, Msb, Orders};

    #[test]
    fn twelve_bits_in_all_orders() {
        // The two plain orders concatenate; the mixed ones keep the value's
        // bytes in byte order, the odd bits in the most significant.
        let bytes = [0xAB, 0xCD];
        let mut r = Reader::<Orders<Big, Msb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xABC);
        let mut r = Reader::<Orders<Little, Lsb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xDAB);
        let mut r = Reader::<Orders<Little, Msb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xCAB);
        let mut r = Reader::<Orders<Big, Lsb>>::new(&bytes);
        assert_eq!(r.unaligned().bits(12).unwrap(), 0xBDA);
    }

    #[test]
    fn a_piece_confines_and_its_end_is_checked() {
        let mut r: Reader<'_> = Reader::new(&[1, 2, 3, 4]);
        let outer = r.enter(2).unwrap();
        assert_eq!(r.array::<1>().unwrap(), [1]);
        assert!(r.array::<2>().is_err());
        let fault = r.leave(outer).unwrap_err();
        let error = r.into_error(fault);
        assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });
        assert_eq!(error.bit_offset(), 8);
    }

    #[test]
    fn padding_of_less_than_a_byte_must_be_zero() {
        let mut r: Reader<'_> = Reader::new(&[0b1010_0000]);
        assert_eq!(r.unaligned().bits(3).unwrap(), 0b101);
        assert!(r.unaligned().finish().is_ok());
        let mut r: Reader<'_> = Reader::new(&[0b1010_0001]);
        assert_eq!(r.unaligned().bits(3).unwrap(), 0b101);
        assert!(r.unaligned().finish().is_err());
    }

    #[test]
    fn padding_lies_where_the_byte_was_not_read() {
        for (byte, is_padded) in [(0b0000_0101, true), (0b0001_0101, false)] {
            let bytes = [byte];
            let mut r: Reader<'_> = Reader::new(&bytes);
            let inner = r.as_order::<Orders<Big, Lsb>>().unaligned();
            assert_eq!(inner.bits(4).unwrap(), 0b0101);
            // Whoever is around it need not know.
            assert_eq!(r.finish().is_ok(), is_padded);
        }
    }

    #[test]
    fn a_byte_is_not_read_from_both_ends() {
        let mut r: Reader<'_> = Reader::new(&[0xAB, 0xCD]);
        assert_eq!(r.unaligned().bits(4).unwrap(), 0xA);
        let fault = r.as_order::<Orders<Big, Lsb>>().unaligned().bits(4);
        let error = r.into_error(fault.unwrap_err());
        assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
        assert_eq!(error.bit_offset(), 4);
        let mut byte = [0];
        let fault = r.as_order::<Orders<Big, Lsb>>().unaligned().fill(&mut byte);
        let error = r.into_error(fault.unwrap_err());
        assert_eq!(error.kind(), &ErrorKind::NotOnByteBoundary);
        assert_eq!(r.unaligned().bits(4).unwrap(), 0xB);
        assert_eq!(
            r.as_order::<Orders<Big, Lsb>>()
                .unaligned()
                .bits(4)
                .unwrap(),
            0xD
        );
    }
}
