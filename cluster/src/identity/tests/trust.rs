//! Revocations that come while connections stand.

use std::time::Duration;

use cluster_protocol::{Charter, Epoch, Revocation, Role};
use tokio::time::timeout;

use crate::identity::testing::{issue, now};
use crate::identity::{Authority, Identity, Trust, sha256};

fn member() -> Identity {
    let authority = Authority::create("lab".into(), now()).unwrap();
    issue(&authority, "worker-1", Role::Node)
}

fn charter(number: u64, serial: u64, names: &[&str]) -> Charter {
    let revoked = names.iter().map(|&name| Revocation {
        name: name.into(),
        certificates: vec![],
        at: now() + 1_000,
    });
    Charter {
        epoch: Epoch {
            number,
            controller: 1,
        },
        serial,
        revoked: revoked.collect(),
        ..Charter::default()
    }
}

#[tokio::test]
async fn a_standing_connection_hears_that_its_peer_is_revoked() {
    let member = member();
    let trust = Trust::default();
    let shared = trust.clone();
    let credential = member.credential().clone();
    let waiting = tokio::spawn(async move { shared.until_revoked(&credential).await });
    // Somebody else's revocation does not concern it.
    assert!(trust.update(&charter(1, 1, &["worker-2"])));
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    assert!(trust.update(&charter(1, 2, &["worker-2", "worker-1"])));
    timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn who_is_revoked_already_is_told_at_once() {
    let member = member();
    let trust = Trust::default();
    trust.update(&charter(1, 1, &["worker-1"]));
    let told = trust.until_revoked(member.credential());
    timeout(Duration::from_secs(20), told).await.unwrap();
}

#[tokio::test]
async fn a_door_is_revoked_by_its_hash() {
    let member = member();
    let trust = Trust::default();
    let door = sha256(&member.certificates().door);
    let mut charter = charter(1, 1, &["worker-1"]);
    trust.update(&charter);
    assert!(!trust.is_door_revoked(door));
    charter.serial = 2;
    charter.revoked[0].certificates = vec![door];
    trust.update(&charter);
    assert!(trust.is_door_revoked(door));
    timeout(Duration::from_secs(20), trust.until_door_revoked(door))
        .await
        .unwrap();
}

#[test]
fn an_older_charter_lets_nobody_in_again() {
    let member = member();
    let trust = Trust::default();
    assert!(trust.update(&charter(2, 5, &["worker-1"])));
    for (number, serial) in [(2, 5), (2, 4), (1, 9)] {
        assert!(!trust.update(&charter(number, serial, &[])));
        assert!(trust.covers(member.credential()));
    }
    for (number, serial) in [(2, 6), (3, 1)] {
        assert!(trust.update(&charter(number, serial, &[])));
        assert!(!trust.covers(member.credential()));
    }
}

#[test]
fn the_latest_of_two_revocations_of_a_name_holds() {
    let member = member();
    let issued = member.credential().issued;
    let mut charter = charter(1, 1, &["worker-1", "worker-1"]);
    charter.revoked[0].at = issued;
    charter.revoked[1].at = issued - 1;
    let trust = Trust::default();
    trust.update(&charter);
    assert!(trust.covers(member.credential()));
}
