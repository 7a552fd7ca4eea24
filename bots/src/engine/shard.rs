//! One thread's share of the bots.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pickler::framing::LengthField;
use tokio::sync::Notify;

use super::config::{RunConfig, StartError};
use super::connection;
use super::run::Stopper;
use crate::observe::{Publisher, Tracer};
use crate::protocol::{Inbound, Protocol};
use crate::script::{
    Bot, Context, Decision, Event, Host, LoadError, ScriptError, ScriptSource, Settings,
    TimeSource, Transcript,
};

/// Bytes read from a socket at a time; one buffer for all bots of the shard.
const READ_BYTES: usize = 16 << 10;

/// How often counts are published and the end of the run is looked for.
const TICK: Duration = Duration::from_millis(100);

/// What one shard is to do.
pub(super) struct ShardPlan {
    pub(super) index: usize,
    pub(super) shards: usize,
    pub(super) config: RunConfig,
    pub(super) protocol: Protocol,
    pub(super) scripts: Vec<ScriptSource>,
    /// Which script the first bots run, repeated for the others.
    pub(super) order: Vec<usize>,
    pub(super) publisher: Publisher,
    pub(super) stopper: Stopper,
    pub(super) tracer: Tracer,
    /// Every shard's.
    pub(super) mail: Vec<Mail>,
    pub(super) began: Instant,
}

/// What one shard has come to.
pub(super) struct ShardReport {
    pub(super) errors: Vec<ScriptError>,
    pub(super) script_memory_peak: u64,
    pub(super) recording: Option<Recording>,
}

/// Events from other shards' bots, bounded.
#[derive(Clone, Default)]
pub(super) struct Mail(Arc<MailBag>);

#[derive(Default)]
struct MailBag {
    events: Mutex<VecDeque<(u32, Event)>>,
    came: Notify,
}

/// The most events that wait for a shard.
const MAIL_LIMIT: usize = 65_536;

impl Mail {
    fn push(&self, to: u32, event: Event) -> bool {
        let mut events = self.0.events.lock().unwrap_or_else(PoisonError::into_inner);
        if events.len() >= MAIL_LIMIT {
            return false;
        }
        events.push_back((to, event));
        drop(events);
        self.0.came.notify_one();
        true
    }

    fn take(&self) -> VecDeque<(u32, Event)> {
        std::mem::take(&mut *self.0.events.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the tasks of a shard share.
pub(super) struct Shard {
    pub(super) config: RunConfig,
    pub(super) host: Rc<Host>,
    pub(super) publisher: Publisher,
    pub(super) read_buffer: RefCell<Box<[u8]>>,
    pub(super) began: Instant,
    pub(super) recorded: RefCell<Option<Recorder>>,
    running: Cell<usize>,
}

/// The bots of a shard by number.
struct Roster {
    first_bot: u32,
    shards: u32,
    index: u32,
    bots: RefCell<Vec<Rc<Bot>>>,
}

impl Roster {
    /// The shard of a bot, and its place there.
    fn place(&self, id: u32) -> Option<(u32, usize)> {
        let offset = id.checked_sub(self.first_bot)?;
        Some((
            offset % self.shards,
            usize::try_from(offset / self.shards).ok()?,
        ))
    }

    fn own(&self, id: u32) -> Option<Rc<Bot>> {
        let (shard, place) = self.place(id)?;
        let bots = self.bots.borrow();
        bots.get(place).filter(|_| shard == self.index).cloned()
    }
}

/// Loads scripts into a state that is thrown away.
pub(super) fn try_scripts(protocol: &Protocol, scripts: &[ScriptSource]) -> Result<(), LoadError> {
    let time = TimeSource::Since(Instant::now());
    let nobody = Box::new(|_, _| false);
    let context = Context::new(
        protocol.clone(),
        Settings::default(),
        time,
        Tracer::off(),
        nobody,
    );
    Host::new(context, scripts).map(|_| ())
}

/// Runs a shard to the end of the run.
pub(super) fn run(plan: ShardPlan) -> Result<ShardReport, StartError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, share(plan))
}

async fn share(plan: ShardPlan) -> Result<ShardReport, StartError> {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let roster = Rc::new(Roster {
        first_bot: plan.config.first_bot,
        shards: small(plan.shards),
        index: small(plan.index),
        bots: RefCell::default(),
    });
    let posts = roster.clone();
    let mail = plan.mail.clone();
    let outbox = move |to: u32, event: Event| match posts.place(to) {
        Some((shard, _)) if shard == posts.index => {
            posts.own(to).is_some_and(|bot| bot.post(event))
        }
        Some((shard, _)) => mail
            .get(shard as usize)
            .is_some_and(|mail| mail.push(to, event)),
        None => false,
    };
    let context = Context::new(
        plan.protocol.clone(),
        plan.config.settings.clone(),
        TimeSource::Since(plan.began),
        plan.tracer.clone(),
        Box::new(outbox),
    );
    let shard = Rc::new(Shard {
        host: Host::new(context, &plan.scripts)?,
        config: plan.config.clone(),
        publisher: plan.publisher.clone(),
        read_buffer: RefCell::new(vec![0; READ_BYTES].into()),
        began: plan.began,
        recorded: RefCell::default(),
        running: Cell::new(0),
    });
    let postman = tokio::task::spawn_local(deliver(plan.mail[plan.index].clone(), roster.clone()));
    let memory_peak = shard.supervise(&plan, &roster).await;
    postman.abort();
    shard.publish();
    let recorder = shard.recorded.borrow_mut().take();
    Ok(ShardReport {
        errors: shard.host.errors(),
        script_memory_peak: memory_peak,
        recording: recorder.map(|recorder| recorder.recording),
    })
}

async fn deliver(mail: Mail, roster: Rc<Roster>) {
    loop {
        mail.0.came.notified().await;
        for (to, event) in mail.take() {
            if let Some(bot) = roster.own(to) {
                bot.post(event);
            }
        }
    }
}

impl Shard {
    fn publish(&self) {
        self.publisher.publish(&self.host.context().stats.borrow());
    }

    /// Starts the bots one after the other, waits for the end of the run, and
    /// has them leave. The most memory that scripts took, in bytes.
    async fn supervise(self: &Rc<Self>, plan: &ShardPlan, roster: &Roster) -> u64 {
        let config = &self.config;
        let mut own = (0..config.bots)
            .skip(plan.index)
            .step_by(plan.shards)
            .peekable();
        let mut memory_peak = 0;
        let mut last_tick = Duration::ZERO;
        loop {
            let now = self.began.elapsed();
            while let Some(&number) = own.peek().filter(|number| self.begins(**number) <= now) {
                own.next();
                let script = plan.order[number as usize % plan.order.len()];
                let bot = Bot::new(&self.host, config.first_bot + number, script);
                roster.bots.borrow_mut().push(bot.clone());
                self.host.context().stats.borrow_mut().started += 1;
                self.running.set(self.running.get() + 1);
                let shard = self.clone();
                tokio::task::spawn_local(connection::live(shard, bot));
            }
            if now >= last_tick + TICK {
                last_tick = now;
                self.publish();
                memory_peak = memory_peak.max(self.host.script_memory() as u64);
            }
            let over = config.duration.is_some_and(|duration| now >= duration);
            let all_ended = self.running.get() == 0 && own.peek().is_none();
            if over || all_ended || plan.stopper.is_stopped() {
                break;
            }
            let next = own
                .peek()
                .map_or(last_tick + TICK, |number| self.begins(*number));
            let pause = next
                .saturating_sub(now)
                .clamp(Duration::from_millis(1), TICK);
            tokio::time::sleep(pause).await;
        }
        self.have_leave(roster).await;
        memory_peak.max(self.host.script_memory() as u64)
    }

    /// When a bot begins to connect.
    fn begins(&self, number: u32) -> Duration {
        self.config
            .ramp
            .mul_f64(f64::from(number) / f64::from(self.config.bots.max(1)))
    }

    async fn have_leave(&self, roster: &Roster) {
        let bots: Vec<Rc<Bot>> = roster.bots.borrow().clone();
        for bot in &bots {
            bot.quit(&self.host);
            bot.wake();
        }
        let until = Instant::now() + self.config.grace;
        while self.running.get() > 0 && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(10)).await;
            self.publish();
        }
        for bot in &bots {
            bot.stop();
            bot.wake();
        }
        // Tasks of bots that have ended end as soon as they are polled.
        while self.running.get() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub(super) fn framing(&self) -> LengthField {
        self.host.context().protocol.catalogue.framing()
    }

    /// A bot's task has ended.
    pub(super) fn task_ended(&self) {
        self.running.set(self.running.get() - 1);
        self.host.context().stats.borrow_mut().ended += 1;
    }

    /// Begins to record, if the bot is the one that is recorded.
    pub(super) fn record_start(&self, bot: &Bot) {
        if self.config.record == Some(bot.id) {
            let recorder = || Recorder {
                began: self.began.elapsed(),
                recording: Recording::default(),
                unsent: Inbound::default(),
            };
            self.recorded.borrow_mut().get_or_insert_with(recorder);
        }
    }

    /// Keeps a frame that came, if the bot is the one that is recorded.
    pub(super) fn record_received(&self, bot: &Bot, frame: &[u8]) {
        if self.config.record == Some(bot.id)
            && let Some(recorder) = &mut *self.recorded.borrow_mut()
        {
            let at = self.began.elapsed().saturating_sub(recorder.began);
            let frames = &mut recorder.recording.received.frames;
            frames.push((at, frame.into()));
        }
    }

    /// Keeps bytes that were sent, if the bot is the one that is recorded.
    pub(super) fn record_sent(&self, bot: &Bot, bytes: &[u8]) {
        if self.config.record == Some(bot.id)
            && let Some(recorder) = &mut *self.recorded.borrow_mut()
        {
            let at = self.began.elapsed().saturating_sub(recorder.began);
            let sent = &mut recorder.recording.sent;
            let cut = recorder.unsent.feed(self.framing(), bytes, |frame| {
                let frame = frame.into();
                sent.push(Decision { at, frame });
                true
            });
            debug_assert!(cut.is_ok(), "a bot sends whole messages");
        }
    }
}

/// What a bot received and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// What it received.
    pub received: Transcript,
    /// What it sent.
    pub sent: Vec<Decision>,
}

/// A recording that is being made.
pub(super) struct Recorder {
    /// When the script began.
    began: Duration,
    recording: Recording,
    /// The part of a message that is sent.
    unsent: Inbound,
}
