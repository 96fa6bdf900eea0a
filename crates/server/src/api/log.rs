//! What was handed in, in the order in which it was committed: as pages, and as a stream of pages for
//! teachers who watch.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use utoipa::{IntoParams, ToSchema};
use wuzha_seal::{BundleId, HeadHash, ScopeId, Unit};

use super::caller::Caller;
use super::checked::Checked;
use crate::Problem;
use crate::enrol::member::may_read;
use crate::problem::Document;
use crate::service::Service;
use crate::store::bundles::Entry;

/// The most bundles of a page.
const MOST: u32 = 1_000;
/// How often a stream looks by itself: another machine may have taken a bundle.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// What is asked for.
#[derive(Deserialize, IntoParams)]
pub(super) struct Asked {
    /// The cursor `{epoch}:{seq}` that was reached; nothing for the beginning.
    after: Option<String>,
    /// How many bundles at most, 1 to 1,000.
    limit: Option<u32>,
}

/// A part of a scope's log. `wuzha-sync` reads it.
#[derive(Serialize, ToSchema)]
pub(super) struct Page {
    /// The epoch that the server is in.
    epoch: u64,
    /// The bundles after the cursor, if that was of this epoch; else all from the beginning.
    items: Vec<Listed>,
    /// Whether more follow.
    rest: Rest,
}

#[derive(Serialize, ToSchema)]
struct Listed {
    /// Its number, from 1 without gaps.
    seq: u64,
    /// The bundle.
    #[schema(value_type = String)]
    id: BundleId,
    /// How many bytes it has.
    bytes: u64,
    /// The hash over all bundles up to and including it.
    #[schema(value_type = String)]
    head: HeadHash,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Rest {
    More,
    End,
}

/// How far a reader has come: epoch and number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cursor {
    epoch: u64,
    seq: u64,
}

/// What was handed in, in order. With `Accept: text/event-stream` a stream of pages, each when there
/// is something new, whose ids are the cursors reached.
#[utoipa::path(
    get, path = "/v1/scopes/{scope}/log",
    params(
        ("scope" = String, Path, description = "school, school-department-id or school-class-id"),
        Asked
    ),
    responses(
        (status = 200, body = Page),
        (status = 400, description = "bad-request", body = Document),
        (status = 401, description = "no-token", body = Document),
        (status = 403, description = "revoked, out-of-scope", body = Document),
    )
)]
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Checked(Path(scope)): Checked<Path<String>>,
    Checked(Query(asked)): Checked<Query<Asked>>,
    headers: HeaderMap,
    caller: Caller,
) -> Result<Response, Problem> {
    let scope = allowed(&service, &scope, &caller).await?;
    // A stream that was cut goes on after the last page that came through.
    let last = headers.get("last-event-id");
    let after = last.and_then(|value| value.to_str().ok());
    let after = after.or(asked.after.as_deref());
    let after = after.map_or(Some(Cursor::default()), cursor);
    let after = after.ok_or(Problem::BadRequest)?;
    let limit = asked.limit.unwrap_or(MOST).clamp(1, MOST);
    if wants_stream(&headers) {
        let events = follow(service, scope, after, limit);
        return Ok(Sse::new(events)
            .keep_alive(KeepAlive::default())
            .into_response());
    }
    let page = Page::read(&service, scope, after, limit).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)).into_response())
}

impl Page {
    async fn read(
        service: &Service,
        scope: ScopeId,
        after: Cursor,
        limit: u32,
    ) -> Result<Self, Problem> {
        // One more than asked for tells whether more follow.
        let more = limit.saturating_add(1);
        let after = (after.epoch, after.seq);
        let (epoch, mut entries) = service.store.list(scope, after, more).await?;
        let rest = if entries.len() > limit as usize {
            entries.truncate(limit as usize);
            Rest::More
        } else {
            Rest::End
        };
        let items = entries.into_iter().map(Listed::from).collect();
        Ok(Self { epoch, items, rest })
    }

    /// The cursor after this page, which answers `asked`.
    fn reaches(&self, asked: Cursor) -> Cursor {
        let before = if asked.epoch == self.epoch {
            asked.seq
        } else {
            0
        };
        Cursor {
            epoch: self.epoch,
            seq: self.items.last().map_or(before, |last| last.seq),
        }
    }
}

impl From<Entry> for Listed {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            id: entry.id,
            bytes: entry.bytes,
            head: entry.head,
        }
    }
}

/// The scope, if the caller may read it.
async fn allowed(service: &Service, text: &str, caller: &Caller) -> Result<ScopeId, Problem> {
    let scope: ScopeId = text.parse().map_err(|_| Problem::NotFound)?;
    if scope.school != service.school.id {
        return Err(Problem::OutOfScope);
    }
    // What does not exist is not told from what is not theirs.
    let place = service.store.place(scope.school, scope.unit).await?;
    may_read(&caller.members, place.ok_or(Problem::OutOfScope)?)?;
    Ok(scope)
}

fn cursor(text: &str) -> Option<Cursor> {
    let (epoch, seq) = text.split_once(':')?;
    Some(Cursor {
        epoch: epoch.parse().ok()?,
        seq: seq.parse().ok()?,
    })
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    let accept = accept.and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

/// A stream's state between two pages.
struct Follower {
    service: Arc<Service>,
    scope: ScopeId,
    at: Cursor,
    limit: u32,
    changes: broadcast::Receiver<Unit>,
    stopping: watch::Receiver<bool>,
}

/// Pages as they come: what is there now, then what is new.
fn follow(
    service: Arc<Service>,
    scope: ScopeId,
    after: Cursor,
    limit: u32,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let follower = Follower {
        // Before the first look, so that nothing falls between.
        changes: service.desk.changes(),
        stopping: service.stopping.subscribe(),
        service,
        scope,
        at: after,
        limit,
    };
    stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok(event), follower))
    })
}

impl Follower {
    /// The next page; `None` when the server stops or fails: the reader then asks again.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let read = Page::read(&self.service, self.scope, self.at, self.limit);
            let page = read.await.ok()?;
            let reached = page.reaches(self.at);
            if reached != self.at {
                self.at = reached;
                let event = Event::default().id(format!("{}:{}", reached.epoch, reached.seq));
                return event.json_data(&page).ok();
            }
            self.wait().await?;
        }
    }

    /// Until something may have changed; `None` when the server stops.
    async fn wait(&mut self) -> Option<()> {
        let Self {
            changes,
            stopping,
            scope,
            ..
        } = self;
        let changed = async {
            loop {
                match changes.recv().await {
                    Ok(unit) if unit != scope.unit => {}
                    // Also when some were missed.
                    _ => break,
                }
            }
        };
        tokio::select! {
            () = changed => Some(()),
            () = tokio::time::sleep(LOOK_AGAIN) => Some(()),
            _ = stopping.wait_for(|is_stopping| *is_stopping) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_an_epoch_and_a_number() {
        let at = |epoch, seq| Some(Cursor { epoch, seq });
        assert_eq!(cursor("0:0"), at(0, 0));
        assert_eq!(cursor("1787654321:12"), at(1_787_654_321, 12));
        for text in [
            "",
            "1",
            "1:",
            ":1",
            "1:2:3",
            "-1:2",
            "a:b",
            "1:99999999999999999999",
        ] {
            assert_eq!(cursor(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_leads_on_and_never_back() {
        let page = |epoch, seqs: &[u64]| Page {
            epoch,
            items: seqs
                .iter()
                .map(|&seq| Listed {
                    seq,
                    id: BundleId::from_bytes([0; 32]),
                    bytes: 1,
                    head: HeadHash::from_bytes([0; 32]),
                })
                .collect(),
            rest: Rest::End,
        };
        let asked = Cursor { epoch: 5, seq: 7 };
        assert_eq!(page(5, &[]).reaches(asked), asked);
        assert_eq!(page(5, &[8, 9]).reaches(asked), Cursor { epoch: 5, seq: 9 });
        assert_eq!(page(6, &[]).reaches(asked), Cursor { epoch: 6, seq: 0 });
        assert_eq!(page(6, &[1, 2]).reaches(asked), Cursor { epoch: 6, seq: 2 });
    }
}
