//! The charter that the boot server keeps: who is out, what is set.

use cluster_protocol::{
    Address, Charter, Epoch, Revocation, Scope, ScopedVariable, Signed, Statement, Variable,
};

use super::SignCharter;
use crate::release::{Authority, limits};

/// How many variables can be set.
const VARIABLES: usize = 1_000;
/// The most bytes of all of them. The rest of a charter is for revocations:
/// whoever may only set variables cannot keep anybody from being revoked.
const ENVIRONMENT: usize = 64 << 10;
/// For how many seconds a revocation is kept: for longer than any certificate
/// lasts, so that it has ended when its revocation is forgotten.
const REVOCATION: u64 = 40 * 24 * 3_600;

/// The charter in force, and the means to change it.
pub(super) struct CharterOffice {
    charter: Charter,
    signed: Signed,
    epoch: Epoch,
    sign: Box<dyn SignCharter>,
}

impl CharterOffice {
    /// Goes on from a charter. One that does not hold is replaced, and one that
    /// says that the boot server is elsewhere is corrected.
    pub fn new(
        signed: Signed,
        authority: &Authority,
        epoch: Epoch,
        boot: Address,
        sign: Box<dyn SignCharter>,
    ) -> Self {
        let known = authority.charter(&signed).ok();
        let charter = known.clone().unwrap_or_else(|| Charter {
            cluster: authority.cluster(),
            ..Charter::default()
        });
        let mut office = Self {
            charter,
            signed,
            epoch,
            sign,
        };
        if known.is_none() || office.charter.boot != [boot] {
            let mut charter = office.charter.clone();
            charter.boot = vec![boot];
            office.change(charter);
        }
        office
    }

    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    pub fn environment(&self) -> &[ScopedVariable] {
        &self.charter.environment
    }

    /// Sets a variable for some nodes, or takes it away.
    pub fn set(
        &mut self,
        scope: &Scope,
        variable: &Variable,
        remove: bool,
    ) -> Result<Signed, String> {
        if variable.name.is_empty() {
            return Err("a variable has a name".to_owned());
        }
        let mut charter = self.charter.clone();
        let same = |own: &ScopedVariable| own.scope == *scope && own.variable.name == variable.name;
        charter.environment.retain(|own| !same(own));
        if !remove {
            charter.environment.push(ScopedVariable {
                scope: scope.clone(),
                variable: variable.clone(),
            });
        }
        let bytes = size(&charter.environment);
        let too_much = charter.environment.len() > VARIABLES || bytes > ENVIRONMENT;
        if !remove && (too_much || !fits(&charter)) {
            return Err("too much is set".to_owned());
        }
        Ok(self.change(charter))
    }

    /// Lets somebody in no longer, and forgets who was revoked so long ago that
    /// all their certificates have ended; `wall` is in seconds since 1970.
    pub fn revoke(&mut self, revocation: Revocation, wall: u64) -> Result<Signed, String> {
        let mut charter = self.charter.clone();
        charter
            .revoked
            .retain(|own| own.name != revocation.name && own.at.saturating_add(REVOCATION) > wall);
        charter.revoked.push(revocation);
        if charter.revoked.len() > usize::from(u16::MAX) || !fits(&charter) {
            return Err("too many are out already".to_owned());
        }
        Ok(self.change(charter))
    }

    fn change(&mut self, mut charter: Charter) -> Signed {
        charter.epoch = self.epoch;
        charter.serial += 1;
        self.signed = self.sign.sign(charter.clone());
        self.charter = charter;
        self.signed.clone()
    }
}

/// How many bytes variables take in a charter.
fn size(environment: &[ScopedVariable]) -> usize {
    let lengths = environment.iter().map(pickler::encoded_len);
    // What cannot be encoded fits nowhere.
    lengths.fold(0, |sum, length| {
        sum.saturating_add(length.unwrap_or(usize::MAX))
    })
}

/// Whether nodes take a charter of that size.
fn fits(charter: &Charter) -> bool {
    let statement = Statement::Charter(charter.clone());
    pickler::encoded_len(&statement).is_ok_and(|length| length <= limits::CHARTER)
}
