//! What all bots of a shard share, scripts' state aside.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mlua::{Lua, Table, Value as LuaValue};

use super::bot::Bot;
use super::mailbox::{Event, MailboxLimits};
use crate::observe::{Stats, Tracer};
use crate::protocol::{MessageId, Protocol};

/// How bots run, the same for all of a run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Every random choice follows from it.
    pub seed: u64,
    /// What `bot:think` is multiplied by; 1 is human pace.
    pub think_scale: f64,
    /// How much a bot's mailbox holds.
    pub mailbox: MailboxLimits,
    /// How many loop turns and calls a script may make without waiting.
    pub steps: u64,
    /// How many bytes the scripts of a shard may take in all.
    pub memory: usize,
    /// How many bytes more a script may take without waiting.
    pub memory_step: usize,
    /// A bot stops after so many hands.
    pub hands: Option<u64>,
    /// What the names of bots begin with; their numbers follow.
    pub name: Box<str>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            think_scale: 0.1,
            mailbox: MailboxLimits::default(),
            steps: 5_000_000,
            memory: 1 << 30,
            memory_step: 32 << 20,
            hands: None,
            name: "bot".into(),
        }
    }
}

/// What time it is.
#[derive(Clone, Debug)]
pub enum TimeSource {
    /// The time since a moment.
    Since(Instant),
    /// The time that somebody sets.
    Set(Rc<Cell<Duration>>),
}

impl TimeSource {
    /// The time since the run began.
    pub fn now(&self) -> Duration {
        match self {
            Self::Since(start) => start.elapsed(),
            Self::Set(now) => now.get(),
        }
    }
}

/// Takes an event for the bot of a number; false if it cannot.
pub type Outbox = Box<dyn Fn(u32, Event) -> bool>;

/// What all bots of a shard share, scripts' state aside.
pub struct Context {
    /// The protocol they speak.
    pub protocol: Protocol,
    /// How they run.
    pub settings: Settings,
    /// What time it is.
    pub time: TimeSource,
    /// What they count.
    pub stats: RefCell<Stats>,
    /// Where they trace.
    pub tracer: Tracer,
    /// Where their posts to others go.
    pub outbox: Outbox,
    /// The bot whose script runs now.
    pub(super) current: RefCell<Option<Rc<Bot>>>,
    /// Steps that it may still take.
    pub(super) steps_left: Cell<u64>,
    packet_metatables: RefCell<Vec<Option<Table>>>,
    /// The fields of `bot` that hooks have set.
    pub(super) hook_fields: RefCell<Vec<&'static str>>,
    environment: RefCell<Arc<BTreeMap<String, String>>>,
}

impl Context {
    /// Nothing counted yet, nothing running.
    pub fn new(
        protocol: Protocol,
        settings: Settings,
        time: TimeSource,
        tracer: Tracer,
        outbox: Outbox,
    ) -> Rc<Self> {
        let messages = protocol.catalogue.messages().len();
        Rc::new(Self {
            stats: RefCell::new(Stats::new(&protocol.catalogue)),
            protocol,
            settings,
            time,
            tracer,
            outbox,
            current: RefCell::new(None),
            steps_left: Cell::new(0),
            packet_metatables: RefCell::new(vec![None; messages]),
            hook_fields: RefCell::default(),
            environment: RefCell::default(),
        })
    }

    /// The text of a variable of the environment.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.environment.borrow().get(name).cloned()
    }

    /// Replaces the environment: what `bot:environment` tells.
    pub fn set_environment(&self, variables: Arc<BTreeMap<String, String>>) {
        *self.environment.borrow_mut() = variables;
    }

    pub(super) fn remember_hook_field(&self, name: &'static str) {
        let mut names = self.hook_fields.borrow_mut();
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// For looking at a protocol's library without a run.
    pub(super) fn idle(protocol: Protocol) -> Rc<Self> {
        let time = TimeSource::Set(Rc::default());
        Self::new(
            protocol,
            Settings::default(),
            time,
            Tracer::off(),
            Box::new(|_, _| false),
        )
    }

    /// What makes a script's access to a field that a message does not have an
    /// error; one for each message.
    pub(super) fn packet_metatable(&self, lua: &Lua, id: MessageId) -> mlua::Result<Table> {
        if let Some(table) = &self.packet_metatables.borrow()[id.index()] {
            return Ok(table.clone());
        }
        let message = self.protocol.catalogue.message(id).clone();
        let index = lua.create_function(move |_, (_, key): (LuaValue, LuaValue)| {
            let LuaValue::String(key) = key else {
                return Ok(LuaValue::Nil);
            };
            let key = key.to_string_lossy();
            if message.field(&key).is_some() {
                return Ok(LuaValue::Nil); // an optional field that is none
            }
            Err(mlua::Error::runtime(message.no_field(&key)))
        })?;
        let table = lua.create_table()?;
        table.raw_set("__index", index)?;
        self.packet_metatables.borrow_mut()[id.index()] = Some(table.clone());
        Ok(table)
    }

    /// It is one of those of [`packet_metatable`](Self::packet_metatable).
    pub(super) fn is_packet_metatable(&self, table: &Table) -> bool {
        let tables = self.packet_metatables.borrow();
        tables.iter().flatten().any(|known| known == table)
    }

    /// Forgets the values of a scripts' state that is about to go.
    pub(super) fn forget(&self) {
        self.packet_metatables
            .borrow_mut()
            .iter_mut()
            .for_each(|table| *table = None);
        *self.current.borrow_mut() = None;
    }
}
