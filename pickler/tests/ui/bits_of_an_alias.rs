use pickler::Pickle;

type Small = u8;

#[derive(Pickle)]
struct Bits {
    #[pickle(bits = 9)]
    many: Small,
}

fn main() {
    let _ = pickler::encode(&Bits { many: 1 });
}
