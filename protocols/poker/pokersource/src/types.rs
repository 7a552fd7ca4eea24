//! The protocol's own types.

use core::fmt;
use core::ops::{Deref, DerefMut};

use pickler::{ByteString, Pickle};

/// A string: its length in bytes as a `u16`, and so many bytes.
///
/// It has no charset and no terminator. What people type is UTF-8 nowadays and
/// was Latin-1 when the protocol was young, so nothing is refused for what its
/// bytes are.
///
/// ```
/// use pokersource::Str16;
///
/// let name = Str16::from("bob");
/// assert_eq!(pickler::encode(&name)?, b"\x00\x03bob");
/// assert_eq!(name, "bob");
/// # Ok::<(), pickler::Error>(())
/// ```
#[derive(Pickle, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Str16(#[pickle(count = u16)] ByteString);

impl Str16 {
    /// The greatest length, in bytes.
    pub const MAX_LEN: usize = 65_535;

    /// The empty string.
    pub const fn new() -> Self {
        Self(ByteString::new())
    }

    /// The bytes, owned.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

impl Deref for Str16 {
    type Target = ByteString;
    fn deref(&self) -> &ByteString {
        &self.0
    }
}

impl DerefMut for Str16 {
    fn deref_mut(&mut self) -> &mut ByteString {
        &mut self.0
    }
}

impl<T: Into<ByteString>> From<T> for Str16 {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl PartialEq<str> for Str16 {
    fn eq(&self, other: &str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<&str> for Str16 {
    fn eq(&self, other: &&str) -> bool {
        self.0 == **other
    }
}

/// The text, with U+FFFD for what is not UTF-8.
impl fmt::Display for Str16 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Str16 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a player has in one currency.
///
/// The order of such rows in a message means nothing.
#[derive(Pickle, Clone, Copy, Debug, PartialEq, Eq)]
#[pickle(default, row)]
pub struct Money<Amount> {
    /// The currency.
    pub currency: u32,
    /// What is in the bank.
    pub bankroll: Amount,
    /// What is at tables and in tournaments.
    pub in_game: Amount,
    /// What is not money, but counts.
    pub points: Amount,
}

/// A player in a list of players.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(default, row)]
pub struct PlayerRow {
    /// The player's name.
    pub name: Str16,
    /// How many chips the player has.
    pub chips: u32,
    /// The player's state, as the table or tournament sees it.
    pub flag: u8,
}
