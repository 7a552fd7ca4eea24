//! What a program says of some bytes, compared with what the spec says.

use pickler::dynamic::json;
use pickler::schema::{Schema, Shape};
use serde_json::{Map, Value as Json};

/// What is expected of a value, as JSON.
///
/// | expected | is found in |
/// |---|---|
/// | an object | an object that has all of its members, and perhaps others |
/// | `{"$only": object}` | an object that has these members alone |
/// | a list | a list of as many items |
/// | `{"$hex": ...}` | the same bytes, also where they are shown as text |
/// | a number | the number; the name that an `enum` has for it; the variant without fields of this tag |
/// | a string | the string; the variant without fields of this name |
///
/// All else must be equal.
pub struct Expectation(Json);

impl Expectation {
    pub fn new(expected: Json) -> Self {
        Self(expected)
    }

    /// Where, and how, `found`, a value of the schema's root, is something else.
    pub fn difference(&self, found: &Json, schema: &Schema) -> Option<String> {
        let comparison = Comparison {
            names: names(schema),
        };
        comparison.difference(found, &self.0, &mut String::from("$"))
    }
}

struct Comparison<'s> {
    /// The names of all enums of the schema, and what each stands for.
    names: Vec<(&'s str, u128)>,
}

impl Comparison<'_> {
    fn difference(&self, found: &Json, expected: &Json, path: &mut String) -> Option<String> {
        let is_same = match (found, expected) {
            (_, Json::Object(members)) if members.contains_key("$hex") => {
                bytes(found) == bytes(expected)
            }
            (Json::Object(parts), Json::Object(members)) => {
                return self.member(parts, members, path);
            }
            (Json::Array(items), Json::Array(wanted)) if items.len() == wanted.len() => {
                let pairs = items.iter().zip(wanted).enumerate();
                return pairs.into_iter().find_map(|(at, (found, expected))| {
                    within(path, &format!("[{at}]"), |path| {
                        self.difference(found, expected, path)
                    })
                });
            }
            (Json::Object(variant), Json::Number(_)) if is_bare(variant) => {
                variant["code"] == *expected
            }
            (Json::Object(variant), Json::String(_)) if is_bare(variant) => {
                variant["name"] == *expected
            }
            (Json::String(name), Json::Number(number)) => {
                let stands_for = |(known, value): &(&str, u128)| {
                    known == name && number.as_u64().map(u128::from) == Some(*value)
                };
                self.names.iter().any(stands_for)
            }
            _ => found == expected,
        };
        (!is_same).then(|| format!("{path} is {found}, not {expected}"))
    }

    fn member(
        &self,
        parts: &Map<String, Json>,
        members: &Map<String, Json>,
        path: &mut String,
    ) -> Option<String> {
        let members = match members.get("$only") {
            Some(Json::Object(members)) => {
                let surplus = parts.keys().find(|name| !members.contains_key(*name));
                if let Some(name) = surplus {
                    return Some(format!("{path} has {name}: {}", parts[name]));
                }
                members
            }
            _ => members,
        };
        members.iter().find_map(|(name, expected)| {
            let found = parts.get(name).unwrap_or(&Json::Null);
            within(path, &format!(".{name}"), |path| {
                self.difference(found, expected, path)
            })
        })
    }
}

fn within(
    path: &mut String,
    step: &str,
    compare: impl FnOnce(&mut String) -> Option<String>,
) -> Option<String> {
    let length = path.len();
    path.push_str(step);
    let difference = compare(path);
    path.truncate(length);
    difference
}

fn bytes(json: &Json) -> Option<Vec<u8>> {
    match json {
        Json::String(text) => Some(text.clone().into_bytes()),
        Json::Object(parts) => json::from_hex(parts.get("$hex")?.as_str()?).ok(),
        _ => None,
    }
}

/// A variant without fields.
fn is_bare(variant: &Map<String, Json>) -> bool {
    let is_empty = match variant.get("fields") {
        Some(Json::Object(fields)) => fields.is_empty(),
        Some(Json::String(text)) => text.is_empty(),
        Some(Json::Array(items)) => items.is_empty(),
        Some(fields) => fields.is_null(),
        None => false,
    };
    is_empty && variant.contains_key("code") && variant.contains_key("name")
}

fn names(schema: &Schema) -> Vec<(&str, u128)> {
    let types = schema.types().iter().map(|definition| &definition.shape);
    let mut left: Vec<&Shape> = types.chain([schema.root()]).collect();
    let mut names = Vec::new();
    while let Some(shape) = left.pop() {
        if let Shape::Enumeration(enumeration) = shape {
            let pairs = enumeration.names.iter();
            names.extend(pairs.map(|(value, name)| (&**name, *value)));
        }
        left.extend(shape.parts());
    }
    names
}
