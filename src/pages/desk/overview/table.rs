use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use web_sys::Element;
use wuzha_core::book::Held;
use wuzha_core::measure::Share;
use wuzha_core::overview::{Column, Filter, Order, listed};
use wuzha_core::time::UnixMillis;
use wuzha_jobs::shelf::{BookId, Books, Card};

use super::totals::percent;
use crate::app::texts;
use crate::browser::clock;

/// What is drawn in one go: what is seen at once on a large screen.
const AT_ONCE: usize = 12;
/// So many rows are drawn by and by. More follow when somebody scrolls to them, or prints: a school has hundreds of
/// classes, and to put all their rows in another order holds the screen up.
const BY_AND_BY: usize = 96;
/// Characters of `2021` and of `2021-12-26`.
const YEAR: usize = 4;
const DAY: usize = 10;
/// So close to the end of what is drawn more is drawn, in pixels.
const NEAR: i32 = 600;

type Cards = StoredValue<Arc<Books>>;

/// One line a class, in an order and narrowed.
#[component]
pub(super) fn Classes(
    books: Arc<Books>,
    /// The classes that are shown, in their order.
    shown: RwSignal<Vec<BookId>>,
) -> impl IntoView {
    let order = RwSignal::new(Order::Behind(Column::Registered));
    let filter = RwSignal::new(Filter::default());
    let all = books.cards.len();
    let cards: Cards = StoredValue::new(books);
    let drawn = RwSignal::new(AT_ONCE);
    Effect::new(move |_| {
        cards.with_value(|books| {
            let lines = filter.with(|filter| listed(&books.cards, filter, order.get()));
            // From the top again: to put hundreds of rows in another order at once would hold the screen up.
            drawn.set(AT_ONCE);
            shown.set(lines.into_iter().map(|card| card.book).collect());
        });
    });
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <section class="stack">
            <Controls cards order filter/>
            <p class="muted small" aria-live="polite">
                {move || (texts().overview().shown)(shown.with(Vec::len), all)}
            </p>
            {move || match is_empty.get() {
                true => view! {
                    <div class="empty empty_card"><p>{texts().overview().none_fits}</p></div>
                }
                .into_any(),
                false => view! { <Table cards shown drawn order/> }.into_any(),
            }}
            <p class="muted small">{texts().overview().table_note}</p>
        </section>
    }
}

/// In which order, and which.
#[component]
fn Controls(cards: Cards, order: RwSignal<Order>, filter: RwSignal<Filter>) -> impl IntoView {
    let orders = || {
        let behind = Column::ALL.map(Order::Behind);
        std::iter::once(Order::Name).chain(behind)
    };
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(chosen) = at.and_then(|at| orders().nth(at)) {
            order.set(chosen);
        }
    };
    let options = move || {
        let option = |(at, each): (usize, Order)| {
            view! {
                <option value=at.to_string() selected=move || order.get() == each>{order_text(each)}</option>
            }
        };
        orders().enumerate().map(option).collect_view()
    };
    let departments =
        cards.with_value(|books| values(&books.cards, |card| card.figures.department.clone()));
    let grades = cards.with_value(|books| values(&books.cards, |card| card.figures.grade.clone()));
    let counsellors =
        cards.with_value(|books| values(&books.cards, |card| card.figures.counsellor.clone()));
    view! {
        <div class="controls">
            <label class="field">
                <span class="field__label">{texts().overview().order}</span>
                <select class="field__input" on:change=choose>{options}</select>
            </label>
            <Narrow
                label=texts().overview().department
                values=departments
                choose=move |value| filter.update(|filter| filter.department = value)
            />
            <Narrow
                label=texts().overview().grade
                values=grades
                choose=move |value| filter.update(|filter| filter.grade = value)
            />
            <Narrow
                label=texts().overview().counsellor
                values=counsellors
                choose=move |value| filter.update(|filter| filter.counsellor = value)
            />
            <label class="field">
                <span class="field__label">{texts().overview().search}</span>
                <input
                    class="field__input"
                    type="search"
                    autocomplete="off"
                    aria-keyshortcuts="Alt+S"
                    on:input=move |event| filter.update(|filter| filter.search = event_target_value(&event))
                />
            </label>
        </div>
    }
}

/// One of these values or all; nothing where there is no choice. An empty value is that of who has not filled it in.
#[component]
fn Narrow(
    label: &'static str,
    values: Vec<String>,
    choose: impl Fn(Option<String>) + 'static,
) -> impl IntoView {
    let has_choice = values.len() > 1;
    let options = values.iter().enumerate().map(|(at, value)| {
        let name = match value.is_empty() {
            true => texts().overview().not_filled_in.to_owned(),
            false => value.clone(),
        };
        view! { <option value=at.to_string()>{name}</option> }
    });
    let options = options.collect_view();
    let on_change = move |event| {
        // 全部 has no number.
        let at: Option<usize> = event_target_value(&event).parse().ok();
        choose(at.and_then(|at| values.get(at).cloned()));
    };
    has_choice.then(|| {
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                <select class="field__input" on:change=on_change>
                    <option value="">{texts().overview().all}</option>
                    {options}
                </select>
            </label>
        }
    })
}

/// Each value once, sorted; last an empty one where some class has none.
fn values(cards: &[Card], of: fn(&Card) -> Option<String>) -> Vec<String> {
    let mut values: Vec<String> = cards.iter().filter_map(of).collect();
    values.sort_unstable();
    values.dedup();
    if cards.iter().any(|card| of(card).is_none()) {
        values.push(String::new());
    }
    values
}

fn order_text(order: Order) -> String {
    match order {
        Order::Name => texts().overview().by_name.to_owned(),
        Order::Behind(column) => (texts().overview().behind)((texts().overview().heading)(column)),
    }
}

#[component]
fn Table(
    cards: Cards,
    shown: RwSignal<Vec<BookId>>,
    drawn: RwSignal<usize>,
    order: RwSignal<Order>,
) -> impl IntoView {
    draw_the_rest(drawn, shown);
    draw_all_for_paper(drawn, shown);
    let headings = Column::ALL.map(|column| {
        let sort = move || (order.get() == Order::Behind(column)).then_some("ascending");
        view! {
            <th scope="col" class=format!("num {}", class_of(column)) aria-sort=sort>
                <button on:click=move |_| order.set(Order::Behind(column))>
                    {(texts().overview().heading)(column)}
                </button>
            </th>
        }
    });
    // Rows in another order are new rows: moved, some of them came to stand in the wrong place.
    let round = Memo::new(move |round: Option<&u32>| {
        shown.track();
        round.map_or(0, |round| round.wrapping_add(1))
    });
    let rows = move || {
        let (round, drawn) = (round.get(), drawn.get());
        let row = |book: &BookId| (round, *book);
        shown.with(|shown| {
            shown
                .iter()
                .take(drawn)
                .map(row)
                .collect::<Vec<(u32, BookId)>>()
        })
    };
    let line = move |(_, book): (u32, BookId)| {
        cards.with_value(|books| {
            let card = books.cards.iter().find(|card| card.book == book);
            card.map(|card| view! { <Line card/> })
        })
    };
    view! {
        <div
            class="table-wrap"
            tabindex="0"
            role="region"
            aria-label=texts().overview().classes
            on:scroll=move |event| draw_near(drawn, &event_target(&event))
        >
            <table class="table table_pin table_overview">
                <thead>
                    <tr>
                        <th scope="col" aria-sort=move || (order.get() == Order::Name).then_some("ascending")>
                            <button on:click=move |_| order.set(Order::Name)>{texts().overview().class}</button>
                        </th>
                        {headings.into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=|row| *row children=line/>
                </tbody>
            </table>
        </div>
    }
}

/// Draws so many more each frame, up to a number.
fn draw_the_rest(drawn: RwSignal<usize>, shown: RwSignal<Vec<BookId>>) {
    Effect::new(move |_| {
        let (so_far, all) = (drawn.get(), shown.with(Vec::len));
        if so_far < all.min(BY_AND_BY) {
            set_timeout(
                move || {
                    let _left_meanwhile = drawn.try_set(so_far + AT_ONCE);
                },
                Duration::from_millis(16),
            );
        }
    });
}

fn draw_near(drawn: RwSignal<usize>, table: &Element) {
    let left = table.scroll_height() - table.scroll_top() - table.client_height();
    if left < NEAR {
        drawn.update(|drawn| *drawn += AT_ONCE);
    }
}

/// On paper are all of them.
fn draw_all_for_paper(drawn: RwSignal<usize>, shown: RwSignal<Vec<BookId>>) {
    let printing = window_event_listener(ev::beforeprint, move |_| {
        drawn.set(shown.with_untracked(Vec::len));
    });
    on_cleanup(move || printing.remove());
}

#[component]
fn Line<'a>(card: &'a Card) -> impl IntoView + use<> {
    let Card { book, figures, .. } = card;
    let cells = Column::ALL.map(|column| {
        let text = match column {
            Column::Average => figures
                .average
                .map(|average| (format!("{:.1}", average.percent()), String::new())),
            Column::Activities => held_text(figures.activities.all),
            Column::LastRecord => figures.last_record.map(|at| (minute(at), String::new())),
            _ => figures.share(column).and_then(share_text),
        };
        view! { <td class=format!("num {}", class_of(column))>{cell(text)}</td> }
    });
    let unit = [&figures.department, &figures.grade];
    let unit: Vec<&str> = unit.into_iter().flatten().map(String::as_str).collect();
    let students = (texts().overview().people)(figures.students);
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/overview/{}", book.0)>
                    {match figures.class.is_empty() {
                        true => texts().overview().unknown.to_owned(),
                        false => figures.class.clone(),
                    }}
                    <span class="muted small table__sub">{unit.join(" · ")}" "{students}</span>
                </a>
            </th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}

/// What is known as it is shown: the share, and of how many. Nothing as long as nobody is known either way.
fn share_text(share: Share) -> Option<(String, String)> {
    if !share.is_known() {
        return None;
    }
    let mut of = format!("{}/{}", share.met, share.of());
    if share.unknown > 0 {
        of = format!("{of} {}", (texts().overview().unknown_of)(share.unknown));
    }
    Some((percent(share), of))
}

/// How many activities, and how many people they reached. Nothing where none is recorded.
fn held_text(held: Held) -> Option<(String, String)> {
    let times = held.known_times()?;
    let reached = (texts().overview().reached)(held.known_people(), held.uncounted());
    Some(((texts().overview().times)(times), reached))
}

fn cell(text: Option<(String, String)>) -> AnyView {
    match text {
        None => view! { <span class="muted">{texts().overview().unknown}</span> }.into_any(),
        Some((main, of)) if of.is_empty() => view! { {main} }.into_any(),
        Some((main, of)) => view! {
            <span class="strong">{main}</span>
            <span class="muted small table__sub">{of}</span>
        }
        .into_any(),
    }
}

/// `12-26 19:05`, of another year `2021-12-26`: a whole date and a time would take the width of two columns.
fn minute(at: UnixMillis) -> String {
    let [text, now] = [at, clock::now()].map(|time| time.to_minute_text(clock::offset()));
    let short = match text.get(..YEAR) == now.get(..YEAR) {
        true => text.get(YEAR + 1..),
        false => text.get(..DAY),
    };
    short.unwrap_or_default().to_owned()
}

/// A phone shows a few.
fn class_of(column: Column) -> &'static str {
    match column {
        Column::Registered | Column::QuizPassed | Column::DormsMet => "",
        _ => "wide-only",
    }
}
