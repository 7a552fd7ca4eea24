//! Bots without sockets, in virtual time.

mod api;
mod bounds;
mod change;
mod check;
mod described;
mod errors;
mod generations;
mod mailbox;
mod poker;
mod shipped;
mod tables;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use pickler::dynamic::json::from_json;
use serde_json::json;

use super::{Bot, Context, End, Event, Host, ScriptSource, Settings, TimeSource};
use crate::observe::{Failure, Tracer};
use crate::protocol::Protocol;

/// The protocol that the tests speak; all hands are worth 0.5.
pub(crate) fn protocol() -> Protocol {
    super::pokersource(pokersource::schema().clone(), Arc::new(|_, _| 0.5)).unwrap()
}

/// The bytes of a message.
pub(crate) fn frame(protocol: &Protocol, name: &str, fields: &serde_json::Value) -> Vec<u8> {
    let message = json!({ "name": name, "fields": fields });
    let schema = protocol.catalogue.schema();
    let value = from_json(&message, schema).unwrap();
    pickler::dynamic::encode(schema, &value).unwrap()
}

/// A message as a line of text.
pub(crate) fn line(protocol: &Protocol, frame: &[u8]) -> String {
    let id = protocol.catalogue.identify(frame).unwrap();
    let packet = crate::protocol::Packet::new(id, frame, &protocol.catalogue);
    format!("{} {}", packet.name(), super::receive::shown(&packet))
}

/// A bot with a script, whose time, messages and posts are made by hand.
pub(super) struct Rig {
    pub(super) host: Rc<Host>,
    pub(super) bot: Rc<Bot>,
    pub(super) posts: Rc<RefCell<Vec<(u32, Event)>>>,
    protocol: Protocol,
    now: Rc<Cell<Duration>>,
}

impl Rig {
    pub(super) fn new(script: &str) -> Self {
        Self::with(script, Settings::default())
    }

    pub(super) fn with(script: &str, settings: Settings) -> Self {
        Self::speaking(protocol(), script, settings)
    }

    pub(super) fn speaking(protocol: Protocol, script: &str, settings: Settings) -> Self {
        let now = Rc::new(Cell::new(Duration::ZERO));
        let posts: Rc<RefCell<Vec<(u32, Event)>>> = Rc::default();
        let posted = posts.clone();
        let context = Context::new(
            protocol.clone(),
            settings,
            TimeSource::Set(now.clone()),
            Tracer::off(),
            Box::new(move |to, event| {
                posted.borrow_mut().push((to, event));
                to < 100
            }),
        );
        let source = ScriptSource {
            file: "test.luau".into(),
            text: script.into(),
            weight: 1,
        };
        let host = Host::new(context, &[source]).unwrap();
        let bot = Bot::new(&host, 7, 0);
        bot.start(&host);
        Self {
            host,
            bot,
            posts,
            protocol,
            now,
        }
    }

    /// A message comes.
    pub(super) fn receive(&self, name: &str, fields: impl std::borrow::Borrow<serde_json::Value>) {
        let frame = frame(&self.protocol, name, fields.borrow());
        self.bot.receive(&self.host, &frame);
        self.bot.pump(&self.host);
    }

    /// Bytes come.
    pub(super) fn receive_bytes(&self, bytes: &[u8]) {
        let mut inbound = crate::protocol::Inbound::default();
        let framing = self.protocol.catalogue.framing();
        let mut frames = Vec::new();
        let cut = inbound.feed(framing, bytes, |frame| {
            frames.push(frame.to_vec());
            true
        });
        cut.unwrap();
        assert_eq!(inbound.pending(), 0);
        for frame in frames {
            self.bot.receive(&self.host, &frame);
            self.bot.pump(&self.host);
        }
    }

    /// Time goes by.
    pub(super) fn pass(&self, millis: u64) {
        self.now.set(self.now.get() + Duration::from_millis(millis));
        self.bot.pump(&self.host);
    }

    /// What the bot has sent since it was asked last.
    pub(super) fn sent(&self) -> Vec<String> {
        let output = self.bot.take_output();
        let mut lines = Vec::new();
        let mut inbound = crate::protocol::Inbound::default();
        inbound
            .feed(self.protocol.catalogue.framing(), &output, |frame| {
                lines.push(line(&self.protocol, frame));
                true
            })
            .unwrap();
        lines
    }

    /// What the bot has said in chats since it was asked last.
    pub(super) fn said(&self) -> Vec<String> {
        let text = |line: &String| {
            let (_, fields) = line.split_once(' ').unwrap();
            let fields: serde_json::Value = serde_json::from_str(fields).unwrap();
            fields["message"].as_str().unwrap_or_default().to_owned()
        };
        self.sent()
            .iter()
            .filter(|line| line.starts_with("POKER_CHAT"))
            .map(text)
            .collect()
    }

    /// Why the script failed, in words.
    pub(super) fn error(&self) -> String {
        match self.bot.ended() {
            Some(End::Failed(error)) => error.to_string(),
            other => panic!("the script did not fail: {other:?}"),
        }
    }

    pub(super) fn failures(&self) -> Vec<(Failure, u64)> {
        let stats = self.host.context().stats.borrow();
        stats
            .failures
            .iter()
            .map(|(failure, count)| (*failure, *count))
            .collect()
    }
}
