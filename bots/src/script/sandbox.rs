//! What scripts see of Luau: its pure libraries, bounded.

use std::cell::Cell;
use std::rc::Rc;

use mlua::{Function, Lua, LuaOptions, MultiValue, StdLib, Table, Value as LuaValue, VmState};

use super::context::Context;
use super::{api, convert};
use crate::observe::Level;
use crate::protocol::did_you_mean;

/// What scripts see of the language.
const GLOBALS: [&str; 22] = [
    "assert",
    "error",
    "getmetatable",
    "ipairs",
    "next",
    "pairs",
    "pcall",
    "rawequal",
    "rawget",
    "rawlen",
    "rawset",
    "select",
    "setmetatable",
    "tonumber",
    "tostring",
    "type",
    "typeof",
    "unpack",
    "xpcall",
    "table",
    "string",
    "utf8",
];

/// What scripts see besides, which is not Luau's own or not all of it.
const OWN_GLOBALS: [&str; 6] = ["math", "bit32", "buffer", "print", "null", "bot"];

/// All global names that a script can use.
pub(super) fn global_names() -> impl Iterator<Item = &'static str> + Clone {
    GLOBALS.into_iter().chain(OWN_GLOBALS)
}

/// A state in which only what scripts may use is left.
pub(super) struct Bare {
    pub(super) lua: Lua,
    /// What scripts see of the language.
    pub(super) globals: Table,
    /// Gives way to the engine.
    pub(super) wait: Function,
    /// Shows a coroutine's stack.
    pub(super) traceback: Function,
}

impl Bare {
    pub(super) fn new(context: &Rc<Context>) -> mlua::Result<Self> {
        let libraries = StdLib::TABLE
            | StdLib::STRING
            | StdLib::UTF8
            | StdLib::BIT
            | StdLib::MATH
            | StdLib::BUFFER
            | StdLib::COROUTINE
            | StdLib::DEBUG;
        let lua = Lua::new_with(libraries, LuaOptions::default())?;
        let globals = lua.globals();
        let wait = globals.get::<Table>("coroutine")?.get("yield")?;
        let traceback = globals.get::<Table>("debug")?.get("traceback")?;
        // Taken out of the state itself: code that is loaded resolves global
        // names there, whatever environment it gets.
        let names: Vec<LuaValue> = globals
            .pairs::<LuaValue, LuaValue>()
            .map(|pair| pair.map(|(name, _)| name))
            .collect::<mlua::Result<_>>()?;
        for name in names {
            let kept = match &name {
                LuaValue::String(name) => is_kept(&name.to_string_lossy()),
                _ => false,
            };
            if !kept {
                globals.raw_set(name, LuaValue::Nil)?;
            }
        }
        globals.raw_set("null", LuaValue::NULL)?;
        globals.raw_set("math", math(&lua, context)?)?;
        globals.raw_set("print", print(&lua, context)?)?;
        globals.set_metatable(Some(strict(&lua)?))?;
        lua.sandbox(true)?;
        Ok(Self {
            lua,
            globals,
            wait,
            traceback,
        })
    }
}

fn is_kept(name: &str) -> bool {
    GLOBALS.contains(&name) || ["math", "bit32", "buffer"].contains(&name)
}

/// Stops scripts that do not stop by themselves.
pub(super) fn limit(lua: &Lua, context: &Rc<Context>, ran_away: &Rc<Cell<bool>>) {
    let context = Rc::downgrade(context);
    let ran_away = ran_away.clone();
    lua.set_interrupt(move |_| {
        let Some(context) = context.upgrade() else {
            return Ok(VmState::Continue);
        };
        let left = context.steps_left.get();
        if left == 0 {
            // It stays at none, so that no `pcall` gets a script further.
            ran_away.set(true);
            return Err(mlua::Error::runtime("the script ran for too long"));
        }
        context.steps_left.set(left - 1);
        Ok(VmState::Continue)
    });
}

/// What makes the use of a global name that there is not an error.
fn strict(lua: &Lua) -> mlua::Result<Table> {
    let unknown = lua.create_function(|_, (_, name): (LuaValue, mlua::LuaString)| {
        let name = name.to_string_lossy();
        let meant = did_you_mean(&name, global_names());
        Err::<(), _>(mlua::Error::runtime(match removed(&name) {
            Some(why) => format!("`{name}` is not there for scripts: {why}"),
            None => format!("nothing is called `{name}` here{meant}"),
        }))
    })?;
    let undeclared = lua.create_function(|_, (_, name): (LuaValue, mlua::LuaString)| {
        let name = name.to_string_lossy();
        Err::<(), _>(mlua::Error::runtime(format!(
            "`{name}` is not declared; write `local {name} = ...` where it first gets a value"
        )))
    })?;
    let metatable = lua.create_table()?;
    metatable.raw_set("__index", unknown)?;
    metatable.raw_set("__newindex", undeclared)?;
    metatable.raw_set("__metatable", false)?;
    Ok(metatable)
}

/// `math`, with the running bot's random numbers.
fn math(lua: &Lua, context: &Rc<Context>) -> mlua::Result<Table> {
    let math = lua.create_table()?;
    for pair in lua
        .globals()
        .get::<Table>("math")?
        .pairs::<String, LuaValue>()
    {
        let (name, value) = pair?;
        if name != "randomseed" {
            math.raw_set(name, value)?;
        }
    }
    let random = api::wrap(
        lua,
        context,
        |call, arguments| call.random(&arguments),
        None,
    )?;
    math.raw_set("random", random)?;
    math.set_readonly(true);
    Ok(math)
}

/// `print`, into the trace.
fn print(lua: &Lua, context: &Rc<Context>) -> mlua::Result<Function> {
    let context = Rc::downgrade(context);
    lua.create_function(move |lua, arguments: MultiValue| {
        let Some(context) = context.upgrade() else {
            return Ok(());
        };
        let Some(bot) = context.current.borrow().clone() else {
            return Ok(());
        };
        let mut words = Vec::new();
        for argument in &arguments {
            let text = lua.coerce_string(argument.clone())?;
            words.push(text.map_or_else(
                || convert::describe(argument),
                |text| text.to_string_lossy(),
            ));
        }
        api::trace(&context, &bot, Level::Info, &words.join(" "));
        Ok(())
    })
}

/// Why a well-known name of Lua is missing.
pub(super) fn removed(name: &str) -> Option<&'static str> {
    Some(match name {
        "io" | "os" | "debug" => "a script cannot reach files, the system or the engine",
        "require" | "loadstring" | "load" | "dofile" | "loadfile" | "getfenv" | "setfenv" => {
            "a script cannot load other code"
        }
        "coroutine" => "a bot is a coroutine already; use bot:expect, bot:think and bot:on",
        "collectgarbage" | "gcinfo" | "newproxy" => "memory is the engine's business",
        _ => return None,
    })
}
