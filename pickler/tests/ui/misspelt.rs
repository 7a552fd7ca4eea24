use pickler::Pickle;

#[derive(Pickle)]
#[pickle(endain = little)]
struct Misspelt {
    #[pickle(cuont = u8)]
    items: Vec<u8>,
    #[pickle(quite_another)]
    another: u8,
    #[pickle(tag = u8)]
    elsewhere: u8,
}

#[derive(Pickle)]
#[pickle(tag = u8, length = u8, length_counts = mesage)]
enum Words {
    A,
}

#[derive(Pickle)]
#[pickle(rename_all = SHOUTING)]
struct Case {}

#[derive(Pickle)]
#[pickle(little)]
struct Foreign {
    #[pickle(cond = 1 == 1)]
    absent: Option<u8>,
    #[pickle(length = u8)]
    name: String,
    #[pickle(magic = b"x")]
    magic: (),
    #[pickle(bits(3))]
    bits: u8,
}

#[derive(Pickle)]
#[pickle(tag_type = u8)]
enum ForeignTag {
    #[pickle(id = 3)]
    A,
}

#[derive(Pickle)]
#[pickle(magic = "GIF8")]
struct Text {}

fn main() {}
