//! What operators ask for that the brain knows nothing of: tokens, keys, uploads,
//! the audit log.

use cluster_protocol::{Authorise, Digest, Refusal, Refused, Request, Response, Text};

use super::BootServer;
use crate::clock::wall;
use crate::controller::{Input, OperatorId};
use crate::daemon::note;
use crate::identity::RotateError;
use crate::release::limits;
use crate::store::StoreError;

impl BootServer {
    /// Does what the brain knows nothing of; the answer, if it has not given it
    /// already.
    pub(super) fn do_locally(
        &mut self,
        operator: OperatorId,
        request: Request,
    ) -> Option<Response> {
        let response = match request {
            Request::Authorise(wanted) => self.authorise(&wanted),
            Request::Revoke { name } => {
                if self.registrar.knows(&name, wall()) {
                    match self.registrar.revoke(&name, wall()) {
                        Ok(revocation) => {
                            let operator = Some(operator);
                            self.think(Input::Revoked {
                                operator,
                                revocation,
                            });
                            // Twice: the key before the newest one still counts,
                            // and who is revoked knows it.
                            for _ in 0..2 {
                                if let Err(error) = self.rotate_key() {
                                    note(&format!("the key stays as it was: {error}"));
                                }
                            }
                            return None;
                        }
                        Err(error) => refused(Refusal::Failed, error.to_string()),
                    }
                } else {
                    refused(Refusal::Unknown, format!("there is no {name} to revoke"))
                }
            }
            Request::RotateKey => match self.rotate_key() {
                Ok(()) => Response::Done,
                Err(error) => refused(Refusal::Failed, error.to_string()),
            },
            Request::Offer { hash, size } => {
                self.offered.insert(hash, size);
                let offset = self.store.wanted_from(hash, size);
                self.add(hash, size, offset, &[])
            }
            Request::Upload {
                hash,
                offset,
                bytes,
            } => match self.offered.get(&hash) {
                Some(size) => self.add(hash, *size, offset, &bytes),
                None => refused(
                    Refusal::Unknown,
                    "a module is offered before it is uploaded",
                ),
            },
            Request::Log { lines, .. } => {
                let lines = lines.min(10_000) as usize;
                match self.files.audit.tail(lines) {
                    Ok(lines) => Response::Lines(lines.into_iter().map(Text).collect()),
                    Err(error) => refused(Refusal::Failed, error.to_string()),
                }
            }
            _ => refused(Refusal::Invalid, "this is not done here"),
        };
        Some(response)
    }

    /// Seals datagrams with a new key from now on, here and on all nodes.
    pub(super) fn rotate_key(&mut self) -> Result<(), RotateError> {
        let keys = self.files.keys.rotate()?.to_vec();
        self.gossip.set_keys(keys.clone());
        self.think(Input::Keys(keys));
        Ok(())
    }

    pub(super) fn authorise(&mut self, wanted: &Authorise) -> Response {
        let here = vec![self.address.into()];
        match self.registrar.authorise(wanted, here, wall()) {
            Ok(token) => Response::Token(token.to_string().into()),
            Err(error) => refused(Refusal::Invalid, error.to_string()),
        }
    }

    pub(super) fn add(&mut self, hash: Digest, size: u64, offset: u64, bytes: &[u8]) -> Response {
        if size > limits::PROGRAM_SIZE {
            return refused(
                Refusal::Invalid,
                format!("a module of {size} bytes is too large"),
            );
        }
        let there = self.store.wanted_from(hash, size);
        if there == size && size > 0 {
            return Response::UploadFrom { offset: size };
        }
        match self.store.add(hash, size, offset, bytes) {
            Ok(_) => Response::UploadFrom {
                offset: self.store.wanted_from(hash, size),
            },
            Err(StoreError::OutOfOrder { expected, .. }) => {
                Response::UploadFrom { offset: expected }
            }
            Err(error) => refused(Refusal::Invalid, error.to_string()),
        }
    }
}

fn refused(reason: Refusal, text: impl Into<Text>) -> Response {
    Response::Refused(Refused {
        reason,
        text: text.into(),
    })
}
