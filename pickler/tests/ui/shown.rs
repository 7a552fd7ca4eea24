use pickler::Pickle;

#[derive(Pickle)]
struct Shown {
    #[pickle(shown(0 = 1))]
    itself: u8,
    #[pickle(shown(0 = "none", 1 = "none"))]
    alike: u8,
    #[pickle(shown(0 = "no", 0 = false))]
    twice: u8,
    #[pickle(shown(null = 5), none = 7)]
    absent: Option<u8>,
    #[pickle(shown(true = false))]
    never: bool,
    // These tell which value it is.
    #[pickle(shown(0 = 1, 1 = 0))]
    swapped: u8,
    #[pickle(shown(null = 255), none = 255)]
    as_it_is: Option<u8>,
    #[pickle(bits = 4, shown(0 = 16, 1 = -1))]
    outside: u8,
}

fn main() {}
