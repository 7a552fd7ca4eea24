//! The laws of the toolkit, for all protocols that come with it: on values that
//! obey the declarations, and on bytes near them.

use std::collections::BTreeSet;
use std::fmt::Debug;

use cluster_protocol as cluster;
use pickler::dynamic::Value;
use pickler::framing::Framed;
use pickler::generate::{ByteChoices, Choices, Generator, Seeded, strategy};
use pickler::laws::{Laws, hold_for_schema, hold_for_stream};
use pickler::{
    PickleOwned, generate,
    schema::{Schema, Shape},
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// The laws of random values of a type, and of bytes that differ little from
/// theirs.
fn laws_hold<T: PickleOwned + PartialEq + Debug + 'static>(cases: u32) {
    let laws = Laws::<T>::new();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    };
    TestRunner::new(config)
        .run(&(strategy::<T>(), any::<u64>()), |(value, places)| {
            let bytes = laws.hold_for(&value);
            near(&laws, &bytes, places);
            Ok(())
        })
        .unwrap();
}

/// A few of the bytes near: a bit changed, a byte replaced, cut, longer.
fn near<T: PickleOwned + PartialEq + Debug>(laws: &Laws<T>, bytes: &[u8], places: u64) {
    let mut seeds = Seeded::new(places);
    for _ in 0..8 {
        let mut changed = bytes.to_vec();
        let place = seeds.index(changed.len());
        let byte = seeds.byte();
        match (byte % 4, changed.get_mut(place)) {
            (0, Some(found)) => *found ^= 1 << (byte / 32),
            (1, Some(found)) => *found = byte,
            (2, Some(_)) => changed.truncate(place),
            _ => changed.insert(place, byte),
        }
        let _ = laws.hold_for_bytes(&changed);
    }
}

#[test]
fn of_pokersource() {
    laws_hold::<pokersource::Message>(2000);
}

#[test]
fn of_pokersource3() {
    laws_hold::<pokersource3::Message>(1000);
}

#[test]
fn of_openpoker() {
    laws_hold::<openpoker::Message>(1000);
}

#[test]
fn of_pokerth() {
    laws_hold::<pokerth::Message>(1000);
}

#[test]
fn of_the_cluster() {
    laws_hold::<cluster::Message>(1000);
    laws_hold::<cluster::Datagram>(200);
    laws_hold::<cluster::GossipHeader>(200);
    laws_hold::<cluster::Gossip>(200);
    laws_hold::<cluster::Signed>(100);
    laws_hold::<cluster::Statement>(500);
}

#[test]
fn of_dynamic_values() {
    for schema in [
        pokersource::schema().clone(),
        pokersource3::schema().clone(),
        openpoker::schema().clone(),
        pokerth::schema().clone(),
        Schema::of::<cluster::Message>(),
        Schema::of::<cluster::Statement>(),
    ] {
        TestRunner::default()
            .run(&generate::values(schema.clone()), |value| {
                hold_for_schema(&schema, &value);
                Ok(())
            })
            .unwrap();
    }
}

/// Messages one after the other, some bytes changed, in pieces.
fn streams<T: PickleOwned + Debug + Framed + 'static>() {
    let messages = prop::collection::vec(strategy::<T>(), 0..8);
    let changes = prop::collection::vec((any::<u16>(), any::<u8>()), 0..3);
    let pieces = prop::collection::vec(any::<u8>(), 0..64);
    TestRunner::default()
        .run(
            &(messages, changes, pieces),
            |(messages, changes, pieces)| {
                let mut bytes = Vec::new();
                for message in &messages {
                    pickler::encode_into(message, &mut bytes)?;
                }
                for (place, byte) in changes {
                    let place = usize::from(place) % bytes.len().max(1);
                    if let Some(found) = bytes.get_mut(place) {
                        *found = byte;
                    }
                }
                hold_for_stream(&T::FRAMING, &bytes, &mut ByteChoices::new(&pieces));
                Ok(())
            },
        )
        .unwrap();
}

#[test]
fn of_streams() {
    streams::<pokersource::Message>();
    streams::<pokersource3::Message>();
    streams::<openpoker::Message>();
    streams::<pokerth::Message>();
    streams::<cluster::Message>();
}

/// The names of variants that no value of many has.
fn missing<T: PickleOwned + 'static>() -> BTreeSet<String> {
    let schema = Schema::of::<T>();
    let Shape::Union(union) = schema.resolve(schema.root()) else {
        panic!("messages are a union");
    };
    let names = union
        .variants
        .iter()
        .map(|variant| variant.name.to_string());
    let mut missing: BTreeSet<String> = names.collect();
    let generator = Generator::new(schema.clone());
    for seed in 0..5000 {
        match generator.value(&mut Seeded::new(seed)) {
            Ok(Value::Variant(variant)) => missing.remove(&*variant.name),
            other => panic!("{other:?}"),
        };
    }
    missing
}

#[test]
fn every_message_comes_up() {
    assert_eq!(missing::<pokersource::Message>(), BTreeSet::new());
    assert_eq!(missing::<pokersource3::Message>(), BTreeSet::new());
    assert_eq!(missing::<openpoker::Message>(), BTreeSet::new());
    assert_eq!(missing::<pokerth::Message>(), BTreeSet::new());
    assert_eq!(missing::<cluster::Message>(), BTreeSet::new());
}

#[test]
fn what_is_bundled_is_canonical() {
    assert_eq!(pokersource::schema().canonical(), Ok(()));
    assert_eq!(pokersource3::schema().canonical(), Ok(()));
    assert_eq!(openpoker::schema().canonical(), Ok(()));
    assert_eq!(cluster::schema().canonical(), Ok(()));
    assert_eq!(Schema::of::<cluster::Datagram>().canonical(), Ok(()));
}
