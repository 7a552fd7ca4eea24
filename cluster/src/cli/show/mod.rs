//! What commands print.

mod bots;
mod plan;
mod status;
mod sync;
mod table;

pub use self::bots::{bots, bots_json};
pub use ::bots::report::bytes;
pub use plan::plan;
pub use status::{status, status_json};
pub use sync::{SyncView, synced_json};
pub use table::Table;

use std::time::Duration;

/// A length of time for people: two digits that count, and a unit.
pub fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        _ if seconds < 0.001 => format!("{:.0} µs", seconds * 1e6),
        _ if seconds < 0.010 => format!("{:.1} ms", seconds * 1e3),
        _ if seconds < 1.0 => format!("{:.0} ms", seconds * 1e3),
        _ if seconds < 10.0 => format!("{seconds:.1} s"),
        _ if seconds < 120.0 => format!("{seconds:.0} s"),
        _ => format!("{:.0} min", seconds / 60.0),
    }
}

/// A length of time in microseconds, for people.
pub fn micros(micros: u64) -> String {
    time(Duration::from_micros(micros))
}

/// A number and what it counts, in the plural where it takes one.
pub fn count(count: impl Into<u64>, what: &str) -> String {
    let count = count.into();
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!(micros(312), "312 µs");
        assert_eq!(micros(4_321), "4.3 ms");
        assert_eq!(micros(43_210), "43 ms");
        assert_eq!(micros(1_234_000), "1.2 s");
        assert_eq!(bytes(1_023), "1023 B");
        assert_eq!(bytes(1_536), "1.5 KiB");
        assert_eq!(bytes(5 << 30), "5.0 GiB");
        assert_eq!(count(1_u32, "bot"), "1 bot");
        assert_eq!(count(2_u32, "bot"), "2 bots");
    }
}
