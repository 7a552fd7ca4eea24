//! What a misspelled name is perhaps meant to be.

/// Longer names are not looked for.
const LONGEST: usize = 100;

/// How many names are looked at, at the most.
const MOST: usize = 10_000;

/// The name that is nearest to one that there is not, as the end of a message:
/// empty, or `; did you mean ...?`.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    if name.is_empty() || name.len() > LONGEST {
        return String::new();
    }
    let known = known.into_iter().filter(|it| it.len() <= LONGEST);
    match pickler::nearest(name, known.take(MOST)).first() {
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    }
}
