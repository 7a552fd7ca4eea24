//! Finds the number for which an expression gives what it must.

use alloc::vec::Vec;

use super::leaf::integer_of;
use super::record::Made;
use crate::dynamic::Value;
use crate::error::{Error, ErrorKind, has_no_value};
use crate::schema::{Expr, Operator};

/// A condition that does not hold counts as so many wrong bits.
const MISS: u32 = 128;

/// Changes one open integer field, so that `expr` gives `target`.
pub(super) fn solve(
    made: &mut Made<'_>,
    expr: &Expr,
    target: i128,
    is_open: impl Fn(usize) -> bool,
) -> Result<(), Error> {
    for (index, field) in made.record.fields.iter().enumerate() {
        let Some((bits, signed)) = integer_of(&field.shape) else {
            continue;
        };
        if field.derived.is_some() || !is_open(index) || !expr.mentions(&field.name) {
            continue;
        }
        let before = made.values[index].clone();
        let bits = bits.min(127) - u32::from(signed);
        let greatest = i128::MAX >> (127 - bits);
        let found = find(target, greatest, |candidate| {
            made.values[index] = Value::integer(candidate);
            made.scope().eval(expr)
        });
        if let Some(found) = found {
            made.values[index] = Value::integer(found);
            return Ok(());
        }
        made.values[index] = before;
    }
    Err(Error::without_position(match made.scope().eval(expr) {
        Some(expected) => ErrorKind::WrongDerived {
            expected,
            found: target,
        },
        None => has_no_value(expr),
    }))
}

/// Changes an integer field so that conditions hold, if a number does for which
/// one of the equations among them holds, or one that differs from it, or from 0,
/// in few bits.
pub(super) fn satisfy_all_of(made: &mut Made<'_>, index: usize, conditions: &[Expr], bits: u32) {
    let mut parts = Vec::new();
    for condition in conditions {
        conjuncts(condition, &mut parts);
    }
    let bits = bits.min(127);
    let before = made.values[index].clone();
    let mut misses = |candidate: i128| {
        made.values[index] = Value::integer(candidate);
        let scope = made.scope();
        let misses = parts.iter().map(|part| match part {
            Expr::Binary(left, Operator::Equal, right) => {
                let sides = scope.eval(left).zip(scope.eval(right));
                sides.map_or(MISS, |(left, right)| (left ^ right).count_ones())
            }
            part => MISS * u32::from(scope.eval(part) != Some(1)),
        });
        misses.sum::<u32>()
    };
    let start = before.as_i128().filter(|it| *it >= 0).unwrap_or(0);
    for start in [start, 0] {
        let (mut best, mut least) = (start, misses(start));
        // Each round settles a bit, or is the last.
        while least > 0 {
            let candidates = (0..bits).map(|bit| best ^ 1 << bit);
            let found = candidates.map(|it| (misses(it), it)).min();
            match found {
                Some((fewer, candidate)) if fewer < least => (least, best) = (fewer, candidate),
                _ => break,
            }
        }
        if least == 0 {
            made.values[index] = Value::integer(best);
            return;
        }
    }
    let greatest = i128::MAX >> (127 - bits);
    for part in &parts {
        let Expr::Binary(left, Operator::Equal, right) = part else {
            continue;
        };
        let found = find(0, greatest, |candidate| {
            made.values[index] = Value::integer(candidate);
            let scope = made.scope();
            scope.eval(left)?.checked_sub(scope.eval(right)?)
        });
        if let Some(found) = found {
            made.values[index] = Value::integer(found);
            let scope = made.scope();
            if parts.iter().all(|part| scope.eval(part) == Some(1)) {
                return;
            }
        }
    }
    made.values[index] = before;
}

/// What must hold for a condition to hold.
fn conjuncts<'e>(condition: &'e Expr, found: &mut Vec<&'e Expr>) {
    match condition {
        Expr::Binary(left, Operator::And, right) => {
            conjuncts(left, found);
            conjuncts(right, found);
        }
        condition => found.push(condition),
    }
}

/// A number from 0 to `greatest` for which `f` gives `target`: where `f` is a
/// line, or else only grows.
fn find(target: i128, greatest: i128, mut f: impl FnMut(i128) -> Option<i128>) -> Option<i128> {
    // Past the line's first point, which a division may not have.
    if let (Some(first), Some(second)) = (f(1), f(2))
        && let Some(slope) = second.checked_sub(first)
        && let Some(rise) = target.checked_sub(first)
        && let Some(steps) = rise.checked_div(slope)
    {
        let candidate = steps.saturating_add(1);
        if (0..=greatest).contains(&candidate) && f(candidate) == Some(target) {
            return Some(candidate);
        }
    }
    let (mut low, mut high) = (0, greatest);
    while low < high {
        let middle = low + (high - low) / 2;
        // What overflows is past all targets.
        if f(middle).is_some_and(|value| value < target) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (f(low) == Some(target)).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn lines_and_curves() {
        assert_eq!(find(12, 255, |x| Some(x * 3)), Some(4));
        assert_eq!(find(12, 255, |x| Some(x - 4)), Some(16));
        assert_eq!(find(12, 255, |x| Some(24 - x)), Some(12));
        assert_eq!(find(12, 255, |x| Some(100 - 2 * x)), Some(44));
        assert_eq!(find(12, 255, |x| Some(x / 8)), Some(96));
        assert_eq!(find(49, 255, |x| Some(x * x)), Some(7));
        assert_eq!(find(6, 255, |x| 12_i128.checked_div(x)), Some(2));
    }

    #[test]
    fn what_has_no_solution() {
        assert_eq!(find(13, 255, |x| Some(x * 3)), None);
        assert_eq!(find(300, 255, Some), None);
        assert_eq!(find(50, 255, |x| Some(x * x)), None);
        assert_eq!(find(1, i128::MAX, |_| None), None);
    }
}
