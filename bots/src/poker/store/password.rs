//! Hashing of passwords.
//!
//! PBKDF2 with HMAC-SHA-256 and a salt for each account. The number of rounds
//! is small: thousands of bots log in within seconds, on the machine that also
//! runs them. It keeps passwords out of the file and makes no two equal ones
//! look alike; it does not stop who steals the file and has time. This is a
//! server for tests: do not give it a password that is used elsewhere.

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;

use super::StoreError;

const ROUNDS: u32 = 200;

/// A salted hash, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hashed {
    pub salt: [u8; 16],
    pub hash: [u8; 32],
}

impl Hashed {
    /// Hashes with a fresh salt.
    pub fn new(password: &[u8]) -> Result<Self, StoreError> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| {
            StoreError::Database(format!("no random numbers for a salt: {error}"))
        })?;
        Ok(Self {
            salt,
            hash: hash(password, salt),
        })
    }

    /// Whether this is the password, in a time that does not tell how much of
    /// it is right.
    pub fn matches(&self, password: &[u8]) -> bool {
        let other = hash(password, self.salt);
        let differences = self
            .hash
            .iter()
            .zip(other)
            .fold(0, |all, (one, two)| all | (one ^ two));
        differences == 0
    }
}

fn hash(password: &[u8], salt: [u8; 16]) -> [u8; 32] {
    let mut hash = [0; 32];
    pbkdf2_hmac::<Sha256>(password, &salt, ROUNDS, &mut hash);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_matches_and_no_two_hashes_are_alike() {
        let hashed = Hashed::new(b"secret\0\xff").unwrap();
        assert!(hashed.matches(b"secret\0\xff"));
        for other in [&b"secret"[..], b"", b"secret\0\xfe", b"Secret\0\xff"] {
            assert!(!hashed.matches(other));
        }
        assert_ne!(hashed, Hashed::new(b"secret\0\xff").unwrap());
    }
}
