//! What fuzzers check: the laws of [`pickler::laws`], on whatever bytes reach
//! new code. `fuzz_targets/` has one program for each function here.
//!
//! What a fuzzer finds becomes a test in the ordinary suites, where everybody
//! runs it: `pickler/tests/laws/regressions.rs`.

mod seeds;
#[path = "../../pickler/tests/laws/types.rs"]
mod types;

use std::fmt::Debug;
use std::sync::LazyLock;

use cluster_protocol as cluster_types;
use pickler::dynamic::{self, json};
use pickler::framing::Framed;
use pickler::generate::{ByteChoices, Choices, Generator};
use pickler::laws::{Laws, hold_for_schema, hold_for_stream};
use pickler::{PickleOwned, schema::Schema};

pub use seeds::{Seeds, all_seeds};

/// Checks some bytes against the laws of one of several types, which their first
/// byte picks. What each type needs is made once.
macro_rules! one_of {
    ($bytes:expr, $($type:ty),+ $(,)?) => {{
        const COUNT: usize = [$(stringify!($type)),+].len();
        let Some((pick, bytes)) = $bytes.split_first() else { return };
        let mut types = 0..COUNT;
        $(
            if types.next() == Some(usize::from(*pick) % COUNT) {
                static LAWS: LazyLock<Laws<$type>> = LazyLock::new(Laws::new);
                let _ = LAWS.hold_for_bytes(bytes);
            }
        )+
    }};
}

/// The messages of pokersource.
pub fn pokersource(bytes: &[u8]) {
    static LAWS: LazyLock<Laws<pokersource::Message>> = LazyLock::new(Laws::new);
    let _ = LAWS.hold_for_bytes(bytes);
}

/// The messages of OpenPoker.
pub fn openpoker(bytes: &[u8]) {
    static LAWS: LazyLock<Laws<openpoker::Message>> = LazyLock::new(Laws::new);
    let _ = LAWS.hold_for_bytes(bytes);
}

/// What nodes of a cluster say.
pub fn cluster(bytes: &[u8]) {
    use cluster_types::{Datagram, Gossip, GossipHeader, Message, Signed, Statement};
    one_of!(bytes, Message, Datagram, GossipHeader, Gossip, Signed, Statement);
}

/// Types that use everything that formats can say.
pub fn types(bytes: &[u8]) {
    use types::{Choice, Kind, Level, Message, big_lsb, big_msb, little_lsb, little_msb};
    one_of!(
        bytes,
        Message,
        Choice,
        Kind,
        Level,
        big_msb::Everything,
        big_msb::Dependent,
        big_lsb::Everything,
        big_lsb::Dependent,
        little_msb::Everything,
        little_msb::Dependent,
        little_lsb::Everything,
        little_lsb::Dependent,
    );
}

/// Values that obey the declarations, made of the fuzzer's choices.
pub fn values(bytes: &[u8]) {
    let mut choices = ByteChoices::new(bytes);
    match choices.up_to(5) {
        0 => value::<pokersource::Message>(&mut choices),
        1 => value::<openpoker::Message>(&mut choices),
        2 => value::<cluster_types::Message>(&mut choices),
        3 => value::<types::big_msb::Everything>(&mut choices),
        4 => value::<types::little_lsb::Dependent>(&mut choices),
        _ => dynamic_value(&mut choices),
    }
}

fn value<T: PickleOwned + PartialEq + Debug + 'static>(choices: &mut ByteChoices<'_>) {
    match pickler::generate::value::<T>(choices) {
        Ok(value) => {
            let bytes = pickler::encode(&value).expect("what is generated can be written");
            assert_eq!(pickler::encoded_len(&value), Ok(bytes.len()), "{value:?}");
            assert_eq!(pickler::decode::<T>(&bytes).as_ref(), Ok(&value));
        }
        Err(error) => panic!("{error}"),
    }
}

fn dynamic_value(choices: &mut ByteChoices<'_>) {
    static GENERATOR: LazyLock<Generator> =
        LazyLock::new(|| Generator::new(Schema::of::<cluster_types::Statement>()));
    let value = GENERATOR.value(choices).expect("statements are finite");
    hold_for_schema(GENERATOR.schema(), &value);
}

/// Streams of messages, in pieces.
pub fn streams(bytes: &[u8]) {
    let (pieces, stream) = bytes.split_at(bytes.len().min(16));
    let mut choices = ByteChoices::new(pieces);
    let framing = match choices.up_to(2) {
        0 => pokersource::Message::FRAMING,
        1 => openpoker::Message::FRAMING,
        _ => cluster_types::Message::FRAMING,
    };
    hold_for_stream(&framing, stream, &mut choices);
}

/// What people see of messages and of errors: JSON and back, spans, words.
pub fn faces(bytes: &[u8]) {
    static CLUSTER: LazyLock<Schema> = LazyLock::new(Schema::of::<cluster_types::Message>);
    static TYPES: LazyLock<Schema> = LazyLock::new(Schema::of::<types::big_lsb::Dependent>);
    let Some((pick, bytes)) = bytes.split_first() else {
        return;
    };
    let schema = match pick % 4 {
        0 => pokersource::schema(),
        1 => openpoker::schema(),
        2 => &*CLUSTER,
        _ => &*TYPES,
    };
    let (spans, traced) = dynamic::trace(schema, bytes);
    assert_eq!(traced, dynamic::decode(schema, bytes));
    let mut end = 0;
    for span in spans {
        assert!(span.bits.start <= span.bits.end, "{span:?}");
        assert!(span.bits.end <= bytes.len() as u64 * 8, "{span:?}");
        end = end.max(span.bits.end);
    }
    match traced {
        Ok(value) => {
            let shown = json::to_json(&value, schema);
            match json::from_json(&shown, schema) {
                Ok(read) => assert_eq!(
                    dynamic::encode(schema, &read).as_deref(),
                    dynamic::encode(schema, &value).as_deref(),
                    "{shown}"
                ),
                Err(error) => panic!("{shown} is not read back: {error}"),
            }
        }
        Err(error) => {
            let _ = (error.to_string(), error.display_with(bytes).to_string());
        }
    }
}
