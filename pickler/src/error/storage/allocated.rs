//! On the heap.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use crate::error::Step;

/// An error's record: a pointer, so that results stay small.
pub type Kept<T> = Box<T>;

/// The content of a text.
#[derive(Clone)]
pub struct Content(Cow<'static, str>);

impl Content {
    pub const fn from_static(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub fn format(arguments: fmt::Arguments<'_>) -> Self {
        Self(Cow::Owned(alloc::fmt::format(arguments)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Cow<'static, str>> for Content {
    fn from(text: Cow<'static, str>) -> Self {
        Self(text)
    }
}

/// Steps, innermost first.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Path(Vec<Step>);

impl Path {
    pub fn push_outer(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Outermost first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.0.iter().rev()
    }

    /// Outer steps were dropped: never.
    #[expect(clippy::unused_self, reason = "the path without `alloc` must look")]
    pub fn is_cut(&self) -> bool {
        false
    }
}
