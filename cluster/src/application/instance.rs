//! An application that runs: what it is told is done one after the other.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cluster_protocol::{Application as Entry, BotState, Name};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::{Application, Environment, Health, start};
use crate::node::{HostEvent, LoadedModule, Ticket};

/// How long bots may take to come to where their code can be changed.
const PATIENCE: Duration = Duration::from_secs(20);

/// An application that runs, or is about to, or was told to stop.
pub struct Instance {
    /// Its name.
    pub name: Name,
    running: Running,
    tasks: UnboundedSender<Task>,
    environment: watch::Sender<Environment>,
}

/// The application, while it runs.
type Running = Arc<Mutex<Option<Arc<dyn Application>>>>;

/// What it is told.
pub enum Task {
    /// Change its code in place.
    Change(Ticket, Vec<LoadedModule>),
    /// Stop.
    Stop,
}

/// What an instance begins with.
pub struct Beginning {
    /// Which instance.
    pub ticket: Ticket,
    /// What it is.
    pub entry: Entry,
    /// Its modules.
    pub modules: Vec<LoadedModule>,
    /// The variables that it sees.
    pub environment: Environment,
    /// The node that it runs on.
    pub node: String,
}

impl Instance {
    /// Starts an application; events tell what becomes of it.
    pub fn start(beginning: Beginning, events: UnboundedSender<HostEvent>) -> Self {
        let running = Running::default();
        let (tasks, received) = unbounded_channel();
        let name = beginning.entry.name.clone();
        let environment = watch::Sender::new(beginning.environment.clone());
        let newest = environment.subscribe();
        tokio::spawn(live(beginning, running.clone(), received, newest, events));
        Self {
            name,
            running,
            tasks,
            environment,
        }
    }

    /// Tells it something, once it is done with what it was told before.
    pub fn tell(&self, task: Task) {
        // One that has stopped has said so.
        let _ = self.tasks.send(task);
    }

    /// Replaces the variables that it sees.
    pub fn set_environment(&self, environment: &Environment) {
        // One that is being started is told when it runs.
        self.environment.send_replace(environment.clone());
        if let Some(application) = self.running() {
            application.set_environment(environment);
        }
    }

    /// How it fares, if it runs.
    pub fn health(&self) -> Option<Health> {
        self.running().map(|application| application.health())
    }

    /// Says what its bots do, from any thread. Blocks a moment.
    pub fn inspector(&self) -> impl Fn() -> Vec<BotState> + Send + 'static {
        let running = self.running();
        move || running.as_ref().map_or_else(Vec::new, |it| it.inspect())
    }

    fn running(&self) -> Option<Arc<dyn Application>> {
        lock(&self.running).clone()
    }
}

fn lock(running: &Running) -> std::sync::MutexGuard<'_, Option<Arc<dyn Application>>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says what happens; one who no longer listens has ended.
fn say(events: &UnboundedSender<HostEvent>, event: HostEvent) {
    let _ = events.send(event);
}

async fn live(
    beginning: Beginning,
    running: Running,
    mut tasks: UnboundedReceiver<Task>,
    mut environment: watch::Receiver<Environment>,
    events: UnboundedSender<HostEvent>,
) {
    let ticket = beginning.ticket;
    let started = spawn_blocking(move || {
        let Beginning {
            entry,
            modules,
            environment,
            node,
            ..
        } = beginning;
        start(&entry, &modules, &environment, &node).map_err(|error| error.to_string())
    });
    let application: Arc<dyn Application> = match started.await {
        Ok(Ok(application)) => application.into(),
        Ok(Err(why)) => return say(&events, HostEvent::StartFailed { ticket, why }),
        Err(panic) => {
            let why = format!("it cannot be started: {panic}");
            return say(&events, HostEvent::StartFailed { ticket, why });
        }
    };
    *lock(&running) = Some(application.clone());
    if environment.has_changed().unwrap_or(false) {
        application.set_environment(&environment.borrow_and_update());
    }
    say(&events, HostEvent::Started { ticket });
    let told = loop {
        match tasks.recv().await {
            Some(Task::Change(ticket, modules)) => {
                let application = application.clone();
                let change = spawn_blocking(move || application.change(&modules, PATIENCE));
                let result = match change.await {
                    Ok(result) => result,
                    Err(panic) => Err(format!("it cannot be changed: {panic}")),
                };
                say(&events, HostEvent::Changed { ticket, result });
            }
            Some(Task::Stop) => break true,
            // It has ended by itself, or the host is gone: so is what it ran.
            None => break false,
        }
    };
    lock(&running).take();
    application.drain();
    // One that panics in stopping has stopped, too.
    let _ = spawn_blocking(move || application.stop()).await;
    if told {
        say(&events, HostEvent::Stopped { ticket });
    }
}
