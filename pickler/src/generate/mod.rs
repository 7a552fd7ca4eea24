//! Values made from choices: random ones, edges first, for tests and fuzzers.
//!
//! A [`Generator`] makes values of a [`Schema`](crate::schema::Schema) that can
//! always be written. Where it has a choice it asks [`Choices`]: bytes of a
//! fuzzer ([`ByteChoices`]), a seed ([`Seeded`]), whatever else can pick a
//! number. The choice of 0 is always the simplest one, so that fewer and lesser
//! choices make smaller values: that is how failures are shrunk.
//!
//! ```
//! use pickler::{Pickle, generate};
//!
//! #[derive(Pickle, Debug, PartialEq)]
//! struct Pot {
//!     winners: u8,
//!     #[pickle(count = winners * 2)]
//!     cards: Vec<u8>,
//!     #[pickle(bits = 8, none = 255)]
//!     seat: Option<u8>,
//! }
//!
//! for seed in 0..100 {
//!     let pot: Pot = generate::value(&mut generate::Seeded::new(seed))?;
//!     assert_eq!(pot.cards.len(), usize::from(pot.winners) * 2);
//!     assert_eq!(pickler::decode::<Pot>(&pickler::encode(&pot)?)?, pot);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How a new kind of shape comes in here
//!
//! Every match over [`Shape`](crate::schema::Shape) is exhaustive on purpose:
//!
//! 1. `values/mod.rs` makes a value of it. A value is made as the dynamic codec
//!    gives it on decoding; what follows from other parts is left out. It need
//!    not fit every time: what cannot be written is made anew, from other
//!    choices, a bounded number of times. But the simplest choices should fit.
//! 2. `height.rs` says how deep the shallowest value is, so that recursion ends.
//! 3. If it holds an expression that says how many units or bytes something
//!    has, `values/record.rs` adds it to what a record's fields must fit.
//! 4. `schemas/` makes random schemas that have it.

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod choices;
mod dictionary;
mod error;
mod height;
#[cfg(feature = "proptest")]
mod proptest;
mod schemas;
mod typed;
mod values;

#[cfg(feature = "arbitrary")]
pub use self::arbitrary::arbitrary;
#[cfg(feature = "proptest")]
pub use self::proptest::{Choosing, strategy, values};
pub use choices::{ByteChoices, Choices, Seeded};
pub use dictionary::dictionary;
pub use error::Unsatisfied;
pub use schemas::schema;
pub use typed::value;
pub use values::{Bounds, Generator};
