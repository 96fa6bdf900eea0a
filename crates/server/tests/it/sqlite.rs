//! The scenarios on SQLite.

use crate::support::{Campus, settings};
use anyhow::Result;

macro_rules! on_sqlite {
    ($($file:ident::$name:ident,)*) => {
        $(#[tokio::test]
        async fn $name() -> Result<()> {
            let campus = Campus::on_sqlite(settings()).await?;
            crate::scenarios::$file::$name(&campus).await
        })*
    };
}

crate::scenarios::for_each_scenario!(on_sqlite);
