//! Unions.

use alloc::boxed::Box;
use alloc::string::ToString;

use super::leaf::rest;
use super::list::no_size;
use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order, Outer};
use crate::dynamic::frame::{Frame, Held};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Role, Watch};
use crate::dynamic::value::{Value, VariantValue};
use crate::error::{ErrorKind, Step, has_no_value};
use crate::schema::{Length, LengthCounts, Shape, TagSource, Union};

impl<W: Watch> Decoder<'_, W> {
    #[inline(never)]
    pub(super) fn union<O: Order>(
        &self,
        union: &Union,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        let start = r.bit_offset();
        let first = union.length.as_ref().filter(|length| length.first);
        let outer = match first {
            Some(length) => Some(self.enter(length, start, r)?),
            None => None,
        };
        let at = r.bit_offset();
        let tag = match &union.source {
            TagSource::Wire => self.raw(&union.tag, r)?,
            TagSource::Given(by) => match scope.eval(by) {
                Some(tag) => union.tag.bits_of(tag),
                None => return Err(r.fail(has_no_value(by))),
            },
            TagSource::Choice => return self.untagged(union, scope, r),
        };
        let known = union.variant_where(tag, |condition| scope.eval(condition) == Some(1));
        if union.source == TagSource::Wire {
            self.watch.part::<O>(
                at..r.bit_offset(),
                || Role::Tag(known.map(|known| known.name.clone())),
                &Value::Unsigned(tag),
            );
        }
        let (name, body) = match (known, &union.other) {
            (Some(variant), _) => (&variant.name, Some(&variant.body)),
            (None, Some(other)) => (&other.name, None),
            (None, None) => {
                return Err(r.fail_at(at, ErrorKind::UnknownTag { found: tag }));
            }
        };
        r.expect_memory(1, size_of::<VariantValue>())?;
        self.watch.enter(|| Step::Variant(name.to_string().into()));
        let scope = scope.of_body(Some((tag, &union.tag)));
        let result = self.union_body(union, start, outer, body, &scope, r);
        self.watch.leave();
        match result {
            Ok(body) => Ok(Value::Variant(Box::new(VariantValue {
                name: name.clone(),
                tag,
                body,
            }))),
            Err(fault) => {
                self.watch.failed(|| Frame {
                    start,
                    shape: core::ptr::from_ref(union).addr(),
                    at,
                    held: Held::Variant {
                        name: name.clone(),
                        tag,
                    },
                });
                Err(r.within(fault, Step::Variant(name.to_string().into())))
            }
        }
    }

    fn union_body<'de, O: Order>(
        &self,
        union: &Union,
        start: u64,
        outer: Option<Outer<'de>>,
        body: Option<&Shape>,
        scope: &Scope<'_>,
        r: Dynamic<'_, 'de, O>,
    ) -> Result<Value, Fault> {
        let outer = match (outer, &union.length) {
            (Some(outer), _) => Some(outer),
            (None, Some(length)) => Some(self.enter(length, start, r)?),
            (None, None) => None,
        };
        // Looked at where it is: a value that is handed on is copied.
        let mut result = if let Some(body) = body {
            self.shape(body, scope, r)
        } else {
            let at = r.bit_offset();
            let bytes = rest(r)?;
            Ok(self.whole(at, Value::Bytes(bytes.into()), r))
        };
        if result.is_ok()
            && let Some(outer) = outer
            && let Err(fault) = r.leave(outer)
        {
            if let Ok(value) = result {
                self.watch.failed(|| Frame::whole(value));
            }
            result = Err(fault);
        }
        result
    }

    /// Reads a length and enters what it confines. `start` is where the union
    /// starts.
    pub(super) fn enter<'de, O: Order>(
        &self,
        length: &Length,
        start: u64,
        r: Dynamic<'_, 'de, O>,
    ) -> Result<Outer<'de>, Fault> {
        let at = r.bit_offset();
        let value = match &length.shape {
            Shape::Integer { signed: false, .. } => Value::Unsigned(self.raw(&length.shape, r)?),
            shape => self.unwatched(shape, r)?,
        };
        self.watch
            .part::<O>(at..r.bit_offset(), || Role::Length, &value);
        let least = match length.counts {
            LengthCounts::Body => 0,
            LengthCounts::Rest => (r.bit_offset() - at) / 8,
            LengthCounts::Message => (r.bit_offset() - start) / 8,
        };
        let found = match value {
            // More than there is, whatever there is.
            Value::Unsigned(found) => u64::try_from(found).unwrap_or(u64::MAX),
            value => return Err(r.fail_at(at, no_size(&value, &length.shape))),
        };
        let Some(size) = found.checked_sub(least) else {
            return Err(r.fail_at(at, ErrorKind::LengthTooSmall { found, least }));
        };
        r.enter(usize::try_from(size).unwrap_or(usize::MAX))
    }
}
