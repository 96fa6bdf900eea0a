//! How the app is served, as a specification.
//!
//! The files are those of `tests/fixtures/dist`; their compressed copies hold a sentence instead of
//! compressed bytes, since the server never looks inside.

use anyhow::{Context, Result};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use std::path::Path;
use tower::ServiceExt;
use wuzha_server::{HandIn, Site, headers, router};

const HTML: &str = "text/html,application/xhtml+xml";
const WASM: &str = "/wuzha-app-0123456789abcdef_bg.wasm";

/// A response, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

async fn ask(method: Method, path: &str, with: &[(header::HeaderName, &str)]) -> Result<Answer> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dist");
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in with {
        request = request.header(name, *value);
    }
    let response = router(Site::read(&folder)?, HandIn::Closed)
        .oneshot(request.body(Body::empty())?)
        .await?;
    let (parts, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .context("the body broke off")?
        .to_bytes()
        .to_vec();
    Ok(Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    })
}

async fn get(path: &str, with: &[(header::HeaderName, &str)]) -> Result<Answer> {
    ask(Method::GET, path, with).await
}

#[tokio::test]
async fn the_root_is_the_page() -> Result<()> {
    let answer = get("/", &[]).await?;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "text/html; charset=utf-8"
    );
    assert!(answer.text().contains("<title>fixture</title>"));
    Ok(())
}

#[tokio::test]
async fn a_navigation_to_any_screen_gets_the_page() -> Result<()> {
    for screen in ["/qr", "/record/students", "/s"] {
        let answer = get(screen, &[(header::ACCEPT, HTML)]).await?;
        assert_eq!(answer.status, StatusCode::OK, "{screen}");
        assert!(answer.text().contains("fixture"), "{screen}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_navigation_or_looks_like_a_file_gets_404() -> Result<()> {
    for (path, accept) in [
        ("/qr", "*/*"),
        ("/qr", "application/json"),
        ("/gone.js", HTML),
        ("/wuzha-app-0000000000000000_bg.wasm", HTML),
        ("/content/none.json", HTML),
        ("/../Cargo.toml", HTML),
    ] {
        let answer = get(path, &[(header::ACCEPT, accept)]).await?;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} as {accept}");
        assert_eq!(
            answer.header(header::CONTENT_TYPE),
            "application/problem+json",
            "{path}"
        );
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        let problem: serde_json::Value = serde_json::from_slice(&answer.body)?;
        assert_eq!(problem.get("status"), Some(&404.into()), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn the_api_never_gets_the_page() -> Result<()> {
    for path in ["/v1", "/v1/", "/v1/bundles/1"] {
        for method in [Method::GET, Method::PUT] {
            let answer = ask(method.clone(), path, &[(header::ACCEPT, HTML)]).await?;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_app_can_only_be_read() -> Result<()> {
    let answer = ask(Method::POST, "/", &[(header::ACCEPT, HTML)]).await?;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "GET, HEAD");
    Ok(())
}

#[tokio::test]
async fn head_is_get_without_the_body() -> Result<()> {
    let with = [(header::ACCEPT_ENCODING, "br")];
    let (got, head) = (get("/", &with).await?, ask(Method::HEAD, "/", &with).await?);
    assert!(head.body.is_empty());
    assert_eq!(
        head.header(header::CONTENT_LENGTH),
        got.body.len().to_string()
    );
    assert_eq!(head.header(header::ETAG), got.header(header::ETAG));
    Ok(())
}

#[tokio::test]
async fn the_smallest_form_that_the_client_reads_is_sent() -> Result<()> {
    for (path, accepted, coding, body) in [
        ("/", "gzip, deflate, br", "br", "brotli of index.html"),
        ("/", "gzip", "gzip", "gzip of index.html"),
        ("/", "br;q=0, gzip;q=0.5", "gzip", "gzip of index.html"),
        (
            "/",
            "identity",
            "",
            "<!doctype html><title>fixture</title>\n",
        ),
        (WASM, "br", "br", "brotli of the wasm"),
        (WASM, "gzip", "", "\0asm"),
        ("/boot.js", "gzip, br", "", "// boot\n"),
    ] {
        let answer = get(path, &[(header::ACCEPT_ENCODING, accepted)]).await?;
        assert_eq!(
            answer.header(header::CONTENT_ENCODING),
            coding,
            "{path} for {accepted}"
        );
        assert_eq!(answer.text(), body, "{path} for {accepted}");
        assert_eq!(answer.header(header::VARY), "accept-encoding");
    }
    Ok(())
}

#[tokio::test]
async fn compressed_copies_have_no_address() -> Result<()> {
    assert_eq!(
        get("/index.html.br", &[]).await?.status,
        StatusCode::NOT_FOUND
    );
    Ok(())
}

#[tokio::test]
async fn the_type_follows_the_name() -> Result<()> {
    for (path, expected) in [
        (WASM, "application/wasm"),
        ("/boot.js", "text/javascript; charset=utf-8"),
        ("/wuzha-fedcba987654321.css", "text/css; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icons/icon.svg", "image/svg+xml"),
        ("/content/pack.json", "application/json"),
    ] {
        assert_eq!(
            get(path, &[]).await?.header(header::CONTENT_TYPE),
            expected,
            "{path}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn names_with_a_hash_are_kept_for_ever_and_others_are_asked_about() -> Result<()> {
    let for_ever = [
        "/wuzha-app-0123456789abcdef.js",
        WASM,
        "/wuzha-fedcba987654321.css",
    ];
    for path in for_ever {
        let caching = get(path, &[]).await?;
        assert_eq!(
            caching.header(header::CACHE_CONTROL),
            "public, max-age=31536000, immutable"
        );
    }
    let asked = [
        "/",
        "/sw.js",
        "/boot.js",
        "/wuzha-worker.js",
        "/manifest.webmanifest",
    ];
    for path in asked.into_iter().chain(["/content/pack.json"]) {
        assert_eq!(
            get(path, &[]).await?.header(header::CACHE_CONTROL),
            "no-cache",
            "{path}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn who_has_a_file_already_is_told_so() -> Result<()> {
    let tag = get("/", &[]).await?.header(header::ETAG).to_owned();
    for known in [tag.clone(), format!("\"other\", {tag}"), format!("W/{tag}")] {
        let answer = get("/", &[(header::IF_NONE_MATCH, &known)]).await?;
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{known}");
        assert!(answer.body.is_empty());
        assert_eq!(answer.header(header::ETAG), tag);
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache");
    }
    let answer = get("/", &[(header::IF_NONE_MATCH, "\"other\"")]).await?;
    assert_eq!(answer.status, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn each_form_of_a_file_has_its_own_tag() -> Result<()> {
    let plain = get("/", &[]).await?.header(header::ETAG).to_owned();
    let with = [
        (header::ACCEPT_ENCODING, "br"),
        (header::IF_NONE_MATCH, plain.as_str()),
    ];
    assert_eq!(get("/", &with).await?.status, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn every_response_carries_the_protecting_headers() -> Result<()> {
    for path in ["/", WASM, "/healthz", "/v1/bundles/1", "/gone.js"] {
        let answer = get(path, &[]).await?;
        for (name, expected) in [
            ("content-security-policy", headers::CONTENT_SECURITY_POLICY),
            ("permissions-policy", headers::PERMISSIONS_POLICY),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), expected, "{name} of {path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_policy_is_that_of_the_architecture() {
    assert_eq!(
        headers::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' \
         blob: data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'none'; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    );
}

#[tokio::test]
async fn healthz_tells_that_the_server_runs() -> Result<()> {
    let answer = get("/healthz", &[]).await?;
    assert_eq!(
        (answer.status, answer.text()),
        (StatusCode::OK, "ok\n".to_owned())
    );
    Ok(())
}

#[test]
fn a_folder_without_a_page_is_refused_with_advice() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let error = Site::read(&folder)
        .err()
        .context("a folder of sources was served")?;
    assert!(error.to_string().contains("cargo xtask build"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_server_that_was_not_set_up_says_that_it_takes_no_hand_ins() -> Result<()> {
    let answer = ask(Method::PUT, "/v1/bundles/1", &[]).await?;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let problem: serde_json::Value = serde_json::from_slice(&answer.body)?;
    assert_eq!(
        problem.get("type"),
        Some(&"urn:wuzha:problem:no-hand-in".into())
    );
    assert!(answer.text().contains("wuzha init"), "{}", answer.text());
    Ok(())
}
