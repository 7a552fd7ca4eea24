//! A thread that serves connections and wakes tables.

use std::collections::HashMap;
use std::net;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

use super::connection::{greet, serve};
use super::hall::Hall;
use super::outbox::Outbox;
use super::reason::Reason;
use super::table::ConnectionId;

/// A worker's share of the house.
pub(super) struct Worker {
    /// Which clock it runs.
    pub number: u32,
    pub hall: Arc<Hall>,
    /// Clients that have just connected.
    pub arrivals: mpsc::UnboundedReceiver<net::TcpStream>,
    /// Becomes true when the server stops.
    pub stop: watch::Receiver<bool>,
}

impl Worker {
    /// Works until the server stops and all connections have ended.
    pub fn run(self) -> std::io::Result<()> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(self.work());
        Ok(())
    }

    async fn work(self) {
        let Self {
            number,
            hall,
            mut arrivals,
            mut stop,
        } = self;
        let clock = tokio::spawn({
            let hall = Arc::clone(&hall);
            async move { hall.clock_of(number).run(&hall).await }
        });
        let mut clients = Clients {
            hall,
            connections: JoinSet::new(),
            outboxes: HashMap::new(),
        };
        loop {
            tokio::select! {
                Some(ended) = clients.connections.join_next() => clients.note_end(&ended),
                Some(arrival) = arrivals.recv() => clients.receive(arrival),
                _ = stop.wait_for(|&stop| stop) => break,
            }
        }
        clients.send_away().await;
        clock.abort();
    }
}

/// The connections of one worker.
struct Clients {
    hall: Arc<Hall>,
    connections: JoinSet<ConnectionId>,
    outboxes: HashMap<ConnectionId, Arc<Outbox>>,
}

impl Clients {
    /// Starts to serve a client.
    fn receive(&mut self, arrival: net::TcpStream) {
        // Fails when the connection is gone already.
        let Ok(stream) = TcpStream::from_std(arrival) else {
            return;
        };
        let hall = Arc::clone(&self.hall);
        let limits = &hall.config.limits;
        let outbox = Arc::new(Outbox::new(limits.outbox_bytes));
        greet(&outbox);
        if hall.counters.connections.load(Relaxed) >= limits.connections as u64 {
            outbox.close(Reason::Full);
        }
        hall.counters.connected();
        let id = hall.next_connection();
        self.outboxes.insert(id, Arc::clone(&outbox));
        self.connections.spawn(serve(stream, hall, id, outbox));
    }

    fn note_end(&mut self, ended: &Result<ConnectionId, JoinError>) {
        match ended {
            Ok(id) => drop(self.outboxes.remove(id)),
            // A panic while serving a client ends that client's connection
            // only.
            Err(_) => self.hall.counters.disconnected(Reason::Broken),
        }
    }

    /// Tells all clients that the server stops, and gives them a moment.
    async fn send_away(mut self) {
        for outbox in self.outboxes.values() {
            outbox.close(Reason::Stopping);
        }
        let linger = 2 * self.hall.config.timing.linger;
        let _ = timeout(linger, async {
            while let Some(ended) = self.connections.join_next().await {
                self.note_end(&ended);
            }
        })
        .await;
    }
}
