//! What both ends send before any message.

use core::fmt;

/// What both ends send, at once and before any message: the name and version of
/// the protocol.
pub const HANDSHAKE: &[u8; 12] = b"CGI 002.000\n";

/// Reads what the other end sends before any message; does no I/O.
///
/// The bytes must be those of [`HANDSHAKE`], each of them: a version is spoken
/// or it is not.
///
/// ```
/// use pokersource::{HANDSHAKE, Handshake};
///
/// let mut handshake = Handshake::new();
/// let mut input: &[u8] = b"CGI 002";
/// assert!(!handshake.read(&mut input)?);
/// let mut input: &[u8] = b".000\n\x05\x00\x03";
/// assert!(handshake.read(&mut input)?);
/// assert_eq!(input, [5, 0, 3], "what follows is left");
/// # Ok::<(), pokersource::HandshakeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handshake {
    /// How many bytes have come and were right.
    matched: u8,
}

/// The other end does not speak this version of the protocol.
///
/// The first wrong byte shows it; what came behind that byte is not looked at,
/// so that the error is the same however the bytes are cut into pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandshakeError {
    matched: u8,
    found: u8,
}

impl Handshake {
    /// Nothing has come yet.
    pub const fn new() -> Self {
        Self { matched: 0 }
    }

    /// Takes what belongs to the handshake from the start of `input`; says
    /// whether the handshake is complete.
    ///
    /// # Errors
    /// If a byte is wrong: then, and from then on for the same byte. It is not
    /// taken.
    pub fn read(&mut self, input: &mut &[u8]) -> Result<bool, HandshakeError> {
        while let Some(&expected) = HANDSHAKE.get(usize::from(self.matched)) {
            let Some((&found, rest)) = input.split_first() else {
                return Ok(false);
            };
            if found != expected {
                let matched = self.matched;
                return Err(HandshakeError { matched, found });
            }
            self.matched += 1;
            *input = rest;
        }
        Ok(true)
    }

    /// All of it has come.
    pub const fn is_complete(self) -> bool {
        self.matched as usize == HANDSHAKE.len()
    }
}

impl HandshakeError {
    /// What was found, up to and with the first byte that is wrong.
    pub fn found(&self) -> Vec<u8> {
        let mut found = HANDSHAKE[..usize::from(self.matched)].to_vec();
        found.push(self.found);
        found
    }

    /// Where the first wrong byte is, from 0.
    pub const fn offset(&self) -> usize {
        self.matched as usize
    }
}

impl core::error::Error for HandshakeError {}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected the handshake \"{}\", found \"{}\", which differs at byte {}",
            HANDSHAKE.escape_ascii(),
            self.found().escape_ascii(),
            self.offset()
        )
    }
}
