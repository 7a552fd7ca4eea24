//! What is no path.

pickler_protocol::protocol!(nowhere);

fn main() {}
