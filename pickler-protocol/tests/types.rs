//! Types of a spec, in place.

use pickler::ByteString;
use pickler::schema::Schema;

mod table {
    pickler_protocol::protocol!("tests/table.pickler");
}

/// Nothing is imported, so that any names may be there already.
mod beside_other_names {
    #[allow(dead_code)]
    struct Pickle;
    #[allow(dead_code)]
    struct Schema;

    pickler_protocol::protocol!("tests/table.pickler");
}

use table::{Message, MessageChatHeader, Pot};

#[test]
fn types_read_and_write_what_the_spec_says() {
    let chat = Message::Chat {
        header: MessageChatHeader {
            urgent: true,
            length: 2,
        },
        text: "hi".into(),
    };
    assert_eq!(pickler::encode(&chat).unwrap(), b"\x07\x00\x07\x01\x02hi");
    let unknown = Message::Unknown {
        tag: 9,
        body: ByteString::from(vec![1]),
    };
    assert_eq!(pickler::decode::<Message>(&[9, 0, 4, 1]), Ok(unknown));
    let pot = Message::Pot(Pot {
        index: 1,
        seat: Some(3),
        winners: vec![7],
    });
    assert_eq!(pickler::encode(&pot).unwrap(), [6, 0, 8, 1, 3, 1, 7, 0]);
    assert_eq!(pickler::encode(&Message::Ping).unwrap(), [5, 0, 3]);
}

#[test]
fn types_know_their_protocol() {
    let protocol = table::protocol();
    assert_eq!(
        (protocol.name.as_str(), protocol.version.as_deref()),
        ("table", Some("1.2"))
    );
    assert_eq!(&*protocol.handshake.as_ref().unwrap().client, b"TABLE 1\n");
    assert_eq!(protocol.schema, Schema::of::<Message>());
    assert_eq!(
        protocol.schema.types()[0].doc,
        "What players and server say to each other."
    );
    let other = beside_other_names::protocol();
    assert_eq!(other, protocol);
}
