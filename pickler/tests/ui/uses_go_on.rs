//! After a mistake in the declaration, only the mistake is reported.
use pickler::Pickle;

#[derive(Pickle)]
#[pickle(default, endain = little)]
struct Mistaken<'a, T> {
    #[pickle(count = u8)]
    text: &'a str,
    item: T,
}

fn main() {
    let bytes = pickler::encode(&Mistaken { text: "x", item: 3_u8 }).unwrap();
    let _ = pickler::decode::<Mistaken<'_, u8>>(&bytes);
    let _ = Mistaken::<u8>::default();
}
