//! Fields that follow from the others.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Derived<T>(Option<T>);

impl<T> Derived<T> {
    /// Follows from the other fields.
    pub const fn auto() -> Self {
        Self(None)
    }

    /// Is written as it is, right or wrong.
    pub const fn forge(value: T) -> Self {
        Self(Some(value))
    }

    /// What is written in place of what follows, if anything is.
    pub const fn forged(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T> Default for Derived<T> {
    fn default() -> Self {
        Self::auto()
    }
}
