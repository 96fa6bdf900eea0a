//! 活动: one row an activity, the newest first.

use super::{Cell, Column, Ledger, Source, words};
use crate::book::{Activity, Field};

pub(super) fn ledger(source: &Source<'_>) -> Ledger {
    let headings = [
        ("日期", 12),
        ("类型", 10),
        ("主题", 30),
        ("人数", 8),
        ("地点或渠道", 20),
        ("合作单位", 20),
        ("形势分析", 40),
        ("措施或备注", 40),
        ("记录人", 10),
        ("记录时间", 17),
    ];
    let activities = source.book.activities();
    let rows = activities.listed().into_iter();
    Ledger {
        name: "活动".to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: rows.map(|(_, activity)| row(source, activity)).collect(),
    }
}

fn row(source: &Source<'_>, activity: &Activity) -> Vec<Cell> {
    let text = |field: &Field<String>| field.get().map_or(Cell::Empty, Cell::text);
    let written = activity.last_written();
    let recorder = written.and_then(|(by, _)| source.book.recorder(by));
    vec![
        Cell::known(activity.day.copied(), Cell::Date),
        Cell::known(activity.kind.copied(), |kind| {
            Cell::text(words::activity_kind(kind))
        }),
        text(&activity.title),
        Cell::known(activity.people.copied(), |people| Cell::Count(people.get())),
        text(&activity.place),
        text(&activity.partner),
        text(&activity.analysis),
        text(&activity.measures),
        recorder.map_or(Cell::Empty, Cell::text),
        written.map_or(Cell::Empty, |(_, at)| Cell::Time(at)),
    ]
}
