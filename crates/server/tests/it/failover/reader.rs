//! A teacher's device: it follows the class's log, and fetches and opens what is new.

use anyhow::{Result, ensure};
use wuzha_seal::{DeviceKey, Envelope, Identity, ScopeId, ServerPublicKey, receive};
use wuzha_sync::{Cursor, Listed, LogReader, OpRanges, Page, Read, Rest};

use super::stage::Stage;
use crate::support::device;
use crate::support::program::Running;

pub struct Reader {
    key: DeviceKey,
    server: ServerPublicKey,
    opens: Identity,
    pub log: LogReader,
}

impl Reader {
    /// One that has followed the log from its beginning.
    pub fn new(stage: &Stage) -> Result<Self> {
        let mut reader = Self {
            key: device(3),
            server: stage.server_key(),
            opens: stage.recovery().clone(),
            log: LogReader::new(stage.scope()),
        };
        reader.catch_up(&stage.servers[0])?;
        Ok(reader)
    }

    /// Reads to the end of the log and fetches what is new: how often the list began anew.
    pub fn catch_up(&mut self, server: &Running) -> Result<usize> {
        let token = server.token(&self.key, self.server)?;
        let mut restarts = 0;
        loop {
            let asked = self.log.cursor();
            let page = page(server, self.log.scope(), asked, &token)?;
            match self.log.read(asked, &page)? {
                Read::Restarted => restarts += 1,
                Read::Listed(_) if page.rest == Rest::End => break,
                Read::Listed(_) | Read::Stale => {}
            }
        }
        for listed in self.log.wanted() {
            let fetched = format!("GET /v1/bundles/{}", listed.id);
            let (status, bytes) = server.ask(&fetched, &token, b"")?;
            ensure!(status == 200, "{fetched}: {status}");
            let envelope = Envelope::parse(bytes)?;
            receive(&envelope, &self.opens)?;
            self.log.fetched(&envelope, OpRanges::default());
        }
        Ok(restarts)
    }

    /// How many bundles the log had when it was last read to its end.
    pub fn listed(&self) -> u64 {
        self.log.cursor().seq
    }
}

/// All of a log, from its beginning.
pub fn whole_log(server: &Running, scope: ScopeId, token: &str) -> Result<Vec<Listed>> {
    let mut log: Vec<Listed> = Vec::new();
    let mut cursor = Cursor::default();
    loop {
        let page = page(server, scope, cursor, token)?;
        log.extend(&page.items);
        cursor = Cursor {
            epoch: page.epoch,
            seq: log.last().map_or(0, |last| last.seq),
        };
        if page.rest == Rest::End {
            return Ok(log);
        }
    }
}

fn page(server: &Running, scope: ScopeId, after: Cursor, token: &str) -> Result<Page> {
    let asked = format!("GET /v1/scopes/{scope}/log?after={after}&limit=10");
    let (status, body) = server.ask(&asked, token, b"")?;
    ensure!(status == 200, "{asked}: {status}");
    Ok(Page::from_json(&body)?)
}
