//! After a mistake in any kind of declaration, only the mistake is reported.
use pickler::framing::Framed;
use pickler::picklers::{encode_with, given};
use pickler::{Pickle, Tagged};

#[derive(Pickle)]
#[pickle(tag = u8, length = u16)]
enum Message {
    Ping,
    Chat {
        #[pickle(count = u8, size_counts = itself)]
        text: String,
    },
}

#[derive(Pickle, Clone, Copy)]
#[pickle(tag = u8, endain = little)]
enum Kind {
    Short = 1,
}

#[derive(Pickle)]
#[pickle(context(version: u8))]
struct Body {
    #[pickle(since = 5, until = 3)]
    never: Option<u8>,
}

#[derive(Pickle)]
struct Packet {
    version: u8,
    kind: Kind,
    #[pickle(given(version))]
    body: Body,
    #[pickle(count = u8)]
    messages: Vec<Message>,
}

fn main() {
    let _ = (Message::Ping.name(), Message::FRAMING);
    let _ = pickler::encode(&Message::Chat { text: "x".into() });
    let pickler = given::<Body>(BodyContext { version: 1 });
    let _ = encode_with(&pickler, &Body { never: None });
    let _ = pickler::decode::<Packet>(&[1, 1]);
}
