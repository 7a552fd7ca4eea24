//! Fields that follow from the others.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::schema::Operand;

/// A field whose value follows from the other fields: filled in on write,
/// verified on read.
///
/// It is automatic unless [forged](Derived::forge), so that tests can send a
/// wrong one.
///
/// ```
/// use pickler::{ByteString, Derived, Pickle};
///
/// #[derive(Pickle, Debug, Default, PartialEq)]
/// struct Note {
///     #[pickle(derived = sizeof(text))]
///     length: Derived<u16>,
///     #[pickle(size = length)]
///     text: ByteString,
/// }
///
/// let note = Note { text: "hi".into(), ..Note::default() };
/// assert_eq!(pickler::encode(&note)?, b"\x00\x02hi");
///
/// let forged = Note { length: Derived::forge(9), ..note };
/// assert_eq!(pickler::encode(&forged)?, b"\x00\x09hi");
/// assert!(pickler::decode::<Note>(b"\x00\x09hi").is_err());
/// # Ok::<(), pickler::Error>(())
/// ```
///
/// What was read is kept for what looks at it on the way; it counts for nothing
/// where values are compared or written, where it follows anew.
#[derive(Clone, Copy)]
pub struct Derived<T>(State<T>);

#[derive(Clone, Copy)]
enum State<T> {
    Follows,
    Read(T),
    Forged(T),
}

impl<T> Derived<T> {
    /// Follows from the other fields.
    pub const fn auto() -> Self {
        Self(State::Follows)
    }

    /// Is written as it is, right or wrong.
    pub const fn forge(value: T) -> Self {
        Self(State::Forged(value))
    }

    /// What is written in place of what follows, if anything is.
    pub const fn forged(&self) -> Option<&T> {
        match &self.0 {
            State::Forged(value) => Some(value),
            State::Follows | State::Read(_) => None,
        }
    }

    /// Follows from the other fields, as it was when it was read.
    #[doc(hidden)]
    #[inline(always)]
    pub const fn read(value: T) -> Self {
        Self(State::Read(value))
    }
}

impl<T> Default for Derived<T> {
    fn default() -> Self {
        Self::auto()
    }
}

impl<T: fmt::Debug> fmt::Debug for Derived<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Derived").field(&self.forged()).finish()
    }
}

impl<T: PartialEq> PartialEq for Derived<T> {
    fn eq(&self, other: &Self) -> bool {
        self.forged() == other.forged()
    }
}

impl<T: Eq> Eq for Derived<T> {}

impl<T: Hash> Hash for Derived<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.forged().hash(state);
    }
}

/// What was read, or is forged: what is to be written is found out by the record
/// that it is in.
impl<T: Operand> Operand for Derived<T> {
    #[inline(always)]
    fn operand(&self) -> Option<i128> {
        match &self.0 {
            State::Follows => None,
            State::Read(value) | State::Forged(value) => value.operand(),
        }
    }
}
