//! Bounded pieces of the input, and its end.

use super::Reader;
use super::failure::here;
use crate::cursor::state::Fault;
use crate::cursor::{Align, BitOrder, Order};
use crate::error::{Error, ErrorKind};

/// What lies behind a bounded piece of the input; see [`Reader::enter`].
#[derive(Debug)]
#[must_use = "a piece that was entered must be left"]
pub struct Outer<'de> {
    behind: &'de [u8],
    /// Where the piece around starts, and how far it was read.
    piece: usize,
    furthest: usize,
    open: bool,
}

/// What a limited piece of the input is a part of; see [`Reader::confine`].
#[derive(Debug)]
#[must_use = "a piece that was entered must be left"]
pub struct Confined<'de> {
    whole: &'de [u8],
    end: usize,
    open: bool,
}

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
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
                let start = self.end - self.rest.len() - outer.len();
                self.end -= outer.len();
                Ok(Outer {
                    behind: outer,
                    piece: core::mem::replace(&mut self.extent.piece, start),
                    furthest: core::mem::take(&mut self.extent.furthest),
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
        self.extent.piece = outer.piece;
        self.extent.furthest = outer.furthest;
        self.state.set_open(outer.open);
    }

    /// Confines the cursor to the next `most` bytes, or to what is left if that
    /// is less. [`release`](Self::release) ends that, wherever the cursor stands.
    ///
    /// # Errors
    /// [`NotOnByteBoundary`](ErrorKind::NotOnByteBoundary) within a byte.
    #[inline]
    pub fn confine(&mut self, most: u64) -> Result<Confined<'de>, Fault> {
        if !A::ALIGNED && self.bit != 0 {
            return Err(self.fail(ErrorKind::NotOnByteBoundary));
        }
        let confined = Confined {
            whole: self.rest,
            end: self.end,
            open: self.state.is_open(),
        };
        // More than the address space holds is more than is left.
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if let Some((piece, behind)) = self.rest.split_at_checked(most) {
            self.rest = piece;
            self.end -= behind.len();
            self.state.close();
        }
        Ok(confined)
    }

    /// Ends a limit; what is left of the limited piece is left.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "a limit ends once")]
    pub fn release(&mut self, confined: Confined<'de>) {
        let start = confined.end - confined.whole.len();
        let taken = self.byte_offset() - start;
        self.rest = confined.whole.get(taken..).unwrap_or_default();
        self.end = confined.end;
        self.state.set_open(confined.open);
    }

    /// Checks that nothing is left, but for up to seven zero bits of padding.
    ///
    /// # Errors
    /// [`Trailing`](ErrorKind::Trailing).
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn finish(&mut self) -> Result<(), Fault> {
        if self.ends() {
            return Ok(());
        }
        if self.extent.furthest > self.byte_offset() {
            self.go_on_elsewhere();
            if self.rest.is_empty() {
                return Ok(());
            }
        }
        Err(self.trailing())
    }

    /// Nothing is left but padding, behind which the cursor goes.
    #[inline(always)]
    fn ends(&mut self) -> bool {
        if self.is_in_padding() {
            self.rest = &[];
            self.bit = 0;
        }
        self.rest.is_empty()
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
    use crate::cursor::{Big, Lsb, Orders};

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
}
