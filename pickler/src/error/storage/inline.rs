//! In places of fixed size, for where there is no allocator.

use core::fmt::{self, Write};

use crate::error::Step;

/// How many bytes of a text are kept.
const BYTES: usize = 22;
/// The end of a text that was cut.
const CUT: &str = "...";
/// How many steps of a path are kept: the innermost.
const STEPS: usize = 6;

/// An error's record.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept<T>(T);

impl<T> Kept<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }
}

impl<T> core::ops::Deref for Kept<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> core::ops::DerefMut for Kept<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// The content of a text.
#[derive(Clone)]
pub enum Content {
    Static(&'static str),
    Made(Made),
}

/// A text made on the spot.
#[derive(Clone)]
pub struct Made {
    bytes: [u8; BYTES],
    length: u8,
}

impl Content {
    pub const fn from_static(text: &'static str) -> Self {
        Self::Static(text)
    }

    pub fn format(arguments: fmt::Arguments<'_>) -> Self {
        let mut made = Made {
            bytes: [0; BYTES],
            length: 0,
        };
        if made.write_fmt(arguments).is_err() {
            made.cut();
        }
        Self::Made(made)
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Made(made) => made.as_str(),
        }
    }
}

impl Made {
    fn as_str(&self) -> &str {
        // Only whole characters are put in.
        core::str::from_utf8(&self.bytes[..self.length.into()]).unwrap_or_default()
    }

    fn cut(&mut self) {
        let kept = whole_characters(self.as_str(), BYTES - CUT.len());
        let end = kept + CUT.len();
        self.bytes[kept..end].copy_from_slice(CUT.as_bytes());
        self.length = end as u8;
    }
}

impl Write for Made {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let used = usize::from(self.length);
        let taken = whole_characters(text, BYTES - used);
        let end = used + taken;
        self.bytes[used..end].copy_from_slice(&text.as_bytes()[..taken]);
        self.length = end as u8;
        if taken < text.len() {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// How many of the first `room` bytes of a text are whole characters.
fn whole_characters(text: &str, room: usize) -> usize {
    if text.len() <= room {
        return text.len();
    }
    (0..=room)
        .rev()
        .find(|&end| text.is_char_boundary(end))
        .unwrap_or(0)
}

/// Steps, innermost first.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Path {
    steps: [Option<Step>; STEPS],
    cut: bool,
}

impl Path {
    pub fn push_outer(&mut self, step: Step) {
        match self.steps.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some(step),
            None => self.cut = true,
        }
    }

    /// Outermost first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().flatten().rev()
    }

    /// Outer steps were dropped.
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kept: &str) {
        assert_eq!(Content::format(format_args!("{text}")).as_str(), kept);
    }

    #[test]
    fn what_fits_is_whole_and_what_does_not_is_cut_between_characters() {
        check("", "");
        check("0123456789012345678901", "0123456789012345678901");
        check("01234567890123456789012", "0123456789012345678...");
        // A character of two bytes stands where the cut would be.
        check(
            "012345678901234567\u{e9}\u{e9}\u{e9}",
            "012345678901234567...",
        );
    }

    #[test]
    fn the_innermost_steps_are_kept() {
        let mut path = Path::default();
        for index in 0..6 {
            path.push_outer(Step::Item(index));
        }
        assert!(!path.is_cut());
        path.push_outer(Step::Item(6));
        assert!(path.is_cut());
        assert!(path.steps().eq([5, 4, 3, 2, 1, 0].map(Step::Item).iter()));
    }
}
