//! Going on as another writer, when this phone's data was copied to another phone.

use std::rc::Rc;

use wuzha_core::log::{Op, Registers, Snapshot, encode_ops};
use wuzha_core::storage::LogHead;
use wuzha_jobs::courier::{OpRanges, reissue};

use super::session::{Session, new_device, ops_of};
use super::writing::is_head;
use super::{Store, StoreError};
use crate::browser::idb::{Outcome, Since, Step};

/// The log with some of its operations written anew.
struct Anew {
    head: LogHead,
    ops: Vec<Op>,
}

impl Store {
    /// Writes those of `ranges` that are this log's writer's own anew, as another writer, who writes on from
    /// then on. A copy of this phone may have given their ids to other records; whoever got those would take
    /// these for the same.
    ///
    /// # Errors
    /// When that could not be stored; nothing has changed then.
    pub(crate) async fn write_anew(self, ranges: &OpRanges) -> Result<(), StoreError> {
        let session = self.session();
        let db = self.connection(&session).await?;
        while let Some(head) = session.head() {
            let ops = ops_of(&db.read(Since::Segment(0)).await?.rows)?;
            let anew = anew(head, ops, &ranges.of_device(head.device))?;
            let last = head.next_segment.saturating_sub(1);
            let steps = [
                Step::Merge {
                    segments: 0..=last,
                    bytes: &encode_ops(&anew.ops)?,
                },
                Step::Snapshot {
                    segment: last,
                    bytes: &fold(last, &anew.ops).encode()?,
                },
            ];
            let is_known = |stored: Option<&str>| is_head(stored, Some(head));
            let outcome = db.write(is_known, &anew.head.to_string(), &steps).await?;
            if outcome == Outcome::Written {
                self.stand_at(&session, anew.head).await;
                return Ok(());
            }
            self.catch_up(&session, &db).await?;
        }
        Ok(())
    }

    /// Takes what is stored, which ends at `head`, for all there is.
    async fn stand_at(self, session: &Rc<Session>, head: LogHead) {
        session.accept(Some(head));
        self.load(session, None).await;
        session.keep_sentinel();
        session.tell_tabs();
    }
}

/// `ops` with those in `ranges` under the ids of a new writer, at whom the log then stands.
fn anew(head: LogHead, mut ops: Vec<Op>, ranges: &OpRanges) -> Result<Anew, StoreError> {
    let head = head.handed_to(new_device()?);
    let renamed = reissue(&ops, ranges, head.device);
    let last_ctr = renamed.last().map_or(0, |op| op.id.ctr);
    ops.retain(|op| !ranges.contains(op.id));
    ops.extend(renamed);
    Ok(Anew {
        head: LogHead { last_ctr, ..head },
        ops,
    })
}

fn fold(segment: u32, ops: &[Op]) -> Snapshot {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    Snapshot { segment, registers }
}
