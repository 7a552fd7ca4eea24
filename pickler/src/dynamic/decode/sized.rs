//! What is confined to a piece of the input.

use super::list::{eval_count, no_size};
use super::{Decoder, Dynamic};
use crate::cursor::{Fault, Order};
use crate::dynamic::scope::Scope;
use crate::dynamic::trace::{Role, Watch};
use crate::dynamic::value::Value;
use crate::error::ErrorKind;
use crate::picklers::all_bytes_but;
use crate::schema::{Shape, Size};

impl<W: Watch> Decoder<'_, W> {
    pub(super) fn sized<O: Order>(
        &self,
        item: &Shape,
        size: &Size,
        leftover: bool,
        scope: &Scope<'_>,
        r: Dynamic<'_, '_, O>,
    ) -> Result<Value, Fault> {
        // What ends it, behind it.
        let mut taken = 0;
        let bytes = match size {
            Size::Expr(size) => eval_count(size, scope, r)?,
            Size::AllBut(behind) => all_bytes_but(eval_count(behind, scope, r)?, r)?,
            Size::AtMost(most) => {
                let outer = r.confine(*most)?;
                let value = self.shape(item, scope, r)?;
                r.release(outer);
                return Ok(value);
            }
            Size::Prefix {
                prefix,
                counts_itself,
            } => self.size_in_front(prefix, *counts_itself, r)?,
            Size::Until { end, ending } => {
                let place = core::ptr::from_ref(size).addr();
                let find = |searched, r: Dynamic<'_, '_, O>| ending.find(end, searched, r);
                let (count, found) = self.search(place, r, find)?;
                let kept;
                (kept, taken) = ending.kept_and_taken(found);
                (count + kept) as u64
            }
        };
        // A size past the address space is past the input, too.
        let outer = r.enter(usize::try_from(bytes).unwrap_or(usize::MAX))?;
        let mut value = self.shape(item, scope, r)?;
        if leftover {
            r.leave_unread(outer);
        } else {
            value = self.leave(value, outer, r)?;
        }
        r.bytes(taken)?;
        Ok(value)
    }

    fn size_in_front<O: Order>(
        &self,
        prefix: &Shape,
        counts_itself: bool,
        r: Dynamic<'_, '_, O>,
    ) -> Result<u64, Fault> {
        let at = r.bit_offset();
        let value = self.unwatched(prefix, r)?;
        self.watch
            .part::<O>(at..r.bit_offset(), || Role::Length, &value);
        let Some(size) = value.as_u64() else {
            return Err(r.fail_at(at, no_size(&value, prefix)));
        };
        if !counts_itself {
            return Ok(size);
        }
        let least = (r.bit_offset() - at) / 8;
        match size.checked_sub(least) {
            Some(size) => Ok(size),
            None => Err(r.fail_at(at, ErrorKind::LengthTooSmall { found: size, least })),
        }
    }
}
