//! Shapes.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::dynamic::Value;
use pickler::schema::{
    Compression, Count, Ending, Fill, Filter, Meaning, Origin, Padding, Presence, Reference,
    Schema, Shape, Size, Terminator, VarintFormat,
};
use serde_json::Value as Json;

use super::object::Object;
use super::parts::{enumeration, keyed, record, union};
use super::value::{bytes, integer, unsigned, value};

/// What a shape is: an object with its `kind`.
pub fn shape(schema: &Schema, it: &Shape) -> Json {
    let inner = |item: &Shape| shape(schema, item);
    let around = |kind: &str, item: &Shape| Object::of_kind(kind).with("item", inner(item));
    let object = match it {
        Shape::Integer { bits, signed } => Object::of_kind("integer")
            .with("bits", *bits)
            .with("signed", *signed),
        Shape::Varint(format) => varint(*format),
        Shape::Bool { bits } => Object::of_kind("bool").with("bits", *bits),
        Shape::Float { bits } => Object::of_kind("float").with("bits", *bits),
        Shape::Bytes { count: it } => Object::of_kind("bytes").with("count", count(schema, it)),
        Shape::Text { count: it } => Object::of_kind("text").with("count", count(schema, it)),
        Shape::List { item, count: it } => around("list", item).with("count", count(schema, it)),
        Shape::Unordered { list, by_key } => {
            Object::of_kind(if *by_key { "map" } else { "set" }).with("list", inner(list))
        }
        Shape::Tuple(items) => {
            Object::of_kind("tuple").with("items", items.iter().map(inner).collect::<Json>())
        }
        Shape::Record(it) => record(schema, it),
        Shape::Keyed(it) => keyed(schema, it),
        Shape::ProtobufField {
            number,
            form: held,
            item,
        } => around("protobuf_field", item)
            .with("number", unsigned((*number).into()))
            .with("form", held.name()),
        Shape::Union(it) => union(schema, it),
        Shape::Enumeration(it) => enumeration(schema, it),
        Shape::Optional { item, none } => around("optional", item).with("none", value(none)),
        Shape::Conditional {
            item,
            presence,
            absent,
        } => {
            let object = around("conditional", item);
            let object = match presence {
                Presence::Flag(flag) => object.with("flag", inner(flag)),
                Presence::If(condition) => object.with("if", condition.to_string()),
                Presence::UnlessEnd => object.with("unless_end", true),
            };
            object.maybe("absent", (*absent != Value::Null).then(|| value(absent)))
        }
        Shape::Constant { item, value: it } => around("constant", item).with("value", value(it)),
        Shape::Choice {
            alternatives,
            names,
        } => Object::of_kind("choice")
            .with(
                "alternatives",
                alternatives.iter().map(inner).collect::<Json>(),
            )
            .listed("names", names.iter().map(|name| &**name)),
        Shape::Peeked { ahead, item } => around("peeked", item).with("ahead", inner(ahead)),
        Shape::Ordered { item, bytes, bits } => around("ordered", item)
            .maybe("byte_order", bytes.map(byte_order))
            .maybe("bit_order", bits.map(bit_order)),
        Shape::OrderedBy { item, little } => {
            around("ordered_by", item).with("little_endian_if", little.to_string())
        }
        Shape::Given { item, arguments } => around("given", item).with(
            "arguments",
            arguments.iter().map(ToString::to_string).collect::<Json>(),
        ),
        Shape::Shown { item, pairs } => {
            let pairs = pairs.iter().map(|(it, shown)| {
                let pair = Object::default().with("value", value(it));
                Json::from(pair.with("shown", value(shown)))
            });
            around("shown", item).with("pairs", pairs.collect::<Json>())
        }
        Shape::Mapped { item, name } => around("mapped", item).with("name", name.as_str()),
        Shape::Satisfying { item, condition } => {
            around("satisfying", item).with("condition", condition.to_string())
        }
        Shape::Padded { item, padding } => around("padded", item)
            .with("size", unsigned(padding.size.into()))
            .with("unit", padding.unit)
            .with("unit_bytes", padding.unit_bytes)
            .flag("ignored", padding.ignored),
        Shape::Means { item, meaning: it } => around("means", item).with("meaning", meaning(it)),
        Shape::Sized {
            item,
            size: it,
            leftover,
        } => around("sized", item)
            .with("size", size(schema, it))
            .flag("leftover_ignored", *leftover),
        Shape::Filtered { item, filter: it } => around("filtered", item).with("filter", filter(it)),
        Shape::Behind { magic, item } => around("behind", item).with("magic", inner(magic)),
        Shape::Filled {
            item,
            fill: it,
            padding,
        } => around("filled", item)
            .with("fill", fill(*it))
            .flag("ignored", *padding == Padding::Ignored),
        Shape::Elsewhere { item, place } => around("elsewhere", item)
            .with("at", place.at.to_string())
            .with("from", origin(place.from))
            .with("align", unsigned(place.align.into()))
            .maybe("none", place.none.map(integer)),
        Shape::Shared { item, reference } => {
            let object = around("shared", item);
            match reference {
                Reference::Offset { bits, mark } => {
                    let offset = Object::default().with("bits", *bits);
                    object.with("offset", offset.with("mark", unsigned((*mark).into())))
                }
                Reference::Number { prefix, table } => {
                    let number = Object::default().with("prefix", inner(prefix));
                    object.with("number", number.with("table", &**table))
                }
            }
        }
        Shape::Json { item } => around("json", item),
        Shape::Opaque(opaque) => Object::of_kind("opaque").with("name", &*opaque.name),
        Shape::Boxed(item) => around("boxed", item),
        Shape::Named(reference) => Object::of_kind("type")
            .with("index", reference.index())
            .with("name", &*schema.definition(*reference).name),
    };
    object.into()
}

fn varint(format: VarintFormat) -> Object {
    Object::of_kind("varint")
        .with("encoding", format.encoding.name())
        .with("bits", format.bits)
        .with("signed", format.signed)
        .flag("lenient", format.lenient)
}

fn count(schema: &Schema, count: &Count) -> Json {
    let object = Object::default();
    let object = match count {
        Count::Prefix(prefix) => object.with("prefix", shape(schema, prefix)),
        Count::Fixed(count) => object.with("fixed", unsigned((*count).into())),
        Count::Expr(expr) => object.with("expression", expr.to_string()),
        Count::Last(expr) => object.with("last", expr.to_string()),
        Count::Rest => object.with("rest", true),
        Count::Until(until) => {
            let end = ending(
                Object::default().with("end", value(&until.end)),
                until.ending,
            );
            let room = until.room.as_ref();
            object.with("until", end.maybe("room", room.map(ToString::to_string)))
        }
    };
    object.into()
}

fn size(schema: &Schema, size: &Size) -> Json {
    let object = Object::default();
    let object = match size {
        Size::Expr(expr) => object.with("expression", expr.to_string()),
        Size::AtMost(bytes) => object.with("at_most", unsigned((*bytes).into())),
        Size::AllBut(expr) => object.with("all_but", expr.to_string()),
        Size::Prefix {
            prefix,
            counts_itself,
        } => object
            .with("prefix", shape(schema, prefix))
            .flag("counts_itself", *counts_itself),
        Size::Until { end, ending: how } => object.with(
            "until",
            ending(Object::default().with("end", bytes(end)), *how),
        ),
    };
    object.into()
}

fn ending(object: Object, ending: Ending) -> Object {
    let terminator = match ending.terminator {
        Terminator::Taken => "taken",
        Terminator::Kept => "kept",
        Terminator::Left => "left",
    };
    object
        .with("terminator", terminator)
        .flag("or_end", ending.or_end)
}

fn meaning(meaning: &Meaning) -> Json {
    let object = match meaning {
        Meaning::NonZero => Object::of_kind("nonzero"),
        Meaning::Within { min, max } => Object::of_kind("within")
            .with("min", integer(*min))
            .with("max", integer(*max)),
        Meaning::Digits { max } => Object::of_kind("bcd").with("max", unsigned(*max)),
        Meaning::ZigZag => Object::of_kind("zigzag"),
        Meaning::Character => Object::of_kind("character"),
        Meaning::Text(encoding) => {
            Object::of_kind("text").with("encoding", encoding.name().to_string())
        }
        Meaning::Scaled { scale, unit } => Object::of_kind("scaled")
            .with("scale", unsigned((*scale).into()))
            .said("unit", unit),
        Meaning::Flags { named, keeps } => {
            let flags = named.iter().map(|(name, bits)| {
                let flag = Object::default().with("name", &**name);
                Json::from(flag.with("bits", unsigned(*bits)))
            });
            Object::of_kind("flags")
                .with("flags", flags.collect::<Json>())
                .flag("keeps_others", *keeps)
        }
        Meaning::Ignored { written } => Object::of_kind("ignored").with("written", value(written)),
        Meaning::IpAddress => Object::of_kind("ip_address"),
        Meaning::Uuid => Object::of_kind("uuid"),
        // Others are to come; the schema of what is written says so.
        other => Object::of_kind("other").with("text", format!("{other:?}")),
    };
    object.into()
}

fn filter(filter: &Filter) -> Json {
    let object = match filter {
        Filter::Xor(key) => Object::of_kind("xor")
            .with("key", key.iter().map(ToString::to_string).collect::<Json>()),
        Filter::RotateLeft(by) => Object::of_kind("rotate_left").with("by", by.to_string()),
        Filter::RotateRight(by) => Object::of_kind("rotate_right").with("by", by.to_string()),
        Filter::Compressed(Compression::Zlib) => Object::of_kind("zlib"),
        Filter::Compressed(Compression::Deflate) => Object::of_kind("deflate"),
        Filter::Compressed(Compression::Gzip) => Object::of_kind("gzip"),
        // Others are to come; the schema of what is written says so.
        other => Object::of_kind("other").with("text", format!("{other:?}")),
    };
    object.into()
}

fn fill(fill: Fill) -> Json {
    let object = match fill {
        Fill::Before(bits) => Object::of_kind("before").with("bits", unsigned(bits.into())),
        Fill::After(bits) => Object::of_kind("after").with("bits", unsigned(bits.into())),
        Fill::To(bytes) => Object::of_kind("to").with("bytes", unsigned(bytes.into())),
        Fill::Align { bytes, from } => Object::of_kind("align")
            .with("bytes", unsigned(bytes.into()))
            .with("from", origin(from)),
        Fill::AlignEnd { bytes, from } => Object::of_kind("align_end")
            .with("bytes", unsigned(bytes.into()))
            .with("from", origin(from)),
    };
    object.into()
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Message => "message",
        Origin::Record => "record",
    }
}

fn byte_order(order: ByteOrder) -> &'static str {
    match order {
        ByteOrder::Big => "big",
        ByteOrder::Little => "little",
    }
}

fn bit_order(order: BitOrder) -> &'static str {
    match order {
        BitOrder::Msb => "msb",
        BitOrder::Lsb => "lsb",
    }
}
