//! Records, unions, fields behind keys.

use pickler::Direction;
use pickler::schema::{
    Checksum, Enumeration, Field, KeyFormat, Keyed, LengthCounts, Number, Record, Schema,
    TagSource, Union, Unknown, Variant,
};
use serde_json::Value as Json;

use super::object::Object;
use super::shape::shape;
use super::value::{unsigned, value};

/// Fields, one after the other.
pub fn record(schema: &Schema, record: &Record) -> Object {
    let fields = record.fields.iter().map(|it| field(schema, record, it));
    Object::of_kind("record")
        .maybe("magic", record.magic.as_ref().map(|it| shape(schema, it)))
        .with("fields", fields.collect::<Json>())
        .listed(
            "assertions",
            record.assertions.iter().map(ToString::to_string),
        )
        .flag("row", record.row)
}

fn field(schema: &Schema, record: &Record, field: &Field) -> Json {
    // That a checksum is derived says nothing more.
    let derived = field.derived.as_ref().filter(|_| field.checksum.is_none());
    Object::default()
        .with("name", &*field.name)
        .said("doc", &field.doc)
        .with("shape", shape(schema, &field.shape))
        .maybe("default", field.default.as_ref().map(value))
        .maybe("derived", derived.map(ToString::to_string))
        .maybe("checksum", field.checksum.map(|it| checksum(record, it)))
        .listed(
            "assertions",
            field.assertions.iter().map(ToString::to_string),
        )
        .into()
}

fn checksum(record: &Record, checksum: Checksum) -> Json {
    let name = |index: usize| record.fields.get(index).map(|field| field.name.to_string());
    let object = Object::default().with("algorithm", checksum.algorithm.name());
    let object = match checksum.fields {
        Some((first, last)) => object.maybe("first", name(first)).maybe("last", name(last)),
        None => object,
    };
    object.into()
}

/// A tag, and what it says comes then.
pub fn union(schema: &Schema, union: &Union) -> Object {
    let object = Object::of_kind("union");
    let object = match &union.source {
        TagSource::Wire => object.with("tag", shape(schema, &union.tag)),
        TagSource::Given(by) => object
            .with("tag", shape(schema, &union.tag))
            .with("tag_given_by", by.to_string()),
        TagSource::Choice => object,
    };
    let length = union.length.as_ref().map(|length| {
        Object::default()
            .with("shape", shape(schema, &length.shape))
            .with("counts", counts(length.counts))
            .flag("first", length.first)
    });
    let variants = union.variants.iter();
    let variants = variants.map(|it| variant(schema, it, union.source == TagSource::Choice));
    let other = union.other.as_ref().map(|other| &*other.name);
    object
        .maybe("length", length)
        .with("variants", variants.collect::<Json>())
        .maybe("other", other)
}

fn variant(schema: &Schema, variant: &Variant, by_place: bool) -> Json {
    let also = variant.also.iter().map(|tags| {
        Object::default()
            .with("first", unsigned(*tags.start()))
            .with("last", unsigned(*tags.end()))
    });
    Object::default()
        .with("name", &*variant.name)
        .said("doc", &variant.doc)
        .maybe("tag", (!by_place).then(|| unsigned(variant.tag)))
        .listed("also", also)
        .maybe("if", variant.condition.as_ref().map(ToString::to_string))
        .maybe("direction", variant.direction.map(direction))
        .with("body", shape(schema, &variant.body))
        .into()
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::ToServer => "to_server",
        Direction::ToClient => "to_client",
        Direction::Both => "both",
        Direction::Internal => "internal",
    }
}

/// An integer whose values have names.
pub fn enumeration(schema: &Schema, enumeration: &Enumeration) -> Object {
    let names = enumeration.names.iter().map(|(it, name)| {
        let named = Object::default().with("value", unsigned(*it));
        Json::from(named.with("name", &**name))
    });
    let other = enumeration.other.as_ref().map(|other| &*other.name);
    Object::of_kind("enumeration")
        .with("tag", shape(schema, &enumeration.tag))
        .with("names", names.collect::<Json>())
        .maybe("other", other)
}

/// Fields behind keys.
pub fn keyed(schema: &Schema, keyed: &Keyed) -> Object {
    let object = match &keyed.format {
        KeyFormat::Protobuf => Object::of_kind("protobuf"),
        KeyFormat::Pairs(pairs) => Object::of_kind("keyed")
            .with("key", number(pairs.key))
            .maybe("size", pairs.size.map(number))
            .with(
                "size_counts",
                match pairs.size_counts {
                    LengthCounts::Body => "value",
                    LengthCounts::Rest => "rest",
                    LengthCounts::Message => "pair",
                },
            )
            .maybe("count", pairs.count.map(number))
            .maybe("end", pairs.terminator.map(|it| unsigned(it.into())))
            .maybe("pad", pairs.pad.map(|it| unsigned(it.into()))),
    };
    let fields = keyed.fields.iter().map(|field| {
        let object = Object::default()
            .with("name", &*field.name)
            .said("doc", &field.doc)
            .with("key", unsigned(field.key.into()))
            .with("occurs", field.occurs.name())
            .with("form", field.form.name())
            .with("shape", shape(schema, &field.shape));
        Json::from(object.maybe("default", field.default.as_ref().map(value)))
    });
    let object = object
        .with("fields", fields.collect::<Json>())
        .flag("in_order", keyed.in_order);
    match &keyed.unknown {
        Unknown::Refused => object.with("unknown", "refused"),
        Unknown::Ignored => object.with("unknown", "ignored"),
        Unknown::Kept(name) => object.with("unknown", "kept").with("kept_in", &**name),
    }
}

fn number(number: Number) -> Json {
    let object = match number {
        Number::Bits(bits) => Object::default().with("bits", bits),
        Number::Varint(encoding) => Object::default().with("varint", encoding.name()),
    };
    object.into()
}

fn counts(counts: LengthCounts) -> &'static str {
    match counts {
        LengthCounts::Body => "body",
        LengthCounts::Rest => "rest",
        LengthCounts::Message => "message",
    }
}
