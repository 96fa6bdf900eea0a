use std::collections::VecDeque;

use futures_channel::oneshot;
use wuzha_core::log::{Change, Key, Op, Value};

use super::StoreError;

/// What waits to be stored, in order.
#[derive(Default)]
pub(super) struct Queue {
    jobs: VecDeque<Job>,
    last_id: u64,
}

/// Hears what became of a job.
pub(super) type Waiter = oneshot::Sender<Result<(), StoreError>>;

/// What is to be stored.
#[derive(Clone)]
pub(super) enum Work {
    /// What a person did here.
    Changes(Vec<Change>),
    /// Operations from elsewhere, with the ids they have.
    Foreign(Vec<Op>),
}

/// Jobs that are stored together.
pub(super) struct Batch {
    pub(super) jobs: Vec<JobId>,
    pub(super) work: Work,
}

/// A job's running number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct JobId(u64);

struct Job {
    id: JobId,
    work: Work,
    waiter: Option<Waiter>,
}

impl Queue {
    /// Adds work at the end. A `waiter` hears once what became of it; after a failure its work is not
    /// kept, since the waiter decides what to do then.
    pub(super) fn push(&mut self, work: Work, waiter: Option<Waiter>) {
        self.last_id += 1;
        let id = JobId(self.last_id);
        self.jobs.push_back(Job { id, work, waiter });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// The work at the front: all changes up to the next foreign operations, or these.
    pub(super) fn next_batch(&self) -> Option<Batch> {
        let mut jobs = self.jobs.iter();
        let first = jobs.next()?;
        let mut batch = Batch {
            jobs: vec![first.id],
            work: first.work.clone(),
        };
        for job in jobs {
            let (Work::Changes(all), Work::Changes(more)) = (&mut batch.work, &job.work) else {
                break;
            };
            batch.jobs.push(job.id);
            all.extend_from_slice(more);
        }
        Some(batch)
    }

    /// The first foreign operations: all that may be stored while records are missing.
    pub(super) fn next_foreign(&self) -> Option<Batch> {
        let is_foreign = |job: &&Job| matches!(job.work, Work::Foreign(_));
        self.jobs.iter().find(is_foreign).map(|job| Batch {
            jobs: vec![job.id],
            work: job.work.clone(),
        })
    }

    /// `jobs` are stored.
    pub(super) fn finish(&mut self, jobs: &[JobId]) {
        let (done, left) = self.jobs.drain(..).partition(|job| jobs.contains(&job.id));
        self.jobs = left;
        answer(done, &Ok(()));
    }

    /// Nothing could be stored: the waiters hear why, everything else is kept.
    pub(super) fn fail(&mut self, error: &StoreError) {
        let (waiting, left) = self.jobs.drain(..).partition(|job| job.waiter.is_some());
        self.jobs = left;
        answer(waiting, &Err(error.clone()));
    }

    /// The value that was last queued for `key`.
    pub(super) fn latest(&self, key: &Key) -> Option<Value> {
        self.jobs.iter().rev().find_map(|job| match &job.work {
            Work::Changes(changes) => {
                let last = changes.iter().rev().find(|change| change.key == *key);
                last.map(|change| change.value.clone())
            }
            Work::Foreign(_) => None,
        })
    }
}

fn answer(jobs: VecDeque<Job>, result: &Result<(), StoreError>) {
    for waiter in jobs.into_iter().filter_map(|job| job.waiter) {
        // A waiter that left no longer wants to know.
        let _ = waiter.send(result.clone());
    }
}
