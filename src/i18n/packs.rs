//! 学校配置: what a school changes of the content, published and taken over.

use wuzha_core::pack::sheets::{SheetFault, WrongCell};
use wuzha_core::pack::{
    Change, Field, Level, Measure, PackFault, PackFile, Part, SchoolTextError, Scope, Test, What,
    Wrong,
};
use wuzha_jobs::courier::{Judgement, SchoolPackError};

/// The texts of the school's pack.
pub(crate) struct Packs {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) shipped: &'static str,
    pub(crate) in_use: fn(time: &str) -> String,
    pub(crate) taken_over: &'static str,
    pub(crate) receive: &'static str,
    pub(crate) receive_hint: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) choose_hint: &'static str,
    pub(crate) scan: &'static str,
    pub(crate) ask_server: &'static str,
    pub(crate) none_published: &'static str,
    pub(crate) offered: fn(time: &str, issuer: &str) -> String,
    pub(crate) judgement: fn(Judgement) -> &'static str,
    pub(crate) take_over: &'static str,
    pub(crate) no_changes: &'static str,
    pub(crate) changes: fn(usize) -> String,
    pub(crate) change: fn(&Change) -> String,
    pub(crate) fault: fn(&PackFault) -> String,
    pub(crate) sheet_fault: fn(&SheetFault) -> String,
    pub(crate) faulty: &'static str,
    pub(crate) not_a_pack: fn(&SchoolPackError) -> &'static str,
    pub(crate) no_content: &'static str,
    pub(crate) edit: &'static str,
    pub(crate) edit_desc: &'static str,
    pub(crate) edit_lead: &'static str,
    pub(crate) draft: &'static str,
    pub(crate) discard: &'static str,
    pub(crate) school: &'static str,
    pub(crate) name: &'static str,
    pub(crate) region: &'static str,
    pub(crate) region_hint: &'static str,
    pub(crate) office: &'static str,
    pub(crate) officer: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) mail: &'static str,
    pub(crate) contacts_hint: &'static str,
    pub(crate) code: &'static str,
    pub(crate) code_hint: &'static str,
    pub(crate) code_domain: fn(&str) -> String,
    pub(crate) code_name: &'static str,
    pub(crate) code_picture: &'static str,
    pub(crate) code_link: &'static str,
    pub(crate) no_code: &'static str,
    pub(crate) units: &'static str,
    pub(crate) units_hint: &'static str,
    pub(crate) terms: &'static str,
    pub(crate) terms_hint: &'static str,
    pub(crate) campaign: &'static str,
    pub(crate) campaign_title: &'static str,
    pub(crate) notice: &'static str,
    pub(crate) start: &'static str,
    pub(crate) end: &'static str,
    pub(crate) due: &'static str,
    pub(crate) phases_hint: &'static str,
    pub(crate) phase: fn(&str) -> String,
    pub(crate) last_day: &'static str,
    pub(crate) bad_line: fn(usize) -> String,
    pub(crate) bad_text: fn(SchoolTextError) -> String,
    pub(crate) criteria: &'static str,
    pub(crate) percent: &'static str,
    pub(crate) veto: &'static str,
    pub(crate) condition: fn(&str) -> String,
    /// Taken for the school's own, and no longer for an example.
    pub(crate) confirmed: &'static str,
    pub(crate) checklists: &'static str,
    pub(crate) item: fn(&str) -> String,
    pub(crate) by_sheets: &'static str,
    pub(crate) by_sheets_hint: &'static str,
    pub(crate) export_sheets: &'static str,
    pub(crate) import_sheets: &'static str,
    pub(crate) foreign_sheets: &'static str,
    pub(crate) sheets_taken: &'static str,
    pub(crate) publish: &'static str,
    pub(crate) publish_hint: &'static str,
    pub(crate) not_invited: &'static str,
    pub(crate) use_invitation: &'static str,
    pub(crate) publishing: &'static str,
    pub(crate) published: fn(version: u32, reached: u32, of: u32) -> String,
    pub(crate) save_file: &'static str,
    pub(crate) show_code: &'static str,
    pub(crate) code_of_pack: &'static str,
}

pub(super) static ZH: Packs = Packs {
    title: "学校配置",
    lead: "学校可以改：常驻地区、下载码、联系人、单位、学期、达标条件、检查项和题库。由老师签名发布，班级手机只接受邀请它的老师发布的配置。",
    shipped: "现在用的是自带的示例内容，学校还没有发布自己的配置。",
    in_use: |time| format!("现在用的是学校配置，发布于 {time}。"),
    taken_over: "学校配置已更新",
    receive: "接收学校配置",
    receive_hint: "有网络时随上交自动更新；没有网络时，可以打开老师发来的配置文件，或扫老师屏幕上的二维码。",
    choose: "打开配置文件",
    choose_hint: "老师发来的 .wzp 文件",
    scan: "扫码接收",
    ask_server: "向服务器查询",
    none_published: "没有发布给这台设备的配置。",
    offered: |time, issuer| format!("发布于 {time}，签名设备 {issuer}。"),
    judgement: |judgement| match judgement {
        Judgement::Accept => "来自邀请这台设备的老师，可以采用。",
        Judgement::Ask => {
            "这台设备没有被邀请过，无法确认是谁发布的。请当面核对签名设备编号，再决定是否采用。"
        }
        Judgement::NotTheInviter => {
            "不是邀请这台设备的老师发布的，不能采用。请让您的老师发布，或用新的邀请码重新加入。"
        }
        Judgement::Known => "已经在用了。",
        Judgement::Older { .. } => "比现在用的旧，不采用。",
        Judgement::OtherOfThisVersion => {
            "与现在用的编号相同而内容不同，不采用。请老师重新发布一次。"
        }
    },
    take_over: "采用",
    no_changes: "与现在用的没有不同。",
    changes: |count| format!("{count} 处改动"),
    change: change_zh,
    fault: fault_zh,
    sheet_fault: sheet_fault_zh,
    faulty: "配置里有问题，没有采用。下面的地方要改：",
    not_a_pack: |error| match error {
        SchoolPackError::Foreign => "不是学校配置文件。",
        SchoolPackError::Format { .. } | SchoolPackError::UnknownFile { .. } => {
            "由更新版本的无诈发布，请先更新。"
        }
        SchoolPackError::Signature(_) => "签名不对：发布以后被改动过，不能采用。",
        SchoolPackError::NoFiles => "没有任何改动，不用发布。",
        SchoolPackError::TooLarge { .. } => "太大了，不像学校配置。",
        _ => "文件不完整或被改动过，请老师再发一次。",
    },
    no_content: "自带的题库还没有存到这台设备上。请连上网络打开一次再试，现有配置不受影响。",
    edit: "编辑与发布",
    edit_desc: "修改内容，签名发布给班级",
    edit_lead: "改动先存在这台设备上，发布以后才生效。",
    draft: "有没发布的改动，已存在这台设备上。",
    discard: "放弃改动",
    school: "学校",
    name: "学校名称",
    region: "常驻地区",
    region_hint: "在 APP 里要选的省、市、区县，写全。选定以后可能不能再改。",
    office: "负责部门",
    officer: "社区民警",
    phone: "联系电话",
    mail: "总结邮箱",
    contacts_hint: "都可以不填；填了会随配置发给班级手机。",
    code: "下载码",
    code_hint: "选择学校的二维码图片，在这台设备上识别。采用前请核对它通向的域名，并由安保中心确认。",
    code_domain: |domain| format!("通向 {domain}"),
    code_name: "二维码下面的文字",
    code_picture: "选择二维码图片",
    code_link: "二维码里的链接",
    no_code: "图片里没有找到通向网页的二维码。",
    units: "系部、年级、班级",
    units_hint: "一行一个：系部 / 年级 / 班级，后两项可以不写。例如：软件工程系（示例） / 2021级 / 软件2101班（示例）",
    terms: "学期",
    terms_hint: "一行一个：名称 开始日期 结束日期。例如：2021—2022学年第一学期 2021-09-01 2022-01-15",
    campaign: "活动",
    campaign_title: "活动名称",
    notice: "依据文件",
    start: "开始日期",
    end: "结束日期",
    due: "总结截止日期",
    phases_hint: "各阶段的名称和最后一天；下一阶段从后一天开始。",
    phase: |id| format!("阶段 {id}"),
    last_day: "最后一天",
    bad_line: |line| format!("第 {line} 行看不懂，没有存。"),
    bad_text: |error| match error {
        SchoolTextError::Empty => "没有内容，没有存。".to_owned(),
        SchoolTextError::TooLong { max } => format!("最多 {max} 个字，没有存。"),
        SchoolTextError::Character(c) => format!("不能有“{c}”，没有存。"),
        SchoolTextError::NotAMailBox => "不像邮箱地址，没有存。".to_owned(),
        SchoolTextError::Link(_) => "不是通向网页的链接，没有存。".to_owned(),
    },
    criteria: "达标条件",
    percent: "至少 %",
    veto: "一票否决",
    condition: |id| format!("条件 {id}"),
    confirmed: "学校已核定，不再标“示例”",
    checklists: "检查项",
    item: |id| format!("检查项 {id}"),
    by_sheets: "用 Excel 改",
    by_sheets_hint: "导出检查项、达标条件和题库，在 Excel 或 WPS 里增删改，再导入。编号列请不要改，新的一行不用写编号。",
    export_sheets: "导出 Excel",
    import_sheets: "导入改好的 Excel",
    foreign_sheets: "里面没有学校配置的工作表。",
    sheets_taken: "已读入，改动列在下面，还没有发布。",
    publish: "发布",
    publish_hint: "用这台设备的密钥签名。有网络时发到服务器，班级手机下次上交时自动采用；也可以把文件发给班长。",
    not_invited: "要用学校邀请过的设备签名发布。请先用邀请码加入学校。",
    use_invitation: "用邀请码开通",
    publishing: "正在签名和发布…",
    published: |version, reached, of| match (reached, of) {
        (_, 0) => format!("已签名，第 {version} 版。还没有邀请班级，可把文件发给班长。"),
        (reached, of) if reached == of => format!("已发布，第 {version} 版，服务器已收下。"),
        (reached, of) => format!(
            "已签名，第 {version} 版；服务器收下 {reached}/{of}。连上网络再按一次发布，会接着发完。"
        ),
    },
    save_file: "存为配置文件",
    show_code: "显示二维码",
    code_of_pack: "学校配置的二维码",
};

pub(super) static EN: Packs = Packs {
    title: "School content",
    lead: "What a school may change: region, download code, contacts, units, terms, criteria, checklists and the quiz bank. A teacher signs and publishes it; a class's phone takes only what its inviting teacher has published.",
    shipped: "The example content that ships is in use; the school has published nothing of its own yet.",
    in_use: |time| format!("The school's content is in use, published on {time}."),
    taken_over: "The school's content was updated",
    receive: "Receive the school's content",
    receive_hint: "With a network it comes by itself when you hand in. Without one, open the file from your teacher, or scan the code on the teacher's screen.",
    choose: "Open a content file",
    choose_hint: "The .wzp file from your teacher",
    scan: "Scan the code",
    ask_server: "Ask the server",
    none_published: "Nothing is published for this device.",
    offered: |time, issuer| format!("Published on {time}, signed by device {issuer}."),
    judgement: |judgement| match judgement {
        Judgement::Accept => "From the teacher who invited this device; it can be used.",
        Judgement::Ask => {
            "Nobody has invited this device, so it cannot tell who published this. Compare the device number face to face before you use it."
        }
        Judgement::NotTheInviter => {
            "Not from the teacher who invited this device, so it cannot be used. Ask your teacher to publish it, or join again with a new invitation."
        }
        Judgement::Known => "It is in use already.",
        Judgement::Older { .. } => "Older than what is in use; not taken over.",
        Judgement::OtherOfThisVersion => {
            "The same number as what is in use with other content; not taken over. Ask your teacher to publish once more."
        }
    },
    take_over: "Use it",
    no_changes: "Nothing is different from what is in use.",
    changes: |count| format!("Changes: {count}"),
    change: change_en,
    fault: |fault| format!("{} {}: {}", file_en(fault.file), fault.place, fault.wrong),
    sheet_fault: |fault| fault.to_string(),
    faulty: "Something in it is wrong, so it was not taken over. To be mended:",
    not_a_pack: |error| match error {
        SchoolPackError::Foreign => "This is no content file.",
        SchoolPackError::Format { .. } | SchoolPackError::UnknownFile { .. } => {
            "Published by a newer version of Wuzha; please update first."
        }
        SchoolPackError::Signature(_) => {
            "The signature does not fit: it was changed after it was published."
        }
        SchoolPackError::NoFiles => "Nothing was changed, so there is nothing to publish.",
        SchoolPackError::TooLarge { .. } => "Too large for a school's content.",
        _ => "Incomplete or altered; ask your teacher to send it again.",
    },
    no_content: "The quiz bank that ships is not stored on this device yet. Open Wuzha once with a network and try again; what is in use stays as it is.",
    edit: "Edit and publish",
    edit_desc: "Change the content, sign it, publish it to classes",
    edit_lead: "Changes are kept on this device and take effect when they are published.",
    draft: "There are changes that are not published; they are kept on this device.",
    discard: "Discard the changes",
    school: "School",
    name: "Name of the school",
    region: "Region",
    region_hint: "Province, city and district as they have to be chosen in the app, in full. It may not be changeable afterwards.",
    office: "Office in charge",
    officer: "Community officer",
    phone: "Telephone",
    mail: "Mail box for the summary",
    contacts_hint: "All may stay empty; what you fill in goes to the classes' phones.",
    code: "Download code",
    code_hint: "Choose a picture of the school's code; it is read on this device. Check the domain that it leads to, and have the security office confirm it.",
    code_domain: |domain| format!("Leads to {domain}"),
    code_name: "Words below the code",
    code_picture: "Choose a picture of the code",
    code_link: "The link in the code",
    no_code: "No code that leads to a web page was found in the picture.",
    units: "Departments, grades, classes",
    units_hint: "One a line: department / grade / class; the last two may be left out.",
    terms: "Terms",
    terms_hint: "One a line: name, first day, last day, e.g. Autumn 2021 2021-09-01 2022-01-15",
    campaign: "Campaign",
    campaign_title: "Name of the campaign",
    notice: "Ordered by",
    start: "First day",
    end: "Last day",
    due: "Summary due on",
    phases_hint: "Each phase with its last day; the next one begins on the day after.",
    phase: |id| format!("Phase {id}"),
    last_day: "Last day",
    bad_line: |line| format!("Line {line} is not understood, so nothing was kept."),
    bad_text: |error| match error {
        SchoolTextError::Empty => "Empty, so it was not kept.".to_owned(),
        SchoolTextError::TooLong { max } => format!("At most {max} characters; not kept."),
        SchoolTextError::Character(c) => format!("“{c}” cannot stand there; not kept."),
        SchoolTextError::NotAMailBox => "Not a mail address; not kept.".to_owned(),
        SchoolTextError::Link(_) => "Not a link to a web page; not kept.".to_owned(),
    },
    criteria: "Criteria",
    percent: "At least %",
    veto: "Veto",
    condition: |id| format!("Condition {id}"),
    confirmed: "Confirmed by the school; no longer marked as an example",
    checklists: "Checklists",
    item: |id| format!("Item {id}"),
    by_sheets: "By Excel",
    by_sheets_hint: "Export checklists, criteria and the quiz bank, change them in Excel or WPS, and import them. Leave the ids as they are; a new row needs none.",
    export_sheets: "Export as Excel",
    import_sheets: "Import the changed Excel",
    foreign_sheets: "No sheet of a school's content in it.",
    sheets_taken: "Read in; the changes are listed below and not published yet.",
    publish: "Publish",
    publish_hint: "Signed with this device's key. With a network it goes to the server, and classes' phones use it from their next hand-in on; the file can also be sent to monitors.",
    not_invited: "Only a device that a school has invited can sign. Join the school with an invitation first.",
    use_invitation: "Use an invitation",
    publishing: "Signing and publishing…",
    published: |version, reached, of| match (reached, of) {
        (_, 0) => format!(
            "Signed, version {version}. No class is invited yet; send the file to monitors."
        ),
        (reached, of) if reached == of => {
            format!("Published, version {version}; the server has it.")
        }
        (reached, of) => format!(
            "Signed, version {version}; the server has {reached} of {of}. Publish again with a network to finish."
        ),
    },
    save_file: "Save as a content file",
    show_code: "Show the code",
    code_of_pack: "Code of the school's content",
};

fn file_zh(file: PackFile) -> &'static str {
    match file {
        PackFile::Campaign => "活动",
        PackFile::Checklists => "检查项",
        PackFile::Criteria => "达标条件",
        PackFile::Bank => "题库",
        PackFile::School => "学校",
    }
}

fn file_en(file: PackFile) -> &'static str {
    match file {
        PackFile::Campaign => "Campaign",
        PackFile::Checklists => "Checklists",
        PackFile::Criteria => "Criteria",
        PackFile::Bank => "Bank",
        PackFile::School => "School",
    }
}

fn fault_zh(fault: &PackFault) -> String {
    let (file, place) = (file_zh(fault.file), &fault.place);
    let wrong = wrong_zh(&fault.wrong);
    format!("{file} {place}：{wrong}")
}

fn wrong_zh(wrong: &Wrong) -> String {
    match wrong {
        Wrong::TooLarge { .. } => "内容太大".to_owned(),
        Wrong::NoFile => "缺少这一部分".to_owned(),
        Wrong::Form(_) => "格式不对".to_owned(),
        Wrong::Question(_) => "题目自相矛盾：检查题型、选项和答案".to_owned(),
        Wrong::Empty => "没有内容".to_owned(),
        Wrong::TooLong { max } => format!("超过 {max} 个字"),
        Wrong::Untidy => "前后或中间有多余的空格、换行".to_owned(),
        Wrong::Count { found, max } => format!("有 {found} 条，应为 1 到 {max} 条"),
        Wrong::Repeated => "重复了".to_owned(),
        Wrong::NoScope(level) => format!("缺少{}的部分", level_zh(*level)),
        Wrong::UnknownItem(item) => format!("检查项 {item} 不存在"),
        Wrong::Percent(percent) => format!("{percent}% 不在 0 到 100 之间"),
        Wrong::Gap { .. } => "阶段之间的日期不相连".to_owned(),
        Wrong::Backwards => "结束早于开始".to_owned(),
        Wrong::Overlaps => "与前一段重叠，或超出范围".to_owned(),
    }
}

fn sheet_fault_zh(fault: &SheetFault) -> String {
    let SheetFault {
        sheet,
        row,
        column,
        wrong,
    } = fault;
    let wrong = match wrong {
        WrongCell::NoColumn => "缺少这一列".to_owned(),
        WrongCell::Text(wrong) => wrong_zh(wrong),
        WrongCell::Id(_) => "编号只能用小写字母、数字和连字符".to_owned(),
        WrongCell::RepeatedId(id) => format!("编号 {id} 重复"),
        WrongCell::Word { found, allowed } => format!("“{found}”应为 {allowed} 之一"),
        WrongCell::Percent(found) => format!("“{found}”应为 0 到 100 的整数"),
        WrongCell::UnknownItem(item) => format!("检查项 {item} 不存在"),
        WrongCell::Gap => "前面的选项空着".to_owned(),
        WrongCell::Answer(letter) => format!("没有选项 {letter}"),
        WrongCell::Source => "来源应写法律和条，或写文字，二者选一".to_owned(),
        WrongCell::Question(_) => "题目自相矛盾：检查题型、选项和答案".to_owned(),
    };
    format!("{sheet} 第 {row} 行 {column}：{wrong}")
}

fn level_zh(level: Level) -> &'static str {
    match level {
        Level::Dorm => "寝室",
        Level::Class => "班级",
        Level::Department => "系部",
        Level::School => "学校",
    }
}

fn level_en(level: Level) -> &'static str {
    match level {
        Level::Dorm => "dorm",
        Level::Class => "class",
        Level::Department => "department",
        Level::School => "school",
    }
}

fn change_zh(change: &Change) -> String {
    let part = part_zh(&change.part);
    match &change.what {
        What::Added { text } => format!("{part}：新增“{text}”"),
        What::Removed { text } => format!("{part}：删去“{text}”"),
        What::Reordered => format!("{part}：调整了顺序"),
        What::Text { field, from, to } => {
            let of = |text: &Option<String>| text.as_deref().unwrap_or("空").to_owned();
            format!("{part} {}：{} → {}", field_zh(*field), of(from), of(to))
        }
        What::Threshold { from, to } => format!("{part}：{from}% → {to}%"),
        What::VetoOn => format!("{part}：改为一票否决"),
        What::VetoOff => format!("{part}：不再一票否决"),
        What::Test { from, to } => format!("{part}：判定方式 {} → {}", test_zh(from), test_zh(to)),
        What::Auto { from, to } => {
            let of =
                |measure: &Option<Measure>| measure.map_or("人工检查", super::checks::measure_zh);
            format!("{part}：自动判定 {} → {}", of(from), of(to))
        }
        What::Confirmed => format!("{part}：由示例改为学校确认"),
        What::Example => format!("{part}：改回示例"),
    }
}

fn part_zh(part: &Part) -> String {
    let scope = |scope: &Scope| level_zh((*scope).into());
    match part {
        Part::Campaign => "活动".to_owned(),
        Part::Phase(id) => format!("阶段 {id}"),
        Part::Task { task, .. } => format!("任务 {task}"),
        Part::Checklist(of) => format!("{}检查项", scope(of)),
        Part::Item { scope: of, item } => format!("{}检查项 {item}", scope(of)),
        Part::Criteria(level) => format!("{}达标条件", level_zh(*level)),
        Part::Gate { level, gate } => format!("{}达标条件 {gate}", level_zh(*level)),
        Part::Bank => "题库".to_owned(),
        Part::Category(id) => format!("题库分类 {id}"),
        Part::Question(id) => format!("题目 {id}"),
        Part::School => "学校".to_owned(),
        Part::Unit(name) => format!("单位 {name}"),
        Part::Term(name) => format!("学期 {name}"),
    }
}

fn field_zh(field: Field) -> &'static str {
    match field {
        Field::Text => "内容",
        Field::Hint => "检查方法",
        Field::Source => "来源",
        Field::Notice => "依据文件",
        Field::Days => "日期",
        Field::Due => "总结截止日期",
        Field::Report => "总结要求",
        Field::Class => "分类、题型、难度",
        Field::Options => "选项",
        Field::Answer => "答案",
        Field::Explanation => "解析",
        Field::Region => "常驻地区",
        Field::DownloadCode => "下载码",
        Field::CodeName => "二维码文字",
        Field::Office => "负责部门",
        Field::Officer => "社区民警",
        Field::Phone => "联系电话",
        Field::MailBox => "总结邮箱",
    }
}

fn test_zh(test: &Test) -> String {
    match test {
        Test::Share {
            measure,
            min_percent,
        } => format!(
            "{}不低于 {min_percent}%",
            super::checks::measure_zh(*measure)
        ),
        Test::Item(item) => format!("检查项 {item}"),
        Test::Teacher(_) => "由老师判定".to_owned(),
    }
}

fn change_en(change: &Change) -> String {
    let part = part_en(&change.part);
    match &change.what {
        What::Added { text } => format!("{part}: added “{text}”"),
        What::Removed { text } => format!("{part}: removed “{text}”"),
        What::Reordered => format!("{part}: in another order"),
        What::Text { field, from, to } => {
            let of = |text: &Option<String>| text.as_deref().unwrap_or("nothing").to_owned();
            format!("{part}, {}: {} → {}", field_en(*field), of(from), of(to))
        }
        What::Threshold { from, to } => format!("{part}: {from} % → {to} %"),
        What::VetoOn => format!("{part}: now a veto"),
        What::VetoOff => format!("{part}: no longer a veto"),
        What::Test { from, to } => {
            format!("{part}: decided by {} → {}", test_en(from), test_en(to))
        }
        What::Auto { from, to } => {
            let of =
                |measure: &Option<Measure>| measure.map_or("a person", super::checks::measure_en);
            format!("{part}: decided by {} → {}", of(from), of(to))
        }
        What::Confirmed => format!("{part}: confirmed by the school"),
        What::Example => format!("{part}: an example again"),
    }
}

fn part_en(part: &Part) -> String {
    let scope = |scope: &Scope| level_en((*scope).into());
    match part {
        Part::Campaign => "Campaign".to_owned(),
        Part::Phase(id) => format!("Phase {id}"),
        Part::Task { task, .. } => format!("Task {task}"),
        Part::Checklist(of) => format!("Checklist of the {}", scope(of)),
        Part::Item { scope: of, item } => format!("Item {item} of the {}", scope(of)),
        Part::Criteria(level) => format!("Criteria of the {}", level_en(*level)),
        Part::Gate { level, gate } => format!("Condition {gate} of the {}", level_en(*level)),
        Part::Bank => "Bank".to_owned(),
        Part::Category(id) => format!("Category {id}"),
        Part::Question(id) => format!("Question {id}"),
        Part::School => "School".to_owned(),
        Part::Unit(name) => format!("Unit {name}"),
        Part::Term(name) => format!("Term {name}"),
    }
}

fn field_en(field: Field) -> &'static str {
    match field {
        Field::Text => "text",
        Field::Hint => "how to check",
        Field::Source => "source",
        Field::Notice => "notice",
        Field::Days => "days",
        Field::Due => "due date",
        Field::Report => "report",
        Field::Class => "category, kind, difficulty",
        Field::Options => "options",
        Field::Answer => "answer",
        Field::Explanation => "explanation",
        Field::Region => "region",
        Field::DownloadCode => "download code",
        Field::CodeName => "words below the code",
        Field::Office => "office",
        Field::Officer => "officer",
        Field::Phone => "telephone",
        Field::MailBox => "mail box",
    }
}

fn test_en(test: &Test) -> String {
    match test {
        Test::Share {
            measure,
            min_percent,
        } => format!("{} ≥ {min_percent} %", super::checks::measure_en(*measure)),
        Test::Item(item) => format!("item {item}"),
        Test::Teacher(_) => "a teacher".to_owned(),
    }
}
