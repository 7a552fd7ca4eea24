//! Who is let in: tokens, certificates and revocations, in the right order.

use std::path::Path;
use std::time::Duration;

use cluster_protocol::{
    Address, Authorise, Certificates, Enrol, Name, Refusal, Renew, Revocation, Role,
};
use thiserror::Error;

use super::authority::{Authority, IssueError};
use super::issued::{IssuedBook, IssuedError};
use super::keys::{NoRandomness, SigningKey, proves};
use super::roles::is_operator;
use super::stored::StoreError;
use super::subject::{Credential, Subject, SubjectError};
use super::token::Token;
use super::token_book::{TokenBook, TokenError};
use super::trust::Trust;

/// How long certificates of nodes are good for.
pub const CERTIFICATE_LIFETIME: Duration = Duration::from_secs(24 * 3_600);

/// How long those of operators are good for: nobody looks at a cluster each day.
pub const OPERATOR_LIFETIME: Duration = Duration::from_secs(30 * 24 * 3_600);

/// The boot server's registrar. It lets newcomers in that hold a token, renews
/// what members hold, and revokes it. What it has promised is on disk before
/// anybody is told.
#[derive(Debug)]
pub struct Registrar {
    authority: Authority,
    tokens: TokenBook,
    issued: IssuedBook,
    trust: Trust,
    lifetime: Duration,
}

/// Why somebody is not let in, or not revoked. For the log; what a peer may be
/// told is its [`refusal`](Self::refusal).
#[derive(Debug, Error)]
pub enum RegistrarError {
    /// The token is not honoured.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The certificate cannot be issued.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// It cannot be noted.
    #[error(transparent)]
    Issued(#[from] IssuedError),
    /// A name will not do.
    #[error(transparent)]
    Subject(#[from] SubjectError),
    /// Nobody becomes the boot server by a token.
    #[error("no token makes a boot server")]
    BootServer,
    /// The peer's certificate has been revoked.
    #[error("{0} has been revoked")]
    Revoked(Name),
    /// The peer's certificate has ended.
    #[error("the certificate of {0} has expired")]
    Expired(Name),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// A book cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RegistrarError {
    /// What a stranger or a member may be told: always the same.
    pub fn refusal(&self) -> Refusal {
        Refusal::NotAuthorised
    }
}

impl Registrar {
    /// The registrar whose books are in that folder.
    pub fn open(folder: &Path, authority: Authority, trust: Trust) -> Result<Self, StoreError> {
        Ok(Self {
            authority,
            tokens: TokenBook::open(&folder.join("tokens"))?,
            issued: IssuedBook::open(&folder.join("issued"))?,
            trust,
            lifetime: CERTIFICATE_LIFETIME,
        })
    }

    /// The same, but certificates of nodes are good for so long.
    #[must_use]
    pub fn with_lifetime(self, lifetime: Duration) -> Self {
        Self { lifetime, ..self }
    }

    /// The authority.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Mints a token, which `addresses` may be part of; `wall` is now, in
    /// seconds since 1970. An older one of that name is good no longer.
    pub fn authorise(
        &mut self,
        wanted: &Authorise,
        addresses: Vec<Address>,
        wall: u64,
    ) -> Result<Token, RegistrarError> {
        if wanted.role == Role::Boot {
            return Err(RegistrarError::BootServer);
        }
        let subject = Subject::new(wanted.name.clone(), wanted.groups.clone(), wanted.role)?;
        let token = Token::mint(subject.name.clone(), self.authority.pin(), addresses)?;
        let lifetime = Duration::from_secs(wanted.lifetime.into());
        self.tokens.add(&token, &subject, lifetime, wall)?;
        Ok(token)
    }

    /// Lets a newcomer in, or not.
    pub fn enrol(&mut self, enrol: &Enrol, wall: u64) -> Result<Certificates, RegistrarError> {
        // First what costs no token: a request that is damaged on its way may
        // be sent again.
        if !proves(&enrol.request, &enrol.name) {
            return Err(IssueError::NoProof.into());
        }
        let key = enrol.request.key;
        let subject = self.tokens.redeem(&enrol.token, &enrol.name, key, wall)?;
        let certificates = self.authority.issue(
            &enrol.request,
            &subject,
            self.lifetime_of(subject.role),
            wall,
        )?;
        self.issued.add(&subject.name, &certificates, wall)?;
        Ok(certificates)
    }

    /// Gives a member new certificates of the same content.
    pub fn renew(
        &mut self,
        member: &Credential,
        renew: &Renew,
        wall: u64,
    ) -> Result<Certificates, RegistrarError> {
        let subject = &member.subject;
        if self.trust.covers(member) {
            return Err(RegistrarError::Revoked(subject.name.clone()));
        }
        if member.expires <= wall {
            return Err(RegistrarError::Expired(subject.name.clone()));
        }
        let certificates = self.authority.issue(
            &renew.request,
            subject,
            self.lifetime_of(subject.role),
            wall,
        )?;
        self.issued.add(&subject.name, &certificates, wall)?;
        Ok(certificates)
    }

    /// Certificates of the boot server itself.
    pub fn issue_boot(
        &mut self,
        name: &str,
        key: &SigningKey,
        wall: u64,
    ) -> Result<Certificates, RegistrarError> {
        let subject = Subject::new(name.into(), Vec::new(), Role::Boot)?;
        // It holds its files itself: nobody revokes it, and it may be started as
        // often as need be.
        self.issued.forget(&subject.name)?;
        let certificates =
            self.authority
                .issue(&key.request(name), &subject, self.lifetime, wall)?;
        self.issued.add(&subject.name, &certificates, wall)?;
        Ok(certificates)
    }

    /// Lets a name in no longer: its token is forgotten, and what is returned
    /// belongs into the charter, in place of an earlier revocation of that
    /// name. It takes effect when [`Trust`] is given that charter.
    pub fn revoke(&mut self, name: &Name, wall: u64) -> Result<Revocation, RegistrarError> {
        self.tokens.cancel(name)?;
        Ok(self.issued.revocation(name, wall))
    }

    fn lifetime_of(&self, role: Role) -> Duration {
        if is_operator(role) {
            OPERATOR_LIFETIME
        } else {
            self.lifetime
        }
    }

    /// Whether there is anything to revoke of that name.
    pub fn knows(&self, name: &Name, wall: u64) -> bool {
        self.issued.holds_any(name, wall) || self.tokens.pending(wall).contains(name)
    }

    /// The names of tokens that are good and have not been used.
    pub fn pending(&self, wall: u64) -> Vec<Name> {
        self.tokens.pending(wall)
    }
}
