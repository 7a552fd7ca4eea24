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

fn main() {}
