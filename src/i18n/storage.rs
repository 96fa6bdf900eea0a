//! What the app says about saving: the mark in the top bar, what went wrong, what was lost.

/// Saving and storage.
pub(crate) struct Storage {
    pub(crate) saving: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) not_saved: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) reload: &'static str,
    pub(crate) back_up: &'static str,
    /// The disk is full.
    pub(crate) full: &'static str,
    /// The database went away (seen on iOS).
    pub(crate) connection_lost: &'static str,
    /// The browser does not let this page store anything.
    pub(crate) refused: &'static str,
    pub(crate) refused_what_next: &'static str,
    /// Any other error; the browser's own words follow.
    pub(crate) failed: &'static str,
    /// Another tab runs a newer version.
    pub(crate) outdated: &'static str,
    pub(crate) lost_title: &'static str,
    /// How many records this phone had, and how many are left.
    pub(crate) lost_text: fn(expected: u64, found: u64) -> String,
    pub(crate) lost_restore: &'static str,
    pub(crate) lost_start_over: &'static str,
    pub(crate) lost_start_over_confirm: &'static str,
    /// A part of the app could not be fetched.
    pub(crate) not_loaded: &'static str,
    pub(crate) not_loaded_next: &'static str,
}

pub(super) static ZH: Storage = Storage {
    saving: "保存中",
    saved: "已保存",
    not_saved: "未保存",
    opening: "正在打开本机数据…",
    retry: "再试一次",
    reload: "重新载入",
    back_up: "导出备份",
    full: "手机存储空间不够，刚才的记录还没有保存。请先删掉一些照片或视频，再点“再试一次”；也可以先导出备份。此前的记录都在。",
    connection_lost: "浏览器断开了本机数据库，刚才的记录还没有保存。请点“再试一次”；不行就重新载入，此前的记录都在。",
    refused: "浏览器不让这个页面保存数据",
    refused_what_next: "可能是无痕模式，或浏览器设置里关闭了网站数据。请用手机自带浏览器或 Chrome 的普通窗口打开。下载码和“被骗了怎么办”现在就能用。",
    failed: "刚才的记录没有保存成功，此前的记录都在。请再试一次，或先导出备份。",
    outdated: "另一个窗口已更新到新版本，请重新载入。已保存的记录都在。",
    lost_title: "本机数据不完整",
    lost_text: |expected, found| {
        format!(
            "这台手机上应有 {expected} 条记录，现在只找到 {found} 条。可能是浏览器清理了网站数据。"
        )
    },
    lost_restore: "从备份文件恢复",
    lost_start_over: "没有备份，用现有数据继续",
    lost_start_over_confirm: "找不到的记录不会再提醒。确定继续？",
    not_loaded: "这一页没能打开",
    not_loaded_next: "它还没有下载到这台手机，或者应用刚更新过。您的记录都在。请连上网络后再试一次；下载一次，以后没有网络也能用。",
};

pub(super) static EN: Storage = Storage {
    saving: "Saving",
    saved: "Saved",
    not_saved: "Not saved",
    opening: "Opening this phone's data…",
    retry: "Try again",
    reload: "Reload",
    back_up: "Export a backup",
    full: "The phone is out of storage; your last entries are not saved. Delete some photos or videos and try again, or export a backup first. Everything before is safe.",
    connection_lost: "The browser dropped its database; your last entries are not saved. Try again, or reload. Everything before is safe.",
    refused: "The browser does not let this page save anything",
    refused_what_next: "This may be a private window, or site data may be switched off. Open the app in a normal window of your phone's browser or Chrome. The download screen and the emergency page work right now.",
    failed: "Your last entries could not be saved. Everything before is safe. Try again, or export a backup first.",
    outdated: "Another window has moved to a new version. Please reload; everything saved is there.",
    lost_title: "Data is missing on this phone",
    lost_text: |expected, found| {
        format!(
            "This phone should hold {expected} records, but only {found} were found. The browser may have cleared its site data."
        )
    },
    lost_restore: "Restore from a backup file",
    lost_start_over: "No backup: go on with what is here",
    lost_start_over_confirm: "You will not be reminded of the missing records again. Go on?",
    not_loaded: "This screen could not be opened",
    not_loaded_next: "It is not on this phone yet, or the app has just been updated. Your records are safe. Connect and try again; once downloaded, it works offline.",
};
