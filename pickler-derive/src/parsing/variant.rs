//! What is said of a variant.

use proc_macro2::Span;
use syn::{Attribute, Expr, ExprLit, Lit, Pat};

use super::assertion::{Assertion, assertion};
use super::attributes::{Attributes, Place};
use super::condition::Presence;
use super::container::rename_all;
use super::keyed::key;
use super::tag::{self, TagPattern, TagPatterns};
use crate::errors::Errors;
use crate::mistakes;
use crate::names::Case;

pub struct VariantAttributes {
    pub tag: Option<TagPatterns>,
    /// A constant in front of the fields.
    pub magic: Option<(Span, Expr)>,
    pub presence: Presence,
    /// What must hold of all fields together.
    pub assertion: Option<Assertion>,
    /// The number of the protobuf field that holds the body.
    pub key: Option<(Span, u64)>,
    pub other: Option<Span>,
    pub rename: Option<String>,
    pub rename_all: Option<Case>,
    pub row: Option<Span>,
    pub direction: Option<Direction>,
}

/// Who sends a message.
#[derive(Clone, Copy)]
pub enum Direction {
    ToServer,
    ToClient,
    Both,
    Internal,
}

impl VariantAttributes {
    pub fn new(variant: &syn::Variant, errors: &mut Errors) -> Self {
        let mut attributes = attributes_of(&variant.attrs, errors);
        let tag = tags(&mut attributes, errors);
        let discriminant = variant
            .discriminant
            .as_ref()
            .and_then(|(_, expr)| Some((variant.ident.span(), tag::of_expression(expr, errors)?)));
        let directions = [
            ("to_server", Direction::ToServer),
            ("to_client", Direction::ToClient),
            ("both", Direction::Both),
            ("internal", Direction::Internal),
        ];
        Self {
            direction: attributes
                .word("direction", &directions, errors)
                .map(|(_, direction)| direction),
            tag: tag.or(discriminant),
            magic: attributes.real_expr("magic", errors),
            presence: Presence::take(&mut attributes, errors),
            assertion: assertion(&mut attributes, errors),
            key: key(&mut attributes, "key", errors),
            other: attributes.flag("other", errors),
            rename: attributes.text("rename", errors),
            rename_all: rename_all(&mut attributes, errors),
            row: attributes.flag("row", errors),
        }
    }
}

impl VariantAttributes {
    /// Its tags are those that no other variant has.
    pub fn has_other_tags(&self) -> bool {
        let patterns = self.tag.as_ref().map(|(_, patterns)| patterns.as_slice());
        let mut patterns = patterns.unwrap_or_default().iter();
        patterns.any(|pattern| matches!(pattern, TagPattern::Others))
    }
}

fn attributes_of(attributes: &[Attribute], errors: &mut Errors) -> Attributes {
    Attributes::new(attributes, Place::Variant, errors)
}

fn tags(attributes: &mut Attributes, errors: &mut Errors) -> Option<TagPatterns> {
    match attributes.pattern("tag") {
        Some((
            span,
            Pat::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }),
        )) => {
            let message = format!("a tag of bytes is written `tag = b\"{}\"`", text.value());
            errors.push(span, mistakes::QUOTED.says(message));
            None
        }
        Some((span, pattern)) => Some((span, tag::of_pattern(&pattern, errors)?)),
        None => {
            let (span, expr) = attributes.real_expr("tag", errors)?;
            Some((span, tag::of_expression(&expr, errors)?))
        }
    }
}
