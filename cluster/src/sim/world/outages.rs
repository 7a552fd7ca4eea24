//! How things break, and heal.

use super::super::link::Cargo;
use super::super::network::Cut;
use super::super::{Birth, Clock, Fault, Input, Machine, Place};
use super::{Event, WallClock, World};

impl<M: Machine> World<M> {
    pub(super) fn fault(&mut self, fault: Fault) {
        self.trace
            .add(self.now, &fault, || format!("-- {fault} --"));
        match fault {
            Fault::Crash { place, silent } => self.crash(place, silent),
            Fault::Start(place) => self.start(place),
            Fault::Pause(place) => {
                let node = &mut self.nodes[place.0];
                node.paused = node.machine.is_some();
            }
            Fault::Resume(place) => {
                let node = &mut self.nodes[place.0];
                node.paused = false;
                for event in std::mem::take(&mut node.backlog) {
                    self.queue.plan(self.now, event);
                }
            }
            Fault::Cut { number, from, to } => self.network.cut(number, Cut { from, to }),
            Fault::Heal(number) => self.network.heal(number),
            Fault::Weather(conditions) => self.network.conditions = conditions,
            Fault::ResetLinks(place) => {
                for (link, side) in self.links_of(place) {
                    for side in [side, side.other()] {
                        let at = self.now + self.network.written(&mut self.random);
                        self.queue.plan(at, Event::Broken { link, side });
                    }
                }
            }
            Fault::SetClock {
                place,
                ahead,
                drift,
            } => {
                let set_at = self.now;
                self.nodes[place.0].clock = WallClock {
                    ahead,
                    drift,
                    set_at,
                };
            }
        }
    }

    fn crash(&mut self, place: Place, silent: bool) {
        for (link, side) in self.links_of(place) {
            self.hang_up(link, side);
            if !silent {
                self.ship(link, side.other(), Cargo::Close);
            }
        }
        let node = &mut self.nodes[place.0];
        node.machine = None;
        node.off = silent;
        node.paused = false;
        node.backlog.clear();
        node.wake = None;
    }

    fn start(&mut self, place: Place) {
        let seed = self.random.seed();
        let node = &mut self.nodes[place.0];
        if node.machine.is_some() {
            return;
        }
        node.off = false;
        node.life += 1;
        let birth = Birth {
            place,
            life: node.life - 1,
            seed,
            clock: Clock {
                now: self.now,
                wall: node.clock.show(self.now),
            },
            disk: &mut node.disk,
        };
        node.machine = Some((self.make)(birth));
        self.handle(place, Input::Start);
    }
}
