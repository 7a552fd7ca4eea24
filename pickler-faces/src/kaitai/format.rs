//! The format as a whole: types, enums, what is at the top.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use pickler::schema::{Protocol, Schema, Shape, TypeRef};

use super::expressions::{Kind, Known};
use super::integers::Orders;
use super::reserved::is_reserved;
use super::yaml::{Map, Yaml, document};
use crate::Unsupported;

/// What the name of a type ends with, by its orders.
const SUFFIXES: [&str; 4] = ["", "_le", "_lsb", "_le_lsb"];

/// What is being written.
pub struct Format<'a> {
    pub protocol: &'a Protocol,
    pub schema: &'a Schema,
    types: BTreeMap<String, Map>,
    order: Vec<String>,
    enums: Map,
    /// Types that are mentioned and not yet written.
    waiting: VecDeque<(TypeRef, Orders)>,
    seen: BTreeSet<(usize, Orders)>,
    type_names: Vec<String>,
    /// The attributes of each type that expressions may mention.
    pub known: BTreeMap<String, BTreeMap<String, Known>>,
    /// The type that a type without a name in the description is a part of.
    pub around: BTreeMap<String, String>,
    /// How many bits each type takes, modulo 8; `None` if that is not known.
    pub bits_of_types: Vec<Option<u64>>,
}

/// A type that is being written.
pub struct Type {
    pub seq: Vec<Map>,
    pub instances: Map,
    /// How many bits of the last byte are taken; `None` if that is not known.
    pub bit: Option<u64>,
}

impl Default for Type {
    /// Types start on a byte boundary: Kaitai Struct sees to that.
    fn default() -> Self {
        Self {
            seq: Vec::new(),
            instances: Map::new(),
            bit: Some(0),
        }
    }
}

/// Where something stands.
#[derive(Clone)]
pub struct Place {
    /// The attribute.
    pub id: String,
    /// The type that it is in.
    pub of: String,
    pub orders: Orders,
}

impl Place {
    pub fn unsupported(&self, what: impl Into<String>) -> Unsupported {
        Unsupported {
            what: what.into(),
            path: format!("{}.{}", self.of, self.id),
        }
    }

    pub fn with(&self, orders: Orders) -> Self {
        Self {
            orders,
            ..self.clone()
        }
    }
}

/// A name as an identifier of Kaitai Struct.
pub fn identifier(name: &str) -> String {
    let name = crate::wireshark::filter_name(name);
    let begins = name.starts_with(|it: char| it.is_ascii_lowercase());
    match &*name {
        name if is_reserved(name) => format!("{name}_"),
        name if begins => name.into(),
        name => format!("n{}", name.trim_start_matches('_')),
    }
}

/// The identifier of a parameter. In some languages a reserved word with a mark
/// behind it is one all the same.
pub fn parameter(name: &str) -> String {
    let id = identifier(name);
    if id.ends_with('_') {
        format!("{id}given")
    } else {
        id
    }
}

/// Identifiers of names, which may differ in what no identifier has.
pub fn different<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names
        .map(|name| {
            let name = identifier(name);
            let mut found = name.clone();
            let mut count = 1;
            while !taken.insert(found.clone()) {
                count += 1;
                found = format!("{name}_{count}");
            }
            found
        })
        .collect()
}

pub fn entry(key: &str, value: impl Into<Yaml>) -> (String, Yaml) {
    (key.into(), value.into())
}

impl<'a> Format<'a> {
    pub fn new(protocol: &'a Protocol) -> Self {
        let schema = &protocol.schema;
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let names = schema.types().iter().map(|definition| {
            let name = identifier(&definition.name);
            let count = taken.entry(name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                format!("{name}_{count}")
            } else {
                name
            }
        });
        let type_names = names.collect();
        let mut format = Self {
            protocol,
            schema,
            types: BTreeMap::new(),
            order: Vec::new(),
            enums: Map::new(),
            waiting: VecDeque::new(),
            seen: BTreeSet::new(),
            type_names,
            known: BTreeMap::new(),
            around: BTreeMap::new(),
            bits_of_types: vec![Some(0); schema.types().len()],
        };
        format.measure_types();
        format
    }

    /// Expressions in a type may mention an attribute of these keys.
    pub fn know(&mut self, of: &str, id: &str, keys: &Map) {
        let named = keys.iter().find_map(|(key, value)| match value {
            Yaml::Text(name) if key == "type" => self.named(name),
            _ => None,
        });
        let kind = Kind::of(keys);
        let condition = keys.iter().find_map(|(key, value)| match value {
            Yaml::Text(condition) if key == "if" => Some(format!("({condition})")),
            _ => None,
        });
        let known = self.known.entry(of.into()).or_default();
        known.insert(
            id.into(),
            Known {
                kind,
                condition,
                named,
            },
        );
    }

    /// The value in a type of that name, which only this place has.
    pub fn within(&mut self, at: &Place, name: &str) -> Place {
        self.around.insert(name.into(), at.of.clone());
        Place {
            id: "value".into(),
            of: name.into(),
            orders: at.orders,
        }
    }

    /// They may not any longer.
    pub fn forget(&mut self, of: &str, id: &str) {
        if let Some(known) = self.known.get_mut(of) {
            known.remove(id);
        }
    }

    /// The type of the description that has a name, with what it is given.
    fn named(&self, name: &str) -> Option<TypeRef> {
        let name = name.split('(').next().unwrap_or_default();
        let mut names = self.type_names.iter();
        let index = names.position(|known| {
            let suffix = name.strip_prefix(&**known);
            suffix.is_some_and(|suffix| SUFFIXES.contains(&suffix))
        });
        index.map(TypeRef::at)
    }

    /// The name of a type, which will be written.
    pub fn mention(&mut self, reference: TypeRef, orders: Orders) -> String {
        if self.seen.insert((reference.index(), orders)) {
            self.waiting.push_back((reference, orders));
        }
        format!("{}{}", self.type_names[reference.index()], orders.suffix())
    }

    /// Adds a type that has no name in the description.
    pub fn add_type(&mut self, name: &str, made: Type) -> String {
        let name = self.free_name(name);
        self.put_type(&name, String::new(), Map::new(), made);
        name
    }

    /// A name that neither a type nor an enum has: some languages keep both in
    /// one place.
    fn free_name(&self, name: &str) -> String {
        let is_taken = |name: &String| {
            let known = |known: &String| {
                name.strip_prefix(&**known)
                    .is_some_and(|suffix| SUFFIXES.contains(&suffix))
            };
            self.types.contains_key(name)
                || self.enums.iter().any(|(known, _)| known == name)
                || self.type_names.iter().any(known)
        };
        let mut found = name.to_string();
        let mut count = 1;
        while is_taken(&found) {
            count += 1;
            found = format!("{name}_{count}");
        }
        found
    }

    /// Adds a type that is there once.
    pub fn add_own(&mut self, name: &str, make: impl FnOnce() -> Map) -> String {
        if !self.types.contains_key(name) {
            self.order.push(name.into());
            self.types.insert(name.into(), make());
        }
        name.into()
    }

    /// Adds an enum, and tells its name.
    pub fn add_enum(&mut self, name: &str, names: &[(u128, String)]) -> String {
        let ids = different(names.iter().map(|(_, name)| &**name));
        let values: Map = names
            .iter()
            .zip(ids)
            .map(|((value, _), id)| (value.to_string(), Yaml::from(id)))
            .collect();
        let known = self.enums.iter().find(|(known, known_values)| {
            let number = known.strip_prefix(name).map(|it| it.trim_matches('_'));
            let is_this = number.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
            is_this && *known_values == Yaml::Map(values.clone())
        });
        if let Some((known, _)) = known {
            return known.clone();
        }
        let found = self.free_name(name);
        self.enums.push((found.clone(), Yaml::Map(values)));
        found
    }

    fn put_type(&mut self, name: &str, doc: String, params: Map, made: Type) {
        let mut map = Map::new();
        if !doc.is_empty() {
            map.push(("doc".into(), Yaml::Words(doc)));
        }
        if !params.is_empty() {
            let params = params
                .into_iter()
                .map(|(id, kind)| Yaml::Map(vec![entry("id", id), ("type".into(), kind)]));
            map.push(("params".into(), Yaml::List(params.collect())));
        }
        let seq = made.seq.into_iter().map(Yaml::Map).collect();
        map.push(("seq".into(), Yaml::List(seq)));
        if !made.instances.is_empty() {
            map.push(("instances".into(), Yaml::Map(made.instances)));
        }
        self.order.push(name.into());
        self.types.insert(name.into(), map);
    }

    pub fn finish(mut self) -> Result<String, Unsupported> {
        let id = identifier(&self.protocol.name);
        let mut top = Type::default();
        let root = self.schema.root().clone();
        let place = Place {
            id: "value".into(),
            of: id.clone(),
            orders: Orders::NETWORK,
        };
        match &root {
            Shape::Named(reference) if self.is_composite(&root) => {
                let shape = &self.schema.definition(*reference).shape;
                self.parts(shape, &place, &mut top)?;
            }
            shape => self.parts(shape, &place, &mut top)?,
        }
        while let Some((reference, orders)) = self.waiting.pop_front() {
            let definition = self.schema.definition(reference);
            let name = format!("{}{}", self.type_names[reference.index()], orders.suffix());
            let mut made = Type::default();
            let place = Place {
                id: "value".into(),
                of: name.clone(),
                orders,
            };
            for parameter in &definition.parameters {
                let id = self::parameter(&parameter.name);
                self.know(&name, &id, &vec![entry("type", "s8")]);
            }
            self.parts(&definition.shape, &place, &mut made)?;
            let parameters = definition.parameters.iter();
            let params = parameters.map(|parameter| entry(&self::parameter(&parameter.name), "s8"));
            let doc = definition.doc.trim().to_string();
            self.put_type(&name, doc, params.collect(), made);
        }
        if let Some(sent) = &self.protocol.handshake {
            let seq = [("client", &sent.client), ("server", &sent.server)];
            for (end, bytes) in seq {
                let map = vec![entry("id", "greeting"), contents(bytes)];
                let made = Type {
                    seq: vec![map],
                    ..Type::default()
                };
                self.add_type(&format!("{end}_handshake"), made);
            }
        }
        Ok(self.document(&id, top))
    }

    fn document(self, id: &str, top: Type) -> String {
        let protocol = self.protocol;
        let mut meta = vec![entry("id", id)];
        let title = format!(
            "{} {}",
            protocol.name,
            protocol.version.as_deref().unwrap_or_default()
        );
        meta.push(("title".into(), Yaml::Words(title.trim_end().into())));
        meta.push(entry("ks-version", "0.11"));
        meta.push(entry("endian", "be"));
        meta.push(entry("bit-endian", "be"));
        let mut map = vec![("meta".to_string(), Yaml::Map(meta))];
        if !protocol.doc.trim().is_empty() {
            map.push(("doc".into(), Yaml::Words(protocol.doc.trim().into())));
        }
        let seq = top.seq.into_iter().map(Yaml::Map).collect();
        map.push(("seq".into(), Yaml::List(seq)));
        if !top.instances.is_empty() {
            map.push(("instances".into(), Yaml::Map(top.instances)));
        }
        if !self.order.is_empty() {
            let mut types = self.types;
            let types = self.order.into_iter().filter_map(|name| {
                let map = types.remove(&name)?;
                Some((name, Yaml::Map(map)))
            });
            map.push(("types".into(), Yaml::Map(types.collect())));
        }
        if !self.enums.is_empty() {
            map.push(("enums".into(), Yaml::Map(self.enums)));
        }
        document(&map)
    }
}

/// Bytes that are always the same.
pub fn contents(bytes: &[u8]) -> (String, Yaml) {
    let bytes = bytes.iter().map(|byte| format!("{byte:#04x}")).collect();
    ("contents".into(), Yaml::Row(bytes))
}
