//! Values on the command line.

use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

/// A length of time, such as `30s`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let duration = crate::script::duration(text)?;
    if duration.is_zero() {
        return Err("must be more than nothing".into());
    }
    Ok(duration)
}

/// A length of time that may be none.
pub(super) fn duration_or_none(text: &str) -> Result<Duration, String> {
    crate::script::duration(text)
}

/// A factor from 0.
pub(super) fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if factor.is_finite() && (0.0..=1_000.0).contains(&factor) => Ok(factor),
        _ => Err("expected a number from 0 to 1000, such as 0.1".into()),
    }
}

/// An address to connect to, such as `tcp://127.0.0.1:19380`.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// As it was given.
    pub text: String,
    /// The first address that it stands for.
    pub address: SocketAddr,
}

/// See [`Target`].
pub(super) fn target(text: &str) -> Result<Target, String> {
    let Some(place) = text.strip_prefix("tcp://") else {
        return Err("expected tcp://HOST:PORT".into());
    };
    let mut addresses = place
        .to_socket_addrs()
        .map_err(|error| format!("`{place}` is no HOST:PORT that can be found: {error}"))?;
    match addresses.next() {
        Some(address) => Ok(Target {
            text: text.into(),
            address,
        }),
        None => Err(format!("`{place}` has no address")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_a_scheme_a_host_and_a_port() {
        assert_eq!(
            target("tcp://127.0.0.1:80").unwrap().address,
            SocketAddr::from(([127, 0, 0, 1], 80))
        );
        for wrong in [
            "127.0.0.1:80",
            "udp://127.0.0.1:80",
            "tcp://127.0.0.1",
            "tcp://:99999",
            "",
        ] {
            assert!(target(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_factor_is_a_number_from_zero() {
        assert_eq!(factor("0.1"), Ok(0.1));
        for wrong in ["-1", "nan", "inf", "", "1e9", "fast"] {
            assert!(factor(wrong).is_err(), "{wrong}");
        }
    }
}
