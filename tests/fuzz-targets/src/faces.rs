//! What people see of messages and of errors.

use std::sync::LazyLock;

use pickler::dynamic::{self, Span, Value, json};
use pickler::schema::Schema;

use crate::types;

/// JSON and back, spans, words.
pub fn faces(bytes: &[u8]) {
    static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(faces_schemas);
    let Some((pick, bytes)) = bytes.split_first() else {
        return;
    };
    let schema = &SCHEMAS[usize::from(*pick) % SCHEMAS.len()];
    let (spans, traced) = dynamic::trace(schema, bytes);
    assert_eq!(traced, dynamic::decode(schema, bytes));
    within(&spans, bytes);
    match traced {
        Ok(value) => shown_in_json(&value, schema),
        Err(error) => {
            let _ = (error.to_string(), error.display_with(bytes).to_string());
        }
    }
}

/// One of these is picked by the first byte.
pub(crate) fn faces_schemas() -> Vec<Schema> {
    vec![
        pokersource::schema().clone(),
        openpoker::schema().clone(),
        pokerth::schema().clone(),
        Schema::of::<cluster_protocol::Message>(),
        Schema::of::<types::big_lsb::Dependent>(),
        Schema::of::<types::Leaves>(),
        Schema::of::<types::Texts>(),
        Schema::of::<types::Options>(),
        Schema::of::<types::Protobuf>(),
        Schema::of::<types::Conditional>(),
        Schema::of::<types::Padded>(),
        Schema::of::<types::Expressions>(),
        Schema::of::<types::Archive>(),
        Schema::of::<types::Chained>(),
        Schema::of::<types::Shared>(),
        Schema::of::<types::Tried>(),
        Schema::of::<types::Ended>(),
        Schema::of::<types::Collections>(),
        Schema::of::<types::Measured>(),
    ]
}

/// Every part is a part of the input.
fn within(spans: &[Span], bytes: &[u8]) {
    for span in spans {
        assert!(span.bits.start <= span.bits.end, "{span:?}");
        assert!(span.bits.end <= bytes.len() as u64 * 8, "{span:?}");
    }
}

/// What is shown is read back as what has the same bytes, text included.
fn shown_in_json(value: &Value, schema: &Schema) {
    let shown = json::to_json(value, schema);
    let text = shown.to_string();
    let parsed = serde_json::from_str(&text).expect("what is shown is JSON");
    match json::from_json(&parsed, schema) {
        Ok(read) => assert_eq!(
            dynamic::encode(schema, &read),
            dynamic::encode(schema, value),
            "{text}"
        ),
        Err(error) => panic!("{text} is not read back: {error}"),
    }
}
