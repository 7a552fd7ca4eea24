//! What is handed to the functions of `bot`.

use std::collections::HashMap;
use std::ops::Range;

use pickler::Direction;

use super::Script;
use crate::protocol::{MessageId, did_you_mean};
use crate::script::duration;
use crate::script::expectation::{OPTIONS, Wanted, check_field};

/// The fields of `bot` itself.
const BOT_FIELDS: [&str; 4] = ["id", "name", "serial", "state"];

/// What variables hold, if every place that declares one says so: a message of
/// some names.
type Variables<'a> = HashMap<&'a str, Option<Vec<MessageId>>>;

impl<'a> Script<'a> {
    /// Checks all uses of `bot`, and the fields of what it returns.
    pub(super) fn check_calls(&mut self) {
        for at in 0..self.tokens.len() {
            if self.name(at) != Some("bot") || self.is_part(at) {
                continue;
            }
            let Some(name) = self.name(at + 2) else {
                continue;
            };
            if self.is_symbol(at + 1, ":") {
                if self.is_function(name) {
                    let arguments = self.arguments(at + 3);
                    self.check_call(name, &arguments);
                } else {
                    let meant = did_you_mean(name, self.functions.iter().map(String::as_str));
                    self.problem(at + 2, format!("bot has no `{name}`{meant}"));
                }
            } else if self.is_symbol(at + 1, ".") {
                self.check_field_of_bot(at + 2, name);
            }
        }
        let variables = self.variables();
        for at in 0..self.tokens.len() {
            let Some(Some(messages)) = self.name(at).and_then(|name| variables.get(name)) else {
                continue;
            };
            if self.is_part(at) || !self.is_symbol(at + 1, ".") {
                continue;
            }
            let Some(field) = self.name(at + 2).filter(|field| *field != "type") else {
                continue;
            };
            let wanted: Vec<Wanted> = messages.iter().copied().map(Wanted::Message).collect();
            if let Err(problem) = check_field(&self.protocol.catalogue, &wanted, field) {
                self.problem(at + 2, problem);
            }
        }
    }

    /// The name belongs to what is in front of it: `x.bot`.
    fn is_part(&self, at: usize) -> bool {
        at > 0 && (self.is_symbol(at - 1, ".") || self.is_symbol(at - 1, ":"))
    }

    fn is_function(&self, name: &str) -> bool {
        self.functions.iter().any(|function| function == name)
    }

    fn check_field_of_bot(&mut self, at: usize, name: &str) {
        if self.is_function(name) && self.is_symbol(at + 1, "(") {
            self.problem(at, format!("write bot:{name}(...), with a colon"));
            return;
        }
        if BOT_FIELDS.contains(&name) || self.is_function(name) {
            return;
        }
        let is_set = (0..self.tokens.len()).any(|at| {
            self.name(at) == Some("bot")
                && self.is_symbol(at + 1, ".")
                && self.name(at + 2) == Some(name)
                && self.is_symbol(at + 3, "=")
        });
        if !is_set {
            let functions = self.functions.iter().map(String::as_str);
            let meant = did_you_mean(name, BOT_FIELDS.into_iter().chain(functions));
            self.problem(at, format!("bot has no `{name}`{meant}"));
        }
    }

    /// The arguments of a call, as ranges of tokens: `(a, b)`, `"a"` or `{}`.
    fn arguments(&self, at: usize) -> Vec<Range<usize>> {
        if self.is_symbol(at, "(") {
            self.pieces(at)
        } else if self.text(at).is_some() {
            std::iter::once(at..at + 1).collect()
        } else if self.is_symbol(at, "{") {
            std::iter::once(at..self.behind_bracket(at)).collect()
        } else {
            Vec::new()
        }
    }

    fn check_call(&mut self, function: &str, arguments: &[Range<usize>]) {
        let first = arguments.first().cloned();
        let second = arguments.get(1).cloned();
        match function {
            "send" => {
                let Some(first) = first else { return };
                if let Some(message) = self.message(&first) {
                    let named = self.protocol.catalogue.message(message);
                    if named.is_other {
                        self.problem(first.start, named.no_sending());
                    }
                    self.check_direction(first.start, message, Direction::is_to_server);
                    if let Some(fields) = second {
                        self.check_fields(message, &fields);
                    }
                }
                if let Some(options) = arguments.get(2).filter(|range| self.is_table(range)) {
                    for (at, key, value) in self.keys(options.start) {
                        if key == "answer" {
                            if let Some(message) = self.message(&value) {
                                let from_server = Direction::is_to_client;
                                self.check_direction(value.start, message, from_server);
                            }
                        } else {
                            let meant = did_you_mean(key, ["answer"]);
                            self.problem(at, format!("there is no option `{key}`{meant}"));
                        }
                    }
                }
            }
            "expect" | "poll" => {
                let wanted = first.and_then(|first| self.wanted(&first));
                if let Some(options) = second.filter(|range| self.is_table(range)) {
                    self.check_conditions(wanted.as_deref(), options.start);
                }
            }
            "turn" => {
                if let Some(options) = first.filter(|range| self.is_table(range)) {
                    self.check_conditions(None, options.start);
                }
            }
            "on" | "off" => {
                if let Some(first) = first {
                    self.wanted(&first);
                }
            }
            "ignore" | "keep" | "only" => {
                for argument in arguments {
                    self.wanted(argument);
                }
            }
            "think" | "rest" | "sleep" => {
                if let Some(first) = first {
                    self.check_time(&first);
                }
            }
            "timer" => {
                if let Some(first) = first {
                    self.check_event(&first);
                }
                if let Some(second) = second {
                    self.check_time(&second);
                }
            }
            "post" => {
                if let Some(first) = first {
                    self.check_event(&first);
                }
            }
            "log" => {
                let level = first.and_then(|first| Some((first.start, self.only_text(&first)?)));
                if let Some((at, level)) = level
                    && let Err(error) = level.parse::<crate::observe::Level>()
                {
                    self.problem(at, error.to_string());
                }
            }
            _ => {}
        }
    }

    /// The text that an argument is, if it is nothing else.
    pub(super) fn only_text(&self, range: &Range<usize>) -> Option<&'a str> {
        (range.len() == 1).then(|| self.text(range.start)).flatten()
    }

    pub(super) fn is_table(&self, range: &Range<usize>) -> bool {
        self.is_symbol(range.start, "{") && self.behind_bracket(range.start) == range.end
    }

    /// The message that an argument names, if it is written out and there is
    /// one.
    fn message(&mut self, range: &Range<usize>) -> Option<MessageId> {
        let name = self.only_text(range)?;
        let catalogue = &self.protocol.catalogue;
        let found = catalogue.by_name(name);
        if found.is_none() {
            self.problem(range.start, catalogue.no_message(name));
        }
        found
    }

    /// The names that an argument lists, if all are written out and there are
    /// such.
    fn wanted(&mut self, range: &Range<usize>) -> Option<Vec<Wanted>> {
        let pieces = if self.is_table(range) {
            self.pieces(range.start)
        } else {
            vec![range.clone()]
        };
        let mut wanted = Vec::new();
        let mut complete = true;
        for piece in pieces {
            let Some(name) = self.only_text(&piece) else {
                complete = false;
                continue;
            };
            match Wanted::parse(&self.protocol.catalogue, name) {
                Ok(name) => {
                    if let Wanted::Message(id) = name {
                        self.check_direction(piece.start, id, Direction::is_to_client);
                    }
                    wanted.push(name);
                }
                Err(problem) => {
                    self.problem(piece.start, problem);
                    complete = false;
                }
            }
        }
        complete.then_some(wanted)
    }

    /// Bots are clients: what goes the other way is seldom meant.
    fn check_direction(&mut self, at: usize, id: MessageId, goes: fn(Direction) -> bool) {
        let catalogue = &self.protocol.catalogue;
        let message = catalogue.message(id);
        let fits = |direction: Option<Direction>| direction.is_none_or(goes);
        if fits(message.direction) {
            return;
        }
        let others = catalogue.messages().iter();
        let others = others.filter(|other| fits(other.direction));
        let meant = did_you_mean(&message.name, others.map(|other| &*other.name));
        let name = &message.name;
        let way = match message.direction {
            Some(Direction::ToServer) => "goes to the server, which does not send it",
            Some(Direction::ToClient) => "comes from the server, which does not take it",
            _ => "stays within one side, and is never sent",
        };
        self.warning(at, format!("{name} {way}{meant}"));
    }

    /// `wanted` is `None` where the names are not known, or events only.
    fn check_conditions(&mut self, wanted: Option<&[Wanted]>, open: usize) {
        for (at, key, value) in self.keys(open) {
            match key {
                "within" => self.check_time(&value),
                "where" if self.is_table(&value) => {
                    for (at, field, _) in self.keys(value.start) {
                        self.check_condition(wanted, at, field);
                    }
                }
                key if OPTIONS.contains(&key) => {}
                field => self.check_condition(wanted, at, field),
            }
        }
    }

    fn check_condition(&mut self, wanted: Option<&[Wanted]>, at: usize, field: &str) {
        let Some(wanted) = wanted else { return };
        if let Err(problem) = check_field(&self.protocol.catalogue, wanted, field) {
            self.problem(at, problem);
        }
    }

    fn check_time(&mut self, range: &Range<usize>) {
        let text = self.only_text(range);
        if let Some(Err(problem)) = text.map(duration::parse_range) {
            self.problem(range.start, problem);
        }
    }

    fn check_event(&mut self, range: &Range<usize>) {
        let name = self.only_text(range);
        if let Some(name) = name.filter(|name| !name.starts_with('@')) {
            let problem =
                format!("`{name}` is no name of an event: those begin with @, such as \"@tick\"");
            self.problem(range.start, problem);
        }
    }

    /// The variables that hold messages: `local x = bot:expect("NAME")`, and
    /// the argument of a handler.
    fn variables(&mut self) -> Variables<'a> {
        let before = self.problems.len();
        let mut variables = Variables::new();
        for declaration in self.declarations() {
            let messages = self.messages_of(&declaration);
            match variables.get_mut(declaration.name) {
                None => {
                    variables.insert(declaration.name, messages);
                }
                Some(known) => match (known, messages) {
                    (Some(known), Some(messages)) => known.extend(messages),
                    (known, _) => *known = None,
                },
            }
        }
        // What is wrong with the calls was found before.
        self.problems.truncate(before);
        variables
    }

    fn messages_of(
        &mut self,
        declaration: &super::names::Declaration<'a>,
    ) -> Option<Vec<MessageId>> {
        let call = declaration.call?;
        let function = self.name(call + 2)?;
        let first = self.arguments(call + 3).into_iter().next()?;
        let fits = match function {
            "expect" | "poll" => !declaration.is_parameter,
            "on" => declaration.is_parameter,
            _ => false,
        };
        let wanted = fits.then(|| self.wanted(&first)).flatten()?;
        let message = |wanted| match wanted {
            Wanted::Message(id) => Some(id),
            Wanted::Event(_) => None,
        };
        wanted.into_iter().map(message).collect()
    }
}
