use pickler::Pickle;

#[derive(Pickle)]
#[pickle(view)]
struct Place(u16, u16);

#[derive(Pickle)]
#[pickle(view, keyed(key = u8, size = u8))]
struct Options {
    #[pickle(key = 1)]
    first: u8,
}

#[derive(Pickle)]
#[pickle(view, context(version: u8))]
struct Given {
    #[pickle(if = version > 1)]
    first: Option<u8>,
}

#[derive(Pickle)]
#[pickle(view, tag = u8)]
enum Message {
    Ping,
}

#[derive(Pickle)]
#[pickle(view = 3)]
struct Named {
    first: u8,
}

fn main() {}
