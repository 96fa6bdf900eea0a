//! What a class held, and who its counsellor is. Drawn from dice of their own, so that all else is as it was before
//! there were any.

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use wuzha_core::book::{
    ActivityField, ActivityInput, ActivityKind, ActivityText, Counsellor, HeldOn, People,
    activity_id, commands,
};
use wuzha_core::ident::Slug;
use wuzha_core::log::{Change, Key};
use wuzha_core::time::UtcOffset;

use super::Class;
use super::dice::Dice;
use super::school::ClassName;

/// Apart from the seeds that people choose.
const SALT: u64 = 0x616374;

impl Dice {
    /// The dice for activities of the `nth` class.
    pub(super) fn of_activities(seed: u64, nth: u64) -> Self {
        Self::of_class(seed ^ SALT, nth)
    }
}

/// Three classes in four that record anything have recorded what they held, and most know their counsellor.
///
/// To be called last, when the phones have met.
pub(super) fn record(class: &mut Class<'_>, name: &ClassName, dice: &mut Dice) -> Result<()> {
    if dice.happens(80) {
        let counsellor = Counsellor::try_from(name.counsellor())?;
        let set = |book: &_| commands::set_counsellor(book, &counsellor);
        class.phones.write(0, set)?;
    }
    let has_any = class.plan.recorded > 0 && dice.happens(75);
    for nth in 0..if has_any { dice.between(1..=5) } else { 0 } {
        hold(class, nth, dice)?;
    }
    class.phones.meet();
    Ok(())
}

/// One activity, now and then corrected, taken off the list, of a kind that only a newer version knows, or with
/// another number from a phone that has not seen the first.
fn hold(class: &mut Class<'_>, nth: u32, dice: &mut Dice) -> Result<()> {
    let phones = class.phones.count();
    let who = dice.between(0..=99) as usize % phones;
    let input = draw(class, nth, dice)?;
    let id = activity_id(class.phones.now(), UtcOffset::CHINA, salt(dice));
    let id = id.context("a time that no calendar holds")?;
    class
        .phones
        .write(who, |_| commands::add_activity(&id, &input))?;
    class.phones.meet();
    match dice.between(0..=19) {
        0 | 1 => {
            let remove = |_: &_| commands::remove_activity(&id);
            class.phones.write(who, remove)?;
        }
        2 => {
            let kind = Key::new("activity", &[id.as_str()], ActivityField::Kind.code());
            class
                .phones
                .write(who, |_| vec![Change::new(kind, "flash_mob")])?;
        }
        3 | 4 => {
            count_anew(class, who, &id, &input, dice)?;
        }
        5 if phones > 1 => {
            count_anew(class, 0, &id, &input, dice)?;
            count_anew(class, 1, &id, &input, dice)?;
        }
        _ => {}
    }
    class.phones.meet();
    Ok(())
}

/// Another number of people, as phone `who` sees the activity.
fn count_anew(
    class: &mut Class<'_>,
    who: usize,
    id: &Slug,
    input: &ActivityInput,
    dice: &mut Dice,
) -> Result<()> {
    let input = ActivityInput {
        people: Some(People::try_from(dice.between(1..=60))?),
        ..input.clone()
    };
    class.phones.write(who, |book| {
        let activities = book.activities();
        let known = activities.get(id).cloned().unwrap_or_default();
        commands::change_activity(&known, id, &input)
    })
}

fn draw(class: &Class<'_>, nth: u32, dice: &mut Dice) -> Result<ActivityInput> {
    let kind = match nth {
        0 => ActivityKind::ClassMeeting,
        _ => dice
            .one_of(ActivityKind::ALL)
            .unwrap_or(ActivityKind::Other),
    };
    let text = |text: &str| ActivityText::try_from(text.to_owned());
    let present = class.plan.students.saturating_sub(dice.between(0..=6));
    // Families, and who passes a banner, are more than the class.
    let people = match kind {
        ActivityKind::Family | ActivityKind::Publicity => present.saturating_mul(2),
        _ => present,
    };
    let people = dice.usually(Some(people), &[(25, None)]);
    let partner = match kind {
        ActivityKind::Lecture => "派出所（示例）",
        _ => "",
    };
    let (analysis, measures) = match kind {
        ActivityKind::WorkMeeting => ("刷单类骗局增多（示例）", "逐个寝室提醒（示例）"),
        _ => ("", ""),
    };
    Ok(ActivityInput {
        kind: Some(kind),
        day: held_on(class, dice)?,
        title: text(dice.usually("防范电信网络诈骗（示例）", &[(30, "")]))?,
        people: people.map(People::try_from).transpose()?,
        place: text(dice.usually("", &[(40, "教学楼（示例）")]))?,
        partner: text(partner)?,
        analysis: text(analysis)?,
        measures: text(measures)?,
    })
}

/// One of the last days, today among them.
fn held_on(class: &Class<'_>, dice: &mut Dice) -> Result<HeldOn> {
    let today: NaiveDate = class.today();
    let ago = Days::new(dice.between(0..=4).into());
    let day = today.checked_sub_days(ago).unwrap_or(today);
    Ok(HeldOn::new(day, today)?)
}

fn salt(dice: &mut Dice) -> u16 {
    let [a, b, ..] = dice.bytes();
    u16::from_be_bytes([a, b])
}
