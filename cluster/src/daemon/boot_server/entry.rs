//! Who is let in, and who is not.

use cluster_protocol::{Enrol, Enrolled, Message, Refusal, Refused, Renew, Renewed};
use serde_json::json;

use super::{BootError, BootServer, NAME};
use crate::clock::wall;
use crate::daemon::note;
use crate::identity::{Credential, RegistrarError, TokenError};

impl BootServer {
    /// Lets a newcomer in, or not; either way it is in the log first.
    pub(super) fn enrol(&mut self, enrol: &Enrol) -> Result<Message, BootError> {
        let result = self.registrar.enrol(enrol, wall());
        // The name is the stranger's word until a token has proved it.
        let name: String = enrol.name.chars().take(64).collect();
        match result {
            Ok(certificates) => {
                let detail = json!({ "name": name });
                self.files.audit.append(wall(), NAME, "enrol", &detail)?;
                let mut cluster = self.identity.cluster().clone();
                cluster.charter = self.brain.charter().clone();
                cluster.boot = self.address.into();
                Ok(Enrolled {
                    certificates,
                    cluster,
                }
                .into())
            }
            // Whoever has no token at all could fill the log.
            Err(RegistrarError::Token(TokenError::Unknown) | RegistrarError::Issue(_)) => {
                self.refused += 1;
                Ok(not_authorised())
            }
            Err(error) => self.refuse_entry(&name, &error),
        }
    }

    pub(super) fn renew_for(
        &mut self,
        credential: &Credential,
        renew: &Renew,
    ) -> Result<Message, BootError> {
        match self.registrar.renew(credential, renew, wall()) {
            Ok(certificates) => Ok(Renewed { certificates }.into()),
            Err(error) => self.refuse_entry(&credential.subject.name, &error),
        }
    }

    pub(super) fn refuse_entry(
        &mut self,
        name: &str,
        error: &RegistrarError,
    ) -> Result<Message, BootError> {
        note(&format!("{name} is not let in: {error}"));
        let detail = json!({ "name": name, "why": error.to_string() });
        self.files.audit.append(wall(), NAME, "refuse", &detail)?;
        Ok(not_authorised())
    }

    /// Puts into the log how many strangers were refused.
    pub(super) fn log_refusals(&mut self) -> Result<(), BootError> {
        if self.refused > 0 {
            let count = std::mem::take(&mut self.refused);
            note(&format!("{count} strangers without a token are not let in"));
            let detail = json!({ "strangers": count, "why": "no such token" });
            self.files.audit.append(wall(), NAME, "refuse", &detail)?;
        }
        Ok(())
    }
}

/// What whoever is not let in is told: always the same.
fn not_authorised() -> Message {
    Refused {
        reason: Refusal::NotAuthorised,
        text: "not authorised".into(),
    }
    .into()
}
