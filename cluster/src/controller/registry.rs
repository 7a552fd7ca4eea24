//! The nodes that the boot server knows: by their links, and by membership.

use std::collections::BTreeMap;
use std::time::Duration;

use cluster_protocol::{
    By, Health, Liveness, MemberState, Name, NodeStatus, Peer, PeerKind, Plan, Text,
};

use super::LinkId;

/// How many nodes are remembered that are gone.
const GONE: usize = 1_000;

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub peer: Peer,
    pub liveness: Liveness,
    /// The link on which it was let in.
    pub link: Option<LinkId>,
    pub program: Text,
    pub groups: Vec<Name>,
    pub release: u64,
    pub health: Health,
    pub heard: Duration,
    /// When it was told last what it is to run.
    pub told: Duration,
    /// How it changes if it is told to now.
    pub planned: Option<By>,
    pub changed_by: Option<By>,
}

/// A link whose peer has proved to be a node.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub name: Name,
    /// The groups that its certificate lets it join.
    pub allowed: Vec<Name>,
    /// It was let in: its HELLO was good.
    pub welcome: bool,
}

/// The nodes that are known.
#[derive(Default)]
pub(super) struct Registry {
    nodes: BTreeMap<Name, Node>,
    links: BTreeMap<LinkId, Link>,
}

impl Registry {
    pub fn up(&mut self, link: LinkId, name: Name, allowed: Vec<Name>) {
        let welcome = false;
        let entry = Link {
            name,
            allowed,
            welcome,
        };
        self.links.insert(link, entry);
    }

    pub fn link(&self, link: LinkId) -> Option<&Link> {
        self.links.get(&link)
    }

    /// The node that was let in on a link.
    pub fn node_on(&mut self, link: LinkId) -> Option<(Name, &mut Node)> {
        let name = self
            .links
            .get(&link)
            .filter(|link| link.welcome)?
            .name
            .clone();
        let node = self
            .nodes
            .get_mut(&name)
            .filter(|node| node.link == Some(link))?;
        Some((name, node))
    }

    /// All links of a name, let in or not.
    pub fn links_of(&self, name: &Name) -> Vec<LinkId> {
        let links = self.links.iter().filter(|(_, link)| link.name == *name);
        links.map(|(id, _)| *id).collect()
    }

    /// A node is let in; gives the link that it was let in on before.
    pub fn welcome(&mut self, link: LinkId, node: Node) -> Option<LinkId> {
        if let Some(entry) = self.links.get_mut(&link) {
            entry.welcome = true;
        }
        let name = node.peer.name.clone();
        let node = Node {
            link: Some(link),
            ..node
        };
        let before = self.nodes.insert(name, node)?;
        before.link.filter(|before| *before != link)
    }

    /// A link is gone; gives the node if this was the one that it was let in on.
    pub fn down(&mut self, link: LinkId) -> Option<Name> {
        let entry = self.links.remove(&link)?;
        let node = self.nodes.get_mut(&entry.name)?;
        if node.link != Some(link) {
            return None;
        }
        node.link = None;
        Some(entry.name)
    }

    pub fn get(&self, name: &Name) -> Option<&Node> {
        self.nodes.get(name)
    }

    /// The nodes whose link stands.
    pub fn linked(&self) -> impl Iterator<Item = (&Name, &Node, LinkId)> {
        self.nodes
            .iter()
            .filter_map(|(name, node)| Some((name, node, node.link?)))
    }

    /// A node is told what it is to run.
    pub fn told(&mut self, now: Duration, name: &Name) {
        if let Some(node) = self.nodes.get_mut(name) {
            node.told = now;
        }
    }

    /// A node says how it would change.
    pub fn planned(&mut self, name: &Name, plan: &Plan) {
        if let Some(node) = self.nodes.get_mut(name) {
            node.release = plan.from;
            node.planned = plan.steps.iter().map(|step| step.by).max();
        }
    }

    /// A node has changed.
    pub fn changed(&mut self, name: &Name, version: u64) {
        if let Some(node) = self.nodes.get_mut(name) {
            node.release = version;
            node.changed_by = node.planned.take().or(node.changed_by);
        }
    }

    /// What membership says of a peer.
    pub fn member(&mut self, now: Duration, member: MemberState) {
        if member.peer.kind != PeerKind::Worker {
            return;
        }
        if let Some(node) = self.nodes.get_mut(&member.peer.name) {
            if member.peer.generation >= node.peer.generation {
                node.peer = member.peer;
                node.liveness = member.liveness;
            }
            return;
        }
        if member.liveness == Liveness::Down || self.nodes.len() >= usize::from(u16::MAX) {
            return;
        }
        let node = Node {
            liveness: member.liveness,
            link: None,
            program: Text::default(),
            groups: Vec::new(),
            release: 0,
            health: Health::default(),
            heard: now,
            told: now,
            planned: None,
            changed_by: None,
            peer: member.peer,
        };
        self.nodes.insert(node.peer.name.clone(), node);
        self.forget_gone();
    }

    /// Forgets a node that has left.
    pub fn leave(&mut self, name: &Name) {
        self.nodes.remove(name);
    }

    fn forget_gone(&mut self) {
        let gone = |node: &Node| node.link.is_none() && node.liveness == Liveness::Down;
        let mut times: Vec<_> = self
            .nodes
            .values()
            .filter(|node| gone(node))
            .map(|node| node.heard)
            .collect();
        if times.len() > GONE {
            times.sort_unstable();
            let oldest = times[times.len() - GONE];
            self.nodes
                .retain(|_, node| !gone(node) || node.heard >= oldest);
        }
    }

    /// How each fares.
    pub fn status(&self, now: Duration) -> Vec<NodeStatus> {
        let nodes = self.nodes.values().map(|node| NodeStatus {
            peer: node.peer.clone(),
            liveness: node.liveness,
            linked: node.link.is_some(),
            program: node.program.clone(),
            groups: node.groups.clone(),
            release: node.release,
            applications: node.health.applications.clone(),
            memory: node.health.memory,
            silent: millis(now.saturating_sub(node.heard)),
            changed_by: node.changed_by.into_iter().collect(),
        });
        nodes.collect()
    }

    /// Members to begin with, at most `count`.
    pub fn members(&self, count: usize) -> Vec<MemberState> {
        let alive = self
            .nodes
            .values()
            .filter(|node| node.liveness == Liveness::Alive);
        let members = alive.take(count).map(|node| MemberState {
            peer: node.peer.clone(),
            incarnation: 0,
            liveness: node.liveness,
        });
        members.collect()
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
