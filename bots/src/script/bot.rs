//! One bot: a script's coroutine, and all that comes to it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;
use std::time::Duration;

use mlua::thread::ThreadStatus;
use mlua::{Table, Thread, Value as LuaValue};

use super::handlers::Handlers;
use super::host::Host;
use super::mailbox::{Event, Mailbox};
use super::problem::ScriptError;
use super::state::{Phase, Quit, State, Waiting};
use crate::observe::{Failure, Level};
use crate::protocol::{Datum, MessageSet, Random};

/// The most bytes that may wait for the server to read them.
pub(super) const OUTPUT_LIMIT: usize = 1 << 20;

/// One bot.
///
/// It is driven from outside: [`start`](Self::start) once the connection
/// stands, [`receive`](Self::receive) for each frame while it
/// [`wants_input`](Self::wants_input), [`pump`](Self::pump) when its
/// [`deadline`](Self::deadline) has come or its waker was called. After each of
/// them [`take_output`](Self::take_output) has what is to be sent.
pub struct Bot {
    /// Its number in the run.
    pub id: u32,
    /// Its name, for traces and logins.
    pub name: Box<str>,
    /// Which of the host's scripts it runs.
    pub script: usize,
    pub(super) state: RefCell<State>,
    waker: RefCell<Option<Waker>>,
}

/// How a bot has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Its script came to its end, or left when the run ended.
    Finished,
    /// Its script failed.
    Failed(Box<ScriptError>),
    /// The connection was lost, or never stood.
    Disconnected(Failure),
    /// It did not leave in time when the run ended.
    Stopped,
}

impl Bot {
    /// A bot that runs the script of that number of `host`.
    pub fn new(host: &Host, id: u32, script: usize) -> Rc<Self> {
        let context = host.context();
        Rc::new(Self {
            id,
            name: format!("{}{id}", context.settings.name).into(),
            script,
            waker: RefCell::new(None),
            state: RefCell::new(State {
                phase: Phase::New,
                waiting: Waiting::Nothing,
                thread: None,
                table: None,
                code: None,
                mailbox: Mailbox::default(),
                handlers: Handlers::default(),
                ignored: MessageSet::default(),
                timers: Vec::new(),
                posted: VecDeque::new(),
                output: Vec::new(),
                random: Random::for_bot(context.settings.seed, id),
                hook: (context.protocol.hook)(),
                clock: None,
                answer: None,
                last_sent: context.time.now(),
                at_end: Vec::new(),
                hands: 0,
                fault: None,
                connected: false,
                in_handler: false,
                has_called: false,
                marked: false,
                trial: None,
                quit: Quit::No,
            }),
        })
    }

    /// The connection stands: the script begins, or goes on after
    /// `bot:reconnect()`.
    pub fn start(self: &Rc<Self>, host: &Host) {
        let mut state = self.state.borrow_mut();
        state.connected = true;
        state.last_sent = host.context().time.now();
        if state.phase != Phase::New {
            let reconnecting = matches!(state.waiting, Waiting::Connection);
            drop(state);
            if reconnecting {
                self.resume(host, true, LuaValue::Nil, LuaValue::Nil);
            }
            return;
        }
        state.phase = Phase::Script;
        drop(state);
        match self.begin(host) {
            Ok(table) => self.run(host, table),
            Err(error) => self.script_ended(host, Some(&error), None),
        }
    }

    /// Makes the coroutine of its script, and its `bot`.
    fn begin(&self, host: &Host) -> mlua::Result<Table> {
        let code = host.current(self.script);
        let thread = host.lua().create_thread(code.function.clone())?;
        let table = host.new_table(self)?;
        let mut state = self.state.borrow_mut();
        state.code = Some(code);
        state.thread = Some(thread);
        state.table = Some(table.clone());
        Ok(table)
    }

    /// The run ends: the script is told, and may leave.
    pub fn quit(self: &Rc<Self>, host: &Host) {
        let mut state = self.state.borrow_mut();
        if state.quit != Quit::No {
            return;
        }
        state.quit = Quit::Pending;
        match (&state.phase, &state.waiting) {
            (Phase::New, _) => state.phase = Phase::Done(End::Finished),
            (Phase::Script, Waiting::Expect(expectation, _))
                if expectation.wants_event("@quit") =>
            {
                state.posted.push_back(Event {
                    name: "@quit".into(),
                    value: Datum::Nil,
                });
                state.quit = Quit::Taken;
                drop(state);
                self.pump(host);
            }
            (Phase::Script, Waiting::Nothing) => {}
            (Phase::Script, _) => {
                drop(state);
                self.resume_with_problem(host, None, "the run ends");
            }
            _ => {}
        }
    }

    /// The bot did not leave in time.
    pub fn stop(&self) {
        let mut state = self.state.borrow_mut();
        if !matches!(state.phase, Phase::Done(_)) {
            let end = match std::mem::replace(&mut state.phase, Phase::New) {
                Phase::Leaving(Some(end)) => end,
                _ => End::Stopped,
            };
            state.finish(end);
        }
    }

    /// The connection is lost, or was never made. A script that waits is told
    /// so as an error; one that catches it may call `bot:reconnect()`.
    pub fn disconnected(self: &Rc<Self>, host: &Host, failure: Failure, why: &str) {
        let mut state = self.state.borrow_mut();
        state.connected = false;
        state.output = Vec::new();
        state.clock = None;
        state.answer = None;
        state.hook.disconnected();
        let leaving = state.quit != Quit::No || matches!(state.phase, Phase::Leaving(_));
        if !leaving {
            host.context().stats.borrow_mut().failed(failure);
            let tracer = &host.context().tracer;
            if tracer.wants_bot(Level::Error, &self.name) && state.phase == Phase::New {
                tracer.line(host.context().time.now(), Level::Error, &self.name, &why);
            }
        }
        match &state.phase {
            Phase::New => state.finish(End::Disconnected(failure)),
            Phase::Leaving(end) => {
                let end = end.clone().unwrap_or(End::Finished);
                state.finish(end);
            }
            Phase::Script if leaving => state.finish(End::Finished),
            Phase::Script => {
                let waited = match &state.waiting {
                    Waiting::Expect(expectation, _) => {
                        let catalogue = &host.context().protocol.catalogue;
                        format!(
                            "{why} while the script waited for {}",
                            expectation.describe(catalogue)
                        )
                    }
                    _ => why.to_owned(),
                };
                drop(state);
                self.resume_with_problem(host, Some(failure), &waited);
            }
            Phase::Done(_) => {}
        }
    }

    /// When the bot wants to be called again at the latest.
    pub fn deadline(&self, host: &Host) -> Option<Duration> {
        let state = self.state.borrow();
        if matches!(state.phase, Phase::Done(_)) {
            return None;
        }
        let waiting = match &state.waiting {
            Waiting::Sleep(until) | Waiting::Think(until) => Some(*until),
            Waiting::Expect(_, until) => *until,
            Waiting::Nothing | Waiting::Connection => None,
        };
        let timer = state.timers.iter().map(|(due, _)| *due).min();
        let keep_alive = &host.context().protocol.keep_alive;
        let keep_alive = keep_alive.as_ref().filter(|_| state.connected);
        let silent = keep_alive.map(|keep_alive| state.last_sent + keep_alive.after);
        [waiting, timer, silent].into_iter().flatten().min()
    }

    /// It can take another frame: false while the mailbox is full.
    pub fn wants_input(&self, host: &Host) -> bool {
        let state = self.state.borrow();
        state.connected && !state.mailbox.is_full(host.context().settings.mailbox)
    }

    /// What is to be sent, taken from the bot; what could not be sent is to be
    /// given back with [`return_output`](Self::return_output).
    pub fn take_output(&self) -> Vec<u8> {
        std::mem::take(&mut self.state.borrow_mut().output)
    }

    /// Gives back what could not be sent yet.
    pub fn return_output(&self, mut unsent: Vec<u8>) {
        let mut state = self.state.borrow_mut();
        unsent.append(&mut state.output);
        state.output = unsent;
    }

    /// Its script has begun.
    pub fn has_started(&self) -> bool {
        self.state.borrow().phase != Phase::New
    }

    /// The script asked for a new connection.
    pub fn wants_connection(&self) -> bool {
        matches!(self.state.borrow().waiting, Waiting::Connection)
    }

    /// How it ended, once it has.
    pub fn ended(&self) -> Option<End> {
        match &self.state.borrow().phase {
            Phase::Done(end) => Some(end.clone()),
            _ => None,
        }
    }

    /// Puts an event into the bot's queue and wakes it; false if the bot has
    /// ended or is too far behind.
    pub fn post(&self, event: Event) -> bool {
        let mut state = self.state.borrow_mut();
        if state.posted.len() >= 64 || matches!(state.phase, Phase::Done(_)) {
            return false;
        }
        state.posted.push_back(event);
        drop(state);
        self.wake();
        true
    }

    /// The environment is another: a script that waits for `@environment`, or
    /// has a handler of it, gets the event.
    pub fn tell_environment(&self) {
        const NAME: &str = "@environment";
        let state = self.state.borrow();
        let waits = matches!(
            &state.waiting,
            Waiting::Expect(expectation, _) if expectation.wants_event(NAME)
        );
        if waits || state.handlers.want_event(NAME) {
            drop(state);
            self.post(Event {
                name: NAME.into(),
                value: Datum::Nil,
            });
        }
    }

    /// Has its task look after it.
    pub fn wake(&self) {
        if let Some(waker) = &*self.waker.borrow() {
            waker.wake_by_ref();
        }
    }

    /// Who is to be woken by events.
    pub fn set_waker(&self, waker: &Waker) {
        let mut slot = self.waker.borrow_mut();
        match &mut *slot {
            Some(known) => known.clone_from(waker),
            None => *slot = Some(waker.clone()),
        }
    }

    /// Goes on with the script, which gets `first` and `second`, or the error
    /// `first` if not `ok`.
    pub(super) fn resume(
        self: &Rc<Self>,
        host: &Host,
        ok: bool,
        first: LuaValue,
        second: LuaValue,
    ) {
        self.state.borrow_mut().waiting = Waiting::Nothing;
        self.run(host, (ok, first, second));
    }

    /// Goes on with the script, which gets an error of that kind.
    pub(super) fn resume_with_problem(
        self: &Rc<Self>,
        host: &Host,
        failure: Option<Failure>,
        problem: &str,
    ) {
        self.state.borrow_mut().fault = failure;
        match host.lua().create_string(problem) {
            Ok(problem) => self.resume(host, false, LuaValue::String(problem), LuaValue::Nil),
            Err(error) => self.script_ended(host, Some(&error), None),
        }
    }

    fn run(self: &Rc<Self>, host: &Host, arguments: impl mlua::IntoLuaMulti) {
        let Some(thread) = self.state.borrow_mut().thread.take() else {
            return;
        };
        let result = host.enter(self, || thread.resume::<()>(arguments));
        self.resumed(host, thread, result);
    }

    /// The script waits again, or has come to its end.
    pub(super) fn resumed(self: &Rc<Self>, host: &Host, thread: Thread, result: mlua::Result<()>) {
        match result {
            Ok(()) if thread.status() == ThreadStatus::Resumable => {
                self.state.borrow_mut().thread = Some(thread);
            }
            Ok(()) => self.script_ended(host, None, None),
            Err(error) => {
                self.script_ended(host, Some(&error), Some(&thread));
                drop(thread);
                host.relieve();
            }
        }
    }

    /// The script, or a function of `bot:at_end`, has come to its end.
    fn script_ended(
        self: &Rc<Self>,
        host: &Host,
        error: Option<&mlua::Error>,
        thread: Option<&Thread>,
    ) {
        let mut state = self.state.borrow_mut();
        state.waiting = Waiting::Nothing;
        state.thread = None;
        let told_to_quit = state.quit == Quit::Pending && !host.ran_away();
        let quiet = told_to_quit && state.phase == Phase::Script;
        let fault = state.fault.take();
        let main = state.phase == Phase::Script;
        drop(state);
        let mut end = None;
        if let Some(error) = error.filter(|_| !quiet) {
            let error = host.explain(self, error, fault, thread);
            // What the connection did is counted where it happened.
            let counted = fault.is_some_and(|fault| fault == error.failure && is_connection(fault));
            self.report(host, &error, main && !counted);
            if main {
                end = Some(End::Failed(Box::new(error)));
            }
        }
        let mut state = self.state.borrow_mut();
        if main {
            state.phase = Phase::Leaving(end);
        }
        if !state.connected {
            state.at_end.clear();
        }
        let Some(farewell) = state.at_end.pop() else {
            let end = match std::mem::replace(&mut state.phase, Phase::New) {
                Phase::Leaving(Some(end)) => end,
                _ => End::Finished,
            };
            state.finish(end);
            return;
        };
        let table = state.table.clone();
        drop(state);
        match host.lua().create_thread(farewell.function) {
            Ok(thread) => {
                self.state.borrow_mut().thread = Some(thread);
                self.run(host, table);
            }
            Err(error) => self.script_ended(host, Some(&error), None),
        }
    }

    pub(super) fn report(&self, host: &Host, error: &ScriptError, counted: bool) {
        let context = host.context();
        if counted {
            context.stats.borrow_mut().failed(error.failure);
            host.keep_error(error);
        }
        let level = if counted { Level::Error } else { Level::Warn };
        if context.tracer.wants_bot(level, &self.name) {
            context
                .tracer
                .line(context.time.now(), level, &self.name, error);
        }
    }
}

fn is_connection(failure: Failure) -> bool {
    matches!(
        failure,
        Failure::ConnectRefused
            | Failure::ConnectTimeout
            | Failure::ConnectFailed
            | Failure::Handshake
            | Failure::Closed
            | Failure::Reset
            | Failure::Framing
    )
}
