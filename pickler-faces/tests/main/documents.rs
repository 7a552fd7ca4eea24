//! Documents, as they are shown.

use expect_test::expect_file;
use pickler::Pickle;
use pickler::schema::{Protocol, Schema};

use super::formats;

#[test]
fn a_document_tells_framing_messages_and_types() {
    expect_file!["expected/table.md"].assert_eq(&pickler_faces::markdown(&formats::table()));
}

#[test]
fn formats_that_are_no_messages_have_one_section() {
    let document = pickler_faces::markdown(&formats::packed());
    expect_file!["expected/packed.md"].assert_eq(&document);
}

#[test]
fn what_is_seldom_declared_is_told_in_words() {
    let document = pickler_faces::markdown(&formats::rare());
    expect_file!["expected/rare.md"].assert_eq(&document);
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Ranges {
    #[pickle(tag = 129..=255)]
    Long {
        #[pickle(tag)]
        tag: u8,
    },
    #[pickle(tag = 1 | 2)]
    Short {
        #[pickle(tag)]
        tag: u8,
    },
}

#[test]
fn tags_in_a_row_are_one_range() {
    let protocol = Protocol::new("ranges", Schema::of::<Ranges>());
    let document = pickler_faces::markdown(&protocol);
    assert!(document.contains("129 to 255"), "{document}");
    assert!(!document.contains("129, 130"), "{document}");
    assert!(document.contains("1, 2"), "{document}");
}
