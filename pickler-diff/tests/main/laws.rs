//! What holds of all schemas.

use pickler::dynamic;
use pickler::generate::{Bounds, Choices, Generator, Seeded, schema};
use pickler::schema::{Protocol, Schema, Shape};
use pickler_diff::{Report, Side, diff};

use crate::specs::all_hold;

fn random(seed: u64) -> Protocol {
    Protocol::new("random", schema(&mut Seeded::new(seed)))
}

#[test]
fn a_protocol_is_what_it_is() {
    for seed in 0..300 {
        let one = random(seed);
        let report = diff(&one, &one);
        assert_eq!(report.findings, [], "seed {seed}: {report}");
        assert!(report.is_compatible());
    }
}

/// Schemas that have nothing in common, which is where most goes wrong.
#[test]
fn witnesses_show_what_they_say() {
    let mut shown = 0;
    for seed in 0..150 {
        let (old, new) = (random(seed), random(seed + 1000));
        let report = diff(&old, &new);
        all_hold(&report, &old, &new);
        let witnesses = report.findings.iter().map(|it| it.witnesses.len());
        shown += witnesses.sum::<usize>();
    }
    assert!(shown > 150, "{shown} witnesses");
}

/// The schema with a random part of it replaced by another one.
fn changed(protocol: &Protocol, choices: &mut Seeded) -> Protocol {
    let schema = &protocol.schema;
    let mut root = schema.root().clone();
    let mut types = schema.types().to_vec();
    let index = choices.index(types.len() + 1);
    let mut place = match types.get_mut(index) {
        Some(definition) => &mut definition.shape,
        None => &mut root,
    };
    let mut deeper = 6;
    while deeper > 0 && !place.parts().is_empty() {
        deeper = choices.index(deeper);
        let part = choices.index(place.parts().len());
        place = place.parts_mut().swap_remove(part);
    }
    *place = match choices.index(4) {
        0 => Shape::Integer {
            bits: 16,
            signed: false,
        },
        1 => Shape::Bool { bits: 8 },
        2 => Shape::Tuple(Vec::new()),
        _ => Shape::Integer {
            bits: 8,
            signed: true,
        },
    };
    let schema = Schema::new(root, types).expect("no type is mentioned that was not");
    Protocol::new("random", schema)
}

/// Values that were not tried: who is said to read all reads them.
fn expect_readable(report: &Report, old: &Protocol, new: &Protocol, seed: u64) -> u32 {
    let verdict = report.verdict();
    let mut read = 0;
    for (writer, works) in [
        (Side::Old, verdict.new_reads_old),
        (Side::New, verdict.old_reads_new),
    ] {
        let (writing, reading) = match writer {
            Side::Old => (&old.schema, &new.schema),
            Side::New => (&new.schema, &old.schema),
        };
        let mut bounds = Bounds::default();
        (bounds.units, bounds.attempts) = (16, 20);
        let generator = Generator::with_bounds(writing.clone(), bounds);
        for fresh in 5000..5020 {
            let Ok(value) = generator.value(&mut Seeded::new(fresh)) else {
                continue;
            };
            let bytes = dynamic::encode(writing, &value).expect("it was generated");
            // What was changed at random may not understand itself.
            if works && dynamic::decode(writing, &bytes).is_ok() {
                let result = dynamic::decode(reading, &bytes);
                assert!(result.is_ok(), "seed {seed}: {result:?}\n{report}");
                read += 1;
            }
        }
    }
    read
}

#[test]
fn verdicts_hold_for_values_that_were_not_tried() {
    let (mut found, mut read) = (0, 0);
    for seed in 0..150 {
        let old = random(seed);
        let new = changed(&old, &mut Seeded::new(seed));
        let report = diff(&old, &new);
        all_hold(&report, &old, &new);
        found += report.findings.len();
        read += expect_readable(&report, &old, &new, seed);
    }
    assert!(found > 80 && read > 80, "{found} found, {read} read");
}
