//! Writing into the desk's own log.

use wuzha_core::desk::EntryId;
use wuzha_core::log::{Change, DeviceId, Op};
use wuzha_jobs::shelf::{Failure, Pen};

use crate::book::fold;
use crate::disk::Disk;

/// Adds changes to the log.
pub(crate) async fn write(disk: &Disk, changes: Vec<Change>, pen: Pen) -> Result<(), Failure> {
    let (writer, ops) = stamped(disk, changes, pen).await?;
    disk.append_to_desk(writer, &ops).await
}

/// Changes as the operations that come next, and who writes them.
pub(crate) async fn stamped(
    disk: &Disk,
    changes: Vec<Change>,
    pen: Pen,
) -> Result<(DeviceId, Vec<Op>), Failure> {
    let (writer, log) = disk.desk().await?;
    let writer = writer.unwrap_or(pen.fresh);
    let registers = fold(&log);
    let hlc = registers.last_hlc().next(pen.now);
    let ops = registers.stamp(writer, hlc, changes);
    Ok((writer, ops))
}

/// The id of what is entered now.
pub(crate) async fn entry(disk: &Disk, pen: Pen) -> Result<EntryId, Failure> {
    let (writer, _) = disk.desk().await?;
    Ok(EntryId::new(pen.now, writer.unwrap_or(pen.fresh)))
}
