//! A spec in an editor, and what is told of it.

use std::ops::Range;

use gen_lsp_types::{
    Code, CodeDescription, CompletionItem, CompletionItemKind, Definition, Diagnostic,
    DiagnosticRelatedInformation, DiagnosticSeverity, DocumentSymbol, Hover, Location,
    MarkupContent, MarkupKind, Position, SymbolKind, TextEdit, Uri,
};
use pickler::schema::Protocol;
use pickler_spec::{Item, Outline};

use super::hover;
use super::positions::Lines;

/// A spec as it is in an editor.
pub struct Document {
    uri: Uri,
    source: String,
    parsed: Result<Protocol, Vec<pickler_spec::Diagnostic>>,
}

impl Document {
    pub fn new(uri: Uri, source: String) -> Self {
        let parsed = pickler_spec::parse(&source);
        Self {
            uri,
            source,
            parsed,
        }
    }

    fn mistakes(&self) -> &[pickler_spec::Diagnostic] {
        self.parsed.as_ref().err().map_or(&[], |all| all)
    }

    /// All that is wrong with it; the pages that explain it are in that folder.
    pub fn diagnostics(&self, pages: Option<&str>) -> Vec<Diagnostic> {
        let lines = Lines::of(&self.source);
        let diagnostic = |mistake: &pickler_spec::Diagnostic| {
            let number = mistake.mistake.to_string();
            let message = match &*mistake.help {
                "" => mistake.message.clone(),
                help => format!("{}\nhelp: {help}", mistake.message),
            };
            let page = |pages: &str| {
                let href = format!("{}/{number}.md", pages.trim_end_matches('/'));
                CodeDescription { href: href.into() }
            };
            let related = mistake.related.as_ref().map(|(span, what)| {
                let location = self.location(span, &lines);
                let message = what.clone();
                vec![DiagnosticRelatedInformation { location, message }]
            });
            Diagnostic {
                range: lines.range(&mistake.span),
                severity: Some(DiagnosticSeverity::Error),
                code_description: pages.map(page),
                code: Some(Code::String(number)),
                source: Some("pickler".to_owned()),
                message: message.into(),
                tags: None,
                related_information: related,
                data: None,
            }
        };
        self.mistakes().iter().map(diagnostic).collect()
    }

    fn location(&self, span: &Range<usize>, lines: &Lines<'_>) -> Location {
        Location {
            uri: self.uri.clone(),
            range: lines.range(span),
        }
    }

    /// The page of the mistake there, or else what the name there means.
    pub fn hover(&self, at: Position) -> Option<Hover> {
        let lines = Lines::of(&self.source);
        let at = lines.offset(at);
        let is_there = |it: &&pickler_spec::Diagnostic| it.span.start <= at && at <= it.span.end;
        let (span, value) = if let Some(mistake) = self.mistakes().iter().find(is_there) {
            (mistake.span.clone(), mistake.mistake.page().to_owned())
        } else {
            let outline = Outline::of(&self.source);
            let (span, item) = outline.meant_at(at)?;
            let is_type = outline.items().iter().any(|it| std::ptr::eq(it, item));
            let protocol = self.parsed.as_ref().ok().filter(|_| is_type);
            (span, hover::about(item, &self.source, protocol))
        };
        let kind = MarkupKind::Markdown;
        Some(Hover {
            contents: MarkupContent { kind, value }.into(),
            range: Some(lines.range(&span)),
        })
    }

    /// Where what the name there means is defined.
    pub fn definition(&self, at: Position) -> Option<Definition> {
        let lines = Lines::of(&self.source);
        let outline = Outline::of(&self.source);
        let (_, item) = outline.meant_at(lines.offset(at))?;
        Some(self.location(&item.name_span, &lines).into())
    }

    /// Its definitions, and what is in them.
    pub fn symbols(&self) -> Vec<DocumentSymbol> {
        let lines = Lines::of(&self.source);
        let outline = Outline::of(&self.source);
        let definition = |item: &Item| {
            let kind = match item.keyword {
                "enum" => SymbolKind::Enum,
                "union" => SymbolKind::Interface,
                _ => SymbolKind::Struct,
            };
            let member = match item.keyword {
                "enum" | "union" => SymbolKind::EnumMember,
                _ => SymbolKind::Field,
            };
            let members = item.members.iter();
            let members = members.map(|it| symbol(it, member, Vec::new(), &lines));
            symbol(item, kind, members.collect(), &lines)
        };
        outline.items().iter().map(definition).collect()
    }

    /// What can be written there.
    pub fn completion(&self, at: Position) -> Vec<CompletionItem> {
        let outline = Outline::of(&self.source);
        let words = outline.words_at(Lines::of(&self.source).offset(at));
        let item = |label: &str, kind| CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            ..CompletionItem::default()
        };
        let types = words
            .types
            .iter()
            .map(|it| item(it, CompletionItemKind::Struct));
        let fields = words
            .fields
            .iter()
            .map(|it| item(it, CompletionItemKind::Field));
        let keywords = words
            .keywords
            .iter()
            .map(|it| item(it, CompletionItemKind::Keyword));
        types.chain(fields).chain(keywords).collect()
    }

    /// What makes the usual style of it, if it can be told.
    pub fn formatting(&self) -> Option<Vec<TextEdit>> {
        let formatted = pickler_spec::format(&self.source).ok()?;
        if formatted == self.source {
            return Some(Vec::new());
        }
        let range = Lines::of(&self.source).range(&(0..self.source.len()));
        Some(vec![TextEdit {
            range,
            new_text: formatted,
        }])
    }
}

fn symbol(
    item: &Item,
    kind: SymbolKind,
    children: Vec<DocumentSymbol>,
    lines: &Lines<'_>,
) -> DocumentSymbol {
    DocumentSymbol::new(
        item.name.clone(),
        None,
        kind,
        None,
        None,
        lines.range(&item.span),
        lines.range(&item.name_span),
        (!children.is_empty()).then_some(children),
    )
}
