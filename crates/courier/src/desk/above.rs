//! Who stands above the teachers: a department, the security office. They invited none of the classes, so they
//! follow the log of their whole part of the school, and open what was sealed for them too. Whether a class was
//! heard is its teacher's to say: nothing is told to it from here.

use std::collections::BTreeMap;

use wuzha_core::log::{Op, encode_ops};
use wuzha_jobs::courier::{Failure, Gathered};
use wuzha_jobs::pack;
use wuzha_seal::ClassId;
use wuzha_sync::{Cursor, Page, Rest};

use super::Desk;
use crate::disk::Disk;
use crate::log::{self, Fetched};

impl Desk {
    /// The next page of what was handed in after a place: the operations of each class, packed.
    pub(crate) async fn gather(
        &mut self,
        disk: &Disk,
        after: Cursor,
    ) -> Result<(Gathered, Vec<u8>), Failure> {
        let token = self.member.log_in(disk).await?;
        let (server, scope) = (self.member.server(), self.member.invitation.place.scope());
        let answer = server.get_log(scope, after, &token).await;
        let answer = answer.ok_or(Failure::NoServer)?;
        let page = Page::from_json(&answer.body).map_err(|_| answer.refused())?;
        let mut reached = match page.epoch == after.epoch {
            true => after,
            false => Cursor {
                epoch: page.epoch,
                seq: 0,
            },
        };
        let (mut classes, mut aside) = (BTreeMap::<ClassId, Vec<Op>>::new(), 0);
        for listed in page.items {
            match log::fetch(listed, &server, &token).await {
                Fetched::Envelope(envelope) => {
                    let class = envelope.header().class.class;
                    match log::open(&envelope, &self.member.keys.identity) {
                        Some(bundle) => classes.entry(class).or_default().extend(bundle.ops),
                        None => aside += 1,
                    }
                }
                Fetched::Gone | Fetched::Other => aside += 1,
                Fetched::NoAnswer => return Err(Failure::NoServer),
            }
            reached.seq = listed.seq;
        }
        let ops = classes.values().map(|ops| encode_ops(ops));
        let ops: Vec<Vec<u8>> = ops
            .collect::<Result<_, _>>()
            .map_err(|error| Failure::Stored(error.to_string()))?;
        let gathered = Gathered {
            classes: classes.into_keys().collect(),
            reached,
            aside,
            is_all: page.rest == Rest::End,
        };
        Ok((gathered, pack(ops.iter().map(Vec::as_slice))))
    }
}
