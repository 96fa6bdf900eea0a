//! The public screens: what to do when defrauded, getting the app, an address without a screen.

/// 被骗了怎么办.
pub(crate) struct Help {
    pub(crate) title: &'static str,
    pub(crate) first: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) police: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) then: &'static str,
    pub(crate) steps: &'static [Step],
    pub(crate) nothing_collected: &'static str,
}

/// Getting the app of 国家反诈中心.
pub(crate) struct Download {
    pub(crate) title: &'static str,
    pub(crate) region: &'static str,
    pub(crate) steps: &'static [Step],
    pub(crate) open_store: &'static str,
    pub(crate) confirm: &'static str,
}

/// An address without a screen.
pub(crate) struct NotFound {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    pub(crate) home: &'static str,
}

/// One numbered step.
pub(crate) struct Step {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
}

pub(super) static HELP_ZH: Help = Help {
    title: "被骗了怎么办",
    first: "马上停止转账，打 110",
    lead: "挂断电话，关掉屏幕共享，不要再和对方联系。",
    police: "已经转了钱：立刻报警，请警方紧急止付",
    advice: "拿不准是不是诈骗：问反诈中心",
    then: "接下来",
    steps: &[
        Step {
            title: "准备好这些",
            text: "自己的姓名、账户和开户行，准确的金额和转账时间，对方的账户，转账凭证和聊天记录。",
        },
        Step {
            title: "锁住自己的卡",
            text: "验证码或密码可能泄露了，就打银行客服电话，把自己的卡挂失或冻结。",
        },
        Step {
            title: "到派出所，告诉辅导员",
            text: "带上证据做笔录，并告诉辅导员。越早说越好，这不是你的错。",
        },
        Step {
            title: "小心第二次被骗",
            text: "说能帮你追回钱、先交手续费的，都是诈骗。不要再转一分钱。",
        },
    ],
    nothing_collected: "这个页面不收集任何信息。",
};

pub(super) static DOWNLOAD_ZH: Download = Download {
    title: "安装国家反诈中心 APP",
    region: "注册前先问清学校要求的地区。常驻地区选好以后可能改不了（请学校核实）。",
    steps: &[
        Step {
            title: "只从应用商店安装",
            text: "打开手机自带的应用商店，搜索“国家反诈中心”。",
        },
        Step {
            title: "核对开发者",
            text: "开发者应是“公安部刑事侦查局”，不是就不要装。",
        },
        Step {
            title: "注册，并选对地区",
            text: "只安装不算。用本人手机号注册，地区按学校要求选择。",
        },
        Step {
            title: "打开来电和短信预警",
            text: "按提示允许权限，预警才有用。",
        },
    ],
    open_store: "打开应用商店",
    confirm: "别人发来的下载二维码，先请安保中心确认再扫。",
};

pub(super) static NOT_FOUND_ZH: NotFound = NotFound {
    title: "没有这个页面",
    text: "网址可能输错了。您的数据没有受影响。",
    home: "回到首页",
};

pub(super) static HELP_EN: Help = Help {
    title: "Defrauded? Do this",
    first: "Stop transferring. Call 110",
    lead: "Hang up, end screen sharing, and break off all contact.",
    police: "Money is gone: call the police now and ask for an emergency stop",
    advice: "Not sure whether it is fraud: ask the anti-fraud centre",
    then: "Then",
    steps: &[
        Step {
            title: "Have this ready",
            text: "Your name, account and bank, the exact amount and time, the other side's account, receipts and chats.",
        },
        Step {
            title: "Lock your own card",
            text: "If a code or password may have leaked, call your bank and have your card blocked.",
        },
        Step {
            title: "Go to the police station, tell your counsellor",
            text: "Bring the evidence. The earlier you tell, the better. It is not your fault.",
        },
        Step {
            title: "Beware of the second fraud",
            text: "Whoever promises to recover the money for a fee is a fraudster. Do not transfer another cent.",
        },
    ],
    nothing_collected: "This page collects nothing.",
};

pub(super) static DOWNLOAD_EN: Download = Download {
    title: "Install the 国家反诈中心 app",
    region: "Ask which region your school requires before you register. It may not be changeable later (to be confirmed by the school).",
    steps: &[
        Step {
            title: "From an app store only",
            text: "Open your phone's own app store and search for 国家反诈中心.",
        },
        Step {
            title: "Check the developer",
            text: "It must be 公安部刑事侦查局. If not, do not install.",
        },
        Step {
            title: "Register, with the right region",
            text: "Installing is not enough. Register with your own number and the region your school names.",
        },
        Step {
            title: "Turn on call and SMS warnings",
            text: "Grant the permissions it asks for, or it cannot warn you.",
        },
    ],
    open_store: "Open the app store",
    confirm: "Have the security office confirm a download code before you scan it.",
};

pub(super) static NOT_FOUND_EN: NotFound = NotFound {
    title: "No such page",
    text: "The address may be mistyped. Your data is not affected.",
    home: "To the first screen",
};
