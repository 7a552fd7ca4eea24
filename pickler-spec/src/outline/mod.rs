//! What stands in a spec that is being written, mistakes or not: for editors.

mod reader;
mod words;

use std::ops::Range;

use crate::format::token::{Kind, Token, lenient_tokens};
use reader::Reader;

pub use words::Words;

/// The definitions of a spec, as far as it can be seen that they are meant.
///
/// ```
/// use pickler_spec::Outline;
///
/// let source = "/// Chips.\nrecord Pot {\n    index: u8\n    next: Pot un";
/// let outline = Outline::of(source);
/// let pot = &outline.items()[0];
/// assert_eq!((&*pot.name, &*pot.doc), ("Pot", "Chips."));
/// assert_eq!(pot.members[0].name, "index");
/// let (span, meant) = outline.meant_at(source.len() - 4).unwrap();
/// assert_eq!((&source[span], meant), ("Pot", pot));
/// ```
#[derive(Clone, Debug)]
pub struct Outline<'s> {
    source: &'s str,
    tokens: Vec<Token<'s>>,
    items: Vec<Item>,
}

/// A definition, or a field, variant or name of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `record`, `union` and so on; of a member, that of its definition.
    pub keyword: &'static str,
    /// Its name, without backticks; with its number, `Pot#2`, if it has one.
    pub name: String,
    /// What it says of itself.
    pub doc: String,
    /// Where its name stands, in bytes.
    pub name_span: Range<usize>,
    /// Where all of it stands.
    pub span: Range<usize>,
    /// What stands in its braces.
    pub members: Vec<Self>,
}

impl<'s> Outline<'s> {
    /// The outline of a spec.
    pub fn of(source: &'s str) -> Self {
        let tokens = lenient_tokens(source);
        let items = Reader::new(source, &tokens).read();
        Self {
            source,
            tokens,
            items,
        }
    }

    /// The definitions, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The definition or member that a name at an offset is, or the definition that
    /// it mentions, and where the name stands.
    pub fn meant_at(&self, at: usize) -> Option<(Range<usize>, &Item)> {
        let touches = |span: &Range<usize>| span.start <= at && at <= span.end;
        let around = self.items.iter().filter(|item| touches(&item.span));
        let members = around.clone().flat_map(|item| &item.members);
        let mut named = members.chain(around);
        if let Some(item) = named.find(|it| touches(&it.name_span)) {
            return Some((item.name_span.clone(), item));
        }
        let is_name = |it: &Token<'_>| it.kind == Kind::Word && touches(&it.span());
        let index = self.tokens.iter().position(is_name)?;
        let (name, span) = name(&self.tokens[index..])?;
        let item = self.items.iter().find(|item| item.name == name)?;
        Some((span, item))
    }
}

/// The name that some tokens begin with, and where it stands.
fn name(tokens: &[Token<'_>]) -> Option<(String, Range<usize>)> {
    let first = tokens.first().filter(|it| it.kind == Kind::Word)?;
    let mut name = first.text.trim_matches('`').to_owned();
    let mut span = first.span();
    if let [_, sign, number, ..] = tokens
        && sign.is("#")
        && number.kind == Kind::Literal
    {
        name = format!("{name}#{}", number.text);
        span.end = number.span().end;
    }
    Some((name, span))
}
