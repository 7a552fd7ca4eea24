//! Statements that somebody vouches for.

use cluster_protocol::{Charter, Signed, Statement};
use thiserror::Error;

use super::keys::{SigningKey, verify_bytes};

/// The most bytes of a statement: half of what a message holds, so that it can
/// travel with others.
pub const MAX_STATEMENT: usize = cluster_protocol::MAX_MESSAGE / 2;

/// Why a signed statement does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// It is signed by somebody whose word does not count here.
    #[error("signed by a key that is not allowed to")]
    Key,
    /// The signature is not that key's on these bytes.
    #[error("the signature does not hold")]
    Signature,
    /// It is too large.
    #[error("a statement of {0} bytes is larger than {MAX_STATEMENT}")]
    TooLarge(usize),
    /// What is signed is no statement that this program knows.
    #[error("what is signed is not a statement: {0}")]
    Content(String),
}

impl SigningKey {
    /// Vouches for a statement.
    ///
    /// ```
    /// use cluster::identity::{SigningKey, verify};
    /// use cluster_protocol::{Rollback, Statement, ClusterId};
    ///
    /// let key = SigningKey::generate()?;
    /// let leave = Statement::Rollback(Rollback {
    ///     cluster: ClusterId([1; 16]),
    ///     from: 4,
    ///     to: 3,
    ///     expires: 1_900_000_000,
    ///     reason: "4 loses chips".into(),
    /// });
    /// let signed = key.sign(&leave)?;
    /// assert_eq!(verify(&signed, &[key.public()])?, leave);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sign(&self, statement: &Statement) -> Result<Signed, SignatureError> {
        let bytes = pickler::encode(statement)
            .map_err(|error| SignatureError::Content(error.to_string()))?;
        if bytes.len() > MAX_STATEMENT {
            return Err(SignatureError::TooLarge(bytes.len()));
        }
        Ok(Signed {
            key: self.public(),
            signature: self.sign_bytes(&bytes),
            statement: bytes.into(),
        })
    }
}

/// What one of the allowed keys vouches for. Nothing of it is decoded before
/// the signature holds.
pub fn verify(signed: &Signed, allowed: &[[u8; 32]]) -> Result<Statement, SignatureError> {
    if signed.statement.len() > MAX_STATEMENT {
        return Err(SignatureError::TooLarge(signed.statement.len()));
    }
    if !allowed.contains(&signed.key) {
        return Err(SignatureError::Key);
    }
    if !verify_bytes(&signed.key, &signed.statement, &signed.signature) {
        return Err(SignatureError::Signature);
    }
    pickler::decode(&signed.statement).map_err(|error| SignatureError::Content(error.to_string()))
}

/// The charter in a statement that the cluster's charter key has signed; none:
/// it is no such thing.
pub fn verify_charter(signed: &Signed, charter_key: [u8; 32]) -> Option<Charter> {
    match verify(signed, &[charter_key]) {
        Ok(Statement::Charter(charter)) => Some(charter),
        _ => None,
    }
}
