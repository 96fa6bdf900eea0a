//! A scope's log at the server: followed to its end, and its bundles fetched and opened.

use wuzha_seal::{Bundle, Envelope, Identity, receive};
use wuzha_sync::{Listed, LogReader, Page, Rest};

use crate::server::{Server, Token};

/// What came of fetching a bundle.
pub(crate) enum Fetched {
    /// Its bytes, which are those that were asked for.
    Envelope(Box<Envelope>),
    /// The server has deleted it after its time.
    Gone,
    /// Something else than what was asked for.
    Other,
    /// Nothing that says anything about the bundle.
    NoAnswer,
}

/// Reads on to the end of the log. Whether that was reached.
pub(crate) async fn follow(reader: &mut LogReader, server: &Server<'_>, token: &Token) -> bool {
    loop {
        let asked = reader.cursor();
        let Some(answer) = server.get_log(reader.scope(), asked, token).await else {
            return false;
        };
        // A refusal, or something on the way that answered instead: it is asked again another time.
        let Ok(page) = Page::from_json(&answer.body) else {
            return false;
        };
        if reader.read(asked, &page).is_err() {
            return false;
        }
        if page.rest == Rest::End && reader.cursor().epoch == asked.epoch {
            return true;
        }
    }
}

/// Fetches one bundle.
pub(crate) async fn fetch(listed: Listed, server: &Server<'_>, token: &Token) -> Fetched {
    let Some(answer) = server.get_bundle(listed, token).await else {
        return Fetched::NoAnswer;
    };
    match answer.status {
        200 => match Envelope::parse(answer.body) {
            Ok(envelope) if envelope.id() == listed.id => Fetched::Envelope(Box::new(envelope)),
            _ => Fetched::Other,
        },
        410 => Fetched::Gone,
        _ => Fetched::NoAnswer,
    }
}

/// Opens a bundle; `None` when it is sealed for others, or is not what its envelope says.
pub(crate) fn open(envelope: &Envelope, identity: &Identity) -> Option<Bundle> {
    receive(envelope, identity).ok()
}
