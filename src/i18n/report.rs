//! 工作总结: a document from the figures, gone over by a person.

use wuzha_core::report::Author;

/// The texts of the work summary.
pub(crate) struct ReportTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) author: &'static str,
    pub(crate) author_name: fn(Author) -> &'static str,
    pub(crate) unit: &'static str,
    pub(crate) unit_hint: &'static str,
    pub(crate) make: &'static str,
    pub(crate) making: &'static str,
    pub(crate) line: fn(id: &str) -> &'static str,
    pub(crate) paragraph: fn(heading: &str) -> String,
    pub(crate) blanks: fn(usize) -> String,
    pub(crate) outdated: &'static str,
    pub(crate) undo: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) export: &'static str,
    pub(crate) attachments: &'static str,
    pub(crate) chinese: &'static str,
}

pub(super) static ZH: ReportTexts = ReportTexts {
    title: "工作总结",
    lead: "数字取自这台设备上的总览。系统不知道的留作【请填写】，不会编造。每段都能改，改过的会留着。",
    author: "谁的总结",
    author_name: |author| match author {
        Author::Teacher => "辅导员",
        Author::Department => "系部",
        Author::SecurityOffice => "安保中心",
    },
    unit: "单位名称",
    unit_hint: "写在标题和落款里",
    make: "起草",
    making: "正在起草…",
    line: |id| match id {
        "title" => "标题",
        "unit" => "单位",
        "period" => "时间",
        "signature" => "落款",
        _ => "日期",
    },
    paragraph: |heading| format!("{heading}：正文"),
    blanks: |n| match n {
        0 => "没有要填写的空了".to_owned(),
        _ => format!("还有 {n} 处要填写"),
    },
    outdated: "数字变了，请再看一遍这一段。",
    undo: "恢复起草的文字",
    kept: "修改自动存在这台设备上。",
    export: "导出 Word",
    attachments: "附件（随文件导出）",
    chinese: "",
};

pub(super) static EN: ReportTexts = ReportTexts {
    title: "Work summary",
    lead: "The figures are those of the overview on this device. What is not known is left as a blank, 【请填写】; nothing is made up. Every paragraph can be changed, and changes are kept.",
    author: "Whose",
    author_name: |author| match author {
        Author::Teacher => "Teacher",
        Author::Department => "Department",
        Author::SecurityOffice => "Security office",
    },
    unit: "Name of the unit",
    unit_hint: "Stands in the title and below",
    make: "Draft",
    making: "Drafting…",
    line: |id| match id {
        "title" => "Title",
        "unit" => "Unit",
        "period" => "Period",
        "signature" => "Signature",
        _ => "Date",
    },
    paragraph: |heading| format!("{heading}: text"),
    blanks: |n| match n {
        0 => "Nothing is left to fill in".to_owned(),
        _ => format!("Blanks to fill in: {n}"),
    },
    outdated: "The figures have changed; please look at this paragraph again.",
    undo: "Back to the draft's text",
    kept: "Changes are kept on this device.",
    export: "Export as Word",
    attachments: "Attachments (in the file)",
    chinese: "The document is in Chinese, as it is handed in.",
};
