use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::old_ledger::{AppYes, Reading};
use wuzha_jobs::Progress;
use wuzha_jobs::old_ledgers::{Asked, Choice, ClassPlan, Home, SheetPlan};

use crate::old_ledgers::{self, Sheet};
use crate::shelf::Failure;

/// So many students of a class, and rows that are not taken over, are shown.
const MOST: u32 = 30;

/// What taking a sheet over would do, as far as it is known.
#[derive(Clone)]
pub(super) enum Planned {
    /// So many books on the shelf were looked at.
    Comparing(Option<Progress>),
    Known(Arc<SheetPlan>),
    Failed(Failure),
}

/// One sheet of the preview: what a person said of it, and what follows.
#[derive(Clone, Copy)]
pub(super) struct Card {
    sheet: StoredValue<Sheet>,
    pub(super) class_name: RwSignal<String>,
    pub(super) app_yes: RwSignal<AppYes>,
    choices: RwSignal<Vec<Choice>>,
    pub(super) planned: RwSignal<Planned>,
    /// How many times it was planned: an answer to an older question is not shown.
    asked: StoredValue<u32>,
    /// Whether what is shown is being planned anew.
    pub(super) is_busy: RwSignal<bool>,
}

impl Card {
    pub(super) fn new(sheet: Sheet) -> Self {
        Self {
            sheet: StoredValue::new(sheet),
            class_name: RwSignal::new(String::new()),
            app_yes: RwSignal::new(AppYes::NotSaid),
            choices: RwSignal::new(Vec::new()),
            planned: RwSignal::new(Planned::Comparing(None)),
            asked: StoredValue::new(0),
            is_busy: RwSignal::new(true),
        }
    }

    pub(super) fn sheet(self) -> Sheet {
        self.sheet.get_value()
    }

    /// The file and, where it has several, the sheet.
    pub(super) fn title(self) -> String {
        self.sheet.with_value(|sheet| match &sheet.name {
            Some(name) => format!("{} · {name}", sheet.file),
            None => sheet.file.clone(),
        })
    }

    /// As a person wants it. Classes that nobody chose a book for are found again, so that one that an earlier sheet
    /// has just made is found.
    pub(super) fn asked(self) -> Asked {
        Asked {
            reading: Reading {
                class_name: self.class_name.get_untracked(),
                app_yes: self.app_yes.get_untracked(),
            },
            choices: self.choices.get_untracked(),
        }
    }

    /// The same, with every class where it was found: no other book need be looked at.
    fn asked_in_place(self) -> Asked {
        let mut asked = self.asked();
        let classes = self.known_untracked(|plan| plan.classes.len()).unwrap_or(0);
        asked.choices.resize_with(classes, Choice::default);
        for (at, choice) in asked.choices.iter_mut().enumerate() {
            choice.home = self
                .known_untracked(|plan| home(*choice, plan.classes.get(at)))
                .unwrap_or_default();
        }
        asked
    }

    /// Asks the shelf's worker, and shows what it says.
    pub(super) async fn plan(self, asked: Asked) {
        let Some(turn) = self.asked.try_update_value(|turn| {
            *turn += 1;
            *turn
        }) else {
            return;
        };
        let is_latest = move || self.asked.try_get_value() == Some(turn);
        self.is_busy.try_set(true);
        let on_progress = move |progress| {
            self.planned.try_update(|planned| {
                if let Planned::Comparing(so_far) = planned {
                    *so_far = Some(progress);
                }
            });
        };
        let planned = match old_ledgers::plan(&self.sheet(), asked, MOST, on_progress).await {
            Ok(plan) => Planned::Known(Arc::new(plan)),
            Err(failure) => Planned::Failed(failure),
        };
        // The preview may have been put away meanwhile.
        if is_latest() {
            self.planned.try_set(planned);
            self.is_busy.try_set(false);
        }
    }

    /// Plans anew after a person said more about the sheet.
    pub(super) fn read_anew(self) {
        spawn_local(self.plan(self.asked()));
    }

    /// What a person chose for a class.
    pub(super) fn choice(self, at: usize) -> Choice {
        let chosen = self.choices.with(|choices| choices.get(at).copied());
        chosen.unwrap_or_default()
    }

    /// Plans anew after a person chose something else for a class.
    pub(super) fn choose(self, at: usize, change: impl FnOnce(&mut Choice)) {
        self.choices.update(|choices| {
            if choices.len() <= at {
                choices.resize_with(at + 1, Choice::default);
            }
            if let Some(choice) = choices.get_mut(at) {
                change(choice);
            }
        });
        spawn_local(self.plan(self.asked_in_place()));
    }

    /// Where a class goes: as chosen, else as found.
    pub(super) fn home(self, at: usize) -> Home {
        let choice = self.choice(at);
        let home = self.known(|plan| home(choice, plan.classes.get(at)));
        home.unwrap_or_default()
    }

    /// Whether a class would have no name.
    pub(super) fn needs_name(self, at: usize) -> bool {
        let is_unnamed = |plan: &SheetPlan| {
            plan.classes
                .get(at)
                .is_some_and(|class| class.name.is_empty())
        };
        self.home(at) == Home::New && self.known(is_unnamed) == Some(true)
    }

    /// Whether it can be merged as it is, or is left out.
    pub(super) fn is_ready(self) -> bool {
        let classes = self.known(|plan| plan.classes.len());
        !self.is_busy.get() && !(0..classes.unwrap_or(0)).any(|at| self.needs_name(at))
    }

    /// How many records would be written.
    pub(super) fn records(self) -> u32 {
        let goes = |at| self.choice(at).home != Home::Nowhere;
        let records = |plan: &SheetPlan| {
            let classes = plan.classes.iter().enumerate();
            let classes = classes.filter(|(at, _)| goes(*at));
            classes.map(|(_, class)| class.records).sum()
        };
        self.known(records).unwrap_or(0)
    }

    /// How many classes it has.
    pub(super) fn classes(self) -> u32 {
        let classes = self.known_untracked(|plan| plan.classes.len());
        classes
            .and_then(|classes| u32::try_from(classes).ok())
            .unwrap_or(0)
    }

    /// Reads the plan, where there is one.
    pub(super) fn known<T>(self, read: impl FnOnce(&SheetPlan) -> T) -> Option<T> {
        self.planned.with(|planned| of_plan(planned, read))
    }

    fn known_untracked<T>(self, read: impl FnOnce(&SheetPlan) -> T) -> Option<T> {
        self.planned
            .with_untracked(|planned| of_plan(planned, read))
    }
}

fn of_plan<T>(planned: &Planned, read: impl FnOnce(&SheetPlan) -> T) -> Option<T> {
    match planned {
        Planned::Known(plan) => Some(read(plan)),
        Planned::Comparing(_) | Planned::Failed(_) => None,
    }
}

fn home(choice: Choice, class: Option<&ClassPlan>) -> Home {
    match choice.home {
        Home::Found => class
            .and_then(|class| class.book)
            .map_or(Home::New, Home::Book),
        chosen => chosen,
    }
}
