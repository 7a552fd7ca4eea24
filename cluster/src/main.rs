//! The program `node`.

fn main() {}
