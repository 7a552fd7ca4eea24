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
pub use condition::Presence;
pub use container::{Bound, Container, Counts, DefaultOf, Generators};
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
pub use prefix::{Prefix, Varint, VarintForm, bits_call};
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
        .flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>())
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned())
        .collect();
    without_examples(&lines).join("\n").trim().to_owned()
}

/// What a docstring says beside its examples in Rust, which are about the type
/// and not about its format.
fn without_examples(lines: &[String]) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    let mut fence: Option<bool> = None;
    for line in lines {
        let language = line.trim_start().strip_prefix("```");
        match (fence, language) {
            (None, None) => kept.push(line),
            (None, Some(language)) => {
                let is_rust = language.split(',').all(is_rust);
                fence = Some(is_rust);
                if !is_rust {
                    kept.push(line);
                }
            }
            (Some(is_rust), language) => {
                if language.is_some() {
                    fence = None;
                }
                if !is_rust {
                    kept.push(line);
                }
            }
        }
    }
    // The empty lines around an example are one.
    kept.dedup_by(|line, before| line.is_empty() && before.is_empty());
    kept
}

/// What rustdoc takes for Rust behind the fence of an example.
fn is_rust(word: &str) -> bool {
    const WORDS: [&str; 7] = [
        "",
        "rust",
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
        "edition2024",
    ];
    WORDS.contains(&word.trim())
}
