//! One, and several.

/// So many of something, and the verb for them: `1 is`, `2 are`.
pub fn so_many(count: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{count} {verb}")
}
