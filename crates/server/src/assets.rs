//! One file of the app as a response.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::site::Asset;

/// A name with a hash is never used for other bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Kept, but asked about each time: an update must be seen at once.
const ASK_FIRST: &str = "no-cache";

/// How the bytes of a response are packed.
#[derive(Clone, Copy)]
enum Encoding {
    Identity,
    Brotli,
    Gzip,
}

/// Answers with the smallest form the client reads, or with "you have it".
pub(crate) fn respond(name: &str, asset: &Asset, request: &HeaderMap) -> Response {
    let (encoding, bytes) = choose(asset, request);
    let tag = entity_tag(asset, encoding);
    let is_known = has_tag(request, &tag);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(bytes).into_response()
    };
    let headers = response.headers_mut();
    let caching = if is_hashed(name) { FOR_EVER } else { ASK_FIRST };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Hex digits and a word, which are always a valid header.
    headers.extend(
        HeaderValue::try_from(tag)
            .ok()
            .map(|tag| (header::ETAG, tag)),
    );
    if !is_known {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(content_type(name)),
        );
        if let Some(coding) = encoding.coding() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    response
}

impl Encoding {
    /// Its name in HTTP.
    fn coding(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
        }
    }
}

fn choose(asset: &Asset, request: &HeaderMap) -> (Encoding, Bytes) {
    let packed = [
        (Encoding::Brotli, &asset.brotli),
        (Encoding::Gzip, &asset.gzip),
    ];
    packed
        .into_iter()
        .filter(|(encoding, _)| {
            encoding
                .coding()
                .is_some_and(|coding| accepts(request, coding))
        })
        .find_map(|(encoding, bytes)| Some((encoding, bytes.clone()?)))
        .unwrap_or_else(|| (Encoding::Identity, asset.identity.clone()))
}

/// Whether the client reads this coding: named, and not with a quality of zero.
fn accepts(request: &HeaderMap, coding: &str) -> bool {
    list(request, header::ACCEPT_ENCODING).any(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let quality = parameters
            .trim()
            .strip_prefix("q=")
            .and_then(|q| q.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && quality != Some(0.0)
    })
}

/// Each form of a file has a tag of its own, as strong tags must.
fn entity_tag(asset: &Asset, encoding: Encoding) -> String {
    match encoding.coding() {
        None => format!("\"{}\"", asset.digest),
        Some(coding) => format!("\"{}-{coding}\"", asset.digest),
    }
}

/// Whether the client says that it has what this tag is of.
pub(crate) fn has_tag(request: &HeaderMap, tag: &str) -> bool {
    // A proxy may have weakened the tag; for a GET that makes no difference (RFC 9110, 13.1.2).
    list(request, header::IF_NONE_MATCH).any(|known| known.trim_start_matches("W/") == tag)
}

fn list(request: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    let values = request.get_all(name).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// Whether the build put a hash of the content into the name: `wuzha-app-8f3a…_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
