//! Handshakes between members, and with those who were.

use std::sync::Arc;

use cluster_protocol::{Charter, Digest, Revocation, Role};
use rustls::{AlertDescription, Error, HandshakeKind, ProtocolVersion};

use super::strangers::{client_showing, refused_as, serving};
use crate::identity::testing::{issue, issue_at, meet, now};
use crate::identity::{
    ALPN, Authority, Identity, PeerError, SigningKey, TlsError, Trust, boot_door, client_config,
    enrolling_client_config, node_door, peer_error, server_config, sha256, visitor,
};

fn authority() -> Authority {
    Authority::create("lab".into(), now()).unwrap()
}

/// A charter that revokes one name.
fn revoking(identity: &Identity, certificates: Vec<Digest>, at: u64) -> Charter {
    Charter {
        serial: 1,
        revoked: vec![Revocation {
            name: identity.name().clone(),
            certificates,
            at,
        }],
        ..Charter::default()
    }
}

#[tokio::test]
async fn a_member_is_known_by_name() {
    let authority = authority();
    let boot = issue(&authority, "boot", Role::Boot);
    let node = issue(&authority, "worker-1", Role::Node);
    let trust = Trust::default();
    let meeting = meet(
        &client_config(&node, &trust).unwrap(),
        boot_door(),
        &server_config(&boot, &trust).unwrap(),
    )
    .await;
    let server = meeting.server.unwrap();
    let (_, connection) = server.get_ref();
    let credential = visitor(connection, boot.cluster()).unwrap().unwrap();
    assert_eq!(&credential, node.credential());
    assert_eq!(credential.subject.name, "worker-1");
    assert_eq!(credential.subject.role, Role::Node);
    assert_eq!(
        connection.protocol_version(),
        Some(ProtocolVersion::TLSv1_3)
    );
    assert_eq!(connection.alpn_protocol(), Some(ALPN));
    // Not even the name of the door travels in the clear.
    assert_eq!(connection.server_name(), None);
    meeting.client.unwrap();
}

#[tokio::test]
async fn a_node_is_not_the_boot_server() {
    let authority = authority();
    let [one, two] = ["worker-1", "worker-2"].map(|name| issue(&authority, name, Role::Node));
    let trust = Trust::default();
    let client = client_config(&one, &trust).unwrap();
    let server = server_config(&two, &trust).unwrap();
    meet(&client, node_door(), &server).await.client.unwrap();
    let error = meet(&client, boot_door(), &server)
        .await
        .client
        .unwrap_err();
    assert_eq!(peer_error(&error), Some(&PeerError::OtherDoor));
}

#[tokio::test]
async fn an_operator_has_no_door() {
    let authority = authority();
    let trust = Trust::default();
    for role in [Role::View, Role::Operate, Role::Deploy, Role::Root] {
        let operator = issue(&authority, "alice", role);
        assert!(operator.certificates().door.is_empty());
        let error = server_config(&operator, &trust).unwrap_err();
        assert!(matches!(error, TlsError::NoDoor));
    }
}

#[tokio::test]
async fn an_identity_is_no_door_and_a_door_no_identity() {
    let authority = authority();
    let trust = Trust::default();
    let boot = issue(&authority, "boot", Role::Boot);
    let node = issue(&authority, "worker-1", Role::Node);
    let server = server_config(&boot, &trust).unwrap();

    let door = node.door_certificate().unwrap();
    let meeting = meet(
        &client_showing(vec![door], node.key()),
        boot_door(),
        &server,
    )
    .await;
    refused_as(&meeting.server, |error| {
        matches!(error, PeerError::Certificate(_))
    });

    let identity = vec![node.identity_certificate(), node.authority()];
    let client = client_config(&boot, &trust).unwrap();
    let meeting = meet(&client, node_door(), &serving(identity, node.key())).await;
    refused_as(&meeting.client, |error| {
        matches!(error, PeerError::Certificate(_))
    });
}

#[tokio::test]
async fn who_is_revoked_is_refused_by_certificate_or_by_name() {
    let authority = authority();
    let boot = issue(&authority, "boot", Role::Boot);
    let node = issue(&authority, "worker-1", Role::Node);
    let issued = node.credential().issued;
    let hash = node.credential().certificate;
    for (certificates, at, revoked) in [
        (vec![hash], issued - 100, true),
        (vec![], issued, true),
        (vec![], issued + 100, true),
        (vec![Digest([0; 32])], issued - 1, false),
    ] {
        let trust = Trust::default();
        let server = server_config(&boot, &trust).unwrap();
        let client = client_config(&node, &Trust::default()).unwrap();
        meet(&client, boot_door(), &server).await.server.unwrap();
        // The same configurations, after the charter has come.
        trust.update(&revoking(&node, certificates, at));
        let meeting = meet(&client, boot_door(), &server).await;
        if revoked {
            let reason = PeerError::Revoked(Some("worker-1".into()));
            refused_as(&meeting.server, |error| *error == reason);
        } else {
            meeting.server.unwrap();
        }
    }
}

#[tokio::test]
async fn a_revoked_door_is_not_talked_to() {
    let authority = authority();
    let lost = issue(&authority, "worker-1", Role::Node);
    let node = issue(&authority, "worker-2", Role::Node);
    let trust = Trust::default();
    let client = client_config(&node, &trust).unwrap();
    let server = server_config(&lost, &Trust::default()).unwrap();
    meet(&client, node_door(), &server).await.client.unwrap();
    let door = sha256(&lost.certificates().door);
    trust.update(&revoking(&lost, vec![door], now()));
    let meeting = meet(&client, node_door(), &server).await;
    refused_as(&meeting.client, |error| *error == PeerError::Revoked(None));
    // The client has shown nothing of itself by then.
    assert!(matches!(
        meeting.server.unwrap_err(),
        Error::AlertReceived(AlertDescription::CertificateUnknown)
    ));
}

#[tokio::test]
async fn certificates_have_an_end_and_a_beginning() {
    let authority = authority();
    let boot = issue(&authority, "boot", Role::Boot);
    let trust = Trust::default();
    let server = server_config(&boot, &trust).unwrap();
    let hour = 3_600;
    for (wall, good) in [
        (now() - 24 * hour - 60, false),
        (now() - 23 * hour, true),
        // Somebody's clock is fast by less than what certificates are backdated.
        (now() + hour / 2, true),
        (now() + 2 * hour, false),
    ] {
        let node = issue_at(&authority, "worker-1", Role::Node, wall);
        let meeting = meet(&client_config(&node, &trust).unwrap(), boot_door(), &server).await;
        if good {
            meeting.server.unwrap();
        } else {
            refused_as(&meeting.server, |error| {
                matches!(error, PeerError::Certificate(_))
            });
        }
        let door = server_config(&node, &trust).unwrap();
        let meeting = meet(&client_config(&boot, &trust).unwrap(), node_door(), &door).await;
        assert_eq!(meeting.client.is_ok(), good);
    }
}

#[tokio::test]
async fn another_authority_certifies_nobody_here() {
    let authority = authority();
    let boot = issue(&authority, "boot", Role::Boot);
    let trust = Trust::default();
    let server = server_config(&boot, &trust).unwrap();
    // It claims the same cluster, and has the same name for itself.
    let other = authority.impostor();
    assert_eq!(other.cluster(), authority.cluster());
    let impostor = issue(&other, "worker-1", Role::Node);
    let client = client_showing(vec![impostor.identity_certificate()], impostor.key());
    let meeting = meet(&client, boot_door(), &server).await;
    refused_as(&meeting.server, |error| {
        matches!(error, PeerError::Certificate(_))
    });
    // With its own authority's certificate, and with the true one, in the chain.
    for authority in [impostor.authority(), boot.authority()] {
        let chain = vec![impostor.identity_certificate(), authority];
        let client = client_showing(chain, impostor.key());
        let meeting = meet(&client, boot_door(), &server).await;
        refused_as(&meeting.server, |error| {
            matches!(error, PeerError::Certificate(_))
        });
    }
    // Nor is it a server to anybody here.
    let door = server_config(&impostor, &trust).unwrap();
    let meeting = meet(&client_config(&boot, &trust).unwrap(), node_door(), &door).await;
    refused_as(&meeting.client, |error| {
        matches!(error, PeerError::Certificate(_))
    });
}

#[tokio::test]
async fn the_same_authority_for_another_cluster_is_another() {
    let authority = authority();
    let node = issue(&authority, "worker-1", Role::Node);
    let renamed = authority.of_other_cluster();
    let trust = Trust::default();
    let server = server_config(&issue(&renamed, "boot", Role::Boot), &trust).unwrap();
    let meeting = meet(&client_config(&node, &trust).unwrap(), boot_door(), &server).await;
    refused_as(&meeting.server, |error| {
        matches!(error, PeerError::Subject(_))
    });
}

#[tokio::test]
async fn a_newcomer_knows_the_authority_by_its_hash() {
    let authority = authority();
    let trust = Trust::default();
    for role in [Role::Boot, Role::Node] {
        let member = issue(&authority, "somebody", role);
        let server = server_config(&member, &trust).unwrap();
        let right = enrolling_client_config(authority.pin()).unwrap();
        let meeting = meet(&right, node_door(), &server).await;
        meeting.client.unwrap();
        let server_side = meeting.server.unwrap();
        assert_eq!(visitor(server_side.get_ref().1, member.cluster()), Ok(None));

        let wrong = enrolling_client_config(Digest([0; 32])).unwrap();
        let meeting = meet(&wrong, node_door(), &server).await;
        refused_as(&meeting.client, |error| *error == PeerError::OtherAuthority);
    }
}

#[tokio::test]
async fn a_newcomer_is_not_fooled_by_a_copy_of_the_authoritys_certificate() {
    let authority = authority();
    let impostor = issue(&authority.impostor(), "x", Role::Node);
    let pin = enrolling_client_config(authority.pin()).unwrap();
    let true_authority = issue(&authority, "y", Role::Node).authority();
    let door = impostor.door_certificate().unwrap();

    // A door of another authority, with the true authority's certificate beside it.
    let server = serving(vec![door, true_authority.clone()], impostor.key());
    let meeting = meet(&pin, node_door(), &server).await;
    refused_as(&meeting.client, |error| {
        matches!(error, PeerError::Certificate(_))
    });

    // The authority's certificate itself as the door.
    let server = serving(vec![true_authority.clone(), true_authority], impostor.key());
    let meeting = meet(&pin, node_door(), &server).await;
    refused_as(&meeting.client, |error| {
        matches!(error, PeerError::Certificate(_))
    });

    // The true door, by somebody who has not its key.
    let node = issue(&authority, "worker-1", Role::Node);
    let chain = vec![node.door_certificate().unwrap(), node.authority()];
    let meeting = meet(&pin, node_door(), &serving(chain, impostor.key())).await;
    refused_as(&meeting.client, |error| *error == PeerError::Signature);

    // An operator's or node's identity in place of a door.
    let operator = issue(&authority, "alice", Role::Root);
    let chain = vec![operator.identity_certificate(), operator.authority()];
    let meeting = meet(&pin, node_door(), &serving(chain, operator.key())).await;
    refused_as(&meeting.client, |error| {
        matches!(error, PeerError::Certificate(_))
    });
}

#[tokio::test]
async fn no_session_is_resumed() {
    let authority = authority();
    let boot = issue(&authority, "boot", Role::Boot);
    let node = issue(&authority, "worker-1", Role::Node);
    let trust = Trust::default();
    let server = server_config(&boot, &trust).unwrap();
    // A client that would like to.
    let mut client = (*client_config(&node, &trust).unwrap()).clone();
    client.resumption = rustls::client::Resumption::in_memory_sessions(8);
    let client = Arc::new(client);
    for _ in 0..3 {
        let stream = meet(&client, boot_door(), &server).await.client.unwrap();
        let (_, connection) = stream.get_ref();
        assert_eq!(connection.handshake_kind(), Some(HandshakeKind::Full));
        assert_eq!(connection.tls13_tickets_received(), 0);
    }
}

#[tokio::test]
async fn a_certificate_is_worth_nothing_without_its_key() {
    let authority = authority();
    let boot = issue(&authority, "boot", Role::Boot);
    let node = issue(&authority, "worker-1", Role::Node);
    let server = server_config(&boot, &Trust::default()).unwrap();
    let thief = SigningKey::generate().unwrap();
    let client = client_showing(vec![node.identity_certificate()], &thief);
    let meeting = meet(&client, boot_door(), &server).await;
    refused_as(&meeting.server, |error| *error == PeerError::Signature);
}
