//! The first opening, making a class, the class list, and what a teacher needs to know.

use wuzha_core::ident::IdentError;
use wuzha_core::roster::{Field, Reason, RosterError};
use wuzha_files::ReadError;
use wuzha_jobs::{Broken, Failure};

use super::public::Step;

/// The first opening.
pub(crate) struct Start {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) choices: &'static str,
    pub(crate) monitor: &'static str,
    pub(crate) monitor_text: &'static str,
    pub(crate) student: &'static str,
    pub(crate) student_text: &'static str,
    pub(crate) teacher: &'static str,
    pub(crate) teacher_text: &'static str,
    pub(crate) help_text: &'static str,
    pub(crate) look_around: &'static str,
    pub(crate) look_around_failed: &'static str,
    pub(crate) example_stays: &'static str,
    pub(crate) restore: &'static str,
    pub(crate) wechat: &'static str,
}

/// Making a class, or correcting what it is called.
pub(crate) struct NewClass {
    pub(crate) title: &'static str,
    pub(crate) title_edit: &'static str,
    pub(crate) name: &'static str,
    pub(crate) name_placeholder: &'static str,
    pub(crate) name_missing: &'static str,
    pub(crate) school: &'static str,
    pub(crate) department: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) recorder: &'static str,
    pub(crate) recorder_hint: &'static str,
    pub(crate) recorder_default: &'static str,
    pub(crate) next: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) wechat_title: &'static str,
    pub(crate) wechat_text: &'static str,
    pub(crate) wechat_steps: &'static [&'static str],
    pub(crate) go_on: &'static str,
    pub(crate) not_kept: &'static str,
}

/// 导入花名册.
pub(crate) struct Import {
    pub(crate) title: &'static str,
    pub(crate) paste_label: &'static str,
    pub(crate) paste_hint: &'static str,
    pub(crate) sample: &'static str,
    pub(crate) sample_rows: &'static str,
    pub(crate) use_sample: &'static str,
    pub(crate) read: &'static str,
    pub(crate) nothing_pasted: &'static str,
    pub(crate) file: &'static str,
    pub(crate) file_kinds: &'static str,
    pub(crate) reading: fn(name: &str) -> String,
    pub(crate) rows_read: fn(done: u32, total: u32) -> String,
    pub(crate) by_hand: &'static str,
    pub(crate) only_what_is_needed: &'static str,
    pub(crate) from: fn(source: &str, rows: usize) -> String,
    pub(crate) pasted_text: &'static str,
    pub(crate) sheet: fn(name: &str, sheet: &str) -> String,
    pub(crate) other_sheets: fn(names: &str) -> String,
    pub(crate) back_to_source: &'static str,
    pub(crate) columns: &'static str,
    pub(crate) columns_hint: &'static str,
    pub(crate) header_row: &'static str,
    pub(crate) no_header: &'static str,
    pub(crate) row: fn(number: u32) -> String,
    pub(crate) building_or_dorm: &'static str,
    pub(crate) room: &'static str,
    pub(crate) no_column: &'static str,
    pub(crate) column: fn(letter: &str, sample: &str) -> String,
    pub(crate) field: fn(Field) -> &'static str,
    pub(crate) preview: &'static str,
    pub(crate) added: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) same: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) changed_name: fn(from: &str, to: &str) -> String,
    pub(crate) changed_dorm: fn(from: &str, to: &str) -> String,
    pub(crate) no_dorm: &'static str,
    pub(crate) reason: fn(row: u32, &Reason) -> String,
    pub(crate) more: fn(left: usize) -> String,
    pub(crate) same_names: fn(name: &str, nos: &str) -> String,
    pub(crate) missing: fn(n: usize) -> String,
    pub(crate) nothing_new: &'static str,
    pub(crate) to_students: &'static str,
    pub(crate) import: fn(n: usize) -> String,
    pub(crate) imported: fn(n: usize) -> String,
    pub(crate) not_imported: &'static str,
    pub(crate) roster_error: fn(RosterError) -> String,
    pub(crate) failure: fn(&Failure) -> String,
}

/// What a teacher needs to know.
pub(crate) struct Teacher {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) files: &'static str,
    pub(crate) files_steps: &'static [Step],
    pub(crate) check: &'static str,
    pub(crate) check_steps: &'static [Step],
    pub(crate) privacy: &'static str,
    pub(crate) privacy_points: &'static [&'static str],
    pub(crate) later: &'static str,
    pub(crate) links: &'static str,
}

pub(super) static ZH: Start = Start {
    title: "防骗，从这里开始",
    lead: "不用注册，没有网络也能用。数据存在这台手机上，交给谁由您决定。",
    choices: "请选择您的身份",
    monitor: "我是班长 / 班干部",
    monitor_text: "建班级、登记、检查寝室、组织测验、导出台账",
    student: "我是学生",
    student_text: "安装国家反诈中心 APP，完成实名注册",
    teacher: "我是老师",
    teacher_text: "看看班级会交来哪些文件，怎么打开",
    help_text: "先止付，再报警：最初几分钟做什么",
    look_around: "先看看（示例班级）",
    look_around_failed: "示例班级没能打开，您的数据没有受影响。请连上网络再试一次。",
    example_stays: "示例没有删掉。请再试一次，您自己的班级没有受影响。",
    restore: "从备份恢复",
    wechat: "在微信里打开，数据可能被清理。请点右上角 ··· → 在浏览器打开。",
};

pub(super) static CLASS_ZH: NewClass = NewClass {
    title: "建班级",
    title_edit: "班级信息",
    name: "班级名",
    name_placeholder: "例如 软件2101班",
    name_missing: "请填写班级名。",
    school: "学校",
    department: "系部",
    grade: "年级",
    optional: "选填",
    recorder: "记录人",
    recorder_hint: "写在台账的“核验人”一栏，写职务就行。",
    recorder_default: "班长",
    next: "下一步：导入花名册",
    saved: "班级信息已保存",
    wechat_title: "请换浏览器再建班级",
    wechat_text: "微信清理缓存时，会把登记的数据一起删掉。",
    wechat_steps: &[
        "点右上角的 ···",
        "选“在浏览器打开”",
        "在浏览器里重新点“我是班长”",
    ],
    go_on: "我知道风险，仍在这里继续",
    not_kept: "浏览器还没有答应长期保存数据：空间紧张时，它可能清理网站数据。可以继续，请每天导出一次备份；装到桌面更稳妥。",
};

pub(super) static IMPORT_ZH: Import = Import {
    title: "导入花名册",
    paste_label: "粘贴名单",
    paste_hint: "在 Excel、WPS 或微信里复制名单，粘贴到这里。一行一人，要有学号和姓名，最好有寝室。",
    sample: "格式示例",
    sample_rows: "学号\t姓名\t寝室\nSL210101\t示例张三\t3-301\nSL210102\t示例李四\t3-301",
    use_sample: "填入示例看看",
    read: "读取名单",
    nothing_pasted: "还没有粘贴内容。请先复制名单，再粘贴到上面的框里。",
    file: "选择文件",
    file_kinds: ".xlsx、.xls、.csv 或 .txt；文件只在本机读取，不上传",
    reading: |name| format!("正在读取 {name}"),
    rows_read: |done, total| format!("已读 {done} / {total} 行"),
    by_hand: "手动添加",
    only_what_is_needed: "只用学号、姓名、寝室，其他列不会读入。",
    from: |source, rows| format!("{source}，共 {rows} 行"),
    pasted_text: "粘贴的内容",
    sheet: |name, sheet| format!("{name} 的“{sheet}”表"),
    other_sheets: |names| format!("没有读取的表：{names}。需要的话，请在表格里复制后粘贴。"),
    back_to_source: "返回修改",
    columns: "认出的列",
    columns_hint: "认错了可以改。",
    header_row: "标题行",
    no_header: "没有标题行",
    row: |number| format!("第 {number} 行"),
    building_or_dorm: "寝室（或楼栋）",
    room: "房间（另在一列时）",
    no_column: "没有",
    column: |letter, sample| match sample {
        "" => format!("{letter} 列"),
        sample => format!("{letter} 列：{sample}"),
    },
    field: |field| match field {
        Field::No => "学号",
        Field::Name => "姓名",
        Field::Dorm => "寝室",
    },
    preview: "预览",
    added: "新增",
    changed: "变更",
    same: "不变",
    refused: "拒绝",
    changed_name: |from, to| format!("姓名 {from} → {to}"),
    changed_dorm: |from, to| format!("寝室 {from} → {to}"),
    no_dorm: "（无）",
    reason: reason_zh,
    more: |left| format!("再显示一些（还有 {left} 行）"),
    same_names: |name, nos| format!("同名：{name}（学号 {nos}）。确是两个人就不用管。"),
    missing: |n| format!("{n} 人已在班级里，这份名单没有；不会删除"),
    nothing_new: "没有要导入的内容：名单和班级里的一样，或各行都被拒绝。",
    to_students: "去学生名单",
    import: |n| format!("导入 {n} 人"),
    imported: |n| format!("已导入 {n} 人"),
    not_imported: "没有导入，班级里的记录没有变，名单也还在这里。",
    roster_error: |error| match error {
        RosterError::Empty => {
            "标题行下面没有学生。请检查“标题行”选得对不对，或返回重新复制整张表。".to_owned()
        }
        RosterError::TooManyRows { found, max } => format!(
            "共 {found} 行，一次最多 {max} 行，像是选错了文件。什么都没有导入。请只复制本班的行。"
        ),
        RosterError::NoNumberColumn => {
            "没有认出学号列。请在上面选择哪一列是学号；名单里没有学号就先补上。".to_owned()
        }
        RosterError::NoNameColumn => "没有认出姓名列。请在上面选择哪一列是姓名。".to_owned(),
    },
    failure: |failure| format!("{}班级里的记录没有变。", failure_zh(failure)),
};

fn reason_zh(row: u32, reason: &Reason) -> String {
    let field = |field| (IMPORT_ZH.field)(field);
    match reason {
        Reason::NotAStudent => format!("第 {row} 行：合计、备注或重复的标题，不是学生"),
        Reason::Duplicate { first } => format!("第 {row} 行 学号：与第 {first} 行重复，已取前一行"),
        Reason::Invalid { field: at, error } => {
            format!("第 {row} 行 {}：{}", field(*at), ident_zh(error))
        }
    }
}

fn ident_zh(error: &IdentError) -> String {
    match error {
        IdentError::Empty => "空着，请补上".to_owned(),
        IdentError::TooLong { max } => format!("超过 {max} 个字，请检查是不是选错了列"),
        IdentError::Scientific => "科学计数法，数字已丢失，请把这一列设为文本后重新复制".to_owned(),
        IdentError::Character(c) => format!("不能有“{c}”，请检查是不是选错了列"),
        IdentError::Formula => "像是公式，请改成文字".to_owned(),
    }
}

fn failure_zh(failure: &Failure) -> &'static str {
    match failure {
        Failure::Read(error) => match error {
            ReadError::NotASpreadsheet => {
                "这不是表格文件。请选 .xlsx、.xls、.csv 或 .txt；其他表格请先另存为 .xlsx，或复制后粘贴。"
            }
            ReadError::PasswordProtected => {
                "这个文件有密码。请在表格里去掉密码另存一份，或打开后复制、粘贴。"
            }
            ReadError::Damaged(_) => {
                "文件不完整或已损坏。请重新下载或另存一份；能打开的话，也可以复制后粘贴。"
            }
            ReadError::Empty => "文件里没有内容。请检查是不是选错了文件。",
            ReadError::TooManyRows { .. } => "行数太多，像是选错了文件。请只保留本班的行。",
            ReadError::TooLarge { .. } => {
                "文件太大，像是选错了文件。请只保留本班的名单，或复制后粘贴。"
            }
            ReadError::Encoding => {
                "认不出文字编码。请在表格里另存为“CSV UTF-8”或 .xlsx，或复制后粘贴。"
            }
        },
        Failure::Broken(Broken::Cancelled) => "已取消。",
        Failure::Broken(Broken::NotStarted(_)) => {
            "读文件的程序没能启动。请连上网络重新打开一次，或改用“粘贴”。"
        }
        Failure::Broken(Broken::Message(_)) => {
            "程序新旧版本混在一起了。请重新载入页面后再试，或改用“粘贴”。"
        }
        Failure::Broken(Broken::Crashed(_)) | Failure::Backup(_) | Failure::Ledgers(_) => {
            "读不了这个文件：可能已损坏，或内存不够。记录没有变。请用 Excel 或 WPS 另存为 .xlsx 再试，或改用“粘贴”。"
        }
    }
}

pub(super) static TEACHER_ZH: Teacher = Teacher {
    title: "给老师",
    lead: "班长在自己的手机上登记，导出后把文件发给您。您不用安装、不用注册。",
    files: "班级会交来的文件",
    files_steps: &[
        Step {
            title: "上交文件（.wzb），或当面扫码",
            text: "班级用您的邀请码开通后，在“上交”里存下加密文件发给您，或在手机上亮出二维码给您扫。在“总览”打开，只有您和您的上级能解开。",
        },
        Step {
            title: "备份（.zip）",
            text: "没有邀请码时，班长可以把备份当面交给您，导入“总览”。里面有备注等内部记录，只交给负责的老师，不发到群里，用完删除。",
        },
        Step {
            title: "Excel 台账",
            text: "例如“软件2101班_反诈台账_2021-12-26.xlsx”。含汇总、学生台账、寝室检查、班级检查、测验成绩、活动、题目分析和说明，用 Excel 或 WPS 打开，可直接打印；需要导入其他系统的，另有 CSV。",
        },
    ],
    check: "怎么看",
    check_steps: &[
        Step {
            title: "先看“汇总”",
            text: "注册率、测验合格率、寝室达标率都写成 几人/共几人，并写明截至时间。",
        },
        Step {
            title: "再看“说明”",
            text: "每个数怎么数、哪些人另列（无法安装并有原因、本人不同意），都写在里面。没登记的算“未知”，不算不合格。",
        },
        Step {
            title: "达标条件请学校定",
            text: "现在的“无诈寝室”“无诈班级”条件是示例，请学校核实。",
        },
    ],
    privacy: "隐私",
    privacy_points: &[
        "班级数据存在班长的手机上。用邀请码上交的内容先加密，服务器看不到姓名、学号和答案。",
        "名单只有学号、姓名、寝室；不收身份证号、手机号、卡号。",
        "班长写的备注不会出现在台账里。",
        "收到台账后，请按学校规定保管，用完删除。",
    ],
    later: "没有学校服务器时，靠文件上交；有服务器时，在“我的班级”邀请班级，记录会加密上交。",
    links: "给学生看的",
};

pub(super) static EN: Start = Start {
    title: "Keep fraud out, starting here",
    lead: "No account needed. Works without a network. Data is on this phone; you decide who gets it.",
    choices: "Who are you?",
    monitor: "I am a class monitor",
    monitor_text: "Make a class, record, inspect dorms, set quizzes, export the ledger",
    student: "I am a student",
    student_text: "Install the 国家反诈中心 app and register",
    teacher: "I am a teacher",
    teacher_text: "See which files classes hand in, and how to open them",
    help_text: "Stop the payment, call the police: the first minutes",
    look_around: "Look around (example class)",
    look_around_failed: "The example class could not be opened. Your data is not affected. Connect to a network and try again.",
    example_stays: "The example was not removed. Please try again; your own class is not affected.",
    restore: "Restore from a backup",
    wechat: "Inside WeChat, data may be cleared. Tap ··· at the top right, then “Open in browser”.",
};

pub(super) static CLASS_EN: NewClass = NewClass {
    title: "New class",
    title_edit: "About the class",
    name: "Class",
    name_placeholder: "e.g. 软件2101班",
    name_missing: "Please enter the name of the class.",
    school: "School",
    department: "Faculty",
    grade: "Year",
    optional: "optional",
    recorder: "Recorder",
    recorder_hint: "Shown as “verified by” in the ledger. The role is enough.",
    recorder_default: "班长",
    next: "Next: import the class list",
    saved: "Class saved",
    wechat_title: "Please use a browser for a class",
    wechat_text: "When WeChat clears its cache, it deletes what you have recorded.",
    wechat_steps: &[
        "Tap ··· at the top right",
        "Choose “Open in browser”",
        "Tap “I am a class monitor” again there",
    ],
    go_on: "I know the risk, go on here",
    not_kept: "The browser has not promised to keep data: when space runs out it may clear sites. You can go on; please export a backup every day. Installing the app makes it safer.",
};

pub(super) static IMPORT_EN: Import = Import {
    title: "Import the class list",
    paste_label: "Paste the list",
    paste_hint: "Copy the list in Excel, WPS or WeChat and paste it here. One student a line, with student number and name, and the dorm if you have it.",
    sample: "Example of the format",
    sample_rows: "学号\t姓名\t寝室\nSL210101\t示例张三\t3-301\nSL210102\t示例李四\t3-301",
    use_sample: "Fill in the example",
    read: "Read the list",
    nothing_pasted: "Nothing pasted yet. Copy the list first, then paste it into the box above.",
    file: "Choose a file",
    file_kinds: ".xlsx, .xls, .csv or .txt; read on this phone, never uploaded",
    reading: |name| format!("Reading {name}"),
    rows_read: |done, total| format!("{done} of {total} rows read"),
    by_hand: "Add by hand",
    only_what_is_needed: "Only number, name and dorm are taken; other columns are not read.",
    from: |source, rows| format!("{source}, {rows} rows"),
    pasted_text: "Pasted text",
    sheet: |name, sheet| format!("Sheet “{sheet}” of {name}"),
    other_sheets: |names| {
        format!("Sheets not read: {names}. Copy and paste them if you need them.")
    },
    back_to_source: "Back to the list",
    columns: "Columns found",
    columns_hint: "Correct them if they are wrong.",
    header_row: "Heading row",
    no_header: "No heading row",
    row: |number| format!("Row {number}"),
    building_or_dorm: "Dorm (or building)",
    room: "Room (if in another column)",
    no_column: "None",
    column: |letter, sample| match sample {
        "" => format!("Column {letter}"),
        sample => format!("Column {letter}: {sample}"),
    },
    field: |field| match field {
        Field::No => "Student number",
        Field::Name => "Name",
        Field::Dorm => "Dorm",
    },
    preview: "Preview",
    added: "New",
    changed: "Changed",
    same: "Unchanged",
    refused: "Refused",
    changed_name: |from, to| format!("Name {from} → {to}"),
    changed_dorm: |from, to| format!("Dorm {from} → {to}"),
    no_dorm: "(none)",
    reason: reason_en,
    more: |left| format!("Show more ({left} rows left)"),
    same_names: |name, nos| {
        format!("Same name: {name} (numbers {nos}). Fine if they are two persons.")
    },
    missing: |n| format!("{n} of the class are not in this list; they will not be deleted"),
    nothing_new: "Nothing to import: the list is what the class has already, or every row is refused.",
    to_students: "To the students",
    import: |n| format!("Import {n}"),
    imported: |n| format!("{n} imported"),
    not_imported: "Nothing was imported; the class is unchanged and the list is still here.",
    roster_error: |error| {
        match error {
        RosterError::Empty => {
            "No student below the heading row. Check the heading row, or go back and copy the whole table.".to_owned()
        }
        RosterError::TooManyRows { found, max } => format!(
            "{found} rows, at most {max} at once: this looks like the wrong file. Nothing was imported. Copy only the rows of your class."
        ),
        RosterError::NoNumberColumn => {
            "No column of student numbers was found. Choose it above; if the list has none, add it first.".to_owned()
        }
        RosterError::NoNameColumn => {
            "No column of names was found. Choose it above.".to_owned()
        }
    }
    },
    failure: |failure| format!("{} The class is unchanged.", failure_en(failure)),
};

fn reason_en(row: u32, reason: &Reason) -> String {
    match reason {
        Reason::NotAStudent => format!("Row {row}: a sum, a note or repeated headings, no student"),
        Reason::Duplicate { first } => {
            format!("Row {row}, student number: the same as in row {first}, which was taken")
        }
        Reason::Invalid { field, error } => {
            let field = (IMPORT_EN.field)(*field).to_lowercase();
            format!("Row {row}, {field}: {}", ident_en(error))
        }
    }
}

fn ident_en(error: &IdentError) -> String {
    match error {
        IdentError::Empty => "empty, please fill it in".to_owned(),
        IdentError::TooLong { max } => {
            format!("longer than {max} characters; is it the right column?")
        }
        IdentError::Scientific => {
            "scientific notation, digits are lost; set the column to text and copy again".to_owned()
        }
        IdentError::Character(c) => format!("“{c}” is not allowed; is it the right column?"),
        IdentError::Formula => "looks like a formula; please make it text".to_owned(),
    }
}

fn failure_en(failure: &Failure) -> &'static str {
    match failure {
        Failure::Read(error) => match error {
            ReadError::NotASpreadsheet => {
                "This is not a spreadsheet. Choose .xlsx, .xls, .csv or .txt; save others as .xlsx first, or copy and paste."
            }
            ReadError::PasswordProtected => {
                "The file has a password. Save a copy without it, or open it, copy and paste."
            }
            ReadError::Damaged(_) => {
                "The file is incomplete or damaged. Download or save it again; if it opens, copy and paste."
            }
            ReadError::Empty => "The file is empty. Is it the right one?",
            ReadError::TooManyRows { .. } => {
                "Too many rows: this looks like the wrong file. Keep only the rows of your class."
            }
            ReadError::TooLarge { .. } => {
                "The file is too large: this looks like the wrong one. Keep only the class list, or copy and paste."
            }
            ReadError::Encoding => {
                "The text's encoding is unknown. Save it as “CSV UTF-8” or .xlsx, or copy and paste."
            }
        },
        Failure::Broken(Broken::Cancelled) => "Cancelled.",
        Failure::Broken(Broken::NotStarted(_)) => {
            "The file reader did not start. Connect to a network and open the app again, or paste the list."
        }
        Failure::Broken(Broken::Message(_)) => {
            "Two versions of the app are mixed. Reload the page and try again, or paste the list."
        }
        Failure::Broken(Broken::Crashed(_)) | Failure::Backup(_) | Failure::Ledgers(_) => {
            "This file could not be read: it may be damaged, or memory ran out. Your records have not changed. Save it as .xlsx with Excel or WPS and try again, or paste the list."
        }
    }
}

pub(super) static TEACHER_EN: Teacher = Teacher {
    title: "For teachers",
    lead: "Class monitors record on their own phones and send you the exported files. You install nothing and need no account.",
    files: "What classes hand in",
    files_steps: &[
        Step {
            title: "Hand-in file (.wzb), or codes face to face",
            text: "A class that you invited saves a sealed file under “Hand in” and sends it, or shows codes that you scan. Open it in the overview; only you and those above you can.",
        },
        Step {
            title: "Backup (.zip)",
            text: "Without an invitation a monitor may hand you the backup in person, for the overview. It holds internal notes: for the teacher in charge only, never into a group chat, deleted afterwards.",
        },
        Step {
            title: "Excel ledger",
            text: "For example “软件2101班_反诈台账_2021-12-26.xlsx”: summary, students, dorms, class checklist, quiz results, activities, item analysis and notes. Open it in Excel or WPS; it is ready to print. CSV exists for whoever imports it elsewhere.",
        },
    ],
    check: "How to read them",
    check_steps: &[
        Step {
            title: "Summary first",
            text: "Registered, passed and dorms on target are given as n of m, with the time until which they count.",
        },
        Step {
            title: "Then the notes",
            text: "They say how each number is counted and who is listed apart (cannot install and said why, declines). Not recorded means unknown, not failed.",
        },
        Step {
            title: "The school sets the conditions",
            text: "The conditions for a fraud-free dorm or class are examples, to be confirmed by the school.",
        },
    ],
    privacy: "Privacy",
    privacy_points: &[
        "A class's data is on its monitor's phone. What is handed in with an invitation is encrypted first; the server sees no names, student numbers or answers.",
        "The list holds number, name and dorm; no identity card, phone or bank card numbers.",
        "The monitor's notes never appear in a ledger.",
        "Please keep ledgers as your school requires, and delete them after use.",
    ],
    later: "Without a school's server, files are handed in. With one, invite classes under “My classes”, and records arrive encrypted.",
    links: "For your students",
};
