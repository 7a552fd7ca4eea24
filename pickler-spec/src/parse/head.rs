//! The head of a file: what is agreed on beside the messages.

use pickler::schema::{Handshake, KeepAlive};

use super::input::{Input, Result, fail};
use super::lex::{eat, eat_word, expect_word, here, name, peek_word};
use super::literal::{bytes, positive, sees_text, text};
use super::source::{Sourced, Span};
use super::types;
use crate::mistakes;

/// What the head tells.
#[derive(Default)]
pub struct Head {
    pub name: String,
    pub version: Option<String>,
    pub handshake: Option<Handshake>,
    pub keep_alive: Option<(KeepAlive, Span)>,
    pub max_message: Option<u64>,
    pub root: Option<Sourced>,
    /// The words that were there.
    told: Vec<String>,
}

impl Head {
    /// One line.
    pub fn line(&mut self, input: &mut Input<'_>) -> Result<()> {
        let word = peek_word(input);
        let span = here(input);
        eat_word(word, input);
        if self.told.iter().any(|told| told == word) {
            let message = format!("`{word}` is told before");
            return Err(fail(mistakes::GIVEN_TWICE, span, message));
        }
        self.told.push(word.to_owned());
        match word {
            "protocol" => {
                // Some formats have no name.
                if !eat("``", input) {
                    let word = name("the name of the protocol", input)?;
                    word.text.clone_into(&mut self.name);
                }
                if sees_text(input) {
                    self.version = Some(text("its version", input)?.0);
                }
            }
            "handshake" => self.handshake = Some(handshake(input)?),
            "keep-alive" => {
                let message = name("the name of a message", input)?;
                expect_word("after", input)?;
                let (after_ms, _) = positive("a time", input)?;
                expect_word("ms", input)?;
                let alive = KeepAlive {
                    message: message.text.to_owned(),
                    after_ms,
                };
                self.keep_alive = Some((alive, message.span));
            }
            "max-message" => {
                self.max_message = Some(positive("the size of a message", input)?.0);
            }
            _ => self.root = Some(types::any(input)?),
        }
        Ok(())
    }
}

fn handshake(input: &mut Input<'_>) -> Result<Handshake> {
    let what = "what is sent, such as `b\"TABLE 1\\n\"`";
    if eat_word("client", input) {
        let client = bytes(what, input)?.0.into();
        expect_word("server", input)?;
        let server = bytes(what, input)?.0.into();
        return Ok(Handshake { client, server });
    }
    let both: Box<[u8]> = bytes(what, input)?.0.into();
    Ok(Handshake {
        client: both.clone(),
        server: both,
    })
}
