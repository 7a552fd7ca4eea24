//! What can be done with the bots of a run while it goes on.

use std::collections::{BTreeMap, HashSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::change::{Change, ChangeError, Ledger, Part};
use super::mail::Mail;
use super::orders::{ChangeOrder, Order, Refusal};
use super::shard;
use crate::protocol::Protocol;
use crate::script::{BotView, Holder, ScriptSource};

/// How long shards may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// What can be done with the bots of a run while it goes on; cheap to clone,
/// and of use on any thread. When the run has ended, nothing is left to be done.
#[derive(Clone)]
pub struct Control(Arc<Inner>);

struct Inner {
    protocol: Protocol,
    /// The files of the run's scripts.
    files: Vec<String>,
    mail: Vec<Mail>,
    /// The last change.
    last: Mutex<Option<Arc<Ledger>>>,
}

impl Control {
    pub(super) fn new(protocol: Protocol, scripts: &[ScriptSource], mail: Vec<Mail>) -> Self {
        Self(Arc::new(Inner {
            protocol,
            files: scripts.iter().map(|script| script.file.clone()).collect(),
            mail,
            last: Mutex::new(None),
        }))
    }

    /// Gives the running bots new texts for scripts of the same file names, and
    /// returns as soon as all threads of the run have loaded them. Bots that
    /// run other code than that change to it, each as soon as it is at a safe
    /// point; weights are not looked at.
    ///
    /// A text that runs already is tried again with bots that did not change to
    /// it before. One that ran before the last change, and that bots still run,
    /// is what the others go back to.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use bots::engine::{ChangeError, Control};
    /// # use bots::script::ScriptSource;
    /// # fn change(control: &Control, scripts: &[ScriptSource]) -> Result<(), ChangeError> {
    /// let outcome = control.change(scripts)?.wait(Duration::from_secs(30));
    /// println!("{} bots changed, none for longer than {} µs", outcome.changed, outcome.pauses.max());
    /// for holder in outcome.held.iter().chain(&outcome.refused) {
    ///     println!("{holder}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If nothing was changed anywhere: a text cannot be loaded or belongs to
    /// no script of the run, a change is still under way, or bots hold on to
    /// the code from before the last one.
    pub fn change(&self, scripts: &[ScriptSource]) -> Result<Change, ChangeError> {
        let inner = &self.0;
        let mut last = inner.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref().is_some_and(|ledger| !ledger.is_finished()) {
            return Err(ChangeError::UnderWay);
        }
        let mut seen = HashSet::new();
        for script in scripts {
            if !inner.files.contains(&script.file) {
                return Err(ChangeError::Unknown(script.file.clone()));
            }
            if !seen.insert(&script.file) {
                return Err(ChangeError::Twice(script.file.clone()));
            }
        }
        shard::try_scripts(&inner.protocol, scripts)?;
        let scripts: Arc<[ScriptSource]> = scripts.into();
        let ledger = Ledger::new(inner.mail.len());
        let (answer, answers) = channel();
        let mut go_aheads = Vec::new();
        for mail in &inner.mail {
            let (go_ahead, decided) = oneshot::channel();
            let order = ChangeOrder {
                scripts: scripts.clone(),
                answer: answer.clone(),
                go_ahead: decided,
                part: Part(ledger.clone()),
            };
            if mail.order(Order::Change(order)) {
                go_aheads.push(go_ahead);
            }
        }
        drop(answer);
        if go_aheads.is_empty() {
            return Err(ChangeError::Ended);
        }
        *last = Some(ledger.clone());
        let change = Change::new(ledger);
        if let Err(error) = agreed(&answers) {
            drop(go_aheads);
            change.cancel();
            return Err(error);
        }
        for go_ahead in go_aheads {
            // A shard that has ended meanwhile has nothing to change.
            let _ = go_ahead.send(());
        }
        Ok(change)
    }

    /// What every bot does right now, in order of their numbers. Bots of a
    /// thread that does not answer in time are missing.
    pub fn inspect(&self) -> Vec<BotView> {
        let (answer, answers) = channel();
        for mail in &self.0.mail {
            mail.order(Order::Inspect(answer.clone()));
        }
        drop(answer);
        let deadline = Instant::now() + ANSWER_WITHIN;
        let mut views = Vec::new();
        while let Ok(more) = answers.recv_timeout(left_until(deadline)) {
            views.extend(more);
        }
        views.sort_by_key(|view: &BotView| view.id);
        views
    }

    /// Replaces the environment: `bot:environment` sees it from then on, and
    /// scripts that wait for the event `@environment`, or handle it, get it.
    pub fn set_environment(&self, variables: BTreeMap<String, String>) {
        let variables = Arc::new(variables);
        for mail in &self.0.mail {
            mail.order(Order::Environment(variables.clone()));
        }
    }
}

impl Control {
    /// The letter boxes of the shards.
    #[cfg(test)]
    pub(super) fn mail(&self) -> &[Mail] {
        &self.0.mail
    }
}

fn left_until(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// All shards that have not ended have loaded the new code.
fn agreed(answers: &Receiver<Result<(), Refusal>>) -> Result<(), ChangeError> {
    let deadline = Instant::now() + ANSWER_WITHIN;
    let mut held: Option<Vec<Holder>> = None;
    loop {
        match answers.recv_timeout(left_until(deadline)) {
            Ok(Ok(())) => {}
            Ok(Err(Refusal::Held(more))) => held.get_or_insert_default().extend(more),
            Ok(Err(Refusal::Script(error))) => return Err(error.into()),
            Ok(Err(Refusal::Unknown(file))) => return Err(ChangeError::Unknown(file)),
            Err(RecvTimeoutError::Timeout) => return Err(ChangeError::NoAnswer),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let Some(mut held) = held else { return Ok(()) };
    held.sort_by_key(|holder| holder.bot);
    Err(ChangeError::Held(held))
}
