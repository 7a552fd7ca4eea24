//! What is said of a field besides its type, as sentences.

use super::{Case, Layout, Message, Row, Section, Word, Words};
use pickler::Direction;

impl Row {
    /// When it is there, its default, which values it may have, how it is
    /// written.
    pub fn remarks(&self) -> Vec<Words> {
        let default = self.default.iter().map(|it| Words::of("default ").code(it));
        let said = self.conditions.iter().cloned();
        let said = said.chain(default).chain(self.allowed.iter().cloned());
        said.chain(self.notes.iter().cloned())
            .map(sentence)
            .collect()
    }

    /// What it is, with the order of its bytes where that is not one for all.
    pub fn type_in(&self, section: &Section) -> Words {
        match &self.order {
            Some(order) if section.order.is_none() => self.ty.clone().text(", ").and(order.clone()),
            _ => self.ty.clone(),
        }
    }

    /// Where it starts, in bytes, if that is always the same.
    pub fn place(&self) -> Option<String> {
        let offset = self.offset?;
        Some(match offset % 8 {
            0 => (offset / 8).to_string(),
            bit => format!("{}, bit {bit}", offset / 8),
        })
    }
}

impl Section {
    /// What is said of all of it, as sentences.
    pub fn remarks(&self) -> Vec<Words> {
        let condition = self.message.iter().filter_map(|it| it.condition.clone());
        let order = self.order.iter().map(|order| {
            let order = order.clone();
            Words::of("integers of more than one byte are ").and(order)
        });
        // What nobody would expect otherwise.
        let order = order.filter(|it| !it.plain().ends_with("are big-endian"));
        let bits = self
            .lsb_first
            .then(|| Words::of("bits are counted from the least significant one of each byte"));
        let said = condition.chain(order).chain(bits);
        let said = said.chain(self.notes.iter().cloned());
        said.chain(self.assertions.iter().cloned())
            .map(sentence)
            .collect()
    }

    /// What it is, in one line.
    pub fn summary(&self) -> Words {
        let first = self.doc.iter().find_map(|block| match block {
            super::Block::Paragraph(words) => Some(words),
            _ => None,
        });
        first.map(first_sentence).unwrap_or_default()
    }
}

impl Case {
    /// How often, or when, it is there, and its default.
    pub fn remarks(&self) -> Vec<Words> {
        let more = Some(self.more.clone()).filter(|more| !more.is_empty());
        let default = self.default.iter().map(|it| Words::of("default ").code(it));
        more.into_iter().chain(default).map(sentence).collect()
    }
}

impl Layout<'_> {
    /// All integers of all messages and types are big-endian.
    pub fn is_big_endian(&self) -> bool {
        let sections = self.messages.iter().chain(&self.types);
        let mut orders = sections
            .flat_map(|section| {
                let cases = section.cases.iter().flat_map(|cases| &cases.cases);
                section.rows.iter().chain(cases.flat_map(|case| &case.rows))
            })
            .filter_map(|row| row.order.as_ref())
            .peekable();
        orders.peek().is_some() && orders.all(|order| order.plain() == "big-endian")
    }
}

impl Message {
    /// Who sends it, in words.
    pub fn sender(&self) -> &'static str {
        match self.direction {
            Some(Direction::ToServer) => "to server",
            Some(Direction::ToClient) => "to client",
            Some(Direction::Both) => "both ways",
            Some(Direction::Internal) => "internal",
            None => "",
        }
    }
}

/// Words as a sentence.
pub fn sentence(mut words: Words) -> Words {
    if let Some(Word::Text(text)) = words.0.first_mut() {
        let mut rest = text.chars();
        if let Some(first) = rest.next() {
            *text = first.to_uppercase().chain(rest).collect();
        }
    }
    match words.0.last() {
        Some(Word::Text(text)) if text.ends_with(['.', '!', '?', ':']) => words,
        _ => words.text("."),
    }
}

/// The words up to the end of their first sentence.
fn first_sentence(words: &Words) -> Words {
    let mut first = Words::default();
    for word in &words.0 {
        if let Word::Text(text) = word
            && let Some(end) = text.find(". ")
        {
            return first.text(&text[..=end]);
        }
        first.0.push(word.clone());
    }
    first
}
