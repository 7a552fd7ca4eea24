//! The charter in force on a node, and the environment that follows from it.

use std::collections::BTreeMap;

use cluster_protocol::{Charter, Name, Scope, Signed, Variable};

use crate::release::{Authority, ReleaseError};

/// The newest charter that a node has seen.
pub(super) struct CharterKeeper {
    signed: Signed,
    charter: Option<Charter>,
}

impl CharterKeeper {
    /// Begins with a charter. One that does not hold is as good as none.
    pub fn new(signed: Signed, authority: &Authority) -> Self {
        let charter = authority.charter(&signed).ok();
        Self { signed, charter }
    }

    /// The charter, as it was signed.
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// Takes a charter if it is newer than the one in force, and says whether
    /// it was.
    pub fn offer(&mut self, signed: &Signed, authority: &Authority) -> Result<bool, ReleaseError> {
        if *signed == self.signed && self.charter.is_some() {
            return Ok(false);
        }
        let offered = authority.charter(signed)?;
        let age = |charter: &Charter| (charter.epoch, charter.serial);
        if self
            .charter
            .as_ref()
            .is_some_and(|own| age(own) >= age(&offered))
        {
            return Ok(false);
        }
        self.signed = signed.clone();
        self.charter = Some(offered);
        Ok(true)
    }

    /// The variables that applications on a node see, by name: those of the
    /// release, then those that are set for all, for its groups, for itself;
    /// the later of two wins.
    pub fn environment(&self, release: &[Variable], groups: &[Name], node: &Name) -> Vec<Variable> {
        let mut environment = BTreeMap::new();
        for variable in release {
            environment.insert(&variable.name, &variable.value);
        }
        let set = self.charter.iter().flat_map(|charter| &charter.environment);
        let mut set: Vec<_> = set
            .filter(|scoped| match &scoped.scope {
                Scope::All => true,
                Scope::Group(group) => groups.contains(group),
                Scope::Node(name) => name == node,
            })
            .collect();
        // Of two groups that set the same variable the later by name wins.
        set.sort_by(|a, b| a.scope.cmp(&b.scope));
        for scoped in set {
            environment.insert(&scoped.variable.name, &scoped.variable.value);
        }
        let pairs = environment.into_iter();
        pairs
            .map(|(name, value)| Variable {
                name: name.clone(),
                value: value.clone(),
            })
            .collect()
    }
}
