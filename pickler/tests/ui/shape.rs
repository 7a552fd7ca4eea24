use pickler::Pickle;

#[derive(Pickle)]
union Either {
    a: u8,
    b: i8,
}

#[derive(Pickle)]
#[pickle(row, magic = b"X")]
struct Newtype(u8);

#[derive(Pickle)]
#[pickle(magic = 7)]
struct Untyped {}

#[derive(Pickle)]
#[pickle]
struct Empty {
    #[pickle = "count"]
    text: u8,
    #[pickle(count u8)]
    missing: u8,
    #[pickle(json = true, shown(a = 3), rename = name, default(3), none)]
    odd: u8,
}

fn main() {}
