//! One thread's share of the bots.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pickler::framing::MessageFraming;

use super::config::{RunConfig, StartError};
use super::gate::Gate;
use super::mail::Mail;
use super::recording::{Recorder, Recording};
use super::roster::Roster;
use super::run::Stopper;
use super::{connection, orders};
use crate::observe::{Publisher, Tracer};
use crate::protocol::Protocol;
use crate::script::{
    Bot, Context, Event, Host, LoadError, ScriptError, ScriptSource, Settings, TimeSource,
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

/// What the tasks of a shard share.
pub(super) struct Shard {
    pub(super) config: RunConfig,
    pub(super) host: Rc<Host>,
    pub(super) publisher: Publisher,
    pub(super) read_buffer: RefCell<Box<[u8]>>,
    pub(super) began: Instant,
    pub(super) recorded: RefCell<Option<Recorder>>,
    pub(super) roster: Rc<Roster>,
    /// Bots go through it before their scripts begin.
    pub(super) gate: Rc<Gate>,
    running: Cell<usize>,
    /// The numbers of bots that begin anew, and when; the next one in front.
    respawns: RefCell<VecDeque<(Duration, u32)>>,
}

/// Loads scripts as a run would, into a state that is thrown away.
///
/// # Errors
/// If one of them cannot be loaded.
pub fn try_scripts(protocol: &Protocol, scripts: &[ScriptSource]) -> Result<(), LoadError> {
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
    let _letter_box = plan.mail[plan.index].open();
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
            .is_some_and(|mail| mail.post(to, event)),
        None => false,
    };
    let context = Context::new(
        plan.protocol.clone(),
        plan.config.settings.clone(),
        TimeSource::Since(plan.began),
        plan.tracer.clone(),
        Box::new(outbox),
    );
    context.set_environment(Arc::new(plan.config.environment.clone()));
    let shard = Rc::new(Shard {
        host: Host::new(context, &plan.scripts)?,
        config: plan.config.clone(),
        publisher: plan.publisher.clone(),
        read_buffer: RefCell::new(vec![0; READ_BYTES].into()),
        began: plan.began,
        recorded: RefCell::default(),
        roster,
        gate: Rc::default(),
        running: Cell::new(0),
        respawns: RefCell::default(),
    });
    let mail = plan.mail[plan.index].clone();
    let postman = tokio::task::spawn_local(deliver(mail, shard.clone()));
    let memory_peak = shard.supervise(&plan).await;
    postman.abort();
    shard.publish();
    let recorder = shard.recorded.borrow_mut().take();
    Ok(ShardReport {
        errors: shard.host.errors(),
        script_memory_peak: memory_peak,
        recording: recorder.map(|recorder| recorder.recording),
    })
}

async fn deliver(mail: Mail, shard: Rc<Shard>) {
    loop {
        let bag = mail.next().await;
        for (to, event) in bag.events {
            if let Some(bot) = shard.roster.own(to) {
                bot.post(event);
            }
        }
        for order in bag.orders {
            orders::obey(&shard, order);
        }
    }
}

impl Shard {
    fn publish(&self) {
        let stats = self.host.context().stats.borrow();
        self.publisher.publish(&stats, self.host.behind());
    }

    /// Starts the bots one after the other, waits for the end of the run, and
    /// has them leave. The most memory that scripts took, in bytes.
    async fn supervise(self: &Rc<Self>, plan: &ShardPlan) -> u64 {
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
                self.spawn(plan, number);
            }
            while let Some(number) = self.due_respawn(now) {
                self.spawn(plan, number);
            }
            if now >= last_tick + TICK {
                last_tick = now;
                self.publish();
                memory_peak = memory_peak.max(self.host.script_memory() as u64);
                self.host.purge();
            }
            let over = config.duration.is_some_and(|duration| now >= duration);
            let respawn = self.respawns.borrow().front().map(|(at, _)| *at);
            let all_ended = self.running.get() == 0 && own.peek().is_none() && respawn.is_none();
            if over || all_ended || plan.stopper.is_stopped() {
                break;
            }
            let begins = own.peek().map(|number| self.begins(*number));
            let next = [begins, respawn].into_iter().flatten().min();
            let next = next.unwrap_or(last_tick + TICK);
            let pause = next
                .saturating_sub(now)
                .clamp(Duration::from_millis(1), TICK);
            tokio::time::sleep(pause).await;
        }
        self.have_leave().await;
        memory_peak.max(self.host.script_memory() as u64)
    }

    /// A bot of that number in the run, from 0, begins to connect.
    fn spawn(self: &Rc<Self>, plan: &ShardPlan, number: u32) {
        let script = plan.order[number as usize % plan.order.len()];
        let bot = Bot::new(&self.host, self.config.first_bot + number, script);
        self.roster.enter(bot.clone());
        self.host.context().stats.borrow_mut().started += 1;
        self.running.set(self.running.get() + 1);
        tokio::task::spawn_local(connection::live(self.clone(), bot));
    }

    fn due_respawn(&self, now: Duration) -> Option<u32> {
        let mut respawns = self.respawns.borrow_mut();
        let due = respawns.front().is_some_and(|(at, _)| *at <= now);
        let next = due.then(|| respawns.pop_front()).flatten();
        next.map(|(_, number)| number)
    }

    /// When a bot begins to connect.
    fn begins(&self, number: u32) -> Duration {
        self.config
            .ramp
            .mul_f64(f64::from(number) / f64::from(self.config.bots.max(1)))
    }

    async fn have_leave(&self) {
        let bots = self.roster.all();
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

    pub(super) fn framing(&self) -> &MessageFraming {
        self.host.context().protocol.catalogue.framing()
    }

    /// A bot's task has ended.
    pub(super) fn task_ended(&self, bot: &Bot) {
        if let Some(after) = self.config.respawn {
            let number = bot.id - self.config.first_bot;
            let at = self.began.elapsed() + after;
            self.respawns.borrow_mut().push_back((at, number));
        }
        self.running.set(self.running.get() - 1);
        self.host.context().stats.borrow_mut().ended += 1;
    }
}
