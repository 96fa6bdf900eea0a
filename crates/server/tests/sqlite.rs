//! The scenarios on SQLite.

mod scenarios;
mod support;

use anyhow::Result;
use support::{Campus, settings};

macro_rules! on_sqlite {
    ($($file:ident::$name:ident,)*) => {
        $(#[tokio::test]
        async fn $name() -> Result<()> {
            let campus = Campus::on_sqlite(settings()).await?;
            scenarios::$file::$name(&campus).await
        })*
    };
}

scenarios::for_each_scenario!(on_sqlite);
