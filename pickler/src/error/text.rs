//! The words of an error.

#[cfg(feature = "alloc")]
use alloc::borrow::Cow;
#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::string::String;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

use super::storage::Content;

/// A text in an error, or a step of its path: a static one, or one made on the
/// spot.
///
/// Without the feature `alloc`, what is made on the spot holds 22 bytes; what
/// is longer is cut and ends with `...`.
///
/// ```
/// use pickler::Text;
///
/// assert_eq!(Text::from("stack"), "stack");
/// assert_eq!(Text::debug(&[1, 2, 3]), "[1, 2, 3]");
/// ```
#[derive(Clone)]
pub struct Text(Content);

impl Text {
    /// A text that is there already.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Content::from_static(text))
    }

    /// What [`fmt::Debug`] says of a value.
    #[cold]
    pub fn debug(value: &dyn fmt::Debug) -> Self {
        Self(Content::format(format_args!("{value:?}")))
    }

    /// What [`fmt::Display`] says of a value, such as that of
    /// [`format_args!`].
    #[cold]
    pub fn display(value: &dyn fmt::Display) -> Self {
        Self(Content::format(format_args!("{value}")))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::from_static(text)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(feature = "alloc")]
impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Content::from(Cow::Owned(text)))
    }
}

#[cfg(feature = "alloc")]
impl From<Box<str>> for Text {
    fn from(text: Box<str>) -> Self {
        String::from(text).into()
    }
}

#[cfg(feature = "alloc")]
impl From<Cow<'static, str>> for Text {
    fn from(text: Cow<'static, str>) -> Self {
        Self(Content::from(text))
    }
}
