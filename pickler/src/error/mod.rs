//! What went wrong, and where.

mod display;
mod hexdump;
mod kind;
#[cfg(feature = "miette")]
mod miette;
mod path;
mod record;
mod storage;
mod text;

pub use display::DisplayWith;
pub use kind::ErrorKind;
#[cfg(feature = "miette")]
pub use miette::Diagnosis;
pub use path::Step;
pub use record::Error;
pub use text::Text;
