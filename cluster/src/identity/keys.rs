//! Keys that sign: statements, certificates, handshakes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use cluster_protocol::{CertificateRequest, Digest};
use ring::digest::{Context, SHA256};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use rustls::pki_types::PrivatePkcs8KeyDer;
use thiserror::Error;

use super::stored::{StoreError, Stored};

/// What the proof of a [`CertificateRequest`] begins with.
const REQUEST_LABEL: &[u8] = b"cluster certificate request 1\0";

/// What comes before the seed of an ed25519 key in PKCS #8 (RFC 8410).
const PKCS8_PREFIX: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The operating system gives no randomness.
#[derive(Debug, Error)]
#[error("no randomness from the operating system: {0}")]
pub struct NoRandomness(getrandom::Error);

/// Bytes that nobody can guess.
pub(super) fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// The SHA-256 hash of bytes.
///
/// ```
/// let hash = cluster::identity::sha256(b"");
/// assert_eq!(format!("{hash:.8}"), "e3b0c442");
/// ```
pub fn sha256(bytes: &[u8]) -> Digest {
    digest(ring::digest::digest(&SHA256, bytes))
}

/// The SHA-256 hash of a file's content, whatever its size.
///
/// # Errors
/// If it cannot be read.
pub fn sha256_of_file(path: &Path) -> io::Result<Digest> {
    let mut file = File::open(path)?;
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => context.update(&buffer[..read]),
        }
    }
    Ok(digest(context.finish()))
}

fn digest(hash: ring::digest::Digest) -> Digest {
    let mut digest = Digest::default();
    digest.0.copy_from_slice(hash.as_ref());
    digest
}

/// An ed25519 key: it signs releases or charters, or is that of an
/// [`Authority`](super::Authority) or an [`Identity`](super::Identity).
///
/// ```
/// use cluster::identity::{SigningKey, verify_bytes};
///
/// let key = SigningKey::generate()?;
/// let signature = key.sign_bytes(b"so be it");
/// assert!(verify_bytes(&key.public(), b"so be it", &signature));
/// assert!(!verify_bytes(&key.public(), b"so be them", &signature));
/// # Ok::<(), cluster::identity::NoRandomness>(())
/// ```
pub struct SigningKey {
    seed: [u8; 32],
    public: [u8; 32],
    pair: Ed25519KeyPair,
}

impl SigningKey {
    /// A new one.
    pub fn generate() -> Result<Self, NoRandomness> {
        Ok(Self::from_seed(random()?))
    }

    /// The one that a secret of 32 bytes stands for.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed)
            .expect("only a seed of another length is rejected");
        let mut public = [0; 32];
        public.copy_from_slice(pair.public_key().as_ref());
        Self { seed, public, pair }
    }

    /// Reads it from a file.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        const EXPECTED: &str = "a key that signs";
        match Stored::load(path, EXPECTED)? {
            Stored::Key { seed } => Ok(Self::from_seed(seed)),
            _ => Err(Stored::other(path, EXPECTED)),
        }
    }

    /// Writes it to a file that only its owner may read.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        Stored::Key { seed: self.seed }.save(path)
    }

    /// The public key.
    pub fn public(&self) -> [u8; 32] {
        self.public
    }

    /// The signature on bytes. For what others are to rely on, see
    /// [`sign`](Self::sign).
    pub fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.pair.sign(bytes).as_ref());
        signature
    }

    /// Asks for certificates for this key, as the peer of that name.
    pub fn request(&self, name: &str) -> CertificateRequest {
        CertificateRequest {
            key: self.public,
            proof: self.sign_bytes(&request_bytes(name)),
        }
    }

    /// The secret.
    pub(super) fn seed(&self) -> [u8; 32] {
        self.seed
    }

    /// The secret as TLS wants it.
    pub(super) fn pkcs8(&self) -> PrivatePkcs8KeyDer<'static> {
        PrivatePkcs8KeyDer::from([&PKCS8_PREFIX[..], &self.seed].concat())
    }
}

impl Clone for SigningKey {
    fn clone(&self) -> Self {
        Self::from_seed(self.seed)
    }
}

/// The public key, not the secret.
impl core::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "key {:.12}", Digest(self.public))
    }
}

impl rcgen::PublicKeyData for SigningKey {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ED25519
    }
}

impl rcgen::SigningKey for SigningKey {
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(self.sign_bytes(bytes).to_vec())
    }
}

/// Whether a signature is that of the key's owner on just these bytes.
pub fn verify_bytes(key: &[u8; 32], bytes: &[u8], signature: &[u8; 64]) -> bool {
    UnparsedPublicKey::new(&ED25519, key)
        .verify(bytes, signature)
        .is_ok()
}

/// Whether the sender of a request holds the key, and goes by that name.
pub(super) fn proves(request: &CertificateRequest, name: &str) -> bool {
    verify_bytes(&request.key, &request_bytes(name), &request.proof)
}

fn request_bytes(name: &str) -> Vec<u8> {
    [REQUEST_LABEL, name.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::testing::Folder;

    #[test]
    fn a_key_is_the_same_after_a_file() {
        let folder = Folder::new();
        let key = SigningKey::generate().unwrap();
        key.save(&folder.path("key")).unwrap();
        let again = SigningKey::load(&folder.path("key")).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(again.sign_bytes(b"x"), key.sign_bytes(b"x"));
    }

    #[test]
    fn a_file_that_holds_something_else_is_no_key() {
        let folder = Folder::new();
        let path = folder.path("key");
        for content in [&b""[..], &[1; 32], &[1; 34], &[6, 0]] {
            std::fs::write(&path, content).unwrap();
            let error = SigningKey::load(&path).unwrap_err();
            assert!(matches!(error, StoreError::Content { .. }), "{error}");
        }
    }

    #[test]
    fn a_request_proves_the_key_and_the_name() {
        let key = SigningKey::from_seed([1; 32]);
        let request = key.request("worker-1");
        assert!(proves(&request, "worker-1"));
        assert!(!proves(&request, "worker-2"));
        let stolen = CertificateRequest {
            key: SigningKey::from_seed([2; 32]).public(),
            ..request
        };
        assert!(!proves(&stolen, "worker-1"));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let key = SigningKey::from_seed([0xab; 32]);
        assert!(!format!("{key:?}").contains("abab"));
    }
}
