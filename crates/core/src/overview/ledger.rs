//! The overview as a file: 总览, 系部汇总, 明细 and 说明. Figures only; no person is in it.

use super::{Column, Figures, Total, Unit, by_unit, total};
use crate::book::Held;
use crate::ledger::{Cell, Ledger, Workbook};
use crate::measure::Share;
use crate::time::{UnixMillis, UtcOffset};

/// The overview of the classes of `all`, a row each in their order, as a file. `cutoff` is until when the
/// records count, and `offset` the one in which times are shown.
pub fn ledgers(all: &[&Figures], cutoff: UnixMillis, offset: UtcOffset) -> Workbook {
    let mut rules = rules(all, &cutoff.to_minute_text(offset));
    rules.push((
        "个人信息",
        "本文件只有数字，没有学生姓名和学号。".to_owned(),
    ));
    let mut ledgers = Vec::from(summaries(all));
    ledgers.push(explanation(rules));
    Workbook {
        title: "反诈总览".to_owned(),
        ledgers,
        cutoff,
        offset,
    }
}

/// 总览, 系部汇总 and 明细.
pub(crate) fn summaries(all: &[&Figures]) -> [Ledger; 3] {
    [classes(all), departments(all), details(all)]
}

fn classes(all: &[&Figures]) -> Ledger {
    let names = [("系部", 14), ("年级", 8), ("班级", 16)];
    let row = |figures: &&Figures| {
        named(figures)
            .into_iter()
            .chain(measured(figures))
            .collect()
    };
    Ledger {
        name: "总览".to_owned(),
        columns: columns(names).chain(measured_columns()).collect(),
        rows: all.iter().map(row).collect(),
    }
}

fn departments(all: &[&Figures]) -> Ledger {
    let names = [("系部", 14), ("班级数", 8), ("有活动的班级", 13)];
    let row = |name: Cell, total: &Total| {
        let with_activities = size(total.figures.activities.all.classes);
        let names = [name, Cell::Count(total.classes), with_activities];
        names.into_iter().chain(measured(&total.figures)).collect()
    };
    let units = by_unit(all.iter().copied(), Unit::Department);
    let units = units.iter().map(|(name, total)| row(known(name), total));
    let sum = row(Cell::text("合计"), &total(all.iter().copied()));
    Ledger {
        name: "系部汇总".to_owned(),
        columns: columns(names).chain(measured_columns()).collect(),
        rows: units.chain([sum]).collect(),
    }
}

/// One row a class and share, to be filtered and counted on in a spreadsheet.
fn details(all: &[&Figures]) -> Ledger {
    let headings = [
        ("系部", 14),
        ("年级", 8),
        ("班级", 16),
        ("指标", 12),
        ("达到", 8),
        ("应计", 8),
        ("比例", 9),
        ("未达到", 9),
        ("未知", 8),
        ("另列", 8),
    ];
    let shares = |figures: &Figures, column: Column| {
        let share = figures.share(column)?;
        let names = named(figures)
            .into_iter()
            .chain([Cell::text(column.heading())]);
        Some(names.chain(counts(share)).collect())
    };
    let rows = all
        .iter()
        .flat_map(|figures| Column::ALL.map(|column| shares(figures, column)));
    Ledger {
        name: "明细".to_owned(),
        columns: columns(headings).collect(),
        rows: rows.flatten().collect(),
    }
}

fn columns<const N: usize>(
    headings: [(&str, u8); N],
) -> impl Iterator<Item = crate::ledger::Column> {
    headings
        .into_iter()
        .map(|(heading, width)| crate::ledger::Column::new(heading, width))
}

fn named(figures: &Figures) -> [Cell; 3] {
    [
        known(figures.department.as_deref().unwrap_or_default()),
        known(figures.grade.as_deref().unwrap_or_default()),
        known(&figures.class),
    ]
}

/// The columns of [`measured`].
fn measured_columns() -> impl Iterator<Item = crate::ledger::Column> {
    let of_column = |column: Column| match counted(column) {
        Some(counted) => vec![(column.heading(), 10), (counted, 11)],
        None if column == Column::LastRecord => vec![(column.heading(), 17)],
        None if column == Column::Activities => {
            vec![(column.heading(), 8), ("活动人次", 10), ("人次已知", 10)]
        }
        None => vec![(column.heading(), 8)],
    };
    let measured = Column::ALL.into_iter().flat_map(of_column);
    columns([("学生", 7), ("寝室", 7)])
        .chain(measured.map(|(heading, width)| crate::ledger::Column::new(heading, width)))
}

/// The heading beside a share's: of how many it is.
fn counted(column: Column) -> Option<&'static str> {
    match column {
        Column::Registered => Some("注册/应计"),
        Column::WarningOn => Some("预警/应计"),
        Column::Pledge => Some("已签/应计"),
        Column::Notice => Some("已交/应计"),
        Column::QuizTaken => Some("参与/应计"),
        Column::QuizPassed => Some("合格/应计"),
        Column::DormsInspected => Some("已查/应计"),
        Column::DormsMet => Some("达标/应计"),
        Column::Average | Column::Activities | Column::LastRecord => None,
    }
}

/// What a class or a unit has in each column.
fn measured(figures: &Figures) -> impl Iterator<Item = Cell> + '_ {
    let size = [figures.students, figures.dorms].map(size);
    let of_column = |column| match (column, figures.share(column)) {
        (_, Some(share)) => vec![rate(share), counted_text(share)],
        (Column::Average, None) => {
            vec![Cell::known(figures.average, |average| {
                Cell::Number(average.percent())
            })]
        }
        (Column::Activities, None) => held(figures.activities.all).into(),
        (_, None) => vec![Cell::known(figures.last_record, Cell::Time)],
    };
    size.into_iter()
        .chain(Column::ALL.into_iter().flat_map(of_column))
}

/// 达到, 应计, 比例, 未达到, 未知, 另列.
pub(crate) fn counts(share: Share) -> [Cell; 6] {
    let if_known = |count| match share.is_known() {
        true => Cell::Count(count),
        false => Cell::Unknown,
    };
    let if_any_counts = |count| match share.of() {
        0 => Cell::Unknown,
        _ => Cell::Count(count),
    };
    [
        if_known(share.met),
        if_any_counts(share.of()),
        rate(share),
        if_known(share.unmet),
        if_any_counts(share.unknown),
        Cell::Count(share.apart),
    ]
}

/// 活动, 活动人次, 人次已知: how many, how many people, and of how many activities that is known. Each is a number or
/// unknown, so that a spreadsheet can add them up.
fn held(held: Held) -> [Cell; 3] {
    let counted = held.known_times().map(|times| (held.counted, times));
    [
        Cell::known(held.known_times(), Cell::Count),
        Cell::known(held.known_people(), Cell::Count),
        Cell::known(counted, |(counted, of)| {
            Cell::Text(format!("{counted}/{of}"))
        }),
    ]
}

fn rate(share: Share) -> Cell {
    match share.is_known() {
        true => Cell::ratio(share.met, share.of()),
        false => Cell::Unknown,
    }
}

/// `39/45`, or `39/45 未知2`.
fn counted_text(share: Share) -> Cell {
    let counted = format!("{}/{}", share.met, share.of());
    match (share.is_known(), share.unknown) {
        (false, _) => Cell::Unknown,
        (true, 0) => Cell::Text(counted),
        (true, unknown) => Cell::Text(format!("{counted} 未知{unknown}")),
    }
}

/// A class without students is one whose list has not come; without dorms, one whose dorms have not.
pub(crate) fn size(count: u32) -> Cell {
    match count {
        0 => Cell::Unknown,
        count => Cell::Count(count),
    }
}

fn known(name: &str) -> Cell {
    match name {
        "" => Cell::Unknown,
        name => Cell::text(name),
    }
}

/// How [`summaries`] count, by what each rule is about.
pub(crate) fn rules(all: &[&Figures], cutoff: &str) -> Vec<(&'static str, String)> {
    let silent = all.iter().filter(|figures| figures.last_record.is_none());
    let silent = silent.count();
    vec![
        ("截止时间", cutoff.to_owned()),
        ("班级", format!("共 {} 个班，其中没有任何记录的 {silent} 个。", all.len())),
        ("应计", "应计 = 达到 + 未达到 + 未知。比例 = 达到 ÷ 应计。".to_owned()),
        ("未知", "未知不当作 0，也不当作未达到。写“39/45 未知2”的，应计的 45 中有 2 个没有记录；全部没有记录的，比例写未知。".to_owned()),
        ("另列", "写明原因的无法安装、本人不同意：不计入应计，由老师处理。人数见“明细”。".to_owned()),
        ("注册率", "已注册和预警已开启算注册；只安装不算。预警率只算预警已开启。".to_owned()),
        ("测验", "按每个班最近一次测验。参与和合格包含补测；没有参加的，合格与否记为未知。".to_owned()),
        ("平均分", "首测得分的平均，满分 100，补测不计；系部和合计按学生平均，不按班级平均。".to_owned()),
        ("寝室检查", "本轮检查中要人判定的检查项都有结果的寝室。还没有开始检查的班级记为未知。".to_owned()),
        ("达标寝室", "目前所有能核对的条件都达到的寝室；由老师核定的条件不在内。".to_owned()),
        ("活动", "班级记录的活动次数；没有记录的写未知，不写 0。人次是记有人数的活动的人数之和，“人次已知”写 2/3 的，3 次中有 2 次记了人数。几个班一起参加的，各班各记一次。".to_owned()),
        ("最后记录", "班级最近一次登记的时间，按登记人手机的时钟。".to_owned()),
    ]
}

/// 说明, of these rules.
pub(crate) fn explanation(rules: Vec<(&str, String)>) -> Ledger {
    Ledger {
        name: "说明".to_owned(),
        columns: columns([("项目", 14), ("内容", 90)]).collect(),
        rows: rules
            .into_iter()
            .map(|(name, text)| vec![Cell::text(name), Cell::Text(text)])
            .collect(),
    }
}
