//! Statements, and signatures that do not hold.

use cluster_protocol::{Charter, ClusterId, Manifest, Signed, Statement};

use crate::identity::{MAX_STATEMENT, SignatureError, SigningKey, verify};

fn statement() -> Statement {
    Statement::Manifest(Manifest {
        cluster: ClusterId([3; 16]),
        name: "spring".into(),
        version: 7,
        ..Manifest::default()
    })
}

fn key() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

#[test]
fn any_of_the_allowed_keys_will_do() {
    let signed = key().sign(&statement()).unwrap();
    let others = [[0; 32], key().public(), [9; 32]];
    assert_eq!(verify(&signed, &others), Ok(statement()));
    assert_eq!(verify(&signed, &[]), Err(SignatureError::Key));
    let other = SigningKey::from_seed([2; 32]).public();
    assert_eq!(verify(&signed, &[other]), Err(SignatureError::Key));
}

#[test]
fn a_signature_is_not_carried_over_to_another_key() {
    let mut signed = key().sign(&statement()).unwrap();
    signed.key = SigningKey::from_seed([2; 32]).public();
    assert_eq!(
        verify(&signed, &[signed.key]),
        Err(SignatureError::Signature)
    );
}

#[test]
fn every_bit_of_a_statement_and_its_signature_counts() {
    let signed = key().sign(&statement()).unwrap();
    let allowed = [key().public()];
    for bit in 0..signed.statement.len() * 8 {
        let mut bytes = signed.statement.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let changed = Signed {
            statement: bytes.into(),
            ..signed.clone()
        };
        assert_eq!(verify(&changed, &allowed), Err(SignatureError::Signature));
    }
    for bit in 0..512 {
        let mut changed = signed.clone();
        changed.signature[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(verify(&changed, &allowed), Err(SignatureError::Signature));
    }
    for length in 0..signed.statement.len() {
        let changed = Signed {
            statement: signed.statement[..length].to_vec().into(),
            ..signed.clone()
        };
        assert_eq!(verify(&changed, &allowed), Err(SignatureError::Signature));
    }
}

#[test]
fn a_statement_of_one_kind_is_none_of_another() {
    let signed = key().sign(&Statement::Charter(Charter::default())).unwrap();
    let mut bytes = signed.statement.to_vec();
    bytes[0] = 1;
    let changed = Signed {
        statement: bytes.into(),
        ..signed
    };
    let error = verify(&changed, &[key().public()]);
    assert_eq!(error, Err(SignatureError::Signature));
}

#[test]
fn garbage_is_looked_at_only_if_somebody_vouches_for_it() {
    let garbage = vec![0xff; 40];
    let mut signed = Signed {
        signature: [0; 64],
        key: key().public(),
        statement: garbage.clone().into(),
    };
    let allowed = [key().public()];
    assert_eq!(verify(&signed, &allowed), Err(SignatureError::Signature));
    signed.signature = key().sign_bytes(&garbage);
    assert!(matches!(
        verify(&signed, &allowed),
        Err(SignatureError::Content(_))
    ));
    // Nor may anything come after the statement.
    let bytes = key().sign(&statement()).unwrap().statement.to_vec();
    let longer = [bytes, vec![0]].concat();
    signed.signature = key().sign_bytes(&longer);
    signed.statement = longer.into();
    assert!(matches!(
        verify(&signed, &allowed),
        Err(SignatureError::Content(_))
    ));
}

#[test]
fn a_statement_is_not_too_large() {
    let bytes = vec![0; MAX_STATEMENT + 1];
    let signed = Signed {
        signature: key().sign_bytes(&bytes),
        key: key().public(),
        statement: bytes.into(),
    };
    let error = verify(&signed, &[key().public()]).unwrap_err();
    assert_eq!(error, SignatureError::TooLarge(MAX_STATEMENT + 1));
}
