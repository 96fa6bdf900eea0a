//! Whether an app from another origin may use this server. By default none may.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use std::time::Duration;
use tower_http::cors::CorsLayer;

/// How long a browser remembers the answer.
const REMEMBER: Duration = Duration::from_secs(24 * 60 * 60);

/// Lets apps from these origins use the API; without any, nothing is said and browsers refuse.
pub fn allow(router: Router, origins: Vec<HeaderValue>) -> Router {
    if origins.is_empty() {
        return router;
    }
    let cors = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::PUT, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(REMEMBER);
    router.layer(cors)
}

/// An origin that a person typed.
///
/// # Errors
/// For anything else than a scheme and a host, as browsers send it.
pub fn origin(text: &str) -> Result<HeaderValue, String> {
    let bad = || format!("{text} is not an origin such as https://app.example.cn");
    let uri: Uri = text.parse().map_err(|_| bad())?;
    let (scheme, host) = uri.scheme_str().zip(uri.authority()).ok_or_else(bad)?;
    if format!("{scheme}://{host}") != text {
        return Err(bad());
    }
    HeaderValue::from_str(text).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for good in ["https://app.example.cn", "http://localhost:8421"] {
            assert!(origin(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "*",
            "app.example.cn",
            "https://app.example.cn/",
            "https://a.cn/x",
            "null",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }
}
