//! What readers and writers of two versions of a format do with each other's
//! bytes.
//!
//! [`diff`] compares two protocols. Their descriptions propose what may have
//! changed; bytes prove it: values of each version are written by it and read
//! by the other, and each finding has a [`Witness`] that shows what comes of
//! that. What the descriptions do not tell is found by random values.
//!
//! A finding is shown by values that have what has changed in them. Where none is
//! found, it is not known what becomes of bytes ([`Finding::is_unknown`]): such a
//! report is not compatible, either.
//!
//! ```
//! use pickler::{Pickle, schema::{Protocol, Schema}};
//! use pickler_diff::{Verdict, diff};
//!
//! mod old {
//! #   use pickler::Pickle;
//!     #[derive(Pickle)]
//!     pub struct Bet { pub player: u16, pub amount: u16 }
//! }
//! mod new {
//! #   use pickler::Pickle;
//!     #[derive(Pickle)]
//!     pub struct Bet { pub player: u16, pub amount: u32 }
//! }
//!
//! let old = Protocol::new("bets", Schema::of::<old::Bet>());
//! let new = Protocol::new("bets", Schema::of::<new::Bet>());
//! let report = diff(&old, &new);
//! assert_eq!(report.verdict(), Verdict::BREAKING);
//! let finding = &report.findings[0];
//! assert_eq!((&*finding.field, &*finding.change), ("amount", "`u16` became `u32`"));
//! assert!(finding.witnesses.iter().all(|witness| witness.holds(&old, &new)));
//! println!("{report}");
//! ```
//!
//! # In tests
//!
//! [`assert_compatible!`] fails with the report. A test that keeps the spec of
//! what was released beside the declaration sees every change that breaks it.

mod assert;
mod changes;
mod compare;
mod cut;
mod hollow;
mod judgement;
mod limits;
mod messages;
mod proof;
mod report;

pub use compare::diff;
pub use report::{Finding, Outcome, Part, Report, Side, Title, Verdict, Witness};
