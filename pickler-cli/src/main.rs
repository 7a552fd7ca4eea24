//! Declared binary formats at the command line.
fn main() {}
