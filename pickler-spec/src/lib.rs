//! Specs: the text form of a description, read and written.

mod check;
mod diagnostic;
mod format;
mod keywords;
mod load;
mod mistakes;
mod operands;
mod outline;
mod parse;
mod print;
mod snippet;
mod suggestion;
mod text;

pub use diagnostic::Diagnostic;
pub use format::format;
pub use keywords::keywords;
pub use load::{EXTENSION, LoadError, Mistakes, format_file, is_path, load};
pub use mistakes::Mistake;
pub use outline::{Item, Outline, Words};
pub use parse::{parse, parse_with};
pub use print::print;
pub use snippet::WithSource;
