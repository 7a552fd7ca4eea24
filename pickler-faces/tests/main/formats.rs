//! Formats to make faces of.

use pickler::picklers::{of, try_map};
use pickler::schema::{Protocol, Schema};
use pickler::{ByteString, Derived, Pickle};

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

/// A protocol that says a little of everything.
pub fn table() -> Protocol {
    Protocol::new("table", Schema::of::<Message>())
        .version("1.2")
        .doc("Who sits where.")
        .handshake(*b"TABLE 1\n", *b"OK\n")
        .keep_alive("PING", 5000)
        .max_message(4096)
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

/// A format of which nobody counts the most significant end first.
pub fn packed() -> Protocol {
    Protocol::new("packed", Schema::of::<Packed>())
}

/// What is seldom declared.
#[derive(Pickle)]
#[pickle(magic = b"RARE", pad_to = 128)]
struct Rare {
    /// Intel's `II` or Motorola's `MM`.
    #[pickle(assert = order == 0x4949 || order == 0x4D4D)]
    order: u16,
    #[pickle(endian = if order == 0x4949 { little } else { big })]
    version: u32,
    #[pickle(with = try_map(
        of::<u8>(),
        "halved",
        |wire: u8| Ok::<_, &str>(wire / 2),
        |value: &u8| value.checked_mul(2).ok_or("too large"),
    ))]
    half: u8,
    #[pickle(size = 16, pad = 0)]
    title: String,
    #[pickle(derived = internet(order..=title))]
    sum: Derived<u16>,
    #[pickle(align = 4)]
    aligned: u8,
    /// Settings, `a | b`.
    #[pickle(count = u8, json)]
    settings: ByteString,
    #[pickle(bits = 4, none = 15)]
    seat: Option<u8>,
    #[pickle(pad_bits_before = 2, bits = 2)]
    kind: u8,
    #[pickle(scale = 100, unit = "EUR")]
    price: u32,
    #[pickle(flag = u8)]
    note: Option<Note>,
    #[pickle(terminator = 0)]
    name: String,
}

/// A note.
#[derive(Pickle)]
#[pickle(tag = u8)]
enum Note {
    /// In words.
    #[pickle(tag = 1)]
    Words {
        /// The words.
        #[pickle(count = u8)]
        words: ByteString,
    },
    /// As a picture.
    #[pickle(tag = 2)]
    Picture(#[pickle(varint = leb128)] u32),
}

/// What is seldom declared, all in one.
pub fn rare() -> Protocol {
    Protocol::new("rare", Schema::of::<Rare>())
}
