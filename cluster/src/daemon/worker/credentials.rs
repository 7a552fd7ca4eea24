//! Who a node is, and whom it believes.

use std::sync::Arc;

use rustls::{ClientConfig, ServerConfig};
use tokio::sync::watch;

use super::start::{WorkerError, identity_error};
use crate::identity::{Identity, Trust, client_config, server_config, verify_charter};

/// Who the node is, and what follows from it.
pub(super) struct Credentials {
    pub(super) identity: Identity,
    pub(super) trust: Trust,
    pub(super) client: Arc<ClientConfig>,
    pub(super) server: watch::Sender<Arc<ServerConfig>>,
}

impl Credentials {
    pub(super) fn new(identity: Identity) -> Result<Self, WorkerError> {
        let trust = Trust::default();
        let facts = identity.cluster();
        if let Some(charter) = verify_charter(&facts.charter, facts.charter_key) {
            trust.update(&charter);
        }
        let client = client_config(&identity, &trust).map_err(identity_error)?;
        let server = server_config(&identity, &trust).map_err(identity_error)?;
        Ok(Self {
            identity,
            trust,
            client,
            server: watch::Sender::new(server),
        })
    }

    /// The same with new certificates.
    pub(super) fn renew(&mut self, identity: Identity) -> Result<(), WorkerError> {
        self.client = client_config(&identity, &self.trust).map_err(identity_error)?;
        let server = server_config(&identity, &self.trust).map_err(identity_error)?;
        self.server.send_replace(server);
        self.identity = identity;
        Ok(())
    }
}
