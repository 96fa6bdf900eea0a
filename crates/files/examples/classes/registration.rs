//! What is recorded of each student: the app, the pledge, the parents' slip.

use anyhow::Result;
use wuzha_core::book::commands::{self, Mark};
use wuzha_core::book::{Status, Verification};
use wuzha_core::ident::StudentNo;

use super::Class;
use super::dice::Dice;

/// The monitors go through the class list, each through a part of it.
pub(super) fn go_through(class: &mut Class<'_>) -> Result<()> {
    for no in class.numbers() {
        if class.dice.happens(class.plan.recorded) {
            register(class, &no)?;
        }
    }
    class.phones.meet();
    Ok(())
}

/// Pledges and parents' slips are collected; of a few it is noted that they are missing.
pub(super) fn collect_papers(class: &mut Class<'_>) -> Result<()> {
    if class.plan.signed == 0 {
        return Ok(());
    }
    for no in class.numbers() {
        let signed = class.plan.signed;
        let returned = signed * 7 / 10;
        for (mark, percent) in [(Mark::Pledge, signed), (Mark::Notice, returned)] {
            let brought = class.dice.happens(percent);
            if brought || class.dice.happens(10) {
                let who = class.anybody();
                class
                    .phones
                    .write(who, |_| commands::mark(&no, mark, Some(brought)))?;
            }
        }
    }
    class.phones.meet();
    Ok(())
}

/// Later corrections of a part of the records, by whoever sees the mistake.
pub(super) fn correct(class: &mut Class<'_>) -> Result<()> {
    for no in class.numbers() {
        if !class.dice.happens(class.plan.corrected) {
            continue;
        }
        let who = class.anybody();
        match class.dice.between(0..=5) {
            0 => class
                .phones
                .write(who, |_| commands::clear_registration(&no))?,
            1 => class
                .phones
                .write(who, |_| commands::mark(&no, Mark::Pledge, None))?,
            2 => {
                let yes = class.dice.happens(70);
                class
                    .phones
                    .write(who, |_| commands::mark(&no, Mark::Notice, Some(yes)))?;
            }
            _ => register(class, &no)?,
        }
    }
    class.phones.meet();
    Ok(())
}

/// What a student may say about the app.
fn draw_status(willing: u32, dice: &mut Dice) -> Status {
    if dice.happens(willing) {
        return Status::WarningOn;
    }
    dice.usually(
        Status::Registered,
        &[
            (20, Status::NotInstalled),
            (15, Status::Installed),
            (15, Status::Unable),
            (10, Status::Declined),
        ],
    )
}

fn register(class: &mut Class<'_>, no: &StudentNo) -> Result<()> {
    let who = class.anybody();
    let status = draw_status(class.plan.willing, &mut class.dice);
    let verification = class.dice.usually(
        Verification::InPerson,
        &[
            (25, Verification::SelfReported),
            (25, Verification::Screenshot),
        ],
    );
    class.phones.write(who, |book| {
        commands::register(book, no, status, verification)
    })?;
    match status {
        Status::Registered | Status::WarningOn => ask_further(class, who, no),
        Status::Unable => give_reason(class, who, no),
        _ => Ok(()),
    }
}

/// Whether the region is the right one, and whether the student has been in the app lately.
fn ask_further(class: &mut Class<'_>, who: usize, no: &StudentNo) -> Result<()> {
    if class.dice.happens(class.plan.asked) {
        let right = class.dice.happens(97);
        class
            .phones
            .write(who, |_| commands::mark(no, Mark::Region, Some(right)))?;
    }
    if class.dice.happens(25) {
        let lately = class.dice.happens(80);
        class
            .phones
            .write(who, |_| commands::mark(no, Mark::Login, Some(lately)))?;
    }
    Ok(())
}

/// One in three gives no reason. The note beside it is the monitor's own and stays on that phone.
fn give_reason(class: &mut Class<'_>, who: usize, no: &StudentNo) -> Result<()> {
    if class.dice.happens(67) {
        let reason = class.dice.usually(
            "用老人机，装不了（示例）",
            &[(40, "手机送修，下周再装（示例）")],
        );
        class
            .phones
            .write(who, |book| commands::set_reason(book, no, reason))?;
    }
    class
        .phones
        .write(who, |book| commands::set_note(book, no, "下次再问（示例）"))
}
