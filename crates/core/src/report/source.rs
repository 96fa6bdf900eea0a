use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::overview::{self, Figures, Total, by_unit, total};
use crate::pack::Pack;
use crate::time::{UnixMillis, UtcOffset};

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct ReportSource<'a> {
    /// Who reports.
    pub author: Author,
    /// The name of their unit, e.g. `软件工程系`; an empty text while it is not known.
    pub unit: &'a str,
    /// The campaign, and what the awards are called.
    pub pack: &'a Pack,
    /// What each class of theirs shows.
    pub classes: &'a [&'a Figures],
    /// Until when the records count: now.
    pub cutoff: UnixMillis,
    /// In which offset times are shown.
    pub offset: UtcOffset,
}

/// Who reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Author {
    /// 辅导员, on their classes.
    Teacher,
    /// 系部, on its classes.
    Department,
    /// 安保中心, on the school's departments.
    SecurityOffice,
}

/// The figures of a source, together and unit by unit.
pub(super) struct Facts<'a> {
    pub(super) source: &'a ReportSource<'a>,
    pub(super) total: Total,
    pub(super) units: Vec<Unit>,
}

/// What is compared: a class, or for the security office a department.
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) figures: Figures,
}

impl<'a> Facts<'a> {
    pub(super) fn of(source: &'a ReportSource<'a>) -> Self {
        let classes = || source.classes.iter().copied();
        let units = match source.author {
            Author::Teacher | Author::Department => classes().map(Unit::of_class).collect(),
            Author::SecurityOffice => by_unit(classes(), overview::Unit::Department)
                .into_iter()
                .map(|(name, total)| Unit::of_department(name, total))
                .collect(),
        };
        Self {
            source,
            total: total(classes()),
            units,
        }
    }

    /// The campaign's first day, when some class knows it.
    pub(super) fn start(&self) -> Option<NaiveDate> {
        self.total.figures.campaign_start
    }

    /// How many classes `is_so` holds for.
    pub(super) fn count_classes(&self, is_so: impl Fn(&Figures) -> bool) -> usize {
        let classes = self.source.classes.iter();
        classes.filter(|figures| is_so(figures)).count()
    }
}

impl Unit {
    /// Whether nothing has been written.
    pub(super) fn is_silent(&self) -> bool {
        self.figures.last_record.is_none()
    }

    fn of_class(figures: &Figures) -> Self {
        let name = match figures.class.trim() {
            "" => "未命名班级",
            name => name,
        };
        Self {
            name: name.to_owned(),
            figures: figures.clone(),
        }
    }

    fn of_department(name: String, total: Total) -> Self {
        let name = match name.trim() {
            "" => "未登记系部的班级".to_owned(),
            _ => name,
        };
        Self {
            name,
            figures: total.figures,
        }
    }
}

impl Author {
    /// Whose work it is, in a sentence.
    pub(super) fn own(self) -> &'static str {
        match self {
            Self::Teacher => "所带班级",
            Self::Department => "本系部",
            Self::SecurityOffice => "全校",
        }
    }

    /// What its units are, after a number.
    pub(super) fn units(self) -> &'static str {
        match self {
            Self::Teacher | Self::Department => "个班",
            Self::SecurityOffice => "个系部",
        }
    }

    /// Each of its units.
    pub(super) fn each_unit(self) -> &'static str {
        match self {
            Self::Teacher | Self::Department => "各班",
            Self::SecurityOffice => "各系部",
        }
    }

    /// The heading of a column of its units.
    pub(super) fn unit_heading(self) -> &'static str {
        match self {
            Self::Teacher | Self::Department => "班级",
            Self::SecurityOffice => "系部",
        }
    }
}
