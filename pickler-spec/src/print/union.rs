//! Unions and enumerations.

use std::iter;

use pickler::Direction;
use pickler::schema::{
    Enumeration, Expr, Length, LengthCounts, Operator, Other, Shape, TagSource, Union, Variant,
};

use super::Printer;
use super::name::Name;
use crate::parse::tag::{Tags, width};

impl Printer<'_> {
    /// What is said of a union in front of its variants.
    pub(super) fn union_head(&mut self, union: &Union) {
        let length = union.length.as_ref();
        if let Some(length) = length.filter(|length| length.first) {
            self.length(length);
            self.put(" ");
        }
        self.put("tag ");
        match &union.source {
            TagSource::Wire => self.prefix(&union.tag),
            TagSource::Given(expr) => {
                self.prefix(&union.tag);
                self.put(format_args!(" = {expr}"));
            }
            TagSource::Choice => self.put("none"),
        }
        if let Some(length) = length.filter(|length| !length.first) {
            self.put(" ");
            self.length(length);
        }
    }

    fn length(&mut self, length: &Length) {
        self.put("length ");
        self.prefix(&length.shape);
        match length.counts {
            LengthCounts::Body => {}
            LengthCounts::Rest => self.put(" counts rest"),
            LengthCounts::Message => self.put(" counts message"),
        }
    }

    /// Its variants.
    pub(super) fn union_body(&mut self, union: &Union) {
        self.block(|printer| {
            for variant in &union.variants {
                printer.line();
                printer.variant(variant, union);
            }
            printer.other(union.other.as_ref());
        });
    }

    fn other(&mut self, other: Option<&Other>) {
        if let Some(other) = other {
            self.line();
            self.put(format_args!("other {}", Name::of(&other.name)));
        }
    }

    fn variant(&mut self, variant: &Variant, union: &Union) {
        self.doc("///", &variant.doc);
        if union.source == TagSource::Choice {
            // They are tried, and have no tags.
        } else if has_all_others(variant, union) {
            self.put("_ ");
        } else {
            self.tag(variant.tag, &union.tag);
            for tags in &variant.also {
                self.put(" | ");
                self.tag(*tags.start(), &union.tag);
                if tags.start() != tags.end() {
                    self.put("..=");
                    self.tag(*tags.end(), &union.tag);
                }
            }
            self.put(" ");
        }
        self.put(Name::of(&variant.name));
        match variant.direction {
            None => {}
            Some(Direction::ToServer) => self.put(" to server"),
            Some(Direction::ToClient) => self.put(" to client"),
            Some(Direction::Both) => self.put(" both"),
            Some(Direction::Internal) => self.put(" internal"),
        }
        if let Some(condition) = &variant.condition {
            self.put(" ");
            self.condition(condition);
        }
        match &variant.body {
            Shape::Record(record) if record.fields.is_empty() && is_plain(&variant.body) => {}
            Shape::Record(record) if !record.row && record.magic.is_none() => {
                self.put(": ");
                self.record_body(record);
            }
            body => {
                self.put(": ");
                self.shape(body);
            }
        }
    }

    /// When something is there.
    pub(super) fn condition(&mut self, condition: &Expr) {
        match versions(condition) {
            Some((None, None)) | None => self.put(format_args!("if {condition}")),
            Some((since, until)) => {
                if let Some(since) = since {
                    self.put(format_args!("since {since}"));
                }
                if since.is_some() && until.is_some() {
                    self.put(" ");
                }
                if let Some(until) = until {
                    self.put(format_args!("until {until}"));
                }
            }
        }
    }

    /// A tag that has these bits.
    fn tag(&mut self, bits: u128, shape: &Shape) {
        let value = shape.value_of_tag(bits);
        self.value(&value, shape);
    }

    pub(super) fn enumeration_body(&mut self, enumeration: &Enumeration) {
        self.block(|printer| {
            for (bits, name) in &enumeration.names {
                printer.line();
                printer.tag(*bits, &enumeration.tag);
                printer.put(format_args!(" {}", Name::of(name)));
            }
            printer.other(enumeration.other.as_ref());
        });
    }
}

/// Whether a variant has all tags that no other has, which takes more than one
/// range to tell.
fn has_all_others(variant: &Variant, union: &Union) -> bool {
    let Some((bits, _)) = width(&union.tag).filter(|_| variant.also.len() > 1) else {
        return false;
    };
    let others = union.variants.iter().filter(|it| it.name != variant.name);
    let taken = others.flat_map(|it| iter::once(it.tag..=it.tag).chain(it.also.iter().cloned()));
    let left = Tags::of_others(taken, bits);
    union.other.is_none()
        && left.is_some_and(|it| (it.first, &it.also) == (variant.tag, &variant.also))
}

/// A record of which nothing is said but its fields.
fn is_plain(shape: &Shape) -> bool {
    let Shape::Record(record) = shape else {
        return false;
    };
    !record.row && record.magic.is_none() && record.assertions.is_empty()
}

/// From which version on, and up to which, if a condition says just that.
fn versions(condition: &Expr) -> Option<(Option<i128>, Option<i128>)> {
    let Expr::Binary(left, operator, right) = condition else {
        return None;
    };
    match (&**left, operator, &**right) {
        (Expr::Field(name), Operator::GreaterOrEqual, Expr::Integer(since))
            if name == "version" =>
        {
            Some((Some(*since), None))
        }
        (Expr::Field(name), Operator::Less, Expr::Integer(until)) if name == "version" => {
            Some((None, Some(*until)))
        }
        (left, Operator::And, right) => match (versions(left)?, versions(right)?) {
            ((Some(since), None), (None, Some(until))) => Some((Some(since), Some(until))),
            _ => None,
        },
        _ => None,
    }
}
