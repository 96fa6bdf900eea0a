//! The invented school: its departments, grades and classes.

use wuzha_core::book::commands::ProfileInput;

use super::roster::SURNAMES;

/// What a class is part of, and how it and its students are called.
#[derive(Clone, Copy)]
struct Department {
    name: &'static str,
    /// How its classes' names begin.
    class: &'static str,
    /// How its students' numbers begin, behind SL for 示例.
    letters: &'static str,
}

const DEPARTMENTS: [Department; 7] = [
    Department::new("软件系（示例）", "软件", "RJ"),
    Department::new("机电系（示例）", "机电", "JD"),
    Department::new("财经系（示例）", "会计", "KJ"),
    Department::new("护理系（示例）", "护理", "HL"),
    Department::new("建筑系（示例）", "建筑", "JZ"),
    Department::new("旅游系（示例）", "旅游", "LY"),
    Department::new("艺术系（示例）", "艺术", "YS"),
];
/// The grades, latest first: with few classes there are freshmen at least.
const GRADES: [u32; 3] = [2021, 2020, 2019];

impl Department {
    const fn new(name: &'static str, class: &'static str, letters: &'static str) -> Self {
        Self {
            name,
            class,
            letters,
        }
    }
}

/// A class of the school.
pub(super) struct ClassName {
    department: Department,
    grade: u32,
    /// The how-manieth class of its department and grade, from 1.
    number: u32,
}

impl ClassName {
    /// As many classes as anybody asks for: departments in turn, then grades, then numbers.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (1..).flat_map(|number| {
            GRADES.into_iter().flat_map(move |grade| {
                DEPARTMENTS.map(|department| Self {
                    department,
                    grade,
                    number,
                })
            })
        })
    }

    /// 软件2101班（示例）
    pub(super) fn text(&self) -> String {
        let class = self.department.class;
        format!("{class}{}班（示例）", self.digits())
    }

    /// What the class is called in its book.
    pub(super) fn profile(&self) -> ProfileInput {
        ProfileInput {
            school: "示例职业学院".to_owned(),
            department: self.department.name.to_owned(),
            grade: format!("{}级", self.grade),
            name: self.text(),
        }
    }

    /// Who looks after the classes of its department and grade: 示例赵老师.
    pub(super) fn counsellor(&self) -> String {
        let departments = DEPARTMENTS.map(|department| department.letters);
        let of = departments
            .iter()
            .position(|letters| *letters == self.department.letters);
        let grade = GRADES.iter().position(|grade| *grade == self.grade);
        let at = of.unwrap_or(0) * GRADES.len() + grade.unwrap_or(0);
        let surname = SURNAMES.get(at % SURNAMES.len()).copied();
        format!("示例{}老师", surname.unwrap_or_default())
    }

    /// SLRJ210107: the number of the student who is the `nth`, from 1.
    pub(super) fn student_no(&self, nth: u32) -> String {
        let letters = self.department.letters;
        format!("SL{letters}{}{nth:02}", self.digits())
    }

    /// 2101: the year and the class.
    fn digits(&self) -> String {
        format!("{:02}{:02}", self.grade % 100, self.number)
    }
}
