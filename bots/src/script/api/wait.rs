//! What a script waits for.

use std::time::Duration;

use mlua::{MultiValue, Value as LuaValue};

use super::{Answer, Call, argument};
use crate::observe::Failure;
use crate::script::expectation::{Expectation, time_range};
use crate::script::state::{Phase, Quit, Waiting};

impl Call<'_> {
    /// Something may wait now: not in handlers, and not when the run ends.
    pub(super) fn may_wait(&self, what: &str) -> Answer {
        let mut state = self.bot.state.borrow_mut();
        state.fault = None;
        if state.in_handler {
            return Err(format!(
                "{what} waits, and a handler or condition must not wait"
            ));
        }
        if state.quit == Quit::Pending && state.phase == Phase::Script {
            return Err("the run ends".into());
        }
        Ok(())
    }

    pub(super) fn expect(&self, arguments: &MultiValue) -> Answer<MultiValue> {
        let wait = argument(arguments, 2) == LuaValue::Boolean(true);
        if wait {
            self.may_wait("bot:expect")?;
        }
        let catalogue = &self.context.protocol.catalogue;
        let (names, options) = (argument(arguments, 0), argument(arguments, 1));
        let expectation = Expectation::parse(catalogue, &names, &options)?;
        let found = self.bot.search(self.lua, self.context, &expectation);
        if let Some((value, name)) = found.map_err(|error| error.to_string())? {
            return self.done((true, value, name));
        }
        if !wait {
            return self.done((true, LuaValue::Nil));
        }
        let mut state = self.bot.state.borrow_mut();
        if let Some(problem) = state.overflow(self.context, &expectation) {
            state.fault = Some(Failure::MailboxFull);
            return Err(problem);
        }
        if !state.connected && expectation.needs_messages() {
            return Err(format!(
                "there is no connection on which {} could come; bot:reconnect() makes one",
                expectation.describe(catalogue)
            ));
        }
        let until = expectation
            .within
            .map(|within| self.context.time.now() + within);
        state.waiting = Waiting::Expect(Box::new(expectation), until);
        drop(state);
        self.done(false)
    }

    pub(super) fn pause(
        &self,
        arguments: &MultiValue,
        scale: f64,
        waiting: fn(Duration) -> Waiting,
    ) -> Answer<MultiValue> {
        let range = time_range(&argument(arguments, 0))?;
        let mut state = self.bot.state.borrow_mut();
        let span = range.end().saturating_sub(*range.start());
        let drawn = *range.start() + span.mul_f64(state.random.unit());
        let scaled = Duration::try_from_secs_f64(drawn.as_secs_f64() * scale);
        state.waiting = waiting(self.context.time.now() + scaled.unwrap_or(drawn));
        drop(state);
        self.done(false)
    }

    pub(super) fn reconnect(&self) -> Answer<MultiValue> {
        self.may_wait("bot:reconnect")?;
        let mut state = self.bot.state.borrow_mut();
        state.waiting = Waiting::Connection;
        state.output = Vec::new();
        drop(state);
        self.done(false)
    }
}
