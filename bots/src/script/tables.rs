//! Messages put straight into tables of scripts as they are read.

use std::sync::Arc;

use mlua::{IntoLua, Lua, Table, Value as LuaValue};
use pickler::dynamic::{Build, Value};
use pickler::schema::Names;

use super::convert;

/// For how many items there is room at first, at the most: a list may claim more
/// than it holds.
const FIRST_ITEMS: usize = 64;

/// Makes tables of what is read.
pub(super) struct Tables<'lua> {
    lua: &'lua Lua,
    /// What the script could not hold, if there was such a thing: then what is
    /// made lacks parts.
    problem: Option<mlua::Error>,
}

/// What a value became.
#[derive(Debug)]
pub(super) struct Made {
    value: LuaValue,
    /// It is a table of fields with names.
    is_record: bool,
}

/// A table that is being filled, and the place of what comes next.
pub(super) struct Filling<K> {
    /// None if the script cannot hold it.
    table: Option<Table>,
    keys: K,
    next: Made,
}

impl Default for Made {
    fn default() -> Self {
        Self::of(LuaValue::Nil)
    }
}

impl Made {
    fn of(value: LuaValue) -> Self {
        Self {
            value,
            is_record: false,
        }
    }

    /// What was read as a value.
    pub(super) fn of_value(lua: &Lua, value: &Value) -> mlua::Result<Self> {
        Ok(Self {
            value: convert::to_lua(lua, value)?,
            is_record: matches!(value, Value::Record(_)),
        })
    }
}

impl<'lua> Tables<'lua> {
    pub(super) fn new(lua: &'lua Lua) -> Self {
        Self { lua, problem: None }
    }

    /// The table of a message, if the script can hold it.
    pub(super) fn finish(self, message: Made) -> mlua::Result<Table> {
        match (self.problem, message.value) {
            (None, LuaValue::Table(table)) => Ok(table),
            (Some(problem), _) => Err(problem),
            (None, other) => Err(mlua::Error::runtime(format!(
                "a message is a variant of a union, or a record, not {}",
                convert::describe(&other)
            ))),
        }
    }

    /// What is made, or nothing: then that is a problem, and after one nothing is
    /// made any more. A table that cannot grow would look for room at each item.
    fn held<T>(&mut self, make: impl FnOnce(&Lua) -> mlua::Result<T>) -> Option<T> {
        if self.problem.is_some() {
            return None;
        }
        match make(self.lua) {
            Ok(held) => Some(held),
            Err(problem) => {
                self.problem.get_or_insert(problem);
                None
            }
        }
    }

    fn filling<K>(&mut self, keys: K, items: usize, fields: usize) -> Filling<K> {
        Filling {
            table: self.held(|lua| lua.create_table_with_capacity(items, fields)),
            keys,
            next: Made::default(),
        }
    }

    /// Puts what came next where it belongs.
    fn put(&mut self, table: Option<&Table>, key: impl IntoLua, next: &mut Made) {
        let value = std::mem::take(next).value;
        if let Some(table) = table {
            self.held(|_| table.raw_set(key, value));
        }
    }
}

impl<K> Filling<K> {
    fn done(self, is_record: bool) -> Made {
        Made {
            value: self.table.map_or(LuaValue::Nil, LuaValue::Table),
            is_record,
        }
    }
}

/// A variant: the fields of its body, and `type`, its name. A body without
/// names is the field `value`.
pub(super) fn named(lua: &Lua, name: &str, body: Made) -> mlua::Result<Table> {
    let table = match body.value {
        LuaValue::Table(fields) if body.is_record => fields,
        LuaValue::Nil => lua.create_table()?,
        value => {
            let table = lua.create_table()?;
            table.raw_set("value", value)?;
            table
        }
    };
    if !table.contains_key("type")? {
        table.raw_set("type", name)?;
    }
    Ok(table)
}

impl Build for Tables<'_> {
    type Value = Made;
    type Record = Filling<Names>;
    type List = Filling<usize>;
    type Variant = (Arc<str>, Made);

    fn value(&mut self, value: Value) -> Made {
        self.held(|lua| Made::of_value(lua, &value))
            .unwrap_or_default()
    }

    fn bytes(&mut self, bytes: &[u8]) -> Made {
        let text = self.held(|lua| lua.create_string(bytes));
        text.map_or_else(Made::default, |text| Made::of(LuaValue::String(text)))
    }

    fn text(&mut self, text: &str) -> Made {
        self.bytes(text.as_bytes())
    }

    fn record(&mut self, names: &Names, _: bool) -> Self::Record {
        // One more for the name of a variant.
        self.filling(names.clone(), 0, names.len() + 1)
    }

    fn field<'a>(&mut self, record: &'a mut Self::Record, _: usize) -> &'a mut Made {
        &mut record.next
    }

    fn field_done(&mut self, record: &mut Self::Record, index: usize) {
        let Filling { table, keys, next } = record;
        if let Some(name) = keys.iter().nth(index) {
            self.put(table.as_ref(), &**name, next);
        }
    }

    fn record_done(&mut self, record: Self::Record) -> Made {
        record.done(true)
    }

    fn list(&mut self, items: usize) -> Self::List {
        self.filling(0, items.min(FIRST_ITEMS), 0)
    }

    fn item<'a>(&mut self, list: &'a mut Self::List) -> &'a mut Made {
        &mut list.next
    }

    fn item_done(&mut self, list: &mut Self::List) {
        let Filling { table, keys, next } = list;
        *keys += 1;
        self.put(table.as_ref(), *keys, next);
    }

    fn list_done(&mut self, list: Self::List) -> Made {
        list.done(false)
    }

    fn variant(&mut self, name: &Arc<str>, _: u128) -> Self::Variant {
        (name.clone(), Made::default())
    }

    fn body<'a>(&mut self, (_, body): &'a mut Self::Variant) -> &'a mut Made {
        body
    }

    fn variant_done(&mut self, (name, body): Self::Variant) -> Made {
        let table = self.held(|lua| named(lua, &name, body));
        table.map_or_else(Made::default, |table| Made::of(LuaValue::Table(table)))
    }
}
