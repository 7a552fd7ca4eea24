//! Documents, as they are shown.

use expect_test::expect_file;
use pickler::Pickle;
use pickler::schema::{Protocol, Schema};

/// What a server says of a table.
#[derive(Pickle)]
#[pickle(tag = u8, length = u16, length_counts = message, rename_all = SCREAMING_SNAKE_CASE)]
enum Message {
    /// Who sits where.
    #[pickle(tag = 3, direction = to_client)]
    Seats(Seats),
    /// Nothing new.
    #[pickle(tag = 9, direction = both)]
    Ping,
}

/// The seats of a table, and the [`Card`] that is up.
#[derive(Pickle)]
#[expect(clippy::struct_field_names, reason = "there are some in it")]
struct Seats {
    /// The table.
    table: u16,
    #[pickle(bits = 1)]
    open: bool,
    #[pickle(bits = 7)]
    kind: u8,
    /// How many bytes the seats take.
    size: u8,
    #[pickle(count = size / 2)]
    seats: Vec<u16>,
    /// Only where it is open.
    #[pickle(if = open, endian = little)]
    stake: Option<u32>,
    up: Card,
}

/// A card.
#[derive(Pickle)]
#[pickle(tag = u8)]
enum Card {
    #[pickle(tag = 1)]
    Ace,
    #[pickle(tag = 2)]
    Deuce,
}

#[test]
fn a_document_tells_framing_messages_and_types() {
    let protocol = Protocol::new("table", Schema::of::<Message>())
        .version("1.2")
        .doc("Who sits where.")
        .handshake(*b"TABLE 1\n", *b"OK\n")
        .keep_alive("PING", 5000)
        .max_message(4096);
    expect_file!["expected/table.md"].assert_eq(&pickler_faces::markdown(&protocol));
}

#[derive(Pickle)]
#[pickle(bit_order = lsb, endian = little)]
struct Packed {
    #[pickle(bits = 1)]
    on: bool,
    #[pickle(bits = 3)]
    level: u8,
    #[pickle(bits = 12)]
    id: u16,
    stamp: u64,
    key: [u8; 64],
}

#[test]
fn formats_that_are_no_messages_have_one_section() {
    let protocol = Protocol::new("packed", Schema::of::<Packed>());
    expect_file!["expected/packed.md"].assert_eq(&pickler_faces::markdown(&protocol));
}
