//! The kinds of mistakes that a spec can have, by number.
//!
//! Each kind has a page, `docs/errors/S0007.md`: what is wrong, an example, how
//! to mend it. A new kind is a line at the end of the table below, a page, a row
//! in `docs/errors/README.md`, and a spec that has it in `tests/mistakes`; the
//! tests tell what of that lacks. Numbers are not used again.

use std::fmt;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mistake(u16);

impl Mistake {
    /// What it is, in a few words: the title of its page.
    pub fn title(self) -> &'static str {
        let known = ALL.iter().find(|(mistake, _)| *mistake == self);
        known.map_or("", |(_, title)| title)
    }

    /// All kinds that there are.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|(mistake, _)| *mistake)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S{:04}", self.0)
    }
}

macro_rules! mistakes {
    ($($number:literal $name:ident $title:literal)*) => {
        $(
            #[doc = $title]
            pub(crate) const $name: Mistake = Mistake($number);
        )*

        const ALL: &[(Mistake, &str)] = &[$(($name, $title)),*];
    };
}

mistakes! {
    1 UNEXPECTED "something else than what can stand there"
    2 TOO_DEEP "things nested too deep"
    3 TOO_LARGE "a spec that is too large"
    4 UNKNOWN_TYPE "a type that there is not"
    5 NAME_TAKEN "a name that something else has"
    6 TAG_TAKEN "a tag that another variant has"
    7 KEY_TAKEN "a key that another field has"
    8 DOES_NOT_FIT "a tag, a key or a constant that does not fit its integer"
    9 NO_WIDTH "a width that there is not"
    10 NO_EXPRESSION "what is no expression"
    11 UNKNOWN_FIELD "a field, or a name of an enum, that there is not"
    12 NOT_YET_KNOWN "a field that is not known yet"
    13 ARGUMENTS "a type that is given too much or too little"
    14 VALUE "a value that the type cannot have"
    15 TAKES_THE_REST "something behind what takes all that is left"
    16 TAKES_NO_ROOM "a list of items that take no room"
    17 CONTAINS_ITSELF "a type that contains itself at once"
    18 NO_INTEGER "what must be an integer and is none"
    19 NO_COUNT "text, bytes or a list that does not say how much it is"
    20 BACKWARDS "a range that ends before it begins"
    21 NO_LITERAL "what is no number, text or bytes"
    22 NO_ROOT "a spec without a type"
    23 UNKNOWN_MESSAGE "a message that there is not"
    24 TOO_MUCH "a type that is too much to read"
    25 GIVEN_TWICE "something that is told twice"
    26 OUT_OF_PLACE "what means nothing for this type"
    27 SIZE_NOT_KNOWN "a size that is not known yet, or an offset"
    28 CHECKSUM "a checksum that cannot be computed"
    29 NO_VARIANTS "a union or an enum without names"
}
