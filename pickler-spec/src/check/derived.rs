//! Derived fields that follow from each other.

use std::collections::HashMap;

use pickler::schema::{Expr, Record, Schema, Shape};

use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::parse::source::Source;

/// In how many ways a field may follow from others.
const MOST_WAYS: u64 = 1_000;

/// Says so where derived fields follow from each other in a circle, or in more ways
/// than can be gone.
pub fn circles(record: &Record, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let derived: Vec<(usize, &Expr)> = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(place, field)| Some((place, field.derived.as_ref()?)))
        .collect();
    let places: HashMap<&str, usize> = derived
        .iter()
        .enumerate()
        .map(|(index, (place, _))| (&*record.fields[*place].name, index))
        .collect();
    let looks_at: Vec<Vec<usize>> = derived
        .iter()
        .enumerate()
        .map(|(index, (_, expr))| {
            let mut found = Vec::new();
            expr.walk(&mut |part| {
                if let Expr::Field(name)
                | Expr::SizeOf(name)
                | Expr::OffsetOf(name)
                | Expr::Present(name) = part
                    && let Some(other) = places.get(name.as_str())
                    && *other != index
                    // The value of a later one is told where it is looked at.
                    && !(*other > index && matches!(part, Expr::Field(_)))
                    && !found.contains(other)
                {
                    found.push(*other);
                }
            });
            found
        })
        .collect();
    let mut report = |index: usize, mistake, message: &str| {
        let place = derived[index].0;
        let member = source.members.get(place);
        let span = member.map_or(source.span, |member| member.derived);
        diagnostics.push(Diagnostic::new(mistake, span, message));
    };
    // Those of which all is known that they look at, over and over.
    let mut ways: Vec<Option<u64>> = vec![None; derived.len()];
    let mut waiting: Vec<usize> = looks_at.iter().map(Vec::len).collect();
    let mut seen_by: Vec<Vec<usize>> = vec![Vec::new(); derived.len()];
    for (index, others) in looks_at.iter().enumerate() {
        for &other in others {
            seen_by[other].push(index);
        }
    }
    let mut ready: Vec<usize> = (0..derived.len()).filter(|it| waiting[*it] == 0).collect();
    while let Some(index) = ready.pop() {
        let others = looks_at[index].iter().filter_map(|other| ways[*other]);
        let all = others.fold(1_u64, u64::saturating_add);
        ways[index] = Some(all);
        if all > MOST_WAYS {
            let message = "this follows from others in too many ways";
            report(index, mistakes::TOO_MUCH, message);
            return;
        }
        for &later in &seen_by[index] {
            waiting[later] -= 1;
            if waiting[later] == 0 {
                ready.push(later);
            }
        }
    }
    if let Some(index) = ways.iter().position(Option::is_none) {
        let message = "derived fields follow from each other in a circle";
        report(index, mistakes::NOT_YET_KNOWN, message);
    }
}

/// Says so where how long a field is follows from sizes, of which it is one.
pub fn lengths(
    schema: &Schema,
    record: &Record,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (field, member) in record.fields.iter().zip(&source.members) {
        let Some(derived) = &field.derived else {
            continue;
        };
        if has_varint(schema, &field.shape) && follows_sizes(derived, record) {
            let message =
                "a varint cannot follow from sizes: how long it is would follow from itself";
            diagnostics.push(Diagnostic::new(
                mistakes::SIZE_NOT_KNOWN,
                member.derived,
                message,
            ));
        }
    }
}

/// An integer takes as many bytes as it needs.
fn has_varint(schema: &Schema, shape: &Shape) -> bool {
    match schema.meaning(shape) {
        Shape::Varint(_) | Shape::Choice { .. } => true,
        Shape::Optional { item, .. } | Shape::Shown { item, .. } | Shape::Means { item, .. } => {
            has_varint(schema, item)
        }
        _ => false,
    }
}

/// An expression looks at sizes, or at what follows from them.
pub fn follows_sizes(expr: &Expr, record: &Record) -> bool {
    let mut follows = vec![expr];
    let mut seen = Vec::new();
    while let Some(expr) = follows.pop() {
        if expr.uses_sizes() {
            return true;
        }
        for (place, field) in record.fields.iter().enumerate() {
            if let Some(derived) = &field.derived
                && !seen.contains(&place)
                && expr.mentions(&field.name)
            {
                seen.push(place);
                follows.push(derived);
            }
        }
    }
    false
}
