//! From tokens to attributes: what was written, each with the span of its key.

mod assertion;
mod attributes;
mod checksum;
mod condition;
mod container;
mod context;
mod expression;
mod field;
mod filter;
mod keyed;
mod leaf;
mod literal;
mod padding;
mod prefix;
mod shared;
mod synonyms;
mod tag;
mod terminator;
mod ungroup;
mod variant;

pub use assertion::Assertion;
pub use condition::Versions;
pub use container::{Bound, Container, Counts, Generators};
pub use context::{Argument, Parameter};
pub use expression::{
    Arm, Branches, Expression, Literal, LiteralValue, Match, Operator, Pattern, Portable, Sort,
    UnaryOperator, is_constant_case,
};
pub use field::{CountBy, FieldAttributes, Flag, SizeBy};
pub use filter::Filter;
pub use keyed::{KeyedAttributes, Number, UnknownKeys};
pub use leaf::LeafAttributes;
pub use literal::{BitOrder, ByteOrder, Orders, Shown, integer};
pub use padding::PaddingAttributes;
pub use prefix::{Prefix, Varint};
pub use shared::Reference;
pub use tag::{TagBy, TagPattern, TagPatterns};
pub use terminator::{Terminator, TerminatorIs};
pub use ungroup::ungroup;
pub use variant::{Direction, VariantAttributes};

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The text of the `///` lines.
pub fn doc(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}
