//! The dispatcher stack: what a script wants to see as soon as it comes.

use mlua::Function;

use super::expectation::Wanted;
use super::mailbox::Item;

/// Handlers, the newest last. Holds no memory while there is none.
#[derive(Debug, Default)]
pub(super) struct Handlers(Vec<Handler>);

#[derive(Debug)]
struct Handler {
    wanted: Box<[Wanted]>,
    function: Function,
}

/// What a handler decides about what it has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is dealt with: nobody else sees it.
    Eat,
    /// The next handler sees it, and after the last one the script.
    Skip,
    /// The script sees it next, before all that waits in the mailbox; no other
    /// handler does.
    Start,
}

impl Verdict {
    /// What a handler returned; nothing is [`Skip`](Self::Skip).
    pub(super) fn parse(answer: Option<&str>) -> Option<Self> {
        match answer {
            None | Some("skip") => Some(Self::Skip),
            Some("eat") => Some(Self::Eat),
            Some("start") => Some(Self::Start),
            Some(_) => None,
        }
    }
}

impl Handlers {
    pub(super) fn push(&mut self, wanted: Box<[Wanted]>, function: Function) {
        self.0.push(Handler { wanted, function });
    }

    /// Takes off the newest handler of these names; false if there is none.
    pub(super) fn pop(&mut self, wanted: &[Wanted]) -> bool {
        let newest = self
            .0
            .iter()
            .rposition(|handler| *handler.wanted == *wanted);
        newest.map(|index| self.0.remove(index)).is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// There is a handler of the event of that name.
    pub(super) fn want_event(&self, name: &str) -> bool {
        let own = |wanted: &Wanted| matches!(wanted, Wanted::Event(event) if **event == *name);
        self.0.iter().any(|handler| handler.wanted.iter().any(own))
    }

    /// The handlers of what came, the newest first.
    pub(super) fn of(&self, item: &Item) -> Vec<Function> {
        let own = |handler: &&Handler| match item {
            Item::Packet(id, _) => handler.wanted.contains(&Wanted::Message(*id)),
            Item::Event(event) => handler.wanted.contains(&Wanted::Event(event.name.clone())),
        };
        self.0
            .iter()
            .rev()
            .filter(own)
            .map(|handler| handler.function.clone())
            .collect()
    }
}
