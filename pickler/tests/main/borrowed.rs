//! Text and bytes that are borrowed from the input where they can be.

use std::borrow::Cow;

use pickler::Pickle;
use pickler::schema::Schema;

#[derive(Pickle, Debug, PartialEq)]
struct Note<'a> {
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(count = u8)]
    name: Cow<'a, str>,
    #[pickle(bits = 4)]
    level: u8,
    #[pickle(count = u8)]
    body: Cow<'a, [u8]>,
}

#[test]
fn off_a_byte_boundary_it_is_owned() {
    let bytes = [0x10, 0x26, 0x86, 0x92, 1, 0xFF];
    let note: Note<'_> = pickler::decode(&bytes).unwrap();
    assert!(matches!(&note.name, Cow::Owned(name) if name == "hi"));
    assert!(matches!(note.body, Cow::Borrowed([0xFF])));
    assert_eq!((note.kind, note.level), (1, 2));
    assert_eq!(pickler::encode(&note).unwrap(), bytes);
    let schema = Schema::of::<Note<'_>>();
    let value = pickler::dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(pickler::dynamic::encode(&schema, &value).unwrap(), bytes);
}

#[derive(Pickle, Debug, PartialEq)]
struct Title<'a> {
    #[pickle(count = u8)]
    text: Cow<'a, str>,
}

#[test]
fn on_a_byte_boundary_it_is_borrowed() {
    let bytes = *b"\x03caf";
    let title: Title<'_> = pickler::decode(&bytes).unwrap();
    assert!(matches!(title.text, Cow::Borrowed("caf")));
    let error = pickler::decode::<Title<'_>>(b"\x02\xC3\x28").unwrap_err();
    assert_eq!(
        error,
        pickler::dynamic::decode(&Schema::of::<Title<'_>>(), b"\x02\xC3\x28").unwrap_err()
    );
}
