//! What the operating system says of this process, and allows it.

mod interrupt;
mod open_files;
mod usage;

pub use interrupt::{Interrupt, on_interrupt};
pub use open_files::{OpenFiles, TooFewOpenFiles, require_open_files};
pub use usage::{Usage, usage};
