//! What those who do not belong here get, and what they learn.

use std::sync::Arc;

use cluster_protocol::{Charter, Revocation, Role};
use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::NoClientAuth;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{
    AlertDescription, ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

use crate::identity::testing::{issue, issue_at, meet, now};
use crate::identity::{
    ALPN, Authority, PeerError, SigningKey, Trust, boot_door, peer_error, server_config, visitor,
};

/// Believes every server: what a stranger would do to look around.
#[derive(Debug)]
struct Credulous;

impl ServerCertVerifier for Credulous {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        unreachable!()
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

fn certified(chain: Vec<CertificateDer<'static>>, key: &SigningKey) -> SingleCertAndKey {
    let key = rustls::crypto::ring::sign::any_eddsa_type(&key.pkcs8()).unwrap();
    CertifiedKey::new(chain, key).into()
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A client that believes every server, and shows whatever chain it likes.
pub(super) fn client_showing(
    chain: Vec<CertificateDer<'static>>,
    key: &SigningKey,
) -> Arc<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Credulous));
    let mut config = if chain.is_empty() {
        builder.with_no_client_auth()
    } else {
        builder.with_client_cert_resolver(Arc::new(certified(chain, key)))
    };
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.resumption = Resumption::disabled();
    Arc::new(config)
}

/// A server that shows whatever chain it likes.
pub(super) fn serving(chain: Vec<CertificateDer<'static>>, key: &SigningKey) -> Arc<ServerConfig> {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(Arc::new(NoClientAuth))
        .with_cert_resolver(Arc::new(certified(chain, key)));
    config.alpn_protocols = vec![ALPN.to_vec()];
    Arc::new(config)
}

/// The handshake was refused at this end, for that reason.
pub(super) fn refused_as<T>(end: &Result<T, Error>, reason: impl Fn(&PeerError) -> bool) {
    let error = end.as_ref().err().expect("the peer was let in");
    let found = peer_error(error).unwrap_or_else(|| panic!("refused for another reason: {error}"));
    assert!(reason(found), "refused for another reason: {found:?}");
}

fn server() -> (Authority, Trust, Arc<ServerConfig>) {
    let authority = Authority::create("secret-lab".into(), now()).unwrap();
    let boot = issue(&authority, "secret-boot", Role::Boot);
    let trust = Trust::default();
    let config = server_config(&boot, &trust).unwrap();
    (authority, trust, config)
}

fn self_signed(key: &SigningKey, uri: &str) -> CertificateDer<'static> {
    let mut parameters = rcgen::CertificateParams::default();
    parameters.subject_alt_names = vec![rcgen::SanType::URI(uri.try_into().unwrap())];
    parameters.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
    parameters.self_signed(key).unwrap().into()
}

#[tokio::test]
async fn whoever_is_refused_learns_the_same() {
    let (authority, trust, server) = server();
    let key = SigningKey::generate().unwrap();
    let uri = format!(
        "cluster://{}/worker-1?role=root&groups=&issued={}&expires={}",
        authority.cluster(),
        now(),
        now() + 60
    );
    let revoked = issue(&authority, "worker-1", Role::Node);
    trust.update(&Charter {
        serial: 1,
        revoked: vec![Revocation {
            name: "worker-1".into(),
            certificates: vec![],
            at: now() + 10,
        }],
        ..Charter::default()
    });
    let other = Authority::create("secret-lab".into(), now()).unwrap();
    let foreign = issue(&other, "worker-2", Role::Node);
    let expired = issue_at(&authority, "worker-3", Role::Node, now() - 90_000);
    let good = issue(&authority, "worker-4", Role::Node);
    let cases = [
        ("self-signed", self_signed(&key, &uri), &key),
        ("revoked", revoked.identity_certificate(), revoked.key()),
        ("foreign", foreign.identity_certificate(), foreign.key()),
        ("expired", expired.identity_certificate(), expired.key()),
        ("a door", good.door_certificate().unwrap(), good.key()),
        ("the authority", good.authority(), good.key()),
        ("stolen", good.identity_certificate(), &key),
        ("stolen and revoked", revoked.identity_certificate(), &key),
        (
            "garbage",
            CertificateDer::from(vec![0x30, 0x80, 1, 2, 3]),
            &key,
        ),
        ("nothing", CertificateDer::from(vec![0x30, 0]), &key),
    ];
    for (what, certificate, key) in cases {
        let meeting = meet(
            &client_showing(vec![certificate], key),
            boot_door(),
            &server,
        )
        .await;
        let refusal = meeting
            .server
            .err()
            .unwrap_or_else(|| panic!("{what} was let in"));
        assert!(peer_error(&refusal).is_some(), "{what}: {refusal}");
        let learnt = meeting.client.err().unwrap();
        let same = Error::AlertReceived(AlertDescription::CertificateUnknown);
        assert_eq!(learnt, same, "{what}");
    }
}

#[tokio::test]
async fn without_a_certificate_one_is_a_stranger_and_nobody_else() {
    let (authority, _, server) = server();
    let nobody = client_showing(vec![], &SigningKey::generate().unwrap());
    let meeting = meet(&nobody, boot_door(), &server).await;
    let stream = meeting.server.unwrap();
    let facts = crate::identity::testing::facts(&authority);
    assert_eq!(visitor(stream.get_ref().1, &facts), Ok(None));
}

#[tokio::test]
async fn the_door_says_nothing_of_who_is_behind_it() {
    let (authority, _, server) = server();
    let nobody = client_showing(vec![], &SigningKey::generate().unwrap());
    let client = meet(&nobody, boot_door(), &server).await.client.unwrap();
    let (_, connection) = client.get_ref();
    let shown = connection.peer_certificates().unwrap();
    assert_eq!(shown.len(), 2, "the door and the authority");
    let contains = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|at| at == part);
    assert!(contains(&shown[0], b"boot.cluster"));
    for certificate in shown {
        assert!(!contains(certificate, b"secret"));
        assert!(!contains(certificate, b"cluster://"));
        assert!(!contains(certificate, &authority.cluster().0));
        assert!(!contains(
            certificate,
            authority.cluster().to_string().as_bytes()
        ));
    }
}

#[tokio::test]
async fn who_speaks_something_else_sees_no_certificate() {
    let (authority, _, server) = server();
    let node = issue(&authority, "worker-1", Role::Node);
    for protocols in [
        vec![],
        vec![&b"h2"[..]],
        vec![b"cluster/2"],
        vec![b"cluster/10"],
    ] {
        let chain = vec![node.identity_certificate()];
        let mut client = (*client_showing(chain, node.key())).clone();
        client.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        let meeting = meet(&Arc::new(client), boot_door(), &server).await;
        assert!(meeting.server.is_err(), "{protocols:?}");
        let error = meeting.client.err().unwrap();
        assert!(matches!(error, Error::AlertReceived(_)), "{error}");
    }
}

/// A greeting of TLS 1.2: no extension says that it speaks 1.3.
fn tls12_hello() -> Vec<u8> {
    let mut hello = vec![0x03, 0x03];
    hello.extend([7; 32]);
    hello.push(0);
    // ECDHE with ECDSA, AES-128-GCM; and no renegotiation.
    hello.extend([0x00, 0x04, 0xc0, 0x2b, 0x00, 0xff]);
    hello.extend([0x01, 0x00]);
    let mut extensions = Vec::new();
    extensions.extend([0x00, 0x0a, 0x00, 0x04, 0x00, 0x02, 0x00, 0x1d]);
    extensions.extend([0x00, 0x0d, 0x00, 0x04, 0x00, 0x02, 0x08, 0x07]);
    extensions.extend([0x00, 0x10, 0x00, 0x0c, 0x00, 0x0a, 0x09]);
    extensions.extend(ALPN);
    hello.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
    hello.extend(extensions);
    let mut message = vec![1, 0];
    message.extend(u16::try_from(hello.len()).unwrap().to_be_bytes());
    message.extend(hello);
    let mut record = vec![22, 3, 1];
    record.extend(u16::try_from(message.len()).unwrap().to_be_bytes());
    record.extend(message);
    record
}

/// What the server answers to bytes before it hangs up.
async fn answer_to(server: &Arc<ServerConfig>, bytes: &[u8]) -> Vec<u8> {
    let (mut near, far) = tokio::io::duplex(64 * 1_024);
    near.write_all(bytes).await.unwrap();
    near.shutdown().await.unwrap();
    let accepted = TlsAcceptor::from(server.clone()).accept(far).await;
    assert!(accepted.is_err());
    drop(accepted);
    let mut answer = Vec::new();
    near.read_to_end(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn tls_before_1_3_is_not_spoken() {
    let (_, _, server) = server();
    let answer = answer_to(&server, &tls12_hello()).await;
    // One record: a fatal alert, `protocol_version`.
    assert_eq!(answer[0], 21);
    assert_eq!(&answer[3..], [0, 2, 2, 70]);
}

#[tokio::test]
async fn garbage_is_answered_by_no_more_than_an_alert() {
    let (_, _, server) = server();
    let hello = tls12_hello();
    let mut inputs = vec![
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        vec![0; 5],
        vec![0xff; 4_096],
        vec![22, 3, 1, 0xff, 0xff],
        [&[22, 3, 1, 0x40, 0][..], &[0; 0x4000]].concat(),
    ];
    inputs.extend((0..hello.len()).map(|length| hello[..length].to_vec()));
    for input in inputs {
        let answer = answer_to(&server, &input).await;
        assert!(answer.len() <= 7, "{input:?}: {answer:?}");
    }
}
