//! What is agreed on beside messages, as sentences.

use pickler::schema::LengthCounts;

use super::literal::bytes;
use super::{Layout, Words, units};

impl Layout<'_> {
    /// How messages begin, what is sent before them, how long they may be, and
    /// in which order bytes come.
    pub fn facts(&self) -> Vec<Words> {
        let protocol = self.protocol;
        let mut facts = self.framing();
        if let Some(handshake) = &protocol.handshake {
            let client = bytes(&handshake.client);
            facts.push(if handshake.client == handshake.server {
                Words::of("Both ends send ")
                    .code(client)
                    .text(" before their first message.")
            } else {
                Words::of("Before its first message, the client sends ")
                    .code(client)
                    .text(", the server ")
                    .code(bytes(&handshake.server))
                    .text(".")
            });
        }
        if let Some(keep_alive) = &protocol.keep_alive {
            let after = format!(
                " is sent after {} ms without another message.",
                keep_alive.after_ms
            );
            facts.push(Words::default().code(&keep_alive.message).text(after));
        }
        if let Some(most) = protocol.max_message {
            let most = units(most, "byte");
            facts.push(Words::of(format!("A message has at most {most}.")));
        }
        if self.is_big_endian() {
            facts.push(Words::of(
                "All integers are big-endian: the most significant byte comes first.",
            ));
        }
        facts
    }

    fn framing(&self) -> Vec<Words> {
        let Some(framing) = &self.framing else {
            return Vec::new();
        };
        let code = Words::of("its code (").and(framing.tag.clone()).text(")");
        let length = framing.length.clone();
        let length = length.map(|it| Words::of("its length (").and(it).text(")"));
        let words = Words::of("A message is ");
        let mut facts = vec![
            match length {
                None => words.and(code),
                Some(length) if framing.length_first => words.and(length).text(", ").and(code),
                Some(length) => words.and(code).text(", ").and(length),
            }
            .text(" and its fields."),
        ];
        facts.extend(framing.counts.map(|counts| {
            let what = match (counts, framing.length_first) {
                (LengthCounts::Body, false) => "the fields",
                (LengthCounts::Body, true) => "code and fields",
                (LengthCounts::Rest, false) => "itself and the fields",
                (LengthCounts::Rest, true) => "itself, code and fields",
                (LengthCounts::Message, _) => "code, itself and the fields",
            };
            Words::of(format!("The length counts {what}, in bytes."))
        }));
        facts.extend(framing.other.as_ref().map(|other| {
            Words::of("Messages of other codes are kept as ")
                .code(other)
                .text(".")
        }));
        facts
    }
}
