//! Limits, counters, the description of the API, other origins.

use crate::support::{CLASS, Campus, Cast, bundle, bundles, device, of_class, request, settings};
use anyhow::{Context, Result};
use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use tower::ServiceExt;
use wuzha_server::cors;
use wuzha_server::limits::buckets::Rate;
use wuzha_server::limits::peer::Trust;
use wuzha_server::service::Settings;

#[tokio::test]
async fn a_device_that_asks_too_often_is_told_when_to_come_again() -> Result<()> {
    let few = Settings {
        device_rate: Rate::PerMinute(6),
        ..settings()
    };
    let campus = Campus::on_sqlite(few).await?;
    let stranger = bundles(&device(99), 7)?;
    for envelope in &stranger[..6] {
        assert_eq!(campus.put(envelope).await?.problem(), "403 out-of-scope");
    }
    let refused = campus.put(&stranger[6]).await?;
    assert_eq!(refused.problem(), "429 too-many");
    assert_eq!(refused.header(header::RETRY_AFTER), "10");
    // Another device's share is its own.
    let other = campus.put(&bundle(&device(98), None, b"sealed")?).await?;
    assert_eq!(other.problem(), "403 out-of-scope");
    campus.wait_ms(10_000);
    let later = campus.put(&stranger[6]).await?;
    assert_eq!(later.problem(), "403 out-of-scope");
    Ok(())
}

#[tokio::test]
async fn a_desk_that_publishes_too_often_is_told_when_to_come_again() -> Result<()> {
    let few = Settings {
        device_rate: Rate::PerMinute(6),
        ..settings()
    };
    let campus = Campus::on_sqlite(few).await?;
    let teacher = campus.cast().await?.teacher;
    // All that it has asked for up to here is forgotten.
    campus.wait_ms(60_000);
    let token = campus.token(&teacher).await?;
    let publish = async |version: u64| {
        let path = format!("/v1/packs/{}?version={version}", of_class(CLASS));
        let body = Body::from("signed");
        let asked = request(Method::PUT, &path, Some(&token), body)?;
        campus.ask(asked).await
    };
    for version in 1..=5 {
        assert_eq!(publish(version).await?.status, StatusCode::CREATED);
    }
    let refused = publish(6).await?;
    assert_eq!(refused.problem(), "429 too-many");
    assert_eq!(refused.header(header::RETRY_AFTER), "10");
    Ok(())
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_refused() -> Result<()> {
    let few = Settings {
        address_rate: Rate::PerMinute(2),
        trust: Trust::Proxy,
        ..settings()
    };
    let campus = Campus::on_sqlite(few).await?;
    let challenge = async |from: &str| {
        let mut asked = request(Method::POST, "/v1/challenges", None, Body::empty())?;
        let from = HeaderValue::from_str(from)?;
        asked.headers_mut().insert("x-forwarded-for", from);
        campus.ask(asked).await
    };
    for _ in 0..2 {
        assert_eq!(challenge("192.0.2.1").await?.status, StatusCode::CREATED);
    }
    assert_eq!(challenge("192.0.2.1").await?.problem(), "429 too-many");
    assert_eq!(challenge("192.0.2.2").await?.status, StatusCode::CREATED);
    Ok(())
}

#[tokio::test]
async fn what_happens_is_counted_and_nobody_is_named() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let envelope = bundle(&monitor, None, b"sealed")?;
    campus.hand_in(&envelope).await?;
    campus.put(&bundle(&device(99), None, b"sealed")?).await?;
    let pack = format!("/v1/packs/{}", of_class(CLASS));
    let token = campus.token(&teacher).await?;
    for _ in 0..2 {
        let path = format!("{pack}?version=1");
        let published = request(Method::PUT, &path, Some(&token), Body::from("signed"))?;
        campus.ask(published).await?;
    }
    let answer = campus.get("/metrics", None).await?;
    let kind = answer.header(header::CONTENT_TYPE);
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = String::from_utf8(answer.body)?;
    let bytes = envelope.as_bytes().len();
    for line in [
        r#"wuzha_requests_total{method="PUT",route="/v1/bundles/{id}",status="201"} 1"#,
        r#"wuzha_problems_total{problem="urn:wuzha:problem:out-of-scope"} 1"#,
        &format!("wuzha_received_bytes_total {bytes}"),
        "wuzha_batch_count 2",
        r#"wuzha_requests_total{method="PUT",route="/v1/packs/{scope}",status="201"} 1"#,
        "wuzha_published_packs_total 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    for id in [
        envelope.id().to_string(),
        monitor.public().device().to_string(),
        teacher.public().device().to_string(),
        CLASS.class.to_string(),
    ] {
        assert!(!text.contains(&id), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn the_api_describes_what_it_serves() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    let described = campus.get("/v1/openapi.json", None).await?.json()?;
    let paths = described["paths"].as_object().context("no paths")?;
    let mut operations = Vec::new();
    for (path, methods) in paths {
        for method in methods.as_object().context("no methods")?.keys() {
            operations.push(format!("{} {path}", method.to_uppercase()));
        }
    }
    operations.sort();
    let expected = [
        "GET /metrics",
        "GET /readyz",
        "GET /v1/bundles/{id}",
        "GET /v1/bundles/{id}/opened",
        "GET /v1/invitations",
        "GET /v1/packs/{scope}",
        "GET /v1/scopes/{scope}/log",
        "POST /v1/bundles/{id}/opened",
        "POST /v1/challenges",
        "POST /v1/claims",
        "POST /v1/invitations",
        "POST /v1/revocations",
        "POST /v1/tokens",
        "PUT /v1/bundles/{id}",
        "PUT /v1/packs/{scope}",
    ];
    assert_eq!(operations, expected);
    let document = &described["components"]["schemas"]["Document"]["properties"];
    for field in ["type", "title", "status", "detail"] {
        assert!(document[field].is_object(), "{field}");
    }
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_understood_is_a_problem_document_too() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    let teacher = campus.cast().await?.teacher;
    let token = campus.token(&teacher).await?;
    let log = format!("/v1/scopes/{}/log", of_class(CLASS));
    for (method, path, status) in [
        (Method::GET, format!("{log}?limit=many"), 400),
        (Method::GET, "/v1/bundles/%ff".to_owned(), 400),
        (Method::GET, "/v1/bundles/1".to_owned(), 404),
        (Method::GET, "/v1/scopes/1/log".to_owned(), 404),
        (Method::GET, "/v1/packs/1".to_owned(), 404),
        (Method::PUT, "/v1/packs/1?version=new".to_owned(), 400),
        (Method::GET, "/v1/elsewhere".to_owned(), 404),
        (Method::DELETE, "/v1/bundles/1".to_owned(), 405),
        (Method::PUT, log, 405),
    ] {
        let asked = request(method.clone(), &path, Some(&token), Body::empty())?;
        let answer = campus.ask(asked).await?;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        let kind = answer.header(header::CONTENT_TYPE);
        assert_eq!(kind, "application/problem+json", "{method} {path}");
    }
    Ok(())
}

#[tokio::test]
async fn readiness_is_whether_the_database_answers() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    assert_eq!(campus.get("/readyz", None).await?.status, StatusCode::OK);
    campus.service.store.close().await;
    let answer = campus.get("/readyz", None).await?;
    assert_eq!(answer.problem(), "503 unavailable");
    assert_eq!(campus.get("/healthz", None).await?.status, StatusCode::OK);
    // An upload is not acknowledged then.
    let answer = campus.put(&bundle(&device(4), None, b"sealed")?).await?;
    assert_eq!(answer.problem(), "503 unavailable");
    Ok(())
}

#[tokio::test]
async fn other_origins_are_let_in_only_where_a_school_says_so() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    let allowed = vec![HeaderValue::from_static("https://app.example.cn")];
    let open = cors::allow(campus.router.clone(), allowed);
    let closed = cors::allow(campus.router.clone(), Vec::new());
    for (router, origin, let_in) in [
        (&open, "https://app.example.cn", true),
        (&open, "https://evil.example", false),
        (&closed, "https://app.example.cn", false),
    ] {
        let asked = Request::builder()
            .method(Method::OPTIONS)
            .uri("/v1/bundles/1")
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
            .body(Body::empty())?;
        let answer = router.clone().oneshot(asked).await?;
        let said = answer.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let expected = let_in.then(|| HeaderValue::from_static("https://app.example.cn"));
        assert_eq!(said, expected.as_ref(), "{origin}");
    }
    Ok(())
}

#[tokio::test]
async fn an_app_from_another_origin_asks_by_the_tag_of_a_pack() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    let origin = HeaderValue::from_static("https://app.example.cn");
    let router = cors::allow(campus.router.clone(), vec![origin.clone()]);
    let path = format!("/v1/packs/{}", of_class(CLASS));
    let asked = Request::builder()
        .method(Method::OPTIONS)
        .uri(&path)
        .header(header::ORIGIN, &origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "if-none-match");
    let answer = router.clone().oneshot(asked.body(Body::empty())?).await?;
    let said = answer.headers().get(header::ACCESS_CONTROL_ALLOW_HEADERS);
    let said = said.context("no headers are allowed")?.to_str()?;
    assert!(said.contains("if-none-match"), "{said}");
    let asked = Request::get(&path).header(header::ORIGIN, &origin);
    let answer = router.oneshot(asked.body(Body::empty())?).await?;
    let said = answer.headers().get(header::ACCESS_CONTROL_EXPOSE_HEADERS);
    let said = said.context("no headers are shown")?.to_str()?;
    assert!(said.contains("etag"), "{said}");
    Ok(())
}

#[tokio::test]
async fn answers_of_the_api_carry_the_protecting_headers_too() -> Result<()> {
    let campus = Campus::on_sqlite(settings()).await?;
    for path in ["/metrics", "/v1/bundles/1", "/v1/invitations"] {
        let answer = campus.get(path, None).await?;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    Ok(())
}
