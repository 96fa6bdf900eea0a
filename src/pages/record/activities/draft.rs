use leptos::prelude::*;
use wuzha_core::book::{
    Activity, ActivityField, ActivityInput, ActivityKind, ActivityText, Field, HeldOn, People,
};
use wuzha_core::time::parse_day;

use crate::app::texts;
use crate::browser::clock;

/// What is typed about an activity, and what was wrong with it at the last try.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) kind: RwSignal<Option<ActivityKind>>,
    pub(super) day: RwSignal<String>,
    pub(super) people: RwSignal<String>,
    pub(super) title: RwSignal<String>,
    pub(super) place: RwSignal<String>,
    pub(super) partner: RwSignal<String>,
    pub(super) analysis: RwSignal<String>,
    pub(super) measures: RwSignal<String>,
    /// The first field with a problem, from above, and the problem.
    problem: RwSignal<Option<(ActivityField, String)>>,
}

impl Draft {
    /// A new one: most often a class meeting of today.
    pub(super) fn new() -> Self {
        let draft = Self::of(&Activity::default());
        draft.kind.set(Some(ActivityKind::ClassMeeting));
        let today = clock::now().date(clock::offset());
        draft
            .day
            .set(today.map(|day| day.to_string()).unwrap_or_default());
        draft
    }

    /// One that is there.
    pub(super) fn of(activity: &Activity) -> Self {
        let text = |field: &Field<String>| RwSignal::new(field.get().cloned().unwrap_or_default());
        let day = activity.day.get().map(ToString::to_string);
        let people = activity
            .people
            .copied()
            .map(|people| people.get().to_string());
        Self {
            kind: RwSignal::new(activity.kind.copied()),
            day: RwSignal::new(day.unwrap_or_default()),
            people: RwSignal::new(people.unwrap_or_default()),
            title: text(&activity.title),
            place: text(&activity.place),
            partner: text(&activity.partner),
            analysis: text(&activity.analysis),
            measures: text(&activity.measures),
            problem: RwSignal::new(None),
        }
    }

    /// What is wrong with a field, if anything.
    pub(super) fn problem(self, field: ActivityField) -> Option<String> {
        let problem = self.problem.get();
        problem.filter(|(of, _)| *of == field).map(|(_, text)| text)
    }

    /// The activity, or `None` with the problem set. `is_new`: it has to have a kind.
    pub(super) fn read(self, is_new: bool) -> Option<ActivityInput> {
        let read = self.checked(is_new);
        self.problem.set(read.as_ref().err().cloned());
        read.ok()
    }

    fn checked(self, is_new: bool) -> Result<ActivityInput, (ActivityField, String)> {
        let texts = texts().activities();
        let refuse = |field, text: &str| (field, text.to_owned());
        let text = |field, typed: RwSignal<String>| {
            let text = ActivityText::try_from(typed.get_untracked());
            text.map_err(|error| (field, (texts.text_error)(error)))
        };
        let kind = self.kind.get_untracked();
        if is_new && kind.is_none() {
            return Err(refuse(ActivityField::Kind, texts.no_kind));
        }
        let day = self.day.with_untracked(|typed| parse_day(typed));
        let day = day.ok_or_else(|| refuse(ActivityField::Day, texts.no_day))?;
        let today = clock::now().date(clock::offset()).unwrap_or(day);
        let day = HeldOn::new(day, today);
        let people = self.people.with_untracked(|typed| People::typed(typed));
        Ok(ActivityInput {
            kind,
            day: day.map_err(|_| refuse(ActivityField::Day, texts.not_yet))?,
            title: text(ActivityField::Title, self.title)?,
            people: people
                .map_err(|error| refuse(ActivityField::People, (texts.people_error)(error)))?,
            place: text(ActivityField::Place, self.place)?,
            partner: text(ActivityField::Partner, self.partner)?,
            analysis: text(ActivityField::Analysis, self.analysis)?,
            measures: text(ActivityField::Measures, self.measures)?,
        })
    }
}
