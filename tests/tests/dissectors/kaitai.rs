//! Kaitai Struct: its compiler takes the formats, and what it makes reads the
//! values.
//!
//! `npm install --global kaitai-struct-compiler@0.11.0 kaitai-struct@0.11.0 yaml`

use std::path::Path;
use std::process::Command;

use pickler::Step;
use pickler::dynamic::{Role, Span, Value, trace};
use serde_json::Value as Json;

use super::corpus;

#[test]
fn all_messages_are_read_by_what_kaitai_struct_makes() {
    let Some(modules) = modules() else {
        eprintln!("SKIPPED: there is no Node with kaitai-struct-compiler, kaitai-struct and yaml");
        return;
    };
    for corpus in corpus::all() {
        let protocol = corpus.protocol;
        let format = pickler_faces::kaitai(protocol).expect("all can be told");
        let read = parse(&modules, &protocol.name, &format, &corpus.messages);
        assert_eq!(read.len(), corpus.messages.len(), "{}", protocol.name);
        for (message, bytes) in read.iter().zip(&corpus.messages) {
            let (spans, value) = trace(&protocol.schema, bytes);
            let value = value.expect("it can be read");
            let why = if message["error"].is_null() {
                agree(&spans, bytes, message)
            } else {
                Err("it was not read".into())
            };
            assert_eq!(why, Ok(()), "{}: {value:?}\n{message}", protocol.name);
        }
    }
}

/// The folder of packages, if they are there.
fn modules() -> Option<String> {
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
    let folder = std::env::temp_dir().join(format!("kaitai-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the format");
    let (format_file, messages_file) = (folder.join("format.ksy"), folder.join("messages"));
    std::fs::write(&format_file, format).expect("the format is written");
    let lines: Vec<String> = messages.iter().map(|bytes| hex(bytes)).collect();
    std::fs::write(&messages_file, lines.join("\n")).expect("the messages are written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dissectors/data/parse.js");
    let output = Command::new("node")
        .env("NODE_PATH", modules)
        .arg(script)
        .args([&format_file, &messages_file])
        .output()
        .expect("node runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let json = |line: &str| serde_json::from_str(line).expect("a line is JSON");
    lines.lines().map(json).collect()
}

/// Each part that the dynamic codec reads is there, in order.
fn agree(spans: &[Span], bytes: &[u8], message: &Json) -> Result<(), String> {
    let leaves = message["leaves"].as_array().expect("leaves");
    let mut behind = 0;
    for span in spans {
        // The length in front of all holds no value of its own.
        let found = leaves
            .iter()
            .skip(behind)
            .position(|leaf| shows(leaf, span, bytes));
        match found {
            // What is skipped are keys and counts that stand in a part.
            Some(found) if found <= 4 => behind += found + 1,
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
        if !name.to_lowercase().starts_with(&field) && !["value", "values"].contains(&&*name) {
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
                || raw(span, bytes) == number(found)
        }
        Value::Negative(value) => {
            number(found) == Some(*value as f64) || raw(span, bytes) == number(found)
        }
        Value::Float(value) => number(found) == Some(value.get()),
        Value::Bytes(value) => found["hex"] == hex(value),
        // A name is a number there.
        Value::Text(text) => {
            *found == Json::String(text.clone())
                || found["hex"] == hex(text.as_bytes())
                || found.is_number() && raw(span, bytes) == number(found)
        }
        Value::Null => raw(span, bytes) == number(found),
        Value::List(_) | Value::Record(_) | Value::Variant(_) => true,
    }
}

/// A number, as JavaScript has it.
fn number(json: &Json) -> Option<f64> {
    json.as_f64()
}

/// The number that is on the wire.
fn raw(span: &Span, bytes: &[u8]) -> Option<f64> {
    let from = usize::try_from(span.bits.start / 8).ok()?;
    let to = usize::try_from(span.bits.end / 8).ok()?;
    let bytes = bytes.get(from..to).filter(|bytes| bytes.len() <= 8)?;
    let value = bytes
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte));
    Some(value as f64)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
