//! What is around a value, layer by layer.

use pickler::dynamic::Value;
use pickler::schema::{Fill, Origin, Padding, Place, Presence, Shape};
use quote::quote;

use super::words::{bit_order_word, byte_order_word, padding_words, shared_word, shown};
use super::{Peeled, Piece};
use crate::attributes::Attributes;
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;
use crate::types::flag_words;

impl Context<'_> {
    /// Takes off the layers, as far as attributes say them.
    pub(super) fn peel(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        self.peel_place(it, scope)?;
        if let Shape::Shown { item, pairs } = it.middle
            && let Some(pairs) = shown(pairs)
        {
            it.behind.list("shown", pairs);
            it.middle = item;
        }
        if let Shape::OrderedBy { item, little } = it.middle {
            let condition = self.expression(little, scope)?;
            it.behind
                .value("endian", quote!(if #condition { little } else { big }));
            it.middle = item;
        }
        peel_orders(it);
        self.peel_presence(it, scope)?;
        peel_padding(it)?;
        if let Shape::Shared { item, reference } = it.middle
            && let Some(reference) = shared_word(reference)
        {
            it.behind.value("shared", reference);
            it.middle = item;
        }
        self.peel_size(it, scope)?;
        if let Shape::Filtered { item, filter } = it.middle {
            self.filter(&mut it.behind, filter, scope)?;
            it.middle = item;
            if it.piece == Piece::None {
                it.piece = Piece::Any;
            }
        }
        if let Shape::Json { item } = it.middle {
            it.behind.word("json");
            it.middle = item;
        }
        self.peel_conditions(it, scope)
    }

    fn peel_presence(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        let Shape::Conditional {
            item,
            presence,
            absent,
        } = it.middle
        else {
            return Ok(());
        };
        let is_optional = *absent == Value::Null;
        match presence {
            Presence::Flag(flag) => {
                if !flag_words(&mut it.around, flag) {
                    return Ok(());
                }
            }
            Presence::If(condition) => self.condition(&mut it.around, condition, scope)?,
            Presence::UnlessEnd if is_optional => it.around.word("rest"),
            Presence::UnlessEnd => return Ok(()),
        }
        if is_optional {
            it.optional = true;
        } else {
            it.absent = Some((item, absent));
            if matches!(presence, Presence::Flag(_)) {
                it.around.word("skip_if_default");
            }
        }
        it.middle = item;
        if matches!(presence, Presence::If(_)) {
            self.peel_place(it, scope)?;
        }
        Ok(())
    }

    /// Where an item stands, or what is there under a condition.
    fn peel_place(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        let Shape::Elsewhere { item, place } = it.middle else {
            return Ok(());
        };
        if place.none.is_some() || place.align != 1 {
            return refused("only a field that is always there may be nowhere, or is aligned");
        }
        self.place_words(&mut it.around, place, scope)?;
        it.middle = item;
        Ok(())
    }

    /// `at = offset`
    pub fn place_words(&self, to: &mut Attributes, place: &Place, scope: Scope<'_>) -> Result<()> {
        to.value("at", self.expression(&place.at, scope)?);
        if place.from == Origin::Record {
            to.value("at_from", quote!(record));
        }
        Ok(())
    }
}

fn peel_orders(it: &mut Peeled<'_>) {
    if let Shape::Ordered {
        item,
        bytes: None,
        bits: Some(bits),
    } = it.middle
    {
        it.behind.value("bit_order", bit_order_word(*bits));
        it.middle = item;
    }
    if let Shape::Ordered {
        item,
        bytes: Some(bytes),
        bits: None,
    } = it.middle
        && !it.behind.has("endian")
    {
        it.behind.value("endian", byte_order_word(*bytes));
        it.middle = item;
    }
}

fn peel_padding(it: &mut Peeled<'_>) -> Result<()> {
    let mut ignored = None;
    let order = |fill: Fill| match fill {
        Fill::Align { .. } => Some(0),
        Fill::Before(_) => Some(1),
        Fill::After(_) => Some(2),
        Fill::To(_) => Some(3),
        Fill::AlignEnd { .. } => None,
    };
    let mut least = 0;
    while let Shape::Filled {
        item,
        fill,
        padding,
    } = it.middle
    {
        let Some(place) = order(*fill).filter(|place| *place >= least) else {
            break;
        };
        if ignored.is_some_and(|ignored| ignored != *padding) {
            break;
        }
        (least, ignored) = (place + 1, Some(*padding));
        padding_words(&mut it.behind, *fill);
        it.middle = item;
    }
    if ignored == Some(Padding::Ignored) {
        if matches!(it.middle, Shape::Padded { .. }) {
            return refused("two kinds of padding are not said of one field");
        }
        it.behind.value("padding", quote!(ignored));
    }
    Ok(())
}
