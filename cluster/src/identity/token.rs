//! Tokens: what lets a newcomer in, once.

use core::fmt;
use core::net::SocketAddr;
use core::str::FromStr;

use cluster_protocol::{Address, Blob, Digest, Enrol, Name};
use thiserror::Error;

use super::keys::{NoRandomness, SigningKey, random};
use super::subject::{check_name, parse_hex};

/// The most bytes of a token's text: room for a name and some addresses.
const MAX_TEXT: usize = 1_024;

/// What a token's text begins with, which also says its form.
const PREFIX: &str = "cluster1.";

/// A token, as its holder has it: one word that can be pasted,
/// `cluster1.SECRET.AUTHORITY.NAME@ADDRESS,ADDRESS`; both secret and
/// authority are 64 hexadecimal digits, and `@` and the addresses may be left
/// out.
///
/// ```
/// use cluster::identity::Token;
/// use cluster_protocol::Digest;
///
/// let token = Token::mint("worker-1".into(), Digest([7; 32]), vec![])?;
/// let text = token.to_string();
/// assert_eq!(text.parse::<Token>()?, token);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What proves that its holder is the one meant.
    secret: [u8; 32],
    /// The SHA-256 hash of the authority's certificate, by which the holder
    /// knows whom it talks to.
    pub authority: Digest,
    /// The name that it is bound to.
    pub name: Name,
    /// Where to find members.
    pub addresses: Vec<Address>,
}

/// The text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a token: cluster1.SECRET.AUTHORITY.NAME, and perhaps @ and addresses")]
pub struct NotAToken;

impl Token {
    /// A new one. It is of use once a [`TokenBook`](super::TokenBook) knows it.
    pub fn mint(
        name: Name,
        authority: Digest,
        addresses: Vec<Address>,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            secret: random()?,
            authority,
            name,
            addresses,
        })
    }

    /// Asks to be let in with it, and for certificates for that key.
    pub fn enrol(&self, key: &SigningKey) -> Enrol {
        Enrol {
            token: Blob::from(self.secret),
            name: self.name.clone(),
            request: key.request(&self.name),
        }
    }

    pub(super) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = Digest(self.secret);
        write!(f, "{PREFIX}{secret}.{}.{}", self.authority, self.name)?;
        for (place, address) in self.addresses.iter().enumerate() {
            let mark = if place == 0 { '@' } else { ',' };
            write!(f, "{mark}{address}")?;
        }
        Ok(())
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        parse(text.trim()).ok_or(NotAToken)
    }
}

fn parse(text: &str) -> Option<Token> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let (secret, rest) = text.strip_prefix(PREFIX)?.split_once('.')?;
    let (authority, rest) = rest.split_once('.')?;
    let (name, addresses) = match rest.split_once('@') {
        Some((name, addresses)) => (name, addresses.split(',').map(parse_address).collect()),
        None => (rest, Some(Vec::new())),
    };
    check_name(name).ok()?;
    Some(Token {
        secret: parse_hex(secret)?,
        authority: Digest(parse_hex(authority)?),
        name: name.into(),
        addresses: addresses?,
    })
}

fn parse_address(text: &str) -> Option<Address> {
    text.parse::<SocketAddr>().ok().map(Address::from)
}

/// Without its secret.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "token of {}", self.name)
    }
}
