//! Changing the code of a bot that runs.
//!
//! The stack of a coroutine cannot move to other code. So the new script begins
//! at its top, in a coroutine of its own, with all that is the bot's: its
//! connection, mailbox, timers, random numbers, what it knows of the protocol.
//! Until it first uses a function of `bot` it is on trial: what it runs into
//! before that leaves the old coroutine as it was. With that first use, code
//! and state change together, and the old coroutine is gone.

use std::rc::Rc;
use std::time::Duration;

use mlua::{MultiValue, Table, Thread, Value as LuaValue};

use super::api::{Answer, Call, argument};
use super::bot::Bot;
use super::carry;
use super::code::Code;
use super::convert;
use super::handlers::Handlers;
use super::host::Host;
use super::problem;
use super::state::{Farewell, Phase, Quit, State, Waiting};
use super::view::Holder;
use crate::observe::Level;
use crate::protocol::Random;

/// The functions of `bot` that change nothing, and so may be used while
/// `bot:code_change` makes the state of new code.
const HARMLESS: [&str; 8] = [
    "log",
    "random",
    "now",
    "hands",
    "connected",
    "quitting",
    "environment",
    "changed",
];

/// What has become of a bot whose code was to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It runs the new code. It was out of service for so long: from when its
    /// old code was taken away until its new code first waited.
    Changed(Duration),
    /// It goes on with the old code, as if nothing had been.
    Refused(Holder),
}

/// What a bot goes on with if its new code fails before it is committed.
pub(super) struct Trial {
    stage: Stage,
    thread: Thread,
    table: Option<Table>,
    code: Option<Rc<Code>>,
    waiting: Waiting,
    handlers: Handlers,
    at_end: Vec<Farewell>,
    random: Random,
    has_called: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The new script has used no function of `bot` yet.
    Begun,
    /// Its function of `bot:code_change` makes the new state.
    Migrating,
}

impl Bot {
    /// The bot is to change to the code that its script has now, as soon as it
    /// can: it is tried when the bot is [pumped](Self::pump). False if it runs
    /// that code, or none.
    pub fn mark(&self, host: &Host) -> bool {
        let behind = host.is_behind(self);
        self.state.borrow_mut().marked = behind;
        behind
    }

    /// The bot keeps its code after all.
    pub fn unmark(&self) {
        self.state.borrow_mut().marked = false;
    }

    /// The bot is to change its code, and could not yet.
    pub fn is_marked(&self) -> bool {
        self.state.borrow().marked
    }

    /// Why its code cannot change right now, if that is so.
    pub fn obstacle(&self, host: &Host) -> Option<&'static str> {
        let state = self.state.borrow();
        if state.quit != Quit::No || state.phase != Phase::Script {
            return Some("it leaves");
        }
        if !state.connected {
            return Some("it has no connection");
        }
        match &state.waiting {
            Waiting::Expect(..) | Waiting::Sleep(_) if !state.in_handler => {}
            Waiting::Think(_) => return Some("it thinks, and acts next"),
            Waiting::Connection => return Some("it connects"),
            _ => return Some("it does not wait"),
        }
        drop(state);
        match host.stack(self) {
            Some(stack) if !problem::is_in_conversation(&stack) => None,
            Some(_) => Some("it is in a conversation"),
            None => Some("where it waits cannot be told"),
        }
    }

    /// Changes the code of a marked bot that is at a safe point.
    pub(super) fn change_if_due(self: &Rc<Self>, host: &Host) {
        if !self.is_marked() || self.obstacle(host).is_some() {
            return;
        }
        self.unmark();
        let context = host.context();
        let began = context.time.now();
        let (level, said) = match self.change(host) {
            Ok(()) => {
                let pause = context.time.now().saturating_sub(began);
                host.settle(Settled::Changed(pause));
                let version = host.current(self.script).version.clone();
                (Level::Info, format!("runs version {version} from here"))
            }
            Err(reason) => {
                let said = format!("keeps its code: {reason}");
                host.settle(Settled::Refused(self.holder(host, &reason)));
                (Level::Warn, said)
            }
        };
        super::api::trace(context, self, level, &said);
    }

    /// Tries the new code.
    ///
    /// # Errors
    /// Why the bot goes on with the old one, in words.
    fn change(self: &Rc<Self>, host: &Host) -> Result<(), String> {
        let code = host.current(self.script);
        let prepared = host.enter(self, || {
            let table = self.carry_over(host)?;
            Ok((host.lua().create_thread(code.function.clone())?, table))
        });
        let (thread, table) = prepared.map_err(|error| {
            host.relieve();
            host.explain(self, &error, None, None).message.into_string()
        })?;
        self.state
            .borrow_mut()
            .begin_trial(code, &table)
            .ok_or("it does not wait")?;
        let result = host.enter(self, || thread.resume::<()>(table));
        let Some(trial) = self.state.borrow_mut().trial.take() else {
            self.resumed(host, thread, result);
            return Ok(());
        };
        self.state.borrow_mut().end_trial(*trial);
        let reason = match result {
            Err(error) => host.explain(self, &error, None, Some(&thread)).to_string(),
            Ok(()) => "the new script ends before it uses a function of bot".into(),
        };
        drop(thread);
        host.relieve();
        Err(reason)
    }

    /// The `bot` of new code, with a copy of the state.
    fn carry_over(&self, host: &Host) -> mlua::Result<Table> {
        let context = host.context();
        let old = self.state.borrow().table.clone();
        let table = host.new_table(self)?;
        let Some(old) = old else { return Ok(table) };
        for name in context.hook_fields.borrow().iter() {
            table.raw_set(*name, old.raw_get::<LuaValue>(*name)?)?;
        }
        match old.raw_get::<LuaValue>("state")? {
            LuaValue::Nil => {}
            LuaValue::Table(state) => {
                let copy = carry::copy(host.lua(), context, &state);
                let copy = copy.map_err(|why| mlua::Error::runtime(format!("bot.state {why}")))?;
                table.raw_set("state", copy)?;
            }
            other => {
                let found = convert::describe(&other);
                let why = format!("bot.state is {found}, and only a table can be carried over");
                return Err(mlua::Error::runtime(why));
            }
        }
        Ok(table)
    }
}

impl State {
    /// Puts new code in the place of the old, which is kept for now.
    fn begin_trial(&mut self, code: Rc<Code>, table: &Table) -> Option<()> {
        let thread = self.thread.take()?;
        let lasting = |farewell: &&Farewell| farewell.is_lasting;
        let at_end = self.at_end.iter().filter(lasting).cloned().collect();
        self.trial = Some(Box::new(Trial {
            stage: Stage::Begun,
            thread,
            table: self.table.replace(table.clone()),
            code: self.code.replace(code),
            waiting: std::mem::replace(&mut self.waiting, Waiting::Nothing),
            handlers: std::mem::take(&mut self.handlers),
            at_end: std::mem::replace(&mut self.at_end, at_end),
            random: self.random.clone(),
            has_called: std::mem::take(&mut self.has_called),
        }));
        Some(())
    }

    /// The new code failed: everything is as it was.
    fn end_trial(&mut self, trial: Trial) {
        self.thread = Some(trial.thread);
        self.table = trial.table;
        self.code = trial.code;
        self.waiting = trial.waiting;
        self.handlers = trial.handlers;
        self.at_end = trial.at_end;
        self.random = trial.random;
        self.has_called = trial.has_called;
    }

    fn commit(&mut self) {
        self.trial = None;
        self.has_called = true;
    }
}

impl Call<'_> {
    /// A function of `bot` is used: for a script on trial the first use is what
    /// makes it the bot's.
    pub(super) fn uses(&self, function: &str) -> Answer {
        let mut state = self.bot.state.borrow_mut();
        if function == "code_change" && state.stage() != Some(Stage::Migrating) {
            return Ok(());
        }
        match state.stage() {
            None => state.has_called = true,
            Some(Stage::Begun) => state.commit(),
            Some(Stage::Migrating) if HARMLESS.contains(&function) => {}
            Some(Stage::Migrating) => {
                return Err(format!(
                    "bot:{function} has no place in bot:code_change, which makes the new state \
                     and does nothing else"
                ));
            }
        }
        Ok(())
    }

    /// The version of the old code and the copy of its state, if there is old
    /// code; else false.
    pub(super) fn code_change(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        if !matches!(argument(arguments, 0), LuaValue::Function(_)) {
            let found = convert::describe(&argument(arguments, 0));
            return Err(format!("needs a function, not {found}"));
        }
        let mut state = self.bot.state.borrow_mut();
        if state.has_called {
            return Err(
                "bot:code_change comes before all other functions of bot, so that the state \
                 is right from the start"
                    .into(),
            );
        }
        let Some(trial) = &mut state.trial else {
            drop(state);
            return self.done(false);
        };
        trial.stage = Stage::Migrating;
        let code = trial.code.as_ref();
        let version = code.map_or_else(String::new, |code| code.version.to_string());
        let table = state.table.clone();
        drop(state);
        let carried = table.map(|table| table.raw_get::<LuaValue>("state"));
        let carried = carried.transpose().map_err(|error| error.to_string())?;
        self.done((version, carried))
    }

    /// Takes what the function of `bot:code_change` returned: code and state
    /// are the bot's from here.
    pub(super) fn changed(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let made = argument(arguments, 0);
        let LuaValue::Table(made) = &made else {
            let found = convert::describe(&made);
            return Err(format!(
                "the function of bot:code_change returns the new state, a table, not {found}"
            ));
        };
        // Else it could not be carried over the next time.
        carry::copy(self.lua, self.context, made)
            .map_err(|why| format!("what the function of bot:code_change returns {why}"))?;
        let table = self.bot.state.borrow().table.clone();
        if let Some(table) = table {
            let set = table.raw_set("state", made);
            set.map_err(|error| error.to_string())?;
        }
        self.bot.state.borrow_mut().commit();
        self.done(true)
    }
}

impl State {
    fn stage(&self) -> Option<Stage> {
        self.trial.as_ref().map(|trial| trial.stage)
    }
}
