//! Specs: the text form of a description, read and written.

mod check;
mod diagnostic;
mod keywords;
mod mistakes;
mod parse;
mod print;

pub use diagnostic::Diagnostic;
pub use mistakes::Mistake;
pub use parse::{parse, parse_with};
pub use print::print;
