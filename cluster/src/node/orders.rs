//! What the boot server orders.

use std::collections::BTreeMap;

use cluster_protocol::{Command, Order, Outcome, Prepare, Refusal};

use super::Output;
use super::brain::NodeBrain;
use super::sync::{Origin, Pending, Phase};

/// How many bytes of lines go into one answer.
const LINES_BYTES: usize = 256 << 10;

impl NodeBrain {
    pub(super) fn command(&mut self, command: Command) {
        let id = command.id;
        if let Err(why) = self.obey(command.epoch) {
            return self.context.refuse(id, Refusal::Epoch, why);
        }
        match command.order {
            Order::Prepare(prepare) => self.prepare(id, &prepare),
            Order::Commit { sync } => self.commit(id, sync),
            Order::Abort { sync } => self.abort(id, sync),
            Order::Charter(signed) => {
                if self.take_charter(&signed) {
                    self.context.answer(id, Outcome::Done);
                } else {
                    self.context
                        .refuse(id, Refusal::Signature, "the charter does not hold");
                }
            }
            Order::Keys(keys) => {
                self.context.outputs.push_back(Output::Keys(keys));
                self.context.answer(id, Outcome::Done);
            }
            Order::PrepareRun(prepare) => {
                let (context, modules) = (&mut self.context, &self.modules);
                self.runs
                    .prepare(context, &self.authority, modules, id, &prepare);
                self.want_modules();
                self.runs.advance(&mut self.context, &self.modules);
            }
            Order::BeginRun(begin) => self.runs.begin(&mut self.context, id, begin),
            Order::StopRun { run } => {
                self.runs.stop(&mut self.context, run);
                self.want_modules();
                self.context.answer(id, Outcome::Done);
            }
            Order::Inspect => self.inspect(id),
            Order::Log { lines } => {
                let mut lines = self.context.lines(lines);
                let mut bytes = 0;
                let fit = lines.iter().rev().take_while(|line| {
                    bytes += line.len() + 2;
                    bytes <= LINES_BYTES
                });
                let skipped = lines.len() - fit.count();
                lines.drain(..skipped);
                self.context.answer(id, Outcome::Lines(lines));
            }
        }
    }

    fn prepare(&mut self, id: u32, prepare: &Prepare) {
        let sync = prepare.sync;
        let changing = self.pending.as_ref().is_some_and(Pending::is_changing);
        if changing || self.restart.is_some() {
            return self
                .context
                .refuse(id, Refusal::Busy, "it changes just now");
        }
        let over = self.last.as_ref().is_some_and(|last| last.sync == sync);
        if over || sync < self.last_sync {
            let text = format!("sync {sync} is over");
            return self.context.refuse(id, Refusal::Stale, text);
        }
        let wall = self.context.wall;
        let (manifest, rollbacks) = (&prepare.manifest, &prepare.rollback);
        let release = match self
            .authority
            .next_release(manifest, rollbacks, self.floor, wall)
        {
            Ok(release) => release,
            Err(error) => return self.context.answer(id, Outcome::Refused(error.refusal())),
        };
        if let Some(refused) = self.objection(&release) {
            return self.context.answer(id, Outcome::Refused(refused));
        }
        let from = self.release();
        let difference = self.difference(&release, prepare.way);
        let origin = Origin::Sync { sync, command: id };
        let mut pending = Pending::new(origin, release, difference, &self.config);
        let lacking = pending
            .needed
            .iter()
            .filter(|module| !self.modules.holds(module));
        let lacking: BTreeMap<_, _> = lacking.map(|module| (module.hash, module.size)).collect();
        pending.bytes = lacking.values().sum();
        if prepare.plan_only {
            let plan = pending.plan(sync, from);
            return self.context.answer(id, Outcome::Plan(plan));
        }
        self.last_sync = sync;
        if let Some(own) = &mut self.pending
            && own.is_of(sync)
            && own.release == pending.release
        {
            own.origin = origin;
            if matches!(own.phase, Phase::Ready) {
                let plan = own.plan(sync, from);
                self.context.answer(id, Outcome::Plan(plan));
            }
            return;
        }
        self.pending = Some(pending);
        self.want_modules();
        self.modules_came();
    }

    fn commit(&mut self, id: u32, sync: u64) {
        if let Some(last) = self.last.clone().filter(|last| last.sync == sync) {
            return self.context.answer(id, Outcome::Changed(last));
        }
        let pending = self.pending.as_mut().filter(|pending| pending.is_of(sync));
        let Some(pending) = pending else {
            if self
                .restart
                .as_mut()
                .is_some_and(|restart| restart.asked_again(sync, id))
            {
                return;
            }
            let text = format!("sync {sync} was not prepared");
            return self.context.refuse(id, Refusal::Unknown, text);
        };
        match pending.phase {
            Phase::Fetching | Phase::Trying { .. } => {
                self.context
                    .refuse(id, Refusal::Busy, "it is not ready yet");
            }
            Phase::Changing(_) => pending.origin = Origin::Sync { sync, command: id },
            Phase::Ready => {
                pending.origin = Origin::Sync { sync, command: id };
                if pending.release.manifest().expires <= self.context.wall {
                    return self.give_up("the release has expired");
                }
                if pending.difference.restarts() {
                    self.begin_restart();
                } else {
                    self.begin_change();
                }
            }
        }
    }

    fn abort(&mut self, id: u32, sync: u64) {
        match &self.pending {
            Some(pending) if pending.is_of(sync) && pending.is_changing() => {
                return self
                    .context
                    .refuse(id, Refusal::Busy, "it changes just now");
            }
            Some(pending) if pending.is_of(sync) => self.forget_prepared(),
            _ => {}
        }
        self.context.answer(id, Outcome::Done);
    }
}
