use pickler::Pickle;

const LOGIN: u8 = 5;

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Next {
    #[pickle(tag = LOGIN)]
    Login,
    Logout,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Twice {
    #[pickle(tag = LOGIN)]
    Login,
    #[pickle(tag = LOGIN)]
    Logout,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Cast {
    #[pickle(tag = LOGIN as u8)]
    Login,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Range {
    #[pickle(tag = LOGIN..=9)]
    Login(#[pickle(tag)] u8),
}

fn main() {}
