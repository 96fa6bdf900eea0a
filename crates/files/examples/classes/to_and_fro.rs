//! Corrections that are taken back: more operations, and the same book.

use anyhow::Result;
use wuzha_core::book::commands::{self, Mark};
use wuzha_core::log::Change;

use super::Class;

/// Writes and takes back until the class has `ops` operations; a class that has as many already is left
/// as it is. Time goes by evenly, `span_ms` in all.
pub(super) fn write(class: &mut Class<'_>, ops: usize, span_ms: u64) -> Result<()> {
    let missing = ops.saturating_sub(class.phones.written());
    let step_ms = span_ms.checked_div(missing as u64).unwrap_or(0);
    let phones = class.phones.count();
    for who in 0..phones {
        // The last phone writes what is left by the division.
        let until = ops - missing * (phones - 1 - who) / phones;
        while class.phones.written() < until {
            class.phones.wait_ms(step_ms);
            correct(class, who, until)?;
        }
        class.phones.meet();
    }
    Ok(())
}

/// One mark is set and put back; alone if there is room for one operation only.
fn correct(class: &mut Class<'_>, who: usize, until: usize) -> Result<()> {
    let Some(changes) = draw(class, who)? else {
        return Ok(());
    };
    let undoing = class.phones.undoing(who, &changes)?;
    if until - class.phones.written() == 1 {
        // What is shown, once more.
        return class.phones.write_now(who, |_| undoing);
    }
    class.phones.write_now(who, |_| changes)?;
    class.phones.write_now(who, |_| undoing)
}

/// A mark of somebody; `None` for one that a conflict is about: this must not settle it.
fn draw(class: &mut Class<'_>, who: usize) -> Result<Option<Vec<Change>>> {
    let Some(student) = class.dice.one_of(&class.roster) else {
        return Ok(None);
    };
    let mark = class.dice.usually(
        Mark::Login,
        &[(25, Mark::Region), (25, Mark::Pledge), (25, Mark::Notice)],
    );
    let yes = class.dice.happens(50);
    let changes = commands::mark(&student.no, mark, Some(yes));
    for change in &changes {
        if class.phones.has_rivals(who, &change.key)? {
            return Ok(None);
        }
    }
    Ok(Some(changes))
}
