//! The scenarios on PostgreSQL, each in a database of its own, and what only several servers over one
//! database show.

#![cfg(unix)]

use crate::support::postgres::address::Address;
use crate::support::postgres::{Postgres, url};
use crate::support::{CLASS, Campus, Cast, SCHOOL, bundles, device, of_class, settings};
use anyhow::{Context, Result};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;
use wuzha_seal::{Role, SignedReceipt};
use wuzha_server::service::Settings;
use wuzha_server::store::{Durability, Location, Store, lock_school};

/// How many scenarios run at the same time. Each begins by making its database, which holds the others
/// up; a store that waits ten seconds for a connection gives up, and on a busy machine all of them at
/// once took longer.
const AT_ONCE: usize = 8;

async fn campus_on(postgres: &Postgres, name: &str) -> Result<Campus> {
    // A name in PostgreSQL has at most 63 bytes.
    let name: String = name.chars().take(60).collect();
    let location = Location::Postgres(postgres.database(&name)?);
    Campus::new(&location, settings(), None).await
}

/// Two servers over one database, and everyone from the office to the class's monitor.
async fn two_servers(postgres: &Postgres, name: &str) -> Result<(Campus, Campus, Cast)> {
    let location = Location::Postgres(postgres.database(name)?);
    let one = Campus::new(&location, settings(), None).await?;
    let cast = one.cast().await?;
    let store = Store::open(&location, Durability::Memory).await?;
    let two = Campus::start(store, one.service.school.clone(), settings(), None);
    Ok((one, two, cast))
}

async fn of_many_who_claim_at_two_servers_at_once_one_does(postgres: &Postgres) -> Result<()> {
    let (one, two, Cast { teacher, .. }) = two_servers(postgres, "two_claims").await?;
    for round in 0..5 {
        let invitation = one.invitation(Role::Monitor, of_class(CLASS), &teacher);
        one.announce(&invitation, &teacher).await?;
        let claims = (0..16).map(|n| {
            let server = if n % 2 == 0 { &one } else { &two };
            let (invitation, key) = (&invitation, device(100 + n));
            async move { server.claim(invitation, &key).await }
        });
        let mut created = 0;
        for answer in futures_util::future::join_all(claims).await {
            match answer?.status.as_u16() {
                201 => created += 1,
                status => assert_eq!(status, 409),
            }
        }
        assert_eq!(created, 1, "round {round}");
    }
    Ok(())
}

async fn two_servers_over_one_database_give_each_number_once(postgres: &Postgres) -> Result<()> {
    let (one, two, Cast { monitor, .. }) = two_servers(postgres, "two_servers").await?;
    let envelopes = bundles(&monitor, 40)?;
    // Each bundle goes to both at the same time, as from a phone whose first try seemed lost.
    let tries = envelopes
        .iter()
        .map(|envelope| futures_util::future::join(one.put(envelope), two.put(envelope)));
    let mut seqs = Vec::new();
    for (a, b) in futures_util::future::join_all(tries).await {
        let (a, b) = (a?, b?);
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 201]);
        assert_eq!(a.body, b.body, "the very same receipt");
        seqs.push(SignedReceipt::parse(a.body, &one.server())?.receipt().seq);
    }
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=40).collect::<Vec<u64>>());
    Ok(())
}

/// The database's machine loses its power in the middle of a commit: no word comes from it any more,
/// and another takes its address over.
async fn a_database_that_falls_silent_holds_nobody_up(postgres: &Postgres) -> Result<()> {
    const NAME: &str = "falls_silent";
    let direct = Location::Postgres(postgres.database(NAME)?);
    let address = Address::new()?;
    address.lead_to(postgres.port());
    let location = Location::Postgres(url(address.port(), NAME));
    let impatient = Settings {
        patience: Duration::from_secs(3),
        ..settings()
    };
    let campus = Arc::new(Campus::new(&location, impatient, None).await?);
    let monitor = campus.cast().await?.monitor;
    let envelopes = bundles(&monitor, 2)?;
    let [first, second] = envelopes.as_slice() else {
        anyhow::bail!("not two");
    };
    campus.hand_in(first).await?;
    // Two connections more, which lie idle when it happens.
    let store = &campus.service.store;
    drop(tokio::try_join!(store.begin(), store.begin())?);
    // Someone else writes, so that the upload waits half way.
    let other = Store::open(&direct, Durability::Memory).await?;
    let mut writing = other.begin().await?;
    lock_school(&mut writing, SCHOOL).await?;
    let uploading = tokio::spawn({
        let (campus, second) = (campus.clone(), second.clone());
        async move { campus.put(&second).await }
    });
    let waits = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
                 AND datname = current_database()";
    tokio::task::block_in_place(|| postgres.until(NAME, waits))?;
    address.fall_silent();
    writing.rollback().await?;
    assert_eq!(uploading.await??.problem(), "503 unavailable");
    // The idle connections, dead as well, cost a second each.
    let log = campus.log(&monitor, of_class(CLASS), "0:0").await?;
    assert_eq!(log.status, StatusCode::OK);
    campus.hand_in(second).await?;
    Ok(())
}

/// Someone holds the school's row for longer than an upload may wait: a person with `psql`, or a commit
/// that no standby confirms. Who waits is told so by the database, long before the server gives the
/// connection up.
async fn who_waits_too_long_for_the_schools_row_is_told(postgres: &Postgres) -> Result<()> {
    const NAME: &str = "row_held";
    let location = Location::Postgres(postgres.database(NAME)?);
    let patient = Settings {
        patience: Duration::from_secs(60),
        ..settings()
    };
    let campus = Campus::new(&location, patient, None).await?;
    let monitor = campus.cast().await?.monitor;
    let envelopes = bundles(&monitor, 3)?;
    let other = Store::open(&location, Durability::Memory).await?;
    let mut writing = other.begin().await?;
    lock_school(&mut writing, SCHOOL).await?;
    let before = connections(postgres, NAME)?;
    let began = Instant::now();
    let uploads = envelopes.iter().map(|envelope| campus.put(envelope));
    for answer in futures_util::future::join_all(uploads).await {
        assert_eq!(answer?.problem(), "503 unavailable");
    }
    // Once for all of them: one by one they would have waited five seconds each.
    let waited = began.elapsed().as_secs();
    assert!((4..15).contains(&waited), "{waited} s");
    // It had only to read, and did not wait.
    let log = campus.log(&monitor, of_class(CLASS), "0:0").await?;
    assert_eq!(log.json()?.get("items"), Some(&serde_json::json!([])));
    writing.rollback().await?;
    for envelope in &envelopes {
        campus.hand_in(envelope).await?;
    }
    let after = connections(postgres, NAME)?;
    assert!(
        before.is_subset(&after),
        "{before:?} are not all in {after:?}"
    );
    Ok(())
}

/// The processes that serve this database's connections.
fn connections(postgres: &Postgres, name: &str) -> Result<BTreeSet<String>> {
    let sql = "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid() \
               AND backend_type = 'client backend'";
    let pids = tokio::task::block_in_place(|| postgres.ask(name, sql))?;
    Ok(pids.split(' ').map(str::to_owned).collect())
}

macro_rules! on_postgres {
    ($($file:ident::$name:ident,)*) => {
        /// One test, since they share one PostgreSQL, which is stopped at the end. Several at the same
        /// time: most of their time is waiting.
        #[tokio::test(flavor = "multi_thread")]
        async fn all_of_it() -> Result<()> {
            let postgres = Arc::new(Postgres::start()?);
            let mut running = JoinSet::new();
            let places = Arc::new(Semaphore::new(AT_ONCE));
            $(
                let (shared, free) = (postgres.clone(), places.clone());
                running.spawn(async move {
                    let _place = free.acquire().await?;
                    let name = stringify!($name);
                    let campus = campus_on(&shared, name).await?;
                    crate::scenarios::$file::$name(&campus).await.context(name)?;
                    campus.service.store.close().await;
                    anyhow::Ok(())
                });
            )*
            let shared = postgres.clone();
            running.spawn(async move {
                who_waits_too_long_for_the_schools_row_is_told(&shared).await
            });
            while let Some(ended) = running.join_next().await {
                ended??;
            }
            two_servers_over_one_database_give_each_number_once(&postgres).await?;
            of_many_who_claim_at_two_servers_at_once_one_does(&postgres).await?;
            // Only against hanging.
            let silent = a_database_that_falls_silent_holds_nobody_up(&postgres);
            timeout(Duration::from_secs(60), silent).await?
        }
    };
}

crate::scenarios::for_each_scenario!(on_postgres);
