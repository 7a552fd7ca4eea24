//! Tags that a field gives to a union behind it.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::leaf::integer_of;
use super::{Place, Run};
use crate::dynamic::Value;
use crate::generate::Choices;
use crate::schema::{Enumeration, Expr, Record, Schema, Shape, TagSource, Union, Variant};

/// What gives a tag.
enum Giver<'a> {
    Integer,
    Enumeration(&'a Enumeration),
}

impl Giver<'_> {
    fn value(&self, tag: i128) -> Option<Value> {
        match self {
            Self::Integer => Some(Value::integer(tag)),
            Self::Enumeration(enumeration) => {
                let bits = enumeration.tag.bits_of(tag);
                let known = enumeration.names.iter().find(|(tag, _)| *tag == bits);
                match known {
                    Some((_, name)) => Some(Value::Text(name.to_string())),
                    None => enumeration.other.as_ref().map(|_| Value::Unsigned(bits)),
                }
            }
        }
    }
}

impl Run<'_> {
    /// Mostly the tag of a variant for an integer that gives the tag of a field
    /// behind it; and for whatever gives one, that of a shallow variant where the
    /// value is deep enough.
    pub(super) fn given_tag(
        &mut self,
        record: &Record,
        index: usize,
        place: Place<'_>,
    ) -> Option<Value> {
        let generator = self.generator;
        let field = &record.fields[index];
        let giver = match generator.schema.meaning(&field.shape) {
            Shape::Enumeration(enumeration) => Giver::Enumeration(enumeration),
            _ => integer_of(&field.shape).map(|_| Giver::Integer)?,
        };
        let mut behind = record.fields[index + 1..].iter();
        let union =
            behind.find_map(|other| given_union(&generator.schema, &other.shape, &field.name))?;
        if union.variants.is_empty() {
            return None;
        }
        let heights = &generator.heights;
        let depth = if self.units == 0 { 0 } else { place.depth };
        let mut variants: Vec<&Variant> = union.variants.iter().collect();
        variants.retain(|variant| heights.of(&variant.body) <= depth);
        let all_fit = variants.len() == union.variants.len();
        if all_fit && (matches!(giver, Giver::Enumeration(_)) || self.once_in(16)) {
            return None;
        }
        if variants.is_empty() && union.other.is_some() {
            let is_known = |tag| union.variant_by_tag(tag).is_some();
            let tag = self.unknown(&union.tag, is_known)?;
            return giver.value(union.tag.number_of(tag)?);
        }
        if variants.is_empty() {
            let least = union.variants.iter().map(|it| heights.of(&it.body)).min();
            variants.extend(
                union
                    .variants
                    .iter()
                    .filter(|variant| Some(heights.of(&variant.body)) == least),
            );
        }
        let variant = variants[self.index(variants.len())];
        let tag = self.tag(variant);
        giver.value(union.tag.number_of(tag)?)
    }
}

/// The union whose tag the field of that name gives to `shape`.
fn given_union<'a>(schema: &'a Schema, shape: &'a Shape, field: &str) -> Option<&'a Union> {
    match shape {
        Shape::Given { item, arguments } => {
            let Shape::Named(reference) = &**item else {
                return None;
            };
            let definition = schema.definition(*reference);
            let Shape::Union(union) = schema.meaning(&definition.shape) else {
                return None;
            };
            let mut parameters = definition.parameters.iter().zip(arguments);
            let gives = |argument: &Expr| matches!(argument, Expr::Field(name) if name == field);
            let (parameter, _) = parameters.find(|(_, argument)| gives(argument))?;
            let given = TagSource::Given(Expr::Field((*parameter.name).into()));
            (union.source == given).then_some(union)
        }
        Shape::Sized { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Boxed(item) => given_union(schema, item, field),
        _ => None,
    }
}
