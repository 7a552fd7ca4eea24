//! JSON, read strictly.

use std::fmt;

use anyhow::bail;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deep objects and lists may nest: a message in a list takes three levels,
/// and lists of messages nest 64 deep.
const DEEPEST: u32 = 256;

/// The value of a JSON text, in which no object has the same name twice: of two
/// values for one field, neither is taken in silence.
///
/// # Errors
/// Those of [`serde_json`], by their place in the text; in a text of one line,
/// by their column alone.
pub fn parse(text: &str) -> anyhow::Result<Value> {
    let mut json = serde_json::Deserializer::from_str(text);
    // This reader's own limit is above that of `serde_json`.
    json.disable_recursion_limit();
    let strict = Strict { depth: 0 };
    let parsed = strict.deserialize(&mut json);
    let error = match parsed.and_then(|value| json.end().map(|()| value)) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let (line, column) = (error.line(), error.column());
    let full = error.to_string();
    match full.strip_suffix(&format!(" at line {line} column {column}")) {
        Some(why) if line <= 1 => bail!("{why} at column {column}"),
        _ => bail!(full),
    }
}

/// Reads a value that is so many levels deep.
#[derive(Clone, Copy)]
struct Strict {
    depth: u32,
}

impl Strict {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        match self.depth + 1 {
            DEEPEST => Err(E::custom(format!("nested deeper than {DEEPEST} levels"))),
            depth => Ok(Self { depth }),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let item = self.deeper()?;
        let mut list = Vec::new();
        while let Some(value) = items.next_element_seed(item)? {
            list.push(value);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let part = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if map.contains_key(&name) {
                let why = format!("`{}` is given twice", name.escape_debug());
                return Err(A::Error::custom(why));
            }
            let value = entries.next_value_seed(part)?;
            map.insert(name, value);
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn json_is_read_as_it_is() {
        let text = r#"{"b":[1,-2,1.5,null,true,"x\n"],"a":{}}"#;
        assert_eq!(
            parse(text).map(|value| value.to_string()).ok().as_deref(),
            Some(text)
        );
    }

    #[test]
    fn what_is_not_strict_is_refused() {
        for (text, why) in [
            (
                r#"{"a":1,"b":{"c":1,"c":2}}"#,
                "`c` is given twice at column 21",
            ),
            ("[1", "EOF while parsing a list at column 2"),
            ("{}\n{}", "trailing characters at line 2 column 1"),
            (
                &"[".repeat(100_000),
                "nested deeper than 256 levels at column 256",
            ),
        ] {
            let error = parse(text).map_err(|error| error.to_string());
            assert_eq!(error.err().as_deref(), Some(why));
        }
    }

    #[test]
    fn messages_nest_as_deep_as_the_codecs_allow() {
        let deep = "[".repeat(255) + &"]".repeat(255);
        assert!(parse(&deep).is_ok());
    }
}
