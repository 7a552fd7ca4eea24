//! Values as types of serde, and back.
//!
//! | value | of serde's data model |
//! |---|---|
//! | null | none, unit |
//! | bytes | bytes; a string where one is asked for and they are UTF-8; a sequence where one is asked for |
//! | a list, a row | a sequence, a tuple |
//! | a record | a struct, a map |
//! | the name of an enumeration's value | a unit variant |
//! | a variant of a union | a variant of that name, with its body |
//!
//! ```
//! use pickler::dynamic::{self, serde::{from_value, to_value}};
//! use pickler::{Pickle, schema::Schema};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Pickle)]
//! #[pickle(tag = u8)]
//! enum Wire {
//!     Ping,
//!     Raise { amount: u32, #[pickle(count = u8)] comment: String },
//! }
//!
//! /// As a program wants to have it that never saw the declaration.
//! #[derive(Serialize, Deserialize, Debug, PartialEq)]
//! enum Message {
//!     Ping,
//!     Raise { comment: String, amount: u64 },
//! }
//!
//! let schema = Schema::of::<Wire>();
//! let value = dynamic::decode(&schema, &[1, 0, 0, 0, 40, 2, b'u', b'p'])?;
//! let message: Message = from_value(&value).unwrap();
//! assert_eq!(message, Message::Raise { comment: "up".into(), amount: 40 });
//!
//! let value = to_value(&message, &schema).unwrap();
//! assert_eq!(dynamic::encode(&schema, &value)?, [1, 0, 0, 0, 40, 2, b'u', b'p']);
//! # Ok::<(), pickler::Error>(())
//! ```

mod from_value;
mod to_value;

use alloc::string::{String, ToString};
use core::fmt;

pub use from_value::from_value;
pub use to_value::to_value;

/// Why a value is none of a type, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerdeError(String);

impl core::error::Error for SerdeError {}

impl fmt::Display for SerdeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::de::Error for SerdeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl serde::ser::Error for SerdeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
