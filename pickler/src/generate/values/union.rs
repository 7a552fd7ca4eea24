//! Unions and enumerations: known variants, and what is kept of others.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::{ptr, slice};

use super::{Place, Run};
use crate::dynamic::{Value, VariantValue, greatest_count};
use crate::error::{Error, ErrorKind};
use crate::generate::Choices;
use crate::schema::{Count, Enumeration, Expr, Length, Shape, TagSource, Union, Variant};

impl Run<'_> {
    pub(super) fn union(&mut self, union: &Union, place: Place<'_>) -> Result<Value, Error> {
        // What looks at what is not known yet is not known, either.
        let given = match &union.source {
            TagSource::Given(by) => place.scope.eval(by),
            TagSource::Wire | TagSource::Choice => None,
        };
        self.chose |= union.source == TagSource::Choice;
        // A message that lies in another may be any.
        let wanted = self.wanted.take_if(|it| ptr::eq(it.union, union));
        let wanted = wanted.map(|it| it.variant);
        let given = given.map(|tag| union.tag.bits_of(tag));
        let holds = |condition: &Expr| place.scope.eval(condition) == Some(1);
        let is_known = |tag| union.variant_where(tag, holds).is_some();
        if wanted.is_none()
            && let Some(other) = &union.other
            && let Some(tag) = match given {
                Some(tag) => (!is_known(tag)).then_some(tag),
                None if union.variants.is_empty() || self.once_in(12) => {
                    self.unknown(&union.tag, is_known)
                }
                None => None,
            }
        {
            let inner = self.behind_tag(union, tag, place);
            let count = self.count(&Count::Rest, inner, 8);
            return Ok(Value::Variant(Box::new(VariantValue {
                name: other.name.clone(),
                tag,
                body: Value::Bytes(self.bytes(count).into()),
            })));
        }
        let variant = match given {
            Some(tag) => union.variant_where(tag, holds),
            None => self.known(union, wanted, place),
        };
        let Some(variant) = variant else {
            let found = given.unwrap_or(0);
            return Err(Error::without_position(ErrorKind::UnknownTag { found }));
        };
        let tag = given.unwrap_or_else(|| self.tag(variant));
        let scope = place.scope.of_body(Some((tag, &union.tag)));
        let body = self.body(
            union,
            variant,
            Place {
                scope,
                ..self.behind_tag(union, tag, place)
            },
        )?;
        Ok(Value::Variant(Box::new(VariantValue {
            name: variant.name.clone(),
            tag,
            body,
        })))
    }

    /// One of the variants that are shallow enough; of these the shallowest is
    /// the simplest. If one is wanted, that one.
    fn known<'u>(
        &mut self,
        union: &'u Union,
        wanted: Option<&'u Variant>,
        place: Place<'_>,
    ) -> Option<&'u Variant> {
        let heights = &self.generator.heights;
        let variants = wanted.map_or(&*union.variants, slice::from_ref);
        let mut variants: Vec<(u32, &Variant)> = variants
            .iter()
            .filter(|variant| {
                // What looks at what is not known yet is not known, either.
                let holds = |condition| place.scope.eval(condition) != Some(0);
                variant.condition.as_ref().is_none_or(holds)
            })
            .map(|variant| (heights.of(&variant.body), variant))
            .collect();
        let least = variants.iter().map(|(height, _)| *height).min()?;
        let most = if self.units == 0 {
            least
        } else {
            place.depth.max(least)
        };
        variants.retain(|(height, _)| *height <= most);
        let shallowest = variants.iter().position(|(height, _)| *height == least)?;
        variants.swap(0, shallowest);
        self.spend(1);
        Some(variants[self.index(variants.len())].1)
    }

    /// One of the tags of a variant.
    pub(super) fn tag(&mut self, variant: &Variant) -> u128 {
        match self.index(variant.also.len() + 1).checked_sub(1) {
            None => variant.tag,
            Some(index) => {
                let (first, last) = variant.also[index].clone().into_inner();
                first + self.up_to(last - first)
            }
        }
    }

    /// The place of a body: what is left of a given size behind the tag, where no
    /// length says another.
    fn behind_tag<'a>(&self, union: &Union, tag: u128, place: Place<'a>) -> Place<'a> {
        let left = place.bytes.filter(|_| union.length.is_none());
        let tag = match union.source {
            TagSource::Wire => {
                let tag = union.tag.value_of_tag(tag);
                self.measure(&union.tag, &tag, place).ok()
            }
            TagSource::Given(_) | TagSource::Choice => Some(0),
        };
        let bytes = left.zip(tag).and_then(|(left, tag)| {
            let whole = tag.is_multiple_of(8);
            left.checked_sub(tag / 8).filter(|_| whole)
        });
        Place { bytes, ..place }
    }

    /// A body that its length can tell.
    fn body(&mut self, union: &Union, variant: &Variant, place: Place<'_>) -> Result<Value, Error> {
        match &union.length {
            Some(Length { shape, .. }) => {
                self.within_size(&variant.body, greatest_count(shape), place)
            }
            None => self.shape(&variant.body, place),
        }
    }

    pub(super) fn enumeration(&mut self, enumeration: &Enumeration) -> Result<Value, Error> {
        let names = &enumeration.names;
        if enumeration.other.is_some()
            && (names.is_empty() || self.once_in(8))
            && let Some(tag) = self.unknown(&enumeration.tag, |tag| {
                names.binary_search_by_key(&tag, |(tag, _)| *tag).is_ok()
            })
        {
            return Ok(Value::Unsigned(tag));
        }
        if names.is_empty() {
            return Err(Error::without_position(ErrorKind::UnknownTag { found: 0 }));
        }
        Ok(Value::Text(names[self.index(names.len())].1.to_string()))
    }

    /// The bits of a tag that is not known, if there are any.
    pub(super) fn unknown(&mut self, tag: &Shape, is_known: impl Fn(u128) -> bool) -> Option<u128> {
        let (bits, signed) = tag.tag_width()?;
        let mask = match tag {
            // A varint may hold less than its type.
            Shape::Varint(format) => format.bounds().1.cast_unsigned(),
            _ => u128::MAX >> (128 - bits.clamp(1, 128)),
        };
        let first = match self.integer(bits, signed) {
            Value::Unsigned(tag) => tag,
            Value::Negative(tag) => tag.cast_unsigned() & mask,
            _ => 0,
        };
        // One more than there are variants would do; few protocols have more
        // in a row than this.
        (0..4096_u128)
            .map(|step| first.wrapping_add(step) & mask)
            .find(|tag| !is_known(*tag))
    }
}
