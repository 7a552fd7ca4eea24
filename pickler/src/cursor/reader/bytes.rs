//! Whole bytes.

use super::Reader;
use crate::cursor::state::Fault;
use crate::cursor::{Align, Order, load_bits};
use crate::error::ErrorKind;

impl<'de, O: Order, A: Align> Reader<'de, O, A> {
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
}
