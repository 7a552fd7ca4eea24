//! Values read and written by a [`Schema`](crate::schema::Schema) that is known
//! only at run time.
//!
//! The derived codec and this one agree: on bytes, on values, on which inputs
//! they refuse, and where.
//!
//! ```
//! use pickler::{Pickle, dynamic, schema::Schema};
//!
//! #[derive(Pickle)]
//! #[pickle(default)]
//! struct Bet {
//!     player: u16,
//!     #[pickle(default = 10_u32)]
//!     amount: u32,
//! }
//!
//! let schema = Schema::of::<Bet>();
//! let value = dynamic::decode(&schema, &[0, 7, 0, 0, 0, 5])?;
//! assert_eq!(value.field("amount"), Some(&dynamic::Value::Unsigned(5)));
//!
//! let only_player = dynamic::Value::record([("player", 7_u8.into())]);
//! assert_eq!(dynamic::encode(&schema, &only_player)?, [0, 7, 0, 0, 0, 10]);
//! # Ok::<(), pickler::Error>(())
//! ```

mod build;
mod comparand;
mod context;
mod decode;
mod encode;
mod filter;
mod float;
mod frame;
#[cfg(feature = "json")]
pub mod json;
mod meaning;
mod partial;
mod presence;
mod resumption;
mod scope;
#[cfg(feature = "serde")]
pub mod serde;
mod trace;
mod unordered;
mod value;
mod width;

pub use build::Build;
pub(crate) use context::Parameters;
pub(crate) use decode::{Start, decode_start_of};
pub use decode::{decode, decode_by, decode_prefix, decode_shape, decode_with_limits};
pub(crate) use encode::{check_record, measure};
pub use encode::{encode, encode_into, encode_shape};
pub use float::Float;
pub use partial::{Partial, decode_partial};
pub(crate) use resumption::Resumption;
pub(crate) use scope::{Extents, Scope};
pub use trace::{Role, Span, trace};
pub(crate) use unordered::make_different;
pub use value::{RecordValue, Value, VariantValue};
pub(crate) use width::{greatest_count, least_bits};
