//! From tokens to definitions.

use super::{Item, name};
use crate::format::token::{Kind, Token};
use crate::keywords::DEFINITIONS;

/// What has been read.
pub struct Reader<'t, 's> {
    source: &'s str,
    tokens: &'t [Token<'s>],
    items: Vec<Item>,
    /// The definition that is read.
    item: Option<Item>,
    /// How many braces, brackets and parentheses of it are open.
    depth: usize,
    /// The outermost of them are the braces of its members.
    has_members: bool,
    /// What is said of the next line.
    doc: Vec<&'s str>,
    /// Where the line starts that is read, among the tokens.
    line: usize,
}

impl<'t, 's> Reader<'t, 's> {
    pub fn new(source: &'s str, tokens: &'t [Token<'s>]) -> Self {
        Self {
            source,
            tokens,
            items: Vec::new(),
            item: None,
            depth: 0,
            has_members: false,
            doc: Vec::new(),
            line: 0,
        }
    }

    pub fn read(mut self) -> Vec<Item> {
        for (index, token) in self.tokens.iter().enumerate() {
            if self.begins_definition(index) {
                self.end_line(index);
                self.end_item();
                self.begin_item(index);
            }
            self.token(index, token);
        }
        self.end_line(self.tokens.len());
        self.end_item();
        self.items
    }

    /// A definition begins here, whatever is open before.
    fn begins_definition(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        let starts_line = token.start == 0 || self.source[..token.start].ends_with('\n');
        let next = self.tokens.get(index + 1);
        token.kind == Kind::Word
            && (self.depth == 0 && self.line == index || starts_line)
            && DEFINITIONS.contains(&token.text)
            && next.is_some_and(|it| it.kind == Kind::Word)
    }

    fn begin_item(&mut self, index: usize) {
        let tokens = &self.tokens[index..];
        let keyword = DEFINITIONS.iter().find(|it| **it == tokens[0].text);
        if let (Some(keyword), Some((name, name_span))) = (keyword, name(&tokens[1..])) {
            self.item = Some(Item {
                keyword,
                name,
                doc: std::mem::take(&mut self.doc).join("\n"),
                span: tokens[0].start..name_span.end,
                name_span,
                members: Vec::new(),
            });
        }
        self.depth = 0;
        self.has_members = false;
        self.line = index;
    }

    fn token(&mut self, index: usize, token: &Token<'s>) {
        match token.kind {
            Kind::Newline => {
                if self.depth == 0 {
                    self.end_line(index);
                    self.end_item();
                    self.line = index + 1;
                } else if self.is_between_members() {
                    self.end_line(index);
                }
                return;
            }
            Kind::Comment => {
                if self.line == index
                    && let Some(doc) = token.text.strip_prefix("///")
                {
                    self.doc.push(doc.strip_prefix(' ').unwrap_or(doc));
                    // What is said belongs to no line.
                    self.line = index + 1;
                }
                return;
            }
            _ if token.is(",") && self.is_between_members() => {
                self.end_line(index);
                return;
            }
            _ => {}
        }
        if let Some(item) = &mut self.item {
            item.span.end = token.span().end;
        }
        if token.closes() {
            if self.depth == 1 {
                self.end_line(index);
            }
            self.depth = self.depth.saturating_sub(1);
        } else if ["(", "[", "{"].iter().any(|it| token.is(it)) {
            if self.depth == 0 {
                self.has_members = token.is("{");
                self.line = index + 1;
            }
            self.depth += 1;
        }
    }

    fn is_between_members(&self) -> bool {
        self.depth == 1 && self.has_members
    }

    /// What was read since the start of the line is a member, if anything.
    fn end_line(&mut self, end: usize) {
        let line = &self.tokens[self.line.min(end)..end];
        self.line = end + 1;
        if self.is_between_members()
            && let Some(item) = &mut self.item
            && let (Some(first), Some(last)) = (line.first(), line.last())
            && let Some((name, name_span)) = member(item.keyword, line)
        {
            item.members.push(Item {
                keyword: item.keyword,
                name,
                doc: self.doc.join("\n"),
                name_span,
                span: first.start..last.span().end,
                members: Vec::new(),
            });
        }
        if !line.is_empty() {
            self.doc.clear();
        }
    }

    fn end_item(&mut self) {
        self.items.extend(self.item.take());
        self.depth = 0;
        self.has_members = false;
    }
}

/// The name of what stands on a line of a definition.
fn member(keyword: &str, line: &[Token<'_>]) -> Option<(String, std::ops::Range<usize>)> {
    let place = match keyword {
        "union" | "enum" => {
            let is_name = |it: &Token<'_>| it.kind == Kind::Word && it.text != "_";
            let first = line.iter().position(is_name)?;
            let is_other = line[first].text == "other";
            let second = line.get(first + 1).filter(|it| it.kind == Kind::Word);
            first + usize::from(is_other && second.is_some())
        }
        _ => line.iter().position(|it| it.is(":"))?.checked_sub(1)?,
    };
    name(&line[place..])
}
