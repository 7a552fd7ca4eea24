//! Small types that many messages share.

use core::fmt;
use core::net::{IpAddr, SocketAddr};

use pickler::{ByteString, Pickle};

/// A name of a node, a group, an application or a variable: up to 255 bytes of
/// UTF-8.
#[derive(Pickle, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(#[pickle(count = u8)] pub String);

/// A text for people: up to 65,535 bytes of UTF-8.
#[derive(Pickle, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(#[pickle(count = u16)] pub String);

/// Bytes that mean nothing here: a certificate, a part of a module.
#[derive(Pickle, Clone, Default, PartialEq, Eq)]
pub struct Blob(#[pickle(count = u32)] pub ByteString);

/// A SHA-256 hash of bytes; what is fetched is asked for by it.
#[derive(Pickle, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// Which cluster: random, chosen when it is made.
#[derive(Pickle, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId(pub [u8; 16]);

/// Who drives the cluster. A greater number has taken over from a lesser one;
/// of two controllers with the same number, a node obeys the one that it heard
/// first.
#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch {
    /// Grows with each start of a controller.
    pub number: u64,
    /// Random, chosen at each start.
    pub controller: u64,
}

/// An address of TCP and UDP.
#[derive(Pickle, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[pickle(tag = u8)]
pub enum Address {
    /// Of IPv4.
    #[pickle(tag = 4)]
    V4 {
        /// The host.
        ip: [u8; 4],
        /// The port.
        port: u16,
    },
    /// Of IPv6.
    #[pickle(tag = 6)]
    V6 {
        /// The host.
        ip: [u8; 16],
        /// The port.
        port: u16,
    },
}

/// A variable of the environment, or a setting.
#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Text,
}

macro_rules! text {
    ($type:ident) => {
        impl core::ops::Deref for $type {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

text!(Name);
text!(Text);

impl core::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<T: Into<Vec<u8>>> From<T> for Blob {
    fn from(bytes: T) -> Self {
        Self(ByteString::from(bytes.into()))
    }
}

impl core::ops::Deref for Blob {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.0.as_ref()
    }
}

/// How many bytes.
impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

/// In hexadecimal digits; `{:.12}` shows the first twelve.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:.12}")
    }
}

impl fmt::Display for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for ClusterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:.8}")
    }
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = f.precision().unwrap_or(usize::MAX).min(bytes.len() * 2);
    for place in 0..digits {
        let digit = bytes[place / 2] >> (4 * (1 - place % 2)) & 15;
        write!(f, "{digit:x}")?;
    }
    Ok(())
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        let port = address.port();
        match address.ip() {
            IpAddr::V4(ip) => Self::V4 {
                ip: ip.octets(),
                port,
            },
            IpAddr::V6(ip) => Self::V6 {
                ip: ip.octets(),
                port,
            },
        }
    }
}

impl From<Address> for SocketAddr {
    fn from(address: Address) -> Self {
        match address {
            Address::V4 { ip, port } => (ip, port).into(),
            Address::V6 { ip, port } => (ip, port).into(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SocketAddr::from(*self).fmt(f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SocketAddr::from(*self).fmt(f)
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)
    }
}
