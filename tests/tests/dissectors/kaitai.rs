//! Kaitai Struct: its compiler takes the formats, and what it makes reads the
//! values.
//!
//! `npm install --global kaitai-struct-compiler@0.11.0 kaitai-struct@0.11.0 yaml`

#![expect(
    clippy::cast_precision_loss,
    reason = "numbers of JavaScript are floats"
)]

use std::path::Path;
use std::process::Command;

use pickler::Step;
use pickler::dynamic::json::to_hex;
use pickler::dynamic::{self, Role, Span, Value, trace};
use pickler::generate::{Generator, Seeded, schema};
use pickler::schema::Protocol;
use serde_json::Value as Json;

use super::corpus;
use super::folder::Folder;

/// So many formats.
const FORMATS: u64 = 30;

#[test]
fn all_messages_are_read_by_what_kaitai_struct_makes() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with kaitai-struct-compiler, kaitai-struct and yaml");
        return;
    };
    for corpus in corpus::all() {
        let protocol = corpus.protocol;
        let format = pickler_faces::kaitai(protocol).expect("all can be told");
        let most = if protocol.name == "pokerth" { 2 } else { 0 };
        let read = parse(&modules, &protocol.name, &format, &corpus.messages);
        assert_eq!(read.len(), corpus.messages.len(), "{}", protocol.name);
        for (message, bytes) in read.iter().zip(&corpus.messages) {
            let (spans, value) = trace(&protocol.schema, bytes);
            let value = value.expect("it can be read");
            let why = if message["error"].is_null() {
                agree(&spans, bytes, message, most)
            } else {
                Err("it was not read".into())
            };
            assert_eq!(why, Ok(()), "{}: {value:?}\n{message}", protocol.name);
        }
    }
}

/// Formats that nobody thought of, as far as Kaitai Struct can say them.
#[test]
fn values_of_random_formats_are_read() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with kaitai-struct-compiler, kaitai-struct and yaml");
        return;
    };
    let (mut wrong, mut told) = (Vec::new(), 0);
    for seed in 0..FORMATS {
        let mut choices = Seeded::new(seed);
        let schema = schema(&mut choices);
        let protocol = Protocol::new("random", schema.clone());
        let Ok(format) = pickler_faces::kaitai(&protocol) else {
            continue;
        };
        let generator = Generator::new(schema.clone());
        let made = (0..8).filter_map(|_| generator.value(&mut choices).ok());
        let made = made.filter_map(|value| dynamic::encode(&schema, &value).ok());
        let messages: Vec<Vec<u8>> = made.filter(|bytes| !bytes.is_empty()).collect();
        told += 1;
        let read = parse(&modules, "random", &format, &messages);
        let first = read.iter().zip(&messages).find_map(|(message, bytes)| {
            let (spans, value) = trace(&schema, bytes);
            let why = if message["error"].is_null() {
                agree(&spans, bytes, message, 4).err()?
            } else {
                message["error"].to_string()
            };
            Some(format!(
                "format {seed}: {why}\n{message}\n{value:?}\n{}\n{format}",
                to_hex(bytes)
            ))
        });
        wrong.extend(first);
    }
    assert!(
        wrong.is_empty(),
        "{} of {told}: {}",
        wrong.len(),
        wrong.join("\n\n")
    );
    assert!(told > 8, "{told} formats");
}

/// Formats of which an expression decides something.
#[test]
fn what_expressions_decide_is_read() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with kaitai-struct-compiler, kaitai-struct and yaml");
        return;
    };
    let specs = [
        // A byte order.
        "record R {\n    order: bytes count 2 assert order == b\"II\" || order == b\"MM\"
    body: Body little-endian when order == b\"II\"\n    last: u16\n}
record Body {\n    a: u16\n    b: [u32] count u8\n    c: Part\n}
record Part {\n    d: i16\n}",
        "record R {\n    head: Head\n    body: u16 little-endian when head.little == 1\n}
record Head pad to 4 {\n    little: u8 in 0..=1\n    n: u8\n}",
        "record R {\n    little: bool1\n    n: u7\n    a: u32 little-endian when little\n}",
        // The number of an item.
        "record R {\n    sizes: [u8] count 2\n    parts: [bytes count sizes[index]] count len(sizes)\n}",
        "record R {\n    index: u8\n    parts: [bytes count index % 4] count 2\n}",
        // Whether something is there.
        "record R {\n    kind: u8\n    flags: Flags if kind > 9
    clock: u32 if present(flags) && flags.clock\n}
record Flags {\n    clock: bool1\n    rest: u7\n}",
        // What a type is given, in a part of it; and what stands around a piece.
        "record R {\n    flags: u8 in 1..=3\n    kind: u8 in 0..=1\n    body: Body(kind, flags)\n    last: u8\n}
union Body(kind: u8, flags: u8) tag u8 = kind {
    0 PADDED: { pad: u8 if flags & 1 != 0, n: u16 }
    1 LISTED: { parts: [{ a: u8, b: u16 if flags & 2 != 0 }] count 2 }\n}",
        "record R {\n    n: u8\n    parts: [u16] count n % 4 size 8 leftover ignored\n    last: u8\n}",
        // Where it starts.
        "record R {\n    id: u8\n    parts: [Part] count 3\n    last: u8\n}
record Part align end 4 from record {\n    body: bytes count u8\n}",
    ];
    for spec in specs {
        let text = format!("protocol decided\nroot R\n{spec}");
        let protocol = pickler_spec::parse(&text).expect("it is a spec");
        let format = pickler_faces::kaitai(&protocol);
        let format = format.unwrap_or_else(|why| panic!("{why}\n{spec}"));
        let made = pickler_faces::vectors(&protocol, 7, 30).made;
        let messages: Vec<Vec<u8>> = made.into_iter().map(|vector| vector.bytes).collect();
        assert!(messages.len() > 4, "{} of\n{spec}", messages.len());
        let read = parse(&modules, "decided", &format, &messages);
        for (message, bytes) in read.iter().zip(&messages) {
            let (spans, _) = trace(&protocol.schema, bytes);
            assert!(message["error"].is_null(), "{message}\n{format}");
            let why = agree(&spans, bytes, message, 2);
            assert_eq!(why, Ok(()), "{message}\n{}\n{format}", to_hex(bytes));
        }
    }
}

/// The folder of packages, if they are there.
pub fn modules() -> Option<String> {
    let found = std::env::var("NODE_PATH").ok().or_else(|| {
        let output = Command::new("npm")
            .args(["root", "--global"])
            .output()
            .ok()?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_string())
    })?;
    let packages = ["kaitai-struct-compiler", "kaitai-struct", "yaml"];
    let all = packages
        .iter()
        .all(|name| Path::new(&found).join(name).is_dir());
    all.then_some(found)
}

/// What is read of messages.
fn parse(modules: &str, name: &str, format: &str, messages: &[Vec<u8>]) -> Vec<Json> {
    let folder = Folder::new(name);
    let lines: Vec<String> = messages.iter().map(|bytes| to_hex(bytes)).collect();
    let format_file = folder.write("format.ksy", format);
    let messages_file = folder.write("messages", lines.join("\n"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dissectors/data/parse.js");
    let output = Command::new("node")
        .env("NODE_PATH", modules)
        .arg(script)
        .args([&format_file, &messages_file])
        .output()
        .expect("node runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let json = |line: &str| serde_json::from_str(line).expect("a line is JSON");
    lines.lines().map(json).collect()
}

/// Each part that the dynamic codec reads is there, in order; between two are at
/// most so many others, the keys of protobuf and what is in a filter.
fn agree(spans: &[Span], bytes: &[u8], message: &Json, most: usize) -> Result<(), String> {
    let leaves = message["leaves"].as_array().expect("leaves");
    let mut behind = 0;
    for span in spans {
        let found = leaves
            .iter()
            .skip(behind)
            .position(|leaf| shows(leaf, span, bytes));
        match found {
            Some(found) if found <= most => behind += found + 1,
            _ => return Err(format!("missing behind {behind}: {span:?}")),
        }
    }
    // A message without fields has room for some.
    let rest = leaves.iter().skip(behind);
    if rest
        .clone()
        .all(|leaf| leaf[0] == "unknown" && leaf[1]["hex"] == "")
    {
        Ok(())
    } else {
        Err(format!("more than there is: {:?}", leaves.get(behind)))
    }
}

fn shows(leaf: &Json, span: &Span, bytes: &[u8]) -> bool {
    let (name, found) = (&leaf[0], &leaf[1]);
    let name = name.as_str().unwrap_or_default().replace('_', "");
    if let (Role::Value, Some(Step::Field(field))) = (&span.role, span.path.last()) {
        let field = field.to_string().to_lowercase().replace('_', "");
        // A name that is a number begins with a letter there.
        if !name
            .to_lowercase()
            .trim_start_matches('n')
            .starts_with(field.trim_start_matches('n'))
            && !["value", "values"].contains(&&*name)
        {
            return false;
        }
    }
    match &span.value {
        Value::Bool(value) => {
            *found == Json::Bool(*value) || number(found) == Some(f64::from(u8::from(*value)))
        }
        Value::Unsigned(value) => {
            number(found) == Some(*value as f64)
                // The key of a protobuf field.
                || matches!(span.role, Role::Tag(_)) && number(found).map(|key| (key / 8.0).floor()) == Some(*value as f64)
                || is_raw(found, span, bytes)
        }
        Value::Negative(value) => {
            number(found) == Some(*value as f64) || is_raw(found, span, bytes)
        }
        // JSON has no others.
        Value::Float(value) => {
            number(found) == Some(value.get()) || found.is_null() && !value.get().is_finite()
        }
        Value::Bytes(value) => found["hex"] == to_hex(value),
        // A name is a number there.
        Value::Text(text) => {
            *found == Json::String(text.clone())
                || found["hex"] == to_hex(text.as_bytes())
                || found.is_number() && is_raw(found, span, bytes)
        }
        Value::Null => is_raw(found, span, bytes),
        Value::List(_) | Value::Record(_) | Value::Variant(_) => true,
    }
}

/// A number, as JavaScript has it.
fn number(json: &Json) -> Option<f64> {
    // One bit is a boolean there.
    json.as_f64()
        .or_else(|| json.as_bool().map(|it| f64::from(u8::from(it))))
}

/// It is the number on the wire, in one order or the other.
fn is_raw(json: &Json, span: &Span, bytes: &[u8]) -> bool {
    let bit = |at: u64| {
        let byte = usize::try_from(at / 8).ok().and_then(|at| bytes.get(at));
        byte.map_or(0, |byte| u64::from(byte >> (7 - at % 8) & 1))
    };
    let big = span.bits.clone().fold(0, |value, at| value << 1 | bit(at));
    let width = span.bits.end - span.bits.start;
    let little = big.swap_bytes() >> (64 - width.clamp(1, 64));
    width <= 64
        && [big, little]
            .iter()
            .any(|it| number(json) == Some(*it as f64))
}
