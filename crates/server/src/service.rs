//! What the sync API works with: one value, shared by all requests.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use wuzha_seal::ServerKey;

use crate::clock::Clock;
use crate::enrol::Access;
use crate::hand_in::{Clerk, Desk, Terms};
use crate::limits::buckets::Rate;
use crate::limits::peer::Trust;
use crate::limits::{Limits, Patience};
use crate::metrics::Metrics;
use crate::store::Store;
use crate::store::school::School;

/// The sync API of one school.
#[derive(Debug)]
pub struct Service {
    /// What is stored.
    pub store: Store,
    /// Whose it is.
    pub school: School,
    /// Challenges and tokens.
    pub access: Access,
    /// What time it is.
    pub clock: Clock,
    /// Where uploads go.
    pub desk: Desk,
    /// Who asks for too much.
    pub limits: Limits,
    /// Whom to believe about where a request comes from.
    pub trust: Trust,
    /// What is counted.
    pub metrics: Metrics,
    /// Turns true when the server stops: streams then end.
    pub stopping: watch::Sender<bool>,
}

/// What a school may decide about its server.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// On what terms bundles are taken.
    pub terms: Terms,
    /// How long the database is waited for with one batch of uploads.
    pub patience: Duration,
    /// How often a device may upload or log in.
    pub device_rate: Rate,
    /// How often an address may ask.
    pub address_rate: Rate,
    /// Whom to believe about where a request comes from.
    pub trust: Trust,
    /// How many bytes of uploads, and as many of answers, may be in memory at one time.
    pub memory: usize,
    /// How long the body of a request is waited for.
    pub bodies: Patience,
}

/// The secret key of a server, and what is made from it.
pub struct Keys {
    /// Signs receipts.
    pub server: ServerKey,
    /// Makes tokens.
    pub access: Access,
}

impl Keys {
    /// Those of this secret.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self {
            server: ServerKey::from_bytes(secret),
            access: Access::new(secret),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            terms: Terms {
                quota: 512 * 1024 * 1024,
                retain: Duration::from_secs(400 * 24 * 60 * 60),
            },
            // Less than a phone waits for its answer.
            patience: Duration::from_secs(20),
            device_rate: Rate::PerMinute(120),
            // A whole campus may have one address.
            address_rate: Rate::PerMinute(12_000),
            trust: Trust::Connection,
            // 1,600 bundles of a class, or eight of the largest.
            memory: 64 * 1024 * 1024,
            bodies: Patience {
                // 8 MiB at 1 Mbit/s take 67 seconds, a class's 40 KB at 2 KB/s 20.
                body: Duration::from_secs(120),
                // A phone that changes from WLAN to mobile is silent for a few.
                pause: Duration::from_secs(30),
            },
        }
    }
}

impl Service {
    /// The service, and the task that writes, which ends after the service has gone.
    pub fn start(
        store: Store,
        school: School,
        keys: Keys,
        clock: Clock,
        settings: Settings,
    ) -> (Arc<Self>, JoinHandle<()>) {
        let metrics = Metrics::default();
        let clerk = Clerk {
            store: store.clone(),
            school: school.id,
            key: Arc::new(keys.server),
            terms: settings.terms,
            clock: clock.clone(),
            patience: settings.patience,
        };
        let (desk, writer) = Desk::open(clerk, metrics.clone());
        let service = Self {
            store,
            school,
            access: keys.access,
            clock,
            desk,
            limits: Limits::new(
                settings.device_rate,
                settings.address_rate,
                settings.memory,
                settings.bodies,
            ),
            trust: settings.trust,
            metrics,
            stopping: watch::Sender::new(false),
        };
        (Arc::new(service), writer)
    }

    /// Deletes contents that were kept long enough. Called from time to time.
    pub async fn purge(&self) {
        loop {
            match self.store.purge(self.school.id, self.clock.now()).await {
                Ok(0) => break,
                Ok(purged) => tracing::info!(purged, "deleted contents after their time"),
                Err(error) => {
                    tracing::error!(%error, "could not delete what was kept long enough");
                    break;
                }
            }
        }
    }
}
