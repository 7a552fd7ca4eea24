//! What a bot keeps in mind of the messages that it sees.

use std::cell::OnceCell;

use pickler::Error;
use pickler::dynamic::{Build, Value};

use super::{Catalogue, Datum, MessageId, Random};

/// What one bot keeps in mind, protocol by protocol: who it is, where it sits,
/// whose turn it is. It sees messages as they come and go, before the script
/// does.
pub trait Hook {
    /// A watched message came.
    fn received(&mut self, packet: &Packet<'_>, effects: &mut Effects<'_>);

    /// The script sent a message with these values.
    fn sent(&mut self, message: MessageId, values: &Value, effects: &mut Effects<'_>);

    /// The value of a field that the script left out, if it follows from what
    /// the bot knows.
    fn fill(&self, message: MessageId, field: &str) -> Option<Value>;

    /// Answers a question of the protocol's library.
    ///
    /// # Errors
    /// A question that it does not know, in words for the script's author.
    fn ask(
        &mut self,
        question: &str,
        arguments: &[Datum],
        random: &mut Random,
    ) -> Result<Datum, String>;

    /// The connection is gone; a new one may follow.
    fn disconnected(&mut self) {}
}

/// Keeps nothing in mind.
#[derive(Clone, Copy, Debug)]
pub struct NoHook;

impl Hook for NoHook {
    fn received(&mut self, _: &Packet<'_>, _: &mut Effects<'_>) {}

    fn sent(&mut self, _: MessageId, _: &Value, _: &mut Effects<'_>) {}

    fn fill(&self, _: MessageId, _: &str) -> Option<Value> {
        None
    }

    fn ask(&mut self, question: &str, _: &[Datum], _: &mut Random) -> Result<Datum, String> {
        Err(format!("this protocol has no answer to `{question}`"))
    }
}

/// What follows from a message that a hook saw.
#[derive(Debug)]
pub struct Effects<'a> {
    /// The bot's random numbers.
    pub random: &'a mut Random,
    /// Fields of `bot` to set, such as `serial`.
    pub fields: Vec<(&'static str, Datum)>,
    /// Events for the mailbox; their names begin with `@`.
    pub events: Vec<(&'static str, Datum)>,
    /// Hands (or rounds, or jobs) that the bot has finished with this message.
    pub hands: u32,
    /// The clock of the server's answer to an action starts or stops.
    pub clock: Option<Clock>,
}

/// The clock of the server's answer to an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The action was sent.
    Start,
    /// The answer came.
    Stop,
}

impl<'a> Effects<'a> {
    /// Nothing follows so far.
    pub fn new(random: &'a mut Random) -> Self {
        Self {
            random,
            fields: Vec::new(),
            events: Vec::new(),
            hands: 0,
            clock: None,
        }
    }
}

/// A message that came, decoded when it is looked at.
pub struct Packet<'a> {
    /// Which message it is.
    pub id: MessageId,
    /// Its bytes.
    pub frame: &'a [u8],
    /// The protocol's messages.
    pub catalogue: &'a Catalogue,
    values: OnceCell<Result<Value, Error>>,
}

impl<'a> Packet<'a> {
    /// A message in its raw form.
    pub fn new(id: MessageId, frame: &'a [u8], catalogue: &'a Catalogue) -> Self {
        Self {
            id,
            frame,
            catalogue,
            values: OnceCell::new(),
        }
    }

    /// The name of the message.
    pub fn name(&self) -> &str {
        &self.catalogue.message(self.id).name
    }

    /// Its fields: a record, or `Null` where it has none.
    ///
    /// # Errors
    /// If the bytes are no such message.
    pub fn values(&self) -> Result<&Value, &Error> {
        self.values
            .get_or_init(|| self.catalogue.decode(self.frame))
            .as_ref()
    }

    /// Its fields, if somebody has looked at them; or why they cannot be read, if
    /// somebody has tried.
    pub fn decoded(&self) -> Option<&Result<Value, Error>> {
        self.values.get()
    }

    /// What `build` makes of all of it, its name included, as it is read.
    ///
    /// # Errors
    /// If the bytes are no such message; that is remembered.
    pub fn decode_by<B: Build>(&self, build: &mut B) -> Result<B::Value, Error> {
        let made = self.catalogue.decode_by(self.frame, build);
        if let Err(error) = &made {
            self.values.get_or_init(|| Err(error.clone()));
        }
        made
    }

    /// Why it cannot be read, if somebody has tried.
    pub fn unreadable(&self) -> Option<&Error> {
        self.values.get()?.as_ref().err()
    }

    /// One field, if the message can be read and has it.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.values().ok()?.field(name)
    }

    /// One field that is a number of at most 32 bits.
    pub fn number(&self, name: &str) -> Option<u32> {
        super::datum::number(self.field(name))
    }
}
