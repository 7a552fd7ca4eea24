//! Newcomers, members and the revoked before the registrar.

use std::time::Duration;

use cluster_protocol::{
    Authorise, Blob, CertificateRequest, Charter, Enrol, Name, Refusal, Renew, Role,
};

use crate::identity::testing::{Folder, facts};
use crate::identity::{
    Authority, Identity, IssueError, IssuedError, Registrar, RegistrarError, SigningKey, Token,
    TokenError, Trust, sha256,
};

/// What a refusal is expected to be.
type Expected = fn(&RegistrarError) -> bool;

const NOW: u64 = 1_800_000_000;
const DAY: u64 = 24 * 3_600;

fn open(folder: &Folder) -> Registrar {
    let path = folder.path("authority");
    if !path.exists() {
        Authority::create("lab".into(), NOW)
            .unwrap()
            .save(&path)
            .unwrap();
    }
    let authority = Authority::load(&path).unwrap();
    Registrar::open(path.parent().unwrap(), authority, Trust::default()).unwrap()
}

fn authorise(name: &str, role: Role) -> Authorise {
    Authorise {
        name: name.into(),
        groups: vec!["blue".into()],
        role,
        lifetime: 600,
    }
}

fn mint(registrar: &mut Registrar, name: &str) -> Token {
    registrar
        .authorise(&authorise(name, Role::Node), vec![], NOW)
        .unwrap()
}

fn enrol(registrar: &mut Registrar, name: &str, wall: u64) -> Identity {
    let token = registrar
        .authorise(&authorise(name, Role::Node), vec![], wall)
        .unwrap();
    let key = SigningKey::generate().unwrap();
    let certificates = registrar.enrol(&token.enrol(&key), wall).unwrap();
    let facts = facts(registrar.authority());
    Identity::accept(key, name, certificates, facts, token.authority, wall).unwrap()
}

#[test]
fn a_newcomer_becomes_who_it_was_meant_to_be() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let token = mint(&mut registrar, "worker-1");
    // As it was pasted.
    let token: Token = token.to_string().parse().unwrap();
    assert_eq!(registrar.pending(NOW), [Name::from("worker-1")]);
    let key = SigningKey::generate().unwrap();
    let certificates = registrar.enrol(&token.enrol(&key), NOW).unwrap();
    let facts = facts(registrar.authority());
    let identity =
        Identity::accept(key, &token.name, certificates, facts, token.authority, NOW).unwrap();
    assert_eq!(identity.name(), &"worker-1");
    assert_eq!(identity.subject().groups, [Name::from("blue")]);
    assert_eq!(identity.subject().role, Role::Node);
    assert_eq!(identity.credential().issued, NOW);
    assert_eq!(identity.expires(), NOW + DAY);
}

#[test]
fn whoever_is_refused_is_told_the_same() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let key = SigningKey::generate().unwrap();
    let used = mint(&mut registrar, "used");
    registrar
        .enrol(&used.enrol(&SigningKey::generate().unwrap()), NOW)
        .unwrap();
    let late = mint(&mut registrar, "late");
    let bound = mint(&mut registrar, "bound");
    let elsewhere = Token::mint("worker-1".into(), registrar.authority().pin(), vec![]).unwrap();
    let other_name = Enrol {
        name: "somebody".into(),
        request: key.request("somebody"),
        ..bound.enrol(&key)
    };
    let no_proof = Enrol {
        request: CertificateRequest {
            key: key.public(),
            proof: [0; 64],
        },
        ..bound.enrol(&key)
    };
    let no_token = Enrol {
        token: Blob::default(),
        ..bound.enrol(&key)
    };
    let cases: [(Enrol, u64, Expected); 6] = [
        (used.enrol(&key), NOW, |error| {
            matches!(error, RegistrarError::Token(TokenError::Used(_)))
        }),
        (late.enrol(&key), NOW + 600, |error| {
            matches!(error, RegistrarError::Token(TokenError::Expired(_)))
        }),
        (other_name, NOW, |error| {
            matches!(error, RegistrarError::Token(TokenError::OtherName(_)))
        }),
        (elsewhere.enrol(&key), NOW, |error| {
            matches!(error, RegistrarError::Token(TokenError::Unknown))
        }),
        (no_token, NOW, |error| {
            matches!(error, RegistrarError::Token(TokenError::Unknown))
        }),
        (no_proof, NOW, |error| {
            matches!(error, RegistrarError::Issue(IssueError::NoProof))
        }),
    ];
    for (enrol, wall, expected) in cases {
        let error = registrar.enrol(&enrol, wall).unwrap_err();
        assert!(expected(&error), "{error}");
        assert_eq!(error.refusal(), Refusal::NotAuthorised);
    }
    // None of it has spoilt the token that was tried.
    registrar
        .enrol(&bound.enrol(&SigningKey::generate().unwrap()), NOW)
        .unwrap();
}

#[test]
fn a_crash_between_use_and_answer_costs_at_most_one_token() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let token = mint(&mut registrar, "worker-1");
    let key = SigningKey::generate().unwrap();
    // The use is noted, what is issued is not: as after a crash between.
    std::fs::create_dir(folder.path("issued.new")).unwrap();
    let failed = registrar.enrol(&token.enrol(&key), NOW).unwrap_err();
    assert!(
        matches!(failed, RegistrarError::Issued(IssuedError::Store(_))),
        "{failed}"
    );
    std::fs::remove_dir(folder.path("issued.new")).unwrap();
    drop(registrar);

    let mut registrar = open(&folder);
    let thief = SigningKey::generate().unwrap();
    let refused = registrar.enrol(&token.enrol(&thief), NOW + 1).unwrap_err();
    assert!(matches!(
        refused,
        RegistrarError::Token(TokenError::Used(_))
    ));
    // Who was meant asks again, in time.
    registrar.enrol(&token.enrol(&key), NOW + 1).unwrap();
    assert_eq!(
        registrar
            .revoke(&"worker-1".into(), NOW)
            .unwrap()
            .certificates
            .len(),
        2
    );
}

#[test]
fn a_token_cannot_be_for_anything() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let error = registrar
        .authorise(&authorise("boot", Role::Boot), vec![], NOW)
        .unwrap_err();
    assert!(matches!(error, RegistrarError::BootServer));
    for name in ["", "../x", "a b", &"x".repeat(64)] {
        let error = registrar
            .authorise(&authorise(name, Role::Node), vec![], NOW)
            .unwrap_err();
        assert!(matches!(error, RegistrarError::Subject(_)));
    }
    let mut wanted = authorise("worker-1", Role::Node);
    wanted.groups = vec!["a,b".into()];
    assert!(registrar.authorise(&wanted, vec![], NOW).is_err());
    assert!(registrar.pending(NOW).is_empty());
}

#[test]
fn a_member_is_renewed_as_it_was() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let identity = enrol(&mut registrar, "worker-1", NOW);
    let key = SigningKey::generate().unwrap();
    let renew = Renew {
        request: key.request("worker-1"),
    };
    let later = identity.renew_at();
    assert_eq!(later, NOW + DAY / 3 * 2);
    let certificates = registrar
        .renew(identity.credential(), &renew, later)
        .unwrap();
    let renewed = identity.renewed(key, certificates, later).unwrap();
    assert_eq!(renewed.subject(), identity.subject());
    assert_eq!(renewed.expires(), later + DAY);

    // Not under another name, and not once it has ended.
    let other = Renew {
        request: identity.key().request("root"),
    };
    let error = registrar
        .renew(identity.credential(), &other, later)
        .unwrap_err();
    assert!(matches!(error, RegistrarError::Issue(IssueError::NoProof)));
    let error = registrar
        .renew(identity.credential(), &renew, NOW + DAY)
        .unwrap_err();
    assert!(matches!(error, RegistrarError::Expired(_)));
}

#[test]
fn who_is_revoked_is_not_renewed_and_may_be_let_in_anew() {
    let folder = Folder::new();
    let trust = Trust::default();
    let authority = Authority::create("lab".into(), NOW).unwrap();
    let path = folder.path("authority");
    authority.save(&path).unwrap();
    let mut registrar = Registrar::open(path.parent().unwrap(), authority, trust.clone()).unwrap();
    let lost = enrol(&mut registrar, "worker-1", NOW);
    let token = mint(&mut registrar, "worker-1");
    assert!(registrar.knows(&"worker-1".into(), NOW));

    let revocation = registrar.revoke(&"worker-1".into(), NOW + 10).unwrap();
    assert_eq!(revocation.at, NOW + 10);
    let door = sha256(&lost.certificates().door);
    assert_eq!(
        revocation.certificates,
        [lost.credential().certificate, door]
    );
    trust.update(&Charter {
        serial: 1,
        revoked: vec![revocation],
        ..Charter::default()
    });
    let renew = Renew {
        request: lost.key().request("worker-1"),
    };
    let error = registrar
        .renew(lost.credential(), &renew, NOW + 11)
        .unwrap_err();
    assert!(matches!(error, RegistrarError::Revoked(_)));
    // Its token went with it.
    let error = registrar
        .enrol(&token.enrol(lost.key()), NOW + 11)
        .unwrap_err();
    assert!(matches!(error, RegistrarError::Token(TokenError::Unknown)));

    let anew = enrol(&mut registrar, "worker-1", NOW + 11);
    assert!(!trust.covers(anew.credential()));
    assert!(trust.covers(lost.credential()));
}

#[test]
fn what_was_issued_is_known_until_it_ends() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let first = enrol(&mut registrar, "worker-1", NOW);
    let second = enrol(&mut registrar, "worker-1", NOW + DAY / 2);
    drop(registrar);
    let mut registrar = open(&folder);
    let name = Name::from("worker-1");
    let revoked =
        |registrar: &mut Registrar, wall| registrar.revoke(&name, wall).unwrap().certificates;
    let hashes = |identity: &Identity| {
        [
            &identity.certificates().identity,
            &identity.certificates().door,
        ]
        .map(|der| sha256(der))
    };
    let both = [hashes(&first), hashes(&second)].concat();
    assert_eq!(revoked(&mut registrar, NOW + DAY - 1), both);
    assert_eq!(revoked(&mut registrar, NOW + DAY), hashes(&second));
    assert!(revoked(&mut registrar, NOW + DAY / 2 + DAY).is_empty());
    assert!(!registrar.knows(&name, NOW + 2 * DAY));
    // A name that never was can be revoked, too: it holds nothing.
    assert!(
        registrar
            .revoke(&"nobody".into(), NOW)
            .unwrap()
            .certificates
            .is_empty()
    );
}

#[test]
fn one_name_holds_no_more_than_a_revocation_can_list() {
    let folder = Folder::new();
    let mut registrar = open(&folder);
    let identity = enrol(&mut registrar, "worker-1", NOW);
    let renew = Renew {
        request: identity.key().request("worker-1"),
    };
    let mut issued = 1;
    let error = loop {
        match registrar.renew(identity.credential(), &renew, NOW + 1) {
            Ok(_) => issued += 1,
            Err(error) => break error,
        }
    };
    assert!(
        matches!(error, RegistrarError::Issued(IssuedError::TooMany(_))),
        "{error}"
    );
    assert_eq!(issued, 60);
    let revocation = registrar.revoke(&"worker-1".into(), NOW + 2).unwrap();
    assert_eq!(revocation.certificates.len(), 120);
    pickler::encode(&revocation).unwrap();
    // Others are not touched by it.
    enrol(&mut registrar, "worker-2", NOW + 1);
}

#[test]
fn a_boot_server_certifies_itself() {
    let folder = Folder::new();
    let mut registrar = open(&folder).with_lifetime(Duration::from_secs(60));
    let key = SigningKey::generate().unwrap();
    let certificates = registrar.issue_boot("boot", &key, NOW).unwrap();
    let facts = facts(registrar.authority());
    let pin = registrar.authority().pin();
    let boot = Identity::accept(key, "boot", certificates, facts, pin, NOW).unwrap();
    assert_eq!(boot.subject().role, Role::Boot);
    assert_eq!(boot.expires(), NOW + 60);
}
