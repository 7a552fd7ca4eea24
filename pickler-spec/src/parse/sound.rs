//! What can be checked of a spec of which some lines have mistakes.

use std::collections::{HashMap, HashSet};

use super::definition::Defined;
use super::input::State;
use super::names::are_known;

/// Keeps those definitions that have no mistake and mention nothing that has one:
/// what is said of them is no consequence of another mistake. Gives `places` those
/// that they have then; says whether there are any.
pub fn keep(
    definitions: &mut Vec<Defined<'_>>,
    places: &mut [Option<usize>],
    state: &State<'_>,
) -> bool {
    let is_sound = sound(definitions, places, state);
    let mut kept = 0;
    let now: Vec<Option<usize>> = is_sound
        .iter()
        .map(|is_sound| {
            let place = is_sound.then_some(kept);
            kept += usize::from(*is_sound);
            place
        })
        .collect();
    for place in places {
        *place = place.and_then(|place| now[place]);
    }
    let mut is_sound = is_sound.into_iter();
    definitions.retain(|_| is_sound.next() == Some(true));
    kept > 0
}

fn sound(definitions: &[Defined<'_>], places: &[Option<usize>], state: &State<'_>) -> Vec<bool> {
    let names: HashSet<&str> = definitions.iter().map(|it| it.name.text).collect();
    // A name that stands anywhere in a definition may be that of a type.
    let mut mentions: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, defined) in definitions.iter().enumerate() {
        let text = state.source.get(defined.span.start..defined.span.end);
        let words = text
            .unwrap_or_default()
            .split(|it: char| !it.is_alphanumeric() && it != '_');
        for word in words.filter(|it| names.contains(it) || state.defined.contains(it)) {
            mentions.entry(word).or_default().push(place);
        }
    }
    let mut is_sound = vec![true; definitions.len()];
    let mut broken: Vec<&str> = state.defined.difference(&names).copied().collect();
    for (place, defined) in definitions.iter().enumerate() {
        let mut shapes = defined
            .parameters
            .iter()
            .map(|(parameter, _)| &parameter.shape)
            .chain([&defined.shape.shape]);
        if defined.is_broken || !shapes.all(|shape| are_known(shape, places)) {
            is_sound[place] = false;
            broken.push(defined.name.text);
        }
    }
    while let Some(name) = broken.pop() {
        for place in mentions.remove(name).unwrap_or_default() {
            if std::mem::replace(&mut is_sound[place], false) {
                broken.push(definitions[place].name.text);
            }
        }
    }
    is_sound
}
