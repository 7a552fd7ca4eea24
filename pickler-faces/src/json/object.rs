//! Objects of JSON, key by key.

use serde_json::{Map, Value as Json};

/// An object that comes about.
#[derive(Default)]
pub struct Object(Map<String, Json>);

impl Object {
    /// One of this kind.
    pub fn of_kind(kind: &str) -> Self {
        Self::default().with("kind", kind)
    }

    /// The same with something more.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// The same with something more, if it is there.
    #[must_use]
    pub fn maybe(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The same with a text, unless it is empty.
    #[must_use]
    pub fn said(self, key: &str, text: &str) -> Self {
        self.maybe(key, (!text.is_empty()).then(|| text.to_owned()))
    }

    /// The same with a list, unless it is empty.
    #[must_use]
    pub fn listed<T: Into<Json>>(self, key: &str, items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<Json> = items.into_iter().map(Into::into).collect();
        self.maybe(key, (!items.is_empty()).then_some(items))
    }

    /// The same with a flag, if it is set.
    #[must_use]
    pub fn flag(self, key: &str, set: bool) -> Self {
        self.maybe(key, set.then_some(true))
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}
