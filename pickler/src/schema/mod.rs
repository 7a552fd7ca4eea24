//! What a wire format is, as a value: printed, compared, walked over, and read
//! and written by in [`dynamic`](crate::dynamic).
//!
//! ```
//! use pickler::{Pickle, schema::{Schema, Shape}};
//!
//! #[derive(Pickle)]
//! struct Bet {
//!     player: u16,
//!     amount: u32,
//! }
//!
//! let schema = Schema::of::<Bet>();
//! let Shape::Record(bet) = schema.resolve(schema.root()) else { panic!() };
//! assert_eq!(bet.fields[1].name.as_ref(), "amount");
//! assert_eq!(bet.fields[1].shape, Shape::Integer { bits: 32, signed: false });
//! ```

mod describer;
mod expr;
mod record;
mod shape;
mod union;

pub use describer::{Describer, Schema};
pub use expr::{Expr, Operator};
pub use record::{Field, Names, Record};
pub use shape::{Count, Definition, Shape, TypeRef};
pub use union::{Enumeration, Length, LengthCounts, Other, Union, Variant};
