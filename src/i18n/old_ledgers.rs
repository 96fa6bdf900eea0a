//! 旧台账: a college's spreadsheets, merged into the classes on the shelf with a preview.

use wuzha_core::book::ProfileField;
use wuzha_core::book::commands::Mark;
use wuzha_core::ident::IdentError;
use wuzha_core::old_ledger::{Counts, Fact, LeftOut, OldLedgerError, Why};
use wuzha_core::roster::{Field, Reason, RosterError};
use wuzha_files::ReadError;
use wuzha_jobs::{Broken, Failure};

/// The texts of the preview, and of what came of it.
pub(crate) struct OldLedgers {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// So many sheets were read, and wait in the preview.
    pub(crate) found: fn(sheets: usize) -> String,
    pub(crate) comparing: &'static str,
    /// So many classes on the shelf of so many.
    pub(crate) compared: fn(done: u32, total: u32) -> String,
    pub(crate) other_sheets: fn(names: &str) -> String,
    pub(crate) taken: fn(headings: &str) -> String,
    pub(crate) left_out: &'static str,
    pub(crate) why_left_out: fn(LeftOut) -> &'static str,
    pub(crate) class_name: &'static str,
    pub(crate) class_name_hint: &'static str,
    pub(crate) app_yes: &'static str,
    pub(crate) app_yes_hint: &'static str,
    pub(crate) yes_unknown: &'static str,
    pub(crate) yes_registered: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) students: fn(u32) -> String,
    pub(crate) merge_into: &'static str,
    pub(crate) new_class: &'static str,
    pub(crate) nowhere: &'static str,
    pub(crate) needs_name: &'static str,
    pub(crate) new: &'static str,
    pub(crate) filled: &'static str,
    pub(crate) differing: &'static str,
    pub(crate) same: &'static str,
    pub(crate) absent: &'static str,
    pub(crate) off_list: &'static str,
    pub(crate) differences: &'static str,
    pub(crate) keep_book: &'static str,
    pub(crate) take_ledger: &'static str,
    pub(crate) row: fn(u32) -> String,
    pub(crate) profile_field: fn(ProfileField) -> &'static str,
    pub(crate) fact: fn(&Fact) -> &'static str,
    pub(crate) mark: fn(Mark, bool) -> &'static str,
    /// People wrote different things.
    pub(crate) in_conflict: &'static str,
    pub(crate) fills: fn(fact: &str, to: &str) -> String,
    pub(crate) differs: fn(fact: &str, from: &str, to: &str) -> String,
    pub(crate) more_lines: fn(u32) -> String,
    pub(crate) absent_names: fn(count: u32, names: &str) -> String,
    pub(crate) unread: fn(u32) -> String,
    pub(crate) unread_line: fn(row: u32, heading: &str, text: &str, why: &str) -> String,
    pub(crate) why: fn(&Why) -> String,
    pub(crate) nothing_new: &'static str,
    pub(crate) merge: &'static str,
    pub(crate) merging: fn(done: u32, total: u32) -> String,
    /// So many new classes, so many with new records, so many records.
    pub(crate) merged: fn(made: usize, added_to: usize, records: u64) -> String,
    pub(crate) unchanged: fn(usize) -> String,
    pub(crate) cancelled: &'static str,
    pub(crate) put_away: &'static str,
    pub(crate) back: &'static str,
    pub(crate) not_a_ledger: fn(OldLedgerError) -> &'static str,
    /// Why a file cannot be read.
    pub(crate) failure: fn(&Failure) -> &'static str,
}

impl OldLedgers {
    /// How many students come to what.
    pub(crate) fn counts(&self, counts: Counts) -> Vec<(&'static str, u32)> {
        let all = [
            (self.new, counts.new),
            (self.filled, counts.filled),
            (self.differing, counts.differing),
            (self.same, counts.same),
            (self.absent, counts.absent),
        ];
        let off_list = (counts.off_list > 0).then_some((self.off_list, counts.off_list));
        all.into_iter().chain(off_list).collect()
    }
}

pub(super) static ZH: OldLedgers = OldLedgers {
    title: "旧台账合并预览",
    lead: "现在还没有写入。台账里不知道的，用表里写的补上；两边不一致的，默认保留现有记录；不删除任何人。没有列为“读取”的列不读、不保存。",
    found: |sheets| format!("读出 {sheets} 张旧台账，请看下面的预览，确认后再合并。"),
    comparing: "正在与各班比对…",
    compared: |done, total| format!("正在与各班比对 {done}/{total}"),
    other_sheets: |names| format!("这是无诈导出的台账，只读学生台账；其余的表不读：{names}。"),
    taken: |headings| format!("读取：{headings}"),
    left_out: "不读取",
    why_left_out: |why| match why {
        LeftOut::RunningNumber => "序号，不需要",
        LeftOut::IdentityCard => "身份证件，不保存",
        LeftOut::Contact => "联系方式，不保存",
        LeftOut::Bank => "银行账户，不保存",
        LeftOut::Address => "住址籍贯，不保存",
        LeftOut::Note => "备注，可能写有隐私，不保存",
        LeftOut::Score => "成绩，没有题卷和作答，不导入",
        LeftOut::Recorded => "登记人和时间，由合并时间代替",
        LeftOut::Spare => "与别的列重复，或单看不够明白",
        LeftOut::NotKnown => "认不出的列",
    },
    class_name: "这些学生是哪个班的",
    class_name_hint: "表里没有班级列。填上班级名，填好后按回车。",
    app_yes: "表中的“是”指已注册吗？",
    app_yes_hint: "表里只问有没有 APP，没有问是否注册。不清楚就不填，不会当作未注册。",
    yes_unknown: "不清楚，保持未知",
    yes_registered: "是，写“是”的都已注册",
    unnamed: "（没有班级名）",
    students: |n| format!("{n} 人"),
    merge_into: "合并到",
    new_class: "新建一个班",
    nowhere: "不合并这个班",
    needs_name: "先填上班级名，或选择要合并到的班。",
    new: "新增",
    filled: "补充",
    differing: "不一致",
    same: "相同",
    absent: "文件中没有",
    off_list: "已移出名单",
    differences: "不一致的",
    keep_book: "保留现有记录",
    take_ledger: "以旧台账为准",
    row: |row| format!("第 {row} 行"),
    profile_field: |field| match field {
        ProfileField::School => "学校",
        ProfileField::Department => "系部",
        ProfileField::Grade => "年级",
        ProfileField::Name => "班级名",
        ProfileField::CampaignStart => "活动开始",
        ProfileField::Counsellor => "辅导员",
    },
    fact: |fact| match fact {
        Fact::Name(_) => "姓名",
        Fact::Dorm(_) => "寝室",
        Fact::Status(_) => "APP 状态",
        Fact::Verification(_) => "核验方式",
        Fact::Reason(_) => "无法安装原因",
        Fact::Mark(Mark::Region, _) => "地区",
        Fact::Mark(Mark::Login, _) => "近期登录",
        Fact::Mark(Mark::Pledge, _) => "承诺书",
        Fact::Mark(Mark::Notice, _) => "家长回执",
    },
    mark: |mark, yes| match (mark, yes) {
        (Mark::Region, true) => "选对",
        (Mark::Region, false) => "选错",
        (Mark::Login, true) => "已登录",
        (Mark::Login, false) => "未登录",
        (Mark::Pledge, true) => "已签",
        (Mark::Pledge, false) => "未签",
        (Mark::Notice, true) => "已交",
        (Mark::Notice, false) => "未交",
    },
    in_conflict: "有冲突",
    fills: |fact, to| format!("{fact}：补上 {to}"),
    differs: |fact, from, to| format!("{fact}：现有 {from}，表里 {to}"),
    more_lines: |n| format!("另有 {n} 人没有逐一列出"),
    absent_names: |count, names| format!("班级里有、文件中没有的 {count} 人，都保留：{names}"),
    unread: |n| format!("没有读入的 {n} 处"),
    unread_line: |row, heading, text, why| match (heading, text) {
        (_, "") => format!("第 {row} 行 {heading}：{why}"),
        ("", _) => format!("第 {row} 行 “{text}”：{why}"),
        _ => format!("第 {row} 行 {heading} “{text}”：{why}"),
    },
    why: why_zh,
    nothing_new: "没有要合并的：表里写的，班级里都已有记录。",
    merge: "合并",
    merging: |done, total| format!("正在合并 {done}/{total}"),
    merged: |made, added_to, records| {
        format!("已合并：新建 {made} 个班，更新 {added_to} 个班，共写入 {records} 条记录。")
    },
    unchanged: |n| format!("另有 {n} 个班没有变化。"),
    cancelled: "已取消。合并完的班都保留，其余的没有写入；再导入一次可以接着合并，不会重复。",
    put_away: "不合并，返回总览",
    back: "返回总览",
    not_a_ledger: |error| match error {
        OldLedgerError::NoHeadings => "没有找到“学号”“姓名”这样的标题行，没有读入。",
        OldLedgerError::Roster(RosterError::Empty) => "标题行下面没有学生，没有读入。",
        OldLedgerError::Roster(RosterError::TooManyRows { .. }) => {
            "行数太多，没有读入。请按年级或系部拆开再导入。"
        }
        OldLedgerError::Roster(RosterError::NoNumberColumn) => {
            "没有学号列，没有读入。学生按学号辨认，请先补上学号。"
        }
        OldLedgerError::Roster(RosterError::NoNameColumn) => "没有姓名列，没有读入。",
    },
    failure: |failure| match failure {
        Failure::Read(error) => match error {
            ReadError::NotASpreadsheet => "不是表格文件，请另存为 .xlsx 再导入",
            ReadError::PasswordProtected => "有密码，请去掉密码另存一份",
            ReadError::Damaged(_) => "不完整或已损坏，请重新下载或另存一份",
            ReadError::Empty => "文件里没有内容",
            ReadError::TooManyRows { .. } => "行数太多，请按年级或系部拆开",
            ReadError::TooLarge { .. } => "文件太大，不像一份台账",
            ReadError::Encoding => "认不出文字编码，请另存为 .xlsx",
        },
        Failure::Broken(Broken::Cancelled) => "已取消",
        Failure::Broken(Broken::NotStarted(_)) => "程序没有下载完整，请连上网络重新打开一次",
        Failure::Broken(Broken::Message(_)) => "程序新旧版本混在一起了，请重新载入页面",
        Failure::Broken(Broken::Crashed(_)) | Failure::Backup(_) | Failure::Ledgers(_) => {
            "读不了：可能已损坏，或内存不够。请另存为 .xlsx 再试"
        }
    },
};

fn why_zh(why: &Why) -> String {
    match why {
        Why::Row(Reason::NotAStudent) => "合计、备注或重复的标题，不是学生".to_owned(),
        Why::Row(Reason::Duplicate { first }) => format!("与第 {first} 行重复，已取前一行"),
        Why::Row(Reason::Invalid { field, error }) => {
            let field = match field {
                Field::No => "学号",
                Field::Name => "姓名",
                Field::Dorm => "寝室",
            };
            match error {
                IdentError::Empty => format!("没有{field}"),
                IdentError::TooLong { max } => format!("{field}超过 {max} 个字"),
                IdentError::Scientific => {
                    "科学计数法，数字已丢失，请把这一列设为文本，填好再导入".to_owned()
                }
                IdentError::Character(c) => format!("{field}不能有“{c}”"),
                IdentError::Formula => "像是公式，请改成文字".to_owned(),
            }
        }
        Why::NoClass => "没有写班级".to_owned(),
        Why::NotUnderstood => "看不懂，当作未知".to_owned(),
        Why::NotEnough => "只看这一格不知道是否注册，当作未知".to_owned(),
        Why::Contradiction => "同一行里前后矛盾，当作未知".to_owned(),
    }
}

pub(super) static EN: OldLedgers = OldLedgers {
    title: "Old ledgers: preview",
    lead: "Nothing is written yet. What the file says fills what is not known; where both say something, what is recorded stays unless you choose otherwise; nobody is deleted. Columns that are not listed as read are not read and not kept.",
    found: |sheets| {
        format!("Old ledgers read: {sheets}. Look at the preview below before they are merged.")
    },
    comparing: "Comparing with the classes…",
    compared: |done, total| format!("Comparing with the classes {done}/{total}"),
    other_sheets: |names| {
        format!("A file of Wuzha's: its sheet of students is read, the others are not: {names}.")
    },
    taken: |headings| format!("Read: {headings}"),
    left_out: "Not read",
    why_left_out: |why| match why {
        LeftOut::RunningNumber => "a running number, not needed",
        LeftOut::IdentityCard => "identity cards are not kept",
        LeftOut::Contact => "contacts are not kept",
        LeftOut::Bank => "bank accounts are not kept",
        LeftOut::Address => "addresses are not kept",
        LeftOut::Note => "notes may be private and are not kept",
        LeftOut::Score => "scores without their papers are not taken over",
        LeftOut::Recorded => "who and when; replaced by the time of the merge",
        LeftOut::Spare => "says what another column says, or too little",
        LeftOut::NotKnown => "not known",
    },
    class_name: "Which class are these students in?",
    class_name_hint: "The file has no column for it. Type the class's name and press Enter.",
    app_yes: "Does “是” in the file mean registered?",
    app_yes_hint: "The file asks for the app only, not for the registration. Leave it unknown if you are not sure; it does not count as not registered.",
    yes_unknown: "Not sure, leave it unknown",
    yes_registered: "Yes, all of them had registered",
    unnamed: "(no class name)",
    students: |n| format!("{n} students"),
    merge_into: "Merge into",
    new_class: "A new class",
    nowhere: "Leave this class out",
    needs_name: "Type the class's name first, or choose the class to merge into.",
    new: "New",
    filled: "Filled in",
    differing: "Different",
    same: "The same",
    absent: "Not in the file",
    off_list: "Taken off the list",
    differences: "What differs",
    keep_book: "Keep what is recorded",
    take_ledger: "Take what the file says",
    row: |row| format!("row {row}"),
    profile_field: |field| match field {
        ProfileField::School => "School",
        ProfileField::Department => "Department",
        ProfileField::Grade => "Year",
        ProfileField::Name => "Class name",
        ProfileField::CampaignStart => "Start of the campaign",
        ProfileField::Counsellor => "Counsellor",
    },
    fact: |fact| match fact {
        Fact::Name(_) => "Name",
        Fact::Dorm(_) => "Dorm",
        Fact::Status(_) => "App status",
        Fact::Verification(_) => "How it was verified",
        Fact::Reason(_) => "Why it cannot be installed",
        Fact::Mark(Mark::Region, _) => "Region",
        Fact::Mark(Mark::Login, _) => "Logged in lately",
        Fact::Mark(Mark::Pledge, _) => "Pledge",
        Fact::Mark(Mark::Notice, _) => "Parents' slip",
    },
    mark: |mark, yes| match (mark, yes) {
        (Mark::Region, true) => "right",
        (Mark::Region, false) => "wrong",
        (Mark::Login, true) => "logged in",
        (Mark::Login, false) => "not logged in",
        (Mark::Pledge, true) => "signed",
        (Mark::Pledge, false) => "not signed",
        (Mark::Notice, true) => "returned",
        (Mark::Notice, false) => "not returned",
    },
    in_conflict: "in conflict",
    fills: |fact, to| format!("{fact}: {to} (was not known)"),
    differs: |fact, from, to| format!("{fact}: recorded {from}, in the file {to}"),
    more_lines: |n| format!("{n} more students are not listed one by one"),
    absent_names: |count, names| {
        format!("In the class and not in the file, all kept ({count}): {names}")
    },
    unread: |n| format!("Not taken over: {n}"),
    unread_line: |row, heading, text, why| match (heading, text) {
        (_, "") => format!("Row {row}, {heading}: {why}"),
        ("", _) => format!("Row {row}, “{text}”: {why}"),
        _ => format!("Row {row}, {heading} “{text}”: {why}"),
    },
    why: why_en,
    nothing_new: "There is nothing to merge: the classes have records of all of it.",
    merge: "Merge",
    merging: |done, total| format!("Merging {done}/{total}"),
    merged: |made, added_to, records| {
        format!(
            "Merged. New classes: {made}; classes brought up to date: {added_to}; records written: {records}."
        )
    },
    unchanged: |n| format!("Classes without changes: {n}."),
    cancelled: "Cancelled. Classes that were done are kept, nothing else was written. Read the files in again to go on; nothing is doubled.",
    put_away: "Do not merge, back to the overview",
    back: "Back to the overview",
    not_a_ledger: |error| match error {
        OldLedgerError::NoHeadings => "No headings like 学号 and 姓名 were found; not read.",
        OldLedgerError::Roster(RosterError::Empty) => "No students below the headings; not read.",
        OldLedgerError::Roster(RosterError::TooManyRows { .. }) => {
            "Too many rows; not read. Please split it by year or department."
        }
        OldLedgerError::Roster(RosterError::NoNumberColumn) => {
            "No student numbers, by which students are told apart; not read. Please add them."
        }
        OldLedgerError::Roster(RosterError::NoNameColumn) => "No column of names; not read.",
    },
    failure: |failure| match failure {
        Failure::Read(error) => match error {
            ReadError::NotASpreadsheet => "not a spreadsheet; save it as .xlsx first",
            ReadError::PasswordProtected => "has a password; save it without",
            ReadError::Damaged(_) => "damaged or cut short; download it again",
            ReadError::Empty => "empty",
            ReadError::TooManyRows { .. } => "too many rows; split it by year or department",
            ReadError::TooLarge { .. } => "too large for a ledger",
            ReadError::Encoding => "in an unknown encoding; save it as .xlsx",
        },
        Failure::Broken(Broken::Cancelled) => "cancelled",
        Failure::Broken(Broken::NotStarted(_)) => {
            "the app is not here whole; connect to a network and open it again"
        }
        Failure::Broken(Broken::Message(_)) => "two versions of the app are mixed; reload the page",
        Failure::Broken(Broken::Crashed(_)) | Failure::Backup(_) | Failure::Ledgers(_) => {
            "could not be read: damaged, or memory ran out. Save it as .xlsx and try again"
        }
    },
};

fn why_en(why: &Why) -> String {
    match why {
        Why::Row(Reason::NotAStudent) => {
            "a sum, a note or repeated headings, no student".to_owned()
        }
        Why::Row(Reason::Duplicate { first }) => {
            format!("the same as in row {first}, which was taken")
        }
        Why::Row(Reason::Invalid { field, error }) => {
            let field = match field {
                Field::No => "student number",
                Field::Name => "name",
                Field::Dorm => "dorm",
            };
            match error {
                IdentError::Empty => format!("no {field}"),
                IdentError::TooLong { max } => {
                    format!("the {field} is longer than {max} characters")
                }
                IdentError::Scientific => {
                    "scientific notation, digits are lost; set the column to text and fill it in again"
                        .to_owned()
                }
                IdentError::Character(c) => format!("“{c}” is not allowed in a {field}"),
                IdentError::Formula => "looks like a formula; please make it text".to_owned(),
            }
        }
        Why::NoClass => "no class is written".to_owned(),
        Why::NotUnderstood => "not understood; stays unknown".to_owned(),
        Why::NotEnough => "does not say whether registered; stays unknown".to_owned(),
        Why::Contradiction => "the row contradicts itself; stays unknown".to_owned(),
    }
}
