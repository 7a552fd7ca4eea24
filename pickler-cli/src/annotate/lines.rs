//! Text that is broken into lines, before a terminal breaks it anywhere.

use crate::paint::{Ink, Paint};

/// How far all lines but the first are indented.
const HANGING: usize = 2;

/// Pieces of text, between which a line may end.
#[derive(Default)]
pub struct Pieces(Vec<(Option<Ink>, String)>);

impl Pieces {
    pub fn add(&mut self, ink: Option<Ink>, text: impl Into<String>) {
        self.0.push((ink, text.into()));
    }
}

/// Lines of so many columns. A piece that is longer than one is broken anywhere.
pub fn lines(pieces: &Pieces, width: usize, paint: Paint) -> Vec<String> {
    let mut lines = vec![Line::default()];
    for (ink, piece) in &pieces.0 {
        let mut rest = &**piece;
        while let Some(line) = lines.last_mut() {
            let size = rest.trim_end().chars().count();
            let room = width.saturating_sub(line.columns);
            if size <= room {
                line.add(*ink, rest);
                break;
            }
            if size + HANGING > width {
                let end = rest.char_indices().nth(room);
                let (first, behind) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
                line.add(*ink, first);
                rest = behind;
            }
            lines.push(Line::hanging());
        }
    }
    lines.into_iter().map(|line| line.painted(paint)).collect()
}

#[derive(Default)]
struct Line {
    columns: usize,
    indent: usize,
    /// Neighbours of one colour are one.
    runs: Vec<(Option<Ink>, String)>,
}

impl Line {
    fn hanging() -> Self {
        Self {
            columns: HANGING,
            indent: HANGING,
            runs: Vec::new(),
        }
    }

    fn add(&mut self, ink: Option<Ink>, text: &str) {
        let text = if self.columns == self.indent {
            text.trim_start()
        } else {
            text
        };
        self.columns += text.chars().count();
        match self.runs.last_mut() {
            Some((last, run)) if *last == ink => run.push_str(text),
            _ => self.runs.push((ink, text.to_owned())),
        }
    }

    fn painted(mut self, paint: Paint) -> String {
        if let Some((_, last)) = self.runs.last_mut() {
            last.truncate(last.trim_end().len());
        }
        let mut line = " ".repeat(self.indent);
        for (ink, run) in self.runs {
            match ink {
                Some(ink) => line += &paint.ink(ink, run),
                None => line += &run,
            }
        }
        line
    }
}
