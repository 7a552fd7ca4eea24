//! What a shard does for those who look after a run: it changes the code of its
//! bots, looks into them, sets their environment.
//!
//! All of it goes in small batches, between which bots go on.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::change::Part;
use super::shard::Shard;
use crate::script::{Bot, BotView, Holder, LoadError, Loaded, ReloadError, ScriptSource, Settled};

/// How long a batch may hold up the other bots.
const BATCH: Duration = Duration::from_millis(1);

/// How often bots that could not change at once are looked after. They change by
/// themselves; this is for who waits to hear of it.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// What a shard is told to do.
pub(super) enum Order {
    Change(ChangeOrder),
    /// What each bot does right now is to be told.
    Inspect(Sender<Vec<BotView>>),
    Environment(Arc<BTreeMap<String, String>>),
}

/// New code. It is loaded, then the answer is given, and bots change if it is
/// gone ahead with: not, if the other end is dropped.
pub(super) struct ChangeOrder {
    pub(super) scripts: Arc<[ScriptSource]>,
    pub(super) answer: Sender<Result<(), Refusal>>,
    pub(super) go_ahead: oneshot::Receiver<()>,
    pub(super) part: Part,
}

/// Why a shard does not take new code.
pub(super) enum Refusal {
    Script(LoadError),
    Unknown(String),
    Held(Vec<Holder>),
}

/// Does as it is told, or begins to.
pub(super) fn obey(shard: &Rc<Shard>, order: Order) {
    match order {
        Order::Change(order) => {
            tokio::task::spawn_local(change(shard.clone(), order));
        }
        Order::Inspect(answer) => {
            tokio::task::spawn_local(inspect(shard.clone(), answer));
        }
        Order::Environment(variables) => {
            shard.host.context().set_environment(variables);
            for bot in shard.roster.all() {
                bot.tell_environment();
            }
        }
    }
}

/// Gives way to the bots when a batch has taken long enough.
struct Batches(Instant);

impl Batches {
    fn begin() -> Self {
        Self(Instant::now())
    }

    async fn pause(&mut self) {
        if self.0.elapsed() >= BATCH {
            tokio::task::yield_now().await;
            self.0 = Instant::now();
        }
    }
}

async fn inspect(shard: Rc<Shard>, answer: Sender<Vec<BotView>>) {
    let mut batches = Batches::begin();
    let mut views = Vec::new();
    for bot in shard.roster.all() {
        views.push(bot.view(&shard.host));
        batches.pause().await;
    }
    // Who asked may have stopped waiting.
    let _ = answer.send(views);
}

async fn change(shard: Rc<Shard>, order: ChangeOrder) {
    let ChangeOrder {
        scripts,
        answer,
        go_ahead,
        part,
    } = order;
    // From here on no bot begins with the code as it is.
    let closed = shard.gate.close();
    let loaded = load(&shard, &scripts).await;
    let (loaded, told) = match loaded {
        Ok(loaded) => (Some(loaded), Ok(())),
        Err(refusal) => (None, Err(refusal)),
    };
    // Who asked may have stopped waiting, and then does not go ahead.
    let _ = answer.send(told);
    drop(answer);
    let Some(loaded) = loaded else { return };
    if go_ahead.await.is_err() {
        return;
    }
    let bots = shard.roster.all().into_iter();
    let concerned = bots.filter(|bot| loaded.covers(bot.script)).collect();
    shard.host.adopt(loaded);
    let mut carrier = Carrier::begin(shard, part, concerned);
    carrier.sweep().await;
    drop(closed);
    carrier.look_after_the_rest().await;
}

async fn load(shard: &Shard, scripts: &[ScriptSource]) -> Result<Loaded, Refusal> {
    let mut held = Vec::new();
    // Twice, for those who hold the older code may have ended meanwhile.
    for _ in 0..2 {
        let file = match shard.host.load(scripts) {
            Ok(loaded) => return Ok(loaded),
            Err(ReloadError::Script(error)) => return Err(Refusal::Script(error)),
            Err(ReloadError::Unknown(file)) => return Err(Refusal::Unknown(file)),
            Err(ReloadError::Held(file)) => file,
        };
        held = holders(shard, &file).await;
        if !held.is_empty() {
            break;
        }
    }
    Err(Refusal::Held(held))
}

/// The bots that run the older generation of a script.
async fn holders(shard: &Shard, file: &str) -> Vec<Holder> {
    let mut batches = Batches::begin();
    let mut holders = Vec::new();
    for bot in shard.roster.all() {
        if shard.host.is_behind(&bot) {
            let reason = bot.obstacle(&shard.host);
            let reason = reason.unwrap_or("it did not take the last change");
            let holder = bot.holder(&shard.host, reason);
            if holder.script == file {
                holders.push(holder);
            }
        }
        batches.pause().await;
    }
    holders
}

/// Carries a change through the bots of a shard.
struct Carrier {
    shard: Rc<Shard>,
    part: Part,
    /// Bots that have not changed yet.
    pending: Vec<Rc<Bot>>,
    affected: u32,
    /// Of these, those of which it is known whether they have changed.
    settled: u32,
    /// Of these, those that have ended.
    ended: u32,
}

impl Carrier {
    /// Marks those of the bots that are to change.
    fn begin(shard: Rc<Shard>, part: Part, mut bots: Vec<Rc<Bot>>) -> Self {
        // What an earlier change left is nobody's concern any more.
        drop(shard.host.take_settled());
        bots.retain(|bot| bot.ended().is_none());
        let (pending, others): (Vec<_>, Vec<_>) =
            bots.into_iter().partition(|bot| bot.mark(&shard.host));
        let affected = small(pending.len());
        let mut entries = part.0.entries();
        entries.affected += affected;
        entries.outcome.unaffected += small(others.len());
        drop(entries);
        Self {
            shard,
            part,
            pending,
            affected,
            settled: 0,
            ended: 0,
        }
    }

    /// Changes all bots that can.
    async fn sweep(&mut self) {
        let mut batches = Batches::begin();
        for bot in self.pending.clone() {
            if self.part.0.is_withdrawn() {
                return;
            }
            if bot.is_marked() {
                bot.pump(&self.shard.host);
                bot.wake();
            }
            batches.pause().await;
        }
    }

    async fn look_after_the_rest(mut self) {
        loop {
            self.enter();
            if self.pending.is_empty() {
                return;
            }
            if self.part.0.is_withdrawn() {
                break;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        // All at once, so that none changes behind the others' backs.
        for bot in &self.pending {
            bot.unmark();
        }
        let mut batches = Batches::begin();
        for bot in std::mem::take(&mut self.pending) {
            let host = &self.shard.host;
            let reason = bot.obstacle(host);
            let reason = reason.unwrap_or("it came to a safe point too late");
            let holder = bot.holder(host, reason);
            self.settled += 1;
            self.part.0.entries().outcome.held.push(holder);
            batches.pause().await;
        }
    }

    /// Enters what has happened since it was asked last.
    fn enter(&mut self) {
        self.pending.retain(|bot| bot.is_marked());
        let settled = self.shard.host.take_settled();
        self.settled += small(settled.len());
        let ended = self.affected - self.settled - small(self.pending.len());
        let mut entries = self.part.0.entries();
        entries.ended += ended - self.ended;
        self.ended = ended;
        for settled in settled {
            match settled {
                Settled::Changed(pause) => {
                    entries.outcome.changed += 1;
                    let micros = u64::try_from(pause.as_micros()).unwrap_or(u64::MAX);
                    entries.outcome.pauses.saturating_record(micros.max(1));
                }
                Settled::Refused(holder) => entries.outcome.refused.push(holder),
            }
        }
    }
}

impl Drop for Carrier {
    /// The run may end before the change does; then all bots have ended.
    fn drop(&mut self) {
        self.enter();
    }
}

/// Bots are counted in 32 bits.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
