//! The scenarios on PostgreSQL, each in a database of its own, and what only several servers over one
//! database show.

#![cfg(unix)]

use crate::support::{
    CLASS, Campus, Cast, bundles, device, of_class, postgres::Postgres, settings,
};
use anyhow::{Context, Result};
use std::sync::Arc;
use tokio::task::JoinSet;
use wuzha_seal::{Role, SignedReceipt};
use wuzha_server::store::{Durability, Location, Store};

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

macro_rules! on_postgres {
    ($($file:ident::$name:ident,)*) => {
        /// One test, since they share one PostgreSQL, which is stopped at the end. All at the same time:
        /// most of their time is waiting.
        #[tokio::test(flavor = "multi_thread")]
        async fn all_of_it() -> Result<()> {
            let postgres = Arc::new(Postgres::start()?);
            let mut running = JoinSet::new();
            $(
                let shared = postgres.clone();
                running.spawn(async move {
                    let name = stringify!($name);
                    let campus = campus_on(&shared, name).await?;
                    crate::scenarios::$file::$name(&campus).await.context(name)?;
                    campus.service.store.close().await;
                    anyhow::Ok(())
                });
            )*
            while let Some(ended) = running.join_next().await {
                ended??;
            }
            two_servers_over_one_database_give_each_number_once(&postgres).await?;
            of_many_who_claim_at_two_servers_at_once_one_does(&postgres).await
        }
    };
}

crate::scenarios::for_each_scenario!(on_postgres);
