//! Real keys and signatures.

use cluster_protocol::{ClusterFacts, ClusterId, Signed, Statement};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// The cluster of all tests.
pub const CLUSTER: ClusterId = ClusterId([9; 16]);

fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("any 32 bytes are a seed")
}

pub fn public(seed: u8) -> [u8; 32] {
    key(seed)
        .public_key()
        .as_ref()
        .try_into()
        .expect("a key has 32 bytes")
}

/// The seeds of the keys.
pub const RELEASE: u8 = 1;
pub const CHARTER: u8 = 2;
pub const STRANGER: u8 = 3;

pub fn sign_with(seed: u8, statement: &Statement) -> Signed {
    let bytes = pickler::encode(statement).expect("it fits");
    let signature = key(seed).sign(&bytes);
    Signed {
        key: public(seed),
        signature: signature
            .as_ref()
            .try_into()
            .expect("a signature has 64 bytes"),
        statement: bytes.into(),
    }
}

pub fn verify(signed: &Signed, keys: &[[u8; 32]]) -> Result<Statement, String> {
    if !keys.contains(&signed.key) {
        return Err("the key is a stranger's".to_owned());
    }
    let key = UnparsedPublicKey::new(&ED25519, signed.key);
    key.verify(&signed.statement, &signed.signature)
        .map_err(|_| "the signature is wrong")?;
    pickler::decode(&signed.statement).map_err(|error| error.to_string())
}

pub fn facts(charter: Signed) -> ClusterFacts {
    ClusterFacts {
        id: CLUSTER,
        name: "test".into(),
        authority: Vec::new().into(),
        charter_key: public(CHARTER),
        release_keys: vec![public(RELEASE)],
        boot: std::net::SocketAddr::from(([127, 0, 0, 1], 4370)).into(),
        charter,
    }
}
