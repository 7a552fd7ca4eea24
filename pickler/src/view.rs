//! The trait of types that look at a record's fields one by one.

use crate::codec::decode;
use crate::error::Error;
use crate::pickle::Pickle;

/// A view of a record: its bytes, and a method for each field, which is read
/// when it is asked for.
///
/// `#[pickle(view)]` on a struct makes one.
///
/// ```
/// use pickler::{Pickle, View};
///
/// #[derive(Pickle, Debug, PartialEq)]
/// #[pickle(view)]
/// struct Player {
///     seat: u8,
///     stack: u32,
///     #[pickle(count = u8)]
///     name: String,
/// }
///
/// let player = Player::view(b"\x02\0\0\x03\xE8\x03bob")?;
/// assert_eq!(player.stack(), 1_000);
/// assert_eq!(player.name()?, "bob");
/// assert_eq!(player.read()?, Player { seat: 2, stack: 1_000, name: "bob".into() });
/// # Ok::<(), pickler::Error>(())
/// ```
pub trait View<'de>: Copy {
    /// What it is a view of.
    type Record: Pickle<'de>;

    /// Looks at the bytes of a record. That its first fields are there is
    /// checked here, once, as far as they take the same room in every record;
    /// so is the constant in front of them.
    ///
    /// # Errors
    /// Those of [`decode`], where that much is not there.
    fn of(bytes: &'de [u8]) -> Result<Self, Error>;

    /// All of its bytes.
    fn bytes(&self) -> &'de [u8];

    /// The whole record, which takes up all of the bytes.
    ///
    /// # Errors
    /// Those of [`decode`].
    fn read(&self) -> Result<Self::Record, Error> {
        decode(self.bytes())
    }
}
