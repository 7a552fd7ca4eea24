//! Samples of a format: bytes, and what the program that made or read them says
//! of each.
//!
//! The spec is `protocols/spec/examples/NAME.pickler`, and the samples are pairs
//! of files in `tests/data/examples/NAME`: `SAMPLE.bin`, and `SAMPLE.json` with
//! what is expected in it, as [`Expectation`] has it.

use std::fs;
use std::path::{Path, PathBuf};

use pickler::dynamic::{self, Value, json};
use pickler::schema::{Protocol, Schema};
use pickler::{ErrorKind, Step};

use crate::expectation::Expectation;

/// How many bytes are read at the most, in one sample cut at ever so many places.
const MOST_READ: usize = 1 << 20;

/// A spec and samples of its root.
pub struct Example {
    name: String,
    protocol: Protocol,
    samples: Vec<Sample>,
}

struct Sample {
    name: String,
    bytes: Vec<u8>,
    expected: Expectation,
}

impl Example {
    /// The spec of this name with the samples of this name.
    pub fn load(name: &str) -> Self {
        Self::new(name, spec(name), samples(name))
    }

    /// Another type of the same spec as the root, with the samples in the folder of
    /// this type.
    pub fn load_type(name: &str, root: &str) -> Self {
        let text = text_of_spec(name);
        let told = text.lines().find(|line| line.starts_with("root "));
        let told = told.unwrap_or_else(|| panic!("{name} tells no root"));
        let text = text.replacen(told, &format!("root {root}"), 1);
        let protocol = parse(name, &text);
        let name = format!("{name}/{root}");
        Self::new(&name, protocol, samples(&name))
    }

    fn new(name: &str, protocol: Protocol, samples: Vec<Sample>) -> Self {
        assert!(samples.len() >= 3, "{name}: too few samples");
        let name = name.to_owned();
        Self {
            name,
            protocol,
            samples,
        }
    }

    /// Each sample is read as what is expected, and written as it was; what is
    /// cut or turned is read or refused.
    pub fn check(&self) {
        self.check_but(&[]);
    }

    /// The same; but the samples of these names have a form that is not the one
    /// that is written, so that only what is written is read as the same.
    pub fn check_but(&self, otherwise: &[&str]) {
        self.assert_printed();
        for name in otherwise {
            let is_sample = self.samples.iter().any(|sample| sample.name == *name);
            assert!(is_sample, "{}: no sample {name}", self.name);
        }
        for sample in &self.samples {
            let place = format!("{}/{}", self.name, sample.name);
            let value = self.assert_read(sample, &place);
            let written = dynamic::encode(&self.protocol.schema, &value)
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let is_same = written == sample.bytes;
            if otherwise.contains(&&*sample.name) {
                assert!(!is_same, "{place}: is written as it was");
                let again = dynamic::decode(&self.protocol.schema, &written)
                    .unwrap_or_else(|error| panic!("{place}: {}", error.display_with(&written)));
                // Sizes and checksums of other bytes are others.
                if again != value {
                    let settled = dynamic::encode(&self.protocol.schema, &again);
                    assert_eq!(
                        settled,
                        Ok(written),
                        "{place}: is not written the same again"
                    );
                }
            } else if !is_same {
                let at = first_difference(&written, &sample.bytes);
                let around = |bytes: &[u8]| json::to_hex(&bytes[at..bytes.len().min(at + 16)]);
                let (found, wanted) = (around(&written), around(&sample.bytes));
                panic!("{place}: at byte {at} is written {found}, not {wanted}");
            }
            self.assert_robust(sample, &place);
        }
    }

    fn assert_read(&self, sample: &Sample, place: &str) -> Value {
        let schema = &self.protocol.schema;
        let value = dynamic::decode(schema, &sample.bytes)
            .unwrap_or_else(|error| panic!("{place}: {}", error.display_with(&sample.bytes)));
        let found = json::to_json(&value, schema);
        if let Some(difference) = sample.expected.difference(&found, schema) {
            panic!("{place}: {difference}\nall of it: {found:#}");
        }
        let back = json::from_json(&found, schema)
            .unwrap_or_else(|error| panic!("{place}: from JSON: {error}"));
        assert_eq!(json::to_json(&back, schema), found, "{place}: from JSON");
        assert_eq!(
            dynamic::encode(schema, &back),
            dynamic::encode(schema, &value),
            "{place}: from JSON"
        );
        value
    }

    /// The spec that is printed says the same.
    fn assert_printed(&self) {
        let printed = pickler_spec::print(&self.protocol);
        assert_eq!(parse(&self.name, &printed), self.protocol, "{printed}");
    }

    /// Whatever is cut off and whichever byte is turned: it is refused with the
    /// name of what is at fault, or read as what can be written again.
    fn assert_robust(&self, sample: &Sample, place: &str) {
        let step = sample.bytes.len().pow(2) / MOST_READ + 1;
        for length in (0..sample.bytes.len()).step_by(step) {
            self.assert_handled(&sample.bytes[..length], &format!("{place} cut at {length}"));
        }
        let mut turned = sample.bytes.clone();
        for at in (0..turned.len()).step_by(step) {
            for bits in [0xFF, 0x01, 0x80] {
                turned[at] ^= bits;
                self.assert_handled(&turned, &format!("{place} byte {at} ^ {bits:#x}"));
                turned[at] ^= bits;
            }
        }
    }

    fn assert_handled(&self, bytes: &[u8], place: &str) {
        let schema = &self.protocol.schema;
        let value = match dynamic::decode(schema, bytes) {
            Ok(value) => value,
            Err(error) => {
                let names = |step: &Step| !matches!(step, Step::Item(_));
                let named = error.path().any(names);
                let behind = matches!(error.kind(), ErrorKind::Trailing { .. });
                assert!(named || behind, "{place}: {error}");
                return;
            }
        };
        let written = dynamic::encode(schema, &value)
            .unwrap_or_else(|error| panic!("{place}: read, but not written: {error}"));
        let again = dynamic::decode(schema, &written)
            .unwrap_or_else(|error| panic!("{place}: not read again: {error}"));
        assert_eq!(again, value, "{place}: {}", differing(schema));
    }
}

/// Why a value may have several forms, for messages.
fn differing(schema: &Schema) -> String {
    let reasons = schema.canonical().err().unwrap_or_default();
    let reasons: Vec<_> = reasons.iter().map(ToString::to_string).collect();
    reasons.join("; ")
}

fn first_difference(one: &[u8], other: &[u8]) -> usize {
    let same = one
        .iter()
        .zip(other)
        .take_while(|(one, other)| one == other);
    same.count()
}

/// The spec of this name.
pub fn spec(name: &str) -> Protocol {
    parse(name, &text_of_spec(name))
}

fn text_of_spec(name: &str) -> String {
    let file = root().join(format!("protocols/spec/examples/{name}.pickler"));
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let formatted = pickler_spec::format(&text);
    assert_eq!(formatted.as_ref(), Ok(&text), "{name} is not formatted");
    text
}

fn parse(name: &str, text: &str) -> Protocol {
    pickler_spec::parse(text).unwrap_or_else(|diagnostics| {
        let shown = diagnostics.iter();
        let shown: Vec<_> = shown
            .map(|diagnostic| diagnostic.with_source(name, text).to_string())
            .collect();
        panic!("{}", shown.join("\n"))
    })
}

fn samples(name: &str) -> Vec<Sample> {
    let folder = root().join("tests/data/examples").join(name);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder of this checkout").path())
        .filter(|path| path.extension().is_some_and(|it| it == "bin"))
        .collect();
    files.sort();
    files.iter().map(|file| sample(file)).collect()
}

fn sample(file: &Path) -> Sample {
    let beside = file.with_extension("json");
    let text =
        fs::read_to_string(&beside).unwrap_or_else(|error| panic!("{}: {error}", beside.display()));
    let stem = file.file_stem().unwrap_or_default();
    Sample {
        name: stem.to_string_lossy().into_owned(),
        bytes: fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())),
        expected: text.parse().map_or_else(
            |error| panic!("{}: {error}", beside.display()),
            Expectation::new,
        ),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
