//! Readers of unions.

use pickler::schema::{LengthCounts, Schema, Shape, TagSource, Union, Variant};

use super::expressions::function;
use super::integers;
use super::names::quoted;
use super::script::{Place, Script};
use super::shapes::{Written, rows};
use super::values::tag_width;

impl Script<'_> {
    pub fn union(&mut self, union: &Union, at: &Place) -> Written {
        let mut entries = Vec::new();
        match &union.source {
            TagSource::Wire => {
                let mut names = Vec::new();
                for variant in &union.variants {
                    names.push((variant.tag, variant.name.to_string()));
                }
                let tag = self.tag(&union.tag, &at.child("tag"), &names)?;
                entries.push(format!("source = \"wire\", tag = {tag}"));
            }
            TagSource::Given(by) => {
                entries.push(format!("source = {}", function(by, self.schema)));
            }
            TagSource::Choice => entries.push("source = \"choice\"".into()),
        }
        let messages = messages(self.schema);
        if messages.is_some_and(|messages| std::ptr::eq(messages, union)) {
            entries.push("names_message = true".into());
        }
        if let Some(length) = &union.length {
            let counts = match length.counts {
                LengthCounts::Body => "body",
                LengthCounts::Rest => "rest",
                LengthCounts::Message => "message",
            };
            let reader = self.reader(&length.shape, &at.child("length"))?;
            entries.push(format!(
                "length = {{ read = {reader}, counts = \"{counts}\", first = {} }}",
                length.first
            ));
        }
        if let Some(other) = &union.other {
            let field = self.field("bytes", &at.child(&other.name), None);
            let name = quoted(other.name.as_bytes());
            entries.push(format!("other = {{ name = {name}, field = {field} }}"));
        }
        let mut variants = Vec::new();
        for variant in &union.variants {
            variants.push(self.variant(union, variant, at)?);
        }
        entries.push(format!("variants = {}", rows(&variants)));
        Ok(format!("read.union({})", rows(&entries)))
    }

    fn variant(&mut self, union: &Union, variant: &Variant, at: &Place) -> Written {
        let place = at.child(&variant.name).said(&variant.doc);
        let width = tag_width(&union.tag);
        let mut entry = vec![
            quoted(variant.name.as_bytes()),
            integers::tag(variant.tag, width),
            self.reader(&variant.body, &place)?,
        ];
        if !variant.also.is_empty() {
            let also = variant.also.iter().map(|tags| {
                let first = integers::tag(*tags.start(), width);
                format!("{{ {first}, {} }}", integers::tag(*tags.end(), width))
            });
            entry.push(format!(
                "also = {{ {} }}",
                also.collect::<Vec<_>>().join(", ")
            ));
        }
        if let Some(condition) = &variant.condition {
            entry.push(format!("condition = {}", function(condition, self.schema)));
        }
        Ok(format!("{{ {} }}", entry.join(", ")))
    }
}

/// The union of all messages: what the root is, or the one field of it that is a
/// union.
fn messages(schema: &Schema) -> Option<&Union> {
    let record = match schema.meaning(schema.root()) {
        Shape::Union(union) => return Some(union),
        Shape::Record(record) => record,
        _ => return None,
    };
    let mut unions = record.fields.iter().filter_map(|field| {
        let Shape::Union(union) = schema.meaning(&field.shape) else {
            return None;
        };
        Some(&**union)
    });
    unions.next().filter(|_| unions.next().is_none())
}
