//! How a node stops everything: to boot anew, to become another program, or to
//! leave.

use std::collections::BTreeSet;
use std::time::Duration;

use cluster_protocol::{Refusal, Report};

use super::brain::NodeBrain;
use super::supervisor::{Fate, Spec, Supervisor};
use super::sync::Origin;
use super::{HostCommand, Output, Ticket};
use crate::release::Release;

/// How long applications may take to stop.
const STOP: Duration = Duration::from_secs(15);

/// Everything is about to stop.
pub(super) struct Restart {
    waiting: BTreeSet<Ticket>,
    deadline: Duration,
    purpose: Purpose,
}

enum Purpose {
    /// To boot into a release, as another program if it has one.
    Boot {
        release: Box<Release>,
        origin: Origin,
        /// What ran, to go on with it if the program cannot be replaced.
        old: Vec<Spec>,
        /// The host was told to become the program.
        executing: bool,
    },
    /// To leave; once that is done nothing more is to do.
    Leave { left: bool },
}

impl Restart {
    pub fn deadline(&self) -> Option<Duration> {
        (!self.waiting.is_empty()).then_some(self.deadline)
    }

    /// Whether the node leaves.
    pub fn leaves(&self) -> bool {
        matches!(self.purpose, Purpose::Leave { .. })
    }

    /// Whether it is the one of a sync, which is then answered on another
    /// order.
    pub fn asked_again(&mut self, wanted: u64, id: u32) -> bool {
        match &mut self.purpose {
            Purpose::Boot {
                origin: Origin::Sync { sync, command },
                ..
            } if *sync == wanted => {
                *command = id;
                true
            }
            _ => false,
        }
    }
}

impl NodeBrain {
    /// Stops everything and boots into what is pending.
    pub(super) fn begin_restart(&mut self) {
        let program = self.config.program_hash;
        let Some((release, origin)) = self.take_pending() else {
            return;
        };
        // The program is needed until the host has become it.
        let module = release
            .program()
            .filter(|module| module.hash != program)
            .cloned();
        let purpose = Purpose::Boot {
            release: Box::new(release),
            origin,
            old: self.supervisor.specs().cloned().collect(),
            executing: false,
        };
        let held = self
            .supervisor
            .specs()
            .flat_map(|spec| spec.application.modules.clone());
        let held: Vec<_> = held.chain(module).collect();
        self.modules.want(&held);
        self.stop_everything(purpose);
    }

    /// Leaves: tells the boot server, and stops everything.
    pub(super) fn leave(&mut self) {
        if self.link.is_welcome() {
            self.context.link(Report::Leaving);
        }
        self.pending = None;
        self.desired = None;
        self.stop_everything(Purpose::Leave { left: false });
    }

    fn stop_everything(&mut self, purpose: Purpose) {
        self.runs.stop_all(&mut self.context);
        let names: Vec<_> = self
            .supervisor
            .applications()
            .iter()
            .map(|a| a.name.clone())
            .collect();
        let mut waiting = BTreeSet::new();
        for name in names {
            waiting.extend(self.supervisor.stop(&mut self.context, &name));
        }
        self.restart = Some(Restart {
            waiting,
            deadline: self.context.now + STOP,
            purpose,
        });
        self.all_stopped();
    }

    pub(super) fn restart_heard(&mut self, instance: Ticket, fate: &Fate) {
        if let Some(restart) = &mut self.restart
            && *fate != Fate::Started
            && restart.waiting.remove(&instance)
        {
            self.all_stopped();
        }
    }

    pub(super) fn restart_timeout(&mut self) {
        if let Some(restart) = &mut self.restart
            && restart
                .deadline()
                .is_some_and(|deadline| deadline <= self.context.now)
        {
            restart.waiting.clear();
            self.context.note("some applications do not stop");
            self.all_stopped();
        }
    }

    fn all_stopped(&mut self) {
        let Some(restart) = &mut self.restart else {
            return;
        };
        if !restart.waiting.is_empty() {
            return;
        }
        match &mut restart.purpose {
            Purpose::Leave { left } => {
                if !std::mem::replace(left, true) {
                    self.context.outputs.push_back(Output::Left);
                }
            }
            Purpose::Boot {
                release, executing, ..
            } => {
                let version = release.version();
                let program = release.program();
                let program = program.filter(|module| module.hash != self.config.program_hash);
                let Some(program) = program.cloned() else {
                    return self.boot_anew(version);
                };
                if std::mem::replace(executing, true) {
                    return;
                }
                match self.modules.get(&program) {
                    Some(bytes) => self.context.host(HostCommand::Exec {
                        hash: program.hash,
                        program: bytes,
                        release_floor: version,
                        epoch: self.epoch,
                    }),
                    None => self.exec_failed("its bytes are gone"),
                }
            }
        }
    }

    /// Drops everything but who the node is, and boots again.
    fn boot_anew(&mut self, version: u64) {
        self.restart = None;
        self.supervisor = Supervisor::default();
        self.current = None;
        self.desired = None;
        self.last = None;
        self.groups_changed = false;
        self.floor = version;
        self.modules.want([]);
        self.apply_environment();
        self.context
            .note(format!("boots again, into release {version}"));
        self.reconnect_after(Duration::ZERO);
    }

    /// The host could not become another program: what ran goes on.
    pub(super) fn exec_failed(&mut self, why: &str) {
        let Some(Restart {
            purpose: Purpose::Boot { origin, old, .. },
            ..
        }) = self.restart.take_if(|restart| {
            matches!(
                restart.purpose,
                Purpose::Boot {
                    executing: true,
                    ..
                }
            )
        })
        else {
            return;
        };
        self.context
            .note(format!("cannot become another program: {why}"));
        self.supervisor = Supervisor::default();
        self.apply_environment();
        for spec in old {
            self.supervisor.start(&mut self.context, spec, false);
        }
        self.want_modules();
        if let Origin::Sync { command, .. } = origin {
            self.context.refuse(command, Refusal::Failed, why);
        }
        self.retry_later();
        if self.groups_changed {
            self.rejoin();
        }
    }
}
