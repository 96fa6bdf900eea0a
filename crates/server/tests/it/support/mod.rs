//! A school with its server, in this process: no network, its own clock, keys from fixed bytes.

#![allow(dead_code, reason = "the bench uses only a part")]

pub mod postgres;
pub mod program;
#[cfg(target_os = "linux")]
pub mod traced;
pub mod wire;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    Challenge, Claim, ClassId, ClassRef, DepartmentId, DeviceKey, Envelope, Identity, Invitation,
    InvitationSecret, Invited, Login, Named, Place, Recipient, Role, SchoolId, ScopeId, Serial,
    ServerPublicKey, SignedReceipt, Unit, UnitName,
};
use wuzha_server::clock::Clock;
use wuzha_server::enrol::{Kept, Place as Where};
use wuzha_server::hand_in::Terms;
use wuzha_server::service::{Keys, Settings};
use wuzha_server::store::school::School;
use wuzha_server::store::{Durability, Location, Store, invitations, lock_school};
use wuzha_server::{HandIn, NewInvitation, Service, Site, router};

pub const SCHOOL: SchoolId = SchoolId::from_bytes(*b"school01");
pub const DEPARTMENT: DepartmentId = DepartmentId::from_bytes(*b"dept--01");
pub const OTHER_DEPARTMENT: DepartmentId = DepartmentId::from_bytes(*b"dept--02");
pub const CLASS: ClassRef = class(*b"class-01");
pub const OTHER_CLASS: ClassRef = class(*b"class-02");
pub const SECRET: [u8; 32] = [0x44; 32];
pub const EPOCH: u64 = 7;
pub const DAY: u64 = 24 * 60 * 60 * 1000;
const BEGIN: u64 = 1_640_603_100_000;

pub const fn class(id: [u8; 8]) -> ClassRef {
    ClassRef {
        school: SCHOOL,
        class: ClassId::from_bytes(id),
    }
}

pub fn of_school() -> ScopeId {
    scope(Unit::School)
}

pub fn of_department(id: DepartmentId) -> ScopeId {
    scope(Unit::Department(id))
}

pub fn of_class(class: ClassRef) -> ScopeId {
    scope(Unit::Class(class.class))
}

fn scope(unit: Unit) -> ScopeId {
    ScopeId {
        school: SCHOOL,
        unit,
    }
}

/// A school, its server, and the time there.
pub struct Campus {
    pub service: Arc<Service>,
    pub router: Router,
    time: Arc<AtomicU64>,
    serials: AtomicU64,
    pub settings: Settings,
    _folder: Option<TempDir>,
    _writer: JoinHandle<()>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// The people of the class, each with a device that is a member.
pub struct Cast {
    pub office: DeviceKey,
    pub department: DeviceKey,
    pub teacher: DeviceKey,
    pub monitor: DeviceKey,
}

impl Campus {
    /// With SQLite in a folder of its own.
    pub async fn on_sqlite(settings: Settings) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let location = Location::File(folder.path().join("数据 1?.db"));
        Self::new(&location, settings, Some(folder)).await
    }

    /// With this database, which is empty.
    pub async fn new(
        location: &Location,
        settings: Settings,
        folder: Option<TempDir>,
    ) -> Result<Self> {
        Self::with(location, Durability::Memory, settings, folder).await
    }

    /// The same, as durable as that.
    pub async fn with(
        location: &Location,
        durability: Durability,
        settings: Settings,
        folder: Option<TempDir>,
    ) -> Result<Self> {
        let store = Store::open(location, durability).await?;
        let keys = Keys::new(&SECRET);
        let school = School {
            id: SCHOOL,
            server_key: keys.server.public(),
            recovery: recovery().recipient(),
            url: "https://fanzha.example.edu.cn".to_owned().try_into()?,
            epoch: EPOCH,
        };
        store.add_school(&school, UnixMillis(BEGIN)).await?;
        Ok(Self::start(store, school, settings, folder))
    }

    /// A server over a store that has the school already.
    pub fn start(
        store: Store,
        school: School,
        settings: Settings,
        folder: Option<TempDir>,
    ) -> Self {
        let time = Arc::new(AtomicU64::new(BEGIN));
        let told = time.clone();
        let clock = Clock::new(move || UnixMillis(told.load(Ordering::Relaxed)));
        let (service, writer) = Service::start(store, school, Keys::new(&SECRET), clock, settings);
        Self {
            router: router(site(), HandIn::Open(service.clone())),
            service,
            time,
            serials: AtomicU64::new(1),
            settings,
            _folder: folder,
            _writer: writer,
        }
    }

    pub fn now(&self) -> UnixMillis {
        UnixMillis(self.time.load(Ordering::Relaxed))
    }

    pub fn wait_ms(&self, ms: u64) {
        self.time.fetch_add(ms, Ordering::Relaxed);
    }

    pub fn server(&self) -> ServerPublicKey {
        self.service.school.server_key
    }

    pub async fn ask(&self, request: Request<Body>) -> Result<Answer> {
        let response = self.router.clone().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.context("the body broke off")?;
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_bytes().to_vec(),
        })
    }

    pub async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        body: impl Into<Body>,
    ) -> Result<Answer> {
        self.ask(request(Method::POST, path, token, body.into())?)
            .await
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Result<Answer> {
        self.ask(request(Method::GET, path, token, Body::empty())?)
            .await
    }

    /// Hands a bundle in.
    pub async fn put(&self, envelope: &Envelope) -> Result<Answer> {
        let path = format!("/v1/bundles/{}", envelope.id());
        let body = Body::from(envelope.as_bytes().to_vec());
        self.ask(request(Method::PUT, &path, None, body)?).await
    }

    /// Hands a bundle in that must be taken: its receipt.
    pub async fn hand_in(&self, envelope: &Envelope) -> Result<SignedReceipt> {
        let answer = self.put(envelope).await?;
        ensure!(answer.status == StatusCode::CREATED, "{answer:?}");
        Ok(SignedReceipt::parse(answer.body, &self.server())?)
    }

    pub async fn challenge(&self) -> Result<Challenge> {
        let answer = self.post("/v1/challenges", None, "").await?;
        ensure!(answer.status == StatusCode::CREATED, "{answer:?}");
        let challenge = answer.json()?.get("challenge").cloned();
        Ok(serde_json::from_value(challenge.context("no challenge")?)?)
    }

    /// Logs a device in.
    pub async fn log_in(&self, key: &DeviceKey) -> Result<Answer> {
        let login = Login::sign(self.challenge().await?, self.server(), key);
        self.post("/v1/tokens", None, login).await
    }

    pub async fn token(&self, key: &DeviceKey) -> Result<String> {
        let answer = self.log_in(key).await?;
        ensure!(answer.status == StatusCode::CREATED, "{answer:?}");
        let json = answer.json()?;
        let token = json.get("token").and_then(|token| token.as_str());
        Ok(token.context("no token")?.to_owned())
    }

    /// A page of a scope's log, as `key` is shown it.
    pub async fn log(&self, key: &DeviceKey, scope: ScopeId, after: &str) -> Result<Answer> {
        let token = self.token(key).await?;
        let path = format!("/v1/scopes/{scope}/log?after={after}");
        self.get(&path, Some(&token)).await
    }

    /// An invitation for this part of the school, not known to the server yet.
    pub fn invitation(&self, role: Role, scope: ScopeId, issuer: &DeviceKey) -> Invitation {
        let serial = self.serials.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let named_class = |id| Named { id, name: name() };
        let (department, class) = match scope.unit {
            Unit::School => (None, None),
            Unit::Department(id) => (Some(Named { id, name: name() }), None),
            Unit::Class(id) => (None, Some(named_class(id))),
        };
        Invitation {
            server: self.service.school.url.clone(),
            server_key: self.server(),
            serial: Serial::from_bytes(serial),
            secret: InvitationSecret::from_bytes([serial[7]; 16]),
            role,
            place: Invited {
                school: Named {
                    id: SCHOOL,
                    name: name(),
                },
                department,
                class,
            },
            expires: UnixMillis(self.now().0 + DAY),
            recipients: vec![recovery().recipient()],
            class_key: None,
            issuer: Some(issuer.public()),
        }
    }

    /// Makes an invitation known to the server.
    pub async fn announce(&self, invitation: &Invitation, issuer: &DeviceKey) -> Result<Answer> {
        let new = announced(invitation);
        let token = self.token(issuer).await?;
        let body = serde_json::to_string(&new)?;
        self.post("/v1/invitations", Some(&token), body).await
    }

    pub async fn claim(&self, invitation: &Invitation, key: &DeviceKey) -> Result<Answer> {
        self.post("/v1/claims", None, Claim::sign(invitation, key))
            .await
    }

    /// Invites someone, who claims it.
    pub async fn enrol(
        &self,
        role: Role,
        scope: ScopeId,
        issuer: &DeviceKey,
        key: &DeviceKey,
    ) -> Result<Invitation> {
        let invitation = self.invitation(role, scope, issuer);
        let answer = self.announce(&invitation, issuer).await?;
        ensure!(answer.status == StatusCode::CREATED, "{answer:?}");
        let answer = self.claim(&invitation, key).await?;
        ensure!(answer.status == StatusCode::CREATED, "{answer:?}");
        Ok(invitation)
    }

    /// The security office, invited by the server itself.
    pub async fn office(&self) -> Result<DeviceKey> {
        let key = device(1);
        let invitation = Invitation {
            issuer: None,
            ..self.invitation(Role::SecurityOffice, of_school(), &key)
        };
        let kept = Kept {
            serial: invitation.serial,
            secret: invitation.secret.hash(),
            role: Role::SecurityOffice,
            place: Where::SCHOOL,
            issuer: None,
            expires: invitation.expires,
            member_until: None,
            claimed: None,
            refused_claims: 0,
            revoked: None,
        };
        let mut tx = self.service.store.begin().await?;
        lock_school(&mut tx, SCHOOL).await?;
        invitations::insert(&mut tx, SCHOOL, &kept, self.now()).await?;
        tx.commit().await?;
        let answer = self.claim(&invitation, &key).await?;
        ensure!(answer.status == StatusCode::CREATED, "{answer:?}");
        Ok(key)
    }

    /// Everyone from the office to the class's monitor.
    pub async fn cast(&self) -> Result<Cast> {
        let office = self.office().await?;
        let (department, teacher, monitor) = (device(2), device(3), device(4));
        let of_department = of_department(DEPARTMENT);
        self.enrol(Role::Department, of_department, &office, &department)
            .await?;
        let scope = of_class(CLASS);
        self.enrol(Role::Teacher, scope, &department, &teacher)
            .await?;
        self.enrol(Role::Monitor, scope, &teacher, &monitor).await?;
        Ok(Cast {
            office,
            department,
            teacher,
            monitor,
        })
    }
}

impl Answer {
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body)
            .with_context(|| String::from_utf8_lossy(&self.body).into_owned())
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The status and the type of the problem, in short: `403 revoked`.
    pub fn problem(&self) -> String {
        let urn = self.json().ok().and_then(|json| {
            let urn = json.get("type")?.as_str()?;
            Some(urn.rsplit(':').next()?.to_owned())
        });
        let kind = self.header(header::CONTENT_TYPE);
        match urn {
            Some(urn) if kind == "application/problem+json" => {
                format!("{} {urn}", self.status.as_u16())
            }
            _ => format!("{} no problem document", self.status.as_u16()),
        }
    }
}

/// As a school would have it, but for a small quota that a test can use up.
pub fn settings() -> Settings {
    let usual = Settings::default();
    Settings {
        terms: Terms {
            quota: 1024 * 1024,
            ..usual.terms
        },
        ..usual
    }
}

/// What an issuer's device sends of an invitation.
pub fn announced(invitation: &Invitation) -> NewInvitation {
    NewInvitation {
        serial: invitation.serial,
        secret_sha256: invitation.secret.hash(),
        role: invitation.role.into(),
        scope: invitation.place.scope().to_string(),
        department: None,
        expires: invitation.expires,
        member_until: None,
    }
}

pub fn request(
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Body,
) -> Result<Request<Body>> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    Ok(request.body(body)?)
}

pub fn device(n: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[n; 32])
}

pub fn recovery() -> Identity {
    Identity::from_bytes(&[0x66; 32])
}

pub fn recipients() -> Vec<Recipient> {
    vec![recovery().recipient()]
}

/// A bundle. What is sealed, the server does not look at.
pub fn bundle(key: &DeviceKey, previous: Option<Place>, sealed: &[u8]) -> Result<Envelope> {
    Ok(Envelope::sign(sealed, CLASS, previous, key)?)
}

/// Several bundles of a device, one after the other.
pub fn bundles(key: &DeviceKey, count: usize) -> Result<Vec<Envelope>> {
    let mut all: Vec<Envelope> = Vec::new();
    for n in 0..count {
        let previous = all.last().map(Envelope::place);
        all.push(bundle(key, previous, format!("bundle {n}").as_bytes())?);
    }
    Ok(all)
}

pub fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dist")
}

#[expect(clippy::expect_used, reason = "a file of the tests")]
fn site() -> Site {
    Site::read(&dist()).expect("the fixture")
}

#[expect(clippy::expect_used, reason = "a short text")]
fn name() -> UnitName {
    UnitName::try_from("示例").expect("a name")
}
