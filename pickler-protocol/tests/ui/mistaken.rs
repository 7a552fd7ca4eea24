//! A spec with mistakes, told all at once.

mod table {
    pickler_protocol::protocol!("mistaken.pickler");
}

fn main() {}
