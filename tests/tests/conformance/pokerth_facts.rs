//! The declarations of PokerTH against the facts on it: every message, field,
//! number, type, enum and direction.

use std::collections::BTreeMap;

use pickler::Direction;
use pickler::schema::{Enumeration, Form, Keyed, KeyedField, Occurs, Schema, Shape, Union};
use serde_json::{Value as Json, json};

use crate::protocols::POKERTH;

fn facts() -> Json {
    let text = shared_data::text("pokerth/messages.json");
    serde_json::from_str(&text).expect("the facts are JSON")
}

fn schema() -> &'static Schema {
    (POKERTH.schema)()
}

fn union() -> &'static Union {
    match schema().resolve(schema().root()) {
        Shape::Union(union) => union,
        other => panic!("not a union: {other:?}"),
    }
}

/// The types that the facts name, by the last part of their names.
fn types(facts: &Json) -> BTreeMap<String, &Json> {
    let types = facts["types"].as_array().expect("types are a list").iter();
    types
        .map(|it| (last(it["name"].as_str().expect("text")), it))
        .collect()
}

fn last(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

/// A field in the words of the facts.
fn words(field: &KeyedField) -> Json {
    let (kind, of) = match (schema().resolve(&field.shape), field.form) {
        (
            Shape::Integer {
                bits: 32,
                signed: false,
            },
            Form::Varint,
        ) => ("uint32", None),
        (Shape::Bool { .. }, Form::Varint) => ("bool", None),
        (Shape::Text { .. }, Form::Bytes) => ("string", None),
        (Shape::Bytes { .. }, Form::Bytes) => ("bytes", None),
        (Shape::Enumeration(_), Form::Varint) => ("enum", Some(name(&field.shape))),
        (Shape::Keyed(_), Form::Bytes) => ("message", Some(name(&field.shape))),
        other => panic!("{other:?}"),
    };
    let (label, packed) = match field.occurs {
        Occurs::Required => ("required", false),
        Occurs::Optional => ("optional", false),
        Occurs::Repeated { packed } => ("repeated", packed),
        Occurs::Implicit => panic!("a proto2 field has no implicit presence: {field:?}"),
    };
    json!([&*field.name, field.key, label, kind, of, packed])
}

fn name(shape: &Shape) -> String {
    match shape {
        Shape::Named(reference) => schema().definition(*reference).name.to_string(),
        other => panic!("no named type: {other:?}"),
    }
}

fn same_fields(keyed: &Keyed, facts: &Json) {
    let declared: Vec<Json> = keyed.fields.iter().map(words).collect();
    let fields = facts["fields"]
        .as_array()
        .expect("fields are a list")
        .iter();
    let expected: Vec<Json> = fields
        .map(|field| {
            let of = field["enum"].as_str().or(field["message"].as_str());
            let packed = field["packed"] == true;
            let (label, kind) = (&field["label"], &field["type"]);
            json!([
                field["name"],
                field["number"],
                label,
                kind,
                of.map(last),
                packed
            ])
        })
        .collect();
    assert_eq!(declared, expected, "{}", facts["name"]);
}

fn same_names(enumeration: &Enumeration, name: &str, facts: &Json) {
    let enums = facts["enums"].as_object().expect("enums are an object");
    let (_, expected) = enums
        .iter()
        .find(|(known, _)| last(known) == name)
        .expect("the original has it");
    let declared = enumeration
        .names
        .iter()
        .map(|(value, name)| {
            let value = u64::try_from(*value).expect("it is small");
            (name.to_string(), value.into())
        })
        .collect();
    assert_eq!(*expected, Json::Object(declared), "{name}");
}

#[test]
fn messages_are_the_same() {
    let facts = facts();
    let messages = facts["messages"].as_array().expect("messages are a list");
    assert_eq!(union().variants.len(), messages.len());
    for (variant, facts) in union().variants.iter().zip(messages) {
        assert_eq!(
            facts["code"],
            u64::try_from(variant.tag).expect("it is small")
        );
        assert_eq!(facts["name"], *variant.name);
        let direction = match variant.direction {
            Some(Direction::ToServer) => "c2s",
            Some(Direction::ToClient) => "s2c",
            Some(Direction::Both) => "both",
            other => panic!("{other:?}"),
        };
        assert_eq!(facts["direction"], direction, "{}", variant.name);
        let Shape::ProtobufField { number, item, .. } = &variant.body else {
            panic!("{variant:?}");
        };
        assert_eq!(facts["wrapper_number"], *number, "{}", variant.name);
        assert_eq!(facts["message"], name(item));
    }
}

#[test]
fn fields_and_names_are_the_same() {
    let facts = facts();
    let types = types(&facts);
    let (mut messages, mut enums) = (0, 0);
    for definition in schema().types() {
        match &definition.shape {
            Shape::Keyed(keyed) => {
                messages += 1;
                same_fields(keyed, types[&*definition.name]);
            }
            Shape::Enumeration(enumeration) => {
                enums += 1;
                same_names(enumeration, &definition.name, &facts);
            }
            Shape::Union(_) => {}
            other => panic!("{other:?}"),
        }
    }
    // All but the frame, and what the chat cleaner and its client say.
    assert_eq!((messages, enums), (96 - 6, 34 - 4));
}
