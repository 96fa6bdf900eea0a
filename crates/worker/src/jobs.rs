//! What each job does.

use wuzha_core::log::{decode_ops, encode_ops};
use wuzha_files::{
    BackupError, Limits, read_backup, read_tables, write_backup, write_csv, write_workbook,
};
use wuzha_jobs::{Broken, Failure, LedgerRequest, Request, Response, pack};

use crate::{ledgers, qr};

/// What came of a job, and the bytes beside it.
#[derive(Debug, PartialEq)]
pub(crate) struct Done {
    pub(crate) response: Response,
    pub(crate) bytes: Option<Vec<u8>>,
}

/// Does the job that `request` encodes, with the `bytes` beside it. `progress` is told rows done and
/// rows in all.
pub(crate) fn run(
    request: &[u8],
    bytes: &[u8],
    progress: impl Fn(u32, u32),
) -> Result<Done, Failure> {
    match wuzha_jobs::decode(request)? {
        Request::ReadTables => {
            let tables = read_tables(bytes, &Limits::ROSTER)?;
            Ok(said(Response::Tables(tables)))
        }
        Request::WriteWorkbook(request) => workbook(&request, bytes, progress),
        Request::WriteCsv(request) => csv(&request, bytes),
        Request::WriteBackup(meta) => {
            let ops = decode_ops(bytes).map_err(not_understood)?;
            Ok(file(write_backup(&ops, &meta)?))
        }
        Request::ReadBackup => backup(bytes),
        Request::DecodeQr { width, height } => {
            Ok(said(Response::Qr(qr::decode(width, height, bytes)?)))
        }
    }
}

fn workbook(
    request: &LedgerRequest,
    snapshot: &[u8],
    progress: impl Fn(u32, u32),
) -> Result<Done, Failure> {
    let workbook = ledgers::workbook(request, snapshot)?;
    let told = write_workbook(&workbook, |so_far| {
        progress(so_far.done, so_far.total);
    });
    Ok(file(told.map_err(|e| Failure::Ledgers(e.to_string()))?))
}

fn csv(request: &LedgerRequest, snapshot: &[u8]) -> Result<Done, Failure> {
    let workbook = ledgers::workbook(request, snapshot)?;
    let ledgers = workbook.ledgers.iter();
    let (names, files): (Vec<String>, Vec<Vec<u8>>) = ledgers
        .map(|ledger| (ledger.name.clone(), write_csv(ledger, workbook.offset)))
        .unzip();
    Ok(Done {
        response: Response::Files { names },
        bytes: Some(pack(files.iter().map(Vec::as_slice))),
    })
}

fn backup(bytes: &[u8]) -> Result<Done, Failure> {
    let backup = read_backup(bytes)?;
    let ops = encode_ops(&backup.ops);
    let ops = ops.map_err(|error| BackupError::Write(error.to_string()))?;
    Ok(Done {
        response: Response::Backup {
            meta: backup.meta,
            ops: backup.ops.len() as u64,
        },
        bytes: Some(ops),
    })
}

fn said(response: Response) -> Done {
    Done {
        response,
        bytes: None,
    }
}

fn file(bytes: Vec<u8>) -> Done {
    Done {
        response: Response::File,
        bytes: Some(bytes),
    }
}

fn not_understood(error: wuzha_core::log::CodecError) -> Failure {
    Broken::Message(error.to_string()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use wuzha_core::pack::Pack;

    use wuzha_core::log::{Change, DeviceId, Hlc, Key, Op, Registers, Snapshot};
    use wuzha_core::time::{UnixMillis, UtcOffset};
    use wuzha_files::{BackupMeta, ReadError};
    use wuzha_jobs::unpack;

    const DEVICE: [u8; 8] = [7; 8];
    const CAMPAIGN: &str = include_str!("../../../content/default/campaign.json");
    const CHECKLISTS: &str = include_str!("../../../content/default/checklists.json");
    const CRITERIA: &str = include_str!("../../../content/default/criteria.json");

    fn do_job(request: &Request, bytes: &[u8]) -> Result<Done, Failure> {
        run(&wuzha_jobs::encode(request).unwrap(), bytes, |_, _| {})
    }

    fn ops() -> Vec<Op> {
        let key = Key::new("student", &["2021010101"], "name");
        let changes = vec![Change::new(key, "张示例")];
        let hlc = Hlc::new(UnixMillis(1_640_534_700_000), 0);
        Registers::default().stamp(DeviceId::from_bytes(DEVICE), hlc, changes)
    }

    fn snapshot() -> Vec<u8> {
        let mut registers = Registers::default();
        for op in ops() {
            registers.apply(&op);
        }
        let segment = 1;
        Snapshot { segment, registers }.encode().unwrap()
    }

    fn ledger_request() -> LedgerRequest {
        LedgerRequest {
            offset: UtcOffset::CHINA,
            cutoff: UnixMillis(1_640_534_700_000),
            pack: Box::new(Pack::from_json(CAMPAIGN, CHECKLISTS, CRITERIA).unwrap()),
            bank: None,
        }
    }

    #[test]
    fn a_roster_becomes_rows() {
        let file = "学号,姓名\n2021010101,张示例\n";
        let Response::Tables(tables) = do_job(&Request::ReadTables, file.as_bytes())
            .unwrap()
            .response
        else {
            panic!("no rows");
        };
        assert_eq!(tables[0].rows[1].cells, ["2021010101", "张示例"]);
        let nothing = do_job(&Request::ReadTables, b"");
        assert_eq!(nothing, Err(Failure::Read(ReadError::Empty)));
    }

    #[test]
    fn a_backup_goes_out_and_comes_back() {
        let meta = BackupMeta {
            app_version: "0.1.0".into(),
            class_name: "软件2101班（示例）".into(),
            made_at: UnixMillis(1_640_534_700_000),
            device: DeviceId::from_bytes(DEVICE),
        };
        let stored = encode_ops(&ops()).unwrap();
        let written = do_job(&Request::WriteBackup(meta.clone()), &stored).unwrap();
        assert_eq!(written.response, Response::File);
        let read = do_job(&Request::ReadBackup, &written.bytes.unwrap()).unwrap();
        let expected = Done {
            response: Response::Backup {
                meta: Some(meta),
                ops: 1,
            },
            bytes: Some(stored),
        };
        assert_eq!(read, expected);
        let foreign = do_job(&Request::ReadBackup, b"hello");
        assert_eq!(foreign, Err(Failure::Backup(BackupError::Foreign)));
    }

    #[test]
    fn ledgers_are_written_as_xlsx_with_progress_and_as_csv() {
        let told = RefCell::new(Vec::new());
        let request = Request::WriteWorkbook(ledger_request());
        let written = run(
            &wuzha_jobs::encode(&request).unwrap(),
            &snapshot(),
            |done, total| told.borrow_mut().push((done, total)),
        );
        let xlsx = written.unwrap().bytes.unwrap();
        let tables = read_tables(&xlsx, &Limits::ROSTER).unwrap();
        assert!(!tables.is_empty());
        assert!(
            told.borrow()
                .last()
                .is_some_and(|(done, total)| done == total)
        );

        let request = Request::WriteCsv(ledger_request());
        let Done { response, bytes } = do_job(&request, &snapshot()).unwrap();
        let Response::Files { names } = response else {
            panic!("no files");
        };
        let packed = bytes.unwrap();
        let files = unpack(&packed).unwrap();
        assert_eq!(files.len(), names.len());
        let students = names.iter().position(|name| name == "学生台账").unwrap();
        let students = str::from_utf8(files[students]).unwrap();
        assert!(students.starts_with('\u{feff}'));
        assert!(students.contains("2021010101,张示例"), "{students}");
    }

    #[test]
    fn what_is_not_understood_is_a_failure() {
        assert!(matches!(
            run(&[99], &[], |_, _| {}),
            Err(Failure::Broken(Broken::Message(_)))
        ));
        let damaged = do_job(&Request::WriteWorkbook(ledger_request()), b"x");
        assert!(
            matches!(damaged, Err(Failure::Broken(Broken::Message(_)))),
            "{damaged:?}"
        );
    }
}
