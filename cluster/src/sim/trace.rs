//! What happened, to be compared and to be read.

use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::time::Duration;

/// What happened, to be compared by a number and, if wanted, to be read: one
/// line for each event.
#[derive(Clone, Debug)]
pub struct Trace {
    hash: Fnv,
    events: u64,
    lines: Option<String>,
}

impl Trace {
    /// An empty one; `readable`: with lines.
    pub fn new(readable: bool) -> Self {
        Self {
            hash: Fnv(0xCBF2_9CE4_8422_2325),
            events: 0,
            lines: readable.then(String::new),
        }
    }

    /// Of two runs with the same number the same has happened.
    pub fn hash(&self) -> u64 {
        self.hash.finish()
    }

    /// How many events there were.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// What happened, one line for each event; empty if it was not wanted.
    pub fn lines(&self) -> &str {
        self.lines.as_deref().unwrap_or_default()
    }

    /// Notes what happened: `what` to be compared, `line` to be read.
    pub(super) fn add(&mut self, now: Duration, what: impl Hash, line: impl FnOnce() -> String) {
        self.events += 1;
        (now, what).hash(&mut self.hash);
        if let Some(lines) = &mut self.lines {
            let _ = writeln!(lines, "{:12.6} {}", now.as_secs_f64(), line());
        }
    }
}

/// FNV-1a: the same everywhere, unlike the standard library's.
#[derive(Clone, Debug)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
