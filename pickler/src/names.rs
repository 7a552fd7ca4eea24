//! Names that were perhaps meant.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The candidates that `name` is perhaps a misspelling of, nearest first.
///
/// ```
/// let names = ["POKER_FOLD", "POKER_CALL", "POKER_RAISE"];
/// assert_eq!(pickler::nearest("poker_fol", names)[0], "POKER_FOLD");
/// assert!(pickler::nearest("LOGIN", names).is_empty());
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted = name.to_lowercase();
    let farthest = wanted.len().div_ceil(3);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let distance = if lower.ends_with(&wanted) && wanted.len() >= 3 {
                1
            } else {
                edit_distance(wanted.as_bytes(), lower.as_bytes())
            };
            (distance <= farthest).then_some((distance, candidate))
        })
        .collect();
    near.sort_unstable();
    near.truncate(3);
    near.into_iter().map(|(_, name)| name.to_string()).collect()
}

/// How many insertions, deletions and substitutions lead from one to the other.
fn edit_distance(from: &[u8], to: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j].min(row[j + 1]) + 1);
        }
    }
    row[to.len()]
}
