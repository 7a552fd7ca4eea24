//! A spec that there is not.

pickler_protocol::protocol!("nowhere.pickler");

fn main() {}
