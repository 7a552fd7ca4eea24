//! Specs: the text form of a description, read and written.

mod print;

pub use print::print;
