use pickler::{ByteString, Pickle};

#[derive(Pickle)]
struct Behind {
    #[pickle(rest)]
    text: String,
    end: u8,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum InVariant {
    A {
        #[pickle(rest)]
        items: Vec<u16>,
        #[pickle(rest)]
        again: ByteString,
    },
}

#[derive(Pickle)]
#[pickle(bits = 1)]
enum Full {
    Off,
    On,
    #[pickle(other)]
    Unknown(u8),
}

#[derive(Pickle)]
#[pickle(keyed(key = u8, size = u8))]
struct Keys {
    #[pickle(key = 1)]
    a: u8,
    #[pickle(key = 1)]
    b: u8,
    c: u8,
}

#[derive(Pickle)]
struct NoDefault {
    rows: u8,
    #[pickle(if = rows > 0, count = rows, default = vec![1])]
    cards: Vec<u8>,
}

fn main() {
    // The types are there all the same.
    let _ = pickler::encode(&Behind { text: String::new(), end: 1 });
    let _ = pickler::decode::<Keys>(&[]);
}
