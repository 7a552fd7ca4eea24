//! The audit log: who asked for what, in a file that shows what was changed in
//! it since.
//!
//! Each line is a JSON object that ends with the hash of the line before it and
//! its own, so that a line cannot be changed, taken out or moved without all
//! those after it. Whoever can write the file could still end it earlier, or
//! write all of it anew: note [`Head`]s elsewhere to see that too.
//!
//! ```
//! use cluster::audit::{AuditLog, verify};
//! use serde_json::json;
//!
//! let path = std::env::temp_dir().join(format!("audit-{}", std::process::id()));
//! let mut log = AuditLog::open(&path, 1_800_000_000)?;
//! log.append(1_800_000_000, "alice", "sync", &json!({"version": 4}))?;
//! assert!(log.tail(1)?[0].starts_with(
//!     r#"{"n":1,"time":"2027-01-15T08:00:00Z","who":"alice","what":"sync","detail":{"version":4}"#
//! ));
//! assert_eq!(verify(&path)?, *log.head());
//! # std::fs::remove_file(&path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod chain;
mod log;
#[cfg(test)]
mod tests;

pub use chain::{Damage, Head, MAX_LINE};
pub use log::{AuditError, AuditLog, verify};
