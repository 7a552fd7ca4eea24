//! The report for documents.

use std::fmt::Write;

use super::Report;

impl Report {
    /// The report as Markdown, with a heading of the first level.
    pub fn to_markdown(&self) -> String {
        let (old, new) = self.titles();
        let mut text = format!("# {old} to {new}\n\n");
        let mut line = |line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        line(&format!("{}.", capitalized(&self.summary())));
        line(
            "\nEach line of bytes was written by one version, and shows what the other reads of it. \
             `pickler diff` makes such pages.",
        );
        let mut kind = None;
        for finding in &self.findings {
            if kind != Some(finding.kind()) {
                kind = Some(finding.kind());
                line(&format!("\n## {}\n", capitalized(finding.kind())));
            }
            let mut item = String::new();
            // Writing to a `String` does not fail.
            let _ = write!(item, "- **{}**: {}", finding.place(), finding.change);
            for line in finding.lines() {
                let _ = write!(item, "\n  - {line}");
            }
            line(&item);
        }
        text
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
