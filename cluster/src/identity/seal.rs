//! Datagrams that only members can read and write.

use cluster_protocol::{Datagram, GossipKey, MAX_DATAGRAM};
use pickler::ByteString;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use thiserror::Error;

use super::keys::{NoRandomness, random};

/// Bytes of a datagram that are not its content: the key's number, the nonce,
/// and what authenticates it.
const OVERHEAD: usize = HEADER + 16;

/// Bytes of the key's number and the nonce.
const HEADER: usize = 4 + 12;

/// The most bytes that one datagram can carry.
pub const MAX_SEALED: usize = MAX_DATAGRAM - OVERHEAD;

/// The most keys that count at one time.
pub const MAX_KEYS: usize = 3;

/// Why a datagram is not sealed or not opened.
#[derive(Debug, Error)]
pub enum SealError {
    /// No key has come yet.
    #[error("there is no key")]
    NoKey,
    /// It is sealed with a key that does not count, or not any more.
    #[error("sealed with key {0}, which does not count")]
    UnknownKey(u32),
    /// It was not sealed with that key, or was changed since.
    #[error("not sealed with the cluster's key")]
    Forged,
    /// It is shorter than any can be.
    #[error("{0} bytes are too few")]
    TooShort(usize),
    /// It is larger than any may be.
    #[error("{0} bytes are too many")]
    TooLarge(usize),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Numbers that are never the same twice: eight random bytes, drawn anew by
/// each process, and a count.
///
/// With `n` processes in the life of a key, the chance that two draw the same
/// is about n² / 2⁶⁵: for a million, one in 37 million.
#[derive(Debug)]
pub struct Nonces {
    prefix: [u8; 8],
    /// None: the prefix is used up.
    next: Option<u32>,
}

/// The keys that count.
///
/// ```
/// use cluster::identity::{KeyRing, Nonces};
/// use cluster_protocol::GossipKey;
///
/// let old = GossipKey { id: 1, secret: [1; 32] };
/// let new = GossipKey { id: 2, secret: [2; 32] };
/// let mut nonces = Nonces::random()?;
/// let sealed = KeyRing::new(vec![old.clone()]).seal(b"who is there?", &mut nonces)?;
/// let ring = KeyRing::new(vec![new, old]);
/// assert_eq!(ring.open(&sealed)?, b"who is there?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyRing {
    keys: Vec<GossipKey>,
}

impl Nonces {
    /// Those of a process.
    pub fn random() -> Result<Self, NoRandomness> {
        Ok(Self::with_prefix(random()?))
    }

    /// Those of a process in a simulation, where the random bytes are not.
    pub fn with_prefix(prefix: [u8; 8]) -> Self {
        Self {
            prefix,
            next: Some(0),
        }
    }

    fn draw(&mut self) -> Result<[u8; 12], NoRandomness> {
        let count = if let Some(count) = self.next {
            count
        } else {
            self.prefix = random()?;
            0
        };
        self.next = count.checked_add(1);
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&self.prefix);
        nonce[8..].copy_from_slice(&count.to_be_bytes());
        Ok(nonce)
    }
}

impl KeyRing {
    /// These keys, the newest first; of more than [`MAX_KEYS`], the first.
    pub fn new(mut keys: Vec<GossipKey>) -> Self {
        keys.truncate(MAX_KEYS);
        Self { keys }
    }

    /// The keys, the newest first.
    pub fn keys(&self) -> &[GossipKey] {
        &self.keys
    }

    /// Seals with the newest key, into the bytes of a [`Datagram`].
    pub fn seal(&self, plain: &[u8], nonces: &mut Nonces) -> Result<Vec<u8>, SealError> {
        let key = self.keys.first().ok_or(SealError::NoKey)?;
        if plain.len() > MAX_SEALED {
            return Err(SealError::TooLarge(plain.len()));
        }
        let nonce = nonces.draw()?;
        let mut sealed = plain.to_vec();
        cipher(key)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(header(key.id, nonce)),
                &mut sealed,
            )
            .map_err(|_| SealError::TooLarge(plain.len()))?;
        pickler::encode(&Datagram {
            key: key.id,
            nonce,
            sealed: ByteString::from(sealed),
        })
        .map_err(|_| SealError::TooLarge(plain.len()))
    }

    /// What is in a datagram, if it is sealed with a key that counts. That it
    /// has not come before is for its reader to make out.
    pub fn open(&self, bytes: &[u8]) -> Result<Vec<u8>, SealError> {
        if bytes.len() > MAX_DATAGRAM {
            return Err(SealError::TooLarge(bytes.len()));
        }
        if bytes.len() < OVERHEAD {
            return Err(SealError::TooShort(bytes.len()));
        }
        let datagram: Datagram =
            pickler::decode(bytes).map_err(|_| SealError::TooShort(bytes.len()))?;
        let key = self
            .keys
            .iter()
            .find(|key| key.id == datagram.key)
            .ok_or(SealError::UnknownKey(datagram.key))?;
        let mut sealed = datagram.sealed.to_vec();
        let plain = cipher(key)
            .open_in_place(
                Nonce::assume_unique_for_key(datagram.nonce),
                Aad::from(header(datagram.key, datagram.nonce)),
                &mut sealed,
            )
            .map_err(|_| SealError::Forged)?
            .len();
        sealed.truncate(plain);
        Ok(sealed)
    }
}

/// What is authenticated with the content.
fn header(key: u32, nonce: [u8; 12]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..4].copy_from_slice(&key.to_be_bytes());
    header[4..].copy_from_slice(&nonce);
    header
}

fn cipher(key: &GossipKey) -> LessSafeKey {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &key.secret)
        .expect("the secret has the length that the cipher wants");
    LessSafeKey::new(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_is_used_up_is_begun_anew_under_another_prefix() {
        let mut nonces = Nonces {
            prefix: [5; 8],
            next: Some(u32::MAX),
        };
        assert_eq!(nonces.draw().unwrap()[..8], [5; 8]);
        let next = nonces.draw().unwrap();
        assert_ne!(next[..8], [5; 8]);
        assert_eq!(next[8..], [0; 4]);
        let after = nonces.draw().unwrap();
        assert_eq!(after[..8], next[..8]);
        assert_eq!(after[8..], [0, 0, 0, 1]);
    }
}
