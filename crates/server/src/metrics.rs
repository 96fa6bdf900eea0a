//! What is counted, for Prometheus. No label names a person, a device, a class or an address.

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use std::time::Duration;

use crate::Problem;

/// Counters of this process since it started.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Request, Counter>,
    problems: Family<Kind, Counter>,
    seconds: Histogram,
    batches: Histogram,
    received: Counter,
    published: Counter,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    /// The route, not the address: addresses hold ids.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    problem: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("wuzha");
        let requests = Family::default();
        let problems = Family::default();
        let seconds = Histogram::new([0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0]);
        let batches = Histogram::new([1.0, 2.0, 4.0, 8.0, 16.0, 32.0]);
        let received = Counter::default();
        let published = Counter::default();
        registry.register("requests", "Answered requests", requests.clone());
        registry.register("problems", "Requests that were refused", problems.clone());
        registry.register("request_seconds", "Time to the answer", seconds.clone());
        registry.register("batch", "Uploads in one commit", batches.clone());
        registry.register("received_bytes", "Bytes of new bundles", received.clone());
        registry.register("published_packs", "New packs", published.clone());
        Self {
            registry: Arc::new(registry),
            requests,
            problems,
            seconds,
            batches,
            received,
            published,
        }
    }
}

impl Metrics {
    /// Counts an answered request.
    pub fn request(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        let request = Request {
            method: method.to_string(),
            route: route.to_owned(),
            status: status.as_u16(),
        };
        self.requests.get_or_create(&request).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Counts a refusal.
    pub fn problem(&self, problem: Problem) {
        let problem = problem.urn();
        self.problems.get_or_create(&Kind { problem }).inc();
    }

    /// Counts a commit of so many uploads.
    pub fn batch(&self, uploads: usize) {
        // At most 32: exact.
        self.batches
            .observe(f64::from(u32::try_from(uploads).unwrap_or(u32::MAX)));
    }

    /// Counts a new bundle.
    pub fn received(&self, bytes: u64) {
        self.received.inc_by(bytes);
    }

    /// Counts a new pack.
    pub fn published(&self) {
        self.published.inc();
    }

    /// All of it, in the text form of OpenMetrics.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String does not fail.
        let _always_ok = encode(&mut text, &self.registry);
        text
    }
}
