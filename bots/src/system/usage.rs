//! Memory and processor time of this process.

use std::fs;
use std::time::Duration;

/// What this process has used so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Resident memory now, in bytes.
    pub resident: u64,
    /// The most resident memory at one moment, in bytes.
    pub resident_peak: u64,
    /// Processor time, user and system, of all threads.
    pub cpu: Duration,
}

/// What this process has used so far; zeros where the system does not say, as
/// it does in Linux's `/proc`.
pub fn usage() -> Usage {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    Usage {
        resident: kibibytes(&status, "VmRSS:") * 1024,
        resident_peak: kibibytes(&status, "VmHWM:") * 1024,
        cpu: cpu_time(&stat),
    }
}

fn kibibytes(status: &str, name: &str) -> u64 {
    status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// Fields 14 and 15 of `/proc/self/stat`, in ticks of a hundredth of a second
/// on all of Linux's architectures; the name in field 2 may contain spaces.
fn cpu_time(stat: &str) -> Duration {
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_name_with_spaces_and_brackets_does_not_shift_the_fields() {
        let stat = "7 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 1 0 5 6 7";
        assert_eq!(cpu_time(stat), Duration::from_secs(2));
    }

    #[test]
    fn memory_is_found_by_name() {
        assert_eq!(
            kibibytes("VmHWM:\t    12 kB\nVmRSS:\t   10 kB\n", "VmRSS:"),
            10
        );
        assert_eq!(kibibytes("", "VmRSS:"), 0);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_uses_memory() {
        let usage = usage();
        assert!(usage.resident > 0 && usage.resident_peak >= usage.resident);
    }
}
