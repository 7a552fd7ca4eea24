//! JSON for programs: all of a description, as the schema says.

use std::collections::BTreeSet;

use expect_test::expect_file;
use jsonschema::Validator;
use pickler::generate::{Seeded, schema};
use pickler::schema::{Protocol, Schema};
use serde_json::Value;

use super::formats;

fn validator() -> Validator {
    let schema: Value = pickler_faces::JSON_SCHEMA.parse().unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

fn check(validator: &Validator, protocol: &Protocol) -> Value {
    let json = pickler_faces::json(protocol);
    // To say what is wrong takes longer than to say that something is.
    if !validator.is_valid(&json) {
        let error = validator.validate(&json).unwrap_err();
        panic!("{}: {error} at {}", protocol.name, error.instance_path());
    }
    json
}

/// The kinds of shapes in a description.
fn kinds(json: &Value, found: &mut BTreeSet<String>) {
    match json {
        Value::Object(object) => {
            found.extend(
                object
                    .get("kind")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            object.values().for_each(|value| kinds(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| kinds(item, found)),
        _ => {}
    }
}

#[test]
fn bundled_protocols_are_as_the_schema_says() {
    let validator = validator();
    for protocol in [
        pokersource::protocol(),
        openpoker::protocol(),
        pokerth::protocol(),
        cluster_protocol::protocol(),
    ] {
        check(&validator, protocol);
    }
}

#[test]
fn every_kind_of_shape_is_as_the_schema_says() {
    let validator = validator();
    let mut found = BTreeSet::new();
    for seed in 0..2000 {
        let protocol = Protocol::new("random", schema(&mut Seeded::new(seed)));
        kinds(&check(&validator, &protocol), &mut found);
    }
    for protocol in [&formats::rare(), pokerth::protocol()] {
        kinds(&check(&validator, protocol), &mut found);
    }
    let schema: Value = pickler_faces::JSON_SCHEMA.parse().unwrap();
    let known = &schema["$defs"]["shape"]["properties"]["kind"]["enum"];
    let known = known.as_array().unwrap().iter();
    let missing: Vec<_> = known
        .filter(|kind| !found.contains(kind.as_str().unwrap()))
        .collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

#[test]
fn a_description_is_refused_that_says_something_else() {
    let validator = validator();
    let protocol = Protocol::new("bytes", Schema::of::<u8>());
    let good = check(&validator, &protocol);
    for (pointer, value) in [
        ("/root/bits", Value::from(0)),
        ("/root/kind", "number".into()),
        ("/root/more", true.into()),
        ("/format_version", 2.into()),
    ] {
        let mut bad = good.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        bad.pointer_mut(parent).unwrap()[key] = value;
        assert!(validator.validate(&bad).is_err(), "{pointer}");
    }
}

#[test]
fn json_says_all() {
    let json = pickler_faces::json(&formats::table());
    let text = serde_json::to_string_pretty(&json).unwrap() + "\n";
    expect_file!["expected/table.json"].assert_eq(&text);
}
