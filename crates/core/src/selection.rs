//! Which students a list shows: by what is open with them, and by what a person searches.
//!
//! What a selection holds is what [`measure`](crate::measure) and [`today`](crate::today) count, so
//! that a number there and the list it leads to never differ.

use crate::book::{Book, Status, Student};
use crate::ident::{PersonName, StudentNo};
use crate::measure::{Standing, standing_of};
use crate::pack::Measure;
use crate::text;

/// A part of the class list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Everyone on the list.
    All,
    /// Nobody has recorded a status.
    Unrecorded,
    /// Known not to have registered.
    Unregistered,
    /// Registered, with or without the warning on.
    Registered,
    /// Registered, with the warning on.
    WarningOn,
    /// Cannot install, or declines.
    UnableOrDeclined,
    /// Cannot install, and the reason is missing.
    NoReason,
    /// The region is known to be wrong.
    WrongRegion,
    /// The pledge is not signed, or nobody has recorded it.
    NoPledge,
    /// The parents' slip is not back, or nobody has recorded it.
    NoNotice,
}

impl Selection {
    /// All selections, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::All,
        Self::Unrecorded,
        Self::Unregistered,
        Self::Registered,
        Self::WarningOn,
        Self::UnableOrDeclined,
        Self::NoReason,
        Self::WrongRegion,
        Self::NoPledge,
        Self::NoNotice,
    ];

    /// Its code in addresses, e.g. `/record/students?show=no-pledge`.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unrecorded => "unrecorded",
            Self::Unregistered => "unregistered",
            Self::Registered => "registered",
            Self::WarningOn => "warning-on",
            Self::UnableOrDeclined => "unable-or-declined",
            Self::NoReason => "no-reason",
            Self::WrongRegion => "wrong-region",
            Self::NoPledge => "no-pledge",
            Self::NoNotice => "no-notice",
        }
    }

    /// The selection of a code; `None` for a code that is none.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|all| all.code() == code)
    }

    /// Whether a student of `book` belongs to it.
    pub fn holds(self, book: &Book, no: &StudentNo, student: &Student) -> bool {
        let stands = |measure| standing_of(book, measure, no, student);
        let status = student.status.copied();
        match self {
            Self::All => true,
            Self::Unrecorded => status.is_none(),
            Self::Unregistered => stands(Measure::Registered) == Standing::Unmet,
            Self::Registered => stands(Measure::Registered) == Standing::Met,
            Self::WarningOn => stands(Measure::WarningOn) == Standing::Met,
            Self::UnableOrDeclined => {
                matches!(status, Some(Status::Unable | Status::Declined))
            }
            Self::NoReason => status == Some(Status::Unable) && student.reason.get().is_none(),
            Self::WrongRegion => stands(Measure::RegionRight) == Standing::Unmet,
            Self::NoPledge => stands(Measure::PledgeSigned) != Standing::Met,
            Self::NoNotice => stands(Measure::NoticeReturned) != Standing::Met,
        }
    }

    /// How many of the class list belong to it.
    pub fn count(self, book: &Book) -> u32 {
        let held = book
            .students()
            .filter(|(no, student)| self.holds(book, no, student));
        u32::try_from(held.count()).unwrap_or(u32::MAX)
    }

    /// [`Selection::count`] of each, in one pass over the class.
    pub fn counts(book: &Book) -> [(Self, u32); 10] {
        let mut counts = Self::ALL.map(|selection| (selection, 0));
        for (no, student) in book.students() {
            for (selection, count) in &mut counts {
                *count += u32::from(selection.holds(book, no, student));
            }
        }
        counts
    }
}

/// What a person typed to find a student: part of the name, pinyin initials, or the end of the 学号.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// Reads what was typed; case, width and spaces do not matter.
    pub fn new(typed: &str) -> Self {
        Self(text::folded(typed))
    }

    /// Whether it finds a student. `initials` gives the pinyin initials of a name in lower case
    /// (`"张三"` → `"zs"`), as far as they are known; it is asked only for letters.
    pub fn finds(
        &self,
        no: &StudentNo,
        name: &PersonName,
        initials: impl FnOnce(&str) -> String,
    ) -> bool {
        let Self(typed) = self;
        typed.is_empty()
            || Self::new(name.as_str()).0.contains(typed)
            || self.ends(no)
            || (typed.chars().all(|c| c.is_ascii_alphabetic())
                && initials(name.as_str()).contains(typed))
    }

    /// Whether it is the end of the number, or the beginning of its [tail](StudentNo::tail), which is
    /// what a person has typed so far of it; more than a tail may stand anywhere in the number.
    fn ends(&self, no: &StudentNo) -> bool {
        let typed = self.0.to_ascii_uppercase();
        no.as_str().ends_with(&typed)
            || no.tail().starts_with(&typed)
            || (typed.len() > no.tail().len() && no.as_str().contains(&typed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Verification;
    use crate::book::commands::{self, Mark};
    use crate::log::{Change, DeviceId, Registers};
    use crate::measure::Share;
    use crate::pack::Pack;
    use crate::roster;
    use crate::time::UnixMillis;
    use crate::today::{Today, Todo};

    fn no(n: usize) -> StudentNo {
        StudentNo::try_from(format!("20210101{n:02}")).unwrap()
    }

    fn write(registers: &mut Registers, change: impl FnOnce(&Book) -> Vec<Change>) {
        let changes = change(&Book::fold(registers));
        let hlc = registers.last_hlc().next(UnixMillis(1_640_603_100_000));
        for op in registers.stamp(DeviceId::from_bytes([1; 8]), hlc, changes) {
            registers.apply(&op);
        }
    }

    /// Nobody recorded; each status; each with a wrong region; who cannot install with a reason; and
    /// papers in all three states.
    fn class() -> Book {
        let mut registers = Registers::default();
        let row = |n| roster::Student {
            no: no(n),
            name: PersonName::try_from(format!("示例{n}")).unwrap(),
            dorm: None,
        };
        let rows: Vec<_> = (0..17).map(row).collect();
        write(&mut registers, |book| commands::import(book, &rows));
        for (n, &status) in Status::ALL.iter().enumerate() {
            for n in [n, n + 6] {
                write(&mut registers, |book| {
                    commands::register(book, &no(n), status, Verification::InPerson)
                });
            }
            write(&mut registers, |_| {
                commands::mark(&no(n + 6), Mark::Region, Some(false))
            });
        }
        write(&mut registers, |book| {
            commands::register(book, &no(12), Status::Unable, Verification::InPerson)
        });
        write(&mut registers, |book| {
            commands::set_reason(book, &no(12), "没有智能手机")
        });
        for (n, yes) in [(1, true), (2, false), (3, true)] {
            write(&mut registers, |_| {
                commands::mark(&no(n), Mark::Pledge, Some(yes))
            });
            write(&mut registers, |_| {
                commands::mark(&no(n + 1), Mark::Notice, Some(yes))
            });
        }
        write(&mut registers, |_| commands::unlist(&no(16)));
        Book::fold(&registers)
    }

    fn pack() -> Pack {
        Pack::from_json(
            include_str!("../../../content/default/campaign.json"),
            include_str!("../../../content/default/checklists.json"),
            include_str!("../../../content/default/criteria.json"),
        )
        .unwrap()
    }

    #[test]
    fn each_selection_holds_whom_it_says() {
        let book = class();
        let expected: [(Selection, &[usize]); 8] = [
            (Selection::Unrecorded, &[13, 14, 15]),
            (Selection::Unregistered, &[0, 1, 6, 7]),
            (Selection::Registered, &[2, 3, 8, 9]),
            (Selection::WarningOn, &[3, 9]),
            (Selection::UnableOrDeclined, &[4, 5, 10, 11, 12]),
            (Selection::NoReason, &[4, 10]),
            // Who declines is apart, whatever the region.
            (Selection::WrongRegion, &[6, 7, 8, 9, 10]),
            (
                Selection::NoPledge,
                &[0, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
            ),
        ];
        for (selection, students) in expected {
            let held: Vec<StudentNo> = book
                .students()
                .filter(|(no, student)| selection.holds(&book, no, student))
                .map(|(no, _)| no.clone())
                .collect();
            let students: Vec<StudentNo> = students.iter().map(|&n| no(n)).collect();
            assert_eq!(held, students, "{selection:?}");
        }
    }

    #[test]
    fn a_list_is_as_long_as_today_says() {
        let book = class();
        let counted: Vec<(u32, u32)> = Today::of(&book, &pack())
            .todos
            .into_iter()
            .filter_map(|todo| {
                let selection = match todo {
                    Todo::RecordStatus(_) => Selection::Unrecorded,
                    Todo::Register(_) => Selection::Unregistered,
                    Todo::GiveReason(_) => Selection::NoReason,
                    Todo::CorrectRegion(_) => Selection::WrongRegion,
                    Todo::SignPledge(_) => Selection::NoPledge,
                    Todo::ReturnNotice(_) => Selection::NoNotice,
                    _ => return None,
                };
                Some((todo.waiting(), selection.count(&book)))
            })
            .collect();
        assert_eq!(
            counted,
            [(3, 3), (4, 4), (2, 2), (5, 5), (14, 14), (14, 14)]
        );
    }

    #[test]
    fn all_counts_at_once_are_those_of_each() {
        let book = class();
        let each = Selection::ALL.map(|selection| (selection, selection.count(&book)));
        assert_eq!(Selection::counts(&book), each);
        assert_eq!(each[0], (Selection::All, 16));
    }

    #[test]
    fn the_registered_are_those_of_the_rates() {
        let book = class();
        for (selection, measure) in [
            (Selection::Registered, Measure::Registered),
            (Selection::WarningOn, Measure::WarningOn),
        ] {
            assert_eq!(
                selection.count(&book),
                Share::of_class(&book, measure).met,
                "{selection:?}"
            );
        }
    }

    #[test]
    fn a_code_leads_back_to_its_selection() {
        for selection in Selection::ALL {
            assert_eq!(Selection::from_code(selection.code()), Some(selection));
        }
        assert_eq!(Selection::from_code("nobody"), None);
    }

    #[test]
    fn a_search_finds_by_name_initials_and_number() {
        let found = |typed: &str| {
            Search::new(typed).finds(
                &StudentNo::try_from("2021RJ0123").unwrap(),
                &PersonName::try_from("张三(示例)").unwrap(),
                |_| "zssl".to_owned(),
            )
        };
        for typed in [
            "",
            " ",
            "张",
            "三",
            "张 三",
            "（示例",
            "zs",
            "ZS",
            "ｓｌ",
            "0",
            "01",
            "0123",
            "123",
            "2021rj",
            "RJ0123",
        ] {
            assert!(found(typed), "{typed:?}");
        }
        for typed in ["李", "zl", "2021", "12", "0124", "2021RJ02"] {
            assert!(!found(typed), "{typed:?}");
        }
    }

    #[test]
    fn without_initials_a_search_still_finds_by_name() {
        let name = PersonName::try_from("Li Ming").unwrap();
        let found = |typed| Search::new(typed).finds(&no(1), &name, |_| String::new());
        assert!(found("liming") && found("ming"));
        assert!(!found("lm"));
    }
}
