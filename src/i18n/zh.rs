use super::{Download, Help, Home, NotFound, Step, Texts};

pub(super) static TEXTS: Texts = Texts {
    app_name: "无诈",
    back: "返回",
    other_language: "English",
    update_waiting: "新版本可用",
    update_now: "更新",
    home: Home {
        title: "防骗，从这里开始",
        lead: "不用注册，没有网络也能打开。",
        choices: "请选择",
        help: "先止付，再报警：最初几分钟做什么",
        download: "从应用商店安装，并完成实名注册",
    },
    help: Help {
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
    },
    download: Download {
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
    },
    not_found: NotFound {
        title: "没有这个页面",
        text: "网址可能输错了。您的数据没有受影响。",
        home: "回到首页",
    },
};
