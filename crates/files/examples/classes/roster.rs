//! Who is in the class, and what about that changes later.

use anyhow::Result;
use wuzha_core::book::commands;
use wuzha_core::ident::DormName;
use wuzha_core::roster::Student;

use super::Class;
use super::dice::Dice;
use super::plan::Plan;
use super::school::ClassName;

pub(super) const SURNAMES: [&str; 20] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
    "朱", "秦", "尤", "许",
];
const GIVEN_NAMES: [&str; 3] = ["一", "二", "三"];

/// The students as the roster gives them, 示例赵一 and so on.
pub(super) fn draw(name: &ClassName, plan: &Plan, dice: &mut Dice) -> Result<Vec<Student>> {
    let names = SURNAMES
        .iter()
        .flat_map(|surname| GIVEN_NAMES.map(|given| format!("示例{surname}{given}")));
    let names = dice.shuffled(names.collect());
    let building = dice.between(1..=12);
    let floor = dice.between(1..=6);
    (1..=plan.students)
        .zip(names)
        .map(|(nth, student)| {
            // A few live at home.
            let beds = plan.beds.filter(|_| !dice.happens(2));
            let room = beds.map(|beds| nth.div_ceil(beds));
            let dorm = room.map(|room| format!("{building}-{floor}{room:02}"));
            Ok(Student {
                no: name.student_no(nth).try_into()?,
                name: student.try_into()?,
                dorm: dorm.map(DormName::try_from).transpose()?,
            })
        })
        .collect()
}

/// Names the class and its phones, and takes over the roster; one in some classes comes late.
pub(super) fn take_over(class: &mut Class<'_>, name: &ClassName) -> Result<()> {
    let today = class.today();
    let phones = &mut class.phones;
    phones.write(0, |book| {
        commands::set_profile(book, &name.profile(), today)
    })?;
    for (who, label) in (0..phones.count()).zip(["班长", "副班长", "寝室长"]) {
        let device = phones.device(who)?;
        phones.write(who, |book| commands::set_recorder(book, device, label))?;
    }
    let late = usize::from(class.dice.happens(20));
    let (in_time, late) = class.roster.split_at(class.roster.len() - late);
    phones.write(0, |book| commands::import(book, in_time))?;
    phones.wait_ms(40 * 60 * 1000);
    phones.write(0, |book| commands::import(book, late))?;
    phones.meet();
    Ok(())
}

/// Some move to another dorm, leave the class, or come back to it. Their records stay.
pub(super) fn change(class: &mut Class<'_>) -> Result<()> {
    for student in class.roster.clone() {
        let who = class.anybody();
        match class.dice.between(0..=199) {
            0 => class.phones.write(who, |_| commands::unlist(&student.no))?,
            1 => {
                class.phones.write(who, |_| commands::unlist(&student.no))?;
                class
                    .phones
                    .write(who, |book| commands::import(book, [&student]))?;
            }
            2..=5 => move_out(class, who, &student)?,
            _ => {}
        }
    }
    class.phones.meet();
    Ok(())
}

fn move_out(class: &mut Class<'_>, who: usize, student: &Student) -> Result<()> {
    if student.dorm.is_none() {
        return Ok(());
    }
    let dorms: Vec<DormName> = class.roster.iter().filter_map(|s| s.dorm.clone()).collect();
    let dorm = class.dice.one_of(&dorms);
    class.phones.write(who, |book| {
        commands::correct_student(book, &student.no, &student.name, dorm.as_ref())
    })
}
