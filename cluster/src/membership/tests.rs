//! A few machines on a perfect network, and peers that are not sound.

use std::time::Duration;

use cluster_protocol::{Address, Gossip, GossipHeader, Liveness, MemberState, Peer, PeerKind};
use proptest::prelude::*;

use super::{Config, Contact, Error, MAX_GENERATION, MAX_PLAIN, MemberEvent, Membership};

const SECOND: Duration = Duration::from_secs(1);

fn address(number: u16) -> Address {
    Address::V4 {
        ip: [10, 0, 0, 1],
        port: number,
    }
}

fn peer(number: u16, generation: u64) -> Peer {
    Peer {
        name: format!("node-{number}").into(),
        address: address(number),
        generation,
        kind: PeerKind::Worker,
    }
}

fn state(peer: Peer, incarnation: u16, liveness: Liveness) -> MemberState {
    MemberState {
        peer,
        incarnation,
        liveness,
    }
}

fn node(number: u16) -> Membership {
    Membership::new(peer(number, 1_000), Config::default(), u64::from(number))
}

/// Machines between which everything arrives at once, and a clock.
struct Room {
    nodes: Vec<Membership>,
    /// Those at these places do not run.
    stopped: Vec<usize>,
    now: Duration,
}

impl Room {
    /// So many nodes, of which all but the first join the first.
    fn new(count: u16) -> Self {
        let mut nodes: Vec<Membership> = (1..=count).map(node).collect();
        for joining in &mut nodes[1..] {
            joining.join(Duration::ZERO, &[address(1)]);
        }
        Self {
            nodes,
            stopped: Vec::new(),
            now: Duration::ZERO,
        }
    }

    fn running(&self) -> impl Iterator<Item = usize> + use<> {
        let stopped = self.stopped.clone();
        (0..self.nodes.len()).filter(move |place| !stopped.contains(place))
    }

    fn at(&self, address: Address) -> Option<usize> {
        self.running()
            .find(|place| self.nodes[*place].me().address == address)
    }

    fn exchange(&mut self, from: usize, to: usize) {
        let (source, said) = (self.nodes[from].me().clone(), self.nodes[from].exchange());
        self.nodes[to]
            .apply_exchange(self.now, &source, &said)
            .unwrap();
        let (source, said) = (self.nodes[to].me().clone(), self.nodes[to].exchange());
        self.nodes[from]
            .apply_exchange(self.now, &source, &said)
            .unwrap();
    }

    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            for place in self.running() {
                self.nodes[place].handle_timeout(self.now);
                if let Some(contact) = self.nodes[place].due_exchange(self.now)
                    && let Some(to) = self.at(contact.address())
                {
                    self.exchange(place, to);
                }
                while let Some((to, plain)) = self.nodes[place].poll_transmit() {
                    assert!(plain.len() <= MAX_PLAIN);
                    if let Some(to) = self.at(to) {
                        self.nodes[to].handle_datagram(self.now, &plain).unwrap();
                    }
                }
            }
            self.now += Duration::from_millis(50);
        }
    }

    fn events(&mut self, place: usize) -> Vec<MemberEvent> {
        std::iter::from_fn(|| self.nodes[place].poll_event()).collect()
    }

    fn all_see(&self, number: u16, liveness: Liveness) -> bool {
        let name = peer(number, 0).name;
        self.running()
            .filter(|place| self.nodes[*place].me().name != name)
            .all(|place| self.nodes[place].liveness(&name) == Some(liveness))
    }
}

#[test]
fn those_who_join_one_soon_know_all() {
    let mut room = Room::new(8);
    room.run(SECOND * 12);
    for number in 1..=8 {
        assert!(room.all_see(number, Liveness::Alive), "node {number}");
    }
    assert!(room.events(0).contains(&MemberEvent::Joined));
}

#[test]
fn a_crash_is_noticed_and_forgotten_after_a_while() {
    let mut room = Room::new(4);
    room.run(SECOND * 12);
    room.stopped = vec![2];
    room.run(SECOND * 15);
    assert!(room.all_see(3, Liveness::Down));
    assert!(room.events(0).contains(&MemberEvent::Down(peer(3, 1_000))));
    room.run(Duration::from_secs(3_700));
    for place in room.running() {
        assert_eq!(room.nodes[place].liveness("node-3"), None);
    }
}

#[test]
fn who_leaves_is_gone_at_once() {
    let mut room = Room::new(4);
    room.run(SECOND * 12);
    room.nodes[2].leave(room.now);
    room.run(SECOND * 2);
    room.stopped = vec![2];
    assert!(room.all_see(3, Liveness::Down));
    assert_eq!(room.nodes[2].next_timeout(), None);
    assert_eq!(room.nodes[2].due_exchange(room.now + SECOND * 60), None);
}

#[test]
fn a_node_started_again_replaces_its_former_self() {
    let mut room = Room::new(4);
    room.run(SECOND * 12);
    room.nodes[2] = Membership::new(peer(3, 2_000), Config::default(), 33);
    let now = room.now;
    room.nodes[2].join(now, &[address(1)]);
    room.run(SECOND * 3);
    assert!(room.all_see(3, Liveness::Alive));
    let renewed = MemberEvent::Renewed {
        before: peer(3, 1_000),
        after: peer(3, 2_000),
    };
    assert!(room.events(1).contains(&renewed));
}

#[test]
fn a_clock_that_was_set_back_does_not_keep_a_node_out() {
    let mut room = Room::new(4);
    room.run(SECOND * 12);
    room.nodes[2] = Membership::new(peer(3, 7), Config::default(), 33);
    let now = room.now;
    room.nodes[2].join(now, &[address(1)]);
    room.run(SECOND * 12);
    assert!(room.all_see(3, Liveness::Alive));
    assert!(room.nodes[2].me().generation > 1_000);
}

#[test]
fn an_ended_connection_makes_a_death_known_sooner_but_can_be_refuted() {
    let mut room = Room::new(4);
    room.run(SECOND * 12);
    let now = room.now;
    room.nodes[0].connection_ended(now, "node-2");
    assert_eq!(room.nodes[0].liveness("node-2"), Some(Liveness::Suspect));
    room.run(SECOND * 8);
    assert!(room.all_see(2, Liveness::Alive));

    room.stopped = vec![1];
    let now = room.now;
    room.nodes[0].connection_ended(now, "node-2");
    room.run(Duration::from_millis(4_500));
    assert!(room.all_see(2, Liveness::Down));
}

#[test]
fn a_node_that_was_stopped_for_long_holds_nobody_to_be_gone() {
    let mut room = Room::new(3);
    room.run(SECOND * 12);
    // In the middle of a probe, and with somebody suspected.
    let now = room.now;
    room.nodes[0].connection_ended(now, "node-2");
    room.now += SECOND * 60;
    room.events(0);
    room.run(SECOND * 12);
    let events = room.events(0);
    let downs = events.iter().filter(|e| matches!(e, MemberEvent::Down(_)));
    assert_eq!(downs.count(), 0, "{events:?}");
}

#[test]
fn two_halves_that_held_each_other_to_be_down_find_each_other() {
    let mut room = Room::new(4);
    room.run(SECOND * 12);
    room.stopped = vec![2, 3];
    room.run(SECOND * 20);
    assert!(room.all_see(3, Liveness::Down));
    room.stopped = vec![0, 1];
    room.run(SECOND * 20);
    assert!(room.all_see(1, Liveness::Down));
    room.stopped = Vec::new();
    room.run(SECOND * 60);
    for number in 1..=4 {
        assert!(room.all_see(number, Liveness::Alive), "node {number}");
    }
}

#[test]
fn who_is_alone_goes_on_trying() {
    let mut one = node(1);
    one.join(SECOND, &[address(2), address(1), address(2)]);
    let contact = Some(Contact::Address(address(2)));
    assert_eq!(one.due_exchange(SECOND), contact);
    assert_eq!(one.due_exchange(SECOND), None);
    assert_eq!(one.due_exchange(SECOND * 4), contact);
    assert!(one.next_timeout().unwrap() <= SECOND * 7);
}

fn datagram(source: Peer, destination: Peer, message: Gossip, members: &[MemberState]) -> Vec<u8> {
    let header = GossipHeader {
        source,
        incarnation: 0,
        destination,
        message,
    };
    let mut bytes = pickler::encode(&header).unwrap();
    bytes.extend(u16::try_from(members.len()).unwrap().to_be_bytes());
    for member in members {
        pickler::encode_into(member, &mut bytes).unwrap();
    }
    bytes
}

#[test]
fn nobody_sends_in_the_name_of_a_node() {
    let mut one = node(1);
    for generation in [0, 1_000, 2_000] {
        let spoofed = datagram(peer(1, generation), peer(1, 1_000), Gossip::Gossip, &[]);
        let error = one.handle_datagram(SECOND, &spoofed).unwrap_err();
        assert!(matches!(error, Error::Spoofed(_)), "{error}");
        let error = one.apply_exchange(SECOND, &peer(1, generation), &[]);
        assert!(matches!(error.unwrap_err(), Error::Spoofed(_)));
    }
    assert_eq!(one.members().count(), 0);
}

#[test]
fn a_broken_datagram_changes_nothing() {
    let members: Vec<_> = (2..20)
        .map(|number| state(peer(number, 5), 0, Liveness::Alive))
        .collect();
    let sound = datagram(peer(2, 5), peer(1, 1_000), Gossip::Gossip, &members);
    for cut in 0..sound.len() {
        let mut one = node(1);
        let result = one.handle_datagram(SECOND, &sound[..cut]);
        // Cut before the count there is a header, which is a whole message.
        let header = sound.len() - 2 - members.len() * pickler::encode(&members[0]).unwrap().len();
        if result.is_ok() {
            assert!(cut < header + 20, "{cut} of {}", sound.len());
        } else {
            assert_eq!(one.members().count(), 0);
        }
    }
    let mut one = node(1);
    let mut longer = sound.clone();
    longer.push(0);
    assert!(one.handle_datagram(SECOND, &longer).is_err());
    assert!(one.handle_datagram(SECOND, &[0; MAX_PLAIN + 1]).is_err());
    assert_eq!(one.members().count(), 0);
    one.handle_datagram(SECOND, &sound).unwrap();
    assert_eq!(one.members().count(), 18);
}

#[test]
fn a_generation_of_the_far_future_is_not_believed() {
    let mut one = node(1);
    for far in [MAX_GENERATION + 1, u64::MAX] {
        let told = [state(peer(2, far), 0, Liveness::Alive)];
        assert!(one.apply_exchange(SECOND, &peer(3, 1), &told).is_err());
        assert!(one.apply_exchange(SECOND, &peer(3, far), &[]).is_err());
        for (source, destination) in [(3, 1), (far, 1), (3, far)] {
            let bytes = datagram(
                peer(3, source),
                peer(1, destination),
                Gossip::Gossip,
                &[state(peer(2, far), 0, Liveness::Alive)],
            );
            assert!(one.handle_datagram(SECOND, &bytes).is_err());
        }
    }
    assert_eq!(one.members().count(), 0);
    // The latest that is believed leaves no way to outdo it, and no panic.
    let own = [state(peer(1, MAX_GENERATION), 0, Liveness::Down)];
    one.apply_exchange(SECOND, &peer(3, 1), &own).unwrap();
    let bytes = datagram(
        peer(3, 1),
        peer(1, MAX_GENERATION),
        Gossip::TurnUndead,
        &own,
    );
    one.handle_datagram(SECOND, &bytes).unwrap();
}

#[test]
fn members_are_bounded_whoever_is_told_of() {
    let config = Config {
        max_members: 50,
        ..Config::default()
    };
    let mut one = Membership::new(peer(1, 1_000), config, 1);
    let told: Vec<_> = (10..500)
        .map(|number| state(peer(number, 5), 0, Liveness::Alive))
        .collect();
    let error = one.apply_exchange(SECOND, &peer(2, 5), &told).unwrap_err();
    assert!(matches!(error, Error::Full(50)));
    assert_eq!(one.members().count(), 50);
    for number in 600..700 {
        let member = [state(peer(number, 5), 0, Liveness::Down)];
        let bytes = datagram(peer(2, 5), peer(1, 1_000), Gossip::Gossip, &member);
        let error = one.handle_datagram(SECOND, &bytes).unwrap_err();
        assert!(matches!(error, Error::Full(50)));
    }
    assert_eq!(one.members().count(), 50);
    // Who is known is still heard.
    let known = datagram(peer(2, 6), peer(1, 1_000), Gossip::Gossip, &[]);
    one.handle_datagram(SECOND, &known).unwrap();
    assert_eq!(one.liveness("node-2"), Some(Liveness::Alive));
}

#[test]
fn what_is_told_fits_into_a_message() {
    let mut one = node(1);
    let told: Vec<_> = (0..9_000)
        .map(|number| {
            let mut member = state(peer(number, 5), 0, Liveness::Alive);
            member.peer.name = format!("{number:0>255}").into();
            member
        })
        .collect();
    let half = told.len() / 20;
    one.apply_exchange(SECOND, &peer(2, 5), &told[..half])
        .unwrap();
    assert_eq!(one.exchange().len(), half + 2);
    one.apply_exchange(SECOND, &peer(2, 5), &told[..half * 5])
        .unwrap();
    let said = one.exchange();
    let bytes: usize = said
        .iter()
        .map(|it| pickler::encode(it).unwrap().len())
        .sum();
    assert!(bytes < 600_000 && said.len() > 1_000, "{bytes} bytes");
}

#[test]
fn the_death_of_somebody_unknown_is_no_news() {
    let mut one = node(1);
    let told = [state(peer(9, 5), 0, Liveness::Down)];
    one.apply_exchange(SECOND, &peer(2, 5), &told).unwrap();
    assert_eq!(one.liveness("node-9"), None);
}

proptest! {
    #[test]
    fn no_datagram_panics(
        bytes in proptest::collection::vec(any::<u8>(), 0..1_500),
        tag in 0_u8..14,
        start in 0_usize..60,
    ) {
        let mut one = node(1);
        one.apply_exchange(SECOND, &peer(2, 5), &[]).unwrap();
        let _ = one.handle_datagram(SECOND, &bytes);
        // Garbage behind, and inside, what was a sound message.
        let mut sound = datagram(peer(2, 5), peer(1, 1_000), Gossip::Gossip, &[]);
        let at = sound.len() - 3;
        sound[at] = tag;
        let end = (start + bytes.len().min(8)).min(sound.len());
        let _ = one.handle_datagram(SECOND, &sound);
        let patch = bytes.iter().copied().chain(std::iter::repeat(0));
        for (place, byte) in sound[start.min(end)..end].iter_mut().zip(patch) {
            *place = byte;
        }
        sound.extend(&bytes[..bytes.len().min(1_000)]);
        let _ = one.handle_datagram(SECOND, &sound);
        one.handle_timeout(SECOND * 5);
        prop_assert!(one.members().count() <= 70);
    }
}
