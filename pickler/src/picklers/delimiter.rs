//! Bytes that end something, and what becomes of them.

use core::fmt;

use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::{ErrorKind, Text};

/// What becomes of what ends a list, text, bytes or piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Terminator {
    /// It is taken away on read, and written behind the value.
    Taken,
    /// It is the end of the value.
    Kept,
    /// It is left for what stands behind, of which it is the start.
    Left,
}

/// How a list, text, bytes or a piece end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ending {
    /// What becomes of what ends them.
    pub terminator: Terminator,
    /// The end of the input, or of the piece around, ends them, too.
    pub or_end: bool,
}

impl Ending {
    /// What ends them must come, and is taken away.
    pub const TAKEN: Self = Self::by(Terminator::Taken);
    /// What ends them must come, and is kept.
    pub const KEPT: Self = Self::by(Terminator::Kept);
    /// What ends them must come, and is left.
    pub const LEFT: Self = Self::by(Terminator::Left);

    const fn by(terminator: Terminator) -> Self {
        Self {
            terminator,
            or_end: false,
        }
    }

    /// The same where the end of the input ends them, too.
    #[must_use]
    pub const fn or_end(self) -> Self {
        Self {
            or_end: true,
            ..self
        }
    }

    /// What ends them is written, but need not be there.
    #[cfg(feature = "alloc")]
    pub(crate) fn may_lack(self) -> bool {
        self.or_end && self.terminator == Terminator::Taken
    }

    /// How many bits of something that ends so there are in any case, where a
    /// unit has so many.
    #[cfg(feature = "alloc")]
    pub(crate) fn least_bits(self, unit_bits: u64) -> u64 {
        match self {
            Self::TAKEN | Self::KEPT => unit_bits,
            _ => 0,
        }
    }

    /// Checks that a value of `length` units is read as what it is; `first` is
    /// where its terminator, of `end` units, is first seen in it, and, where that
    /// is not kept, in it and the terminator behind it.
    ///
    /// # Errors
    /// [`HoldsTerminator`](ErrorKind::HoldsTerminator) where it would end too
    /// early, [`LacksTerminator`](ErrorKind::LacksTerminator) where what is kept
    /// does not stand at its end.
    #[inline]
    pub(crate) fn check(
        self,
        first: Option<usize>,
        end: usize,
        length: usize,
        words: impl FnOnce() -> Text,
    ) -> Result<(), ErrorKind> {
        let is_kept = self.terminator == Terminator::Kept;
        let last = if is_kept {
            length.checked_sub(end)
        } else {
            Some(length)
        };
        match first {
            Some(first) if Some(first) != last => {
                let unit = first as u64;
                Err(ErrorKind::HoldsTerminator { unit })
            }
            None if is_kept && !self.or_end => Err(ErrorKind::LacksTerminator { end: words() }),
            _ => Ok(()),
        }
    }

    /// The same of bytes.
    #[inline]
    pub(crate) fn check_bytes(self, value: &[u8], end: &[u8]) -> Result<(), ErrorKind> {
        let first = match self.terminator {
            Terminator::Kept => find(value, end),
            Terminator::Taken | Terminator::Left => Some(find_begun(value, end)),
        };
        self.check(first, end.len(), value.len(), || Text::display(&Shown(end)))
    }

    /// How many bytes there are in front of `end`, and how many of `end` stand
    /// there: none, where the end of the input ends them, too. The first
    /// `searched` are known to hold no `end`.
    #[inline]
    pub(crate) fn find<O: Order, A: Align>(
        self,
        end: &[u8],
        searched: usize,
        r: &mut Reader<'_, O, A>,
    ) -> Result<(usize, usize), Fault> {
        // Nothing but a byte boundary is asked for.
        r.bytes(0)?;
        let rest = r.rest();
        // It may have begun at the end of what was searched.
        let from = (searched + 1).saturating_sub(end.len());
        if let Some(count) = find(rest.get(from..).unwrap_or_default(), end) {
            return Ok((from + count, end.len()));
        }
        if self.or_end {
            r.expect_end()?;
            return Ok((rest.len(), 0));
        }
        r.bytes(rest.len())?;
        // This says what is missing.
        r.array::<1>().map(|_| (0, 0))
    }

    /// How many bytes of a terminator of which `found` are there belong to the
    /// value, and how many are taken away behind it.
    #[inline]
    pub(crate) fn kept_and_taken(self, found: usize) -> (usize, usize) {
        match self.terminator {
            Terminator::Taken => (0, found),
            Terminator::Kept => (found, 0),
            Terminator::Left => (0, 0),
        }
    }

    /// Writes `end` behind a value, if it stands there and is none of it.
    #[inline]
    pub(crate) fn write_end<S: Sink, O: Order, A: Align>(
        self,
        end: &[u8],
        w: &mut Writer<S, O, A>,
    ) -> Result<(), Fault> {
        match self.terminator {
            Terminator::Taken => w.bytes(end),
            Terminator::Kept | Terminator::Left => Ok(()),
        }
    }
}

/// Where `end` is first seen.
#[inline]
fn find(bytes: &[u8], end: &[u8]) -> Option<usize> {
    match end {
        [end] => bytes.iter().position(|byte| byte == end),
        _ => bytes.windows(end.len().max(1)).position(|it| it == end),
    }
}

/// Where `end` is first seen in some bytes and it behind them.
#[inline]
fn find_begun(bytes: &[u8], end: &[u8]) -> usize {
    let begins = |at: &usize| {
        let left = &bytes[*at..];
        let both = left.len().min(end.len());
        left[..both] == end[..both] && end[both..] == end[..end.len() - both]
    };
    match end {
        [_] => find(bytes, end).unwrap_or(bytes.len()),
        _ => (0..bytes.len()).find(begins).unwrap_or(bytes.len()),
    }
}

/// Bytes, as an error tells them.
struct Shown<'a>(&'a [u8]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [byte] => write!(f, "the byte {byte:#04X}"),
            bytes => {
                f.write_str("the bytes")?;
                bytes.iter().try_for_each(|byte| write!(f, " {byte:02X}"))
            }
        }
    }
}

/// Bytes that can end something: one, `0`, or several, `b"\r\n"`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot end text, bytes or a piece",
    note = "write a byte, `b'|'`, or several, `b\"\\r\\n\"`"
)]
pub trait Delimiter {
    /// The bytes: one at the least.
    fn as_bytes(&self) -> &[u8];
}

impl Delimiter for u8 {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        core::slice::from_ref(self)
    }
}

impl<const N: usize> Delimiter for &[u8; N] {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        const { assert!(N > 0, "what ends something has a byte at the least") };
        *self
    }
}
