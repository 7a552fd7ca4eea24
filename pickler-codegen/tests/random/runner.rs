//! Checks generated types; compiled together with them, see `../random.rs`.

use std::fmt::Debug;

use pickler::generate::{Choices, Generator, Seeded, schema};
use pickler::laws::Laws;
use pickler::schema::Schema;
use pickler::{Error, ErrorKind, PickleOwned, Step, dynamic};

/// Runs the checks of a source; whether they hold.
pub fn run(name: &str, checks: impl FnOnce() + std::panic::UnwindSafe) -> bool {
    let held = std::panic::catch_unwind(checks).is_ok();
    if !held {
        eprintln!("that was {name}\n");
    }
    held
}

/// Checks that a type that was generated for the schema of a seed does what the
/// schema says, and tells how the type is described.
pub fn check<T: PickleOwned + PartialEq + Debug>(seed: u64) {
    let schema = schema(&mut Seeded::new(seed));
    let laws = Laws::<T>::new();
    println!("seed{seed} {:?}", laws.schema());
    hold_for_made(&laws, schema, seed, true);
}

/// Checks that a type reads and writes what is made of a schema, and what differs
/// little from it, and any bytes, as the schema says; `all`: all that is made is read.
fn hold_for_made<T: PickleOwned + PartialEq + Debug>(
    laws: &Laws<T>,
    schema: Schema,
    seed: u64,
    all: bool,
) {
    let generator = Generator::new(schema);
    let schema = generator.schema();
    let mut choices = Seeded::new(seed);
    for _ in 0..20 {
        let Ok(value) = generator.value(&mut choices) else {
            continue;
        };
        let bytes = dynamic::encode(schema, &value).expect("a value that was made fits");
        let read = holds(laws, schema, &bytes);
        assert!(read.is_some() || !all, "seed {seed}: {value:?} is not read from {bytes:02X?}");
        hold_near(laws, schema, bytes, &mut choices);
    }
    for length in 0..24 {
        let bytes: Vec<u8> = (0..length).map(|_| choices.up_to(255) as u8).collect();
        holds(laws, schema, &bytes);
    }
}

/// Tells how a type that was generated for a spec is described, and checks that it
/// reads and writes samples, what is made of it, and what differs little from them, as
/// that says.
pub fn samples<T: PickleOwned + PartialEq + Debug>(name: &str, files: &[&str]) {
    let laws = Laws::<T>::new();
    println!("{name} {:?}", laws.schema());
    let mut choices = Seeded::new(0);
    for file in files {
        let bytes = std::fs::read(file).expect("a sample");
        if let Err(why) = laws.hold_for_bytes(&bytes) {
            panic!("{file}: {why}");
        }
        hold_near(&laws, laws.schema(), bytes, &mut choices);
    }
    // Where something may be absent in front of what is not, that is not told.
    hold_for_made(&laws, laws.schema().clone(), 0, false);
}

/// The same of bytes that differ little from some.
fn hold_near<T: PickleOwned + PartialEq + Debug>(
    laws: &Laws<T>,
    schema: &Schema,
    mut bytes: Vec<u8>,
    choices: &mut Seeded,
) {
    for _ in 0..16 {
        let length = choices.up_to(bytes.len() as u128) as usize;
        holds(laws, schema, &bytes[..length]);
        if let Some(last) = bytes.len().checked_sub(1) {
            let at = choices.up_to(last as u128) as usize;
            let bit = 1 << choices.up_to(7);
            bytes[at] ^= bit;
            holds(laws, schema, &bytes);
            bytes[at] ^= bit;
        }
    }
    bytes.push(0);
    holds(laws, schema, &bytes);
}

/// The type and both schemas make the same of some bytes.
fn holds<T: PickleOwned + PartialEq + Debug>(
    laws: &Laws<T>,
    schema: &Schema,
    bytes: &[u8],
) -> Option<T> {
    let given = dynamic::decode(schema, bytes);
    let described = dynamic::decode(laws.schema(), bytes);
    match (given, described) {
        (Ok(given), Ok(described)) => assert_eq!(given, described, "from {bytes:02X?}"),
        (Err(given), Err(described)) if counts(&given) || counts(&described) => {}
        (Err(given), Err(described)) => {
            assert_eq!(told(&given), told(&described), "from {bytes:02X?}");
        }
        (given, described) => panic!("{given:?}, but {described:?}, from {bytes:02X?}"),
    }
    laws.hold_for_bytes(bytes).ok()
}

/// A count is too large for the input. How early that is seen follows from how much
/// room items are known to take, which differs between the two ways of saying them.
fn counts(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::CountTooLarge { .. })
}

/// An error but for alternatives, which are variants in Rust and told as such.
fn told(error: &Error) -> String {
    let is_new = |step: &&Step| matches!(step, Step::Variant(name) if name.starts_with("Name"));
    let path: Vec<_> = error.path().filter(|step| !is_new(step)).collect();
    format!("{:?} {path:?} {:?}", error.kind(), error.bit_offset())
}
