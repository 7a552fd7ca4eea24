//! Values and numbers that any reader of JSON can tell exactly.

use pickler::dynamic::{Value, json::to_hex};
use serde_json::{Value as Json, json};

use super::object::Object;

/// The greatest integer that all readers of JSON hold exactly.
const EXACT: u128 = (1 << 53) - 1;

/// An integer from 0.
pub fn unsigned(value: u128) -> Json {
    match u64::try_from(value) {
        Ok(small) if value <= EXACT => small.into(),
        _ => json!({"$int": value.to_string()}),
    }
}

/// An integer.
pub fn integer(value: i128) -> Json {
    match i64::try_from(value) {
        Ok(small) if value.unsigned_abs() <= EXACT => small.into(),
        _ => json!({"$int": value.to_string()}),
    }
}

/// Bytes.
pub fn bytes(bytes: &[u8]) -> Json {
    json!({"$hex": to_hex(bytes)})
}

/// A value.
pub fn value(it: &Value) -> Json {
    match it {
        Value::Null => Json::Null,
        Value::Bool(it) => (*it).into(),
        Value::Unsigned(it) => unsigned(*it),
        Value::Negative(it) => integer(*it),
        Value::Float(it) if it.get().is_finite() => it.get().into(),
        Value::Float(it) => json!({"$float": it.to_string()}),
        Value::Bytes(it) => bytes(it),
        Value::Text(it) => it.as_str().into(),
        Value::List(items) => items.iter().map(value).collect(),
        Value::Record(record) => {
            let fields = record
                .iter()
                .map(|(name, it)| json!({"name": name, "value": value(it)}));
            json!({"$record": fields.collect::<Json>()})
        }
        Value::Variant(variant) => Object::default()
            .with("$variant", &*variant.name)
            .with("tag", unsigned(variant.tag))
            .with("body", value(&variant.body))
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact() {
        assert_eq!(integer(-5), json!(-5));
        assert_eq!(unsigned(1 << 53), json!({"$int": "9007199254740992"}));
        assert_eq!(integer(-(1 << 53)), json!({"$int": "-9007199254740992"}));
        let value_of = |it: Value| value(&it).to_string();
        assert_eq!(value_of(f64::INFINITY.into()), r#"{"$float":"inf"}"#);
        assert_eq!(
            value_of(Value::Bytes(vec![0, 255].into())),
            r#"{"$hex":"00ff"}"#
        );
        let record = Value::record([("a", Value::List(vec![Value::Null, "b".into()]))]);
        assert_eq!(
            value_of(record),
            r#"{"$record":[{"name":"a","value":[null,"b"]}]}"#
        );
        let variant = Value::variant("X", true.into());
        assert_eq!(value_of(variant), r#"{"$variant":"X","tag":0,"body":true}"#);
    }
}
