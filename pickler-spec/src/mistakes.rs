//! The kinds of mistakes that a spec can have, by number.
//!
//! Each kind has a page, `docs/errors/S0007.md`: what is wrong, an example, how
//! to mend it. A new kind is a line at the end of the table below, a page, a row
//! in `docs/errors/README.md`, and a spec that has it in `tests/mistakes`; the
//! tests tell what of that lacks. Numbers are not used again.

use std::fmt;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mistake(&'static str);

impl Mistake {
    /// What it is, in a few words: the title of its page.
    pub fn title(self) -> &'static str {
        self.told().0
    }

    /// Its page, in Markdown: what is wrong, an example, how to mend it.
    ///
    /// ```
    /// let mistake = pickler_spec::parse("record Pot {").unwrap_err()[0].mistake;
    /// assert!(mistake.page().starts_with("# S0001: "));
    /// ```
    pub fn page(self) -> &'static str {
        self.told().1
    }

    fn told(self) -> (&'static str, &'static str) {
        let known = ALL.iter().find(|(mistake, ..)| *mistake == self);
        known.map_or(("", ""), |(_, title, page)| (title, page))
    }

    /// All kinds that there are.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|(mistake, ..)| *mistake)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! mistakes {
    ($($number:ident $name:ident $title:literal)*) => {
        $(
            #[doc = $title]
            pub(crate) const $name: Mistake = Mistake(stringify!($number));
        )*

        const ALL: &[(Mistake, &str, &str)] = &[$((
            $name,
            $title,
            include_str!(concat!("../../docs/errors/", stringify!($number), ".md")),
        )),*];
    };
}

mistakes! {
    S0001 UNEXPECTED "something else than what can stand there"
    S0002 TOO_DEEP "things nested too deep"
    S0003 TOO_LARGE "a spec that is too large"
    S0004 UNKNOWN_TYPE "a type that there is not"
    S0005 NAME_TAKEN "a name that something else has"
    S0006 TAG_TAKEN "a tag that another variant has"
    S0007 KEY_TAKEN "a key that another field has"
    S0008 DOES_NOT_FIT "a tag, a key or a constant that does not fit its integer"
    S0009 NO_WIDTH "a width that there is not"
    S0010 NO_EXPRESSION "what is no expression"
    S0011 UNKNOWN_FIELD "a field, or a name of an enum, that there is not"
    S0012 NOT_YET_KNOWN "a field that is not known yet"
    S0013 ARGUMENTS "a type that is given too much or too little"
    S0014 VALUE "a value that the type cannot have"
    S0015 TAKES_THE_REST "something behind what takes all that is left"
    S0016 TAKES_NO_ROOM "a list of items that take no room"
    S0017 CONTAINS_ITSELF "a type that contains itself at once"
    S0018 NO_INTEGER "what must be an integer and is none"
    S0019 NO_COUNT "text, bytes or a list that does not say how much it is"
    S0020 BACKWARDS "a range that ends before it begins"
    S0021 NO_LITERAL "what is no number, text or bytes"
    S0022 NO_ROOT "a spec without a type"
    S0023 UNKNOWN_MESSAGE "a message that there is not"
    S0024 TOO_MUCH "a type that is too much to read"
    S0025 GIVEN_TWICE "something that is told twice"
    S0026 OUT_OF_PLACE "what means nothing for this type"
    S0027 SIZE_NOT_KNOWN "a size that is not known yet, or an offset"
    S0028 CHECKSUM "a checksum that cannot be computed"
    S0029 NO_VARIANTS "a union or an enum without names"
}
