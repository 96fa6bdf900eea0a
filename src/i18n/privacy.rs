//! 个人信息: how long classes are kept, one student's records, erasing.

use wuzha_core::retention::ErasureReason;

/// The texts of keeping and erasing.
pub(crate) struct Privacy {
    pub(crate) title: &'static str,
    pub(crate) desc: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) unit_hint: &'static str,
    pub(crate) keeping: &'static str,
    pub(crate) months: &'static str,
    pub(crate) rule: fn(end: &str, months: u8) -> String,
    pub(crate) not_months: fn(max: u8) -> String,
    pub(crate) none_due: fn(classes: u32) -> String,
    pub(crate) due: &'static str,
    pub(crate) due_line: fn(since: &str, students: u32, records: u32) -> String,
    pub(crate) unnamed: &'static str,
    pub(crate) clear: &'static str,
    pub(crate) all: fn(classes: usize) -> String,
    pub(crate) unit_first: &'static str,
    /// With the names of the classes.
    pub(crate) clear_text: fn(classes: &[String], students: u32, records: u32) -> String,
    pub(crate) clearing: &'static str,
    pub(crate) student: &'static str,
    pub(crate) student_note: &'static str,
    pub(crate) no: &'static str,
    pub(crate) not_a_no: &'static str,
    pub(crate) find: &'static str,
    pub(crate) finding: fn(done: u32, total: u32) -> String,
    pub(crate) not_found: &'static str,
    pub(crate) found: &'static str,
    pub(crate) holding: fn(records: u32, mentions: u32) -> String,
    pub(crate) export: fn(class: &str) -> String,
    pub(crate) erase: &'static str,
    pub(crate) erase_text: fn(no: &str, classes: usize) -> String,
    pub(crate) earlier: &'static str,
    pub(crate) no_earlier: &'static str,
    pub(crate) erasure: fn(ErasureReason, classes: u32, students: u32, records: u32) -> String,
    pub(crate) certificate: &'static str,
    pub(crate) certificate_note: &'static str,
    pub(crate) print: &'static str,
    pub(crate) export_certificate: &'static str,
    pub(crate) back: &'static str,
}

pub(super) static ZH: Privacy = Privacy {
    title: "个人信息",
    desc: "到期清除，学生查阅或删除本人的记录",
    lead: "记录只保存到用完为止；学生（未成年人的监护人）可以要求查阅、复制和删除本人的记录。",
    unit: "清除单位",
    unit_hint: "写在清除证明上，例如系部或学校",
    keeping: "到期清除",
    months: "活动结束后保存几个月",
    rule: |end, months| {
        format!(
            "活动 {end} 结束，之后保存 {months} 个月（示例，请学校核定）；还在记录的班，从最后一条记录算起。"
        )
    },
    not_months: |max| format!("月数请填 1 到 {max}。"),
    none_due: |classes| format!("这台设备上有 {classes} 个班，没有到期的。"),
    due: "到期的班级",
    due_line: |since, students, records| {
        format!("{since} 到期，学生 {students} 人，记录 {records} 条")
    },
    unnamed: "未写班名的班",
    clear: "清除所选",
    all: |classes| format!("全选（{classes} 个班）"),
    unit_first: "请先填写清除单位，它写在清除证明上。",
    clear_text: |classes, students, records| {
        let (first, count) = (first(classes, "、"), classes.len());
        format!(
            "从这台设备清除 {first} 共 {count} 个班的台账：学生 {students} 人，记录 {records} 条。清除后不能恢复。这台设备收到的密文、班级手机、学校服务器、其他老师的设备和导出的文件，须分别清除。"
        )
    },
    clearing: "正在清除…",
    student: "学生本人的记录",
    student_note: "按学号在所有班里查找。导出的文件只有本人，其他同学已换成“某同学”，请当面交给本人。",
    no: "学号",
    not_a_no: "这不像学号，请再看一遍。",
    find: "查找",
    finding: |done, total| format!("正在逐班处理 {done}/{total}"),
    not_found: "这台设备上没有这个学号的记录。",
    found: "有记录的班级",
    holding: |records, mentions| match mentions {
        0 => format!("关于本人的记录 {records} 条"),
        _ => format!("关于本人的记录 {records} 条，另有 {mentions} 处文字提到本人"),
    },
    export: |class| format!("导出本人资料（{class}）"),
    erase: "删除本人资料",
    erase_text: |no, classes| {
        format!(
            "从 {classes} 个班的台账里删除 {no} 的全部记录，其他文字里的姓名和学号换成“某同学”。删除后不能恢复，再次导入同一份文件也不会回来。请让班长先在手机上删除：手机以后新写的会再传来。"
        )
    },
    earlier: "清除记录",
    no_earlier: "还没有清除过。",
    erasure: |reason, classes, students, records| {
        let reason = match reason {
            ErasureReason::Expired => "到期",
            ErasureReason::Requested => "学生请求",
        };
        format!("{reason}：{classes} 个班，学生 {students} 人，记录 {records} 条")
    },
    certificate: "清除证明",
    certificate_note: "已清除。请现在打印或存成文件：这台设备只留下编号和数字，不留班名。",
    print: "打印证明",
    export_certificate: "导出证明 Word",
    back: "返回个人信息",
};

pub(super) static EN: Privacy = Privacy {
    title: "Personal data",
    desc: "What is kept too long; a student's own records, to be read or erased",
    lead: "Records are kept as long as they serve their purpose. Students (for minors, their guardians) may ask to read, copy and erase their own.",
    unit: "Erased by",
    unit_hint: "Stands on the certificate: a department, the school",
    keeping: "Kept long enough",
    months: "Months kept after the campaign",
    rule: |end, months| {
        format!(
            "The campaign ended on {end}; classes are kept for {months} months after it (an example, to be confirmed by the school), or after their last record where that is later."
        )
    },
    not_months: |max| format!("Please give 1 to {max} months."),
    none_due: |classes| format!("Classes on this device: {classes}; none has been kept too long."),
    due: "Classes due",
    due_line: |since, students, records| {
        format!("Due since {since}; students: {students}, records: {records}")
    },
    unnamed: "A class without a name",
    clear: "Erase those chosen",
    all: |classes| format!("All {classes} classes"),
    unit_first: "Say first who erases: it stands on the certificate.",
    clear_text: |classes, students, records| {
        let (first, count) = (first(classes, ", "), classes.len());
        format!(
            "Erases the ledgers of {first} ({count} classes in all) from this device: {students} students, {records} records. This cannot be undone. What this device received sealed, the classes' phones, the school's server, other teachers' devices and exported files are erased apart."
        )
    },
    clearing: "Erasing…",
    student: "A student's own records",
    student_note: "Looks in all classes. The file has that student alone, the others in its texts are taken out; please hand it over in person.",
    no: "Student number",
    not_a_no: "That does not look like a student number.",
    find: "Find",
    finding: |done, total| format!("Class by class {done}/{total}"),
    not_found: "Nothing about this student is on this device.",
    found: "Classes with records",
    holding: |records, mentions| match mentions {
        0 => format!("Records about the student: {records}"),
        _ => format!("Records about the student: {records}; mentioned in {mentions} other texts"),
    },
    export: |class| format!("Export this student's data ({class})"),
    erase: "Erase this student",
    erase_text: |no, classes| {
        format!(
            "Erases all records of {no} from the ledgers of {classes} classes, and takes name and number out of other texts. This cannot be undone, and reading in the same file does not bring them back. Please have the monitor erase them on the phone first: what it writes later will come again."
        )
    },
    earlier: "Erased before",
    no_earlier: "Nothing has been erased yet.",
    erasure: |reason, classes, students, records| {
        let reason = match reason {
            ErasureReason::Expired => "Kept long enough",
            ErasureReason::Requested => "On request",
        };
        format!("{reason}: classes {classes}, students {students}, records {records}")
    },
    certificate: "Certificate of erasure",
    certificate_note: "Erased. Please print it or save it now: this device keeps the number and the figures, and no names of classes.",
    print: "Print the certificate",
    export_certificate: "Export the certificate as Word",
    back: "Back to personal data",
};

/// So many names are read in a question.
const NAMED: usize = 5;

fn first(names: &[String], comma: &str) -> String {
    let more = if names.len() > NAMED { "…" } else { "" };
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    format!("{}{more}", first.join(comma))
}
