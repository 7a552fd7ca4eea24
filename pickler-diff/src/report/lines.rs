//! What text and Markdown say alike.

use pickler::dynamic::json::to_hex;
use serde_json::Value as Json;

use super::finding::UNKNOWN;
use super::{Finding, Outcome, Part, Report, Title, Verdict, Witness};
use crate::changes::value_words;

/// Bytes past these are not shown.
const SHOWN: usize = 1024;

impl Report {
    /// What they are called.
    pub(super) fn titles(&self) -> (String, String) {
        let title = |title: &Title, unnamed: &str| match title.to_string() {
            name if name.is_empty() => unnamed.to_owned(),
            name => name,
        };
        (title(&self.old, "old"), title(&self.new, "new"))
    }

    fn kind(&self) -> &'static str {
        if self.is_unknown() {
            return UNKNOWN;
        }
        let findings = self.findings.iter();
        let mut wrong = findings.filter(|it| it.verdict != Verdict::COMPATIBLE);
        self.verdict().kind(wrong.all(|it| it.misread))
    }

    /// What holds in all, and how many findings of each kind there are.
    pub(super) fn summary(&self) -> String {
        if self.findings.is_empty() {
            return "compatible: they are the same".into();
        }
        let mut counts = Vec::new();
        for kind in self
            .findings
            .chunk_by(|one, next| one.kind() == next.kind())
        {
            counts.push(format!("{} {}", kind.len(), kind[0].kind()));
        }
        let unchanged = match self.unchanged {
            0 => String::new(),
            count => format!("; {} unchanged", plural(count, "message")),
        };
        format!(
            "{}: {} ({}){unchanged}",
            self.kind(),
            plural(self.findings.len(), "finding"),
            counts.join(", "),
        )
    }
}

impl Finding {
    /// Where it is: message and field.
    pub(super) fn place(&self) -> String {
        let place = match self.messages.as_slice() {
            [] if self.field.is_empty() => return "all".into(),
            [] => return self.field.clone(),
            messages => messages.join(", "),
        };
        match self.field.as_str() {
            "" => place,
            field => format!("{place}: {field}"),
        }
    }
}

impl Finding {
    /// What shows it, or why nothing does, a line for each.
    pub(super) fn lines(&self) -> Vec<String> {
        let witnesses = self.witnesses.iter().map(|it| it.line(&self.field));
        let untried = self.untried.iter().map(|writer| {
            let (writer, reader) = (writer.name(), writer.reader().name());
            format!(
                "not known: no value of {writer} was made that has it, and for which it matters, so nothing shows what {reader} reads"
            )
        });
        witnesses.chain(untried).collect()
    }
}

impl Witness {
    /// What it shows of a field, in one line.
    pub(super) fn line(&self, field: &str) -> String {
        let (writer, reader) = (self.writer.name(), self.writer.reader().name());
        let part = match &self.part {
            Part::Whole | Part::Handshake => "",
            Part::Fields { .. } => "the fields ",
        };
        let hex = match self.bytes.get(..SHOWN) {
            _ if self.bytes.is_empty() => "nothing".into(),
            Some(shown) if self.bytes.len() > SHOWN => format!(
                "{} bytes, of which the first {SHOWN} are `{}`",
                self.bytes.len(),
                to_hex(shown)
            ),
            _ => format!("`{}`", to_hex(&self.bytes)),
        };
        let outcome = match &self.outcome {
            Outcome::Same(_) => format!("{reader} reads the same"),
            Outcome::Refused(error) => format!("{reader} refuses: {error}"),
            Outcome::TooLong { limit } => format!(
                "{reader} refuses a message of {}: {limit} at most",
                plural(self.bytes.len(), "byte"),
            ),
            Outcome::WrongHandshake { expected } => {
                format!("{reader} expects `{}`", expected.escape_ascii())
            }
            Outcome::Differs { at, was, is, .. } => {
                let at = if at.is_empty() { "" } else { &format!(" {at}") };
                let short = |value| shortened(value_words(value));
                format!("{reader} reads{at} {}, not {}", short(is), short(was))
            }
        };
        let written = format!("{part}{hex}");
        match self.of_field(field) {
            Some(value) => format!("{writer} writes `{value}` as {written}; {outcome}"),
            None => format!("{writer} writes {written}; {outcome}"),
        }
    }

    /// What the field is in the value; the value itself, if that is not long.
    fn of_field(&self, field: &str) -> Option<String> {
        let fields = match &self.shown {
            Json::Object(variant) if variant.contains_key("fields") => &variant["fields"],
            Json::Null => return None,
            fields => fields,
        };
        let named = field.split(", ").filter_map(|name| {
            let name = name.split(['.', '[', ' ']).next()?;
            Some(format!("{name}: {}", fields.get(name)?))
        });
        let named: Vec<_> = named.collect();
        let told = match named.as_slice() {
            [] => fields.to_string(),
            _ => named.join(", "),
        };
        (told.len() <= 80 && told != "{}").then_some(told)
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

fn plural(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
