//! Copies the state of a script, so that the copy can go to other code.

use std::collections::HashMap;
use std::ffi::c_void;

use mlua::{Lua, Table, Value as LuaValue};

use super::context::Context;
use super::convert::describe;

/// The most tables that a state may consist of.
const TABLES: usize = 50_000;

/// A copy of a table and of all that is in it. A table that is in it twice, or
/// in itself, is so in the copy.
///
/// # Errors
/// If something in it belongs to the code: a function, a coroutine, a table
/// that behaves in its own way. In words that follow `bot.state`.
pub(super) fn copy(lua: &Lua, context: &Context, state: &Table) -> Result<Table, String> {
    let mut copier = Copier {
        lua,
        context,
        copies: HashMap::new(),
        tables: Vec::new(),
    };
    let root = copier.table(state)?;
    // A list, not a recursion: how deep tables are nested is the script's.
    let mut next = 0;
    while let Some((old, new)) = copier.tables.get(next).cloned() {
        for pair in old.pairs::<LuaValue, LuaValue>() {
            let (key, value) = pair.map_err(|error| error.to_string())?;
            let key_copy = copier
                .value(&key)
                .map_err(|found| format!("holds {found} as a key"))?;
            let value_copy = copier
                .value(&value)
                .map_err(|found| format!("holds {found}, {}", place(&key)))?;
            new.raw_set(key_copy, value_copy)
                .map_err(|error| error.to_string())?;
        }
        next += 1;
    }
    Ok(root)
}

/// Where in its table a value is.
fn place(key: &LuaValue) -> String {
    match key {
        LuaValue::String(name) => format!("as `{}`", name.to_string_lossy()),
        other => format!("under {}", describe(other)),
    }
}

struct Copier<'a> {
    lua: &'a Lua,
    context: &'a Context,
    /// Which of `tables` a table is.
    copies: HashMap<*const c_void, usize>,
    /// Each table and its copy; those in front have been filled.
    tables: Vec<(Table, Table)>,
}

impl Copier<'_> {
    fn table(&mut self, old: &Table) -> Result<Table, String> {
        if let Some(index) = self.copies.get(&old.to_pointer()) {
            return Ok(self.tables[*index].1.clone());
        }
        if self.tables.len() >= TABLES {
            return Err(format!("more than {TABLES} tables"));
        }
        let new = self.lua.create_table().map_err(|error| error.to_string())?;
        if let Some(metatable) = old.metatable() {
            // That of a message is not the script's, but the engine's.
            if !self.context.is_packet_metatable(&metatable) {
                return Err("a table with a metatable".into());
            }
            new.set_metatable(Some(metatable))
                .map_err(|error| error.to_string())?;
        }
        self.copies.insert(old.to_pointer(), self.tables.len());
        self.tables.push((old.clone(), new.clone()));
        Ok(new)
    }

    /// Text and numbers are what they are; the rest is copied.
    fn value(&mut self, value: &LuaValue) -> Result<LuaValue, String> {
        Ok(match value {
            LuaValue::Nil
            | LuaValue::Boolean(_)
            | LuaValue::LightUserData(_)
            | LuaValue::Integer(_)
            | LuaValue::Number(_)
            | LuaValue::Vector(_)
            | LuaValue::String(_) => value.clone(),
            LuaValue::Table(table) => LuaValue::Table(self.table(table)?),
            LuaValue::Buffer(buffer) => {
                let copy = self.lua.create_buffer(buffer.to_vec());
                LuaValue::Buffer(copy.map_err(|error| error.to_string())?)
            }
            other => return Err(describe(other)),
        })
    }
}
