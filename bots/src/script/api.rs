//! What `bot` can do, as the library's Luau sees it.
//!
//! A function answers with a problem in words instead of raising it, so that
//! the library can raise it where the script's author expects it.

mod send;
mod wait;

use std::rc::Rc;
use std::sync::Arc;

use mlua::{Function, IntoLuaMulti, Lua, MultiValue, Table, Value as LuaValue};

use super::bot::Bot;
use super::context::Context;
use super::convert;
use super::expectation::{Wanted, time};
use super::mailbox::{Event, Item};
use super::state::{Farewell, Quit, State, Waiting};
use crate::observe::Level;
use crate::protocol::{Datum, MessageId, MessageSet};

/// A problem in words.
pub(super) type Answer<T = ()> = Result<T, String>;

/// All functions, for the library.
pub(super) fn engine(lua: &Lua, context: &Rc<Context>) -> mlua::Result<Table> {
    let engine = lua.create_table()?;
    let add = |name: &str, function: Implementation| {
        engine.raw_set(name, wrap(lua, context, function, Some(name))?)
    };
    add("send", |call, arguments| call.send(&arguments))?;
    add("expect", |call, arguments| call.expect(&arguments))?;
    add("think", |call, arguments| {
        call.may_wait("bot:think")?;
        let scale = call.context.settings.think_scale;
        call.pause(&arguments, scale, Waiting::Think)
    })?;
    add("rest", |call, arguments| {
        call.may_wait("bot:rest")?;
        let scale = call.context.settings.think_scale;
        call.pause(&arguments, scale, Waiting::Sleep)
    })?;
    add("sleep", |call, arguments| {
        call.may_wait("bot:sleep")?;
        call.pause(&arguments, 1.0, Waiting::Sleep)
    })?;
    add("on", |call, arguments| call.on(&arguments))?;
    add("off", |call, arguments| call.off(&arguments))?;
    add("ignore", |call, arguments| {
        call.filter(&arguments, Filter::Ignore)
    })?;
    add("keep", |call, arguments| {
        call.filter(&arguments, Filter::Keep)
    })?;
    add("only", |call, arguments| {
        call.filter(&arguments, Filter::Only)
    })?;
    add("timer", |call, arguments| call.timer(&arguments))?;
    add("post", |call, arguments| call.post(&arguments))?;
    add("random", |call, arguments| call.random(&arguments))?;
    add("log", |call, arguments| call.log(&arguments))?;
    add("ask", |call, arguments| call.ask(&arguments))?;
    add("at_end", |call, arguments| call.at_end(&arguments))?;
    add("reconnect", |call, _| call.reconnect())?;
    add("quitting", |call, _| {
        call.done(call.bot.state.borrow().quit != Quit::No)
    })?;
    add("connected", |call, _| {
        call.done(call.bot.state.borrow().connected)
    })?;
    add("now", |call, _| {
        call.done(call.context.time.now().as_secs_f64())
    })?;
    add("environment", |call, arguments| {
        let name = text(&argument(&arguments, 0), "the name of a variable")?;
        call.done(call.context.variable(&name))
    })?;
    add("code_change", |call, arguments| {
        call.code_change(&arguments)
    })?;
    add("changed", |call, arguments| call.changed(&arguments))?;
    #[allow(clippy::cast_precision_loss)] // hands are few
    add("hands", |call, _| {
        call.done(call.bot.state.borrow().hands as f64)
    })?;
    Ok(engine)
}

pub(super) type Implementation = fn(&Call<'_>, MultiValue) -> Answer<MultiValue>;

/// A function for Luau: one of `bot`, whose problem is returned behind `nil`, or
/// another, which raises it.
pub(super) fn wrap(
    lua: &Lua,
    context: &Rc<Context>,
    function: Implementation,
    of_bot: Option<&str>,
) -> mlua::Result<Function> {
    let context = Rc::downgrade(context);
    let name: Option<Box<str>> = of_bot.map(Into::into);
    lua.create_function(move |lua, arguments: MultiValue| {
        let over = || mlua::Error::runtime("no bot is running");
        let context = context.upgrade().ok_or_else(over)?;
        let bot = context.current.borrow().clone().ok_or_else(over)?;
        let call = Call {
            lua,
            context: &context,
            bot: &bot,
        };
        let answer = match &name {
            Some(name) => call.uses(name).and_then(|()| function(&call, arguments)),
            None => function(&call, arguments),
        };
        match answer {
            Ok(answer) => Ok(answer),
            Err(problem) => match &name {
                None => Err(mlua::Error::runtime(problem)),
                Some(name) if problem.starts_with("needs ") || problem.starts_with("takes ") => {
                    (LuaValue::Nil, format!("bot:{name} {problem}")).into_lua_multi(lua)
                }
                Some(_) => (LuaValue::Nil, problem).into_lua_multi(lua),
            },
        }
    })
}

/// The running bot, and what it runs in.
pub(super) struct Call<'a> {
    pub(super) lua: &'a Lua,
    pub(super) context: &'a Context,
    pub(super) bot: &'a Rc<Bot>,
}

/// What becomes of messages that nobody waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    Ignore,
    Keep,
    Only,
}

pub(super) fn argument(arguments: &MultiValue, index: usize) -> LuaValue {
    arguments.get(index).cloned().unwrap_or(LuaValue::Nil)
}

fn text(value: &LuaValue, what: &str) -> Answer<String> {
    match value {
        LuaValue::String(text) => Ok(text.to_string_lossy()),
        other => Err(format!("needs {what}, not {}", convert::describe(other))),
    }
}

fn event_name(value: &LuaValue) -> Answer<Arc<str>> {
    let name = text(value, "the name of an event, such as \"@tick\"")?;
    if name.starts_with('@') && name.len() > 1 {
        Ok(name.into())
    } else {
        Err(format!(
            "`{name}` is no name of an event: those begin with @, such as \"@tick\""
        ))
    }
}

pub(super) fn trace(context: &Context, bot: &Bot, level: Level, text: &str) {
    if context.tracer.wants_bot(level, &bot.name) {
        context
            .tracer
            .line(context.time.now(), level, &bot.name, &text);
    }
}

impl Call<'_> {
    pub(super) fn done(&self, answer: impl IntoLuaMulti) -> Answer<MultiValue> {
        answer
            .into_lua_multi(self.lua)
            .map_err(|error| error.to_string())
    }

    fn message(&self, value: &LuaValue) -> Answer<MessageId> {
        let name = text(value, "the name of a message, such as \"POKER_CALL\"")?;
        let catalogue = &self.context.protocol.catalogue;
        catalogue
            .by_name(&name)
            .ok_or_else(|| catalogue.no_message(&name))
    }

    fn wanted(&self, names: &LuaValue) -> Answer<Box<[Wanted]>> {
        Wanted::parse_all(&self.context.protocol.catalogue, names)
    }

    fn on(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let wanted = self.wanted(&argument(arguments, 0))?;
        let LuaValue::Function(function) = argument(arguments, 1) else {
            let found = convert::describe(&argument(arguments, 1));
            return Err(format!("needs a function after the name, not {found}"));
        };
        self.bot.state.borrow_mut().handlers.push(wanted, function);
        self.done(true)
    }

    fn off(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let wanted = self.wanted(&argument(arguments, 0))?;
        if self.bot.state.borrow_mut().handlers.pop(&wanted) {
            self.done(true)
        } else {
            Err("there is no handler of these names to take off".into())
        }
    }

    fn filter(&self, arguments: &MultiValue, filter: Filter) -> Answer<MultiValue> {
        let catalogue = &self.context.protocol.catalogue;
        let mut ids = Vec::new();
        for argument in arguments {
            for wanted in self.wanted(argument)? {
                match wanted {
                    Wanted::Message(id) => ids.push(id),
                    Wanted::Event(name) => {
                        return Err(format!("`{name}` is an event, and events are always kept"));
                    }
                }
            }
        }
        let mut state = self.bot.state.borrow_mut();
        let state = &mut *state;
        match filter {
            Filter::Ignore => ids.into_iter().for_each(|id| state.ignored.insert(id)),
            Filter::Keep => ids.into_iter().for_each(|id| state.ignored.remove(id)),
            Filter::Only => {
                let all = catalogue.messages().iter();
                let all = all.filter_map(|message| catalogue.by_name(&message.name));
                state.ignored = all.filter(|id| !ids.contains(id)).collect::<MessageSet>();
            }
        }
        let ignored = &state.ignored;
        state.mailbox.retain(|item| match item {
            Item::Packet(id, _) => !ignored.contains(*id),
            Item::Event(_) => true,
        });
        self.done(true)
    }

    fn timer(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let name = event_name(&argument(arguments, 0))?;
        let after = time(&argument(arguments, 1))?;
        let value = convert::to_datum(&argument(arguments, 2))?;
        let mut state = self.bot.state.borrow_mut();
        if state.timers.len() >= 64 {
            return Err("64 timers run already".into());
        }
        state.add_timer(self.context.time.now() + after, name, value);
        self.done(true)
    }

    fn post(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let name = event_name(&argument(arguments, 0))?;
        let problem = |problem| format!("what is posted {problem}");
        let value = convert::to_datum(&argument(arguments, 1)).map_err(problem)?;
        let event = Event { name, value };
        let to = match argument(arguments, 2) {
            LuaValue::Nil => return self.done(self.bot.post(event)),
            LuaValue::Integer(to) => u32::try_from(to).ok(),
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked
            LuaValue::Number(to) if to >= 0.0 && to <= f64::from(u32::MAX) => Some(to as u32),
            _ => None,
        };
        let to = to.ok_or("needs the number of a bot, its bot.id, to post to it")?;
        if to == self.bot.id {
            return self.done(self.bot.post(event));
        }
        self.done((self.context.outbox)(to, event))
    }

    /// As `math.random`: none, one or two bounds.
    pub(super) fn random(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        #[allow(clippy::cast_possible_truncation)] // checked to be whole
        let bound = |index| match argument(arguments, index) {
            LuaValue::Integer(value) => Ok(value),
            LuaValue::Number(value) if value.fract() == 0.0 && value.abs() < 2_f64.powi(53) => {
                Ok(value as i64)
            }
            other => Err(format!(
                "needs whole numbers as bounds, not {}",
                convert::describe(&other)
            )),
        };
        let mut state = self.bot.state.borrow_mut();
        let (low, high) = match arguments.len() {
            0 => return self.done(state.random.unit()),
            1 => (1, bound(0)?),
            _ => (bound(0)?, bound(1)?),
        };
        if low > high {
            return Err(format!("there is no number from {low} to {high}"));
        }
        #[allow(clippy::cast_precision_loss)] // bounds are exact
        self.done(state.random.within(low..=high) as f64)
    }

    fn log(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let level = text(&argument(arguments, 0), "a level such as \"info\"")?;
        let level: Level = level
            .parse()
            .map_err(|error: crate::observe::UnknownLevel| error.to_string())?;
        if self.context.tracer.wants_bot(level, &self.bot.name) {
            let line = convert::spoken(self.lua, &argument(arguments, 1));
            trace(self.context, self.bot, level, &line);
        }
        self.done(true)
    }

    fn ask(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let question = text(&argument(arguments, 0), "a question")?;
        let details: Answer<Vec<Datum>> = arguments.iter().skip(1).map(convert::to_datum).collect();
        let mut state = self.bot.state.borrow_mut();
        let State { hook, random, .. } = &mut *state;
        let answer = hook.ask(&question, &details?, random)?;
        drop(state);
        self.done(convert::datum_to_lua(self.lua, &answer).map_err(|error| error.to_string())?)
    }

    /// What the library leaves to be done it leaves once, and for whatever code
    /// the bot runs.
    fn at_end(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let LuaValue::Function(function) = argument(arguments, 0) else {
            return Err("needs a function".into());
        };
        let is_lasting = argument(arguments, 1) == LuaValue::Boolean(true);
        let mut state = self.bot.state.borrow_mut();
        let known = |farewell: &Farewell| farewell.is_lasting && farewell.function == function;
        if !(is_lasting && state.at_end.iter().any(known)) {
            state.at_end.push(Farewell {
                function,
                is_lasting,
            });
        }
        drop(state);
        self.done(true)
    }
}
