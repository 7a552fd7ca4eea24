//! The code of a script in its generations: the one that bots begin with, and
//! the one before while bots still run it.

use std::rc::Rc;

use mlua::Function;

use super::source::{ScriptSource, digest};

/// One generation of a script's code.
///
/// Bots that run it hold it; when the last has let go, it is gone.
pub(super) struct Code {
    pub(super) version: Box<str>,
    /// Counts the texts that the script has had, from 1.
    pub(super) generation: u32,
    pub(super) function: Function,
    digest: [u8; 32],
}

/// A script and the generations of its code, two at most.
pub(super) struct Script {
    pub(super) file: Box<str>,
    /// What bots begin with.
    pub(super) current: Rc<Code>,
    /// What some bots still run.
    old: Option<Rc<Code>>,
    generations: u32,
}

/// What a new text means for a script.
pub(super) enum Step {
    /// It is the text that the script has.
    Stay,
    /// It is that of the other generation.
    Return,
    /// It makes a new generation.
    Load(Function),
}

/// What a text would be for a script.
pub(super) enum Place {
    Current,
    Old,
    New,
    /// A third generation, while bots run both.
    NoRoom,
}

impl Script {
    pub(super) fn new(source: &ScriptSource, function: Function) -> Self {
        Self {
            file: source.file.as_str().into(),
            current: Rc::new(Code {
                version: source.version().into(),
                generation: 1,
                function,
                digest: digest(&source.text),
            }),
            old: None,
            generations: 1,
        }
    }

    /// The generation before the current one, while bots run it.
    pub(super) fn old(&self) -> Option<&Rc<Code>> {
        self.old.as_ref().filter(|old| is_run(old))
    }

    /// How many bots run the generation before the current one.
    pub(super) fn behind(&self) -> usize {
        // Each bot holds its code once, and the script that of both.
        self.old
            .as_ref()
            .map_or(0, |old| Rc::strong_count(old).saturating_sub(1))
    }

    /// Where a text would have its place.
    pub(super) fn place(&self, text: &str) -> Place {
        let digest = digest(text);
        if self.current.digest == digest {
            Place::Current
        } else if self.old().is_some_and(|old| old.digest == digest) {
            Place::Old
        } else if self.old().is_some() && is_run(&self.current) {
            Place::NoRoom
        } else {
            Place::New
        }
    }

    /// Bots begin with other code from now on.
    pub(super) fn adopt(&mut self, source: &ScriptSource, step: Step) {
        match step {
            Step::Stay => {}
            Step::Return => {
                if let Some(old) = &mut self.old {
                    std::mem::swap(&mut self.current, old);
                }
            }
            Step::Load(function) => {
                self.generations += 1;
                let code = Rc::new(Code {
                    version: source.version().into(),
                    generation: self.generations,
                    function,
                    digest: digest(&source.text),
                });
                let before = std::mem::replace(&mut self.current, code);
                if is_run(&before) {
                    self.old = Some(before);
                }
            }
        }
        self.purge();
    }

    /// Lets go of a generation that no bot runs any more.
    pub(super) fn purge(&mut self) {
        self.old.take_if(|old| !is_run(old));
    }

    /// How many generations are alive.
    #[cfg(test)]
    pub(super) fn generations(&self) -> usize {
        1 + usize::from(self.old.is_some())
    }
}

/// Somebody beside the script itself holds it: a bot.
fn is_run(code: &Rc<Code>) -> bool {
    Rc::strong_count(code) > 1
}
