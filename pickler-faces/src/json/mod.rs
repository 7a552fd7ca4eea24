//! A protocol as JSON.

mod object;
mod parts;
mod shape;
mod value;

use pickler::schema::Protocol;
use serde_json::Value as Json;

use object::Object;
use shape::shape;
use value::bytes;

/// What [`json`] gives, as a JSON Schema (draft 2020-12).
pub const JSON_SCHEMA: &str = include_str!("../../protocol.schema.json");

/// All of a protocol's description as JSON, for programs that are not written in
/// Rust.
///
/// [`JSON_SCHEMA`] describes it. A shape is an object with its `kind`; types
/// that are defined by themselves are in `types`, and are mentioned by their
/// place there. Expressions are texts, as declarations write them. What is not
/// there, and what is `false`, is left out. Integers past 2^53 are
/// `{"$int": "..."}`, bytes are `{"$hex": "..."}`.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// #[derive(Pickle)]
/// struct Bet {
///     player: u16,
///     #[pickle(if = player != 0)]
///     amount: Option<u32>,
/// }
///
/// let json = pickler_faces::json(&Protocol::new("bets", Schema::of::<Bet>()));
/// let fields = &json["types"][0]["shape"]["fields"];
/// assert_eq!(fields[0]["shape"], serde_json::json!({"kind": "integer", "bits": 16, "signed": false}));
/// assert_eq!(fields[1]["shape"]["if"], "player != 0");
/// ```
pub fn json(protocol: &Protocol) -> Json {
    let schema = &protocol.schema;
    let handshake = protocol.handshake.as_ref().map(|handshake| {
        Object::default()
            .with("client", bytes(&handshake.client))
            .with("server", bytes(&handshake.server))
    });
    let keep_alive = protocol.keep_alive.as_ref().map(|keep_alive| {
        Object::default()
            .with("message", keep_alive.message.as_str())
            .with("after_ms", value::unsigned(keep_alive.after_ms.into()))
    });
    let types = schema.types().iter().map(|definition| {
        let parameters = definition.parameters.iter().map(|parameter| {
            Object::default()
                .with("name", &*parameter.name)
                .with("shape", shape(schema, &parameter.shape))
        });
        let object = Object::default()
            .with("name", &*definition.name)
            .said("doc", &definition.doc)
            .listed("parameters", parameters);
        Json::from(object.with("shape", shape(schema, &definition.shape)))
    });
    Object::default()
        .with("format", "pickler-protocol")
        .with("format_version", 1)
        .with("name", protocol.name.as_str())
        .maybe("version", protocol.version.as_deref())
        .said("doc", &protocol.doc)
        .maybe("handshake", handshake)
        .maybe("keep_alive", keep_alive)
        .maybe(
            "max_message",
            protocol.max_message.map(|it| value::unsigned(it.into())),
        )
        .with("root", shape(schema, schema.root()))
        .with("types", types.collect::<Json>())
        .into()
}
