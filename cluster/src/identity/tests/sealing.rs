//! Datagrams, and those who are not to read or write them.

use std::collections::HashSet;

use cluster_protocol::{Datagram, GossipKey, MAX_DATAGRAM};
use proptest::prelude::*;

use crate::identity::testing::Folder;
use crate::identity::{KeyRing, MAX_KEYS, MAX_SEALED, Nonces, RotatingKeys, SealError};

fn key(id: u32) -> GossipKey {
    GossipKey {
        id,
        secret: [u8::try_from(id).unwrap(); 32],
    }
}

fn ring(ids: &[u32]) -> KeyRing {
    KeyRing::new(ids.iter().map(|&id| key(id)).collect())
}

fn nonces() -> Nonces {
    Nonces::with_prefix([5; 8])
}

#[test]
fn every_bit_of_a_datagram_counts() {
    let ring = ring(&[2, 1]);
    let sealed = ring.seal(b"worker-1 is gone", &mut nonces()).unwrap();
    assert_eq!(ring.open(&sealed).unwrap(), b"worker-1 is gone");
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let error = ring.open(&changed).unwrap_err();
        let of_key = bit < 32;
        match error {
            SealError::UnknownKey(_) => assert!(of_key),
            SealError::Forged => {}
            other => panic!("bit {bit}: {other}"),
        }
    }
}

#[test]
fn a_datagram_has_one_length() {
    let ring = ring(&[1]);
    let sealed = ring.seal(b"x", &mut nonces()).unwrap();
    for length in 0..sealed.len() {
        let error = ring.open(&sealed[..length]).unwrap_err();
        let short = matches!(error, SealError::TooShort(_) | SealError::Forged);
        assert!(short, "{length}: {error}");
    }
    let longer = [&sealed[..], &[0]].concat();
    assert!(matches!(ring.open(&longer), Err(SealError::Forged)));
    let huge = vec![0; MAX_DATAGRAM + 1];
    assert!(matches!(ring.open(&huge), Err(SealError::TooLarge(_))));
}

#[test]
fn the_largest_content_just_fits() {
    let ring = ring(&[1]);
    let sealed = ring.seal(&[7; MAX_SEALED], &mut nonces()).unwrap();
    assert_eq!(sealed.len(), MAX_DATAGRAM);
    assert_eq!(ring.open(&sealed).unwrap(), [7; MAX_SEALED]);
    let error = ring.seal(&[7; MAX_SEALED + 1], &mut nonces()).unwrap_err();
    assert!(matches!(error, SealError::TooLarge(_)));
    assert!(
        ring.open(&ring.seal(&[], &mut nonces()).unwrap())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn what_one_key_sealed_another_does_not_open() {
    let sealed = ring(&[1]).seal(b"x", &mut nonces()).unwrap();
    assert!(matches!(
        ring(&[2]).open(&sealed),
        Err(SealError::UnknownKey(1))
    ));
    // Under the other key's number.
    let mut relabelled: Datagram = pickler::decode(&sealed).unwrap();
    relabelled.key = 2;
    let relabelled = pickler::encode(&relabelled).unwrap();
    assert!(matches!(
        ring(&[2, 1]).open(&relabelled),
        Err(SealError::Forged)
    ));
    // By a cluster whose key has the same number.
    let other = KeyRing::new(vec![GossipKey {
        id: 1,
        secret: [99; 32],
    }]);
    assert!(matches!(other.open(&sealed), Err(SealError::Forged)));
}

#[test]
fn the_key_and_nonce_of_the_declared_datagram_are_what_is_authenticated() {
    let sealed = ring(&[7]).seal(b"abc", &mut nonces()).unwrap();
    let datagram: Datagram = pickler::decode(&sealed).unwrap();
    assert_eq!(datagram.key, 7);
    assert_eq!(datagram.nonce, [5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 0]);
    let header = [&datagram.key.to_be_bytes()[..], &datagram.nonce].concat();
    assert_eq!(sealed[..16], header);
    assert_eq!(datagram.sealed.len(), 3 + 16);
}

#[test]
fn no_nonce_comes_twice() {
    let ring = ring(&[1]);
    let mut seen = HashSet::new();
    let mut nonces = [Nonces::random().unwrap(), Nonces::random().unwrap()];
    for _ in 0..1_000 {
        for nonces in &mut nonces {
            let sealed = ring.seal(b"same", nonces).unwrap();
            assert!(seen.insert(sealed[4..16].to_vec()));
        }
    }
}

#[test]
fn without_a_key_nothing_is_sealed() {
    let none = KeyRing::default();
    assert!(matches!(
        none.seal(b"x", &mut nonces()),
        Err(SealError::NoKey)
    ));
}

#[test]
fn only_so_many_keys_count() {
    let ring = ring(&[4, 3, 2, 1]);
    assert_eq!(ring.keys().len(), MAX_KEYS);
    assert_eq!(ring.keys()[0], key(4));
}

#[test]
fn a_new_key_leaves_time_for_the_one_before_it() {
    let folder = Folder::new();
    let path = folder.path("keys");
    let mut keys = RotatingKeys::open(&path).unwrap();
    let [first] = keys.keys() else {
        panic!("one key")
    };
    let first = first.clone();
    let in_flight = KeyRing::new(vec![first.clone()])
        .seal(b"x", &mut nonces())
        .unwrap();

    keys.rotate().unwrap();
    assert_eq!(keys.keys()[0].id, first.id + 1);
    assert_ne!(keys.keys()[0].secret, first.secret);
    assert_eq!(keys.keys()[1..], [first]);
    let ring = KeyRing::new(keys.keys().to_vec());
    assert_eq!(ring.open(&in_flight).unwrap(), b"x");
    drop(keys);

    // It is the same after a crash.
    let mut keys = RotatingKeys::open(&path).unwrap();
    assert_eq!(keys.keys(), ring.keys());
    keys.rotate().unwrap();
    assert_eq!(keys.keys().len(), 2);
    let ring = KeyRing::new(keys.keys().to_vec());
    assert!(matches!(
        ring.open(&in_flight),
        Err(SealError::UnknownKey(_))
    ));
}

proptest! {
    #[test]
    fn whatever_comes_is_opened_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..1_500)) {
        prop_assert!(ring(&[1, 2]).open(&bytes).is_err());
    }

    #[test]
    fn whatever_is_sealed_is_opened(plain in proptest::collection::vec(any::<u8>(), 0..=MAX_SEALED)) {
        let ring = ring(&[1]);
        let sealed = ring.seal(&plain, &mut nonces()).unwrap();
        prop_assert_eq!(ring.open(&sealed).unwrap(), plain);
    }
}
