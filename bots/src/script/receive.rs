//! How what comes finds its way: the hook, the handlers, the script that waits,
//! the mailbox.

use std::rc::Rc;

use mlua::{IntoLua, Value as LuaValue};

use super::bot::Bot;
use super::context::Context;
use super::convert;
use super::expectation::Expectation;
use super::handlers::Verdict;
use super::host::Host;
use super::mailbox::{Event, Item};
use super::state::{Phase, Quit, State, Waiting};
use crate::observe::{Failure, Level};
use crate::protocol::{Clock, Effects, Packet};

impl Bot {
    /// A frame came. What cannot be read is counted and traced; the next frame
    /// is another matter.
    pub fn receive(self: &Rc<Self>, host: &Host, frame: &[u8]) {
        let context = host.context();
        let catalogue = &context.protocol.catalogue;
        let id = catalogue.identify(frame);
        context.stats.borrow_mut().received(id, frame.len());
        let Some(id) = id else {
            if catalogue.is_empty_frame(frame) {
                self.trace_empty_frame(context);
                return;
            }
            let problem = catalogue.decode(frame).err().map_or_else(
                || "a message of an unknown type".to_owned(),
                |error| error.to_string(),
            );
            self.unreadable(context, &problem);
            return;
        };
        let packet = Packet::new(id, frame, catalogue);
        if context.tracer.wants(Level::Packet)
            && context.tracer.wants_packet(&self.name, packet.name())
        {
            let line = format!("← {} {}", packet.name(), shown(&packet));
            context
                .tracer
                .line(context.time.now(), Level::Packet, &self.name, &line);
        }
        let mut events = Vec::new();
        if context.protocol.watched.contains(id) {
            let mut state = self.state.borrow_mut();
            let State { hook, random, .. } = &mut *state;
            let mut effects = Effects::new(random);
            hook.received(&packet, &mut effects);
            let Effects {
                fields,
                events: posted,
                hands,
                clock,
                ..
            } = effects;
            events = posted;
            state.apply_clock(context, clock);
            state.count_hands(context, hands);
            let table = state.table.clone();
            drop(state);
            if let Some(table) = table {
                for (name, value) in fields {
                    context.remember_hook_field(name);
                    let set = convert::datum_to_lua(host.lua(), &value)
                        .and_then(|value| table.raw_set(name, value));
                    debug_assert!(set.is_ok() || context.settings.memory > 0);
                }
            }
        }
        if let Some(error) = packet.unreadable() {
            self.unreadable(context, &error.to_string());
            return;
        }
        let mut state = self.state.borrow_mut();
        if state.answer == Some(id) {
            state.answer = None;
            state.apply_clock(context, Some(Clock::Stop));
        }
        drop(state);
        self.deliver_packet(host, &packet);
        for (name, value) in events {
            // Of what the protocol tells, the newest counts: a turn that is
            // over must not fill the mailbox.
            let outdated = |item: &Item| matches!(item, Item::Event(event) if *event.name == *name);
            self.state
                .borrow_mut()
                .mailbox
                .retain(|item| !outdated(item));
            self.receive_event(
                host,
                Event {
                    name: name.into(),
                    value,
                },
            );
        }
        self.leave_after_enough_hands(host);
    }

    fn leave_after_enough_hands(self: &Rc<Self>, host: &Host) {
        let enough = host.context().settings.hands;
        let state = self.state.borrow();
        if enough.is_some_and(|enough| state.hands >= enough) && state.quit == Quit::No {
            drop(state);
            self.quit(host);
        }
    }

    /// Does what is due by now: a change of code, posts, timers, deadlines,
    /// keep-alive.
    pub fn pump(self: &Rc<Self>, host: &Host) {
        let context = host.context();
        let now = context.time.now();
        loop {
            self.change_if_due(host);
            let mut state = self.state.borrow_mut();
            if let Some(event) = state.posted.pop_front() {
                drop(state);
                self.receive_event(host, event);
                continue;
            }
            state.posted.shrink_to_fit();
            let due = (0..state.timers.len())
                .filter(|index| state.timers[*index].0 <= now)
                .min_by_key(|index| state.timers[*index].0);
            if let Some(index) = due {
                let (_, event) = state.timers.remove(index);
                drop(state);
                self.receive_event(host, event);
                continue;
            }
            match &state.waiting {
                Waiting::Sleep(until) | Waiting::Think(until) if *until <= now => {
                    drop(state);
                    self.resume(host, true, LuaValue::Nil, LuaValue::Nil);
                    continue;
                }
                Waiting::Expect(expectation, Some(until)) if *until <= now => {
                    let problem = expectation.within.map(|within| {
                        let wanted = expectation.describe(&context.protocol.catalogue);
                        format!("waited {within:?} for {wanted}, and it did not come")
                    });
                    let problem = problem.filter(|_| !expectation.or_nil);
                    drop(state);
                    match problem {
                        Some(problem) => {
                            self.resume_with_problem(host, Some(Failure::Timeout), &problem);
                        }
                        None => self.resume(host, true, LuaValue::Nil, LuaValue::Nil),
                    }
                    continue;
                }
                _ => {}
            }
            if let Some(keep_alive) = &context.protocol.keep_alive
                && state.connected
                && state.last_sent + keep_alive.after <= now
            {
                state.last_sent = now;
                state.output.extend_from_slice(&keep_alive.frame);
                if let Some(id) = context.protocol.catalogue.identify(&keep_alive.frame) {
                    context.stats.borrow_mut().sent(id, keep_alive.frame.len());
                }
            }
            return;
        }
    }

    fn unreadable(&self, context: &Context, problem: &str) {
        context.stats.borrow_mut().failed(Failure::Decode);
        if context.tracer.wants_bot(Level::Error, &self.name) {
            let line = format!("a message cannot be read: {problem}");
            context
                .tracer
                .line(context.time.now(), Level::Error, &self.name, &line);
        }
    }

    fn trace_empty_frame(&self, context: &Context) {
        if context.tracer.wants_bot(Level::Packet, &self.name) {
            let line = "← a message of no bytes, not even a tag";
            context
                .tracer
                .line(context.time.now(), Level::Packet, &self.name, &line);
        }
    }

    fn receive_event(self: &Rc<Self>, host: &Host, event: Event) {
        let item = Item::Event(event);
        let verdict = self.ask_handlers(host, &item, || match &item {
            Item::Event(event) => convert::datum_to_lua(host.lua(), &event.value),
            Item::Packet(..) => Ok(LuaValue::Nil),
        });
        if verdict == Verdict::Eat {
            return;
        }
        let Item::Event(event) = &item else { return };
        let Some(expectation) = self.waiting_for(|wanted| wanted.names(&item)) else {
            self.keep(host, item, verdict);
            return;
        };
        let accepted = self.judge(host, || {
            expectation.0.accepts_event(host.lua(), &event.value)
        });
        match accepted {
            Ok(false) => {
                self.wait_on(expectation);
                self.keep(host, item, verdict);
            }
            Ok(true) => match arguments_of_event(host.lua(), event) {
                Ok((value, name)) => self.resume(host, true, value, name),
                Err(error) => self.resume_with_problem(host, None, &error.to_string()),
            },
            Err(error) => self.resume_with_problem(host, None, &error.to_string()),
        }
    }

    fn deliver_packet(self: &Rc<Self>, host: &Host, packet: &Packet<'_>) {
        let context = host.context();
        let handled = !self.state.borrow().handlers.is_empty();
        let verdict = if handled {
            // Handlers are few; that they take an item saves a second way in.
            let item = Item::Packet(packet.id, [].into());
            self.ask_handlers(host, &item, || convert::packet(host.lua(), context, packet))
        } else {
            Verdict::Skip
        };
        if verdict == Verdict::Eat {
            return;
        }
        if let Some(expectation) = self.waiting_for(|wanted| wanted.names_message(packet.id)) {
            let taken = self.judge(host, || {
                expected(host.lua(), context, &expectation.0, packet)
            });
            if let Some(error) = packet.unreadable() {
                self.unreadable(context, &error.to_string());
                self.wait_on(expectation);
                return;
            }
            match taken.and_then(Option::transpose) {
                Ok(Some((table, name))) => {
                    self.resume(host, true, table, name);
                    return;
                }
                Ok(None) => self.wait_on(expectation),
                Err(error) => {
                    self.resume_with_problem(host, None, &error.to_string());
                    return;
                }
            }
        }
        let ignored = self.state.borrow().ignored.contains(packet.id);
        if ignored && verdict != Verdict::Start {
            context.stats.borrow_mut().messages_ignored += 1;
            return;
        }
        self.keep(host, Item::Packet(packet.id, packet.frame.into()), verdict);
    }

    /// Puts something into the mailbox. A full one that holds nothing of what
    /// the script waits for is the script's error: nothing more can come.
    fn keep(self: &Rc<Self>, host: &Host, item: Item, verdict: Verdict) {
        let context = host.context();
        let mut state = self.state.borrow_mut();
        if matches!(state.phase, Phase::Done(_)) {
            return;
        }
        if verdict == Verdict::Start {
            state.mailbox.push_front(item);
        } else {
            state.mailbox.push(item);
        }
        let problem = match &state.waiting {
            Waiting::Expect(expectation, _) => state.overflow(context, expectation),
            _ => None,
        };
        drop(state);
        if let Some(problem) = problem {
            self.resume_with_problem(host, Some(Failure::MailboxFull), &problem);
        }
    }

    /// What the script waits for, taken from it, if it fits.
    fn waiting_for(
        &self,
        fits: impl FnOnce(&Expectation) -> bool,
    ) -> Option<(Box<Expectation>, Option<std::time::Duration>)> {
        let mut state = self.state.borrow_mut();
        if !matches!(&state.waiting, Waiting::Expect(expectation, _) if fits(expectation)) {
            return None;
        }
        match std::mem::replace(&mut state.waiting, Waiting::Nothing) {
            Waiting::Expect(expectation, until) => Some((expectation, until)),
            _ => None,
        }
    }

    fn wait_on(&self, (expectation, until): (Box<Expectation>, Option<std::time::Duration>)) {
        self.state.borrow_mut().waiting = Waiting::Expect(expectation, until);
    }

    /// Runs a condition or handler of the script's, which must not wait.
    fn judge<R>(
        self: &Rc<Self>,
        host: &Host,
        run: impl FnOnce() -> mlua::Result<R>,
    ) -> mlua::Result<R> {
        self.state.borrow_mut().in_handler = true;
        let result = host.enter(self, run);
        self.state.borrow_mut().in_handler = false;
        result
    }

    fn ask_handlers(
        self: &Rc<Self>,
        host: &Host,
        item: &Item,
        shown: impl Fn() -> mlua::Result<LuaValue>,
    ) -> Verdict {
        let functions = self.state.borrow().handlers.of(item);
        let context = host.context();
        for function in functions {
            let name = item.name(&context.protocol.catalogue);
            let answer = self.judge(host, || {
                let argument = shown()?;
                function.call::<LuaValue>((argument, name))
            });
            let verdict = match &answer {
                Ok(LuaValue::Nil) => Verdict::parse(None),
                Ok(LuaValue::String(answer)) => Verdict::parse(Some(&answer.to_string_lossy())),
                Ok(_) => None,
                Err(error) => {
                    let error = host.explain(self, error, None, None);
                    self.report(host, &error, true);
                    Some(Verdict::Skip)
                }
            };
            match verdict {
                Some(Verdict::Skip) => {}
                Some(verdict) => return verdict,
                None => {
                    let found = answer
                        .as_ref()
                        .map_or_else(|_| String::new(), convert::describe);
                    let error = mlua::Error::runtime(format!(
                        "a handler of {name} returns \"eat\", \"skip\" or \"start\", not {found}"
                    ));
                    let error = host.explain(self, &error, None, None);
                    self.report(host, &error, true);
                }
            }
        }
        Verdict::Skip
    }

    /// Looks through the mailbox for what a script expects, in order.
    pub(super) fn search(
        self: &Rc<Self>,
        lua: &mlua::Lua,
        context: &Context,
        expectation: &Expectation,
    ) -> mlua::Result<Option<(LuaValue, LuaValue)>> {
        // Conditions may call the script, which may post: not while borrowed.
        let mut mailbox = std::mem::take(&mut self.state.borrow_mut().mailbox);
        let outer = std::mem::replace(&mut self.state.borrow_mut().in_handler, true);
        let mut index = 0;
        let found = loop {
            let Some(item) = mailbox.items().nth(index) else {
                break Ok(None);
            };
            if !expectation.names(item) {
                index += 1;
                continue;
            }
            let taken = match item {
                Item::Event(event) => {
                    let accepted = expectation.accepts_event(lua, &event.value);
                    accepted.map(|accepted| accepted.then(|| arguments_of_event(lua, event)))
                }
                Item::Packet(id, frame) => {
                    let packet = Packet::new(*id, frame, &context.protocol.catalogue);
                    let taken = expected(lua, context, expectation, &packet);
                    if let Some(error) = packet.unreadable() {
                        self.unreadable(context, &error.to_string());
                        mailbox.remove(index);
                        continue;
                    }
                    taken
                }
            };
            match taken {
                // What the script cannot hold would be in the way of all behind it.
                Ok(Some(taken)) => {
                    mailbox.remove(index);
                    break taken.map(Some);
                }
                Ok(None) => index += 1,
                Err(error) => break Err(error),
            }
        };
        let mut state = self.state.borrow_mut();
        state.mailbox = mailbox;
        state.in_handler = outer;
        drop(state);
        found
    }
}

impl State {
    /// Why what is expected can never come, if that is so.
    pub(super) fn overflow(&self, context: &Context, expectation: &Expectation) -> Option<String> {
        let catalogue = &context.protocol.catalogue;
        let limits = context.settings.mailbox;
        (expectation.needs_messages() && self.mailbox.is_full(limits)).then(|| {
            format!(
                "the mailbox is full and holds no {}, so none can come any more; it holds {}. \
                 Drop kinds that the script does not need with bot:ignore(...)",
                expectation.describe(catalogue),
                self.mailbox.describe(catalogue),
            )
        })
    }

    pub(super) fn apply_clock(&mut self, context: &Context, clock: Option<Clock>) {
        match clock {
            Some(Clock::Start) => self.clock = Some(context.time.now()),
            Some(Clock::Stop) => {
                if let Some(start) = self.clock.take() {
                    let after = context.time.now().saturating_sub(start);
                    context.stats.borrow_mut().answered(after);
                }
            }
            None => {}
        }
    }

    pub(super) fn count_hands(&mut self, context: &Context, hands: u32) {
        if hands > 0 {
            self.hands += u64::from(hands);
            context.stats.borrow_mut().hands += u64::from(hands);
        }
    }
}

/// A message for the trace.
pub(super) fn shown(packet: &Packet<'_>) -> String {
    match packet.values() {
        Ok(values) => {
            pickler::dynamic::json::to_json(values, packet.catalogue.schema()).to_string()
        }
        Err(error) => format!("cannot be read: {error}"),
    }
}

/// What a script is given of a message, if it is one that it expects; an error
/// within, if it cannot hold that.
fn expected(
    lua: &mlua::Lua,
    context: &Context,
    expectation: &Expectation,
    packet: &Packet<'_>,
) -> mlua::Result<Option<mlua::Result<(LuaValue, LuaValue)>>> {
    if !expectation.accepts_packet(lua, packet)? {
        return Ok(None);
    }
    let table = convert::packet(lua, context, packet);
    Ok(Some(table.and_then(|table| {
        Ok((table, packet.name().into_lua(lua)?))
    })))
}

fn arguments_of_event(lua: &mlua::Lua, event: &Event) -> mlua::Result<(LuaValue, LuaValue)> {
    let value = convert::datum_to_lua(lua, &event.value)?;
    Ok((value, (&*event.name).into_lua(lua)?))
}
