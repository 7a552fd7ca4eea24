//! Types of protobuf messages: fields, each behind its key.

use pickler::schema::{Form, KeyFormat, Keyed, KeyedField, Shape};

use super::format::{Format, Place, Type, different, entry, identifier};
use super::shapes::Written;
use super::yaml::{Map, Yaml};
use crate::Unsupported;

impl Format<'_> {
    /// All fields, one behind the other, each with its number, its wire type and
    /// what it holds.
    pub fn keyed(&mut self, keyed: &Keyed, at: &Place, into: &mut Type) -> Result<(), Unsupported> {
        if keyed.format != KeyFormat::Protobuf {
            return Err(at.unsupported("fields behind keys"));
        }
        if keyed.fields.is_empty() {
            into.seq
                .push(vec![entry("id", "unknown"), entry("size-eos", "true")]);
            return Ok(());
        }
        let name = format!("{}_field", at.of);
        let numbers = keyed.fields.iter();
        let numbers: Vec<(u128, String)> = numbers
            .map(|field| (field.key.into(), field.name.to_string()))
            .collect();
        let names = self.add_enum(&format!("{name}s"), &numbers);
        let mut made = Type::default();
        let key = vec![entry("id", "key"), entry("type", self.leb128("leb128"))];
        made.seq.push(key);
        let number = Yaml::Map(vec![
            entry("value", "key.value / 8"),
            entry("enum", names.clone()),
        ]);
        made.instances.push(("field".into(), number));
        let wire_type = Yaml::Map(vec![entry("value", "key.value % 8")]);
        made.instances.push(("wire_type".into(), wire_type));
        let mut cases = Map::new();
        let ids = different(keyed.fields.iter().map(|it| &*it.name));
        for (field, id) in keyed.fields.iter().zip(ids) {
            let place = Place {
                id: identifier(&field.name),
                of: name.clone(),
                orders: at.orders,
            };
            let case = format!("{names}::{id}");
            cases.push((case, Yaml::from(self.field_type(field, &place)?)));
        }
        let switch = vec![
            entry("switch-on", "field"),
            ("cases".into(), Yaml::Map(cases)),
        ];
        let value = vec![entry("id", "value"), ("type".into(), Yaml::Map(switch))];
        made.seq.push(value);
        let name = self.add_type(&name, made);
        into.seq.push(vec![
            entry("id", "fields"),
            entry("type", name),
            entry("repeat", "eos"),
        ]);
        Ok(())
    }

    /// The type of what a field holds.
    fn field_type(&mut self, field: &KeyedField, at: &Place) -> Result<String, Unsupported> {
        // Packed or one by one, a repeated number is in bytes or alone.
        let name = format!("{}_{}", at.of, at.id);
        let mut made = Type::default();
        let place = self.within(at, &name);
        if field.is_repeated() && field.form != Form::Bytes {
            let alone = self.held(field.form, &field.shape, &place, &mut made)?;
            let mut alone_map = vec![entry("id", "value")];
            alone_map.extend(alone.clone());
            alone_map.push(entry("if", "_parent.wire_type != 2"));
            let mut list = vec![entry("id", "values")];
            list.extend(alone);
            list.push(entry("repeat", "eos"));
            let packed = Type {
                seq: vec![list],
                ..Type::default()
            };
            let packed = self.add_type(&format!("{name}_packed"), packed);
            let length = vec![
                entry("id", "len_packed"),
                entry("type", self.leb128("leb128")),
                entry("if", "_parent.wire_type == 2"),
            ];
            let packed = vec![
                entry("id", "packed"),
                entry("type", packed),
                entry("size", "len_packed.value"),
                entry("if", "_parent.wire_type == 2"),
            ];
            made.seq.extend([alone_map, length, packed]);
        } else {
            let keys = self.held(field.form, &field.shape, &place, &mut made)?;
            let mut map = vec![entry("id", "value")];
            map.extend(keys);
            made.seq.push(map);
        }
        Ok(self.add_type(&name, made))
    }

    /// A value in its form.
    fn held(&mut self, form: Form, shape: &Shape, at: &Place, into: &mut Type) -> Written {
        match form {
            Form::Plain => self.keys(shape, at, into),
            Form::Varint => {
                let signed = match self.schema.meaning(shape) {
                    Shape::Integer { signed, .. } => *signed,
                    _ => false,
                };
                let name = if signed { "leb128_signed" } else { "leb128" };
                Ok(vec![entry("type", self.leb128(name))])
            }
            Form::Zigzag => Ok(vec![entry("type", self.leb128("zigzag"))]),
            Form::Fixed32 | Form::Fixed64 => {
                let orders = super::integers::Orders {
                    little: true,
                    ..at.orders
                };
                self.keys(shape, &at.with(orders), into)
            }
            Form::Bytes => {
                let length = vec![
                    entry("id", format!("len_{}", at.id)),
                    entry("type", self.leb128("leb128")),
                ];
                into.seq.push(length);
                let bound = vec![entry("size", format!("len_{}.value", at.id))];
                self.bounded(shape, bound, at)
            }
        }
    }

    /// One field of a protobuf message, of which nothing else is there.
    pub fn protobuf_field(&mut self, form: Form, item: &Shape, at: &Place) -> Written {
        let name = format!("{}_{}", at.of, at.id);
        let place = self.within(at, &name);
        let mut made = Type::default();
        let key = vec![entry("id", "key"), entry("type", self.leb128("leb128"))];
        made.seq.push(key);
        let keys = self.held(form, item, &place, &mut made)?;
        let mut map = vec![entry("id", "value")];
        map.extend(keys);
        made.seq.push(map);
        Ok(vec![entry("type", self.add_type(&name, made))])
    }
}
