//! 上交给学校: invitations, how far the records are, what stands in the way.

use wuzha_jobs::Broken;
use wuzha_jobs::courier::{
    EnvelopeError, Failure, InvitationError, Invited, Refusal, Rejection, Role, SealedError,
    Trouble,
};

/// The texts of handing in.
pub(crate) struct School {
    pub(crate) title: &'static str,
    pub(crate) asking: &'static str,
    /// The example's book is shown.
    pub(crate) example: &'static str,
    /// No school has invited this phone.
    pub(crate) alone: &'static str,
    pub(crate) join: &'static str,
    pub(crate) join_again: &'static str,
    pub(crate) join_lead: &'static str,
    pub(crate) invitation: &'static str,
    pub(crate) local: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) delivered: &'static str,
    pub(crate) opened: &'static str,
    pub(crate) all_delivered: &'static str,
    pub(crate) not_delivered: fn(records: u64) -> String,
    /// So many were handed in by the class's other phones.
    pub(crate) by_others: fn(records: u64) -> String,
    pub(crate) handing_in: &'static str,
    pub(crate) hand_in: &'static str,
    pub(crate) leave: &'static str,
    /// So many records are not delivered yet.
    pub(crate) leave_text: fn(waiting: u64) -> String,
    pub(crate) scan: &'static str,
    pub(crate) camera_opening: &'static str,
    pub(crate) camera_hint: &'static str,
    pub(crate) camera_not_allowed: &'static str,
    pub(crate) camera_unavailable: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) picture_hint: &'static str,
    pub(crate) paste: &'static str,
    pub(crate) read: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) accepting: &'static str,
    pub(crate) invited_for: &'static str,
    pub(crate) server: fn(address: &str) -> String,
    pub(crate) until: fn(time: &str) -> String,
    /// The class that is here, and the one in the invitation.
    pub(crate) other_class: fn(here: &str, there: &str) -> String,
    pub(crate) what_happens: &'static str,
    pub(crate) accept: &'static str,
    pub(crate) no_contact: &'static str,
    pub(crate) rejection: fn(Rejection) -> &'static str,
    pub(crate) refusal: fn(Refusal) -> &'static str,
    /// A copy of this phone hands in too.
    pub(crate) copied: &'static str,
    pub(crate) hand_over: &'static str,
    pub(crate) hand_over_text: &'static str,
    pub(crate) hand_over_done: &'static str,
    pub(crate) trouble: fn(Trouble) -> &'static str,
    pub(crate) given_up: fn(records: u64) -> String,
    pub(crate) role: fn(Role) -> &'static str,
    pub(crate) failure: fn(&Failure) -> String,
}

/// `示例学院 · 软件系 · 软件2101班`: what an invitation is for, from the widest to the narrowest.
pub(crate) fn place_name(invited: &Invited) -> String {
    let parts = [
        Some(&invited.school),
        invited.department.as_ref(),
        invited.class.as_ref(),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .map(|name| name.as_str())
        .collect();
    parts.join(" · ")
}

pub(super) static ZH: School = School {
    title: "上交给学校",
    asking: "正在查看上交情况…",
    example: "示例班级不上交。请先退出示例，建好自己的班级。",
    alone: "还没有开通。请老师出示邀请码：扫码打开，或在这里选图片、粘贴链接。开通后记录会加密上交，只有学校指定的老师能打开；没有网络时先存着，联网后自动上交。",
    join: "用邀请码开通上交",
    join_again: "换一个邀请码",
    join_lead: "邀请码由老师当面给您，只能用一次。请不要转发。",
    invitation: "邀请与退出",
    local: "仅本机",
    waiting: "待上交",
    delivered: "已送达",
    opened: "已查收",
    all_delivered: "全部记录都已送达学校。",
    not_delivered: |records| format!("还有 {records} 条没有送达，都安全地存在本机。"),
    by_others: |records| format!("另有 {records} 条由班里其他手机上交。"),
    handing_in: "正在加密上交…",
    hand_in: "现在上交",
    leave: "退出上交",
    leave_text: |waiting| match waiting {
        0 => "这部手机不再上交，密钥会删除。班级记录不变；要再上交，需要老师重新邀请。".to_owned(),
        _ => format!(
            "还有 {waiting} 条记录没有送达。退出后密钥会删除，班级记录不变；要再上交，需要老师重新邀请。"
        ),
    },
    scan: "扫邀请码",
    camera_opening: "正在打开相机…请在提示里点“允许”。",
    camera_hint: "把邀请码放在画面中间，读到后自动继续。",
    camera_not_allowed: "没有相机权限。请在浏览器的设置里允许使用相机，或返回后选择图片、粘贴链接。",
    camera_unavailable: "现在用不了相机。请返回后选择图片、粘贴链接。",
    picture: "选择邀请码图片，或拍照",
    picture_hint: "只在本机识别，不会上传",
    paste: "或粘贴邀请链接",
    read: "读取邀请",
    reading: "正在读取邀请…",
    accepting: "正在开通…",
    invited_for: "邀请您上交",
    server: |address| format!("学校服务器：{address}"),
    until: |time| format!("有效期至 {time}"),
    other_class: |here, there| {
        format!("本机的班级是“{here}”，邀请的是“{there}”。请和老师确认后再开通。")
    },
    what_happens: "开通后，这部手机上的班级记录会加密上交给上面的学校，服务器看不到姓名、学号和答案。",
    accept: "确认开通",
    no_contact: "还没有连上学校服务器，联网后会自动完成开通。现在可以照常记录。",
    rejection: |rejection| match rejection {
        Rejection::Claimed => {
            "这个邀请码已经被别的手机用过。记录都在本机；请老师再发一个邀请码，并告诉老师可能被人拍照。"
        }
        Rejection::Expired => "邀请码已过期。记录都在本机；请老师再发一个邀请码。",
        Rejection::Revoked => "老师已撤回这个邀请码。记录都在本机；请向老师要新的邀请码。",
        Rejection::Unknown => "学校服务器不认识这个邀请码。记录都在本机；请老师检查后再发一个。",
    },
    refusal: |refusal| match refusal {
        Refusal::Revoked => {
            "学校已停用这部手机的上交，或本学期已结束。记录都在本机；要继续上交，请老师重新邀请。"
        }
        Refusal::OutOfScope => "这部手机没有上交这个班的权限。记录都在本机；请老师重新邀请。",
        _ => "学校服务器没有接收。记录都在本机；请点“现在上交”再试，仍不行请导出备份交给老师。",
    },
    hand_over: "存成上交文件",
    hand_over_text: "没有网络，或学校没有服务器？把全部记录存成加密文件，用微信或 QQ 发给老师，老师在“总览”里打开。只有邀请您的老师和学校能打开。",
    hand_over_done: "发给邀请您的老师。转发也不会泄露：只有老师和学校的密钥能打开。",
    copied: "这部手机的数据可能被复制到了别的手机，两部都在上交，为避免记录混乱已暂停。记录都在本机；请老师再邀请这部手机一次，就能接着上交。",
    trouble: |trouble| match trouble {
        Trouble::NoAnswer => "没有网络，或暂时连不上学校服务器。记录都在本机，联网后会自动上交。",
        Trouble::Garbled => {
            "网络返回的不是学校服务器的回答，可能要先登录校园网。记录都在本机，之后会自动再试。"
        }
        Trouble::TooLarge => "网络不让传这么大的内容，会分小再试。记录都在本机。",
        Trouble::TooMany => "上交的人太多，服务器请稍等，之后会自动再试。记录都在本机。",
        Trouble::DiskFull => "学校服务器的空间满了，请告诉老师。记录都在本机，之后会自动再试。",
        Trouble::Server => "学校服务器出了故障，之后会自动再试。记录都在本机。",
        Trouble::OtherReceipt | Trouble::Disputed => {
            "服务器给的回执对不上，不能算送达。记录都在本机；请告诉老师。"
        }
    },
    given_up: |records| {
        format!(
            "有 {records} 条记录多次没有被接收，都在本机。请点“现在上交”再试；仍不行，请导出备份交给老师。"
        )
    },
    role: role_zh,
    failure: failure_zh,
};

fn failure_zh(failure: &Failure) -> String {
    let text = match failure {
        Failure::Invitation(InvitationError::Foreign) => {
            "这不是无诈的邀请码。请让老师打开“邀请”再扫一次。"
        }
        Failure::Invitation(InvitationError::Format { .. }) => {
            "邀请码来自另一个版本。请先更新无诈，再试一次。"
        }
        Failure::Invitation(_) => "邀请码不完整。请重新扫码，或把整条链接复制过来。",
        Failure::Expired => "邀请码已过期，请老师再发一个。（手机日期不对也会这样，请检查日期。）",
        Failure::OtherRole(role) => {
            return format!("这台设备已开通为{}，不能这样用。", role_zh(*role));
        }
        Failure::NotInvited => "这台设备还没有开通。请先用邀请码开通。",
        Failure::NoServer => "连不上学校服务器。请检查网络后再试。",
        Failure::Refused(_) => "学校服务器没有同意，可能是您的权限已到期。请联系邀请您的人。",
        Failure::UnknownClass => "这台设备没有邀请过这个班级。",
        Failure::Occupied => {
            "这部手机已经在为另一个班级或学校上交。请先在“上交”里退出，再用新的邀请码。"
        }
        Failure::Disk(_) => {
            "手机没能保存上交用的密钥，可能是空间不够。班级记录不受影响；请腾出空间再试。"
        }
        Failure::Stored(_) => {
            "上交用的数据读不出来，没有改动。班级记录不受影响；请导出备份，再请老师重新邀请。"
        }
        Failure::Keys(_) => {
            "这个浏览器不能生成密钥。请用手机自带浏览器或 Chrome，从 https 网址打开。"
        }
        Failure::Seal(_) => {
            "记录没能封装，没有上交。班级记录不受影响；请再试一次，或导出备份交给老师。"
        }
        Failure::Sealed(SealedError::ShortPassphrase { min }) => {
            return format!("口令太短，至少要 {min} 个字符。");
        }
        Failure::Sealed(SealedError::WrongPassphrase) => "口令不对，请再试一次。",
        Failure::Sealed(SealedError::Foreign) => "这不是用口令加密的备份文件。请换一个文件再试。",
        Failure::Sealed(SealedError::Damaged) => "这个备份不完整，或被改动过。请换一份备份再试。",
        Failure::Envelope(EnvelopeError::Foreign) => "这不是无诈的上交文件",
        Failure::Envelope(EnvelopeError::SentAsText) => {
            "文件在传送中被当成文本改动了，请换一种方式再发"
        }
        Failure::Envelope(EnvelopeError::Format { .. } | EnvelopeError::UnknownSuite { .. }) => {
            "文件来自另一个版本，请先更新无诈"
        }
        Failure::Envelope(_) => "文件不完整，或被改动过，请班长再发一次",
        Failure::Nothing => "还没有可以上交的记录。",
        Failure::Pack(_) => "这不是能采用的学校配置，请老师再发一次。",
        Failure::ForOthers => "打不开：是给另一位老师或另一所学校的",
        Failure::Broken(Broken::NotStarted(_)) => {
            "负责上交的程序没有载入。班级记录不受影响；请连上网络再试，或重新打开无诈。"
        }
        Failure::Broken(Broken::Message(_)) => "无诈正在换新版本，没有上交。请重新打开再试。",
        Failure::Broken(Broken::Crashed(_) | Broken::Cancelled) => {
            "上交中断了，可能是手机内存不够。班级记录不受影响；请关掉别的应用再试。"
        }
    };
    text.to_owned()
}

fn role_zh(role: Role) -> &'static str {
    match role {
        Role::SecurityOffice => "安保中心",
        Role::Department => "系部",
        Role::Teacher => "老师",
        Role::Monitor => "班长",
    }
}

pub(super) static EN: School = School {
    title: "Hand in to the school",
    asking: "Looking how far the records are…",
    example: "The example class is not handed in. Leave it first and set up your own class.",
    alone: "Not set up yet. Ask your teacher for an invitation: scan it, or choose its picture or paste its link here. Records are then handed in encrypted, and only the teachers your school names can open them. Without a network they wait, and go by themselves later.",
    join: "Set up with an invitation",
    join_again: "Use another invitation",
    join_lead: "Your teacher gives you the invitation in person. It works once; please do not pass it on.",
    invitation: "Invitation",
    local: "On this phone",
    waiting: "To hand in",
    delivered: "Delivered",
    opened: "Opened",
    all_delivered: "All records are with the school.",
    not_delivered: |records| format!("Not delivered yet: {records}. They are safe on this phone."),
    by_others: |records| format!("Handed in by the class's other phones: {records}."),
    handing_in: "Encrypting and handing in…",
    hand_in: "Hand in now",
    leave: "Stop handing in",
    leave_text: |waiting| {
        match waiting {
        0 => "This phone hands in no more, and its keys are deleted. The class's records stay. To hand in again you need a new invitation.".to_owned(),
        _ => format!("Not delivered yet: {waiting}. The keys are deleted, the class's records stay. To hand in again you need a new invitation."),
    }
    },
    scan: "Scan the invitation",
    camera_opening: "Turning the camera on… Tap “Allow” when asked.",
    camera_hint: "Hold the code in the middle of the picture; it goes on by itself.",
    camera_not_allowed: "The camera is not allowed. Allow it in the browser's settings, or go back and choose a picture or paste the link.",
    camera_unavailable: "The camera cannot be used now. Go back and choose a picture or paste the link.",
    picture: "Choose a picture of the invitation, or take one",
    picture_hint: "Read on this phone, not uploaded",
    paste: "Or paste the link",
    read: "Read the invitation",
    reading: "Reading the invitation…",
    accepting: "Setting up…",
    invited_for: "You are invited to hand in for",
    server: |address| format!("The school's server: {address}"),
    until: |time| format!("Valid until {time}"),
    other_class: |here, there| {
        format!(
            "The class on this phone is “{here}”, the invitation is for “{there}”. Ask your teacher before you go on."
        )
    },
    what_happens: "This phone then hands in the class's records, encrypted, to the school above. The server sees no names, student numbers or answers.",
    accept: "Set up",
    no_contact: "The school's server has not been reached yet; this is completed when there is a network. You can go on recording.",
    rejection: |rejection| match rejection {
        Rejection::Claimed => {
            "Another phone has used this invitation. Your records are on this phone. Ask your teacher for another one, and say that someone may have photographed it."
        }
        Rejection::Expired => {
            "The invitation has expired. Your records are on this phone. Ask your teacher for another one."
        }
        Rejection::Revoked => {
            "Your teacher has withdrawn this invitation. Your records are on this phone. Ask for a new one."
        }
        Rejection::Unknown => {
            "The school's server does not know this invitation. Your records are on this phone. Ask your teacher to check and invite you again."
        }
    },
    refusal: |refusal| match refusal {
        Refusal::Revoked => {
            "The school takes no more from this phone, or the term is over. Your records are on this phone. To go on, ask your teacher for an invitation."
        }
        Refusal::OutOfScope => {
            "This phone may not hand in for this class. Your records are on this phone. Ask your teacher for an invitation."
        }
        _ => {
            "The school's server did not take it. Your records are on this phone. Tap “Hand in now”; if it fails again, export a backup for your teacher."
        }
    },
    hand_over: "Save as a file for the teacher",
    hand_over_text: "No network, or a school without a server? Save all records as a sealed file and send it to your teacher, who opens it under “Overview”. Only the teacher who invited you and the school can open it.",
    hand_over_done: "Send it to the teacher who invited you. Whoever else gets it cannot open it.",
    copied: "This phone's data may have been copied to another phone that hands in too, so handing in has stopped here. Your records are on this phone. Ask your teacher to invite this phone once more, and it goes on.",
    trouble: |trouble| match trouble {
        Trouble::NoAnswer => {
            "No network, or the school's server cannot be reached. Your records are on this phone and are handed in later by themselves."
        }
        Trouble::Garbled => {
            "The answer was not the school server's; you may have to log in to the campus network. Your records are on this phone; it is tried again."
        }
        Trouble::TooLarge => {
            "The network does not take as much at once; it is tried again in parts. Your records are on this phone."
        }
        Trouble::TooMany => {
            "Too many are handing in; it is tried again soon. Your records are on this phone."
        }
        Trouble::DiskFull => {
            "The school's server is full; please tell your teacher. Your records are on this phone; it is tried again."
        }
        Trouble::Server => {
            "The school's server has a fault; it is tried again. Your records are on this phone."
        }
        Trouble::OtherReceipt | Trouble::Disputed => {
            "The server's receipt does not fit, so this does not count as delivered. Your records are on this phone; please tell your teacher."
        }
    },
    given_up: |records| {
        format!(
            "Refused several times: {records}. They are on this phone. Tap “Hand in now”; if it fails again, export a backup for your teacher."
        )
    },
    role: role_en,
    failure: failure_en,
};

fn failure_en(failure: &Failure) -> String {
    let text = match failure {
        Failure::Invitation(InvitationError::Foreign) => {
            "This is no invitation of Wuzha. Ask your teacher to show it again."
        }
        Failure::Invitation(InvitationError::Format { .. }) => {
            "The invitation is of another version. Update Wuzha first and try again."
        }
        Failure::Invitation(_) => {
            "The invitation is not complete. Scan it again, or copy the whole link."
        }
        Failure::Expired => {
            "The invitation has expired; ask for another one. (Check the phone's date too.)"
        }
        Failure::OtherRole(role) => {
            return format!(
                "This device is set up for {} and cannot be used for that.",
                role_en(*role)
            );
        }
        Failure::NotInvited => "This device is not set up yet. Use an invitation first.",
        Failure::NoServer => {
            "The school's server cannot be reached. Check the network and try again."
        }
        Failure::Refused(_) => {
            "The school's server did not agree; your time there may be over. Ask whoever invited you."
        }
        Failure::UnknownClass => "This device has not invited that class.",
        Failure::Occupied => {
            "This phone hands in for another class or school. Stop that under “Hand in” first."
        }
        Failure::Disk(_) => {
            "The keys for handing in could not be stored; there may be no room. Your records are not affected. Free some space and try again."
        }
        Failure::Stored(_) => {
            "What is stored for handing in cannot be read, and was left as it is. Your records are not affected. Export a backup and ask for a new invitation."
        }
        Failure::Keys(_) => {
            "This browser makes no keys. Use Chrome or the phone's own browser, at an https address."
        }
        Failure::Seal(_) => {
            "The records could not be sealed and were not handed in. They are not affected. Try again, or export a backup for your teacher."
        }
        Failure::Sealed(SealedError::ShortPassphrase { min }) => {
            return format!("The passphrase is too short: at least {min} characters.");
        }
        Failure::Sealed(SealedError::WrongPassphrase) => "The passphrase does not fit. Try again.",
        Failure::Sealed(SealedError::Foreign) => {
            "This is no backup that was sealed with a passphrase. Try another file."
        }
        Failure::Sealed(SealedError::Damaged) => {
            "This backup is not complete, or was changed. Try another copy."
        }
        Failure::Envelope(EnvelopeError::Foreign) => "not a file that a class's phone hands over",
        Failure::Envelope(EnvelopeError::SentAsText) => {
            "it was changed on the way, as if it were a text; send it in another way"
        }
        Failure::Envelope(EnvelopeError::Format { .. } | EnvelopeError::UnknownSuite { .. }) => {
            "from another version of Wuzha; update first"
        }
        Failure::Envelope(_) => "cut short or altered; ask the monitor to send it again",
        Failure::Nothing => "There are no records to hand in yet.",
        Failure::Pack(_) => {
            "This is no school content that can be used; ask your teacher to send it again."
        }
        Failure::ForOthers => "sealed for another teacher or school",
        Failure::Broken(Broken::NotStarted(_)) => {
            "The part that hands in did not load. Your records are not affected. Go online and try again, or reopen Wuzha."
        }
        Failure::Broken(Broken::Message(_)) => {
            "Wuzha is changing to a new version. Reopen it and try again."
        }
        Failure::Broken(Broken::Crashed(_) | Broken::Cancelled) => {
            "Handing in broke off; the phone may be short of memory. Your records are not affected. Close other apps and try again."
        }
    };
    text.to_owned()
}

fn role_en(role: Role) -> &'static str {
    match role {
        Role::SecurityOffice => "the security office",
        Role::Department => "a department",
        Role::Teacher => "a teacher",
        Role::Monitor => "a monitor",
    }
}
