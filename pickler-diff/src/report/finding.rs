//! One thing that was found.

use pickler::schema::Protocol;

use super::{Outcome, Part, Side, Verdict, Witness};

/// What is said where nothing shows what becomes of bytes.
pub(super) const UNKNOWN: &str = "not known";

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The messages that it is in; none if it is in all, or beside them.
    pub messages: Vec<String>,
    /// The field in the message; empty if it is the message itself.
    pub field: String,
    /// What has changed.
    pub change: String,
    /// Who reads the other in spite of it, if nothing else had changed.
    pub verdict: Verdict,
    /// Nothing is refused, but what is read means something else.
    pub misread: bool,
    /// Who can write something of which it is not known what the other reads: no
    /// value of it was made in which what has changed takes part. It counts as if
    /// it was not read.
    pub untried: Vec<Side>,
    /// What shows it: one for each way in which they do not understand each
    /// other, or one that shows that they do. None if it is about names,
    /// defaults or what is agreed on beside the bytes, or messages longer than
    /// what is tried.
    pub witnesses: Vec<Witness>,
}

impl Finding {
    /// What becomes of bytes, in a few words.
    pub(super) fn kind(&self) -> &'static str {
        if self.is_unknown() {
            return UNKNOWN;
        }
        self.verdict.kind(self.misread)
    }

    /// Nothing shows what becomes of bytes.
    pub fn is_unknown(&self) -> bool {
        !self.untried.is_empty() && self.witnesses.is_empty()
    }

    /// About what is not in the bytes.
    pub(crate) fn note(messages: &[String], field: &str, change: String) -> Self {
        Self {
            messages: messages.to_vec(),
            field: field.to_owned(),
            change,
            verdict: Verdict::COMPATIBLE,
            misread: false,
            untried: Vec::new(),
            witnesses: Vec::new(),
        }
    }

    /// Each end shows the other which version it speaks.
    pub(crate) fn of_handshakes(old: &Protocol, new: &Protocol) -> Self {
        let sent = |protocol: &Protocol| match &protocol.handshake {
            Some(handshake) => handshake.client.to_vec(),
            None => Vec::new(),
        };
        let (before, after) = (sent(old), sent(new));
        let told = |bytes: &[u8]| match bytes {
            [] => "none".into(),
            bytes => format!("`{}`", bytes.escape_ascii()),
        };
        let witness = |writer, bytes: &[u8], expected: &[u8]| {
            let outcome = Outcome::WrongHandshake {
                expected: expected.to_vec(),
            };
            Witness::of_bytes(writer, Part::Handshake, bytes.to_vec(), outcome)
        };
        let change = format!(
            "the handshake was {}, and is {}",
            told(&before),
            told(&after)
        );
        let witnesses = vec![
            witness(Side::Old, &before, &after),
            witness(Side::New, &after, &before),
        ];
        Self {
            messages: Vec::new(),
            field: String::new(),
            change,
            verdict: Verdict::BREAKING,
            misread: false,
            untried: Vec::new(),
            witnesses,
        }
    }
}
