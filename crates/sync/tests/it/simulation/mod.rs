//! Phones of a class, a teacher's device and a server through everything that goes wrong, from seeds.
//!
//! Each world has 25 steps of chaos: messages lost, delayed, doubled, torn and reordered; phones killed
//! between doing and storing; a server that is down, full or busy, dies between commit and answer, or is
//! set back to a backup; bundles that it refuses, or finds too large; bytes that a browser loses; phones
//! restored from a backup; clocks a year off; people who scan each other's phones and delete what was
//! delivered. Then the weather is fine, and when nothing moves any more:
//!
//! - what was ever shown as 已送达 is stored, and everything written is handed in;
//! - nothing is stored twice, and no id has two contents;
//! - all replicas show the same registers;
//! - no outbox has anything waiting, and all that was delivered is 已查收;
//! - the only gaps a teacher sees are those that a phone explains.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a simulation says what went wrong by failing"
)]

mod dice;
mod judge;
mod people;
mod phone;
mod replica;
mod server;
mod tally;
mod world;

use std::num::NonZeroUsize;

use self::tally::Tally;
use self::world::World;

const SEEDS: u64 = 200;

/// Says on a failure which world it was.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self(seed) = self;
            eprintln!("seed {seed}; to run it alone:");
            eprintln!("SEED={seed} cargo test -p wuzha-sync simulation -- --nocapture");
        }
    }
}

fn run(seed: u64) -> Tally {
    let seed = Seed(seed);
    World::new(seed.0).run()
}

/// All worlds, on all cores. They do not share anything.
fn run_all() -> Tally {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = |first: u64| {
        move || {
            (first..SEEDS)
                .step_by(cores)
                .map(run)
                .fold(Tally::default(), Tally::and)
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores as u64)
            .map(|first| scope.spawn(share(first)))
            .collect();
        let tallies = threads.into_iter().map(|thread| thread.join().unwrap());
        tallies.fold(Tally::default(), Tally::and)
    })
}

#[test]
fn nothing_is_lost_or_doubled_whatever_goes_wrong() {
    if let Ok(seed) = std::env::var("SEED") {
        println!("{:#?}", run(seed.parse().unwrap()));
        return;
    }
    let sum = run_all();
    println!("{sum:#?}");
    sum.assert_everything_happened();
}
