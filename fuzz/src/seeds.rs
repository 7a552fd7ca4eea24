//! What fuzzers start from: the vectors of the original programs, generated
//! values, and words of the formats.

use std::collections::BTreeSet;

use cluster_protocol as cluster;
use pickler::dynamic::json::from_hex;
use pickler::generate::{Generator, Seeded, dictionary};
use pickler::{dynamic, schema::Schema};

use crate::types;

/// What one fuzzer starts from.
pub struct Seeds {
    /// The fuzzer's name.
    pub target: &'static str,
    /// Inputs.
    pub inputs: BTreeSet<Vec<u8>>,
    /// Words to put into inputs.
    pub words: BTreeSet<Vec<u8>>,
}

impl Seeds {
    fn new(target: &'static str) -> Self {
        Self {
            target,
            inputs: BTreeSet::new(),
            words: BTreeSet::new(),
        }
    }

    /// Values of a schema, behind the byte that picks it.
    fn with(mut self, pick: Option<u8>, schema: Schema) -> Self {
        self.words.append(&mut dictionary(&schema));
        let generator = Generator::new(schema);
        for seed in 0..300 {
            let value = generator.value(&mut Seeded::new(seed)).expect("it is finite");
            let bytes = dynamic::encode(generator.schema(), &value).expect("it fits");
            self.inputs.insert(pick.into_iter().chain(bytes).collect());
        }
        self
    }

    /// Messages that others have written.
    fn with_all(mut self, messages: impl IntoIterator<Item = Vec<u8>>) -> Self {
        self.inputs.extend(messages);
        self
    }

    /// The dictionary in libFuzzer's format.
    pub fn dictionary(&self) -> String {
        let line = |word: &Vec<u8>| {
            let bytes: String = word.iter().map(|byte| format!("\\x{byte:02X}")).collect();
            format!("\"{bytes}\"\n")
        };
        self.words.iter().map(line).collect()
    }
}

/// The seeds of all fuzzers.
pub fn all_seeds() -> Vec<Seeds> {
    let streams = Seeds::new("streams").with_all(pokersource_vectors().chunks(4).map(|messages| {
        // Pieces of one byte, of the first framing.
        [vec![0; 16], messages.concat()].concat()
    }));
    vec![
        Seeds::new("pokersource")
            .with(None, pokersource::schema().clone())
            .with_all(pokersource_vectors()),
        Seeds::new("openpoker").with(None, openpoker::schema().clone()),
        Seeds::new("cluster")
            .with(Some(0), Schema::of::<cluster::Message>())
            .with(Some(1), Schema::of::<cluster::Datagram>())
            .with(Some(2), Schema::of::<cluster::GossipHeader>())
            .with(Some(3), Schema::of::<cluster::Gossip>())
            .with(Some(4), Schema::of::<cluster::Signed>())
            .with(Some(5), Schema::of::<cluster::Statement>()),
        Seeds::new("types")
            .with(Some(0), Schema::of::<types::Message>())
            .with(Some(1), Schema::of::<types::Choice>())
            .with(Some(4), Schema::of::<types::big_msb::Everything>())
            .with(Some(5), Schema::of::<types::big_msb::Dependent>())
            .with(Some(6), Schema::of::<types::big_lsb::Everything>())
            .with(Some(7), Schema::of::<types::big_lsb::Dependent>())
            .with(Some(8), Schema::of::<types::little_msb::Everything>())
            .with(Some(9), Schema::of::<types::little_msb::Dependent>())
            .with(Some(10), Schema::of::<types::little_lsb::Everything>())
            .with(Some(11), Schema::of::<types::little_lsb::Dependent>()),
        Seeds::new("faces")
            .with(Some(0), pokersource::schema().clone())
            .with(Some(1), openpoker::schema().clone())
            .with(Some(2), Schema::of::<cluster::Message>())
            .with(Some(3), Schema::of::<types::big_lsb::Dependent>()),
        streams,
    ]
}

/// What the original wrote.
fn pokersource_vectors() -> Vec<Vec<u8>> {
    let text = shared_data::text("pokersource/vectors.jsonl");
    let hex = |line: &str| {
        let start = line.find("\"hex\"")? + 5;
        let digits = line[start..].split('"').nth(1)?;
        from_hex(digits).ok()
    };
    text.lines().filter_map(hex).collect()
}
