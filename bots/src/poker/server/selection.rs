//! What the texts of `POKER_TABLE_SELECT` mean.

use super::lobby::Place;
use super::table::{CURRENCY, VARIANT};

/// Some of the tables.
///
/// | text | tables |
/// |---|---|
/// | empty, or `all` | all |
/// | `my` | where the player sits |
/// | `free` | with a free seat |
/// | currency, tab, variant, tab, betting structure | that are like this; what is empty or missing at the end may be anything |
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selection {
    All,
    Mine,
    Free,
    Like {
        currency: Vec<u8>,
        variant: Vec<u8>,
        structure: Vec<u8>,
    },
}

impl Selection {
    /// Reads a selection. There is no wrong one: what names no table selects
    /// none.
    pub fn read(text: &[u8]) -> Self {
        match text {
            b"" | b"all" => Self::All,
            b"my" => Self::Mine,
            b"free" => Self::Free,
            _ => {
                let mut fields = text.splitn(3, |&byte| byte == b'\t').map(<[u8]>::to_vec);
                let mut next = || fields.next().unwrap_or_default();
                Self::Like {
                    currency: next(),
                    variant: next(),
                    structure: next(),
                }
            }
        }
    }

    /// Whether a table is selected; [`Selection::Mine`] is not for it to say.
    pub fn includes(&self, place: &Place) -> bool {
        let is = |wanted: &[u8], found: &str| wanted.is_empty() || wanted == found.as_bytes();
        match self {
            Self::All => true,
            Self::Mine => false,
            Self::Free => place.free() > 0,
            Self::Like {
                currency,
                variant,
                structure,
            } => {
                is(currency, &CURRENCY.to_string())
                    && is(variant, VARIANT)
                    && is(structure, &place.setup.structure.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_select() {
        let like = |currency: &str, variant: &str, structure: &str| Selection::Like {
            currency: currency.into(),
            variant: variant.into(),
            structure: structure.into(),
        };
        for (text, selection) in [
            ("", Selection::All),
            ("all", Selection::All),
            ("my", Selection::Mine),
            ("free", Selection::Free),
            ("1", like("1", "", "")),
            ("1\tholdem", like("1", "holdem", "")),
            ("\t\t2-4-limit", like("", "", "2-4-limit")),
            ("1\tomaha\t2-4-limit\tx", like("1", "omaha", "2-4-limit\tx")),
        ] {
            assert_eq!(Selection::read(text.as_bytes()), selection, "{text:?}");
        }
    }
}
