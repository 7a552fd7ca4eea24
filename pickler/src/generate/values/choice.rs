//! What is tried, and what is looked at before it is read.

use alloc::boxed::Box;
use alloc::sync::Arc;

use super::{Place, Run};
use crate::dynamic::{self, Value, VariantValue};
use crate::error::Error;
use crate::generate::Choices;
use crate::schema::Shape;

impl Run<'_> {
    /// A value of one of several shapes; of those before it is read as theirs,
    /// it is made anew.
    pub(super) fn choice(
        &mut self,
        alternatives: &[Shape],
        names: &[Arc<str>],
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let heights = &self.generator.heights;
        let least = alternatives.iter().map(|item| heights.of(item)).min();
        let most = place.depth.max(least.unwrap_or(0));
        let mut index = self.index(alternatives.len());
        while self.generator.heights.of(&alternatives[index]) > most {
            index = (index + 1) % alternatives.len();
        }
        let body = self.shape(&alternatives[index], place)?;
        Ok(match names.get(index) {
            Some(name) => Value::Variant(Box::new(VariantValue {
                name: name.clone(),
                tag: index as u128,
                body,
            })),
            None => body,
        })
    }

    /// A value, and what is seen of it: in network order.
    pub(super) fn peeked(
        &mut self,
        ahead: &Shape,
        item: &Shape,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let value = self.shape(item, place)?;
        let schema = &self.generator.schema;
        let bytes = dynamic::encode_shape(schema, item, &value)?;
        let seen = dynamic::decode_start_of(schema, ahead, &bytes)?;
        Ok(Value::List([seen, value].into()))
    }
}
