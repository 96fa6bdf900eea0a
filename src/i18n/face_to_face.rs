//! 面对面传: codes on a class's phone, and a teacher's camera.

use wuzha_seal::{FrameError, TooLargeToShow};

/// The texts of both ends.
pub(crate) struct FaceToFace {
    pub(crate) title: &'static str,
    /// On a phone that a school has invited.
    pub(crate) show_text: &'static str,
    /// On any other: beside the passphrase.
    pub(crate) show_sealed_text: &'static str,
    pub(crate) what_to_do: &'static str,
    pub(crate) tell_passphrase: &'static str,
    /// What the codes are, for screen readers.
    pub(crate) codes: &'static str,
    /// How large, at least how many codes, and roughly how long.
    pub(crate) size: fn(bytes: usize, codes: u32, seconds: u32) -> String,
    pub(crate) until: &'static str,
    pub(crate) is_sealed: &'static str,
    pub(crate) pause: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) done: &'static str,
    pub(crate) too_large: fn(&TooLargeToShow) -> String,
    pub(crate) receive: &'static str,
    pub(crate) receive_next: &'static str,
    pub(crate) receive_hint: &'static str,
    pub(crate) viewfinder: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) not_allowed: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) seen: fn(seen: u32, of: u32) -> String,
    pub(crate) progress: &'static str,
    pub(crate) problem: fn(FrameError) -> &'static str,
    /// Receives what is shown instead.
    pub(crate) switch: &'static str,
    pub(crate) passphrase_needed: fn(name: &str) -> String,
    pub(crate) open: &'static str,
}

pub(super) static ZH: FaceToFace = FaceToFace {
    title: "面对面传",
    show_text: "老师就在旁边？不用网络也不用发文件：这部手机显示一串变化的码，老师用相机扫。内容已加密，别人拍下也打不开。",
    show_sealed_text: "老师就在旁边？设好口令后点“面对面传”，老师用相机扫这部手机上的码，再由您当面告诉老师口令。",
    what_to_do: "请老师打开无诈的“总览”，点“扫码接收”，把相机对准这里",
    tell_passphrase: "再把口令当面告诉老师。",
    codes: "面对面传的码，一直在变",
    size: |bytes, codes, seconds| {
        format!(
            "{} KB，至少 {codes} 个码，大约 {seconds} 秒",
            kilobytes(bytes)
        )
    },
    until: "等老师那边显示已收到，再点“完成”。漏扫几个没关系，会自动补上。",
    is_sealed: "内容已加密，别人拍下也打不开。离开这一页就不再显示。",
    pause: "暂停",
    go_on: "继续",
    done: "完成",
    too_large: |too_large| {
        format!(
            "内容有 {} KB，面对面传最多 {} KB。记录都在本机；请改成存文件，用微信、QQ 或 U 盘交给老师。",
            too_large.bytes.div_ceil(1024),
            kilobytes(wuzha_seal::MAX_TRANSFER)
        )
    },
    receive: "扫码接收",
    receive_next: "接着扫下一个班",
    receive_hint: "没有网络也行：班长在“上交”里点“面对面传”，用这台设备的相机对准那块屏幕。",
    viewfinder: "相机画面",
    opening: "正在打开相机…请在提示里点“允许”。",
    looking: "把对方屏幕上的码放在画面中间，靠近到占满大半，拿稳。",
    not_allowed: "没有相机权限。请在浏览器的设置里允许使用相机，或取消后让班长存成文件发来。",
    unavailable: "现在用不了相机。请取消后让班长存成文件发来，在这里导入。",
    seen: |seen, of| format!("已收到 {seen}/{of} 份"),
    progress: "接收进度",
    problem: |error| match error {
        FrameError::Foreign => "这不是面对面传的码。请让班长在“上交”里点“面对面传”，再扫那块屏幕。",
        FrameError::Format { .. } => "两边的无诈版本不同。请都更新后再传，或让班长存成文件发来。",
        FrameError::Misread => "这个码不完整，没有收下。请继续对准屏幕。",
        FrameError::OtherTransfer => {
            "画面里是另一份内容，没有混进来。要先收完这一份，请对准原来的屏幕。"
        }
        FrameError::Damaged => "收齐了但内容对不上，没有收下，已从头开始。请继续对准屏幕。",
    },
    switch: "改收画面里的这一份",
    passphrase_needed: |name| format!("已收到 {name}。它用口令加密，请输入班长当面告诉您的口令。"),
    open: "打开",
};

pub(super) static EN: FaceToFace = FaceToFace {
    title: "Face to face",
    show_text: "Is the teacher beside you? Without a network or a file: this phone shows codes that change, and the teacher's camera reads them. All is sealed; a photograph of it opens for nobody.",
    show_sealed_text: "Is the teacher beside you? Choose a passphrase and tap “Face to face”: the teacher's camera reads the codes on this phone, and you tell the passphrase.",
    what_to_do: "Ask the teacher to open “Overview” in Wuzha, tap “Receive by camera” and point it here",
    tell_passphrase: "Then tell them the passphrase.",
    codes: "The codes of the transfer, which keep changing",
    size: |bytes, codes, seconds| {
        format!(
            "{} KB, {codes} codes at least, about {seconds} seconds",
            kilobytes(bytes)
        )
    },
    until: "Tap “Done” once the teacher's screen says that it was received. Codes that are missed are made up for.",
    is_sealed: "All is sealed; a photograph of it opens for nobody. Nothing is shown any more once you leave.",
    pause: "Pause",
    go_on: "Go on",
    done: "Done",
    too_large: |too_large| {
        format!(
            "It has {} KB, and at most {} KB go face to face. All records are on this phone; save a file instead and give it to the teacher.",
            too_large.bytes.div_ceil(1024),
            kilobytes(wuzha_seal::MAX_TRANSFER)
        )
    },
    receive: "Receive by camera",
    receive_next: "Scan the next class",
    receive_hint: "No network needed: the monitor taps “Face to face” under “Hand in”, and this device's camera reads that screen.",
    viewfinder: "What the camera sees",
    opening: "Opening the camera… please allow it when asked.",
    looking: "Hold the codes of the other screen in the middle, so near that they fill most of the picture, and keep still.",
    not_allowed: "The camera is not allowed. Allow it in the browser's settings, or cancel and ask the monitor for a file.",
    unavailable: "The camera cannot be used now. Cancel and ask the monitor for a file, to be read in here.",
    seen: |seen, of| format!("Received {seen} of {of} parts"),
    progress: "How much was received",
    problem: |error| match error {
        FrameError::Foreign => {
            "Not a code of a transfer. Ask the monitor to tap “Face to face” under “Hand in”, and scan that screen."
        }
        FrameError::Format { .. } => {
            "The two apps are of different versions. Update both, or ask the monitor for a file."
        }
        FrameError::Misread => {
            "This code is not whole and was not taken. Keep pointing at the screen."
        }
        FrameError::OtherTransfer => {
            "The camera sees another transfer; nothing was mixed. To finish this one, point at the screen from before."
        }
        FrameError::Damaged => {
            "All parts came and do not fit together; nothing was taken, and it began anew. Keep pointing at the screen."
        }
    },
    switch: "Receive the one in the picture instead",
    passphrase_needed: |name| {
        format!(
            "{name} was received. It is sealed: enter the passphrase that the monitor tells you."
        )
    },
    open: "Open",
};

fn kilobytes(bytes: usize) -> usize {
    bytes.div_ceil(1024)
}
