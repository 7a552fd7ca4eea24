//! New texts for the scripts of a host.

use std::rc::Rc;

use super::bot::Bot;
use super::change::Settled;
use super::code::{Code, Place, Script, Step};
use super::host::{self, Host, LoadError};
use super::source::ScriptSource;

/// New texts for scripts of a host, loaded; no bot runs them yet.
pub struct Loaded(Vec<(usize, ScriptSource, Step)>);

/// New texts that a host does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReloadError {
    /// One cannot be loaded.
    #[error(transparent)]
    Script(#[from] LoadError),
    /// The host has no script of that file name.
    #[error("no script that runs is called {0}")]
    Unknown(String),
    /// Bots run two generations of this script; a third would take the place
    /// of the older one.
    #[error("{0} runs in two generations already")]
    Held(String),
}

impl Loaded {
    /// It has a text for the script of that number.
    pub fn covers(&self, script: usize) -> bool {
        self.0.iter().any(|(index, ..)| *index == script)
    }
}

impl Host {
    /// Loads new texts for scripts of the same file names, each of which is
    /// given once. Nothing changes for bots until they are
    /// [adopted](Self::adopt), before which no bot may begin.
    ///
    /// # Errors
    /// If a text cannot be loaded, belongs to no script of the host, or would
    /// make a third generation while bots run two.
    pub fn load(&self, sources: &[ScriptSource]) -> Result<Loaded, ReloadError> {
        let scripts = self.scripts.borrow();
        let step = |source: &ScriptSource| {
            let index = scripts
                .iter()
                .position(|script| *script.file == source.file)
                .ok_or_else(|| ReloadError::Unknown(source.file.clone()))?;
            let step = match scripts[index].place(&source.text) {
                Place::Current => Step::Stay,
                Place::Old => Step::Return,
                Place::NoRoom => return Err(ReloadError::Held(source.file.clone())),
                Place::New => Step::Load(host::load(self.lua(), &self.globals, source)?),
            };
            Ok((index, source.clone(), step))
        };
        sources
            .iter()
            .map(step)
            .collect::<Result<_, _>>()
            .map(Loaded)
    }

    /// Has bots begin with new code from now on. Those that run go on with what
    /// they have until they are [marked](Bot::mark).
    pub fn adopt(&self, loaded: Loaded) {
        let mut scripts = self.scripts.borrow_mut();
        for (index, source, step) in loaded.0 {
            if let Some(script) = scripts.get_mut(index) {
                script.adopt(&source, step);
            }
        }
    }

    /// Lets go of code that no bot runs any more.
    pub fn purge(&self) {
        self.scripts.borrow_mut().iter_mut().for_each(Script::purge);
    }

    /// How many bots run the generation before the current one of their script.
    pub fn behind(&self) -> usize {
        self.scripts.borrow().iter().map(Script::behind).sum()
    }

    /// How many generations are alive of the script that has the most.
    #[cfg(test)]
    pub(super) fn generations(&self) -> usize {
        self.purge();
        let scripts = self.scripts.borrow();
        scripts.iter().map(Script::generations).max().unwrap_or(0)
    }

    /// What has become of marked bots since this was asked last.
    pub fn take_settled(&self) -> Vec<Settled> {
        std::mem::take(&mut self.settled.borrow_mut())
    }

    pub(super) fn settle(&self, settled: Settled) {
        self.settled.borrow_mut().push(settled);
    }

    /// The code that bots of that script begin with.
    pub(super) fn current(&self, script: usize) -> Rc<Code> {
        self.scripts.borrow()[script].current.clone()
    }

    /// The bot runs the generation before the current one.
    pub fn is_behind(&self, bot: &Bot) -> bool {
        let state = bot.state.borrow();
        let code = state.code.as_ref();
        code.is_some_and(|code| !Rc::ptr_eq(code, &self.current(bot.script)))
    }
}
