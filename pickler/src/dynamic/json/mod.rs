//! Values of a schema as JSON, and back.
//!
//! | value | JSON |
//! |---|---|
//! | bytes of printable ASCII | a string |
//! | other bytes | `{"$hex": "e9ff"}` |
//! | bytes known to hold a JSON text | `{"$json": value, "$text": "as on the wire"}` |
//! | a variant of a union | `{"name": "RAISE", "code": 69, "fields": {...}}` |
//! | a row | a list of its values |
//! | a float that is infinite or no number | `{"$float": "0x7ff0000000000000"}`, the bits of an `f64` |
//! | an integer past 64 bits | `{"$int": "340282366920938463463374607431768211455"}` |
//!
//! ```
//! use pickler::{Pickle, dynamic::{self, json}, schema::Schema};
//!
//! #[derive(Pickle)]
//! #[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
//! enum Message {
//!     #[pickle(tag = 69)]
//!     Raise { amount: u32 },
//! }
//!
//! let schema = Schema::of::<Message>();
//! let value = dynamic::decode(&schema, &[69, 0, 0, 0, 40])?;
//! let text = json::to_json(&value, &schema).to_string();
//! assert_eq!(text, r#"{"name":"RAISE","code":69,"fields":{"amount":40}}"#);
//!
//! let back = json::from_json(&text.parse().unwrap(), &schema)?;
//! assert_eq!(dynamic::encode(&schema, &back)?, [69, 0, 0, 0, 40]);
//! # Ok::<(), pickler::Error>(())
//! ```

mod decimal;
mod flags;
mod from_json;
mod hex;
mod text;
mod to_json;
mod with_text;

pub use from_json::from_json;
pub use hex::{HexError, from_hex, to_hex};
pub use to_json::to_json;
pub use with_text::with_text;
