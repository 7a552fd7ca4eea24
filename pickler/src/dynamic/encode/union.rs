//! Unions.

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::sized::InFront;
use super::{Dynamic, Encoder, wrong_type};
use crate::cursor::{Align, ByteOrder, Fault, Order, Sink, VecSink, Writer};
use crate::dynamic::decode::decode_ahead;
use crate::dynamic::scope::Scope;
use crate::dynamic::value::{Value, VariantValue};
use crate::dynamic::width::{fixed_bits, greatest_count};
use crate::error::{ErrorKind, Step, has_no_value};
use crate::names::nearest;
use crate::picklers::{Body, is_read_before, write_behind_size};
use crate::schema::{Expr, Length, LengthCounts, Shape, TagSource, Union, Variant};

impl Encoder<'_> {
    #[inline(never)]
    pub(super) fn union<S: Sink, O: Order>(
        &self,
        union: &Union,
        value: &Value,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let Value::Variant(variant) = value else {
            return Err(wrong_type("a variant", value, w));
        };
        let own = own_variant(union, variant);
        let (tag, body) = match (own, &union.other) {
            (Some(own), _) if own.also.is_empty() => (own.tag, Some(&own.body)),
            (Some(own), _) => (variant.tag, Some(&own.body)),
            (None, Some(other)) if other.name == variant.name => (variant.tag, None),
            _ => {
                let names = union.variants.iter().map(|variant| &*variant.name);
                let suggestions = nearest(&variant.name, names);
                let name = variant.name.to_string();
                return Err(w.fail(ErrorKind::UnknownName { name, suggestions }));
            }
        };
        // Most are there always, and have one tag, which was taken from them.
        let plain = union.source == TagSource::Wire
            && own.is_some_and(|own| own.condition.is_none() && own.also.is_empty());
        let checked = if plain {
            Ok(())
        } else {
            check_tag(union, tag, own, &variant.name, scope, S::COUNTS_ONLY)
        };
        let result = match checked {
            Ok(()) => {
                let start = w.bit_offset();
                let inner = scope.of_body(Some((tag, &union.tag)));
                let written = Written {
                    encoder: self,
                    union,
                    tag,
                    shape: body,
                    body: &variant.body,
                    scope: &inner,
                };
                let written = self.union_body(&written, w);
                match union.source {
                    TagSource::Choice => {
                        written.and_then(|()| self.expect_first(union, tag, start, scope, w))
                    }
                    TagSource::Wire | TagSource::Given(_) => written,
                }
            }
            Err(kind) => Err(w.fail(kind)),
        };
        result.map_err(|fault| w.within(fault, Step::Variant(variant.name.to_string().into())))
    }

    /// Refuses what was written from the bit `start` on if it is read as a variant
    /// that is tried before.
    fn expect_first<S: Sink, O: Order>(
        &self,
        union: &Union,
        tag: u128,
        start: u64,
        scope: &Scope<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let holds = |condition| scope.eval(condition) == Some(1);
        let mut before = union
            .variants
            .iter()
            .filter(|variant| variant.tag < tag && variant.condition.as_ref().is_none_or(holds));
        is_read_before(start, w, |r| {
            let scope = scope.of_body(None);
            before.any(|variant| decode_ahead(self.schema, &variant.body, &scope, r).is_some())
        })
    }

    fn union_body<S: Sink, O: Order>(
        &self,
        written: &Written<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let Written { union, .. } = written;
        let start = w.written();
        let Some(length) = &union.length else {
            written.tag(w)?;
            return written.body(w);
        };
        if !length.first {
            written.tag(w)?;
        }
        w.expect_byte_boundary()?;
        if fixed_bits(&length.shape).is_some_and(|bits| bits.is_multiple_of(8)) {
            return self.behind_fixed_length(length, start, written, w);
        }
        let prefix = InFront {
            encoder: self,
            prefix: &length.shape,
            counts_itself: length.counts != LengthCounts::Body,
            before: match length.counts {
                LengthCounts::Body | LengthCounts::Rest => 0,
                LengthCounts::Message => w.written() - start,
            },
        };
        write_behind_size(&prefix, written, w)
    }

    /// What stands behind a length that always takes as many bytes, which is
    /// written when it is known. `start` is where the union starts.
    fn behind_fixed_length<S: Sink, O: Order>(
        &self,
        length: &Length,
        start: usize,
        written: &Written<'_>,
        w: Dynamic<'_, S, O>,
    ) -> Result<(), Fault> {
        let at = w.written();
        self.raw(&length.shape, 0, w)?;
        let behind = w.written();
        written.piece(w)?;
        let from = match length.counts {
            LengthCounts::Body => behind,
            LengthCounts::Rest => at,
            LengthCounts::Message => start,
        };
        let found = (w.written() - from) as u64;
        let max = greatest_count(&length.shape);
        if found > max {
            return Err(w.fail(ErrorKind::TooLong { length: found, max }));
        }
        if let Shape::Integer {
            bits,
            signed: false,
        } = length.shape
        {
            // It fits, as was checked.
            let size = bits as usize / 8;
            match O::BYTES {
                ByteOrder::Big => w.patch(at, &u128::from(found).to_be_bytes()[16 - size..]),
                ByteOrder::Little => w.patch(at, &u128::from(found).to_le_bytes()[..size]),
            }
            return Ok(());
        }
        let mut bytes = Vec::new();
        let mut patch = Writer::<_, O>::new(VecSink::new(&mut bytes));
        match self.raw(&length.shape, found.into(), patch.unaligned()) {
            Ok(()) => w.patch(at, &bytes),
            Err(fault) => {
                let kind = patch.into_error(fault).kind().clone();
                return Err(w.fail(kind));
            }
        }
        Ok(())
    }
}

/// A tag and what comes then, to be written wherever they belong.
struct Written<'a> {
    encoder: &'a Encoder<'a>,
    union: &'a Union,
    tag: u128,
    /// What the body looks like; none of an unknown tag.
    shape: Option<&'a Shape>,
    body: &'a Value,
    scope: &'a Scope<'a>,
}

impl Written<'_> {
    /// The tag, if it is there.
    fn tag<S: Sink, O: Order>(&self, w: Dynamic<'_, S, O>) -> Result<(), Fault> {
        match self.union.source {
            TagSource::Wire => self.encoder.raw(&self.union.tag, self.tag, w),
            TagSource::Given(_) | TagSource::Choice => Ok(()),
        }
    }

    fn body<S: Sink, O: Order>(&self, w: Dynamic<'_, S, O>) -> Result<(), Fault> {
        match (self.shape, self.body) {
            (Some(shape), body) => self.encoder.shape(shape, body, self.scope, w),
            (None, Value::Bytes(bytes)) => other_body(bytes, w),
            (None, Value::Text(text)) => other_body(text.as_bytes(), w),
            (None, other) => Err(wrong_type("bytes", other, w)),
        }
    }

    /// What stands behind the length.
    fn piece<S: Sink, O: Order>(&self, w: Dynamic<'_, S, O>) -> Result<(), Fault> {
        w.begin_piece(true);
        if self
            .union
            .length
            .as_ref()
            .is_some_and(|length| length.first)
        {
            self.tag(w)?;
        }
        self.body(w)?;
        w.expect_byte_boundary()?;
        w.end_piece()
    }
}

impl Body for Written<'_> {
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        self.piece(w.unaligned())
    }
}

/// Checks that a variant is there, that with this tag it is read as what it is,
/// and that the tag is the one that is given, if one is.
fn check_tag(
    union: &Union,
    tag: u128,
    own: Option<&Variant>,
    name: &str,
    scope: &Scope<'_>,
    counts_only: bool,
) -> Result<(), ErrorKind> {
    if let Some(Variant {
        condition: Some(condition),
        ..
    }) = own
        && !counts_only
        && let Some(kind) = scope.unsatisfied(core::slice::from_ref(condition))
    {
        return Err(kind);
    }
    let holds = |condition: &Expr| scope.eval(condition) == Some(1);
    let known = |tag| Some(union.variant_where(tag, holds)?.name.to_string().into());
    let given = match &union.source {
        TagSource::Given(by) => Some(
            union
                .tag
                .bits_of(scope.eval(by).ok_or_else(|| has_no_value(by))?),
        ),
        TagSource::Wire | TagSource::Choice => None,
    };
    // A variant of one tag has no other that could be wrong.
    let has = |own: &Variant, tag| {
        if own.has(tag) {
            return Ok(());
        }
        Err(ErrorKind::WrongTag {
            tag,
            variant: name.to_string().into(),
            known: known(tag),
        })
    };
    match own {
        Some(own) => has(own, given.filter(|_| own.also.is_empty()).unwrap_or(tag))?,
        // It would be read as the known variant.
        None => {
            if let Some(variant) = known(tag) {
                return Err(ErrorKind::KnownTag { tag, variant });
            }
        }
    }
    match given {
        Some(given) if given != tag => Err(ErrorKind::WrongDerived {
            expected: union.tag.number_of(given).unwrap_or(i128::MAX),
            found: union.tag.number_of(tag).unwrap_or(i128::MAX),
        }),
        _ => Ok(()),
    }
}

/// The variant of a value's name. What was read has its tag, too, which is found
/// sooner.
fn own_variant<'a>(union: &'a Union, value: &VariantValue) -> Option<&'a Variant> {
    match union.variant_by_tag(value.tag) {
        Some(known) if Arc::ptr_eq(&known.name, &value.name) => Some(known),
        _ => union.variant(&value.name),
    }
}

/// What stands behind an unknown tag: all that is left.
fn other_body<S: Sink, O: Order>(bytes: &[u8], w: Dynamic<'_, S, O>) -> Result<(), Fault> {
    w.goes_on();
    w.bytes(bytes)
}
