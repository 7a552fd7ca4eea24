//! Counts and sizes from fields of fields.

use pickler::Pickle;

use crate::both::{hex, same};

#[test]
fn count_and_sizes_in_a_header() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Header {
        entries: u32,
        name_length: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Navigated {
        header: Header,
        magic: [u8; 4],
        #[pickle(count = header.entries * header.name_length)]
        names: String,
    }
    let value = Navigated {
        header: Header {
            entries: 2,
            name_length: 8,
        },
        magic: [0xFF; 4],
        names: "FIRST___SECOND__".into(),
    };
    let bytes = "0200000008000000ffffffff46495253545f5f5f5345434f4e445f5f";
    same(&hex(bytes), &value);
}
