//! What can be written at a place.

use super::Outline;
use crate::format::token::{Kind, Token};
use crate::keywords::{COUNTS, DEFINITIONS, HEAD, OTHERS, SUFFIXES, TYPES};

/// What can be written at a place, more or less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// Words of the language.
    pub keywords: Vec<&'static str>,
    /// Names of types.
    pub types: Vec<&'a str>,
    /// Names of fields.
    pub fields: Vec<&'a str>,
}

/// Integers that formats have most.
const INTEGERS: &[&str] = &["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];

impl Outline<'_> {
    /// What can be written at an offset, where a word may be begun already.
    ///
    /// ```
    /// let source = "record Pot {\n    index: u8\n    winners: [u16] count i";
    /// let outline = pickler_spec::Outline::of(source);
    /// let words = outline.words_at(source.len());
    /// assert!(words.keywords.contains(&"rest"));
    /// assert_eq!(words.fields, ["index", "winners"]);
    /// ```
    pub fn words_at(&self, at: usize) -> Words<'_> {
        let before = self.tokens.partition_point(|it| it.start < at);
        let mut before = &self.tokens[..before];
        if let Some((last, earlier)) = before.split_last()
            && last.span().end >= at
        {
            match last.kind {
                Kind::Word => before = earlier,
                // Nothing is meant by what stands in these.
                Kind::Literal | Kind::Comment => return Words::default(),
                Kind::Newline | Kind::Sign => {}
            }
        } else if let Some(last) = before.last()
            && last.kind == Kind::Comment
        {
            return Words::default();
        }
        let around = self.items.iter().rfind(|item| item.span.start < at);
        let last = before.last().filter(|it| it.kind != Kind::Newline);
        let indent = self.source.get(..at).unwrap_or_default();
        let indent = &indent[indent.rfind('\n').map_or(0, |end| end + 1)..];
        match last {
            None if !indent.starts_with([' ', '\t']) => Words {
                keywords: [DEFINITIONS, HEAD].concat(),
                ..Words::default()
            },
            // The name of something new.
            None => Words::default(),
            Some(last) if begins_type(last) => Words {
                keywords: [INTEGERS, TYPES].concat(),
                types: self.items.iter().map(|item| &*item.name).collect(),
                fields: Vec::new(),
            },
            Some(_) => {
                let is_record = around.is_some_and(|it| !matches!(it.keyword, "union" | "enum"));
                let members = around.filter(|_| is_record).into_iter();
                Words {
                    keywords: [COUNTS, SUFFIXES, OTHERS, INTEGERS].concat(),
                    types: Vec::new(),
                    fields: members
                        .flat_map(|item| &item.members)
                        .map(|member| &*member.name)
                        .collect(),
                }
            }
        }
    }
}

/// A type stands behind it.
fn begins_type(token: &Token<'_>) -> bool {
    [":", "[", "(", "="].iter().any(|it| token.is(it))
        || token.kind == Kind::Word && matches!(token.text, "box" | "root" | "then")
}
