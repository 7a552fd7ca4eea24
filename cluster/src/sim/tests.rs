//! One who talks and one who listens, in all weathers.

use std::time::Duration;

use super::{
    Clock, Conditions, Effects, Fault, Input, LinkId, Machine, Network, Place, Trace, World,
};

const TALKER: Place = Place(0);
const LISTENER: Place = Place(1);
const SECOND: Duration = Duration::from_secs(1);

/// The talker says a number every tenth of a second, each by a link and in a
/// datagram; the listener notes what it hears.
struct Voice {
    place: Place,
    link: Option<LinkId>,
    said: u8,
    next: Duration,
    by_link: Vec<u8>,
    by_datagram: Vec<u8>,
    /// When links were found closed.
    closed: Vec<Duration>,
    walls: Vec<u64>,
}

/// How often it was started.
type Disk = u32;

impl Machine for Voice {
    type Disk = Disk;

    fn handle(&mut self, clock: Clock, input: Input, effects: &mut Effects<'_, Disk>) {
        self.walls.push(clock.wall);
        match input {
            Input::Start => {
                *effects.disk += 1;
                if self.place == TALKER {
                    self.link = Some(effects.open(LISTENER.address()));
                }
            }
            Input::Timeout => {
                self.next = clock.now + SECOND / 10;
                self.said = self.said.wrapping_add(1);
                effects.send(LISTENER.address(), vec![self.said]);
                if let Some(link) = self.link {
                    effects.write(link, vec![self.said]);
                }
            }
            Input::Datagram { bytes, .. } => self.by_datagram.extend(bytes),
            Input::Received { bytes, .. } => self.by_link.extend(bytes),
            Input::Closed(_) => {
                self.closed.push(clock.now);
                self.link = None;
            }
            Input::Opened(_) | Input::Accepted(_) => {}
        }
    }

    fn next_timeout(&self) -> Option<Duration> {
        (self.place == TALKER).then_some(self.next)
    }
}

fn world() -> World<Voice> {
    let mut world = World::new(1, 2, Trace::new(true), |birth| Voice {
        place: birth.place,
        link: None,
        said: 0,
        next: birth.clock.now + SECOND / 10,
        by_link: Vec::new(),
        by_datagram: Vec::new(),
        closed: Vec::new(),
        walls: Vec::new(),
    });
    world.plan(Duration::ZERO, Fault::Start(LISTENER));
    world.plan(Duration::from_micros(1), Fault::Start(TALKER));
    world
}

fn listener(world: &World<Voice>) -> &Voice {
    world.machine(LISTENER).unwrap()
}

fn talker(world: &World<Voice>) -> &Voice {
    world.machine(TALKER).unwrap()
}

fn cut(number: u32, from: Place, to: Place) -> Fault {
    Fault::Cut {
        number,
        from: vec![from],
        to: vec![to],
    }
}

#[test]
fn links_keep_order_and_datagrams_do_not() {
    let mut world = world();
    world.plan(
        Duration::ZERO,
        Fault::Weather(Conditions {
            delay: Duration::from_millis(1),
            jitter: SECOND,
            slow: 100,
            loss: 200,
            duplicates: 100,
        }),
    );
    world.run_until(SECOND * 20);
    world.plan(world.now(), Fault::Weather(Conditions::default()));
    let said = talker(&world).said;
    world.plan(world.now(), Fault::Pause(TALKER));
    world.run_until(SECOND * 120);
    let heard = listener(&world);
    assert_eq!(heard.by_link, (1..=said).collect::<Vec<_>>());
    assert!(!heard.by_datagram.is_sorted());
    let mut different = heard.by_datagram.clone();
    different.sort_unstable();
    different.dedup();
    assert!(different.len() < heard.by_datagram.len(), "none came twice");
    assert!(different.len() < said.into(), "none was lost");
    assert!(different.len() > 100);
}

#[test]
fn a_short_cut_only_delays_what_is_on_a_link() {
    let mut world = world();
    world.plan(SECOND, cut(1, TALKER, LISTENER));
    world.plan(SECOND * 4, Fault::Heal(1));
    world.run_until(SECOND * 3);
    assert_eq!(listener(&world).by_link.len(), 9);
    assert!(!world.network().reaches(TALKER, LISTENER));
    assert!(world.network().reaches(LISTENER, TALKER));
    world.run_until(SECOND * 6);
    let heard = listener(&world);
    assert!(heard.by_link.len() > 57, "{}", heard.by_link.len());
    assert!(heard.by_link.is_sorted());
    assert!(heard.by_datagram.len() < 35);
    assert!(heard.closed.is_empty());
}

#[test]
fn a_long_cut_breaks_a_link_for_the_sender_and_leaves_the_other_side_in_the_dark() {
    let mut world = world();
    world.plan(SECOND, cut(1, TALKER, LISTENER));
    world.run_until(SECOND * 60);
    let [closed] = talker(&world).closed[..] else {
        panic!("{:?}", talker(&world).closed);
    };
    assert!(closed > SECOND * 10 && closed < SECOND * 22, "{closed:?}");
    assert!(listener(&world).closed.is_empty());
}

#[test]
fn a_crash_closes_links_and_a_loss_of_power_does_not() {
    for silent in [false, true] {
        let mut world = world();
        let place = LISTENER;
        world.plan(SECOND, Fault::Crash { place, silent });
        world.run_until(SECOND * 2);
        assert!(world.machine(LISTENER).is_none());
        assert_eq!(talker(&world).closed.is_empty(), silent);
        // Once the machine is back, it says that it knows nothing of the link.
        world.plan(SECOND * 2, Fault::Start(LISTENER));
        world.run_until(SECOND * 3);
        assert_eq!(talker(&world).closed.len(), 1);
        assert!(listener(&world).by_link.is_empty());
        assert_eq!(*world.disk(LISTENER), 2);
        assert!(listener(&world).by_datagram.len() > 8);
    }
}

#[test]
fn a_stopped_process_gets_everything_when_it_goes_on() {
    let mut world = world();
    world.plan(SECOND, Fault::Pause(LISTENER));
    world.plan(SECOND * 3, Fault::Resume(LISTENER));
    world.run_until(Duration::from_millis(2_999));
    assert_eq!(listener(&world).by_link.len(), 9);
    world.run_until(SECOND * 3 + Duration::from_millis(50));
    let heard = listener(&world);
    assert!(heard.by_link.len() >= 29 && heard.by_link.is_sorted());
    assert!(heard.by_datagram.len() >= 29);
    assert!(heard.closed.is_empty());
}

#[test]
fn a_reset_is_noticed_by_both_sides() {
    let mut world = world();
    world.plan(SECOND, Fault::ResetLinks(TALKER));
    world.run_until(SECOND * 2);
    assert_eq!(talker(&world).closed.len(), 1);
    assert_eq!(listener(&world).closed.len(), 1);
}

#[test]
fn nobody_at_an_address_is_a_closed_link() {
    let mut world = world();
    let (place, silent) = (LISTENER, false);
    world.plan(Duration::ZERO, Fault::Crash { place, silent });
    world.run_until(SECOND);
    assert_eq!(talker(&world).closed.len(), 1);
}

#[test]
fn clocks_can_be_wrong() {
    let mut world = world();
    world.plan(
        SECOND,
        Fault::SetClock {
            place: TALKER,
            ahead: -60_000,
            drift: 100_000,
        },
    );
    world.run_until(SECOND * 11);
    let (wrong, right) = (&talker(&world).walls, &listener(&world).walls);
    assert!(!wrong.is_sorted());
    let (wrong, right) = (wrong.last().unwrap(), right.last().unwrap());
    // A minute behind, and a tenth too fast for ten seconds.
    assert!(right.abs_diff(wrong + 59_000) < 200, "{wrong} {right}");
}

#[test]
fn what_happened_can_be_read() {
    let mut world = world();
    world.run_until(SECOND);
    let lines = world.trace().lines();
    assert!(
        lines.starts_with("    0.000000 -- node 1 is started --\n"),
        "{lines}"
    );
    assert!(lines.contains("node 1 accepts link 0\n"));
    assert!(lines.contains("node 1 gets 1 bytes on link 0\n"));
    assert_eq!(lines.lines().count() as u64, world.trace().events());
}

#[test]
fn a_network_without_cuts_reaches_all() {
    assert!(Network::default().reaches(TALKER, LISTENER));
    assert_eq!(Place::at(Place(300).address()), Some(Place(300)));
}
