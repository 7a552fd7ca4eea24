//! The error of code written by hand.

/// Why some bytes are no message, or a message has no bytes.
///
/// As small in a result as what a program would make of it: a pointer. With an
/// empty error results would be laid out, and dropped, as no program's are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::redundant_allocation,
    reason = "one word, which owns what it says"
)]
pub struct Malformed(Box<&'static str>);

impl Malformed {
    /// Made where nothing is in a hurry any more.
    #[cold]
    #[inline(never)]
    pub fn new(why: &'static str) -> Self {
        Self(Box::new(why))
    }

    /// The input ends too soon.
    pub fn short() -> Self {
        Self::new("it ends too soon")
    }

    /// More follows than what was expected.
    pub fn trailing() -> Self {
        Self::new("more follows")
    }

    /// A field cannot hold its value.
    pub fn too_large() -> Self {
        Self::new("a value does not fit its field")
    }

    /// No message has such a tag.
    pub fn unknown() -> Self {
        Self::new("it is no message that is known")
    }
}
