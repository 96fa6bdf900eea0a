//! What every response carries.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// No request leaves the origin and no script runs that is not one of our files.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; font-src 'none'; frame-ancestors 'none'; base-uri 'none'; \
    form-action 'none'";

/// The camera scans codes and the lamp stays on while a code is shown; everything else that would
/// tell about a person or their phone is off.
pub const PERMISSIONS_POLICY: &str = "camera=(self), screen-wake-lock=(self), \
    clipboard-read=(self), clipboard-write=(self), fullscreen=(self), accelerometer=(), \
    autoplay=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), serial=(), usb=()";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS_POLICY,
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Adds the headers that protect the app to any response, errors included.
pub(crate) async fn protect(mut response: Response) -> Response {
    for (name, value) in ALWAYS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
