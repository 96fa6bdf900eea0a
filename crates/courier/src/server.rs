//! The school's server, as requests and answers. What they mean, `wuzha_sync` and the callers know.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect};
use wuzha_core::time::UnixMillis;
use wuzha_jobs::courier::Failure;
use wuzha_jobs::listening::scope;
use wuzha_seal::{
    BundleId, Challenge, DepartmentId, DeviceKey, Invitation, Login, MAX_SIGNED_PACK, Role,
    ScopeId, SecretHash, Serial, ServerPublicKey, ServerUrl, SignedOpened,
};
use wuzha_sync::{Cursor, Listed};

use crate::events;
use crate::patience::{self, Patience};

/// After so long without a sign a stream is no longer listened to; the server gives one every 15 s.
const SILENCE_MS: i32 = 60_000;

/// The server, at its address.
pub(crate) struct Server<'a> {
    url: &'a ServerUrl,
    key: ServerPublicKey,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// What is sent.
struct Question<'a> {
    method: &'a str,
    path: &'a str,
    token: Option<&'a Token>,
    accept: Option<&'a str>,
    body: Option<&'a [u8]>,
}

/// What lets a device read for a while.
pub(crate) struct Token(String);

#[derive(Deserialize)]
struct Challenged {
    challenge: Challenge,
}

#[derive(Deserialize)]
struct Issued {
    token: String,
}

/// An invitation as the server is told of it: without names, keys and the secret.
#[derive(Serialize)]
struct Announced {
    serial: Serial,
    secret_sha256: SecretHash,
    role: &'static str,
    scope: String,
    department: Option<DepartmentId>,
    expires: UnixMillis,
    member_until: Option<UnixMillis>,
}

#[derive(Serialize)]
struct Revoked {
    serial: Serial,
}

/// A problem document, as far as it is read.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type")]
    urn: String,
}

impl<'a> Server<'a> {
    pub(crate) fn new(url: &'a ServerUrl, key: ServerPublicKey) -> Self {
        Self { url, key }
    }

    /// Hands a bundle in. `None`: no answer.
    pub(crate) async fn put_bundle(&self, id: BundleId, bytes: &[u8]) -> Option<Answer> {
        let path = format!("/v1/bundles/{id}");
        self.ask("PUT", &path, None, Some(bytes)).await
    }

    /// Claims an invitation. `None`: no answer.
    pub(crate) async fn post_claim(&self, claim: &[u8]) -> Option<Answer> {
        self.ask("POST", "/v1/claims", None, Some(claim)).await
    }

    /// Who has opened a bundle. `None`: no answer.
    pub(crate) async fn get_opened(&self, id: BundleId, token: &Token) -> Option<Answer> {
        let path = format!("/v1/bundles/{id}/opened");
        self.ask("GET", &path, Some(token), None).await
    }

    /// Makes an invitation known.
    ///
    /// # Errors
    /// [`Failure::NoServer`], [`Failure::Refused`].
    pub(crate) async fn announce(
        &self,
        invitation: &Invitation,
        token: &Token,
    ) -> Result<(), Failure> {
        let announced = Announced {
            serial: invitation.serial,
            secret_sha256: invitation.secret.hash(),
            role: role_name(invitation.role),
            scope: invitation.place.scope().to_string(),
            department: match (&invitation.place.class, &invitation.place.department) {
                (Some(_), Some(department)) => Some(department.id),
                _ => None,
            },
            expires: invitation.expires,
            member_until: None,
        };
        let body = serde_json::to_vec(&announced);
        let body = body.map_err(|error| Failure::Stored(error.to_string()))?;
        let answer = self.ask("POST", "/v1/invitations", Some(token), Some(&body));
        let answer = answer.await.ok_or(Failure::NoServer)?;
        match answer.status {
            200 | 201 => Ok(()),
            _ => Err(answer.refused()),
        }
    }

    /// What became of the invitations of this device. `None`: no answer.
    pub(crate) async fn get_invitations(&self, token: &Token) -> Option<Answer> {
        self.ask("GET", "/v1/invitations", Some(token), None).await
    }

    /// Withdraws an invitation, or ends what it gave. `None`: no answer.
    pub(crate) async fn post_revocation(&self, serial: Serial, token: &Token) -> Option<Answer> {
        let body = serde_json::to_vec(&Revoked { serial }).ok()?;
        self.ask("POST", "/v1/revocations", Some(token), Some(&body))
            .await
    }

    /// What follows in a scope's log. `None`: no answer.
    pub(crate) async fn get_log(
        &self,
        scope: ScopeId,
        after: Cursor,
        token: &Token,
    ) -> Option<Answer> {
        let path = format!("/v1/scopes/{scope}/log?after={after}");
        self.ask("GET", &path, Some(token), None).await
    }

    /// A bundle of which the log says how large it is. `None`: no answer.
    pub(crate) async fn get_bundle(&self, listed: Listed, token: &Token) -> Option<Answer> {
        let path = format!("/v1/bundles/{}", listed.id);
        let question = Question {
            token: Some(token),
            ..Question::get(&path)
        };
        self.answer(question, listed.bytes).await
    }

    /// Publishes a school pack for a scope. `None`: no answer.
    pub(crate) async fn put_pack(
        &self,
        scope: ScopeId,
        version: u32,
        pack: &[u8],
        token: &Token,
    ) -> Option<Answer> {
        let path = format!("/v1/packs/{scope}?version={version}");
        self.ask("PUT", &path, Some(token), Some(pack)).await
    }

    /// The school pack of a scope. `None`: no answer.
    pub(crate) async fn get_pack(&self, scope: ScopeId, token: &Token) -> Option<Answer> {
        let path = format!("/v1/packs/{scope}");
        let question = Question {
            token: Some(token),
            ..Question::get(&path)
        };
        self.answer(question, MAX_SIGNED_PACK as u64).await
    }

    /// Says that a bundle was opened; whether the server has kept it.
    pub(crate) async fn post_opened(&self, id: BundleId, note: &SignedOpened) -> bool {
        let path = format!("/v1/bundles/{id}/opened");
        let answer = self.ask("POST", &path, None, Some(note.as_bytes())).await;
        answer.is_some_and(|answer| answer.status == 204)
    }

    /// Logs the device in. `None`: no answer, or not the one that a device in good standing gets.
    pub(crate) async fn log_in(&self, key: &DeviceKey) -> Option<Token> {
        let challenged = self.ask("POST", "/v1/challenges", None, Some(&[])).await?;
        let Challenged { challenge } = serde_json::from_slice(&challenged.body).ok()?;
        let login = Login::sign(challenge, self.key, key);
        let issued = self.ask("POST", "/v1/tokens", None, Some(&login)).await?;
        let Issued { token } = serde_json::from_slice(&issued.body).ok()?;
        Some(Token(token))
    }

    /// Waits until something is listed in a scope past `after`, and says how far the list then goes. `None`:
    /// no answer, or the stream has ended.
    pub(crate) async fn wait_for_news(
        &self,
        scope: ScopeId,
        after: Cursor,
        token: &Token,
    ) -> Option<Cursor> {
        let path = format!("/v1/scopes/{scope}/log?after={after}");
        let patience = Patience::new(SILENCE_MS).ok()?;
        let question = Question {
            accept: Some("text/event-stream"),
            token: Some(token),
            ..Question::get(&path)
        };
        let response = self.send(question, &patience).await.ok()?;
        match response.status() {
            200 => events::next_id(&response, &patience).await?.parse().ok(),
            _ => None,
        }
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&Token>,
        body: Option<&[u8]>,
    ) -> Option<Answer> {
        let question = Question {
            method,
            token,
            body,
            ..Question::get(path)
        };
        let bytes = body.map_or(0, |body| body.len() as u64);
        self.answer(question, bytes).await
    }

    /// Sends a question, and reads the answer to its end, with so many bytes on the way.
    async fn answer(&self, question: Question<'_>, bytes: u64) -> Option<Answer> {
        let answer = async {
            let patience = Patience::new(patience::for_bytes(bytes))?;
            let response = self.send(question, &patience).await?;
            let body = JsFuture::from(response.array_buffer()?).await?;
            Ok::<_, JsValue>(Answer {
                status: response.status(),
                retry_after: response.headers().get("retry-after")?,
                body: Uint8Array::new(&body).to_vec(),
            })
        };
        // Whatever goes wrong on the way, and the browser does not say what, is no answer.
        answer.await.ok()
    }

    async fn send(
        &self,
        question: Question<'_>,
        patience: &Patience,
    ) -> Result<web_sys::Response, JsValue> {
        let init = RequestInit::new();
        init.set_method(question.method);
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(RequestCredentials::Omit);
        // A network's login page is no answer of the server.
        init.set_redirect(RequestRedirect::Error);
        init.set_signal(Some(&patience.signal()));
        let headers = Headers::new()?;
        if let Some(Token(token)) = question.token {
            headers.set("authorization", &format!("Bearer {token}"))?;
        }
        if let Some(accept) = question.accept {
            headers.set("accept", accept)?;
        }
        if let Some(body) = question.body {
            headers.set("content-type", "application/octet-stream")?;
            init.set_body(&Uint8Array::from(body).into());
        }
        init.set_headers(&headers.into());
        let url = format!("{}{}", self.url, question.path);
        let response = JsFuture::from(scope().fetch_with_str_and_init(&url, &init)).await?;
        response.dyn_into()
    }
}

impl<'a> Question<'a> {
    fn get(path: &'a str) -> Self {
        Self {
            method: "GET",
            path,
            token: None,
            accept: None,
            body: None,
        }
    }
}

/// A role as the server writes it.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::SecurityOffice => "security-office",
        Role::Department => "department",
        Role::Teacher => "teacher",
        Role::Monitor => "monitor",
    }
}

/// The role that the server writes so.
pub(crate) fn role_of(name: &str) -> Option<Role> {
    let roles = [
        Role::SecurityOffice,
        Role::Department,
        Role::Teacher,
        Role::Monitor,
    ];
    roles.into_iter().find(|role| role_name(*role) == name)
}

impl Answer {
    /// What the problem document of a refusal is about: `claimed` of `urn:wuzha:problem:claimed`.
    pub(crate) fn problem(&self) -> Option<String> {
        let Problem { urn } = serde_json::from_slice(&self.body).ok()?;
        urn.strip_prefix("urn:wuzha:problem:").map(str::to_owned)
    }

    /// The answer as a refusal.
    pub(crate) fn refused(&self) -> Failure {
        let status = || self.status.to_string();
        Failure::Refused(self.problem().unwrap_or_else(status))
    }
}
