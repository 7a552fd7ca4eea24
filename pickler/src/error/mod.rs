//! What went wrong, and where.

mod display;
mod hexdump;
mod kind;
#[cfg(feature = "miette")]
mod miette;
mod no_value;
mod path;
mod record;
mod storage;
mod text;
mod words;
mod wrong_count;

pub use display::DisplayWith;
pub use kind::ErrorKind;
#[cfg(feature = "miette")]
pub use miette::Diagnosis;
#[cfg(feature = "alloc")]
pub(crate) use no_value::has_no_value;
pub(crate) use no_value::no_value;
pub use path::Step;
pub use record::Error;
pub use text::Text;
#[cfg(feature = "alloc")]
pub(crate) use wrong_count::has_wrong_count;
pub(crate) use wrong_count::wrong_count;
