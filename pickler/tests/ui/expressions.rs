use pickler::{ByteString, Derived, Pickle};

#[derive(Pickle)]
struct Names {
    length: u8,
    #[pickle(count = lenght)]
    unknown: Vec<u8>,
    #[pickle(count = later)]
    early: Vec<u8>,
    #[pickle(count = myself)]
    myself: Vec<u8>,
    #[pickle(size = sizeof(self))]
    whole: ByteString,
    later: u8,
    #[pickle(derived = other)]
    first: Derived<u8>,
    #[pickle(derived = 1)]
    other: Derived<u8>,
    #[pickle(derived = itself)]
    itself: Derived<u8>,
    #[pickle(shown(3 = "three"))]
    named: u8,
    #[pickle(count = named)]
    hidden: Vec<u8>,
}

#[derive(Pickle)]
struct Unportable {
    length: u8,
    #[pickle(count = "length")]
    text: Vec<u8>,
    #[pickle(count = length as usize)]
    cast: Vec<u8>,
    #[pickle(count = self.length)]
    receiver: Vec<u8>,
    #[pickle(count = std::cmp::max(length, 3))]
    call: Vec<u8>,
    #[pickle(count = if length { 1 } else { 2 })]
    condition: Vec<u8>,
    #[pickle(count = if length > 1 { 1 })]
    no_else: Vec<u8>,
    #[pickle(count = match length { 1 => 2 })]
    no_wildcard: Vec<u8>,
    #[pickle(count = match length { other => 2, _ => 1 })]
    binding: Vec<u8>,
    #[pickle(count = length && 1)]
    logic: Vec<u8>,
    #[pickle(count = !condition)]
    not: Vec<u8>,
    #[pickle(derived = text.len())]
    method: Derived<u8>,
}

#[derive(Pickle)]
struct Unnamed(u8, #[pickle(size = 3)] ByteString);

fn main() {}
