//! Gathers uploads into batches. One fsync then counts for many, and there is one writer, so that
//! uploads never wait for each other's locks.

use std::time::Duration;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use wuzha_seal::{Envelope, Unit};

use super::clerk::Clerk;
use super::judge::Outcome;
use crate::Problem;
use crate::limits::room::Taken;
use crate::metrics::Metrics;
use crate::store::StoreError;

/// The most uploads of one commit.
pub const BATCH: usize = 32;
/// The longest that the first upload of a batch waits for others.
const GATHER: Duration = Duration::from_millis(5);
/// How many uploads wait before those who send them are made to wait.
const QUEUE: usize = 256;
/// How many changes a slow listener may miss before it looks for itself.
const CHANGES: usize = 1024;

/// Where uploads are handed over.
#[derive(Clone, Debug)]
pub struct Desk {
    queue: mpsc::Sender<Waiting>,
    changes: broadcast::Sender<Unit>,
}

struct Waiting {
    envelope: Envelope,
    /// Given back when it is decided, not when whoever sent it has gone.
    room: Taken,
    answer: oneshot::Sender<Result<Outcome, Problem>>,
}

impl Desk {
    /// Opens the desk. The task ends when the desk and all its copies are gone and what was handed
    /// over before is written.
    pub fn open(clerk: Clerk, metrics: Metrics) -> (Self, JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (changes, _) = broadcast::channel(CHANGES);
        let task = tokio::spawn(work(clerk, waiting, changes.clone(), metrics));
        (Self { queue, changes }, task)
    }

    /// Hands an upload over, with the room that it takes in memory; returns when it is decided, and on
    /// the disk if it is taken.
    ///
    /// # Errors
    /// [`Problem::Full`]: nothing was stored. [`Problem::Unavailable`]: it may be, if the database was
    /// lost while it committed; handed over again, it is told.
    pub async fn hand_in(&self, envelope: Envelope, room: Taken) -> Result<Outcome, Problem> {
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting {
            envelope,
            room,
            answer,
        };
        self.queue
            .send(waiting)
            .await
            .map_err(|_| Problem::Unavailable)?;
        answered.await.map_err(|_| Problem::Unavailable)?
    }

    /// Tells of each part of the school whose order has grown, from now on.
    pub fn changes(&self) -> broadcast::Receiver<Unit> {
        self.changes.subscribe()
    }
}

async fn work(
    clerk: Clerk,
    mut queue: mpsc::Receiver<Waiting>,
    changes: broadcast::Sender<Unit>,
    metrics: Metrics,
) {
    while let Some(batch) = gather(&mut queue).await {
        metrics.batch(batch.len());
        let grown = serve(&clerk, batch).await;
        for unit in grown {
            // Nobody listens: nobody is told.
            let _listeners = changes.send(unit);
        }
    }
}

/// The next batch; `None` when nobody is left who could hand anything over.
async fn gather(queue: &mut mpsc::Receiver<Waiting>) -> Option<Vec<Waiting>> {
    let mut batch = vec![queue.recv().await?];
    let end = Instant::now() + GATHER;
    while batch.len() < BATCH {
        match timeout_at(end, queue.recv()).await {
            Ok(Some(next)) => batch.push(next),
            _ => break,
        }
    }
    Some(batch)
}

/// Commits a batch and answers. A batch that the database refuses is tried again one by one, so that
/// an upload with which something is wrong takes no other down.
async fn serve(clerk: &Clerk, batch: Vec<Waiting>) -> Vec<Unit> {
    match commit(clerk, &batch).await {
        Ok((outcomes, grown)) => {
            for (waiting, outcome) in batch.into_iter().zip(outcomes) {
                answer(waiting, Ok(outcome));
            }
            grown
        }
        Err(error) if batch.len() > 1 && error.may_be_of_one() => {
            let mut all_grown = Vec::new();
            for waiting in batch {
                let single = commit(clerk, std::slice::from_ref(&waiting)).await;
                let outcome = single.map(|(outcomes, grown)| {
                    all_grown.extend(grown);
                    outcomes.into_iter().next()
                });
                let outcome = outcome.map_err(Problem::from);
                answer(
                    waiting,
                    outcome.and_then(|one| one.ok_or(Problem::Unavailable)),
                );
            }
            all_grown
        }
        Err(error) => {
            let problem = Problem::from(error);
            for waiting in batch {
                answer(waiting, Err(problem));
            }
            Vec::new()
        }
    }
}

async fn commit(clerk: &Clerk, batch: &[Waiting]) -> Result<(Vec<Outcome>, Vec<Unit>), StoreError> {
    let envelopes: Vec<&Envelope> = batch.iter().map(|waiting| &waiting.envelope).collect();
    let committed = clerk.commit(&envelopes).await?;
    Ok((committed.outcomes, committed.grown))
}

fn answer(waiting: Waiting, outcome: Result<Outcome, Problem>) {
    let Waiting {
        envelope,
        room,
        answer,
    } = waiting;
    drop((envelope, room));
    // Whoever asked may have gone. What is stored is stored, and they will ask again.
    let _gone = answer.send(outcome);
}
