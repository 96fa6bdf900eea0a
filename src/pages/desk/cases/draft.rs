use leptos::prelude::*;
use wuzha_core::award::ClassMark;
use wuzha_core::desk::{
    AmountBand, CaseFacts, CaseKind, CaseStatus, CaseText, Channel, ClockTime, Course,
};
use wuzha_core::time::parse_day;
use wuzha_jobs::cases::{CasesBoard, ShownCase};

use crate::app::texts;

/// A case as it is being written: what the fields hold.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) day: RwSignal<String>,
    pub(super) time: RwSignal<String>,
    pub(super) kind: RwSignal<usize>,
    pub(super) band: RwSignal<usize>,
    pub(super) channel: RwSignal<usize>,
    pub(super) course: RwSignal<usize>,
    pub(super) class: RwSignal<usize>,
    pub(super) department: RwSignal<String>,
    pub(super) reported_school: RwSignal<String>,
    pub(super) reported_police: RwSignal<String>,
    pub(super) status: RwSignal<usize>,
    pub(super) follow_up: RwSignal<String>,
    pub(super) lessons: RwSignal<String>,
    kinds: StoredValue<Vec<(CaseKind, String)>>,
    classes: StoredValue<Vec<Place>>,
}

/// A class that can be chosen, or none.
#[derive(Clone)]
struct Place {
    mark: Option<ClassMark>,
    name: String,
    department: Option<String>,
}

impl Draft {
    /// Of what is known of a case, or of a new one.
    pub(super) fn of(board: &CasesBoard, case: Option<&ShownCase>) -> Self {
        let facts = case.map(|shown| &shown.case.facts);
        let text = |text: Option<&CaseText>| {
            RwSignal::new(text.map_or_else(String::new, |text| text.as_str().to_owned()))
        };
        let day = |day: Option<String>| RwSignal::new(day.unwrap_or_default());
        let kinds = kinds(board, facts);
        let classes = classes(board, facts);
        let kind_at = facts.and_then(|facts| {
            let mut kinds = kinds.iter();
            kinds.position(|(kind, _)| *kind == facts.kind)
        });
        let class_at = case.and_then(|shown| match (shown.class, &shown.case.facts.class) {
            (Some(at), _) => Some(at as usize + 1),
            (None, Some(_)) => Some(classes.len().saturating_sub(1)),
            (None, None) => None,
        });
        Self {
            day: day(facts.map(|facts| facts.day.to_string())),
            time: day(facts.and_then(|facts| facts.time).map(ClockTime::to_text)),
            kind: RwSignal::new(kind_at.unwrap_or_default()),
            band: place(
                AmountBand::ALL,
                facts.map_or(AmountBand::Unknown, |f| f.band),
            ),
            channel: place(Channel::ALL, facts.map_or(Channel::Chat, |f| f.channel)),
            course: place(Course::ALL, facts.map_or(Course::Happened, |f| f.course)),
            class: RwSignal::new(class_at.unwrap_or_default()),
            department: text(facts.and_then(|facts| facts.department.as_ref())),
            reported_school: day(facts.and_then(|f| f.reported_school).map(|d| d.to_string())),
            reported_police: day(facts.and_then(|f| f.reported_police).map(|d| d.to_string())),
            status: place(
                CaseStatus::ALL,
                facts.map_or(CaseStatus::Entered, |f| f.status),
            ),
            follow_up: text(facts.map(|facts| &facts.follow_up)),
            lessons: text(facts.map(|facts| &facts.lessons)),
            kinds: StoredValue::new(kinds),
            classes: StoredValue::new(classes),
        }
    }

    pub(super) fn kind_names(self) -> Vec<String> {
        let names =
            |kinds: &Vec<(CaseKind, String)>| kinds.iter().map(|(_, name)| name.clone()).collect();
        self.kinds.with_value(names)
    }

    pub(super) fn class_names(self) -> Vec<String> {
        let names = |classes: &Vec<Place>| classes.iter().map(|place| place.name.clone()).collect();
        self.classes.with_value(names)
    }

    /// The department goes with the class, as far as its book says which; a person may correct it.
    pub(super) fn follow_class(self, at: usize) {
        let department = self.classes.with_value(|classes| {
            let place = classes.get(at)?;
            place.department.clone()
        });
        if let Some(department) = department {
            self.department.set(department);
        }
    }

    /// What was written, or what is wrong with it.
    pub(super) fn facts(self) -> Result<CaseFacts, String> {
        let words = |label: &str, value: RwSignal<String>| {
            let text = CaseText::try_from(value.get_untracked());
            text.map_err(|error| (texts().cases().text_error)(label, error))
        };
        let day = |value: RwSignal<String>| parse_day(&value.get_untracked());
        let department = words(texts().cases().department, self.department)?;
        Ok(CaseFacts {
            day: day(self.day).ok_or_else(|| texts().cases().no_day.to_owned())?,
            time: ClockTime::parse(&self.time.get_untracked()),
            kind: self.kinds.with_value(|kinds| {
                let kind = kinds.get(self.kind.get_untracked());
                kind.map_or(CaseKind::Other, |(kind, _)| kind.clone())
            }),
            band: chosen(AmountBand::ALL, self.band, AmountBand::Unknown),
            channel: chosen(Channel::ALL, self.channel, Channel::Other),
            course: chosen(Course::ALL, self.course, Course::Happened),
            class: self.classes.with_value(|classes| {
                let place = classes.get(self.class.get_untracked())?;
                place.mark.clone()
            }),
            department: (!department.is_empty()).then_some(department),
            reported_school: day(self.reported_school),
            reported_police: day(self.reported_police),
            status: chosen(CaseStatus::ALL, self.status, CaseStatus::Entered),
            follow_up: words(texts().cases().follow_up, self.follow_up)?,
            lessons: words(texts().cases().lessons, self.lessons)?,
        })
    }
}

/// Where one stands among all.
fn place<T: PartialEq>(all: &[T], one: T) -> RwSignal<usize> {
    RwSignal::new(all.iter().position(|of| *of == one).unwrap_or_default())
}

fn chosen<T: Copy>(all: &[T], at: RwSignal<usize>, otherwise: T) -> T {
    all.get(at.get_untracked()).copied().unwrap_or(otherwise)
}

/// The types that can be chosen: also the one that the case has, should the bank have dropped it.
fn kinds(board: &CasesBoard, facts: Option<&CaseFacts>) -> Vec<(CaseKind, String)> {
    let categories = board.categories.iter();
    let mut kinds: Vec<_> = categories
        .map(|category| (CaseKind::Known(category.id.clone()), category.title.clone()))
        .collect();
    kinds.push((CaseKind::Other, texts().cases().other_kind.to_owned()));
    if let Some(facts) = facts
        && kinds.iter().all(|(kind, _)| *kind != facts.kind)
    {
        kinds.push((facts.kind.clone(), facts.kind.code().to_owned()));
    }
    kinds
}

/// None, those on the shelf, and the one that the case has, should it not be there any more.
fn classes(board: &CasesBoard, facts: Option<&CaseFacts>) -> Vec<Place> {
    let place = |mark: Option<ClassMark>, name: &str, department: Option<String>| Place {
        mark,
        name: name.to_owned(),
        department,
    };
    let of_shelf = board.classes.iter().map(|class| {
        place(
            Some(class.mark.clone()),
            &class.name,
            class.department.clone(),
        )
    });
    let none = place(None, texts().cases().no_class, None);
    let gone = facts.and_then(|facts| facts.class.clone());
    let gone = gone.map(|mark| place(Some(mark), texts().cases().class_gone, None));
    [none].into_iter().chain(of_shelf).chain(gone).collect()
}
