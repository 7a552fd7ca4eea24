//! Types of unions: a tag, and a body that it decides.

use pickler::schema::{Length, LengthCounts, Shape, TagSource, Union, Variant};

use super::format::{Format, Place, Type, different, entry, identifier};
use super::yaml::{Map, Yaml};
use crate::Unsupported;

impl Format<'_> {
    pub fn union(&mut self, union: &Union, at: &Place, into: &mut Type) -> Result<(), Unsupported> {
        let first = union.length.as_ref().filter(|length| length.first);
        let mut size = None;
        if let Some(length) = first {
            size = Some(self.length(length, union, at, into)?);
        }
        let on = match &union.source {
            TagSource::Wire => self.tag(union, at, into)?,
            TagSource::Given(by) => self.expression(by, &at.of)?,
            TagSource::Choice => return Err(at.unsupported("variants that are tried")),
        };
        if let (Some(length), false) = (&union.length, first.is_some()) {
            size = Some(self.length(length, union, at, into)?);
        }
        if into.bit != Some(0) {
            return Err(at.unsupported("a body that does not start on a byte boundary"));
        }
        let mut body = vec![entry("id", "body")];
        if let Some(size) = size {
            body.push(entry("size", size));
        } else if union.other.is_some() {
            body.push(entry("size-eos", "true"));
        }
        if matches!(self.schema.meaning(&union.tag), Shape::Bytes { .. }) {
            return Err(at.unsupported("a tag of bytes"));
        }
        let mut cases = Map::new();
        let names_of_tag = self.names_of_tag(union, at);
        let ids = different(union.variants.iter().map(|it| &*it.name));
        for (variant, id) in union.variants.iter().zip(ids) {
            let tags = std::iter::once(variant.tag);
            let also = variant.also.iter().cloned().flatten();
            let made = self.variant(variant, at)?;
            for tag in tags.chain(also).take(256) {
                let case = match &names_of_tag {
                    Some(names) if tag == variant.tag => format!("{names}::{id}"),
                    _ => tag.to_string(),
                };
                if cases.iter().any(|(known, _)| *known == case) {
                    return Err(at.unsupported("several variants of one tag"));
                }
                cases.push((case, Yaml::from(made.clone())));
            }
        }
        let switch = vec![entry("switch-on", on), ("cases".into(), Yaml::Map(cases))];
        body.push(("type".into(), Yaml::Map(switch)));
        into.seq.push(body);
        Ok(())
    }

    /// The enum of the names of its variants, if all tags are told by them.
    fn names_of_tag(&mut self, union: &Union, at: &Place) -> Option<String> {
        let is_integer = matches!(
            union.tag,
            Shape::Integer {
                signed: false,
                bits: 2..=64
            }
        );
        let is_wire = union.source == TagSource::Wire;
        if !is_integer || !is_wire || union.variants.iter().any(|it| !it.also.is_empty()) {
            return None;
        }
        let names = union.variants.iter();
        let names: Vec<(u128, String)> = names.map(|it| (it.tag, it.name.to_string())).collect();
        Some(self.add_enum(&format!("{}_tag", at.of), &names))
    }

    /// The attribute of the tag, and how it is written in expressions.
    fn tag(&mut self, union: &Union, at: &Place, into: &mut Type) -> Result<String, Unsupported> {
        let place = Place {
            id: "tag".into(),
            ..at.clone()
        };
        let mut keys = self.keys(&union.tag, &place, into)?;
        if let Some(names) = self.names_of_tag(union, at) {
            keys.push(entry("enum", names));
            if union.other.is_none() {
                keys.push(("valid".into(), Yaml::Map(vec![entry("in-enum", "true")])));
            }
        }
        if into.bit != Some(0) && !self.is_bits(&union.tag) {
            return Err(place.unsupported("what does not start on a byte boundary"));
        }
        into.bit = self.behind(&union.tag, into.bit);
        let mut map = vec![entry("id", "tag")];
        map.append(&mut keys);
        into.seq.push(map);
        Ok(match &union.tag {
            Shape::Varint(_) => "tag.value".into(),
            Shape::ProtobufField { .. } => "tag.value.value".into(),
            _ => "tag".into(),
        })
    }

    /// The attribute of the length, and how many bytes the body has.
    fn length(
        &mut self,
        length: &Length,
        union: &Union,
        at: &Place,
        into: &mut Type,
    ) -> Result<String, Unsupported> {
        let size = self.number_in_front(&length.shape, "len_body".into(), at, into)?;
        let unknown = || at.unsupported("a length that counts what has no fixed size");
        let own = || self.schema.fixed_bits(&length.shape).ok_or_else(unknown);
        let tag = || match union.source {
            TagSource::Wire => self.schema.fixed_bits(&union.tag).ok_or_else(unknown),
            TagSource::Given(_) | TagSource::Choice => Ok(0),
        };
        let mut counted = match length.counts {
            LengthCounts::Body => 0,
            LengthCounts::Rest => own()?,
            LengthCounts::Message if length.first => own()?,
            LengthCounts::Message => own()? + tag()?,
        } / 8;
        if length.first {
            // What is behind the length, tag included.
            let Ok(tag) = tag() else {
                // The start of the body is where the tag ended.
                let start = own()? / 8;
                let behind = match counted {
                    0 => size,
                    counted => format!("{size} - {counted}"),
                };
                return Ok(format!("{behind} - (_io.pos - {start})"));
            };
            counted += tag / 8;
        }
        Ok(match counted {
            0 => size,
            counted => format!("{size} - {counted}"),
        })
    }

    /// The type of the body of a variant.
    fn variant(&mut self, variant: &Variant, at: &Place) -> Result<String, Unsupported> {
        let id = identifier(&variant.name);
        let mut shape = &variant.body;
        while let Shape::Boxed(item) = shape {
            shape = item;
        }
        if let Shape::Named(reference) = shape
            && self.is_composite(shape)
        {
            return Ok(self.mention(*reference, at.orders));
        }
        if matches!(shape, Shape::Tuple(items) if items.is_empty()) {
            return Ok(self.add_own("nothing", || vec![("seq".into(), Yaml::List(Vec::new()))]));
        }
        let name = format!("{}_{id}", at.of);
        let mut made = Type::default();
        let place = self.within(at, &name);
        self.parts(shape, &place, &mut made)?;
        Ok(self.add_type(&name, made))
    }
}
