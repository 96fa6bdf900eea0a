//! 上交 and 恢复.

use wuzha_files::BackupError;
use wuzha_jobs::{Broken, Failure};

use crate::store::StoreError;

/// The texts of 上交 and 恢复.
pub(crate) struct HandIn {
    pub(crate) title: &'static str,
    pub(crate) data: &'static str,
    pub(crate) records: fn(records: u64) -> String,
    /// The same on a phone that hands in.
    pub(crate) records_here: fn(records: u64) -> String,
    /// When, and how many records were added since.
    pub(crate) last_backup: fn(when: &str, since: u64) -> String,
    pub(crate) never_backed_up: &'static str,
    /// Where the school gets the records.
    pub(crate) never_backed_up_invited: &'static str,
    pub(crate) files: &'static str,
    pub(crate) workbook: &'static str,
    pub(crate) workbook_name: &'static str,
    pub(crate) workbook_text: &'static str,
    pub(crate) sheet: &'static str,
    /// In the order of the workbook.
    pub(crate) sheets: &'static [&'static str],
    pub(crate) csv: &'static str,
    pub(crate) personal_data: &'static str,
    pub(crate) in_wechat: &'static str,
    /// What is being written.
    pub(crate) writing: fn(what: &str) -> String,
    pub(crate) cancelled: &'static str,
    /// The name of the file.
    pub(crate) written: fn(name: &str) -> String,
    pub(crate) written_where: &'static str,
    pub(crate) written_in_wechat: &'static str,
    pub(crate) lacks_bank: &'static str,
    pub(crate) share: &'static str,
    pub(crate) share_refused: &'static str,
    pub(crate) download_again: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_refused: &'static str,
    pub(crate) backup_and_restore: &'static str,
    pub(crate) backup: &'static str,
    pub(crate) backup_text: &'static str,
    pub(crate) backup_for_whom: &'static str,
    pub(crate) sealed_backup: &'static str,
    pub(crate) sealed_text: &'static str,
    pub(crate) restore: &'static str,
    pub(crate) restore_text: &'static str,
    /// Why the worker did not do its part.
    pub(crate) failure: fn(&Failure) -> String,
    /// Why the records could not be read or written.
    pub(crate) store_error: fn(&StoreError) -> String,
    /// The browser could not read or make a file.
    pub(crate) no_file: &'static str,
    pub(crate) restoring: Restoring,
}

/// The texts of 恢复.
pub(crate) struct Restoring {
    pub(crate) lead: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) choose_hint: &'static str,
    pub(crate) choose_another: &'static str,
    pub(crate) reading: &'static str,
    /// It is sealed with a passphrase.
    pub(crate) sealed: &'static str,
    pub(crate) open: &'static str,
    pub(crate) found: &'static str,
    pub(crate) class: &'static str,
    pub(crate) no_class: &'static str,
    pub(crate) made_at: &'static str,
    pub(crate) made_at_unknown: &'static str,
    pub(crate) students: &'static str,
    pub(crate) records: &'static str,
    pub(crate) new: &'static str,
    pub(crate) nothing_here: &'static str,
    pub(crate) same_class: &'static str,
    pub(crate) nothing_new: &'static str,
    /// The class that is here, and the one in the file.
    pub(crate) other_class: fn(here: &str, there: &str) -> String,
    pub(crate) other_class_next: &'static str,
    pub(crate) storing: &'static str,
    pub(crate) restored: fn(new: u64) -> String,
    pub(crate) still_missing: &'static str,
    pub(crate) to_today: &'static str,
    pub(crate) example: &'static str,
    pub(crate) leave_example: &'static str,
    pub(crate) refused: &'static str,
}

pub(super) static ZH: HandIn = HandIn {
    title: "上交",
    data: "现在的数据",
    records: |records| format!("{records} 条记录，只在这台手机上"),
    records_here: |records| format!("本机有 {records} 条记录"),
    last_backup: |when, since| match since {
        0 => format!("上次备份：{when}，之后没有新记录"),
        _ => format!("上次备份：{when}，之后新增 {since} 条"),
    },
    never_backed_up: "还没有备份过。手机丢了或浏览器清理数据，记录就没有了。",
    never_backed_up_invited: "还没有备份过。还没送达的记录和备注只在这台手机上，建议存一份备份。",
    files: "导出文件",
    workbook: "导出 Excel 台账",
    workbook_name: "Excel 台账",
    workbook_text: "一个文件，里面有汇总、学生台账、寝室检查、班级检查、测验成绩、活动、题目分析和说明。",
    sheet: "只要其中一张表",
    sheets: &[
        "汇总",
        "学生台账",
        "寝室检查",
        "班级检查",
        "测验成绩",
        "活动",
        "题目分析",
    ],
    csv: "导出 CSV",
    personal_data: "文件里有姓名和学号：老师和本班使用，不要发到大群。",
    in_wechat: "微信里不能下载文件。请用手机浏览器打开：右上角 ··· → 在浏览器打开。已经在微信里记下的数据不会自动带过去，可以先导出 CSV 再复制文本。",
    writing: |what| format!("正在生成：{what}"),
    cancelled: "已取消，没有生成文件。记录没有变化。",
    written: |name| format!("已生成 {name}"),
    written_where: "在手机的“下载”或“文件”里可以找到它。",
    written_in_wechat: "微信不让保存文件。有“分享”就点分享；没有就导出 CSV 再复制文本，或换浏览器打开。",
    lacks_bank: "题库没有载入，“题目分析”是空的。请联网后再导出一次。",
    share: "分享",
    share_refused: "浏览器没有打开分享。请到“下载”里找到文件再转发。",
    download_again: "再次下载",
    copy: "复制文本",
    copied: "已复制",
    copy_refused: "浏览器不让复制。请换手机浏览器打开。",
    backup_and_restore: "备份和恢复",
    backup: "备份",
    backup_text: "一个 ZIP 文件，装着全部记录。换手机、清理浏览器之前，先备份。",
    backup_for_whom: "没有加密，里面有全班姓名和学号。只留给自己或交给老师，不要发到群里，也不要发给外人。",
    sealed_backup: "加密备份",
    sealed_text: "用口令加密的备份，存网盘、发给自己都看不到内容。恢复时要输入同一个口令。",
    restore: "恢复",
    restore_text: "从备份文件找回记录",
    failure: |failure| match failure {
        Failure::Backup(error) => backup_error_zh(error).to_owned(),
        Failure::Ledgers(_) => {
            "台账没有生成，记录都在。请再试一次；还不行，就先导出备份，再反馈给老师。".to_owned()
        }
        Failure::Broken(Broken::NotStarted(_)) => {
            "处理文件的程序没有载入，记录都在。请联网后再试一次；还不行就重新打开无诈。".to_owned()
        }
        Failure::Broken(Broken::Crashed(_)) => {
            "处理文件时中断了，可能是手机内存不够。记录都在。请关掉其他应用再试一次。".to_owned()
        }
        Failure::Broken(Broken::Message(_)) => {
            "无诈正在换新版本，这次没有完成。记录都在。请重新打开无诈再试一次。".to_owned()
        }
        Failure::Read(_) | Failure::Broken(Broken::Cancelled) => {
            "没有完成，记录没有变化。请再试一次。".to_owned()
        }
    },
    store_error: |error| {
        match error {
        StoreError::QuotaExceeded => {
            "手机存储空间不够，这些记录没有存进来；原有的记录都在。请删掉一些照片或视频再试一次。"
        }
        StoreError::Refused => {
            "浏览器不让这个页面保存数据，可能是无痕模式。请用手机浏览器的普通窗口打开，再试一次。"
        }
        StoreError::Outdated => "另一个窗口已更新到新版本。请重新打开无诈再试一次，记录都在。",
        StoreError::Lost | StoreError::Erased => {
            "本机数据刚被清理或删除了。请回到首页，按那里的提示做。"
        }
        StoreError::ConnectionLost(_) | StoreError::Other(_) => {
            "浏览器断开了本机数据库，这次没有完成；原有的记录都在。请重新打开无诈再试一次。"
        }
    }
    .to_owned()
    },
    no_file: "浏览器没有读出或生成这个文件。记录没有变化，请再试一次。",
    restoring: Restoring {
        lead: "选一个以前的备份文件。只补上这里没有的记录，不会删掉或覆盖现有的记录；重复恢复也不会多出来。",
        choose: "选择备份文件",
        choose_hint: ".zip，或解压出来的 ops.jsonl",
        choose_another: "换一个文件",
        reading: "正在读备份文件",
        sealed: "这个备份用口令加密过。请输入备份时的口令。",
        open: "打开备份",
        found: "备份里有",
        class: "班级",
        no_class: "没有写明",
        made_at: "备份时间",
        made_at_unknown: "没有写明",
        students: "学生",
        records: "记录",
        new: "这里没有的",
        nothing_here: "这台手机上还没有记录，可以恢复。",
        same_class: "和这台手机上的是同一个班，可以恢复。",
        nothing_new: "这些记录这里都有了，不用恢复。",
        other_class: |here, there| {
            format!(
                "这台手机上是“{here}”，备份是“{there}”。恢复会把两个班混在一起，再也分不开，所以不能恢复到这里。"
            )
        },
        other_class_next: "请用另一台手机或另一个浏览器恢复；或者先备份，再到“设置”里清除本机数据。",
        storing: "正在恢复",
        restored: |new| format!("已恢复 {new} 条记录"),
        still_missing: "还有一部分记录没有找回。如果有别的备份，可以继续恢复。",
        to_today: "去看看",
        example: "现在打开的是示例班级，备份不能恢复到示例里。",
        leave_example: "离开示例",
        refused: "浏览器不让这个页面保存数据，恢复不了。请用手机浏览器的普通窗口打开，不要用无痕模式。备份文件没有受影响。",
    },
};

fn backup_error_zh(error: &BackupError) -> &'static str {
    match error {
        BackupError::Empty => {
            "这个文件是空的，可能没有下载完。请重新下载或换一个备份。本机记录没有变化。"
        }
        BackupError::Foreign => {
            "这不是无诈的备份文件。请选“备份”导出的 .zip 文件。本机记录没有变化。"
        }
        BackupError::Truncated => {
            "这个备份不完整，后面缺了一截，可能没有传完。请重新传一次或换一个备份。本机记录没有变化。"
        }
        BackupError::Newer { .. } => {
            "这个备份是更新版本的无诈做的。请联网更新后再恢复。本机记录没有变化。"
        }
        BackupError::TooLarge { .. } => {
            "这个文件太大，不像是一个班的备份。请检查是不是选错了。本机记录没有变化。"
        }
        BackupError::Damaged | BackupError::Line { .. } => {
            "这个备份损坏了，或者被改动过，为了安全没有恢复。请换一个备份。本机记录没有变化。"
        }
        BackupError::Write(_) => "备份没有生成，可能是手机内存不够。记录都在，请再试一次。",
    }
}

pub(super) static EN: HandIn = HandIn {
    title: "Hand in",
    data: "Data now",
    records: |records| format!("{records} records, on this phone only"),
    records_here: |records| format!("{records} records on this phone"),
    last_backup: |when, since| match since {
        0 => format!("Last backup: {when}, nothing new since"),
        _ => format!("Last backup: {when}, {since} new since"),
    },
    never_backed_up: "No backup yet. If the phone is lost or the browser clears its data, the records are gone.",
    never_backed_up_invited: "No backup yet. What is not delivered yet, and notes, are on this phone alone: a backup is a good idea.",
    files: "Export files",
    workbook: "Export Excel ledgers",
    workbook_name: "Excel ledgers",
    workbook_text: "One file with summary, students, dorm and class inspections, quiz results, activities, item analysis and notes.",
    sheet: "Just one of the tables",
    sheets: &[
        "Summary",
        "Students",
        "Dorm inspections",
        "Class inspections",
        "Quiz results",
        "Activities",
        "Item analysis",
    ],
    csv: "Export CSV",
    personal_data: "The file holds names and student numbers: for teachers and this class only, not for large groups.",
    in_wechat: "WeChat cannot download files. Open this page in your phone's browser: ··· at the top right → Open in browser. What you recorded inside WeChat does not move along; you can export CSV here and copy its text.",
    writing: |what| format!("Making: {what}"),
    cancelled: "Cancelled; no file was made. The records are unchanged.",
    written: |name| format!("{name} is ready"),
    written_where: "You will find it in the phone's Downloads or Files.",
    written_in_wechat: "WeChat does not save files. Share it where sharing is offered; else export CSV and copy its text, or use a browser.",
    lacks_bank: "The quiz bank could not be loaded, so the item analysis is empty. Go online and export again.",
    share: "Share",
    share_refused: "The browser did not open its share sheet. Forward the file from Downloads.",
    download_again: "Download again",
    copy: "Copy text",
    copied: "Copied",
    copy_refused: "The browser does not let this page copy. Open it in your phone's browser.",
    backup_and_restore: "Backup and restore",
    backup: "Back up",
    backup_text: "One ZIP file with all records. Make one before you change phones or clear the browser.",
    backup_for_whom: "It is not encrypted and holds the names and numbers of the whole class. Keep it to yourself or hand it to a teacher; never send it to a group or to outsiders.",
    sealed_backup: "Sealed backup",
    sealed_text: "A backup that is encrypted with a passphrase: whoever finds it in a cloud or a chat sees nothing. Restoring asks for the same passphrase.",
    restore: "Restore",
    restore_text: "Get records back from a backup file",
    failure: |failure| {
        match failure {
        Failure::Backup(error) => backup_error_en(error).to_owned(),
        Failure::Ledgers(_) => "The ledgers could not be made. Your records are safe. Try again; if it fails again, export a backup and tell your teacher.".to_owned(),
        Failure::Broken(Broken::NotStarted(_)) => "The part that handles files did not load. Your records are safe. Go online and try again, or reopen Wuzha.".to_owned(),
        Failure::Broken(Broken::Crashed(_)) => "Handling the file broke off; the phone may be short of memory. Your records are safe. Close other apps and try again.".to_owned(),
        Failure::Broken(Broken::Message(_)) => "Wuzha is changing to a new version, so this was not done. Your records are safe. Reopen Wuzha and try again.".to_owned(),
        Failure::Read(_) | Failure::Broken(Broken::Cancelled) => "Not done; the records are unchanged. Please try again.".to_owned(),
    }
    },
    store_error: |error| {
        match error {
        StoreError::QuotaExceeded => "The phone is out of storage, so these records were not stored; those here are safe. Delete some photos or videos and try again.",
        StoreError::Refused => "The browser does not let this page store anything; this may be a private window. Use a normal window and try again.",
        StoreError::Outdated => "Another window has moved to a new version. Reopen Wuzha and try again; your records are safe.",
        StoreError::Lost | StoreError::Erased => "This phone's data was just cleared or deleted. Go to the first screen and follow what it says.",
        StoreError::ConnectionLost(_) | StoreError::Other(_) => "The browser dropped its database, so this was not done; the records here are safe. Reopen Wuzha and try again.",
    }
    .to_owned()
    },
    no_file: "The browser could not read or make the file. The records are unchanged; please try again.",
    restoring: Restoring {
        lead: "Choose an earlier backup. Only records that are missing here are added; nothing is deleted or overwritten, and restoring twice adds nothing.",
        choose: "Choose a backup file",
        choose_hint: ".zip, or the ops.jsonl unpacked from it",
        choose_another: "Choose another file",
        reading: "Reading the backup",
        sealed: "This backup is sealed. Type the passphrase that it was sealed with.",
        open: "Open the backup",
        found: "In this backup",
        class: "Class",
        no_class: "not stated",
        made_at: "Made",
        made_at_unknown: "not stated",
        students: "Students",
        records: "Records",
        new: "Not here yet",
        nothing_here: "There are no records on this phone yet; it can be restored.",
        same_class: "It is the class that is on this phone; it can be restored.",
        nothing_new: "All of these records are here already; there is nothing to restore.",
        other_class: |here, there| {
            format!(
                "This phone holds “{here}”, the backup holds “{there}”. Restoring would mix the two for good, so it cannot be restored here."
            )
        },
        other_class_next: "Restore it on another phone or in another browser; or back up first, then clear this phone's data under Settings.",
        storing: "Restoring",
        restored: |new| format!("{new} records restored"),
        still_missing: "Some records are still missing. If you have another backup, restore that too.",
        to_today: "Have a look",
        example: "The example class is open; a backup cannot be restored into it.",
        leave_example: "Leave the example",
        refused: "The browser does not let this page store anything, so nothing can be restored. Use a normal window of your phone's browser, not a private one. The backup file is untouched.",
    },
};

fn backup_error_en(error: &BackupError) -> &'static str {
    match error {
        BackupError::Empty => {
            "This file is empty; its download may have failed. Download it again or choose another. The records here are unchanged."
        }
        BackupError::Foreign => {
            "This is not a backup of Wuzha. Choose the .zip that “Back up” made. The records here are unchanged."
        }
        BackupError::Truncated => {
            "This backup is cut short; it may not have been sent whole. Send it again or choose another. The records here are unchanged."
        }
        BackupError::Newer { .. } => {
            "This backup was made by a newer version of Wuzha. Go online, update, and restore then. The records here are unchanged."
        }
        BackupError::TooLarge { .. } => {
            "This file is too large for the backup of a class. Check whether it is the right one. The records here are unchanged."
        }
        BackupError::Damaged | BackupError::Line { .. } => {
            "This backup is damaged or was altered, so it was not restored. Choose another. The records here are unchanged."
        }
        BackupError::Write(_) => {
            "The backup could not be made; the phone may be short of memory. Your records are safe; please try again."
        }
    }
}
