//! What fuzzers start from: the vectors of the original programs, generated
//! values, and words of the formats.

mod vectors;

use std::collections::BTreeSet;
use std::fmt::Write;

use pickler::generate::{Choices, Generator, Seeded, dictionary};
use pickler::schema::{Schema, Shape};
use pickler::{PickleOwned, dynamic};
use pickler_benches::shapes::declared::{Batch, BitHeader, NotifyBet, PlayerInfo, Seats};

use crate::codecs::{cluster_schemas, types_schemas};
use crate::faces::faces_schemas;

/// What one fuzzer starts from.
pub struct Seeds {
    /// The fuzzer's name.
    pub target: &'static str,
    /// Inputs.
    pub inputs: BTreeSet<Vec<u8>>,
    /// Words to put into inputs.
    pub words: BTreeSet<Vec<u8>>,
}

/// How many bytes an input has at the most.
const LONGEST: usize = 1024;

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
        for seed in 0..200 {
            let value = generator
                .value(&mut Seeded::new(seed))
                .expect("it is finite");
            let bytes = dynamic::encode(generator.schema(), &value).expect("it fits");
            self.insert(pick.into_iter().chain(bytes).collect());
        }
        self
    }

    /// Fuzzers would cut off what is longer.
    fn insert(&mut self, input: Vec<u8>) {
        if input.len() <= LONGEST {
            self.inputs.insert(input);
        }
    }

    /// The same of several, each behind its number.
    fn with_each(self, schemas: Vec<Schema>) -> Self {
        (0..)
            .zip(schemas)
            .fold(self, |seeds, (pick, schema)| seeds.with(Some(pick), schema))
    }

    fn with_type<T: PickleOwned>(self, pick: u8) -> Self {
        self.with(Some(pick), Schema::of::<T>())
    }

    /// Inputs that were made elsewhere.
    fn with_all(mut self, inputs: impl IntoIterator<Item = Vec<u8>>) -> Self {
        for input in inputs {
            self.insert(input);
        }
        self
    }

    /// Bytes that mean nothing, for those that take them for choices.
    fn with_choices(self, count: u64) -> Self {
        self.with_all((0..count).map(|seed| {
            let mut choices = Seeded::new(seed);
            let length = choices.index(200);
            // Lesser choices are simpler ones.
            let most = [3, 15, 255][choices.index(3)];
            (0..length).map(|_| choices.byte() & most).collect()
        }))
    }

    fn with_words<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// The dictionary in libFuzzer's format.
    pub fn dictionary(&self) -> String {
        let mut lines = String::new();
        for word in &self.words {
            lines.push('"');
            for byte in word {
                // A `String` takes all that is written.
                let _ = write!(lines, "\\x{byte:02X}");
            }
            lines.push_str("\"\n");
        }
        lines
    }
}

/// The seeds of all fuzzers.
///
/// # Panics
/// If the vectors cannot be read, or a format has no values.
pub fn all_seeds() -> Vec<Seeds> {
    vec![
        Seeds::new("cluster").with_each(cluster_schemas()),
        Seeds::new("expressions")
            .with_all(expressions())
            .with_choices(200)
            .with_words([
                "if ", " { ", " } ", " else ", "match ", " => ", "_ => ", "..=", "..", " as ",
                "u8", "i128", "len(", "tag(", "sizeof(", "self", "true", "false", "::", "<<", ">>",
                "&&", "||", "==", "!=", "<=", ">=", "0x", "0b", "b'", "'",
            ]),
        Seeds::new("faces")
            .with_each(faces_schemas())
            .with_all(behind(0, vectors::pokersource()))
            .with_all(behind(1, vectors::openpoker()))
            .with_all(behind(2, vectors::pokerth())),
        Seeds::new("hand_written")
            .with_type::<NotifyBet>(0)
            .with_type::<PlayerInfo>(1)
            .with_type::<Seats>(2)
            .with_type::<Batch>(3)
            .with_type::<BitHeader>(4)
            .with_type::<PlayerInfo>(5),
        Seeds::new("openpoker")
            .with(None, openpoker::schema().clone())
            .with_all(vectors::openpoker()),
        Seeds::new("pokersource")
            .with(None, pokersource::schema().clone())
            .with_all(vectors::pokersource()),
        Seeds::new("pokersource3")
            .with(None, pokersource3::schema().clone())
            .with_all(vectors::pokersource3()),
        Seeds::new("pokerth")
            .with(None, pokerth::schema().clone())
            .with_all(vectors::pokerth()),
        Seeds::new("schemas").with_choices(2000),
        Seeds::new("streams")
            .with_all(in_pieces(0, &vectors::pokersource()))
            .with_all(in_pieces(1, &vectors::openpoker()))
            .with_all(in_pieces(2, &vectors::pokerth()))
            .with_all(in_pieces(4, &vectors::openpoker()))
            .with_all(in_pieces(5, &vectors::pokerth()))
            .with_all(in_pieces(6, &vectors::pokersource())),
        Seeds::new("types").with_each(types_schemas()),
        Seeds::new("values").with_choices(1000),
    ]
}

/// Behind the byte that picks their schema.
fn behind(pick: u8, messages: Vec<Vec<u8>>) -> impl Iterator<Item = Vec<u8>> {
    messages
        .into_iter()
        .map(move |message| [vec![pick], message].concat())
}

/// A few messages each, in pieces of few bytes.
fn in_pieces(pick: u8, messages: &[Vec<u8>]) -> impl Iterator<Item = Vec<u8>> {
    messages.chunks(4).map(move |messages| {
        let pieces = [pick, 2, 0, 9, 0, 0, 1, 63, 0, 0, 0, 4, 0, 0, 3, 0];
        [pieces.to_vec(), messages.concat()].concat()
    })
}

/// The expressions of declarations.
fn expressions() -> BTreeSet<Vec<u8>> {
    let mut found: BTreeSet<Vec<u8>> = [
        "match kind { ..=0 => true, 5.. => false, Kind::Text => true, _ => false }",
        "-170141183460469231731687303715884105728",
        r"b'\xFF' + '\n' as u8",
    ]
    .map(Into::into)
    .into();
    for schema in types_schemas() {
        for definition in schema.types() {
            let Shape::Record(record) = &definition.shape else {
                continue;
            };
            for field in &record.fields {
                let expressions = field.shape.expressions();
                found.extend(expressions.iter().map(|expr| expr.to_string().into()));
                found.extend(field.derived.iter().map(|expr| expr.to_string().into()));
            }
        }
    }
    found
}
