//! The protocol's own types.

use core::fmt;
use core::ops::{Deref, DerefMut};

use pickler::{ByteString, Pickle};

/// An amount of money in hundredths of its unit.
///
/// ```
/// use openpoker::Cents;
///
/// assert_eq!(Cents(1_005).to_string(), "10.05");
/// ```
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub u32);

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A string: its length in bytes as a `u8`, and so many bytes, whatever they
/// are.
///
/// ```
/// use openpoker::Str8;
///
/// assert_eq!(pickler::encode(&Str8::from("bob"))?, b"\x03bob");
/// # Ok::<(), pickler::Error>(())
/// ```
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Str8(#[pickle(count = u8)] ByteString);

impl Deref for Str8 {
    type Target = ByteString;
    fn deref(&self) -> &ByteString {
        &self.0
    }
}

impl DerefMut for Str8 {
    fn deref_mut(&mut self) -> &mut ByteString {
        &mut self.0
    }
}

impl From<&str> for Str8 {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<Vec<u8>> for Str8 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}
