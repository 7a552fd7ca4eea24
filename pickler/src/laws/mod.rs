//! What holds of every type and schema, to be checked in tests and fuzzers.
//!
//! 1. What is written is read as the same value, and all of it is read.
//! 2. What is read is written as the same bytes, where a schema is
//!    [canonical](crate::schema::Schema::canonical).
//! 3. The length that a value announces is the length that it has.
//! 4. The derived and the dynamic codec agree: on bytes, on values, on which
//!    inputs they refuse, why and where.
//! 5. A stream is cut into the same frames and values, however it comes.
//! 6. No input, however hostile, makes them panic.
//! 7. What does not fit is refused; nothing is ever written that reads as
//!    something else.
//!
//! ```
//! use pickler::{Pickle, generate, laws::Laws};
//!
//! #[derive(Pickle, Debug, PartialEq)]
//! struct Bet {
//!     #[pickle(bits = 4)]
//!     seat: u8,
//!     #[pickle(bits = 12)]
//!     amount: u16,
//! }
//!
//! let laws = Laws::<Bet>::new();
//! for seed in 0..100 {
//!     let bytes = laws.hold_for(&generate::value(&mut generate::Seeded::new(seed))?);
//!     laws.hold_near(&bytes);
//! }
//! # Ok::<(), generate::Unsatisfied>(())
//! ```
//!
//! All of these panic when a law is broken, with what broke it.

mod schema;
mod stream;
mod typed;

pub use schema::{hold_for_schema, hold_for_schema_bytes};
pub use stream::{hold_for_stream, hold_for_value_stream};
pub use typed::Laws;
