//! Which types there are, and which are meant.

use std::collections::{HashMap, HashSet};

use pickler::schema::{Shape, TypeRef};

use super::definition::Defined;
use super::input::{MOST_DIAGNOSTICS, State};
use super::source::Span;
use crate::diagnostic::Diagnostic;
use crate::keywords;
use crate::mistakes;
use crate::suggestion::did_you_mean;

/// The names of the types of a file, found before it is read: what follows a
/// keyword of a definition at the start of a line, or what may be one.
pub fn defined(source: &str) -> HashSet<&str> {
    source.lines().filter_map(defined_in).collect()
}

fn defined_in(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let keyword = keywords::DEFINITIONS
        .iter()
        .find(|word| line.starts_with(**word))?;
    let behind = &line[keyword.len()..];
    let name = behind.trim_start();
    if name.len() == behind.len() {
        return None;
    }
    if let Some(quoted) = name.strip_prefix('`') {
        return quoted.split_once('`').map(|(name, _)| name);
    }
    let end = name.find(|it: char| !it.is_alphanumeric() && it != '_');
    Some(&name[..end.unwrap_or(name.len())])
}

/// The place of each type that is mentioned among those that are defined; `None`
/// where there is none.
pub fn resolve(
    definitions: &[Defined<'_>],
    state: &State<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<usize>> {
    let mut places: HashMap<(&str, usize), usize> = HashMap::new();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (place, defined) in definitions.iter().enumerate() {
        let name = defined.name.text;
        let number = count.entry(name).or_default();
        *number += 1;
        if defined.number != *number && diagnostics.len() < MOST_DIAGNOSTICS {
            let span = defined.name.span;
            let message = if defined.number == 1 {
                format!("there is a type `{name}` before")
            } else {
                format!("this is type {number} of the name `{name}`")
            };
            let written = if *number == 1 {
                format!("`{name}`")
            } else {
                format!("`{name}#{number}`")
            };
            let help = format!("give it another name, or write {written}");
            diagnostics.push(Diagnostic::new(mistakes::NAME_TAKEN, span, message).help(help));
        }
        places.insert((name, *number), place);
    }
    let has_mistakes = !diagnostics.is_empty();
    let find = |(name, number, span): &(&str, usize, Span)| {
        let found = places.get(&(*name, *number)).copied();
        // That of a definition with a mistake is known.
        let is_broken = has_mistakes && !count.contains_key(name) && state.defined.contains(name);
        if found.is_none() && !is_broken && diagnostics.len() < MOST_DIAGNOSTICS {
            diagnostics.push(unknown(name, *number, *span, &count));
        }
        found
    };
    state.mentioned.iter().map(find).collect()
}

fn unknown(name: &str, number: usize, span: Span, count: &HashMap<&str, usize>) -> Diagnostic {
    if let Some(known) = count.get(name) {
        let message = format!("there is no type {number} of the name `{name}`, but {known}");
        return Diagnostic::new(mistakes::UNKNOWN_TYPE, span, message);
    }
    let known = count.keys().copied().chain(keywords::TYPES.iter().copied());
    let message = format!("there is no type `{name}`{}", did_you_mean(name, known));
    Diagnostic::new(mistakes::UNKNOWN_TYPE, span, message)
}

/// All types that a shape mentions have a place.
pub fn are_known(shape: &Shape, places: &[Option<usize>]) -> bool {
    if let Shape::Named(reference) = shape {
        return places.get(reference.index()).copied().flatten().is_some();
    }
    let mut parts = shape.parts().into_iter();
    parts.all(|part| are_known(part, places))
}

/// Gives all types that a shape mentions their places; says whether all have one.
pub fn rename(shape: &mut Shape, places: &[Option<usize>]) -> bool {
    if let Shape::Named(reference) = shape {
        let place = places.get(reference.index()).copied().flatten();
        *reference = TypeRef::at(place.unwrap_or_default());
        return place.is_some();
    }
    let mut complete = true;
    for part in shape.parts_mut() {
        complete &= rename(part, places);
    }
    complete
}
