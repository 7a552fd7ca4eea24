//! Plain data, as scripts, hooks and bots hand it to each other.

use pickler::dynamic::Value;

/// Plain data: what a script can post, and a hook can answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Datum {
    /// Nothing.
    #[default]
    Nil,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text, or bytes that need not be text.
    Text(Box<[u8]>),
    /// Keys and values, in order.
    Table(Vec<(Self, Self)>),
}

impl Datum {
    /// A table with text keys.
    pub fn record<'a>(fields: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let pairs = fields.into_iter().map(|(name, value)| (name.into(), value));
        Self::Table(pairs.collect())
    }

    /// A table with the keys 1, 2, 3…
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let numbered = (1_u32..).zip(items);
        Self::Table(numbered.map(|(key, item)| (key.into(), item)).collect())
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// How many bytes it takes, roughly.
    pub fn size(&self) -> usize {
        let own = size_of::<Self>();
        match self {
            Self::Text(bytes) => own + bytes.len(),
            Self::Table(pairs) => pairs
                .iter()
                .map(|(key, value)| key.size() + value.size())
                .sum::<usize>()
                .saturating_add(own),
            _ => own,
        }
    }
}

impl From<u32> for Datum {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl From<bool> for Datum {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Self::Text(text.as_bytes().into())
    }
}

/// A number of a message, for the protocols that count in 32 bits.
pub(crate) fn number(value: Option<&Value>) -> Option<u32> {
    value?.as_u64()?.try_into().ok()
}
