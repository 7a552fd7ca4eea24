//! What of another's knowledge is news.

use std::collections::HashMap;

use cluster_protocol::{Liveness, MemberState, Name};

use super::{Error, MAX_GENERATION};

/// What there is to learn from an exchange.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    /// What the engine is to apply.
    pub members: Vec<MemberState>,
    /// The latest generation of this node's own name that was mentioned.
    pub own_generation: Option<u64>,
    /// There were more new members than there is room for.
    pub overflow: bool,
}

/// Sorts out what of `heard` is news to a node that knows `known`.
///
/// That somebody unknown is down is no news: otherwise two nodes would remind
/// each other for ever of a member that both were about to forget.
///
/// # Errors
/// If something in it is not sound; then nothing of it should be believed.
pub(super) fn news(
    me: &MemberState,
    known: impl Iterator<Item = MemberState>,
    heard: impl Iterator<Item = MemberState>,
    room: usize,
) -> Result<News, Error> {
    let known: HashMap<Name, MemberState> = known
        .map(|member| (member.peer.name.clone(), member))
        .collect();
    let mut room = room.saturating_sub(known.len());
    let mut news = News::default();
    for member in heard {
        sound(&member)?;
        if member.peer.name == me.peer.name {
            if member.peer == me.peer {
                news.members.push(member);
            } else if member.peer.generation >= me.peer.generation {
                news.own_generation = news.own_generation.max(Some(member.peer.generation));
            }
            continue;
        }
        match known.get(&member.peer.name) {
            Some(same) if *same == member => {}
            Some(_) => news.members.push(member),
            None if member.liveness == Liveness::Down => {}
            None if room == 0 => news.overflow = true,
            None => {
                room -= 1;
                news.members.push(member);
            }
        }
    }
    Ok(news)
}

/// Whether a peer can be a member at all.
pub(super) fn sound(member: &MemberState) -> Result<(), Error> {
    if member.peer.name.is_empty() {
        return Err(Error::Unsound("a member without a name"));
    }
    if member.peer.generation > MAX_GENERATION {
        return Err(Error::Unsound("a generation of the far future"));
    }
    Ok(())
}
