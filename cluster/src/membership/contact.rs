//! Whom to exchange with.

use cluster_protocol::{Address, Liveness, MemberState, Peer};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng as _;

/// Somebody to exchange with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A member.
    Member(Peer),
    /// Whoever listens there: a node is joined by an address, and who that is
    /// turns out in the exchange.
    Address(Address),
}

impl Contact {
    /// Where to connect to.
    pub fn address(&self) -> Address {
        match self {
            Self::Member(peer) => peer.address,
            Self::Address(address) => *address,
        }
    }
}

/// Chooses somebody.
///
/// Mostly it is one who is alive. But one who is suspected should get to know
/// of that, to refute it; with one who is held to be down there may have been a
/// partition, that has healed; and after a partition that lasted so long that
/// both sides have forgotten each other, only the addresses that were given at
/// the start are left.
pub(super) fn choose(
    members: impl Iterator<Item = MemberState>,
    seeds: &[Address],
    random: &mut ChaCha8Rng,
) -> Option<Contact> {
    let (mut alive, mut suspect, mut down) = (Vec::new(), Vec::new(), Vec::new());
    for member in members {
        match member.liveness {
            Liveness::Alive => alive.push(member.peer),
            Liveness::Suspect => suspect.push(member.peer),
            Liveness::Down => down.push(member.peer),
        }
    }
    let mut lost: Vec<Address> = seeds.to_vec();
    lost.retain(|seed| !alive.iter().any(|peer| peer.address == *seed));
    let preferred = match random.next_u32() % 8 {
        0 | 1 => Kind::Suspect,
        2 => Kind::Down,
        3 => Kind::Lost,
        _ => Kind::Alive,
    };
    let order = match preferred {
        // While there is nobody alive, a fair chance for each of the others.
        Kind::Alive if alive.is_empty() && random.next_u32().is_multiple_of(2) => {
            [Kind::Lost, Kind::Suspect, Kind::Down, Kind::Alive]
        }
        Kind::Alive => [Kind::Alive, Kind::Suspect, Kind::Down, Kind::Lost],
        other => [other, Kind::Alive, Kind::Suspect, Kind::Down],
    };
    let found = order.into_iter().find_map(|kind| match kind {
        Kind::Alive => pick(&mut alive, random).map(Contact::Member),
        Kind::Suspect => pick(&mut suspect, random).map(Contact::Member),
        Kind::Down => pick(&mut down, random).map(Contact::Member),
        Kind::Lost => pick(&mut lost, random).map(Contact::Address),
    });
    found.or_else(|| pick(&mut lost, random).map(Contact::Address))
}

#[derive(Clone, Copy)]
enum Kind {
    Alive,
    Suspect,
    Down,
    Lost,
}

fn pick<T>(from: &mut Vec<T>, random: &mut ChaCha8Rng) -> Option<T> {
    if from.is_empty() {
        return None;
    }
    Some(from.swap_remove(below(random, from.len())))
}

/// A number below `bound`, which is not 0. The bias is without meaning here.
pub(super) fn below(random: &mut ChaCha8Rng, bound: usize) -> usize {
    let drawn = random.next_u64() % bound as u64;
    usize::try_from(drawn).expect("is less than a `usize`")
}
