//! The charter that the boot server keeps: who is out, what is set.

use cluster_protocol::{
    Address, Charter, Epoch, Revocation, Scope, ScopedVariable, Signed, Variable,
};

use super::SignCharter;
use crate::release::Authority;

/// How many variables can be set.
const VARIABLES: usize = 1_000;
/// How many bytes of them.
const VARIABLE_BYTES: usize = 128 << 10;
/// How many names can be out at once.
const REVOCATIONS: usize = 2_000;

/// The charter in force, and the means to change it.
pub(super) struct CharterOffice {
    charter: Charter,
    signed: Signed,
    epoch: Epoch,
    sign: Box<dyn SignCharter>,
}

impl CharterOffice {
    /// Goes on from a charter; one that does not hold is replaced.
    pub fn new(
        signed: Signed,
        authority: &Authority,
        epoch: Epoch,
        boot: Address,
        sign: Box<dyn SignCharter>,
    ) -> Self {
        let (charter, signed) = match authority.charter(&signed) {
            Ok(charter) => (charter, signed),
            Err(_) => {
                let charter = Charter {
                    cluster: authority.cluster(),
                    epoch,
                    serial: 1,
                    boot: vec![boot],
                    ..Charter::default()
                };
                let signed = sign.sign(charter.clone());
                (charter, signed)
            }
        };
        Self {
            charter,
            signed,
            epoch,
            sign,
        }
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
        let bytes = charter
            .environment
            .iter()
            .map(|own| own.variable.value.len() + 512);
        if charter.environment.len() > VARIABLES || bytes.sum::<usize>() > VARIABLE_BYTES {
            return Err("too much is set".to_owned());
        }
        Ok(self.change(charter))
    }

    /// Lets somebody in no longer.
    pub fn revoke(&mut self, revocation: Revocation) -> Result<Signed, String> {
        let mut charter = self.charter.clone();
        charter.revoked.retain(|own| own.name != revocation.name);
        if charter.revoked.len() == REVOCATIONS {
            return Err("too many are out already".to_owned());
        }
        charter.revoked.push(revocation);
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
