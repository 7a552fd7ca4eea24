//! Sending a message.

use mlua::{MultiValue, Value as LuaValue};
use pickler::dynamic::Value;

use super::{Answer, Call, argument, text, trace};
use crate::observe::{Failure, Level};
use crate::protocol::{Catalogue, Effects, Field, Message};
use crate::script::bot::OUTPUT_LIMIT;
use crate::script::convert;
use crate::script::state::State;

impl Call<'_> {
    pub(super) fn send(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let (context, bot) = (self.context, self.bot);
        let catalogue = &context.protocol.catalogue;
        let id = self.message(&argument(arguments, 0))?;
        let message = catalogue.message(id);
        if message.is_other {
            return Err(message.no_sending());
        }
        let mut fields = given(catalogue, message, argument(arguments, 1))?;
        let answer = match argument(arguments, 2) {
            LuaValue::Nil => None,
            LuaValue::Table(options) => {
                let name = options
                    .get::<LuaValue>("answer")
                    .map_err(|error| error.to_string())?;
                Some(self.message(&name)?)
            }
            other => {
                let found = convert::describe(&other);
                return Err(format!(
                    "takes options such as {{ answer = \"ACK\" }}, not {found}"
                ));
            }
        };
        let mut state = bot.state.borrow_mut();
        if !state.connected {
            return Err("there is no connection to send on; bot:reconnect() makes one".into());
        }
        if state.output.len() > OUTPUT_LIMIT {
            state.fault = Some(Failure::Stalled);
            return Err("the server does not read what the bot sends".into());
        }
        for (field, value) in message.fields().iter().zip(&mut fields) {
            if value.is_none() {
                *value = state.hook.fill(id, &field.name);
            }
        }
        let start = state.output.len();
        let values = catalogue.encode(id, fields, &mut state.output);
        let values = values.map_err(|error| plain(&error.to_string()))?;
        context
            .stats
            .borrow_mut()
            .sent(id, state.output.len() - start);
        state.last_sent = context.time.now();
        let State { hook, random, .. } = &mut *state;
        let mut effects = Effects::new(random);
        hook.sent(id, &values, &mut effects);
        let (clock, hands) = (effects.clock, effects.hands);
        state.apply_clock(context, clock);
        state.count_hands(context, hands);
        if answer.is_some() {
            state.answer = answer;
            state.clock = Some(context.time.now());
        }
        drop(state);
        if context.tracer.wants(Level::Packet)
            && context.tracer.wants_packet(&bot.name, &message.name)
        {
            let shown = pickler::dynamic::json::to_json(&values, catalogue.schema());
            trace(
                context,
                bot,
                Level::Packet,
                &format!("→ {} {shown}", message.name),
            );
        }
        self.done(true)
    }
}

/// The fields that a script gives: a table with their names, or, where a message
/// has none, what it holds.
fn given(
    catalogue: &Catalogue,
    message: &Message,
    argument: LuaValue,
) -> Result<Vec<Option<Value>>, String> {
    let schema = catalogue.schema();
    let mut fields = vec![None; message.fields().len()];
    match argument {
        LuaValue::Nil => {}
        LuaValue::Table(table) if !(message.is_value() && convert::is_list(&table)) => {
            for pair in table.pairs::<LuaValue, LuaValue>() {
                let (name, value) = pair.map_err(|error| error.to_string())?;
                let name = text(&name, "names for the values, such as { amount = 40 }")?;
                let position = |field: &Field| *field.name == *name;
                let Some(at) = message.fields().iter().position(position) else {
                    if name == "type" {
                        continue; // a message as it came, sent back
                    }
                    return Err(message.no_field(&name));
                };
                let field = &message.fields()[at];
                let value = if field.is_body {
                    convert::to_body(schema, &field.shape, &value)
                } else {
                    convert::to_value(schema, &field.shape, &value)
                };
                let named = |problem| format!("{}: `{name}` {problem}", message.name);
                fields[at] = Some(value.map_err(named)?);
            }
        }
        value => match message.fields() {
            [field] if message.is_value() => {
                let value = convert::to_value(schema, &field.shape, &value);
                let named = |problem| format!("{} {problem}", message.name);
                fields[0] = Some(value.map_err(named)?);
            }
            _ => {
                let found = convert::describe(&value);
                return Err(format!(
                    "takes a table of fields after the name, not {found}"
                ));
            }
        },
    }
    Ok(fields)
}

/// An error of the codec, without the name of the union that all messages are
/// of.
fn plain(error: &str) -> String {
    match error.split_once('.') {
        Some((first, rest)) if first.chars().all(char::is_alphanumeric) && rest.contains(':') => {
            rest.to_owned()
        }
        _ => error.to_owned(),
    }
}
