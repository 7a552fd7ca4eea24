//! The thread, the queue and the groups.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::oneshot;

use super::StoreError;

/// An operation on its way to the database and its answer on the way back.
pub(super) trait Job: Send {
    /// Does the work; says whether it is to be kept.
    fn run(&mut self, connection: &Connection) -> bool;

    /// Answers, after the commit or its failure.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A [`Job`] made of a closure.
pub(super) struct Task<W, T> {
    work: Option<W>,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<W, T> Task<W, T> {
    pub fn new(work: W, reply: oneshot::Sender<Result<T, StoreError>>) -> Self {
        Self {
            work: Some(work),
            result: None,
            reply,
        }
    }
}

impl<W, T> Job for Task<W, T>
where
    W: FnOnce(&Connection) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        self.result = self.work.take().map(|work| work(connection));
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (self.result, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            // Refused on its own, whatever became of the group.
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (None, Ok(())) => Err(StoreError::Closed),
        };
        // Who does not wait for the answer has dropped the receiver.
        let _ = self.reply.send(result);
    }
}

/// When a group is committed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Groups {
    /// So long after its first operation.
    pub time: Duration,
    /// Or with so many operations.
    pub size: usize,
}

/// How often the writer looks for more operations while a group is open.
const PAUSE: Duration = Duration::from_micros(500);

/// The writer's thread: ends when all senders are gone and the queue is empty.
pub(super) fn run(
    connection: &Connection,
    mut queue: Receiver<Box<dyn Job>>,
    groups: Groups,
    failures: &Arc<AtomicU64>,
) {
    let mut group = Vec::new();
    while let Some(first) = queue.blocking_recv() {
        let start = Instant::now();
        let began = connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(StoreError::from);
        let mut next = Some(first);
        loop {
            if let Some(mut job) = next {
                if began.is_ok() && !within_savepoint(connection, job.as_mut()) {
                    failures.fetch_add(1, Ordering::Relaxed);
                }
                group.push(job);
            }
            if group.len() >= groups.size || start.elapsed() >= groups.time {
                break;
            }
            next = match queue.try_recv() {
                Ok(job) => Some(job),
                Err(TryRecvError::Empty) => {
                    thread::sleep(PAUSE.min(groups.time));
                    None
                }
                Err(TryRecvError::Disconnected) => break,
            };
        }
        let committed = began.and_then(|()| commit(connection));
        if committed.is_err() {
            failures.fetch_add(group.len() as u64, Ordering::Relaxed);
        }
        for job in group.drain(..) {
            job.answer(committed.clone());
        }
    }
}

/// Runs a job so that it leaves nothing behind when it fails; says whether it
/// was kept.
fn within_savepoint(connection: &Connection, job: &mut dyn Job) -> bool {
    let execute = |sql| -> rusqlite::Result<usize> { connection.prepare_cached(sql)?.execute([]) };
    // These fail only when the transaction is gone, and then its commit fails
    // and says so to all of the group.
    let _ = execute("SAVEPOINT job");
    let kept = job.run(connection);
    if !kept {
        let _ = execute("ROLLBACK TO job");
    }
    let _ = execute("RELEASE job");
    kept
}

fn commit(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("COMMIT").map_err(|error| {
        // Also fails when SQLite has rolled back by itself: as good.
        let _ = connection.execute_batch("ROLLBACK");
        error.into()
    })
}
