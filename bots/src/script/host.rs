//! The Luau state that the scripts of a shard run in.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use mlua::{Function, Lua, Table, Thread, Value as LuaValue};

use super::bot::Bot;
use super::change::Settled;
use super::code::Script;
use super::context::Context;
use super::problem::{self, ScriptError};
use super::sandbox::{Bare, limit};
use super::source::{ScriptSource, declared};
use super::{api, scripts};
use crate::observe::Failure;
use crate::protocol::{Protocol, did_you_mean};

/// A script that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It is no Luau, or a directive in it is none.
    #[error("{0}")]
    Syntax(String),
    /// The library failed: a mistake of this program.
    #[error("the library cannot be loaded: {0}")]
    Library(String),
}

/// The Luau state that the scripts of a shard run in.
///
/// Scripts see the language and its pure libraries; no files, no system, no
/// loading of code, and nothing that they could change for each other.
pub struct Host {
    lua: Lua,
    context: Rc<Context>,
    pub(super) globals: Table,
    pub(super) scripts: RefCell<Vec<Script>>,
    bot_metatable: Table,
    traceback: Function,
    errors: RefCell<Vec<ScriptError>>,
    ran_away: Rc<Cell<bool>>,
    /// Memory before the piece that ran last.
    used_before: Cell<usize>,
    /// What has become of bots whose code was to change.
    pub(super) settled: RefCell<Vec<Settled>>,
}

/// How many errors are kept for the report; all are counted and traced.
const KEPT_ERRORS: usize = 64;

impl Host {
    /// A state with the library and these scripts loaded.
    pub fn new(context: Rc<Context>, scripts: &[ScriptSource]) -> Result<Rc<Self>, LoadError> {
        let library = |error: mlua::Error| LoadError::Library(error.to_string());
        let bare = Bare::new(&context).map_err(library)?;
        let ran_away = Rc::new(Cell::new(false));
        limit(&bare.lua, &context, &ran_away);
        context.steps_left.set(u64::MAX);
        let class = class(&bare, &context).map_err(library)?;
        let Bare {
            lua,
            globals,
            traceback,
            ..
        } = bare;
        let bot_metatable = lua.create_table().map_err(library)?;
        let fill = || {
            bot_metatable.raw_set("__index", class)?;
            bot_metatable.raw_set("__metatable", false)?;
            bot_metatable.set_readonly(true);
            lua.gc_collect()
        };
        fill().map_err(library)?;
        let scripts = scripts
            .iter()
            .map(|script| Ok(Script::new(script, load(&lua, &globals, script)?)))
            .collect::<Result<Vec<_>, LoadError>>()?;
        Ok(Rc::new(Self {
            lua,
            context,
            globals,
            scripts: RefCell::new(scripts),
            bot_metatable,
            traceback,
            errors: RefCell::default(),
            ran_away,
            used_before: Cell::new(0),
            settled: RefCell::default(),
        }))
    }

    /// What the bots share.
    pub fn context(&self) -> &Rc<Context> {
        &self.context
    }

    /// How many bytes scripts take.
    pub fn script_memory(&self) -> usize {
        self.lua.used_memory()
    }

    /// The first errors of scripts.
    pub fn errors(&self) -> Vec<ScriptError> {
        self.errors.borrow().clone()
    }

    pub(super) fn lua(&self) -> &Lua {
        &self.lua
    }

    pub(super) fn keep_error(&self, error: &ScriptError) {
        let mut errors = self.errors.borrow_mut();
        if errors.len() < KEPT_ERRORS {
            errors.push(error.clone());
        }
    }

    /// The file of a bot's script.
    pub(super) fn file(&self, bot: &Bot) -> Box<str> {
        self.scripts.borrow()[bot.script].file.clone()
    }

    /// The `bot` of a script that begins.
    pub(super) fn new_table(&self, bot: &Bot) -> mlua::Result<Table> {
        let table = self.lua.create_table_with_capacity(0, 4)?;
        table.raw_set("id", bot.id)?;
        table.raw_set("name", &*bot.name)?;
        table.raw_set("serial", 0)?;
        table.raw_set("state", self.lua.create_table()?)?;
        table.set_metatable(Some(self.bot_metatable.clone()))?;
        Ok(table)
    }

    /// Runs a piece of a bot's script, within its bounds.
    pub(super) fn enter<R>(
        &self,
        bot: &Rc<Bot>,
        run: impl FnOnce() -> mlua::Result<R>,
    ) -> mlua::Result<R> {
        let context = &self.context;
        let settings = &context.settings;
        context.steps_left.set(settings.steps);
        self.ran_away.set(false);
        let before = self.lua.used_memory();
        let memory = before.saturating_add(settings.memory_step);
        self.lua.set_memory_limit(memory.min(settings.memory))?;
        let outer = context.current.replace(Some(bot.clone()));
        let result = run();
        *context.current.borrow_mut() = outer;
        self.lua.set_memory_limit(0)?;
        self.used_before.set(before);
        result
    }

    /// A script that failed is gone: what it took is free for the others at
    /// once.
    pub(super) fn relieve(&self) {
        let grown = self
            .lua
            .used_memory()
            .saturating_sub(self.used_before.get());
        if grown > self.context.settings.memory_step / 8 {
            // An error in collecting garbage would be one of the next script.
            let _ = self.lua.gc_collect();
        }
    }

    /// The piece that ran last was stopped.
    pub(super) fn ran_away(&self) -> bool {
        self.ran_away.get()
    }

    /// An error of a script, in words for its author.
    pub(super) fn explain(
        &self,
        bot: &Bot,
        error: &mlua::Error,
        fault: Option<Failure>,
        thread: Option<&Thread>,
    ) -> ScriptError {
        let file = self.file(bot);
        let (said, mut traceback) = unwrap(error);
        if let Some(thread) = thread.filter(|_| traceback.is_empty()) {
            traceback = self.traceback.call(thread.clone()).unwrap_or_default();
        }
        let (mut message, line, within) = problem::explain(&said, &traceback, &file);
        let failure = if self.ran_away() {
            message = format!(
                "the script ran for {} steps without waiting for anything, and was stopped; \
                 a loop needs a bot:expect or bot:think inside",
                self.context.settings.steps
            );
            Failure::Runaway
        } else if matches!(error, mlua::Error::MemoryError(_)) || said.contains("not enough memory")
        {
            message = "the script took too much memory, and was stopped".into();
            Failure::Memory
        } else {
            if message.starts_with("table: 0x") {
                message = "a table was raised as an error".into();
            }
            fault.unwrap_or(Failure::Script)
        };
        ScriptError {
            bot: bot.id,
            file,
            line,
            message: message.into(),
            within,
            failure,
        }
    }

    /// Where a script that waits does so, as `file:line`.
    pub fn place(&self, bot: &Bot) -> Option<String> {
        let file = self.file(bot);
        let (_, line, _) = problem::explain("", &self.stack(bot)?, &file);
        Some(format!("{file}:{}", line?))
    }

    /// The functions that a script that waits is in.
    pub(super) fn stack(&self, bot: &Bot) -> Option<String> {
        let state = bot.state.borrow();
        let thread = state.thread.clone()?;
        drop(state);
        self.traceback.call(thread).ok()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.context.forget();
    }
}

/// The names of all functions of `bot`.
pub(super) fn bot_functions(protocol: &Protocol) -> Result<Vec<String>, LoadError> {
    let library = |error: mlua::Error| LoadError::Library(error.to_string());
    let context = Context::idle(protocol.clone());
    let bare = Bare::new(&context).map_err(library)?;
    let class = class(&bare, &context).map_err(library)?;
    let mut names = class
        .pairs::<String, LuaValue>()
        .map(|pair| pair.map(|(name, _)| name))
        .collect::<mlua::Result<Vec<_>>>()
        .map_err(library)?;
    names.sort();
    context.forget();
    Ok(names)
}

/// What a script's text is not, if it is no Luau: the line and why.
pub(super) fn syntax_error(text: &str) -> Option<(u32, String)> {
    let error = mlua::chunk::Compiler::new().compile(text).err()?;
    let (said, _) = unwrap(&error);
    let said = said.strip_prefix("syntax error: ").unwrap_or(&said);
    // `[string "input"]:3: Expected …` or `:3: Expected …`
    let (place, why) = said.split_once(": ").unwrap_or(("", said));
    let line = place
        .rsplit(':')
        .next()
        .and_then(|line| line.trim().parse().ok());
    Some((line.unwrap_or(1), why.to_owned()))
}

/// The message of an error, and the traceback.
fn unwrap(error: &mlua::Error) -> (String, String) {
    match error {
        mlua::Error::CallbackError { traceback, cause } => {
            let (said, inner) = unwrap(cause);
            (said, format!("{inner}\n{traceback}"))
        }
        mlua::Error::RuntimeError(text) => match text.split_once("\nstack traceback:\n") {
            Some((said, traceback)) => (said.to_owned(), traceback.to_owned()),
            None => (text.clone(), String::new()),
        },
        mlua::Error::SyntaxError { message, .. } => (message.clone(), String::new()),
        other => (other.to_string(), String::new()),
    }
}

/// The functions of `bot`.
fn class(bare: &Bare, context: &Rc<Context>) -> mlua::Result<Table> {
    let lua = &bare.lua;
    let class = lua.create_table()?;
    let engine = api::engine(lua, context)?;
    lua.load(scripts::CORE_SOURCE)
        .set_name(format!("={}", problem::CORE))
        .call::<()>((&class, &engine, &bare.wait))?;
    for (file, source) in context.protocol.library {
        lua.load(*source)
            .set_name(format!("={file}"))
            .call::<()>((&class, &engine))?;
    }
    let names: Vec<String> = class
        .pairs::<String, LuaValue>()
        .map(|pair| pair.map(|(name, _)| name))
        .collect::<mlua::Result<_>>()?;
    let unknown = lua.create_function(move |_, (_, name): (LuaValue, mlua::LuaString)| {
        let name = name.to_string_lossy();
        let meant = did_you_mean(&name, names.iter().map(String::as_str));
        Err::<(), _>(mlua::Error::runtime(format!("bot has no `{name}`{meant}")))
    })?;
    let metatable = lua.create_table()?;
    metatable.raw_set("__index", unknown)?;
    class.set_metatable(Some(metatable))?;
    class.set_readonly(true);
    Ok(class)
}

/// A script's text as a function.
pub(super) fn load(
    lua: &Lua,
    globals: &Table,
    script: &ScriptSource,
) -> Result<Function, LoadError> {
    if let Err((line, why)) = declared(&script.text) {
        return Err(LoadError::Syntax(format!("{}:{line}: {why}", script.file)));
    }
    if let Some((line, why)) = syntax_error(&script.text) {
        return Err(LoadError::Syntax(format!("{}:{line}: {why}", script.file)));
    }
    // On the first line, so that lines keep their numbers.
    lua.load(format!("local bot = ... {}", script.text))
        .set_name(format!("={}", script.file))
        .set_environment(globals.clone())
        .into_function()
        .map_err(|error| LoadError::Syntax(format!("{}: {}", script.file, unwrap(&error).0)))
}
