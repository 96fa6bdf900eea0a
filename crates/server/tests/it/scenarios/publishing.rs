//! School packs: publishing and reading them.

use crate::support::{
    Answer, CLASS, Campus, Cast, DEPARTMENT, OTHER_CLASS, OTHER_DEPARTMENT, SCHOOL, device,
    of_class, of_department, of_school, request,
};
use anyhow::{Result, ensure};
use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, header};
use serde_json::json;
use wuzha_seal::{DeviceKey, Role, ScopeId};
use wuzha_server::packs::MAX_PACK;

/// Publishes a pack. What is in it, the server does not look at.
async fn publish(
    campus: &Campus,
    by: &DeviceKey,
    scope: ScopeId,
    version: u64,
    pack: &[u8],
) -> Result<Answer> {
    let token = campus.token(by).await?;
    publish_with(campus, &token, scope, version, pack).await
}

async fn publish_with(
    campus: &Campus,
    token: &str,
    scope: ScopeId,
    version: u64,
    pack: &[u8],
) -> Result<Answer> {
    let path = format!("/v1/packs/{scope}?version={version}");
    let body = Body::from(pack.to_vec());
    campus
        .ask(request(Method::PUT, &path, Some(token), body)?)
        .await
}

/// The pack of a scope, as `by` is shown it who has those that the tags are of.
async fn read(campus: &Campus, by: &DeviceKey, scope: ScopeId, tags: &[&str]) -> Result<Answer> {
    let token = campus.token(by).await?;
    let path = format!("/v1/packs/{scope}");
    let mut asked = request(Method::GET, &path, Some(&token), Body::empty())?;
    for tag in tags {
        let tag = HeaderValue::from_str(tag)?;
        asked.headers_mut().append(header::IF_NONE_MATCH, tag);
    }
    campus.ask(asked).await
}

/// Whether a pack was answered, and what it is.
fn pack(answer: Answer) -> Result<Vec<u8>> {
    ensure!(answer.status == StatusCode::OK, "{answer:?}");
    Ok(answer.body)
}

pub async fn a_pack_goes_from_the_teacher_to_the_classs_phone(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let scope = of_class(CLASS);
    let none = read(campus, &monitor, scope, &[]).await?;
    assert_eq!(none.problem(), "404 no-pack");
    let published = publish(campus, &teacher, scope, 1, b"signed").await?;
    assert_eq!(published.status, StatusCode::CREATED);
    let answer = read(campus, &monitor, scope, &[]).await?;
    let headers = [
        answer.header(header::CONTENT_TYPE),
        answer.header(header::CACHE_CONTROL),
    ];
    assert_eq!(headers, ["application/octet-stream", "no-store"]);
    assert_eq!(pack(answer)?, b"signed");
    // Of each part of the school only the newest is kept.
    publish(campus, &teacher, scope, 7, b"signed again").await?;
    let newest = read(campus, &monitor, scope, &[]).await?;
    assert_eq!(pack(newest)?, b"signed again");
    let counts = campus.service.store.counts(SCHOOL).await?;
    assert_eq!(counts.packs, 1);
    Ok(())
}

pub async fn a_scope_answers_with_its_own_pack_and_no_other(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        department,
        teacher,
        monitor,
    } = campus.cast().await?;
    let (school, of_department, class) = (of_school(), of_department(DEPARTMENT), of_class(CLASS));
    for (by, scope, signed) in [
        (&office, school, b"by the office"),
        (&department, of_department, b"by department"),
    ] {
        let published = publish(campus, by, scope, 1, signed).await?;
        assert_eq!(published.status, StatusCode::CREATED, "{scope}");
        let below = [&office, &department, &teacher, &monitor];
        for reader in below {
            let answer = read(campus, reader, scope, &[]).await?;
            assert_eq!(pack(answer)?, signed, "{scope}");
        }
    }
    let none = read(campus, &monitor, class, &[]).await?;
    assert_eq!(none.problem(), "404 no-pack");
    // The versions of one scope say nothing about another's.
    let published = publish(campus, &teacher, class, 1, b"by the teacher").await?;
    assert_eq!(published.status, StatusCode::CREATED);
    let answer = read(campus, &monitor, class, &[]).await?;
    assert_eq!(pack(answer)?, b"by the teacher");
    Ok(())
}

pub async fn nobody_publishes_for_what_is_not_theirs(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        department,
        teacher,
        monitor,
    } = campus.cast().await?;
    let other_school = ScopeId {
        school: wuzha_seal::SchoolId::from_bytes(*b"school02"),
        ..of_school()
    };
    for (who, by, scope) in [
        ("a monitor", &monitor, of_class(CLASS)),
        (
            "a teacher, another's class",
            &teacher,
            of_class(OTHER_CLASS),
        ),
        (
            "a teacher, the department",
            &teacher,
            of_department(DEPARTMENT),
        ),
        ("a department, a class", &department, of_class(CLASS)),
        (
            "a department, another",
            &department,
            of_department(OTHER_DEPARTMENT),
        ),
        ("a department, the school", &department, of_school()),
        (
            "the office, a department",
            &office,
            of_department(DEPARTMENT),
        ),
        ("the office, another school", &office, other_school),
    ] {
        let answer = publish(campus, by, scope, 1, b"signed").await?;
        assert_eq!(answer.problem(), "403 out-of-scope", "{who}");
    }
    assert_eq!(campus.service.store.counts(SCHOOL).await?.packs, 0);
    Ok(())
}

pub async fn of_two_teachers_of_a_department_each_publishes_for_the_classes_they_invited(
    campus: &Campus,
) -> Result<()> {
    let department = campus.cast().await?.department;
    let (one, other, monitor) = (device(13), device(14), device(15));
    for teacher in [&one, &other] {
        let scope = of_department(DEPARTMENT);
        campus
            .enrol(Role::Teacher, scope, &department, teacher)
            .await?;
    }
    let scope = of_class(OTHER_CLASS);
    campus.enrol(Role::Monitor, scope, &one, &monitor).await?;
    let of_other = publish(campus, &other, scope, 1, b"signed").await?;
    assert_eq!(of_other.problem(), "403 out-of-scope");
    let of_one = publish(campus, &one, scope, 1, b"signed").await?;
    assert_eq!(of_one.status, StatusCode::CREATED);
    for reader in [&one, &monitor] {
        let answer = read(campus, reader, scope, &[]).await?;
        assert_eq!(pack(answer)?, b"signed");
    }
    Ok(())
}

pub async fn nobody_reads_what_was_published_for_others(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        teacher,
        monitor,
        ..
    } = campus.cast().await?;
    let other_department = device(12);
    let scope = of_department(OTHER_DEPARTMENT);
    campus
        .enrol(Role::Department, scope, &office, &other_department)
        .await?;
    publish(campus, &other_department, scope, 1, b"signed").await?;
    publish(campus, &teacher, of_class(CLASS), 1, b"signed").await?;
    for (who, by, scope) in [
        ("a monitor, another department's", &monitor, scope),
        (
            "a department, another's class",
            &other_department,
            of_class(CLASS),
        ),
        ("a class that is not there", &monitor, of_class(OTHER_CLASS)),
    ] {
        let answer = read(campus, by, scope, &[]).await?;
        assert_eq!(answer.problem(), "403 out-of-scope", "{who}");
    }
    let path = format!("/v1/packs/{}", of_class(CLASS));
    let nobody = campus.get(&path, None).await?;
    assert_eq!(nobody.problem(), "401 no-token");
    Ok(())
}

pub async fn versions_of_a_pack_rise(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let scope = of_class(CLASS);
    for (what, version, signed, answered) in [
        ("the first", 3, "three", Ok(201)),
        ("its answer was lost", 3, "three", Ok(200)),
        ("another with its version", 3, "other", Err("409 not-newer")),
        ("an older one", 2, "two", Err("409 not-newer")),
        ("a newer one", 5, "five", Ok(201)),
        ("the one before", 3, "three", Err("409 not-newer")),
    ] {
        let answer = publish(campus, &teacher, scope, version, signed.as_bytes()).await?;
        match answered {
            Ok(status) => assert_eq!(answer.status.as_u16(), status, "{what}"),
            Err(problem) => assert_eq!(answer.problem(), problem, "{what}"),
        }
    }
    let newest = read(campus, &teacher, scope, &[]).await?;
    assert_eq!(pack(newest)?, b"five");
    let token = campus.token(&teacher).await?;
    for query in [
        "",
        "?version=",
        "?version=0",
        "?version=-1",
        "?version=9007199254740993",
    ] {
        let path = format!("/v1/packs/{scope}{query}");
        let asked = request(Method::PUT, &path, Some(&token), Body::from("signed"))?;
        let answer = campus.ask(asked).await?;
        assert_eq!(answer.problem(), "400 bad-request", "{query}");
    }
    Ok(())
}

pub async fn many_who_publish_at_once_leave_the_newest(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let (scope, token) = (of_class(CLASS), campus.token(&teacher).await?);
    let packs: Vec<String> = (1..=16).map(|version| format!("pack {version}")).collect();
    let all = (1..)
        .zip(&packs)
        .map(|(version, signed)| publish_with(campus, &token, scope, version, signed.as_bytes()));
    for answer in futures_util::future::join_all(all).await {
        let answer = answer?;
        let is_told = answer.status == StatusCode::CREATED || answer.problem() == "409 not-newer";
        assert!(is_told, "{answer:?}");
    }
    let newest = read(campus, &monitor, scope, &[]).await?;
    assert_eq!(pack(newest)?, b"pack 16");
    Ok(())
}

pub async fn who_has_the_newest_pack_is_not_sent_it_again(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let scope = of_class(CLASS);
    publish(campus, &teacher, scope, 1, b"signed").await?;
    let answer = read(campus, &monitor, scope, &[]).await?;
    let tag = answer.header(header::ETAG).to_owned();
    // What `printf signed | sha256sum` prints.
    let hash = "4a3cdfae6f291c8f544daea5b72905cf9e74c1ed427d831ad0d7ca00c73c794d";
    assert_eq!(tag, format!("\"{hash}\""));
    let weak = format!("W/{tag}");
    for tags in [&[tag.as_str()][..], &["\"another\"", &tag], &[&weak]] {
        let known = read(campus, &monitor, scope, tags).await?;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED, "{tags:?}");
        assert_eq!(known.header(header::ETAG), tag);
        assert_eq!(known.body, b"");
    }
    publish(campus, &teacher, scope, 2, b"signed again").await?;
    let newer = read(campus, &monitor, scope, &[&tag]).await?;
    assert_ne!(newer.header(header::ETAG), tag);
    assert_eq!(pack(newer)?, b"signed again");
    Ok(())
}

pub async fn a_pack_has_a_mebibyte_at_most(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let scope = of_class(CLASS);
    let large = vec![7; MAX_PACK + 1];
    let refused = publish(campus, &teacher, scope, 1, &large).await?;
    assert_eq!(refused.problem(), "413 too-large");
    let largest = &large[..MAX_PACK];
    let taken = publish(campus, &teacher, scope, 1, largest).await?;
    assert_eq!(taken.status, StatusCode::CREATED);
    let answer = read(campus, &monitor, scope, &[]).await?;
    assert_eq!(pack(answer)?, largest);
    Ok(())
}

pub async fn who_was_revoked_publishes_and_reads_no_more(campus: &Campus) -> Result<()> {
    let Cast {
        department,
        teacher,
        monitor,
        ..
    } = campus.cast().await?;
    let scope = of_class(CLASS);
    publish(campus, &teacher, scope, 1, b"signed").await?;
    let of_teacher = campus.token(&teacher).await?;
    let token = campus.token(&department).await?;
    let body = json!({ "device": teacher.public().device().to_string() }).to_string();
    let done = campus.post("/v1/revocations", Some(&token), body).await?;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    let refused = publish_with(campus, &of_teacher, scope, 2, b"signed").await?;
    assert_eq!(refused.problem(), "403 revoked");
    let path = format!("/v1/packs/{scope}");
    let refused = campus.get(&path, Some(&of_teacher)).await?;
    assert_eq!(refused.problem(), "403 revoked");
    // What they published stays.
    let answer = read(campus, &monitor, scope, &[]).await?;
    assert_eq!(pack(answer)?, b"signed");
    Ok(())
}
