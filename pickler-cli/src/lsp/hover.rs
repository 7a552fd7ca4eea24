//! What is told of what is under the cursor.

use pickler::schema::Protocol;
use pickler_spec::Item;

/// A definition or a member of one, what it says of itself, and how much it takes.
pub fn about(item: &Item, source: &str, protocol: Option<&Protocol>) -> String {
    let span = item.span.clone();
    let text = source.get(span).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    let shown: String = first.chars().take(200).collect();
    let shown = format!("```pickler\n{}\n```", shown.trim_end_matches(['{', ' ']));
    let size = protocol.and_then(|protocol| size(protocol, &item.name));
    let parts = [shown, item.doc.clone(), size.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join("\n\n")
}

/// How much a type takes.
fn size(protocol: &Protocol, name: &str) -> Option<String> {
    let schema = &protocol.schema;
    let (name, number) = match name.split_once('#') {
        Some((name, number)) => (name, number.parse().ok()?),
        None => (name, 1_usize),
    };
    let mut all = schema.types().iter().filter(|it| *it.name == *name);
    let definition = all.nth(number.checked_sub(1)?)?;
    let (least, most) = pickler_faces::size(schema, &definition.shape);
    Some(in_words(least, most))
}

fn in_words(least: u64, most: Option<u64>) -> String {
    let is_whole = |bits: u64| bits.is_multiple_of(8);
    let (unit, bits) = if is_whole(least) && most.is_none_or(is_whole) {
        ("byte", 8)
    } else {
        ("bit", 1)
    };
    let counted = |count: u64| {
        let plural = if count == bits { "" } else { "s" };
        format!("{} {unit}{plural}", count / bits)
    };
    match most {
        Some(most) if most == least => counted(most),
        Some(most) => format!("{} to {}", least / bits, counted(most)),
        None if least == 0 => "of any size".to_owned(),
        None => format!("{} or more", counted(least)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_words() {
        assert_eq!(in_words(8, Some(8)), "1 byte");
        assert_eq!(in_words(3, Some(3)), "3 bits");
        assert_eq!(in_words(16, Some(48)), "2 to 6 bytes");
        assert_eq!(in_words(8, Some(9)), "8 to 9 bits");
        assert_eq!(in_words(16, None), "2 bytes or more");
        assert_eq!(in_words(0, None), "of any size");
        assert_eq!(in_words(0, Some(0)), "0 bytes");
    }
}
