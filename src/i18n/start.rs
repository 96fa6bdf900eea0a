//! The first opening, making a class, the class list.

/// The first opening.
pub(crate) struct Start {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) choices: &'static str,
    pub(crate) monitor: &'static str,
    pub(crate) monitor_text: &'static str,
    pub(crate) student: &'static str,
    pub(crate) student_text: &'static str,
    pub(crate) teacher: &'static str,
    pub(crate) teacher_text: &'static str,
    pub(crate) help_text: &'static str,
}

pub(super) static ZH: Start = Start {
    title: "防骗，从这里开始",
    lead: "不用注册，没有网络也能用。数据只存在这台手机上。",
    choices: "请选择您的身份",
    monitor: "我是班长 / 班干部",
    monitor_text: "建班级、登记、检查寝室、组织测验、导出台账",
    student: "我是学生",
    student_text: "安装国家反诈中心 APP，完成实名注册",
    teacher: "我是老师",
    teacher_text: "看看班级会交来哪些文件，怎么打开",
    help_text: "先止付，再报警：最初几分钟做什么",
};

pub(super) static EN: Start = Start {
    title: "Keep fraud out, starting here",
    lead: "No account needed. Works without a network. Data stays on this phone.",
    choices: "Who are you?",
    monitor: "I am a class monitor",
    monitor_text: "Make a class, record, inspect dorms, set quizzes, export the ledger",
    student: "I am a student",
    student_text: "Install the 国家反诈中心 app and register",
    teacher: "I am a teacher",
    teacher_text: "See which files classes hand in, and how to open them",
    help_text: "Stop the payment, call the police: the first minutes",
};
