use leptos::prelude::*;
use wuzha_core::roster::{DormColumns, Field, Mapping, Table};

use super::Importing;
use crate::app::texts;

/// How many rows from the top are offered as heading row.
const HEADING_ROWS: usize = 10;
/// How much of a cell stands beside its column, in characters.
const SAMPLE_CHARS: usize = 10;

/// A choice that the person may correct.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    No,
    Name,
    /// 寝室, or the 楼栋 where the room has a column of its own.
    Dorm,
    Room,
}

impl Part {
    fn of(self, mapping: &Mapping) -> Option<usize> {
        match (self, mapping.dorm) {
            (Self::No, _) => mapping.no,
            (Self::Name, _) => mapping.name,
            (Self::Dorm, DormColumns::One(column)) => Some(column),
            (Self::Dorm, DormColumns::Two { building, .. }) => Some(building),
            (Self::Room, DormColumns::Two { room, .. }) => Some(room),
            (Self::Dorm | Self::Room, _) => None,
        }
    }

    fn set(self, mapping: &mut Mapping, column: Option<usize>) {
        let dorm = |dorm: Option<usize>, room: Option<usize>| match (dorm, room) {
            (Some(building), Some(room)) => DormColumns::Two { building, room },
            (dorm, room) => dorm.or(room).map_or(DormColumns::None, DormColumns::One),
        };
        match self {
            Self::No => mapping.no = column,
            Self::Name => mapping.name = column,
            Self::Dorm => mapping.dorm = dorm(column, Self::Room.of(mapping)),
            Self::Room => mapping.dorm = dorm(Self::Dorm.of(mapping), column),
        }
    }
}

/// Which columns were recognised, each to be corrected.
#[component]
pub(super) fn Columns(importing: Importing) -> impl IntoView {
    let choice = move |part: Part, label: fn() -> &'static str| {
        let chosen = move || importing.mapping.with(|mapping| part.of(mapping));
        let choose = move |value: String| {
            let column = value.parse().ok();
            importing
                .mapping
                .update(|mapping| part.set(mapping, column));
        };
        let options = move || columns(importing);
        view! { <Choice label chosen options choose/> }
    };
    let header = move || {
        importing
            .mapping
            .with(|mapping| mapping.header.map(to_usize))
    };
    let choose_header = move |value: String| {
        let row = value.parse().ok();
        importing.mapping.update(|mapping| mapping.header = row);
    };
    view! {
        <h2 class="section-title">
            {texts().import().columns}
            <small>{texts().import().columns_hint}</small>
        </h2>
        <div class="cells">
            {choice(Part::No, || (texts().import().field)(Field::No))}
            {choice(Part::Name, || (texts().import().field)(Field::Name))}
            {choice(Part::Dorm, || texts().import().building_or_dorm)}
            {choice(Part::Room, || texts().import().room)}
            <Choice
                label=|| texts().import().header_row
                chosen=header
                options=move || heading_rows(importing)
                choose=choose_header
            />
        </div>
    }
}

/// A labelled choice; its options are pairs of a number and a text, without one for none.
#[component]
fn Choice(
    label: fn() -> &'static str,
    chosen: impl Fn() -> Option<usize> + Copy + Send + Sync + 'static,
    options: impl Fn() -> Vec<(Option<usize>, String)> + Send + 'static,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options = move || {
        let option = |(number, text): (Option<usize>, String)| {
            let value = number.map(|number| number.to_string()).unwrap_or_default();
            view! { <option value=value selected=move || chosen() == number>{text}</option> }
        };
        options().into_iter().map(option).collect_view()
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            // Or the options would be part of its name.
            <select
                class="field__input"
                aria-label=label
                on:change=move |event| choose(event_target_value(&event))
            >
                {options}
            </select>
        </label>
    }
}

/// All columns, each with the heading or the first cell in it, and none.
fn columns(importing: Importing) -> Vec<(Option<usize>, String)> {
    let texts = texts().import();
    let header = importing.mapping.with(|mapping| mapping.header);
    importing.list.with(|list| {
        let none = (None, texts.no_column.to_owned());
        let Some(list) = list else { return vec![none] };
        let column = |at| {
            (
                Some(at),
                (texts.column)(&letters(at), &sample(&list.table, header, at)),
            )
        };
        let columns = (0..list.table.width()).map(column);
        [none].into_iter().chain(columns).collect()
    })
}

/// What tells a column: its heading, else the first cell that holds anything.
fn sample(table: &Table, header: Option<u32>, column: usize) -> String {
    let heading = header.and_then(|header| table.row(header));
    let cells = heading.into_iter().chain(&table.rows);
    let mut cells = cells.map(|row| row.cell(column).trim());
    let cell = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
    cell.chars().take(SAMPLE_CHARS).collect()
}

/// The rows that may be the headings, and none.
fn heading_rows(importing: Importing) -> Vec<(Option<usize>, String)> {
    let texts = texts().import();
    let none = (None, texts.no_header.to_owned());
    importing.list.with(|list| {
        let rows = list.iter().flat_map(|list| list.table.rows.iter());
        let row = |number: u32| (Some(to_usize(number)), (texts.row)(number));
        let rows = rows.take(HEADING_ROWS).map(|found| row(found.number()));
        [none].into_iter().chain(rows).collect()
    })
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A column's letters as spreadsheets show them: A, B … Z, AA …
fn letters(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    match column.checked_sub(26) {
        None => letter(column).to_string(),
        Some(rest) => format!("{}{}", letters(rest / 26), letter(rest)),
    }
}
