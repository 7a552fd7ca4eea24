//! The limit of open files: each connection is one, at either end.

use std::fmt;

/// The limit of open files after it was raised as far as needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenFiles {
    /// How many may be open.
    pub limit: u64,
    /// It was lower and was raised.
    pub raised: bool,
}

/// More open files are needed than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFewOpenFiles {
    needed: u64,
    hard: u64,
    each: u64,
    spare: u64,
}

/// Sees to it that `connections` connections, of which `each` files belong to
/// this process, and `spare` other files may be open: raises the soft limit as
/// far as needed.
///
/// # Errors
/// If the hard limit is too low; the text says what to do.
pub fn require_open_files(
    connections: u64,
    each: u64,
    spare: u64,
) -> Result<OpenFiles, TooFewOpenFiles> {
    let needed = connections.saturating_mul(each).saturating_add(spare);
    let Ok((soft, hard)) = rlimit::Resource::NOFILE.get() else {
        // A system without such limits has nothing to raise.
        return Ok(OpenFiles {
            limit: u64::MAX,
            raised: false,
        });
    };
    if needed <= soft {
        return Ok(OpenFiles {
            limit: soft,
            raised: false,
        });
    }
    if needed <= hard && rlimit::Resource::NOFILE.set(needed, hard).is_ok() {
        return Ok(OpenFiles {
            limit: needed,
            raised: true,
        });
    }
    Err(TooFewOpenFiles {
        needed,
        hard,
        each,
        spare,
    })
}

impl TooFewOpenFiles {
    /// How many connections fit into the hard limit.
    pub fn connections_that_fit(&self) -> u64 {
        self.hard.saturating_sub(self.spare) / self.each.max(1)
    }
}

impl std::error::Error for TooFewOpenFiles {}

impl fmt::Display for TooFewOpenFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this needs {} open files, but the system allows this process {} at most: \
             use at most {} bots (`--bots {}`), or raise the limit (as root: `ulimit -Hn {}` \
             in this shell, or LimitNOFILE= in a systemd unit), or run several processes",
            self.needed,
            self.hard,
            self.connections_that_fit(),
            self.connections_that_fit(),
            self.needed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_suffices_is_left_alone() {
        assert!(!require_open_files(1, 2, 8).unwrap().raised);
    }

    #[test]
    fn a_limit_that_cannot_be_raised_says_what_to_do() {
        let error = TooFewOpenFiles {
            needed: 40_064,
            hard: 20_000,
            each: 2,
            spare: 64,
        };
        let text = error.to_string();
        assert!(text.contains("--bots 9968"), "{text}");
        assert!(text.contains("ulimit -Hn 40064"), "{text}");
    }

    #[test]
    fn more_than_any_system_allows_is_refused() {
        assert!(require_open_files(u64::MAX / 4, 2, 0).is_err());
    }
}
