//! Who is who: authority, certificates, tokens, TLS, revocation, signatures and
//! roles.
//!
//! A cluster has one [`Authority`]. A newcomer holds a [`Token`], which the
//! boot server's [`Registrar`] honours once, and gets an [`Identity`]. Peers
//! talk over TLS 1.3 ([`server_config`], [`client_config`]); who is revoked is
//! in [`Trust`]. [`Statement`](cluster_protocol::Statement)s are signed by
//! [`SigningKey`]s and read by [`verify`]; datagrams are sealed by a
//! [`KeyRing`].

mod authority;
mod credentials;
mod issued;
mod keys;
mod records;
mod registrar;
mod roles;
mod rotating_keys;
mod seal;
mod signing;
mod stored;
mod subject;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tls;
mod token;
mod token_book;
mod trust;
mod verify;

pub use authority::{Authority, BOOT_DOOR, IssueError, NODE_DOOR};
pub use credentials::{Identity, IdentityError, LoadIdentityError};
pub use issued::{IssuedBook, IssuedError};
pub use keys::{NoRandomness, SigningKey, sha256, sha256_of_file, verify_bytes};
pub use records::{Holder, IssuedCertificate, TokenRecord, TokenUse};
pub use registrar::{CERTIFICATE_LIFETIME, OPERATOR_LIFETIME, Registrar, RegistrarError};
pub use roles::{is_operator, least_role, may, role_name};
pub use rotating_keys::{RotateError, RotatingKeys};
pub use seal::{KeyRing, MAX_KEYS, MAX_SEALED, Nonces, SealError};
pub use signing::{MAX_STATEMENT, SignatureError, verify, verify_charter};
pub use stored::StoreError;
pub use subject::{Credential, MAX_GROUPS, MAX_NAME, Subject, SubjectError, check_name};
pub use tls::{
    ALPN, TlsError, boot_door, client_config, enrolling_client_config, node_door, server_config,
    visitor,
};
pub use token::{NotAToken, Token};
pub use token_book::{RETRY, TokenBook, TokenError};
pub use trust::Trust;
pub use verify::{PeerError, peer_error};
