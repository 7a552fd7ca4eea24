//! The kinds of mistakes that a declaration can have, by number.
//!
//! Each message ends with the number of its kind, `[P0007]`, and each kind has
//! a page, `docs/errors/P0007.md`: what is wrong, an example, how to mend it.
//!
//! A message is given its number where it is written:
//!
//! ```text
//! errors.push(span, mistakes::TAG_TAKEN.says(format!("tag {value} is already that of `{first}`")));
//! ```
//!
//! Prefer a kind that is there. A new kind is a line at the end of the table
//! below, a page, a row in `docs/errors/README.md`, and a declaration that has
//! it in `pickler/tests/ui`; the tests of this file tell what of that lacks.
//! Numbers are not used again.

use std::fmt::{self, Display};

/// A kind of mistake.
#[derive(Clone, Copy)]
pub struct Mistake(u16);

/// What is said of a mistake, with the number of its kind.
pub struct Message(String);

impl Mistake {
    /// A message of a mistake of this kind.
    pub fn says(self, message: impl Display) -> Message {
        Message(format!("{message} [{self}]"))
    }
}

impl Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{:04}", self.0)
    }
}

macro_rules! mistakes {
    ($($number:literal $name:ident $title:literal)*) => {
        $(
            #[doc = $title]
            pub const $name: Mistake = Mistake($number);
        )*

        #[cfg(test)]
        const ALL: &[(Mistake, &str)] = &[$(($name, $title)),*];
    };
}

mistakes! {
    1 UNKNOWN_ATTRIBUTE "an attribute that there is not, or not here"
    2 MALFORMED "an attribute that is not written as it should be"
    3 GIVEN_TWICE "an attribute that is given twice"
    4 NOT_TOGETHER "attributes that do not go together"
    5 OUT_OF_PLACE "an attribute that means nothing without another, or for this kind of type"
    6 WRONG_TYPE "a field whose type is not what its attribute asks for"
    7 QUOTED "an expression in quotes"
    8 NOT_PORTABLE "an expression that descriptions cannot hold"
    9 UNKNOWN_FIELD "a field that there is not"
    10 NOT_YET_KNOWN "a field that is not known yet"
    11 SIZE_NOT_KNOWN "a size that is not known yet"
    12 SHOWN_DIFFERENTLY "a field whose value means something else in a description"
    13 NO_NAMES "expressions over fields without names"
    14 TOO_MANY_BITS "more bits than the type has"
    15 NO_TAG "an enum without a tag"
    16 TAG_TAKEN "two variants with one tag"
    17 TAG_DOES_NOT_FIT "a tag that does not fit"
    18 KEEPS_UNKNOWN "a variant that cannot keep unknown tags"
    19 KEYS "keys that cannot be told apart or read"
    20 RUST_UNION "a Rust `union`"
    21 NO_DEFAULT "a default that cannot be told"
    22 TAKES_THE_REST "a field behind one that takes all that is left"
    23 NEVER_UNKNOWN "a variant that is never read"
    30 KEEPS_TAG "a variant of several tags that does not keep which it was"
    40 REST_AND_ELSEWHERE "what takes all that is left, beside what stands elsewhere"
    41 OFFSET_NOT_KNOWN "an offset that is not known yet"
    55 NO_VERSIONS "versions that there are none of"
    56 BACKWARDS "a range that ends before it begins"
    57 NO_COUNT "a list that does not say how many items it has"
    58 LOOKS_AT_SIZES "an assertion that looks at sizes"
    59 PARTS_OF_UNITS "a width that whole units do not fill"
    60 NO_VIEW "a type that has no view"
    61 NO_NEXT_TAG "a tag that follows from one that is not known"
    65 ONLY_COMPARED "a text, bytes or a floating-point number where a number is"
    75 SHOWN_ALIKE "values that are shown alike"
    76 PARTS_OF_BYTES "a checksum over parts of bytes"
    77 NO_VARIANTS "an enum without variants"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs::{read_dir, read_to_string};
    use std::path::Path;

    use super::*;

    fn repository() -> &'static Path {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        package.parent().expect("the workspace is around")
    }

    fn numbers() -> BTreeSet<String> {
        ALL.iter().map(|(number, _)| number.to_string()).collect()
    }

    /// All but what the compiler's own parser says; that is a mistake of the
    /// kind `MALFORMED`, see `errors.rs`.
    #[test]
    fn each_message_has_a_number() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut messages = 0;
        while let Some(folder) = folders.pop() {
            for entry in read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.file_name().unwrap().to_str().unwrap();
                if ["errors.rs", "mistakes.rs"].contains(&name) {
                    continue;
                }
                let text = read_to_string(&path).unwrap();
                for (at, _) in text.match_indices("Error::new") {
                    let rest = &text[at..];
                    let end = rest.find("));").unwrap_or(rest.len());
                    let line = text[..at].lines().count();
                    assert!(
                        rest[..end].contains(".says("),
                        "{}:{line} makes an error without a number",
                        path.display()
                    );
                    messages += 1;
                }
            }
        }
        assert!(messages > 10, "{messages}");
    }

    #[test]
    fn no_number_is_used_twice() {
        assert_eq!(numbers().len(), ALL.len());
    }

    #[test]
    fn each_kind_has_a_page_and_a_row() {
        let folder = repository().join("docs/errors");
        let index = read_to_string(folder.join("README.md")).unwrap();
        for (number, title) in ALL {
            let row = format!("| [{number}]({number}.md) | {title} |");
            assert!(index.contains(&row), "the index lacks: {row}");
            let page = read_to_string(folder.join(format!("{number}.md"))).unwrap();
            assert!(
                page.starts_with(&format!("# {number}: {title}\n")),
                "the page {number}.md has another title"
            );
            assert!(
                page.contains("```rust,ignore"),
                "{number}.md lacks an example"
            );
        }
        let pages: BTreeSet<String> = read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            // Those of specs are others.
            .filter(|name| name.starts_with('P'))
            .collect();
        assert_eq!(pages, numbers(), "pages and kinds differ");
    }

    #[test]
    fn each_kind_is_seen_in_a_test() {
        let folder = repository().join("pickler/tests/ui");
        let told: String = read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it == "stderr"))
            .map(|path| read_to_string(path).unwrap())
            .collect();
        for (number, title) in ALL {
            assert!(told.contains(&format!("[{number}]")), "{number}: {title}");
        }
    }
}
