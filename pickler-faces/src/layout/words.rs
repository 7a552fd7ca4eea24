//! Text in which code is code and types are links, whatever a face makes of
//! them.

use std::fmt::Display;

use pickler::schema::{Schema, TypeRef};

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Plain text.
    Text(String),
    /// What stands so in a declaration: a name, an expression, a literal.
    Code(String),
    /// A type of the schema.
    Type {
        /// Its name.
        name: String,
        /// Its place among the schema's types.
        index: usize,
    },
}

/// Some text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<Word>);

impl Words {
    /// Plain text.
    pub fn of(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    /// These words, and plain text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        match self.0.last_mut() {
            Some(Word::Text(last)) => last.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.0.push(Word::Text(text)),
        }
        self
    }

    /// These words, and code.
    #[must_use]
    pub fn code(mut self, code: impl Display) -> Self {
        self.0.push(Word::Code(code.to_string()));
        self
    }

    /// These words, and a type.
    #[must_use]
    pub fn named(mut self, schema: &Schema, reference: TypeRef) -> Self {
        self.0.push(Word::Type {
            name: schema.definition(reference).name.to_string(),
            index: reference.index(),
        });
        self
    }

    /// These words, and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for word in others.0 {
            match word {
                Word::Text(text) => self = self.text(text),
                other => self.0.push(other),
            }
        }
        self
    }

    /// Several, with something between.
    pub fn joined(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                all = all.text(between);
            }
            all = all.and(part);
        }
        all
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text alone.
    pub fn plain(&self) -> String {
        let texts = self.0.iter().map(|word| match word {
            Word::Text(text) | Word::Code(text) | Word::Type { name: text, .. } => text.as_str(),
        });
        texts.collect()
    }
}
