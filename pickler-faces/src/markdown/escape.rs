//! Text, code and links in Markdown, so that nothing in them is markup.

use crate::layout::{Block, Layout, Word, Words};

/// Text in which nothing is markup, at the start of a line.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_text(text, &mut escaped);
    escaped
}

/// Puts text behind Markdown, so that nothing in it is markup.
fn push_text(text: &str, markdown: &mut String) {
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let markup = match it {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '&' => next.is_alphanumeric() || next == '#',
            // Within a name it is itself.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            // At the start of a line it would begin a heading, a quotation, a
            // list; so would `1.`.
            '#' | '>' | '+' | '-' | '=' => markdown.is_empty(),
            '.' | ')' => !markdown.is_empty() && markdown.bytes().all(|it| it.is_ascii_digit()),
            // GitHub makes links of addresses.
            ':' => next == '/',
            '@' => before.is_alphanumeric(),
            _ => false,
        };
        if markup {
            markdown.push('\\');
        }
        markdown.push(if it.is_control() { ' ' } else { it });
        before = it;
    }
}

/// Code, whatever is in it.
pub fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    let fence = "`".repeat(longest_run(&text) + 1);
    let at_rim = |it| it == '`' || it == ' ';
    let bare = text.starts_with(at_rim) || text.ends_with(at_rim) || text.is_empty();
    let space = if bare { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Lines as they are.
pub fn verbatim(text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let text: String = text
        .chars()
        .map(|it| {
            if it.is_control() && it != '\n' {
                ' '
            } else {
                it
            }
        })
        .collect();
    format!("{fence}text\n{}\n{fence}\n\n", text.trim_end_matches('\n'))
}

/// How many backticks follow each other.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|it| it != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// Markdown in the cell of a table.
pub fn cell(markdown: &str) -> String {
    let mut escaped = String::with_capacity(markdown.len());
    let mut before = ' ';
    for it in markdown.chars() {
        if it == '|' && before != '\\' {
            escaped.push('\\');
        }
        escaped.push(it);
        before = it;
    }
    escaped
}

/// Words: code as code, types as links.
pub fn inline(layout: &Layout<'_>, words: &Words) -> String {
    let mut markdown = String::new();
    for word in &words.0 {
        match word {
            Word::Text(said) => push_text(said, &mut markdown),
            Word::Code(found) => markdown.push_str(&code(found)),
            Word::Type { name, index } => match layout.anchor(*index) {
                Some(anchor) => put!(markdown, "[{}](#{anchor})", code(name)),
                None => markdown.push_str(&code(name)),
            },
        }
    }
    markdown
}

/// A part of a docstring.
pub fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(words) => format!("{}\n\n", plain(words)),
        Block::List(items) => {
            let items = items.iter().map(|item| format!("- {}\n", plain(item)));
            items.collect::<String>() + "\n"
        }
        Block::Verbatim(text) => verbatim(text),
    }
}

/// Words without types.
pub fn plain(words: &Words) -> String {
    let mut markdown = String::new();
    for word in &words.0 {
        match word {
            Word::Text(said) => push_text(said, &mut markdown),
            Word::Code(found) | Word::Type { name: found, .. } => markdown.push_str(&code(found)),
        }
    }
    markdown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_text_is_markup() {
        assert_eq!(text("<script>a*b_c* [x](y)"), r"\<script>a\*b_c\* \[x\](y)");
        assert_eq!(text("- a - b"), r"\- a - b");
        assert_eq!(text("1. a.b"), r"1\. a.b");
        assert_eq!(text("&lt; & &"), r"\&lt; & &");
        assert_eq!(text("https://x.y a@b.c"), r"https\://x.y a\@b.c");
        assert_eq!(text("a\nb"), "a b");
    }

    #[test]
    fn code_is_code_whatever_is_in_it() {
        assert_eq!(code("a || b"), "`a || b`");
        assert_eq!(code("`a``b"), "``` `a``b ```");
        assert_eq!(cell(&code("a || b")), r"`a \|\| b`");
        assert_eq!(cell(&text("a|b")), r"a\|b");
        assert_eq!(verbatim("```\nx"), "````text\n```\nx\n````\n\n");
    }
}
