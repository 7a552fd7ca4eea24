//! What a wire format is, as a value: printed, compared, walked over, and read
//! and written by in [`dynamic`](crate::dynamic).
//!
//! Without the feature `alloc`, nothing describes itself: only what compiled
//! code mentions is left.
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

#[cfg(feature = "alloc")]
mod canonical;
#[cfg(feature = "alloc")]
mod checksum;
#[cfg(feature = "alloc")]
mod describer;
mod expr;
#[cfg(feature = "alloc")]
mod filter;
#[cfg(feature = "alloc")]
mod keyed;
mod length;
#[cfg(feature = "alloc")]
mod leniency;
#[cfg(feature = "alloc")]
mod meaning;
#[cfg(feature = "alloc")]
mod nesting;
#[cfg(feature = "alloc")]
mod opaque;
mod padding;
#[cfg(feature = "alloc")]
mod parts;
#[cfg(feature = "alloc")]
mod place;
#[cfg(feature = "alloc")]
mod protocol;
#[cfg(feature = "alloc")]
mod record;
#[cfg(feature = "alloc")]
mod shape;
#[cfg(feature = "alloc")]
mod union;
#[cfg(feature = "alloc")]
mod variants;
#[cfg(feature = "alloc")]
mod width;

pub use crate::picklers::{
    Ending, FixedText, Terminator, TextEncoding, VarintEncoding, VarintFormat,
};
#[cfg(feature = "alloc")]
pub use checksum::{Algorithm, Checksum};
#[cfg(feature = "alloc")]
pub use describer::{Describer, Schema, SchemaError};
#[cfg(feature = "alloc")]
pub use expr::{Arm, ParseError, Pattern};
pub use expr::{
    Comparable, Comparand, Expr, HoldsMembers, IntegerType, Members, Operand, Operator,
    UnaryOperator, Variants,
};
#[cfg(feature = "alloc")]
#[doc(hidden)]
pub use expr::{describe_tagged, describe_variant, member_name};
pub(crate) use expr::{same, tag_of};
#[cfg(feature = "alloc")]
pub use filter::{Compression, Filter};
#[cfg(feature = "alloc")]
pub use keyed::{Form, KeyFormat, Keyed, KeyedField, Number, Occurs, Pairs, Unknown};
pub use length::LengthCounts;
#[cfg(feature = "alloc")]
pub use leniency::Leniency;
#[cfg(feature = "alloc")]
pub use meaning::Meaning;
#[cfg(feature = "alloc")]
#[doc(hidden)]
pub use nesting::Nesting;
#[cfg(feature = "alloc")]
pub use opaque::Opaque;
pub use padding::{Fill, Origin, Padding};
#[cfg(feature = "alloc")]
pub use parts::Doc;
#[cfg(feature = "alloc")]
pub use place::Place;
#[cfg(feature = "alloc")]
pub use protocol::{Handshake, KeepAlive, Protocol};
#[cfg(feature = "alloc")]
pub use record::{Field, Names, Record};
#[cfg(feature = "alloc")]
pub use shape::{Count, Definition, Parameter, Presence, Reference, Shape, Size, TypeRef, Until};
#[cfg(feature = "alloc")]
pub use union::{Enumeration, Length, Other, TagSource, Union, Variant};
#[cfg(feature = "alloc")]
pub use variants::SortedVariants;
