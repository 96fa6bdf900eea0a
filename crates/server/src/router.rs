//! Which request is answered by what.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

use crate::service::Service;
use crate::site::Site;
use crate::{Problem, api, assets, headers};

/// What this server does with the addresses of the sync API.
#[derive(Clone, Debug)]
pub enum HandIn {
    /// It was not set up to take hand-ins: it says so.
    Closed,
    /// It takes them.
    Open(Arc<Service>),
}

/// Everything the server answers.
pub fn router(site: Site, hand_in: HandIn) -> Router {
    let app = App {
        site: Arc::new(site),
        absent: match hand_in {
            HandIn::Closed => Problem::NoHandIn,
            HandIn::Open(_) => Problem::NotFound,
        },
    };
    let router = Router::new()
        .route("/healthz", get(async || "ok\n"))
        .fallback(self::app)
        .with_state(app);
    let router = match hand_in {
        HandIn::Closed => router,
        HandIn::Open(service) => router.merge(api::router(service)),
    };
    router.layer(middleware::map_response(headers::protect))
}

#[derive(Clone)]
struct App {
    site: Arc<Site>,
    /// What an address of the API that does not exist is answered.
    absent: Problem,
}

/// A file of the app, or the page where a person asked for one of its screens.
async fn app(State(app): State<App>, request: Request) -> Response {
    let (site, path) = (app.site, request.uri().path());
    if is_api(path) {
        return app.absent.into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::ReadOnly.into_response();
    }
    let screen = || site.index().filter(|_| is_screen(&request));
    match site.find(path).or_else(screen) {
        Some((name, asset)) => assets::respond(name, asset, request.headers()),
        None => Problem::NotFound.into_response(),
    }
}

/// The sync API's addresses never get the page, whatever they are asked with.
fn is_api(path: &str) -> bool {
    path == "/v1" || path.starts_with("/v1/")
}

/// A navigation to a screen: somebody who wants HTML, at an address that does not look like a file.
/// A missing script answered with the page would be an error that nobody understands.
fn is_screen(request: &Request) -> bool {
    let last = request.uri().path().rsplit('/').next().unwrap_or_default();
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    !last.contains('.') && accept.is_some_and(|accept| accept.contains("text/html"))
}
