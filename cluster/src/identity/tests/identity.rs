//! Identities: what is taken for one, and how it is kept.

use cluster_protocol::{Certificates, ClusterId, Role};
use proptest::prelude::*;
use rustls::pki_types::{CertificateDer, UnixTime};

use crate::identity::stored::StoredIdentity;
use crate::identity::subject::Credential;
use crate::identity::testing::{DAY, Folder, facts, issue, issue_at, now};
use crate::identity::verify::Anchor;
use crate::identity::{Authority, Identity, IdentityError, SigningKey, Subject, SubjectError};

fn authority() -> Authority {
    Authority::create("lab".into(), now()).unwrap()
}

fn accept(
    authority: &Authority,
    key: SigningKey,
    certificates: Certificates,
) -> Result<Identity, IdentityError> {
    let facts = facts(authority);
    Identity::accept(key, "worker-1", certificates, facts, authority.pin(), now())
}

#[test]
fn only_what_was_asked_for_is_taken() {
    let authority = authority();
    let node = issue(&authority, "worker-1", Role::Node);
    let (key, certificates) = (node.key().clone(), node.certificates().clone());
    accept(&authority, key.clone(), certificates.clone()).unwrap();

    let other_key = accept(
        &authority,
        SigningKey::generate().unwrap(),
        certificates.clone(),
    );
    assert!(matches!(other_key, Err(IdentityError::OtherKey)));

    let other = issue(&authority, "worker-2", Role::Node);
    let other_name = accept(
        &authority,
        other.key().clone(),
        other.certificates().clone(),
    );
    assert!(matches!(other_name, Err(IdentityError::OtherName(_))));

    let other_door = Certificates {
        door: other.certificates().door.clone(),
        ..certificates.clone()
    };
    let other_door = accept(&authority, key.clone(), other_door);
    assert!(matches!(other_door, Err(IdentityError::OtherKey)));

    let two_doors = Certificates {
        identity: certificates.door.clone(),
        ..certificates.clone()
    };
    let two_doors = accept(&authority, key.clone(), two_doors);
    assert!(matches!(
        two_doors,
        Err(IdentityError::Subject(SubjectError::NoSubject))
    ));

    let impostor = issue(&authority.impostor(), "worker-1", Role::Node);
    let foreign = accept(
        &authority,
        impostor.key().clone(),
        impostor.certificates().clone(),
    );
    assert!(matches!(foreign, Err(IdentityError::Certificate(_))));

    let old = issue_at(
        &authority,
        "worker-1",
        Role::Node,
        now() - 2 * DAY.as_secs(),
    );
    let ended = accept(&authority, old.key().clone(), old.certificates().clone());
    assert!(matches!(ended, Err(IdentityError::Certificate(_))));

    // Somebody in between passes off its own authority as the cluster's.
    let stranger = authority.impostor();
    let theirs = issue(&stranger, "worker-1", Role::Node);
    let passed_off = Identity::accept(
        theirs.key().clone(),
        "worker-1",
        theirs.certificates().clone(),
        facts(&stranger),
        authority.pin(),
        now(),
    );
    assert!(matches!(passed_off, Err(IdentityError::OtherAuthority)));
}

#[test]
fn an_identity_outlives_its_process_in_a_file_or_in_memory() {
    let folder = Folder::new();
    let node = issue(&authority(), "worker-1", Role::Node);
    node.save(&folder.path("identity")).unwrap();
    let loaded = Identity::load(&folder.path("identity")).unwrap();
    let handed_over = Identity::from_bytes(&node.to_bytes().unwrap()).unwrap();
    for same in [loaded, handed_over] {
        assert_eq!(same.key().public(), node.key().public());
        assert_eq!(same.certificates(), node.certificates());
        assert_eq!(same.cluster(), node.cluster());
        assert_eq!(same.credential(), node.credential());
    }
}

#[test]
fn bytes_that_do_not_fit_together_are_no_identity() {
    let authority = authority();
    let node = issue(&authority, "worker-1", Role::Node);
    let bytes = node.to_bytes().unwrap();
    for length in 0..bytes.len() {
        assert!(Identity::from_bytes(&bytes[..length]).is_err());
    }
    let mut stored: StoredIdentity = pickler::decode(&bytes).unwrap();
    stored.seed[0] ^= 1;
    let other_key = Identity::from_bytes(&pickler::encode(&stored).unwrap());
    assert!(matches!(other_key, Err(IdentityError::OtherKey)));
    let mut stored: StoredIdentity = pickler::decode(&bytes).unwrap();
    stored.cluster.id = ClusterId([1; 16]);
    let other_cluster = Identity::from_bytes(&pickler::encode(&stored).unwrap());
    assert!(matches!(
        other_cluster,
        Err(IdentityError::Subject(SubjectError::OtherCluster))
    ));
}

#[test]
fn newer_facts_leave_the_authority_alone() {
    let authority = authority();
    let node = issue(&authority, "worker-1", Role::Node);
    let mut newer = facts(&authority.impostor());
    newer.name = "renamed".into();
    newer.id = ClusterId([5; 16]);
    let node = node.with_facts(newer);
    assert_eq!(node.cluster().name, "renamed");
    assert_eq!(node.cluster().id, authority.cluster());
    assert_eq!(
        &node.cluster().authority[..],
        authority.certificate().as_ref()
    );
}

#[test]
fn an_authority_outlives_its_process() {
    let folder = Folder::new();
    let before = authority();
    before.save(&folder.path("authority")).unwrap();
    let after = Authority::load(&folder.path("authority")).unwrap();
    assert_eq!(after.pin(), before.pin());
    assert_eq!(after.cluster(), before.cluster());
    assert_eq!(after.name(), "lab");
    // What one has issued, the other vouches for.
    let node = issue(&after, "worker-1", Role::Node);
    accept(&before, node.key().clone(), node.certificates().clone()).unwrap();
    // Neither file is the other's.
    node.save(&folder.path("identity")).unwrap();
    assert!(Authority::load(&folder.path("identity")).is_err());
    assert!(Identity::load(&folder.path("authority")).is_err());
}

#[test]
fn what_cannot_be_certified_is_not() {
    let authority = authority();
    let key = SigningKey::generate().unwrap();
    let mut subject = Subject::new("worker-1".into(), vec![], Role::Node).unwrap();
    assert!(
        authority
            .issue(&key.request("worker-2"), &subject, DAY, now())
            .is_err()
    );
    assert!(
        authority
            .issue(&key.request("worker-1"), &subject, DAY, u64::MAX)
            .is_err()
    );
    subject.groups = vec!["a&role=root".into()];
    assert!(
        authority
            .issue(&key.request("worker-1"), &subject, DAY, now())
            .is_err()
    );
    assert!(Authority::create("no name".into(), now()).is_err());
}

#[test]
fn a_certificate_says_who_it_is_for() {
    let authority = authority();
    let node = issue(&authority, "worker-1", Role::Node);
    let certificate = node.identity_certificate();
    let subject = Subject::of_certificate(&certificate, &facts(&authority)).unwrap();
    assert_eq!(&subject, node.subject());
    let mut other = facts(&authority);
    other.id = ClusterId([4; 16]);
    let refused = Subject::of_certificate(&certificate, &other);
    assert_eq!(refused, Err(SubjectError::OtherCluster));
    let door = node.door_certificate().unwrap();
    let refused = Subject::of_certificate(&door, &facts(&authority));
    assert_eq!(refused, Err(SubjectError::NoSubject));
}

/// No certificate with two names, one for each reader, is anybody's.
#[test]
fn a_certificate_names_one_peer() {
    let key = SigningKey::generate().unwrap();
    let uri = |name: &str| {
        let uri = format!(
            "cluster://{}/{name}?role=node&groups=&issued=1&expires=2",
            ClusterId([1; 16])
        );
        rcgen::SanType::URI(uri.as_str().try_into().unwrap())
    };
    for (names, good) in [
        (vec![uri("a")], true),
        (vec![uri("a"), uri("b")], false),
        (vec![uri("a"), uri("a")], false),
        (vec![], false),
    ] {
        let mut parameters = rcgen::CertificateParams::default();
        parameters.subject_alt_names = names;
        let certificate = CertificateDer::from(parameters.self_signed(&key).unwrap());
        let credential = Credential::of_certificate(&certificate, ClusterId([1; 16]));
        assert_eq!(credential.is_ok(), good);
    }
}

#[test]
fn every_bit_of_a_certificate_counts() {
    let authority = authority();
    let node = issue(&authority, "worker-1", Role::Node);
    let certificate = node.identity_certificate();
    let anchor = Anchor::new(&node.authority()).unwrap();
    anchor.verify_client(&certificate, UnixTime::now()).unwrap();
    for bit in 0..certificate.len() * 8 {
        let mut changed = certificate.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        let changed = CertificateDer::from(changed);
        assert!(
            anchor.verify_client(&changed, UnixTime::now()).is_err(),
            "bit {bit}"
        );
        // Unverified, it may be read; it must not panic.
        let _ = Credential::of_certificate(&changed, authority.cluster());
    }
}

proptest! {
    #[test]
    fn no_bytes_are_an_identity_by_chance(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Identity::from_bytes(&bytes).is_err());
        let certificate = CertificateDer::from(bytes);
        prop_assert!(Credential::of_certificate(&certificate, ClusterId([1; 16])).is_err());
    }
}
