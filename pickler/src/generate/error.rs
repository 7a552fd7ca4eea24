//! Why there is no value.

use alloc::string::String;
use core::fmt;

use crate::error::Error;

/// No value could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsatisfied {
    /// A type holds itself without end, so that no value of it is finite.
    Endless {
        /// The type's name; empty if it has none.
        name: String,
    },
    /// There is no message of that name.
    UnknownMessage {
        /// The name.
        name: String,
    },
    /// No value that was made could be written and read.
    NothingFits {
        /// How many were made.
        attempts: u32,
        /// What was wrong with the last.
        last: Error,
    },
}

impl fmt::Display for Unsatisfied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endless { name } if name.is_empty() => {
                f.write_str("this holds itself without end: no value is finite")
            }
            Self::Endless { name } => {
                write!(f, "`{name}` holds itself without end: no value is finite")
            }
            Self::UnknownMessage { name } => write!(f, "there is no message `{name}`"),
            Self::NothingFits { attempts, last } => {
                write!(f, "of {attempts} values none fits; of the last: {last}")
            }
        }
    }
}

impl core::error::Error for Unsatisfied {}
