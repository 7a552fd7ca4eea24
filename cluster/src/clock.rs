//! The wall clock. What decides is told the time; only who drives it looks here.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Now, in seconds since 1970.
pub(crate) fn wall() -> u64 {
    since_1970().as_secs()
}

/// Now, in milliseconds since 1970.
pub(crate) fn wall_millis() -> u64 {
    u64::try_from(since_1970().as_millis()).unwrap_or(u64::MAX)
}

/// None at all on a machine whose clock is before that.
fn since_1970() -> Duration {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default()
}
