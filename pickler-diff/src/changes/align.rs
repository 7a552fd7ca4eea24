//! Which field, variant or name of one version is which of the other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use pickler::schema::Names;

/// Names that were changed for others, and mean the same: each with the others.
#[derive(Clone, Debug, Default)]
pub struct Aliases(BTreeMap<Arc<str>, BTreeSet<Arc<str>>>);

impl Aliases {
    pub fn insert(&mut self, old: &Arc<str>, new: &Arc<str>) {
        for (one, other) in [(old, new), (new, old)] {
            self.0.entry(one.clone()).or_default().insert(other.clone());
        }
    }

    /// One name is the other, whichever of them is the old one.
    pub fn are_same(&self, one: &str, other: &str) -> bool {
        one == other || self.0.get(one).is_some_and(|known| known.contains(other))
    }

    /// The place of a name: of itself, before that of another one for it.
    pub fn position(&self, name: &str, among: &Places<'_>) -> Option<usize> {
        let another = || {
            let others = self.0.get(name)?.iter();
            others.filter_map(|other| among.of(other)).min()
        };
        among.of(name).or_else(another)
    }
}

/// Where names stand.
pub enum Places<'a> {
    Few(&'a Names),
    Many(HashMap<&'a str, usize>),
}

impl<'a> Places<'a> {
    pub fn new(names: &'a Names) -> Self {
        if names.len() <= 8 {
            return Self::Few(names);
        }
        let names = names.iter().enumerate();
        Self::Many(names.map(|(place, name)| (&**name, place)).collect())
    }

    fn of(&self, name: &str) -> Option<usize> {
        match self {
            Self::Few(names) => names.position(name),
            Self::Many(places) => places.get(name).copied(),
        }
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
    let mut places = HashMap::new();
    for (place, name) in old.iter().enumerate() {
        places.entry(*name).or_insert(place);
    }
    let named: Vec<Option<usize>> = new.iter().map(|name| places.get(name).copied()).collect();
    let mut paired: Vec<bool> = vec![false; old.len()];
    for place in named.iter().flatten() {
        paired[*place] = true;
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut of_old = 0;
    for (place, known) in named.into_iter().enumerate() {
        if let Some(known) = known {
            pairs.push((known, place));
            of_old = known + 1;
        } else if paired.get(of_old) == Some(&false) && look_same(of_old, place) {
            pairs.push((of_old, place));
            of_old += 1;
        }
    }
    pairs
}

/// Of pairs in the order of the new ones, those that have to be moved for the
/// old ones to be in order: as few as can be.
pub fn moved(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The longest part that is in order may stay. Of each length: the pair with
    // which such a part ends that leaves most behind it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (index, (old, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *old);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut stays = vec![false; pairs.len()];
    let mut last = ends.last().copied();
    while let Some(index) = last {
        stays[index] = true;
        last = before[index];
    }
    let all = pairs.iter().zip(stays);
    let moved = all.filter(|(_, stays)| !stays);
    moved.map(|(pair, _)| *pair).collect()
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
