//! 导出文件: what leaves the overview as files.

use wuzha_jobs::shelf::FileFormat;

/// The texts of the files of many classes.
pub(crate) struct Exports {
    pub(crate) title: &'static str,
    pub(crate) figures: &'static str,
    pub(crate) figures_note: &'static str,
    pub(crate) ledgers: &'static str,
    /// Of so many classes.
    pub(crate) ledgers_note: fn(classes: usize) -> String,
    pub(crate) personal: &'static str,
    pub(crate) format: &'static str,
    pub(crate) format_name: fn(FileFormat) -> &'static str,
    pub(crate) make: &'static str,
    pub(crate) starting: &'static str,
    pub(crate) reading: fn(done: u32, total: u32) -> String,
    pub(crate) writing: fn(done: u32, total: u32) -> String,
    pub(crate) progress: &'static str,
    pub(crate) cancelled: &'static str,
    /// A file of this name was made.
    pub(crate) made: fn(name: &str) -> String,
}

pub(super) static ZH: Exports = Exports {
    title: "导出文件",
    figures: "总览：只有数字",
    figures_note: "上面列出的各班，没有姓名和学号，可以上报。",
    ledgers: "全部台账：有姓名和学号",
    ledgers_note: |classes| {
        format!(
            "上面列出的 {classes} 个班合成一个文件：先是汇总，再逐条列出学生、检查、测验。按系部或年级筛选后，只导出筛出的班。"
        )
    },
    personal: "含学生个人信息：只在负责的老师之间用校内渠道传，不要发到群里或网盘，用完删除。向上汇报请用总览。",
    format: "格式",
    format_name: |format| match format {
        FileFormat::Xlsx => "Excel",
        FileFormat::Csv => "CSV（压缩包，每张表一个文件）",
        FileFormat::Json => "JSON（给其他程序用）",
    },
    make: "导出全部台账",
    starting: "正在准备…",
    reading: |done, total| format!("正在汇总各班 {done}/{total}"),
    writing: |done, total| format!("正在写入 {done}/{total} 行"),
    progress: "导出进度",
    cancelled: "已取消，没有生成文件。",
    made: |name| format!("已生成 {name}"),
};

pub(super) static EN: Exports = Exports {
    title: "Files",
    figures: "Overview: figures only",
    figures_note: "Of the classes listed above, without names and student numbers; may be reported upward.",
    ledgers: "All ledgers: with names and student numbers",
    ledgers_note: |classes| {
        format!(
            "The classes listed above ({classes}) as one file: the figures first, then students, inspections and quizzes row by row. Narrow the list by department or year to export those alone."
        )
    },
    personal: "Holds students' personal data: pass it on between the teachers in charge by the school's own means, not in chat groups or on net disks, and delete it after use. To report upward, use the overview.",
    format: "Format",
    format_name: |format| match format {
        FileFormat::Xlsx => "Excel",
        FileFormat::Csv => "CSV (ZIP, a file a table)",
        FileFormat::Json => "JSON (for other programs)",
    },
    make: "Export all ledgers",
    starting: "Getting ready…",
    reading: |done, total| format!("Putting classes together {done}/{total}"),
    writing: |done, total| format!("Writing row {done}/{total}"),
    progress: "Progress of the export",
    cancelled: "Cancelled; no file was made.",
    made: |name| format!("Made {name}"),
};
