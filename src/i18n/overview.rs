//! 总览: many classes at a glance, and one of them in full.

use wuzha_core::book::Held;
use wuzha_core::overview::Column;
use wuzha_files::BackupError;
use wuzha_jobs::Broken;
use wuzha_jobs::shelf::Failure;

/// The texts of the overview.
pub(crate) struct Overview {
    pub(crate) title: &'static str,
    pub(crate) desc: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) nothing_next: &'static str,
    /// Files out of phones.
    pub(crate) choose_files: &'static str,
    pub(crate) choose_hint: &'static str,
    pub(crate) update: &'static str,
    pub(crate) reading: fn(done: usize, total: usize) -> String,
    /// So many classes with new records, and so many files or classes that held nothing new.
    pub(crate) taken: fn(new: usize, known: usize) -> String,
    pub(crate) server: &'static str,
    pub(crate) nothing_new: &'static str,
    pub(crate) not_taken: fn(name: &str, reason: &str) -> String,
    pub(crate) cancelled: &'static str,
    pub(crate) classes: &'static str,
    pub(crate) students: &'static str,
    pub(crate) class: &'static str,
    pub(crate) people: fn(u32) -> String,
    pub(crate) order: &'static str,
    pub(crate) behind: fn(heading: &str) -> String,
    pub(crate) by_name: &'static str,
    pub(crate) department: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) counsellor: &'static str,
    /// A choice of a filter: those of whom it is not known.
    pub(crate) not_filled_in: &'static str,
    pub(crate) times: fn(u32) -> String,
    /// So many people, and of so many activities it is not known.
    pub(crate) reached: fn(people: Option<u32>, uncounted: u32) -> String,
    /// In how many of so many classes activities are recorded, and how many people they reached.
    pub(crate) held_note: fn(Held, classes: u32) -> String,
    pub(crate) all: &'static str,
    pub(crate) search: &'static str,
    pub(crate) none_fits: &'static str,
    /// So many of so many classes are shown.
    pub(crate) shown: fn(shown: usize, all: usize) -> String,
    pub(crate) heading: fn(Column) -> &'static str,
    pub(crate) trend: &'static str,
    pub(crate) trend_note: &'static str,
    /// From a day to a day, on which so many of so many had registered.
    pub(crate) trend_said: fn(first: &str, last: &str, count: u32, of: u32) -> String,
    pub(crate) by_department: &'static str,
    pub(crate) class_count: fn(u32) -> String,
    pub(crate) unknown: &'static str,
    pub(crate) unknown_of: fn(u32) -> String,
    pub(crate) table_note: &'static str,
    pub(crate) export: &'static str,
    pub(crate) tables: &'static str,
    pub(crate) changes: &'static str,
    pub(crate) changes_note: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) remove_text: &'static str,
    pub(crate) no_file: &'static str,
    /// So many bundles could not be opened here.
    pub(crate) aside: fn(u64) -> String,
    pub(crate) failure: fn(&Failure) -> &'static str,
}

pub(super) static ZH: Overview = Overview {
    title: "总览",
    desc: "各班进度，落后在前；可导入班长发来的备份",
    lead: "数字来自各班上交的记录和您导入的备份，都存在这台设备上，没有网络也能看。",
    opening: "正在打开…",
    nothing: "还没有班级",
    nothing_next: "导入班长发来的备份文件（可一次选多个），班长在旁边就扫码接收，或者用邀请码开通后接收上交。",
    choose_files: "导入班级文件",
    choose_hint: "班长在“上交”里存的 .wzb 或备份 .zip，以及以前的 Excel 台账（先预览再合并）。可一次选多个，也可拖到这里；重复的不会多算。",
    update: "打开新上交的",
    reading: |done, total| format!("正在读取 {done}/{total}"),
    taken: |new, known| match known {
        0 => format!("已更新 {new} 个班"),
        _ => format!("已更新 {new} 个班；另有 {known} 份没有新内容"),
    },
    server: "学校服务器",
    nothing_new: "没有新的内容",
    not_taken: |name, reason| format!("{name}：{reason}"),
    cancelled: "已取消，读完的都保留。",
    classes: "班级",
    students: "学生",
    class: "班级",
    people: |n| format!("{n} 人"),
    order: "排序",
    behind: |heading| format!("{heading}落后在前"),
    by_name: "按班级名",
    department: "系部",
    grade: "年级",
    counsellor: "辅导员",
    not_filled_in: "未填写",
    times: |n| format!("{n} 次"),
    reached: |people, uncounted| match (people, uncounted) {
        (None, _) => "人次未知".to_owned(),
        (Some(people), 0) => format!("{people} 人次"),
        (Some(people), uncounted) => format!("{people} 人次 未知\u{a0}{uncounted}"),
    },
    held_note: |held, classes| {
        let by = format!("活动：{classes} 个班中 {} 个班有记录", held.classes);
        match (held.known_people(), held.times) {
            (_, 0) => "活动：各班都还没有记录，次数未知".to_owned(),
            (None, _) => format!("{by}，人次未知"),
            (Some(people), times) => {
                format!("{by}，{people} 人次（{}/{times} 次记了人数）", held.counted)
            }
        }
    },
    all: "全部",
    search: "搜索班级",
    none_fits: "没有符合条件的班级",
    shown: |shown, all| match shown == all {
        true => format!("共 {all} 个班"),
        false => format!("{shown} 个班，共 {all} 个"),
    },
    heading: Column::heading,
    trend: "注册趋势",
    trend_note: "按现在的状态写下的日期计算；后来改过的按改的日期。",
    trend_said: |first, last, count, of| {
        format!("从 {first} 到 {last}，注册人数升到 {count}，应计 {of} 人")
    },
    by_department: "各系部",
    class_count: |n| format!("{n} 个班"),
    unknown: "未知",
    // Not to be torn apart where a cell is narrow.
    unknown_of: |n| format!("未知\u{a0}{n}"),
    table_note: "比例 = 达到 ÷ 应计；未知不当作 0。每班的截止时间是最后记录一栏。",
    export: "导出总览 Excel",
    tables: "台账",
    changes: "变更记录",
    changes_note: "谁在什么时候把什么改成了什么，新的在前，最多显示 500 条。班长的私下备注不在其中。",
    remove: "从这台设备移除",
    remove_text: "只删除这台设备上的副本。班长手机和学校服务器上的记录不变，可以再次导入。",
    no_file: "浏览器没能读取或生成文件。记录没有变，请再试一次。",
    aside: |n| {
        format!(
            "有 {n} 份上交打不开：是给另一台设备加密的，或者已损坏；其余的都读入了。请在当时接收的那台设备上打开，或请班长从“上交”导出备份发来，在这里导入。"
        )
    },
    failure: failure_zh,
};

fn failure_zh(failure: &Failure) -> &'static str {
    match failure {
        Failure::File(BackupError::Empty) => "文件是空的",
        Failure::File(BackupError::Foreign) => "不是无诈的备份文件；加密备份请先由班长用口令打开",
        Failure::File(BackupError::Truncated) => "文件不完整，可能没有传完",
        Failure::File(BackupError::Newer { .. }) => "由更新版本的无诈生成，请先更新",
        Failure::File(BackupError::TooLarge { .. }) => "文件太大，不像一个班的备份",
        Failure::File(BackupError::Damaged | BackupError::Line { .. } | BackupError::Write(_)) => {
            "文件损坏或被改动过"
        }
        Failure::NoClass => "里面没有班级",
        Failure::NoBook => "这个班已从这台设备移除，请返回总览。",
        Failure::NoRound => "这台设备上没有这一轮评定，请返回达标评定。",
        Failure::NoStudent => "这台设备上没有这个学号的记录。",
        Failure::Tables(_) => "台账没有生成。记录都在，请再试一次。",
        Failure::Disk(_) => {
            "浏览器没能读写这台设备上的数据，可能是空间不足或无痕窗口。班长那里的记录不受影响。"
        }
        Failure::OldLedger(error) => (super::old_ledgers::ZH.not_a_ledger)(*error),
        Failure::Broken(Broken::Cancelled) => "已取消",
        Failure::Broken(Broken::NotStarted(_)) => "程序没有下载完整，请连上网络重新打开一次。",
        Failure::Broken(Broken::Message(_)) => "程序新旧版本混在一起了，请重新载入页面。",
        Failure::Broken(Broken::Crashed(_)) => "处理时出错，可能是内存不够。请关掉其他页面再试。",
    }
}

pub(super) static EN: Overview = Overview {
    title: "Overview",
    desc: "How far each class is, those behind first; reads monitors' backups",
    lead: "The figures come from what classes handed in and from backups that you read in. They are kept on this device and need no network.",
    opening: "Opening…",
    nothing: "No classes yet",
    nothing_next: "Read in the backups that monitors sent you (several at once), receive by camera from a monitor beside you, or set up with an invitation to receive what classes hand in.",
    choose_files: "Read in files of classes",
    choose_hint: "The .wzb or the backup .zip that monitors save under “Hand in”, and old Excel ledgers, which are merged after a preview; several at once, or drop them here. What is there already is not counted twice.",
    update: "Open what is new",
    reading: |done, total| format!("Reading {done}/{total}"),
    taken: |new, known| match known {
        0 => format!("Classes brought up to date: {new}"),
        _ => format!("Classes brought up to date: {new}; nothing new in {known} more"),
    },
    server: "The school's server",
    nothing_new: "Nothing new",
    not_taken: |name, reason| format!("{name}: {reason}"),
    cancelled: "Cancelled; what was read is kept.",
    classes: "Classes",
    students: "Students",
    class: "Class",
    people: |n| format!("{n} students"),
    order: "Order",
    behind: |heading| format!("Behind in: {heading}"),
    by_name: "By name",
    department: "Department",
    grade: "Year",
    counsellor: "Counsellor",
    not_filled_in: "Not filled in",
    times: |n| n.to_string(),
    reached: |people, uncounted| match (people, uncounted) {
        (None, _) => "people not known".to_owned(),
        (Some(people), 0) => format!("{people} people"),
        (Some(people), uncounted) => format!("{people} people, {uncounted} not known"),
    },
    held_note: |held, classes| {
        let by = format!(
            "Activities: recorded in {} of {classes} classes",
            held.classes
        );
        match (held.known_people(), held.times) {
            (_, 0) => "Activities: no class has recorded any; how many is not known".to_owned(),
            (None, _) => format!("{by}; people not known"),
            (Some(people), times) => {
                format!(
                    "{by}; {people} people, known of {} of {times}",
                    held.counted
                )
            }
        }
    },
    all: "All",
    search: "Search classes",
    none_fits: "No class fits",
    shown: |shown, all| match shown == all {
        true => format!("{all} classes"),
        false => format!("{shown} of {all} classes"),
    },
    heading: |column| match column {
        Column::Registered => "Registered",
        Column::WarningOn => "Warnings on",
        Column::Pledge => "Pledge",
        Column::Notice => "Parents' slip",
        Column::QuizTaken => "Quiz taken",
        Column::QuizPassed => "Quiz passed",
        Column::Average => "Average",
        Column::DormsInspected => "Dorms inspected",
        Column::DormsMet => "Dorms that meet",
        Column::Activities => "Activities",
        Column::LastRecord => "Last record",
    },
    trend: "Registration by day",
    trend_note: "By the day on which the present status was written; a corrected one counts from its correction.",
    trend_said: |first, last, count, of| {
        format!("From {first} to {last} the registered rose to {count} of {of}")
    },
    by_department: "Departments",
    class_count: |n| match n {
        1 => "1 class".to_owned(),
        _ => format!("{n} classes"),
    },
    unknown: "not known",
    unknown_of: |n| format!("{n} not known"),
    table_note: "Share = met ÷ counted; what is not known is not 0. Each class's cut-off is its last record.",
    export: "Export the overview as Excel",
    tables: "Ledgers",
    changes: "Changes",
    changes_note: "Who changed what and when, the newest first, 500 at most. Monitors' private notes are not among them.",
    remove: "Remove from this device",
    remove_text: "Only the copy on this device is deleted. What is on the monitor's phone and on the school's server stays, and can be read in again.",
    no_file: "The browser could not read or make the file. The records are unchanged; please try again.",
    aside: |n| {
        format!(
            "Handed in, but cannot be opened here: {n}. They are sealed for another device, or damaged; all others were read. Open them on the device that received them, or ask the monitor for a backup from “Hand in” and read it in here."
        )
    },
    failure: failure_en,
};

fn failure_en(failure: &Failure) -> &'static str {
    match failure {
        Failure::File(BackupError::Empty) => "the file is empty",
        Failure::File(BackupError::Foreign) => {
            "not a backup of Wuzha; a sealed one is opened by the monitor first"
        }
        Failure::File(BackupError::Truncated) => "cut short; it may not have been sent whole",
        Failure::File(BackupError::Newer { .. }) => {
            "made by a newer version of Wuzha; please update"
        }
        Failure::File(BackupError::TooLarge { .. }) => "too large for the backup of a class",
        Failure::File(BackupError::Damaged | BackupError::Line { .. } | BackupError::Write(_)) => {
            "damaged or altered"
        }
        Failure::NoClass => "no class in it",
        Failure::NoBook => "This class was removed from this device; go back to the overview.",
        Failure::NoRound => "This round is not on this device; go back to the awards.",
        Failure::NoStudent => "Nothing about this student is on this device.",
        Failure::Tables(_) => "The ledgers were not made. The records are there; please try again.",
        Failure::Disk(_) => {
            "The browser could not read or write this device's data: no space, or a private window. What monitors have is untouched."
        }
        Failure::OldLedger(error) => (super::old_ledgers::EN.not_a_ledger)(*error),
        Failure::Broken(Broken::Cancelled) => "cancelled",
        Failure::Broken(Broken::NotStarted(_)) => {
            "The app is not here whole; connect to a network and open it again."
        }
        Failure::Broken(Broken::Message(_)) => {
            "Two versions of the app are mixed; reload the page."
        }
        Failure::Broken(Broken::Crashed(_)) => {
            "Something went wrong; memory may have run out. Close other pages and try again."
        }
    }
}
