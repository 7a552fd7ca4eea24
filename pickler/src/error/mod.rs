//! What went wrong, and where.

mod kind;
mod path;
mod record;
mod storage;
mod text;

pub use kind::ErrorKind;
pub use path::Step;
pub use record::Error;
pub use text::Text;
