//! Variants that are there in some versions only.

use std::fmt::Debug;

use pickler::picklers::{decode_with, encode_with, given};
use pickler::schema::Schema;
use pickler::{ByteString, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes, "{value:?}");
}

fn write_error<T: PickleOwned + Debug>(value: &T) -> String {
    pickler::encode(value).unwrap_err().to_string()
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(context(version: u8), tag = u8)]
enum Command {
    Join(u8),
    #[pickle(since = 2)]
    Chat(u16),
    /// The same tag meant something else before.
    #[pickle(tag = 5, until = 3)]
    Old(u8),
    #[pickle(tag = 5, since = 3)]
    New,
    #[pickle(tag = 7..=9, since = 2, until = 4)]
    Some(#[pickle(tag)] u8),
}

#[derive(Pickle, Debug, PartialEq)]
struct Versioned {
    version: u8,
    #[pickle(given(version))]
    command: Command,
}

#[test]
fn variants_of_some_versions() {
    let versioned = |version, command| Versioned { version, command };
    bytes(versioned(0, Command::Join(1)), &[0, 0, 1]);
    bytes(versioned(2, Command::Chat(1)), &[2, 1, 0, 1]);
    bytes(versioned(2, Command::Old(1)), &[2, 5, 1]);
    bytes(versioned(3, Command::New), &[3, 5]);
    bytes(versioned(3, Command::Some(8)), &[3, 8]);
    let schema = Schema::of::<Versioned>();
    for version in 0..5 {
        for tag in 0..10 {
            let _ = agree_on_bytes::<Versioned>(&schema, &[version, tag, 0, 1]);
            let _ = agree_on_bytes::<Versioned>(&schema, &[version, tag, 1]);
        }
    }
    let error = pickler::decode::<Versioned>(&[1, 1, 0, 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Versioned.command: unknown tag 1 (0x01), at byte 1"
    );
    assert_eq!(
        write_error(&versioned(1, Command::Chat(0))),
        "Versioned.command.Chat: `version >= 2` does not hold, found 1, at byte 1"
    );
    assert_eq!(
        write_error(&versioned(4, Command::Some(8))),
        "Versioned.command.Some: `version >= 2 && version < 4` does not hold, found 4, at byte 1"
    );
    agree_on_random::<Versioned>();
}

#[test]
fn what_is_unknown_in_some_versions() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(version: u8), tag = u8)]
    enum Command {
        #[pickle(since = 2)]
        Chat(u16),
        #[pickle(other)]
        Other { tag: u8, body: ByteString },
    }
    let version = |version| given::<Command>(CommandContext { version });
    let other = || Command::Other {
        tag: 0,
        body: "hi".into(),
    };
    assert_eq!(decode_with(&version(1), b"\0hi").unwrap(), other());
    assert_eq!(encode_with(&version(1), &other()).unwrap(), b"\0hi");
    assert_eq!(
        encode_with(&version(2), &other()).unwrap_err().to_string(),
        "Other: tag 0 is not unknown, it is that of `Chat`, at byte 0"
    );
}
