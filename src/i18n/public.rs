//! The public screens: what to do when defrauded, getting the app, an address without a screen.

use wuzha_core::link::Warning;

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
    pub(crate) code: &'static str,
    /// What the code is that stands there, for screen readers: its domain.
    pub(crate) code_of: fn(domain: &str) -> String,
    pub(crate) own_code: &'static str,
    pub(crate) school_code: &'static str,
    pub(crate) brightness: &'static str,
    pub(crate) region: &'static str,
    pub(crate) region_is: fn(region: &str) -> String,
    pub(crate) steps: &'static [Step],
    pub(crate) steps_title: &'static str,
    pub(crate) open_store: &'static str,
    pub(crate) store_in_wechat: &'static str,
    pub(crate) after_disuse: &'static str,
    pub(crate) police: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_by_hand: &'static str,
    pub(crate) share: &'static str,
    pub(crate) share_refused: &'static str,
    /// What is copied and shared beside the link.
    pub(crate) message: fn(region: &str) -> String,
    pub(crate) poster: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) picture_name: &'static str,
    pub(crate) picture_saved: &'static str,
    pub(crate) picture_hold: &'static str,
    pub(crate) picture_failed: &'static str,
    pub(crate) poster_title: &'static str,
    pub(crate) poster_lead: &'static str,
    pub(crate) poster_police: &'static str,
    pub(crate) poster_advice: &'static str,
    pub(crate) poster_foot: &'static str,
    pub(crate) to_change: &'static str,
    pub(crate) to_change_text: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) change: ChangeCode,
}

/// Putting the school's own code in place.
pub(crate) struct ChangeCode {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) choose_hint: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) not_a_picture: &'static str,
    pub(crate) no_code: &'static str,
    pub(crate) not_a_link: &'static str,
    pub(crate) says: &'static str,
    pub(crate) domain: &'static str,
    pub(crate) warning: fn(Warning) -> &'static str,
    pub(crate) checked: &'static str,
    pub(crate) adopt: &'static str,
    pub(crate) adopted: &'static str,
    pub(crate) not_kept: &'static str,
    pub(crate) current: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) region: &'static str,
    pub(crate) region_hint: &'static str,
    pub(crate) keep_region: &'static str,
    pub(crate) region_kept: &'static str,
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
    code: "下载码",
    code_of: |domain| format!("下载码：{domain}"),
    own_code: "扫码看安装步骤，再到应用商店下载",
    school_code: "学校提供的二维码，已请安保中心确认",
    brightness: "扫不出来？把手机亮度调到最高。屏幕不会自动熄灭。",
    region: "注册前先问清学校要求的地区。常驻地区选好以后可能改不了（请学校核实）。",
    region_is: |region| format!("常驻地区请选：{region}。选好以后可能改不了（请学校核实）。"),
    steps_title: "安装步骤",
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
    store_in_wechat: "微信里打不开应用商店：回到手机桌面，打开应用商店搜索“国家反诈中心”。",
    after_disuse: "很久没打开过的，请重新登录，否则可能收不到预警。",
    police: "已经转了钱：立刻报警",
    advice: "反诈中心：咨询和劝阻电话，看到一定要接",
    copy: "复制文本",
    copied: "已复制，可以粘贴到群里",
    copy_by_hand: "浏览器不让复制，请长按选中下面的文字：",
    share: "分享",
    share_refused: "浏览器没有打开分享，请用“复制文本”。",
    message: |region| {
        let region = match region {
            "" => "常驻地区按学校要求选".to_owned(),
            region => format!("常驻地区选“{region}”"),
        };
        format!(
            "请安装国家反诈中心 APP：在手机应用商店搜索“国家反诈中心”，核对开发者是“公安部刑事侦查局”。装好后用本人手机号注册，{region}，并打开来电和短信预警。安装步骤："
        )
    },
    poster: "打印海报",
    picture: "保存图片",
    picture_name: "国家反诈中心下载码.png",
    picture_saved: "图片已保存到“下载”",
    picture_hold: "长按图片，选“保存图片”",
    picture_failed: "图片没有生成。请再试一次，或直接截屏。",
    poster_title: "全民反诈 在你我身边",
    poster_lead: "扫码安装 国家反诈中心 APP",
    poster_police: "被骗了，马上报警",
    poster_advice: "反诈咨询，来电必接",
    poster_foot: "请核对开发者：公安部刑事侦查局",
    to_change: "换成学校的二维码",
    to_change_text: "还可以写上学校要求的地区",
    confirm: "别人发来的下载二维码，先请安保中心确认再扫。",
    change: ChangeCode {
        title: "换成学校的二维码",
        lead: "选学校发的二维码图片。图片只在这台手机上识别，不会上传；先看清域名，再请安保中心核对。",
        choose: "选择二维码图片",
        choose_hint: "截图、照片都可以",
        reading: "正在识别",
        not_a_picture: "打不开这张图片。请换成截图，或 JPG、PNG 图片。现在的下载码没有变。",
        no_code: "图片里没有找到二维码。请把二维码裁大一些、拍清楚一些再试。现在的下载码没有变。",
        not_a_link: "这不是网址，不能用作下载码。",
        says: "二维码的内容",
        domain: "域名",
        warning: |warning| match warning {
            Warning::HiddenDomain => "网址里用 @ 藏着真正的域名，很像骗人的链接",
            Warning::Lookalike => "域名很像政府网站，但不是",
            Warning::IpAddress => "没有域名，只有一串数字地址",
            Warning::InstallFile => "直接下载安装文件，没有经过应用商店",
            Warning::Redirector => "短链接或活码，会跳到别的网址，目标随时能改",
            Warning::NotEncrypted => "不是 https，内容可能被人改动",
            Warning::UnusualPort => "端口不常见",
        },
        checked: "已请安保中心核对过这个域名",
        adopt: "确认使用",
        adopted: "已换成学校的二维码",
        not_kept: "浏览器不让保存设置，可能是无痕模式。请用普通窗口打开再试一次。",
        current: "现在用的是",
        remove: "不用这个了",
        removed: "已换回本应用的下载码",
        region: "学校要求的地区",
        region_hint: "按通知原文写，比如：示例省示例市示例区",
        keep_region: "保存",
        region_kept: "已保存",
    },
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
    code: "Download code",
    code_of: |domain| format!("Download code: {domain}"),
    own_code: "Scan for the steps, then download from your app store",
    school_code: "The school's code, confirmed by the security office",
    brightness: "Does it not scan? Turn the brightness all the way up. The screen stays on.",
    region: "Ask which region your school requires before you register. It may not be changeable later (to be confirmed by the school).",
    region_is: |region| {
        format!(
            "As your region choose: {region}. It may not be changeable later (to be confirmed by the school)."
        )
    },
    steps_title: "Steps",
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
    store_in_wechat: "WeChat cannot open app stores: go to your home screen, open the app store and search for 国家反诈中心.",
    after_disuse: "If you have not opened it for long, log in again, or warnings may not reach you.",
    police: "Money is gone: call the police now",
    advice: "Anti-fraud centre: advice, and warnings you should always answer",
    copy: "Copy text",
    copied: "Copied; paste it into the group",
    copy_by_hand: "The browser does not let this page copy. Hold and select this text:",
    share: "Share",
    share_refused: "The browser did not open its share sheet. Use “Copy text”.",
    message: |region| {
        let region = match region {
            "" => "with the region your school requires".to_owned(),
            region => format!("with the region {region}"),
        };
        format!(
            "Please install the app 国家反诈中心: search for it in your phone's app store and check that the developer is 公安部刑事侦查局. Then register with your own number, {region}, and turn on call and SMS warnings. Steps:"
        )
    },
    poster: "Print a poster",
    picture: "Save as picture",
    picture_name: "anti-fraud-download-code.png",
    picture_saved: "Saved to your downloads",
    picture_hold: "Hold the picture and choose Save",
    picture_failed: "The picture could not be made. Try again, or take a screenshot.",
    poster_title: "Stop fraud together",
    poster_lead: "Scan to install 国家反诈中心",
    poster_police: "Defrauded? Call at once",
    poster_advice: "Advice; always answer it",
    poster_foot: "Check the developer: 公安部刑事侦查局",
    to_change: "Use the school's code",
    to_change_text: "And state the region your school requires",
    confirm: "Have the security office confirm a download code before you scan it.",
    change: ChangeCode {
        title: "Use the school's code",
        lead: "Choose the picture of the code that the school sent. It is read on this phone and not uploaded. Look at its domain first, and have the security office check it.",
        choose: "Choose the code's picture",
        choose_hint: "A screenshot or a photo",
        reading: "Reading",
        not_a_picture: "This picture cannot be opened. Use a screenshot, JPG or PNG. The download code is unchanged.",
        no_code: "There is no QR code in this picture. Crop closer or take a sharper photo. The download code is unchanged.",
        not_a_link: "This is not a web address and cannot be the download code.",
        says: "The code says",
        domain: "Domain",
        warning: |warning| match warning {
            Warning::HiddenDomain => "An @ hides the real domain, as fraudulent links do",
            Warning::Lookalike => "The domain looks like an authority's, but is not",
            Warning::IpAddress => "It has no domain, only a numeric address",
            Warning::InstallFile => "It downloads an installer, past the app store",
            Warning::Redirector => {
                "A short or dynamic link: it leads elsewhere, and its target can be changed"
            }
            Warning::NotEncrypted => "Not https: others can alter what arrives",
            Warning::UnusualPort => "An unusual port",
        },
        checked: "The security office has checked this domain",
        adopt: "Use this code",
        adopted: "The school's code is in use",
        not_kept: "The browser does not let this page keep settings; this may be a private window. Use a normal window and try again.",
        current: "In use now",
        remove: "Stop using it",
        removed: "Back to this app's own code",
        region: "Region the school requires",
        region_hint: "As the notice has it, e.g. 示例省示例市示例区",
        keep_region: "Save",
        region_kept: "Saved",
    },
};

pub(super) static NOT_FOUND_EN: NotFound = NotFound {
    title: "No such page",
    text: "The address may be mistyped. Your data is not affected.",
    home: "To the first screen",
};
