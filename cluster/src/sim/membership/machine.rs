//! A node that does nothing but membership, as sockets would drive it.

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{Address, Exchange, Liveness, MemberState, Name, Peer, PeerKind, Signed};

use super::super::{Birth, Effects, Input, LinkId, Machine, Place};
use crate::membership::{Config, MemberEvent, Membership};

/// A known mistake, made on purpose, to see that the simulator finds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flaw {
    /// None.
    #[default]
    None,
    /// Members exchange all that they know only to join.
    NoExchange,
    /// Members believe what they are told of whichever generation of a member
    /// as if it were about the present one.
    NoGenerations,
    /// Members believe that somebody whom they do not know is down.
    NewsOfUnknownDead,
}

/// A node that does nothing but membership.
pub struct Gossiper {
    membership: Membership,
    flaw: Flaw,
    links: BTreeMap<LinkId, Talk>,
    /// The link to the first node that is kept open, so that its end tells of a
    /// death.
    kept: Option<LinkId>,
    /// The generation that it was started with.
    born: u64,
    /// How often this node had to rejoin.
    rejoined: u32,
}

/// What a link is used for.
struct Talk {
    /// Whether this side asked.
    asked: bool,
    /// Who is at the other side, once it has said so.
    with: Option<Name>,
}

impl Gossiper {
    /// A node that joins the first of its world.
    pub fn new(birth: &Birth<'_, ()>, config: &Config, flaw: Flaw) -> Self {
        let config = Config {
            exchange_every: config.exchange_every.filter(|_| flaw != Flaw::NoExchange),
            ..config.clone()
        };
        let me = Peer {
            name: name(birth.place),
            address: birth.place.address(),
            generation: birth.clock.wall,
            kind: PeerKind::Worker,
        };
        Self {
            membership: Membership::new(me, config, birth.seed),
            flaw,
            links: BTreeMap::new(),
            kept: None,
            born: birth.clock.wall,
            rejoined: 0,
        }
    }

    /// Who it thinks is there.
    pub fn membership(&self) -> &Membership {
        &self.membership
    }

    /// The generation that it was started with.
    pub fn born(&self) -> u64 {
        self.born
    }

    /// How often it was held to be down and came back.
    pub fn rejoined(&self) -> u32 {
        self.rejoined
    }

    fn tell(&mut self, link: LinkId, effects: &mut Effects<'_, ()>) {
        let exchange = Exchange {
            source: self.membership.me().clone(),
            members: self.membership.exchange(),
            charter: Signed {
                statement: Vec::new().into(),
                key: [0; 32],
                signature: [0; 64],
            },
        };
        match pickler::encode(&exchange) {
            Ok(bytes) => effects.write(link, bytes),
            Err(error) => effects.note(format!("cannot write an exchange: {error}")),
        }
    }

    fn hear(&mut self, now: Duration, link: LinkId, bytes: &[u8], effects: &mut Effects<'_, ()>) {
        let Ok(heard) = pickler::decode::<Exchange>(bytes) else {
            effects.note("heard something that is no exchange");
            return;
        };
        let asked = self.links.get(&link).is_some_and(|talk| talk.asked);
        if !asked {
            self.tell(link, effects);
        }
        let members = self.flawed(now, heard.members);
        if let Err(error) = self.membership.apply_exchange(now, &heard.source, &members) {
            effects.note(format!("refuses an exchange: {error}"));
        }
        if let Some(talk) = self.links.get_mut(&link) {
            talk.with = Some(heard.source.name.clone());
        }
        if asked {
            if self.kept.is_none() && heard.source.name == name(Place(0)) {
                self.kept = Some(link);
            } else if self.kept != Some(link) {
                self.links.remove(&link);
                effects.close(link);
            }
        }
    }

    /// What the flaw makes of what is heard.
    fn flawed(&mut self, now: Duration, members: Vec<MemberState>) -> Vec<MemberState> {
        if matches!(self.flaw, Flaw::None | Flaw::NoExchange) {
            return members;
        }
        let known: BTreeMap<Name, Peer> = self
            .membership
            .members()
            .map(|member| (member.peer.name.clone(), member.peer))
            .collect();
        let mut flawed = Vec::new();
        for mut member in members {
            match known.get(&member.peer.name) {
                Some(peer) if self.flaw == Flaw::NoGenerations => member.peer = peer.clone(),
                None if self.flaw == Flaw::NewsOfUnknownDead => {
                    // Once it is known, its death is news.
                    let liveness = Liveness::Alive;
                    let (source, known) = (
                        member.peer.clone(),
                        MemberState {
                            liveness,
                            ..member.clone()
                        },
                    );
                    let _ = self.membership.apply_exchange(now, &source, &[known]);
                }
                _ => {}
            }
            flawed.push(member);
        }
        flawed
    }

    fn settle(&mut self, now: Duration, effects: &mut Effects<'_, ()>) {
        while let Some(contact) = self.membership.due_exchange(now) {
            let link = effects.open(contact.address());
            let asked = true;
            self.links.insert(link, Talk { asked, with: None });
            self.tell(link, effects);
        }
        while let Some((to, plain)) = self.membership.poll_transmit() {
            effects.send(to, plain);
        }
        while let Some(event) = self.membership.poll_event() {
            if matches!(event, MemberEvent::Rejoined(_)) {
                self.rejoined += 1;
            }
            effects.note(format!("{event:?}"));
        }
    }
}

/// The name of a node.
pub(super) fn name(place: Place) -> Name {
    format!("node-{}", place.0).into()
}

impl Machine for Gossiper {
    type Disk = ();

    fn handle(&mut self, clock: super::super::Clock, input: Input, effects: &mut Effects<'_, ()>) {
        let now = clock.now;
        match input {
            Input::Start => {
                let first: Address = Place(0).address();
                self.membership.join(now, &[first]);
            }
            Input::Timeout => self.membership.handle_timeout(now),
            Input::Datagram { bytes, .. } => {
                if let Err(error) = self.membership.handle_datagram(now, &bytes) {
                    effects.note(format!("refuses a datagram: {error}"));
                }
            }
            Input::Opened(_) => {}
            Input::Accepted(link) => {
                let asked = false;
                self.links.insert(link, Talk { asked, with: None });
            }
            Input::Received { link, bytes } => self.hear(now, link, &bytes, effects),
            Input::Closed(link) => {
                let talk = self.links.remove(&link);
                if self.kept == Some(link) {
                    self.kept = None;
                    if let Some(name) = talk.and_then(|talk| talk.with) {
                        self.membership.connection_ended(now, &name);
                    }
                }
            }
        }
        self.settle(now, effects);
    }

    fn next_timeout(&self) -> Option<Duration> {
        self.membership.next_timeout()
    }
}
