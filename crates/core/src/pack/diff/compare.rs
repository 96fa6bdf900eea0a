//! Two packs beside each other, file by file.

use super::{Change, Field, Part, What};
use crate::ident::Slug;
use crate::pack::{
    Bilingual, Campaign, Checklist, Criteria, Gate, Item, Phase, School, Task, Term, Test,
    WholePack,
};
use crate::quiz::{Bank, Category, Question, Source};

/// What is different in `new`.
pub(super) fn packs(old: &WholePack, new: &WholePack) -> Vec<Change> {
    let mut found = Found(Vec::new());
    found.campaign(&old.campaign, &new.campaign);
    found.checklists(&old.checklists, &new.checklists);
    found.criteria(&old.criteria, &new.criteria);
    found.bank(&old.bank, &new.bank);
    found.school(&old.school, &new.school);
    found.0
}

struct Found(Vec<Change>);

/// Something with an id in a list.
trait Entry {
    fn id(&self) -> &Slug;
    fn text(&self) -> &str;
}

macro_rules! entry {
    ($($name:ident: $text:ident $(. $zh:ident)?),*) => {$(
        impl Entry for $name {
            fn id(&self) -> &Slug {
                &self.id
            }
            fn text(&self) -> &str {
                &self.$text $(.$zh)?
            }
        }
    )*};
}

entry!(Phase: title.zh, Task: text.zh, Item: text.zh, Gate: text.zh, Category: title, Question: stem);

impl Found {
    fn tell(&mut self, part: &Part, what: What) {
        let part = part.clone();
        self.0.push(Change { part, what });
    }

    fn field(&mut self, part: &Part, field: Field, from: Option<&str>, to: Option<&str>) {
        if from != to {
            let (from, to) = (from.map(str::to_owned), to.map(str::to_owned));
            self.tell(part, What::Text { field, from, to });
        }
    }

    fn text(&mut self, part: &Part, field: Field, from: &str, to: &str) {
        self.field(part, field, Some(from), Some(to));
    }

    /// The Chinese of a text that has become another; the English where only that has.
    fn bilingual(
        &mut self,
        part: &Part,
        field: Field,
        from: Option<&Bilingual>,
        to: Option<&Bilingual>,
    ) {
        let zh = |text: Option<&Bilingual>| text.map(|text| text.zh.clone());
        let en = |text: Option<&Bilingual>| text.map(|text| text.en.clone());
        match zh(from) == zh(to) {
            true => self.field(part, field, en(from).as_deref(), en(to).as_deref()),
            false => self.field(part, field, zh(from).as_deref(), zh(to).as_deref()),
        }
    }

    fn example(&mut self, part: &Part, from: bool, to: bool) {
        match (from, to) {
            (true, false) => self.tell(part, What::Confirmed),
            (false, true) => self.tell(part, What::Example),
            _ => {}
        }
    }

    /// What was added to a list, removed from it and put elsewhere in it; returns who is in both.
    fn entries<'a, T: Entry>(
        &mut self,
        whole: &Part,
        (old, new): (&[&'a T], &[&'a T]),
        part: impl Fn(&Slug) -> Part,
    ) -> Vec<(Part, &'a T, &'a T)> {
        let twin = |list: &[&'a T], id: &Slug| list.iter().copied().find(|of| of.id() == id);
        for entry in old.iter().filter(|of| twin(new, of.id()).is_none()) {
            let text = entry.text().to_owned();
            self.tell(&part(entry.id()), What::Removed { text });
        }
        for entry in new.iter().filter(|of| twin(old, of.id()).is_none()) {
            let text = entry.text().to_owned();
            self.tell(&part(entry.id()), What::Added { text });
        }
        let pairs = new
            .iter()
            .filter_map(|now| Some((part(now.id()), twin(old, now.id())?, *now)));
        let pairs: Vec<_> = pairs.collect();
        let stayed = old.iter().filter(|of| twin(new, of.id()).is_some());
        if !stayed
            .map(|of| of.id())
            .eq(pairs.iter().map(|(_, _, now)| now.id()))
        {
            self.tell(whole, What::Reordered);
        }
        pairs
    }

    fn campaign(&mut self, old: &Campaign, new: &Campaign) {
        let part = &Part::Campaign;
        self.bilingual(part, Field::Text, Some(&old.title), Some(&new.title));
        self.text(part, Field::Notice, &old.notice, &new.notice);
        self.example(part, old.example, new.example);
        let days = |of: &Campaign| format!("{} – {}", of.start, of.end);
        self.text(part, Field::Days, &days(old), &days(new));
        let due = |of: &Campaign| of.report.due.to_string();
        self.text(part, Field::Due, &due(old), &due(new));
        let report = (Some(&old.report.text), Some(&new.report.text));
        self.bilingual(part, Field::Report, report.0, report.1);
        let phases = (&refs(&old.phases)[..], &refs(&new.phases)[..]);
        let phase = |id: &Slug| Part::Phase(id.clone());
        for (part, old, new) in self.entries(part, phases, phase) {
            self.phase(&part, old, new);
        }
    }

    fn phase(&mut self, part: &Part, old: &Phase, new: &Phase) {
        self.bilingual(part, Field::Text, Some(&old.title), Some(&new.title));
        let days = |of: &Phase| format!("{} – {}", of.first_day, of.last_day);
        self.text(part, Field::Days, &days(old), &days(new));
        let task = |task: &Slug| Part::Task {
            phase: new.id.clone(),
            task: task.clone(),
        };
        let tasks = (&refs(&old.tasks)[..], &refs(&new.tasks)[..]);
        for (part, old, new) in self.entries(part, tasks, task) {
            self.bilingual(&part, Field::Text, Some(&old.text), Some(&new.text));
        }
    }

    fn checklists(&mut self, old: &[Checklist], new: &[Checklist]) {
        for (was, now) in by_scope(old, new, |list| list.scope) {
            let Some((scope, whole)) = now.or(was).map(|of| (of.scope, Part::Checklist(of.scope)))
            else {
                continue;
            };
            if let (Some(was), Some(now)) = (was, now) {
                self.bilingual(&whole, Field::Text, Some(&was.title), Some(&now.title));
                self.example(&whole, was.example, now.example);
            }
            let (old, new) = (
                refs_of(was.map(|list| &list.items[..])),
                refs_of(now.map(|list| &list.items[..])),
            );
            let item = |item: &Slug| Part::Item {
                scope,
                item: item.clone(),
            };
            for (part, old, new) in self.entries(&whole, (&old, &new), item) {
                self.item(&part, old, new);
            }
        }
    }

    fn item(&mut self, part: &Part, old: &Item, new: &Item) {
        self.bilingual(part, Field::Text, Some(&old.text), Some(&new.text));
        self.bilingual(part, Field::Hint, old.hint.as_ref(), new.hint.as_ref());
        if old.auto != new.auto {
            let (from, to) = (old.auto, new.auto);
            self.tell(part, What::Auto { from, to });
        }
        self.text(part, Field::Source, &old.source, &new.source);
    }

    fn criteria(&mut self, old: &[Criteria], new: &[Criteria]) {
        for (was, now) in by_scope(old, new, |criteria| criteria.scope) {
            let Some((level, whole)) = now.or(was).map(|of| (of.scope, Part::Criteria(of.scope)))
            else {
                continue;
            };
            if let (Some(was), Some(now)) = (was, now) {
                self.bilingual(&whole, Field::Text, Some(&was.title), Some(&now.title));
                self.example(&whole, was.example, now.example);
            }
            let (old, new) = (
                refs_of(was.map(|of| &of.gates[..])),
                refs_of(now.map(|of| &of.gates[..])),
            );
            let gate = |gate: &Slug| Part::Gate {
                level,
                gate: gate.clone(),
            };
            for (part, old, new) in self.entries(&whole, (&old, &new), gate) {
                self.gate(&part, old, new);
            }
        }
    }

    fn gate(&mut self, part: &Part, old: &Gate, new: &Gate) {
        self.bilingual(part, Field::Text, Some(&old.text), Some(&new.text));
        match (old.veto, new.veto) {
            (false, true) => self.tell(part, What::VetoOn),
            (true, false) => self.tell(part, What::VetoOff),
            _ => {}
        }
        match threshold(&old.test, &new.test) {
            _ if old.test == new.test => {}
            Some((from, to)) => self.tell(part, What::Threshold { from, to }),
            None => {
                let (from, to) = (old.test.clone(), new.test.clone());
                self.tell(part, What::Test { from, to });
            }
        }
        self.text(part, Field::Source, &old.source, &new.source);
    }

    fn bank(&mut self, old: &Bank, new: &Bank) {
        let categories = (&refs(old.categories())[..], &refs(new.categories())[..]);
        let category = |id: &Slug| Part::Category(id.clone());
        for (part, old, new) in self.entries(&Part::Bank, categories, category) {
            self.text(&part, Field::Text, &old.title, &new.title);
        }
        let (was, now): (Vec<_>, Vec<_>) = (old.listed().collect(), new.listed().collect());
        let question = |id: &Slug| Part::Question(id.clone());
        for (part, old, new) in self.entries(&Part::Bank, (&was, &now), question) {
            self.question(&part, old, new);
        }
    }

    fn question(&mut self, part: &Part, old: &Question, new: &Question) {
        let class = |of: &Question| {
            let (category, difficulty) = (&of.category, u8::from(of.difficulty));
            format!("{category} {:?} {difficulty}", of.kind)
        };
        let options = |of: &Question| of.options.join(" / ");
        let answer = |of: &Question| {
            let right = of.answer.iter();
            let right = right.filter_map(|at| of.options.get(usize::from(*at)));
            right.cloned().collect::<Vec<_>>().join(" / ")
        };
        let source = |of: &Question| match &of.source {
            Source::Law { law, article } => format!("{law} {article}"),
            Source::Guide { guide } => guide.clone(),
        };
        self.text(part, Field::Class, &class(old), &class(new));
        self.text(part, Field::Text, &old.stem, &new.stem);
        self.text(part, Field::Options, &options(old), &options(new));
        self.text(part, Field::Answer, &answer(old), &answer(new));
        let explanations = (&old.explanation, &new.explanation);
        self.text(part, Field::Explanation, explanations.0, explanations.1);
        self.text(part, Field::Source, &source(old), &source(new));
    }

    fn school(&mut self, old: &School, new: &School) {
        type Text = fn(&School) -> Option<&str>;
        let fields: [(Field, Text); 8] = [
            (Field::Text, |of| of.name.as_ref().map(|it| it.as_str())),
            (Field::Region, |of| of.region.as_ref().map(|it| it.as_str())),
            (Field::DownloadCode, |of| {
                let code = of.download_code.as_ref();
                code.map(|code| code.link().text.as_str())
            }),
            (Field::CodeName, |of| {
                let code = of.download_code.as_ref();
                code?.name().map(|it| it.as_str())
            }),
            (Field::Office, |of| {
                of.contacts.office.as_ref().map(|it| it.as_str())
            }),
            (Field::Officer, |of| {
                of.contacts.officer.as_ref().map(|it| it.as_str())
            }),
            (Field::Phone, |of| {
                of.contacts.phone.as_ref().map(|it| it.as_str())
            }),
            (Field::MailBox, |of| {
                of.contacts.mail.as_ref().map(|it| it.as_str())
            }),
        ];
        for (field, text) in fields {
            self.field(&Part::School, field, text(old), text(new));
        }
        self.named(&units(old), &units(new), Part::Unit);
        let terms = |of: &School| {
            let terms = of.terms.iter();
            let term = |term: &Term| {
                let days = format!("{} – {}", term.start, term.end);
                (term.name.to_string(), days)
            };
            terms.map(term).collect::<Vec<_>>()
        };
        self.named(&terms(old), &terms(new), Part::Term);
    }

    /// Things that are known by their name, each with its days or nothing.
    fn named(
        &mut self,
        old: &[(String, String)],
        new: &[(String, String)],
        part: fn(String) -> Part,
    ) {
        let twin = |list: &[(String, String)], name: &str| {
            let found = list.iter().find(|(of, _)| of == name);
            found.map(|(_, days)| days.clone())
        };
        for (name, text) in old.iter().filter(|(name, _)| twin(new, name).is_none()) {
            let text = text.clone();
            self.tell(&part(name.clone()), What::Removed { text });
        }
        for (name, days) in new {
            let part = part(name.clone());
            match twin(old, name) {
                Some(before) => self.text(&part, Field::Days, &before, days),
                None => {
                    let text = days.clone();
                    self.tell(&part, What::Added { text });
                }
            }
        }
    }
}

/// What has to be reached, where it is of the same measure before and after.
fn threshold(old: &Test, new: &Test) -> Option<(u8, u8)> {
    match (old, new) {
        (
            Test::Share {
                measure: was,
                min_percent: from,
            },
            Test::Share {
                measure: now,
                min_percent: to,
            },
        ) if was == now => Some((*from, *to)),
        _ => None,
    }
}

/// Every list of either pack, beside that of the same scope in the other.
fn by_scope<'a, T, S: Copy + PartialEq>(
    old: &'a [T],
    new: &'a [T],
    scope: fn(&T) -> S,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let twin = |list: &'a [T], of: &T| list.iter().find(|other| scope(other) == scope(of));
    let gone = old.iter().filter(|of| twin(new, of).is_none());
    let there = new.iter().map(|of| (twin(old, of), Some(of)));
    gone.map(|of| (Some(of), None)).chain(there).collect()
}

fn refs<T>(list: &[T]) -> Vec<&T> {
    list.iter().collect()
}

fn refs_of<T>(list: Option<&[T]>) -> Vec<&T> {
    refs(list.unwrap_or_default())
}

/// Every unit by its names from the department down; what belongs to none of them says nothing more.
fn units(school: &School) -> Vec<(String, String)> {
    let mut units = Vec::new();
    for department in &school.departments {
        units.push(department.name.to_string());
        for grade in &department.grades {
            let grade_name = format!("{} / {}", department.name, grade.name);
            let classes = grade.classes.iter();
            let classes = classes.map(|class| format!("{grade_name} / {class}"));
            let classes: Vec<String> = classes.collect();
            units.push(grade_name);
            units.extend(classes);
        }
    }
    units
        .into_iter()
        .map(|unit| (unit, String::new()))
        .collect()
}
