//! The laws, on formats that nobody would declare.

use pickler::dynamic;
use pickler::generate::{self, Choices, Generator, Seeded};
use pickler::laws::{hold_for_schema, hold_for_schema_bytes};

#[test]
fn hold_for_values_of_any_schema() {
    for seed in 0..600 {
        let mut choices = Seeded::new(seed);
        let generator = Generator::new(generate::schema(&mut choices));
        for _ in 0..4 {
            let value = match generator.value(&mut choices) {
                Ok(value) => value,
                Err(error) => panic!("{seed}: {error}, of {:#?}", generator.schema()),
            };
            let bytes = hold_for_schema(generator.schema(), &value);
            near(&generator, &bytes, &mut choices);
        }
    }
}

/// Some bytes that differ little.
fn near(generator: &Generator, bytes: &[u8], choices: &mut Seeded) {
    for _ in 0..8 {
        let mut changed = bytes.to_vec();
        let place = choices.index(changed.len());
        if let Some(byte) = changed.get_mut(place) {
            *byte ^= 1 << choices.index(8);
        }
        if choices.once_in(3) {
            changed.truncate(place);
        }
        hold_for_schema_bytes(generator.schema(), &changed);
    }
}

/// A value is written again from what it was read as; what is given wrong for
/// it is refused, or read as it was given.
#[test]
fn hold_for_values_of_another_schema() {
    let mut refused = 0;
    for seed in 0..300 {
        let mut choices = Seeded::new(seed);
        let [one, other] = [(); 2].map(|()| Generator::new(generate::schema(&mut choices)));
        let value = one.value(&mut choices).unwrap();
        match dynamic::encode(other.schema(), &value) {
            Ok(bytes) => hold_for_schema_bytes(other.schema(), &bytes),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 100, "{refused}");
}
