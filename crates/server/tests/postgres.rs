//! The scenarios on PostgreSQL, each in a database of its own, and what only several servers over one
//! database show.

#![cfg(unix)]

mod scenarios;
mod support;

use anyhow::{Context, Result};
use support::{Campus, postgres::Postgres, settings};
use wuzha_server::store::Location;

async fn campus_on(postgres: &Postgres, name: &str) -> Result<Campus> {
    let location = Location::Postgres(postgres.database(name)?);
    Campus::new(&location, settings(), None).await
}

macro_rules! on_postgres {
    ($($file:ident::$name:ident,)*) => {
        /// One test, since they share one PostgreSQL, which is stopped at the end.
        #[tokio::test]
        async fn all_of_it() -> Result<()> {
            let postgres = Postgres::start()?;
            $(
                let name = stringify!($name);
                // A name in PostgreSQL has at most 63 bytes.
                let short: String = name.chars().take(60).collect();
                let campus = campus_on(&postgres, &short).await?;
                scenarios::$file::$name(&campus).await.context(name)?;
                campus.service.store.close().await;
            )*
            Ok(())
        }
    };
}

scenarios::for_each_scenario!(on_postgres);
