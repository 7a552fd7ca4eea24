//! `pickler list`: the built-in protocols and their messages.

use anyhow::Result;
use pickler::schema::{Names, Schema, Shape};
use serde_json::{Value, json};

use crate::arguments::List;
use crate::output::Output;
use crate::protocols::{BUILT_IN, BuiltIn, Protocol};
use crate::report::Outcome;

/// Lists protocols, or the messages of one.
pub fn run(arguments: &List, output: &mut Output) -> Result<Outcome> {
    match &arguments.protocol {
        None => protocols(arguments.json, output)?,
        Some(name) => messages(&Protocol::named(name)?, arguments.json, output)?,
    }
    Ok(Outcome::Done)
}

fn protocols(as_json: bool, output: &mut Output) -> Result<()> {
    let protocols: Vec<Protocol> = BUILT_IN.iter().map(BuiltIn::load).collect();
    let counts = protocols
        .iter()
        .map(|protocol| Ok((protocol.name(), protocol.messages()?.variants.len())))
        .collect::<Result<Vec<_>>>()?;
    if as_json {
        let list: Value = counts
            .iter()
            .map(|(name, count)| json!({ "protocol": name, "messages": count }))
            .collect();
        return output.line(&list.to_string());
    }
    let widest = counts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, count) in counts {
        output.line(&format!("{name:widest$}  {count} messages"))?;
    }
    Ok(())
}

fn messages(protocol: &Protocol, as_json: bool, output: &mut Output) -> Result<()> {
    let schema = protocol.schema();
    let list = protocol.messages()?.variants.iter().map(|variant| {
        let fields: Vec<&str> = match body(schema, &variant.body) {
            Shape::Record(record) => names(&record.names),
            Shape::Keyed(keyed) => names(&keyed.names),
            _ => Vec::new(),
        };
        (variant.tag, &*variant.name, fields)
    });
    if as_json {
        let list: Value = list
            .map(|(code, name, fields)| {
                // A code past 64 bits is no code of any protocol here.
                let code = u64::try_from(code).unwrap_or(u64::MAX);
                json!({ "name": name, "code": code, "fields": fields })
            })
            .collect();
        return output.line(&list.to_string());
    }
    for (code, name, fields) in list {
        output.line(format!("{code:>4}  {name}  {}", fields.join(" ")).trim_end())?;
    }
    Ok(())
}

fn names(names: &Names) -> Vec<&str> {
    names.iter().map(AsRef::as_ref).collect()
}

/// What a message holds, behind what stands around it.
fn body<'a>(schema: &'a Schema, shape: &'a Shape) -> &'a Shape {
    match schema.resolve(shape) {
        Shape::ProtobufField { item, .. } => body(schema, item),
        other => other,
    }
}
