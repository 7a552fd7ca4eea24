//! The embedded poker server as an application.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bots::poker::server::{Server, ServerConfig, ServerHandle, TableGroup};
use cluster_protocol::BotState;

use super::settings::PokerServerSettings;
use super::{Application, Environment, Health, StartError};
use crate::node::{ChangeResult, LoadedModule};

/// The embedded poker server, with its accounts in memory.
pub struct PokerServer(Mutex<Option<ServerHandle>>);

impl PokerServer {
    /// Listens and serves from then on.
    pub fn start(settings: &PokerServerSettings) -> Result<Self, StartError> {
        let mut config = ServerConfig {
            listen: vec![settings.listen],
            tables: TableGroup::mix(settings.tables, settings.seats),
            seed: settings.seed,
            ..ServerConfig::default()
        };
        config.limits.tables = config.limits.tables.max(settings.tables as usize * 2);
        config.timing.hand_delay = settings.hand_delay;
        Ok(Self(Mutex::new(Some(Server::start(config)?))))
    }

    fn with<T>(&self, look: impl FnOnce(&ServerHandle) -> T) -> Option<T> {
        let server = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        server.as_ref().map(look)
    }
}

impl Application for PokerServer {
    fn change(&self, _: &[LoadedModule], _: Duration) -> Result<ChangeResult, String> {
        Err("a poker server has no code that can be changed in place".into())
    }

    fn set_environment(&self, _: &Environment) {}

    fn inspect(&self) -> Vec<BotState> {
        Vec::new()
    }

    fn health(&self) -> Health {
        self.with(|server| {
            let stats = server.stats();
            Health {
                members: u32::try_from(stats.connections).unwrap_or(u32::MAX),
                work: stats.hands_played,
                ..Health::default()
            }
        })
        .unwrap_or_default()
    }

    fn drain(&self) {}

    fn stop(&self) {
        let server = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(server) = server {
            server.stop();
        }
    }
}
