//! 汇总 and 说明: where the class stands, and how it was counted.

use super::{Cell, Column, Ledger, Source, share_text, words};
use crate::award::{self, GateReport};
use crate::book::Subject;
use crate::measure::Share;
use crate::pack::Measure;

pub(super) fn ledger(source: &Source<'_>) -> Ledger {
    let headings = [
        ("类别", 14),
        ("项目", 48),
        ("状态", 12),
        ("达到", 8),
        ("应计", 8),
        ("比例", 9),
        ("未达到", 8),
        ("未知", 8),
        ("另列", 8),
        ("依据", 26),
    ];
    let mut rows = measures(source);
    rows.push(activities(source));
    rows.extend(gates(source, "班级达标条件", &Subject::Class));
    rows.extend(dorms(source));
    Ledger {
        name: "汇总".to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows,
    }
}

fn measures(source: &Source<'_>) -> Vec<Vec<Cell>> {
    let class = |measure| Share::of_class(source.book, measure);
    let measures = [
        ("注册国家反诈中心APP", class(Measure::Registered)),
        ("开启预警", class(Measure::WarningOn)),
        ("地区选对", class(Measure::RegionRight)),
        ("签承诺书", class(Measure::PledgeSigned)),
        ("家长回执", class(Measure::NoticeReturned)),
        ("参加测验", class(Measure::QuizTaken)),
        ("测验合格", class(Measure::QuizPassed)),
        ("寝室达标", award::dorms_met(source.book, source.pack)),
    ];
    measures
        .map(|(name, share)| row("指标", name, Cell::Empty, Some(share), Cell::Empty))
        .into()
}

/// How many were recorded, and how many people they reached; none recorded is not known.
fn activities(source: &Source<'_>) -> Vec<Cell> {
    let held = source.book.activities().held().all;
    let times = Cell::known(held.known_times(), |times| {
        Cell::Text(format!("{times} 次"))
    });
    let people = match (held.known_people(), held.uncounted()) {
        (None, _) => Cell::Empty,
        (Some(people), 0) => Cell::Text(format!("{people} 人次")),
        (Some(people), uncounted) => Cell::Text(format!("{people} 人次，{uncounted} 次人数未知")),
    };
    row("指标", "活动", times, None, people)
}

fn gates(source: &Source<'_>, category: &str, subject: &Subject) -> Vec<Vec<Cell>> {
    let reports = award::gates(source.book, source.pack, subject);
    let gate_row = |report: &GateReport<'_>| {
        row(
            category,
            &report.gate.text.zh,
            Cell::text(words::gate(report.state)),
            report.share,
            Cell::text(report.gate.source.as_str()),
        )
    };
    reports.iter().map(gate_row).collect()
}

/// One row a dorm: the gates it meets out of those the book can decide.
fn dorms(source: &Source<'_>) -> Vec<Vec<Cell>> {
    let dorms = source.book.dorms().into_keys().cloned();
    dorms
        .map(|name| {
            let reports = award::gates(source.book, source.pack, &Subject::Dorm(name.clone()));
            let outcome = words::award(award::outcome(&reports));
            let share = award::share_of_gates(&reports);
            row(
                "寝室达标条件",
                name.as_str(),
                Cell::text(outcome),
                Some(share),
                Cell::Empty,
            )
        })
        .collect()
}

fn row(category: &str, name: &str, state: Cell, share: Option<Share>, source: Cell) -> Vec<Cell> {
    let count = |pick: fn(&Share) -> u32| {
        share
            .as_ref()
            .map_or(Cell::Empty, |share| Cell::Count(pick(share)))
    };
    vec![
        Cell::text(category),
        Cell::text(name),
        state,
        count(|share| share.met),
        count(Share::of),
        share.map_or(Cell::Empty, percent),
        count(|share| share.unmet),
        count(|share| share.unknown),
        count(|share| share.apart),
        source,
    ]
}

/// As long as nobody is known either way, that is not 0 %.
fn percent(share: Share) -> Cell {
    match share.is_known() {
        true => Cell::ratio(share.met, share.of()),
        false => Cell::Unknown,
    }
}

/// How an item of a checklist comes to its result.
pub(super) const BASIS: (&str, &str) = (
    "自动得出",
    "检查项的依据栏写有人数的，由登记和测验自动得出；写“人工检查”的由检查人判定。",
);
/// Which attempts are shown.
pub(super) const ATTEMPTS: &str =
    "首测是第一次作答；补测取之后各次和补考卷中最好的一次；没有作答记为缺考。";

pub(super) fn explanation(source: &Source<'_>) -> Ledger {
    let book = source.book;
    let class: Vec<&str> = [
        &book.profile.school,
        &book.profile.department,
        &book.profile.grade,
        &book.profile.name,
    ]
    .into_iter()
    .filter_map(|field| field.get().map(String::as_str))
    .collect();
    let counsellor = book.counsellor();
    let counsellor = counsellor.get().map(String::as_str);
    let registered = share_text(Share::of_class(book, Measure::Registered));
    let rows = [
        ("班级", class.join(" ")),
        ("辅导员", counsellor.unwrap_or("未填写").to_owned()),
        ("截止时间", source.cutoff.to_minute_text(source.offset)),
        ("注册", format!("{registered}。已注册和预警已开启算注册；只安装不算。")),
        ("应计", "应计人数 = 达到 + 未达到 + 未知。比例 = 达到 ÷ 应计。未知不当作 0，也不当作未达到。".to_owned()),
        ("另列", "写明原因的无法安装、本人不同意：不算未达到，由老师处理。".to_owned()),
        (BASIS.0, BASIS.1.to_owned()),
        ("测验", ATTEMPTS.to_owned()),
        ("活动", "班级记录的主题班会、会议、讲座、宣传、竞赛、家校联动等。没有记录的写未知，不写 0；人数不清楚的不写 0。".to_owned()),
        ("区分度", "得分最高的 27% 与最低的 27% 答对率之差，作答不足 10 人时不计算。".to_owned()),
        ("达标", "所有条件都达到才算达标，不加权打分。标有“示例”的条件请学校核实。案件只由老师填写；及时报告的、被成功劝阻的不影响评定。".to_owned()),
        ("个人信息", "本文件含学生姓名和学号，只供本班和负责老师使用，不要转发到大群。".to_owned()),
    ];
    Ledger {
        name: "说明".to_owned(),
        columns: vec![Column::new("项目", 14), Column::new("内容", 90)],
        rows: rows
            .into_iter()
            .map(|(name, text)| vec![Cell::text(name), Cell::text(text)])
            .collect(),
    }
}
