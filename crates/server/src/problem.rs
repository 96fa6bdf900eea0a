//! Errors as RFC 9457 problem documents, in Chinese and English.
//!
//! A phone reads the `type` and the status (`urn:wuzha:problem:…`), people read the rest. What a
//! phone does about each is decided in the sync core; the names here and there are the same.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What a program gets instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// There is nothing at this address.
    NotFound,
    /// This address is only for reading.
    ReadOnly,
    /// This address is for another method.
    WrongMethod,
    /// This server was not set up to take hand-ins.
    NoHandIn,
    /// Another bundle of this device has this number.
    OtherBundle,
    /// The pack that is published is as new or newer.
    NotNewer,
    /// No pack was published for this part of the school.
    NoPack,
    /// The content was deleted after the time that the school keeps it.
    Purged,
    /// Larger than the server takes.
    TooLarge,
    /// The envelope, note or signature is not good.
    Invalid,
    /// The device may no longer do anything here.
    Revoked,
    /// The device may not do this, or not for this part of the school.
    OutOfScope,
    /// The request cannot be understood.
    BadRequest,
    /// No token, or one that is no longer good.
    NoToken,
    /// The challenge is not this server's, or too old.
    BadChallenge,
    /// No invitation has this serial and secret.
    UnknownInvitation,
    /// Another device has claimed the invitation.
    Claimed,
    /// The invitation was to be claimed earlier, or was withdrawn.
    Expired,
    /// An invitation with this serial exists already, and is another.
    SerialTaken,
    /// The class belongs to another department.
    OtherDepartment,
    /// Too many requests.
    TooMany {
        /// After how many seconds to try again.
        retry_after: u32,
    },
    /// The disk or the class's quota is full.
    Full,
    /// The request's body did not arrive in time.
    TooSlow,
    /// The server cannot do it at the moment.
    Unavailable,
}

/// A problem document.
#[derive(Serialize, ToSchema)]
pub(crate) struct Document {
    /// What the problem is, for programs.
    #[serde(rename = "type")]
    #[schema(example = "urn:wuzha:problem:out-of-scope")]
    urn: &'static str,
    /// The name of the status.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What the problem is, for people, in Chinese and English.
    detail: &'static str,
}

impl Problem {
    /// The `type` of the document.
    pub fn urn(self) -> &'static str {
        self.parts().1
    }

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        self.parts().0
    }

    /// Status, type and text.
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "about:blank",
                "没有这个地址 / There is nothing at this address.",
            ),
            Self::ReadOnly => (
                StatusCode::METHOD_NOT_ALLOWED,
                "about:blank",
                "这个地址只能读取 / This address can only be read.",
            ),
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "about:blank",
                "这个地址不支持此方法 / This address is for another method.",
            ),
            Self::NoHandIn => (
                StatusCode::NOT_FOUND,
                "urn:wuzha:problem:no-hand-in",
                "此服务器未开通上交功能（管理员需先运行 wuzha init）/ This server takes no hand-ins; \
                 its administrator has to run `wuzha init` first.",
            ),
            Self::OtherBundle => (
                StatusCode::CONFLICT,
                "urn:wuzha:problem:other-bundle",
                "本设备的这个编号已被另一份材料包占用 / Another bundle of this device has this number.",
            ),
            Self::NotNewer => (
                StatusCode::CONFLICT,
                "urn:wuzha:problem:not-newer",
                "已发布的内容包版本相同或更高 / The pack that is published has this version or a higher one.",
            ),
            Self::NoPack => (
                StatusCode::NOT_FOUND,
                "urn:wuzha:problem:no-pack",
                "这个范围还没有发布内容包 / No pack was published for this part of the school.",
            ),
            Self::Purged => (
                StatusCode::GONE,
                "urn:wuzha:problem:purged",
                "保存期已过，内容已删除 / Its content was deleted after the time the school keeps it.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "urn:wuzha:problem:too-large",
                "内容过大 / Larger than this server takes.",
            ),
            Self::Invalid => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "urn:wuzha:problem:invalid",
                "内容或签名无效 / The content or its signature is not good.",
            ),
            Self::Revoked => (
                StatusCode::FORBIDDEN,
                "urn:wuzha:problem:revoked",
                "此设备的权限已撤销或到期 / This device's rights were revoked or have ended.",
            ),
            Self::OutOfScope => (
                StatusCode::FORBIDDEN,
                "urn:wuzha:problem:out-of-scope",
                "此设备无权在这个范围内这样做 / This device may not do this in this part of the school.",
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "urn:wuzha:problem:bad-request",
                "请求格式有误 / The request cannot be understood.",
            ),
            Self::NoToken => (
                StatusCode::UNAUTHORIZED,
                "urn:wuzha:problem:no-token",
                "请先登录，或登录已过期 / Please log in, or log in again.",
            ),
            Self::BadChallenge => (
                StatusCode::FORBIDDEN,
                "urn:wuzha:problem:bad-challenge",
                "登录口令不是本服务器发出的或已过期 / The challenge is not this server's or is too old.",
            ),
            Self::UnknownInvitation => (
                StatusCode::FORBIDDEN,
                "urn:wuzha:problem:unknown-invitation",
                "没有这个邀请，或密钥不符 / There is no such invitation, or its secret is another.",
            ),
            Self::Claimed => (
                StatusCode::CONFLICT,
                "urn:wuzha:problem:claimed",
                "这个邀请已被另一台设备使用 / Another device has claimed this invitation.",
            ),
            Self::Expired => (
                StatusCode::FORBIDDEN,
                "urn:wuzha:problem:expired",
                "邀请已过期或已收回 / The invitation has expired or was withdrawn.",
            ),
            Self::SerialTaken => (
                StatusCode::CONFLICT,
                "urn:wuzha:problem:serial-taken",
                "这个邀请编号已存在 / An invitation with this serial exists already.",
            ),
            Self::OtherDepartment => (
                StatusCode::CONFLICT,
                "urn:wuzha:problem:other-department",
                "这个班级属于另一个系部 / This class belongs to another department.",
            ),
            Self::TooMany { .. } => (
                StatusCode::TOO_MANY_REQUESTS,
                "urn:wuzha:problem:too-many",
                "请求过于频繁，请稍后再试 / Too many requests, please try again later.",
            ),
            Self::Full => (
                StatusCode::INSUFFICIENT_STORAGE,
                "urn:wuzha:problem:full",
                "服务器磁盘或班级配额已满 / The disk or the class's quota is full.",
            ),
            Self::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                "urn:wuzha:problem:too-slow",
                "内容没有及时传完 / The content did not arrive in time.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "urn:wuzha:problem:unavailable",
                "服务器暂时无法处理，请稍后再试 / The server cannot do this now, please try again later.",
            ),
        }
    }

    /// After how many seconds it may be worth trying again.
    fn retry_after(self) -> Option<u32> {
        match self {
            Self::TooMany { retry_after } => Some(retry_after),
            Self::Full => Some(60),
            Self::Unavailable => Some(5),
            _ => None,
        }
    }

    fn document(self) -> Document {
        let (status, urn, detail) = self.parts();
        Document {
            urn,
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.document())).into_response();
        let headers = response.headers_mut();
        let problem = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, problem);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self == Self::ReadOnly {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        if self == Self::NoToken {
            let scheme = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // What the log and the counters say of it.
        response.extensions_mut().insert(self);
        response
    }
}
