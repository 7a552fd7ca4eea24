//! What a script waits for.

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use mlua::{Function, Table, Value as LuaValue};

use super::mailbox::Item;
use super::{convert, duration};
use crate::protocol::{Catalogue, Datum, MessageId, Packet};

/// The names of options, which no condition can have.
pub(super) const OPTIONS: [&str; 3] = ["within", "or_nil", "where"];

/// What a script waits for.
#[derive(Debug)]
pub(super) struct Expectation {
    wanted: Box<[Wanted]>,
    conditions: Box<[Condition]>,
    /// How long to wait, if not for ever.
    pub(super) within: Option<Duration>,
    /// Nothing in time is an answer, not an error.
    pub(super) or_nil: bool,
}

/// One name that a script waits for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    Message(MessageId),
    Event(Arc<str>),
}

#[derive(Debug)]
struct Condition {
    field: Arc<str>,
    test: Test,
}

#[derive(Debug)]
enum Test {
    Is(Datum),
    Passes(Function),
}

impl Wanted {
    /// A name of a script: a message of the protocol, or an event.
    ///
    /// # Errors
    /// If there is no such message, in words.
    pub(super) fn parse(catalogue: &Catalogue, name: &str) -> Result<Self, String> {
        if name.starts_with('@') {
            return Ok(Self::Event(name.into()));
        }
        match catalogue.by_name(name) {
            Some(id) => Ok(Self::Message(id)),
            None => Err(catalogue.no_message(name)),
        }
    }

    /// The names that a script gave: one, or a list.
    pub(super) fn parse_all(
        catalogue: &Catalogue,
        names: &LuaValue,
    ) -> Result<Box<[Self]>, String> {
        let one = |name: &mlua::LuaString| Self::parse(catalogue, &name.to_string_lossy());
        match names {
            LuaValue::String(name) => Ok([one(name)?].into()),
            LuaValue::Table(table) if table.raw_len() > 0 => table
                .sequence_values::<LuaValue>()
                .map(|name| match name {
                    Ok(LuaValue::String(name)) => one(&name),
                    Ok(other) => Err(not_a_name(&other)),
                    Err(error) => Err(error.to_string()),
                })
                .collect(),
            other => Err(not_a_name(other)),
        }
    }

    fn takes(&self, item: &Item) -> bool {
        match (self, item) {
            (Self::Message(wanted), Item::Packet(id, _)) => wanted == id,
            (Self::Event(wanted), Item::Event(event)) => *wanted == event.name,
            _ => false,
        }
    }

    fn name<'a>(&'a self, catalogue: &'a Catalogue) -> &'a str {
        match self {
            Self::Message(id) => &catalogue.message(*id).name,
            Self::Event(name) => name,
        }
    }
}

fn not_a_name(value: &LuaValue) -> String {
    format!(
        "needs the name of a message, such as \"POKER_CHAT\", or a list of names, not {}",
        convert::describe(value)
    )
}

impl Expectation {
    /// What a script says it waits for.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn parse(
        catalogue: &Catalogue,
        names: &LuaValue,
        options: &LuaValue,
    ) -> Result<Self, String> {
        let mut expectation = Self {
            wanted: Wanted::parse_all(catalogue, names)?,
            conditions: [].into(),
            within: None,
            or_nil: false,
        };
        let options = match options {
            LuaValue::Nil => return Ok(expectation),
            LuaValue::Table(options) => options,
            other => {
                return Err(format!(
                    "takes a table of conditions after the name, not {}",
                    convert::describe(other)
                ));
            }
        };
        let mut conditions = Vec::new();
        expectation.options(catalogue, options, &mut conditions)?;
        // Tables come in no order; errors and descriptions should.
        conditions.sort_by(|a, b| a.field.cmp(&b.field));
        expectation.conditions = conditions.into();
        Ok(expectation)
    }

    fn options(
        &mut self,
        catalogue: &Catalogue,
        options: &Table,
        conditions: &mut Vec<Condition>,
    ) -> Result<(), String> {
        for pair in options.pairs::<LuaValue, LuaValue>() {
            let (key, value) = pair.map_err(|error| error.to_string())?;
            let LuaValue::String(key) = key else {
                return Err("conditions have names, such as { amount = 40 }".into());
            };
            match (&*key.to_string_lossy(), value) {
                ("within", value) => self.within = Some(time(&value)?),
                ("or_nil", LuaValue::Boolean(or_nil)) => self.or_nil = or_nil,
                ("or_nil", other) => {
                    let found = convert::describe(&other);
                    return Err(format!("`or_nil` is true or false, not {found}"));
                }
                ("where", LuaValue::Table(fields)) => {
                    for pair in fields.pairs::<mlua::LuaString, LuaValue>() {
                        let (field, value) = pair.map_err(|error| error.to_string())?;
                        let field = field.to_string_lossy();
                        conditions.push(self.condition(catalogue, &field, value)?);
                    }
                }
                (field, value) => conditions.push(self.condition(catalogue, field, value)?),
            }
        }
        Ok(())
    }

    fn condition(
        &self,
        catalogue: &Catalogue,
        field: &str,
        value: LuaValue,
    ) -> Result<Condition, String> {
        check_field(catalogue, &self.wanted, field)?;
        let test = match value {
            LuaValue::Function(function) => Test::Passes(function),
            LuaValue::Table(_) => {
                return Err(format!(
                    "`{field}` is compared with one value, or given to a function; a table is neither"
                ));
            }
            value => Test::Is(convert::to_datum(&value).map_err(|why| format!("`{field}` {why}"))?),
        };
        Ok(Condition {
            field: field.into(),
            test,
        })
    }

    /// It waits for some message of the server's.
    pub(super) fn needs_messages(&self) -> bool {
        self.wanted
            .iter()
            .all(|wanted| matches!(wanted, Wanted::Message(_)))
    }

    /// It waits for an event of that name.
    pub(super) fn wants_event(&self, name: &str) -> bool {
        self.wanted
            .iter()
            .any(|wanted| matches!(wanted, Wanted::Event(event) if **event == *name))
    }

    /// The name is one that it waits for.
    pub(super) fn names(&self, item: &Item) -> bool {
        self.wanted.iter().any(|wanted| wanted.takes(item))
    }

    /// It waits for such a message.
    pub(super) fn names_message(&self, id: MessageId) -> bool {
        self.wanted.contains(&Wanted::Message(id))
    }

    /// The fields of a message are as they should be. A condition on a field
    /// that the message does not have, but another of the names does, holds.
    pub(super) fn accepts_packet(
        &self,
        lua: &mlua::Lua,
        packet: &Packet<'_>,
    ) -> mlua::Result<bool> {
        if self.conditions.is_empty() {
            return Ok(true);
        }
        let Ok(values) = packet.values() else {
            return Ok(false);
        };
        for condition in &self.conditions {
            let Some(value) = values.field(&condition.field) else {
                continue;
            };
            let holds = match &condition.test {
                Test::Is(wanted) => convert::value_is(value, wanted),
                Test::Passes(function) => function
                    .call::<LuaValue>(convert::to_lua(lua, value)?)
                    .map(|answer| truthy(&answer))?,
            };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The value of an event is as it should be.
    pub(super) fn accepts_event(&self, lua: &mlua::Lua, value: &Datum) -> mlua::Result<bool> {
        for condition in &self.conditions {
            let field = match value {
                Datum::Table(pairs) => pairs
                    .iter()
                    .find(|(key, _)| key.as_text() == Some(&condition.field))
                    .map_or(&Datum::Nil, |(_, value)| value),
                _ => &Datum::Nil,
            };
            let holds = match &condition.test {
                Test::Is(wanted) => field == wanted,
                Test::Passes(function) => function
                    .call::<LuaValue>(convert::datum_to_lua(lua, field)?)
                    .map(|answer| truthy(&answer))?,
            };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What is waited for, in words.
    pub(super) fn describe(&self, catalogue: &Catalogue) -> String {
        let names: Vec<&str> = self
            .wanted
            .iter()
            .map(|wanted| wanted.name(catalogue))
            .collect();
        let mut words = names.join(" or ");
        for (index, condition) in self.conditions.iter().enumerate() {
            words.push_str(if index == 0 { " with " } else { " and " });
            // Writing to a string does not fail.
            let _ = match &condition.test {
                Test::Is(wanted) => write!(words, "{} = {}", condition.field, Shown(wanted)),
                Test::Passes(_) => write!(words, "a certain {}", condition.field),
            };
        }
        words
    }
}

/// A field that some of the wanted messages must have.
pub(super) fn check_field(
    catalogue: &Catalogue,
    wanted: &[Wanted],
    field: &str,
) -> Result<(), String> {
    let mut first = None;
    for wanted in wanted {
        let Wanted::Message(id) = wanted else {
            return Ok(()); // what events hold is their poster's business
        };
        let message = catalogue.message(*id);
        if message.field(field).is_some() {
            return Ok(());
        }
        first.get_or_insert(message);
    }
    match first {
        Some(message) => {
            let options = crate::protocol::did_you_mean(field, OPTIONS);
            let hint = if options.is_empty() {
                message.no_field(field)
            } else {
                format!("{} has no field `{field}`{options}", message.name)
            };
            Err(hint)
        }
        None => Ok(()),
    }
}

fn truthy(value: &LuaValue) -> bool {
    !matches!(value, LuaValue::Nil | LuaValue::Boolean(false))
}

/// A length of time that a script gives: text with a unit, or seconds.
pub(super) fn time(value: &LuaValue) -> Result<Duration, String> {
    Ok(*time_range(value)?.end())
}

/// A length of time, or a range of them, that a script gives.
pub(super) fn time_range(value: &LuaValue) -> Result<RangeInclusive<Duration>, String> {
    let wrong = || {
        let found = convert::describe(value);
        format!("needs a length of time such as \"30s\" or \"0.2s..1.5s\", not {found}")
    };
    let exact = |seconds| {
        duration::seconds(seconds)
            .map(|time| time..=time)
            .ok_or_else(wrong)
    };
    match value {
        LuaValue::String(text) => duration::parse_range(&text.to_string_lossy()),
        LuaValue::Number(seconds) => exact(*seconds),
        #[allow(clippy::cast_precision_loss)] // too long anyhow
        LuaValue::Integer(seconds) => exact(*seconds as f64),
        _ => Err(wrong()),
    }
}

/// Plain data as a script would write it.
struct Shown<'a>(&'a Datum);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Datum::Nil => f.write_str("nil"),
            Datum::Bool(value) => write!(f, "{value}"),
            Datum::Number(value) => write!(f, "{value}"),
            Datum::Text(text) => write!(f, "{:?}", String::from_utf8_lossy(text)),
            Datum::Table(_) => f.write_str("a table"),
        }
    }
}
