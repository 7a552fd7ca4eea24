//! How links carry what is written to them, and break.

use super::super::link::{Cargo, Link, LinkId, Side};
use super::super::{Input, Machine, Network, Place};
use super::{AGAIN, Event, World};

impl<M: Machine> World<M> {
    /// The side of a link that a node has now.
    pub(super) fn side(&self, link: LinkId, place: Place) -> Option<Side> {
        let life = self.nodes[place.0].life;
        self.links.get(&link)?.side_of(place, life)
    }

    /// Puts something on its way to a side.
    pub(super) fn ship(&mut self, id: LinkId, to: Side, cargo: Cargo) {
        let Some(link) = self.links.get_mut(&id) else {
            return;
        };
        let after = self.network.written(&mut self.random);
        let end = link.end_mut(to);
        end.last_arrival = end.last_arrival.max(self.now + after);
        end.incoming.push_back(cargo);
        let at = end.last_arrival;
        self.queue.plan(at, Event::Arrival { link: id, side: to });
    }

    pub(super) fn arrive(&mut self, id: LinkId, side: Side) {
        let Some(link) = self.links.get_mut(&id) else {
            return;
        };
        let (from, to) = (link.end(side.other()).place, link.end(side).place);
        let end = link.end_mut(side);
        if end.incoming.is_empty() {
            return;
        }
        let node = &self.nodes[to.0];
        if node.off || !self.network.reaches(from, to) || !self.network.reaches(to, from) {
            // The sender tries again, and gives up some time. The other side
            // learns nothing of that.
            let random = &mut self.random;
            let until = *end
                .tried_until
                .get_or_insert_with(|| self.now + Network::patience(random));
            if self.now < until {
                self.queue
                    .plan(self.now + AGAIN, Event::Arrival { link: id, side });
            } else {
                end.incoming.clear();
                let side = side.other();
                self.queue.plan(self.now, Event::Broken { link: id, side });
            }
            return;
        }
        end.tried_until = None;
        let Some(cargo) = end.incoming.pop_front() else {
            return;
        };
        let life = node.machine.is_some().then_some(node.life);
        let fits = match cargo {
            Cargo::Open => life.is_some(),
            _ => life.is_some() && end.life == life && end.open,
        };
        if !fits {
            // Nobody has this link: the sender is told so.
            end.open = false;
            end.incoming.clear();
            let side = side.other();
            let at = self.now + self.network.written(&mut self.random);
            self.queue.plan(at, Event::Broken { link: id, side });
            return;
        }
        match cargo {
            Cargo::Open => {
                end.life = life;
                end.open = true;
                self.ship(id, side.other(), Cargo::Opened);
                self.handle(to, Input::Accepted(id));
            }
            Cargo::Opened => self.handle(to, Input::Opened(id)),
            Cargo::Bytes(bytes) => self.handle(to, Input::Received { link: id, bytes }),
            Cargo::Close => {
                self.hang_up(id, side);
                self.handle(to, Input::Closed(id));
            }
        }
        self.bury(id);
    }

    pub(super) fn broken(&mut self, id: LinkId, side: Side) {
        let Some(link) = self.links.get(&id) else {
            return;
        };
        let place = link.end(side).place;
        if self.side(id, place) == Some(side) {
            self.hang_up(id, side);
            self.handle(place, Input::Closed(id));
        }
        self.bury(id);
    }

    /// A side is no longer there.
    pub(super) fn hang_up(&mut self, id: LinkId, side: Side) {
        if let Some(link) = self.links.get_mut(&id) {
            let end = link.end_mut(side);
            end.open = false;
            end.incoming.clear();
        }
    }

    fn bury(&mut self, id: LinkId) {
        if self.links.get(&id).is_some_and(Link::is_over) {
            self.links.remove(&id);
        }
    }

    /// The links that a node has now, with its side.
    pub(super) fn links_of(&self, place: Place) -> Vec<(LinkId, Side)> {
        let sides = |id: &LinkId| Some((*id, self.side(*id, place)?));
        self.links.keys().filter_map(sides).collect()
    }
}
