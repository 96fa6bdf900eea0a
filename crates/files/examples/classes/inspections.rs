//! Rounds of inspections: a part of the dorms, some with something to mend.

use anyhow::Result;
use wuzha_core::book::{Book, Round, Subject, Verdict, commands};
use wuzha_core::ident::Slug;
use wuzha_core::inspection::{self, Basis, ItemState};

use super::Class;

/// The first phone opens a round today; each phone walks through a part of the dorms.
pub(super) fn walk_through(class: &mut Class<'_>) -> Result<()> {
    let (round, pack) = (Round(class.today()), &class.content.pack);
    class
        .phones
        .write(0, |book| commands::open_round(book, pack, round))?;
    class.phones.meet();
    let dorms = class.phones.book(0)?.dorms();
    let dorms: Vec<Subject> = dorms.into_keys().cloned().map(Subject::Dorm).collect();
    for dorm in dorms {
        if class.dice.happens(class.plan.inspected) {
            inspect(class, round, &dorm)?;
        }
    }
    if class.dice.happens(60) {
        inspect(class, round, &Subject::Class)?;
    }
    class.phones.meet();
    Ok(())
}

fn inspect(class: &mut Class<'_>, round: Round, subject: &Subject) -> Result<()> {
    let who = class.anybody();
    let pack = &class.content.pack;
    for item in items(class, who, round, subject, is_waiting)? {
        let verdict = class.dice.usually(
            None,
            &[(3, Some(Verdict::Fail)), (2, Some(Verdict::NotApplicable))],
        );
        if let Some(verdict) = verdict {
            judge(class, who, (round, subject, &item), verdict)?;
        }
    }
    overrule(class, who, round, subject)?;
    // One in ten is called away before the end.
    if class.dice.happens(90) {
        let pass_rest = |book: &Book| commands::pass_rest(book, pack, round, subject);
        class.phones.write(who, pass_rest)?;
    }
    Ok(())
}

/// Now and then a person knows better than the book what the book decides.
fn overrule(class: &mut Class<'_>, who: usize, round: Round, subject: &Subject) -> Result<()> {
    for item in items(class, who, round, subject, |state| !is_waiting(state))? {
        if class.dice.happens(1) {
            judge(class, who, (round, subject, &item), Verdict::Fail)?;
        }
    }
    Ok(())
}

fn judge(
    class: &mut Class<'_>,
    who: usize,
    (round, subject, item): (Round, &Subject, &Slug),
    verdict: Verdict,
) -> Result<()> {
    class.phones.write(who, |_| {
        commands::judge(round, subject, item, Some(verdict))
    })?;
    if verdict != Verdict::Fail {
        return Ok(());
    }
    let remark = class
        .dice
        .usually("当场补上（示例）", &[(50, "下次再看（示例）")]);
    class.phones.write(who, |book| {
        commands::set_remark(book, round, subject, item, remark)
    })
}

/// The items of a checklist as phone `who` sees them, of those that `wanted` chooses.
fn items(
    class: &Class<'_>,
    who: usize,
    round: Round,
    subject: &Subject,
    wanted: fn(&ItemState<'_>) -> bool,
) -> Result<Vec<Slug>> {
    let book = class.phones.book(who)?;
    let items = inspection::items(book, &class.content.pack, Some(round), subject);
    let wanted = items.iter().filter(|state| wanted(state));
    Ok(wanted.map(|state| state.item.id.clone()).collect())
}

fn is_waiting(state: &ItemState<'_>) -> bool {
    state.verdict.is_none() && state.basis == Basis::Person
}
