//! Places in texts, and texts that terminals show as they are.

use std::borrow::Cow;

/// The last start of a character that is not behind an offset.
pub fn boundary_before(text: &str, at: usize) -> usize {
    let mut places = (0..=at.min(text.len())).rev();
    places.find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The first start of a character that is not before an offset.
pub fn boundary_behind(text: &str, at: usize) -> usize {
    let mut places = at..text.len();
    let found = places.find(|at| text.is_char_boundary(*at));
    found.unwrap_or(text.len())
}

/// Where the line of an offset, which is the start of a character, starts.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The text in one line, with escapes for what a terminal does instead of
/// showing it.
pub fn inert(text: &str) -> Cow<'_, str> {
    let acts = |it: char| {
        // Those that turn the direction of what stands around them, too.
        it.is_control() || matches!(it, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(acts) {
        return text.into();
    }
    let mut inert = String::with_capacity(text.len());
    for character in text.chars() {
        if acts(character) {
            inert.extend(character.escape_default());
        } else {
            inert.push(character);
        }
    }
    inert.into()
}
