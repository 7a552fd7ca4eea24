//! Which field, variant or name of one version is which of the other.

use std::collections::BTreeSet;
use std::sync::Arc;

use pickler::schema::Names;

/// Names that were changed for others, and mean the same.
#[derive(Clone, Debug, Default)]
pub struct Aliases(BTreeSet<(Arc<str>, Arc<str>)>);

impl Aliases {
    pub fn insert(&mut self, old: &Arc<str>, new: &Arc<str>) {
        self.0.insert((old.clone(), new.clone()));
    }

    /// One name is the other, whichever of them is the old one.
    pub fn are_same(&self, one: &str, other: &str) -> bool {
        let known = |old: &str, new: &str| {
            let mut names = self.0.iter();
            names.any(|(of_old, of_new)| **of_old == *old && **of_new == *new)
        };
        one == other || known(one, other) || known(other, one)
    }

    /// The place of a name: of itself, before that of another one for it.
    pub fn position(&self, name: &str, among: &Names) -> Option<usize> {
        let another = || among.iter().position(|it| self.are_same(name, it));
        among.position(name).or_else(another)
    }
}

/// Pairs of what has the same name; then of what stands alone between the same
/// neighbours on both sides and looks the same: that was renamed. In the order
/// of the new ones.
pub fn pairs(
    old: &[&str],
    new: &[&str],
    look_same: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (place, name) in new.iter().enumerate() {
        if let Some(of_old) = old.iter().position(|it| it == name) {
            pairs.push((of_old, place));
        }
    }
    let mut renamed = Vec::new();
    let mut of_old = 0;
    let is_paired = |pairs: &[(usize, usize)], place| pairs.iter().any(|pair| pair.0 == place);
    for place in 0..new.len() {
        if let Some(pair) = pairs.iter().find(|pair| pair.1 == place) {
            of_old = pair.0 + 1;
        } else if of_old < old.len() && !is_paired(&pairs, of_old) && look_same(of_old, place) {
            renamed.push((of_old, place));
            of_old += 1;
        }
    }
    pairs.extend(renamed);
    pairs.sort_by_key(|pair| pair.1);
    pairs
}

/// Of pairs in the order of the new ones, those that have to be moved for the
/// old ones to be in order: as few as can be.
pub fn moved(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The longest part that is in order, which may stay.
    let mut longest: Vec<Vec<usize>> = Vec::new();
    for (index, (old, _)) in pairs.iter().enumerate() {
        let before = longest[..index]
            .iter()
            .filter(|chain| chain.last().is_some_and(|last| pairs[*last].0 < *old))
            .max_by_key(|chain| chain.len());
        let mut chain = before.cloned().unwrap_or_default();
        chain.push(index);
        longest.push(chain);
    }
    let stay = longest.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let indexes = (0..pairs.len()).filter(|index| !stay.contains(index));
    indexes.map(|index| pairs[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paired_and_what_was_renamed_between_them() {
        let same = |_, _| true;
        assert_eq!(
            pairs(&["a", "b", "c"], &["a", "x", "c"], same),
            [(0, 0), (1, 1), (2, 2)]
        );
        assert_eq!(
            pairs(&["a", "b"], &["a", "x"], |_, _| false),
            [(0, 0)],
            "another shape is another field"
        );
        assert_eq!(pairs(&["a"], &["x", "a"], same), [(0, 1)]);
    }

    #[test]
    fn as_few_as_can_be_are_moved() {
        assert_eq!(moved(&[(0, 0), (1, 1), (2, 2)]), []);
        assert_eq!(moved(&[(2, 0), (0, 1), (1, 2)]), [(2, 0)]);
        assert_eq!(moved(&[(1, 0), (2, 1), (0, 2)]), [(0, 2)]);
    }
}
