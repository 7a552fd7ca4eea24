//! Docstrings, as far as documents show them: paragraphs, lists, code.
//!
//! They may come from a stranger's file. Nothing of them is taken for markup
//! but what is told here; links lose their targets.

use super::{Word, Words};

/// A part of a docstring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Text that flows.
    Paragraph(Words),
    /// Items.
    List(Vec<Words>),
    /// Lines as they are.
    Verbatim(String),
}

/// The blocks of a docstring.
pub fn blocks(doc: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text: Vec<String> = Vec::new();
    let mut items: Vec<String> = Vec::new();
    let mut verbatim: Option<Vec<&str>> = None;
    for line in doc.lines() {
        let trimmed = line.trim();
        if let Some(lines) = &mut verbatim {
            if trimmed.starts_with("```") {
                blocks.push(Block::Verbatim(lines.join("\n")));
                verbatim = None;
            } else {
                lines.push(line);
            }
            continue;
        }
        let item = trimmed.strip_prefix("- ").or(trimmed.strip_prefix("* "));
        let row = trimmed.starts_with('|');
        if trimmed.starts_with("```") {
            flush(&mut text, &mut items, &mut blocks);
            verbatim = Some(Vec::new());
        } else if trimmed.is_empty() {
            flush(&mut text, &mut items, &mut blocks);
        } else if let Some(item) = item {
            flush_text(&mut text, &mut blocks);
            items.push(item.to_owned());
        } else if row {
            flush(&mut text, &mut items, &mut blocks);
            match blocks.last_mut() {
                Some(Block::Verbatim(rows)) => {
                    rows.push('\n');
                    rows.push_str(trimmed);
                }
                _ => blocks.push(Block::Verbatim(trimmed.to_owned())),
            }
        } else if let Some(last) = items.last_mut() {
            last.push(' ');
            last.push_str(trimmed);
        } else {
            text.push(trimmed.trim_start_matches('#').trim_start().to_owned());
        }
    }
    if let Some(lines) = verbatim {
        blocks.push(Block::Verbatim(lines.join("\n")));
    }
    flush(&mut text, &mut items, &mut blocks);
    blocks
}

fn flush(text: &mut Vec<String>, items: &mut Vec<String>, blocks: &mut Vec<Block>) {
    flush_text(text, blocks);
    if !items.is_empty() {
        let items = core::mem::take(items);
        blocks.push(Block::List(items.iter().map(|item| inline(item)).collect()));
    }
}

fn flush_text(text: &mut Vec<String>, blocks: &mut Vec<Block>) {
    if !text.is_empty() {
        blocks.push(Block::Paragraph(inline(&text.join(" "))));
        text.clear();
    }
}

/// Text with code between backticks, and links.
fn inline(text: &str) -> Words {
    let mut words = Words::default();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '[']) {
        let (before, from) = rest.split_at(at);
        words = words.text(before);
        // Both are one byte long.
        let (mark, behind) = from.split_at(1);
        let found = match code(from) {
            Some((found, after)) => Some((Words::default().code(found), after)),
            None => link(from),
        };
        let (found, after) = found.unwrap_or_else(|| (Words::of(mark), behind));
        words = words.and(found);
        rest = after;
    }
    words.text(rest)
}

/// What is between backticks at the start, and what is behind them.
fn code(text: &str) -> Option<(&str, &str)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let (fence, inner) = text.split_at(ticks);
    let end = inner.find(fence)?;
    let found = inner[..end].trim();
    (!found.is_empty()).then_some((found, &inner[end + ticks..]))
}

/// The text of the link at the start, and what is behind it.
fn link(text: &str) -> Option<(Words, &str)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find([']', '['])?;
    let (label, after) = (&inner[..end], inner[end..].strip_prefix(']')?);
    let target_end = after.strip_prefix('(').and_then(|it| it.find(')'));
    let after = match target_end {
        Some(end) => &after[end + 2..],
        // A type, as rustdoc finds it by its name; all else is no link.
        None if label.starts_with('`') => after,
        None => return None,
    };
    let label = match label.strip_prefix('`').and_then(|it| it.strip_suffix('`')) {
        Some(name) => Words(vec![Word::Code(name.to_owned())]),
        None => Words::of(label),
    };
    Some((label, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docstrings_are_paragraphs_lists_and_code() {
        let found = blocks("One\n`two`.\n\n- a\n  b\n- c\n\n```\n<x>\n```\n| d |\n| e |");
        let one = Words::of("One ").code("two").text(".");
        assert_eq!(
            found,
            [
                Block::Paragraph(one),
                Block::List(vec![Words::of("a b"), Words::of("c")]),
                Block::Verbatim("<x>\n| d |\n| e |".into()),
            ]
        );
    }

    #[test]
    fn links_lose_their_targets() {
        let of = |text| match blocks(text).remove(0) {
            Block::Paragraph(words) => words,
            other => panic!("{other:?}"),
        };
        assert_eq!(of("See [here](javascript:alert(1))!").plain(), "See here)!");
        assert_eq!(of("A [`Seat`]."), Words::of("A ").code("Seat").text("."));
        assert_eq!(of("a[0] [b").plain(), "a[0] [b");
        assert_eq!(of("one ` tick").plain(), "one ` tick");
        assert_eq!(of("a ``` `` ```").plain(), "a ``");
    }
}
