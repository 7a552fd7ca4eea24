//! Text in HTML, so that nothing in it is markup.

use crate::layout::{Block, Layout, Word, Words};

/// Text in which nothing is markup, in attributes, too.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(it),
            // No document may hold them.
            it if it.is_control() => escaped.push('\u{FFFD}'),
            it => escaped.push(it),
        }
    }
    escaped
}

/// Code.
pub fn code(code: &str) -> String {
    format!("<code>{}</code>", text(code))
}

/// Words: code as code, types as links.
pub fn inline(layout: &Layout<'_>, words: &Words) -> String {
    let words = words.0.iter().map(|word| match word {
        Word::Text(said) => text(said),
        Word::Code(found) => code(found),
        Word::Type { name, index } => match layout.anchor(*index) {
            Some(anchor) => format!("<a href=\"#{}\">{}</a>", text(anchor), code(name)),
            None => code(name),
        },
    });
    words.collect()
}

/// Parts of a docstring.
pub fn blocks(layout: &Layout<'_>, blocks: &[Block]) -> String {
    let blocks = blocks.iter().map(|block| match block {
        Block::Paragraph(words) => format!("<p>{}</p>", inline(layout, words)),
        Block::List(items) => {
            let items = items
                .iter()
                .map(|item| format!("<li>{}</li>", inline(layout, item)));
            format!("<ul>{}</ul>", items.collect::<String>())
        }
        Block::Verbatim(lines) => format!("<pre class=\"verbatim\">{}</pre>", text(lines)),
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_text_is_markup() {
        let attack = "\"><script>alert('&')</script>\0";
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;\u{FFFD}";
        assert_eq!(text(attack), escaped);
    }
}
