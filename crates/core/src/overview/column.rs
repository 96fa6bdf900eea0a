use super::Figures;
use crate::measure::Share;

/// A column of the overview: what is compared between classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// 注册率: registered with the app, its warnings on or not.
    Registered,
    /// 预警率: registered with the warnings on.
    WarningOn,
    /// 承诺书: signed the pledge.
    Pledge,
    /// 家长回执: the parents' slip is back.
    Notice,
    /// 测验参与: sat the quiz that counts, or a retake of it.
    QuizTaken,
    /// 测验合格: passed it, or a retake of it.
    QuizPassed,
    /// 平均分: the average of the first attempts at it.
    Average,
    /// 寝室检查: dorms inspected in the current round.
    DormsInspected,
    /// 达标寝室: dorms that meet their criteria as far as the book can tell.
    DormsMet,
    /// 活动: how many activities it recorded.
    Activities,
    /// 最后记录: when anything was last written.
    LastRecord,
}

impl Column {
    /// All columns, left to right.
    pub const ALL: [Self; 11] = [
        Self::Registered,
        Self::WarningOn,
        Self::Pledge,
        Self::Notice,
        Self::QuizTaken,
        Self::QuizPassed,
        Self::Average,
        Self::DormsInspected,
        Self::DormsMet,
        Self::Activities,
        Self::LastRecord,
    ];

    /// The heading in Chinese documents.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Registered => "注册率",
            Self::WarningOn => "预警率",
            Self::Pledge => "承诺书",
            Self::Notice => "家长回执",
            Self::QuizTaken => "测验参与",
            Self::QuizPassed => "测验合格",
            Self::Average => "平均分",
            Self::DormsInspected => "寝室检查",
            Self::DormsMet => "达标寝室",
            Self::Activities => "活动",
            Self::LastRecord => "最后记录",
        }
    }
}

impl Figures {
    /// The share under `column`; `None` under those that hold none: 平均分, 活动, 最后记录.
    pub fn share(&self, column: Column) -> Option<Share> {
        match column {
            Column::Registered => Some(self.registered),
            Column::WarningOn => Some(self.warning_on),
            Column::Pledge => Some(self.pledge),
            Column::Notice => Some(self.notice),
            Column::QuizTaken => Some(self.quiz_taken),
            Column::QuizPassed => Some(self.quiz_passed),
            Column::DormsInspected => Some(self.dorms_inspected),
            Column::DormsMet => Some(self.dorms_met),
            Column::Average | Column::Activities | Column::LastRecord => None,
        }
    }
}
