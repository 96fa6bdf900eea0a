//! `wuzha serve`.

use anyhow::{Context, Result};
use axum::http::HeaderValue;
use clap::{Args, ValueEnum, value_parser};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing_subscriber::filter::LevelFilter;

use super::place::{Opened, PlaceArgs};
use crate::clock::Clock;
use crate::hand_in::Terms;
use crate::limits::buckets::Rate;
use crate::limits::peer::Trust;
use crate::serve::{Bounds, Tls, serve};
use crate::service::{Service, Settings};
use crate::site::Site;
use crate::store::Location;
use crate::{HandIn, cors, router};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often contents that were kept long enough are looked for.
const PURGE_EVERY: Duration = Duration::from_secs(60 * 60);
/// How long the last writing may take when the server stops.
const WRITE_OUT: Duration = Duration::from_secs(5);

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// A folder with a built app, instead of the one inside this program
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
    /// A certificate chain (PEM), to serve HTTPS without a proxy in front
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Another origin from which the app may be used with this server, as https://app.example.cn
    #[arg(long, value_name = "ORIGIN", value_parser = cors::origin)]
    allow_origin: Vec<HeaderValue>,
    /// Believe X-Forwarded-For: only behind a proxy that sets it
    #[arg(long)]
    behind_proxy: bool,
    /// How many MiB a class may store
    #[arg(long, default_value_t = 512, value_name = "MIB")]
    class_quota: u32,
    /// For how many days the content of bundles is kept
    #[arg(long, default_value_t = 400, value_name = "DAYS")]
    retain: u32,
    /// Requests of one device a minute; 0 for any number
    #[arg(long, default_value_t = 120, value_name = "N")]
    device_rate: u32,
    /// Requests from one address a minute; 0 for any number. A campus may have one address
    #[arg(long, default_value_t = 12_000, value_name = "N")]
    address_rate: u32,
    /// Connections at one time; more than half of the open files that the system allows is too many
    #[arg(long, default_value_t = 4_096, value_name = "N")]
    connections: u16,
    /// Connections from one address at one time; behind a proxy all are the proxy's, and any number
    #[arg(long, default_value_t = 1_024, value_name = "N")]
    address_connections: u16,
    /// How many MiB of uploads may be in memory at one time, and as many of answers
    #[arg(long, default_value_t = 64, value_name = "MIB", value_parser = value_parser!(u16).range(16..))]
    body_memory: u16,
    /// How the log is written
    #[arg(long, value_enum, default_value = "text")]
    log: LogForm,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogForm {
    /// Lines for people
    Text,
    /// One JSON object a line
    Json,
}

pub(super) async fn run(args: ServeArgs) -> Result<()> {
    begin_log(args.log);
    let site = match &args.dist {
        Some(folder) => Site::read(folder)?,
        None => Site::built_in()?,
    };
    let tls = args.tls_cert.as_deref().zip(args.tls_key.as_deref());
    let tls = tls.map(|(cert, key)| Tls::read(cert, key)).transpose()?;
    match args.place.open_if_set_up().await? {
        Some(opened) => with_hand_in(args, site, tls, opened).await,
        None => {
            let router = router(site, HandIn::Closed);
            serve(args.listen, tls, args.bounds(), router, || {}).await
        }
    }
}

async fn with_hand_in(args: ServeArgs, site: Site, tls: Option<Tls>, opened: Opened) -> Result<()> {
    // Of one SQLite file there is one server; PostgreSQL is for several.
    let _held = match opened.location {
        Location::File(_) => Some(opened.folder.hold()?),
        Location::Postgres(_) => None,
    };
    let (store, bounds) = (opened.store.clone(), args.bounds());
    let (service, writer) = Service::start(
        opened.store,
        opened.school,
        opened.keys,
        Clock::system(),
        args.settings(),
    );
    let purging = purge_hourly(service.clone());
    let stopping = service.stopping.clone();
    let router = router(site, HandIn::Open(service));
    let router = cors::allow(router, args.allow_origin);
    let stop = move || {
        stopping.send_replace(true);
    };
    let served = serve(args.listen, tls, bounds, router, stop).await;
    purging.abort();
    drop(purging.await);
    let written = timeout(WRITE_OUT, async {
        // It ends with the last copy of the service, when all that was handed over is written.
        let ended = writer.await;
        store.close().await;
        ended
    });
    match written.await {
        Ok(ended) => ended.context("the writer stopped")?,
        // Someone whose time was up still holds on. What was acknowledged is on the disk.
        Err(_) => tracing::warn!("stopped with requests that did not end"),
    }
    served
}

impl ServeArgs {
    fn bounds(&self) -> Bounds {
        let of_one_address = match self.behind_proxy {
            true => self.connections,
            false => self.address_connections,
        };
        Bounds {
            connections: usize::from(self.connections),
            of_one_address: usize::from(of_one_address),
            ..Bounds::default()
        }
    }

    fn settings(&self) -> Settings {
        let rate = |count: u32| match count {
            0 => Rate::Unlimited,
            count => Rate::PerMinute(count),
        };
        Settings {
            terms: Terms {
                quota: u64::from(self.class_quota) * 1024 * 1024,
                retain: DAY * self.retain,
            },
            device_rate: rate(self.device_rate),
            address_rate: rate(self.address_rate),
            trust: match self.behind_proxy {
                true => Trust::Proxy,
                false => Trust::Connection,
            },
            memory: usize::from(self.body_memory) * 1024 * 1024,
            ..Settings::default()
        }
    }
}

fn purge_hourly(service: Arc<Service>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut every = tokio::time::interval(PURGE_EVERY);
        loop {
            every.tick().await;
            service.purge().await;
        }
    })
}

/// The log goes to stderr: what a service manager keeps.
fn begin_log(form: LogForm) {
    let log = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_target(false)
        .with_writer(std::io::stderr);
    match form {
        LogForm::Text => log.with_ansi(false).init(),
        LogForm::Json => log.json().flatten_event(true).init(),
    }
}
