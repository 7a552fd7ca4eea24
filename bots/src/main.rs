//! Bots.
fn main() {}
