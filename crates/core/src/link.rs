//! What a scanned code leads to: its domain, and what speaks against trusting it.
//!
//! A school's download code is a link that hundreds of phones will follow, so its domain is shown
//! and judged before it is used. The rules find the usual tricks; they cannot prove a link good.
//! That is why a person of the 安保中心 confirms it.

use thiserror::Error;

/// Services whose links lead elsewhere, or wherever their owner points them later: the domain shown
/// says nothing about the target.
const REDIRECTORS: [&str; 18] = [
    "985.so",
    "bit.ly",
    "cli.im",
    "dwz.cn",
    "dwz.win",
    "goo.gl",
    "is.gd",
    "mrw.so",
    "ow.ly",
    "qr61.cn",
    "rebrand.ly",
    "suo.im",
    "suo.nz",
    "t.cn",
    "t.co",
    "tinyurl.com",
    "u.nu",
    "url.cn",
];

/// A web link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The whole text, as it was in the code.
    pub text: String,
    /// Its domain in lower case, without port: `fanzha.example.cn`.
    pub domain: String,
    /// What speaks against it, most serious first; nothing for an ordinary link.
    pub warnings: Vec<Warning>,
}

/// What speaks against a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// What stands before `@` only looks like the domain: `https://gov.cn@evil.example`.
    HiddenDomain,
    /// Letters that look like others, or `gov` in a name that does not end in `.gov.cn`.
    Lookalike,
    /// A bare address, which belongs to nobody by name.
    IpAddress,
    /// A file to install, past the app store.
    InstallFile,
    /// A short link or a code whose target can be changed.
    Redirector,
    /// Not encrypted: anyone on the way can change what arrives.
    NotEncrypted,
    /// A port of its own, as test servers have.
    UnusualPort,
}

/// Why a text is no web link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Text, a phone number, a link into another app.
    #[error("not a web link")]
    NotALink,
}

/// Reads `text` as a web link, as a browser would, and judges it.
///
/// # Errors
/// [`LinkError`] for everything that is not `http` or `https` with a domain or an address.
pub fn judge_link(text: &str) -> Result<Link, LinkError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LinkError::Empty);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(LinkError::NotALink);
    }
    let (scheme, rest) = text.split_once("://").ok_or(LinkError::NotALink)?;
    let encrypted = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => false,
        _ => return Err(LinkError::NotALink),
    };
    // Browsers read `\` as `/`.
    let (authority, path) = match rest.find(['/', '\\', '?', '#']) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let (user, place) = match authority.rsplit_once('@') {
        Some((_, place)) => (true, place),
        None => (false, authority),
    };
    let (host, port) = split_port(place);
    let domain = host.trim_end_matches('.').to_lowercase();
    let is_ip = is_ip_address(&domain);
    if !is_ip && !is_domain(&domain) {
        return Err(LinkError::NotALink);
    }
    let found = [
        (user, Warning::HiddenDomain),
        (!is_ip && is_lookalike(&domain), Warning::Lookalike),
        (is_ip, Warning::IpAddress),
        (is_install_file(path), Warning::InstallFile),
        (is_redirector(&domain), Warning::Redirector),
        (!encrypted, Warning::NotEncrypted),
        (!is_default(port, encrypted), Warning::UnusualPort),
    ];
    Ok(Link {
        text: text.to_owned(),
        domain,
        warnings: found
            .into_iter()
            .filter_map(|(is_so, warning)| is_so.then_some(warning))
            .collect(),
    })
}

fn split_port(place: &str) -> (&str, &str) {
    // The colons within `[2001:db8::1]` are none.
    match place.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (place, ""),
    }
}

fn is_default(port: &str, encrypted: bool) -> bool {
    port.is_empty() || port == if encrypted { "443" } else { "80" }
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        !label.is_empty() && label.chars().all(fits)
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

/// Browsers take a domain whose last part is a number for an IPv4 address, in all its spellings
/// (`127.1`, `0x7f000001`, `2130706433`).
fn is_ip_address(domain: &str) -> bool {
    if domain.starts_with('[') {
        return domain.ends_with(']');
    }
    let last = domain.rsplit('.').next().unwrap_or_default();
    let is_number = !last.is_empty() && last.chars().all(|c| c.is_ascii_digit());
    is_number
        || last
            .strip_prefix("0x")
            .is_some_and(|hex| hex.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Letters beyond ASCII can look like ASCII's, `xn--` hides them; `gov-cn.example` and
/// `gov.cn.example` look like an authority's.
fn is_lookalike(domain: &str) -> bool {
    let has_foreign_letters =
        !domain.is_ascii() || domain.split('.').any(|label| label.starts_with("xn--"));
    let says_gov = domain
        .split(['.', '-', '_'])
        .any(|part| ["gov", "g0v", "govcn"].contains(&part) || part.ends_with("gov"));
    has_foreign_letters || (says_gov && !is_within(domain, "gov.cn"))
}

fn is_redirector(domain: &str) -> bool {
    REDIRECTORS.iter().any(|service| is_within(domain, service))
}

/// Whether `domain` is `owner` or one of its subdomains.
fn is_within(domain: &str, owner: &str) -> bool {
    let rest = domain.strip_suffix(owner);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_install_file(path: &str) -> bool {
    let file = path.split(['?', '#']).next().unwrap_or_default();
    let file = file.to_ascii_lowercase();
    [".apk", ".mobileconfig", ".ipa", ".exe"]
        .iter()
        .any(|ending| file.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> String {
        judge_link(text).unwrap().domain
    }

    fn warnings(text: &str) -> Vec<Warning> {
        judge_link(text).unwrap().warnings
    }

    #[test]
    fn an_ordinary_link_shows_its_domain_and_no_warning() {
        for (text, expected) in [
            (
                "https://fanzha.example.cn/download?id=1#top",
                "fanzha.example.cn",
            ),
            ("  HTTPS://FanZha.Example.CN:443 \n", "fanzha.example.cn"),
            ("https://www.mps.gov.cn./app", "www.mps.gov.cn"),
            ("https://gov.cn", "gov.cn"),
            ("https://governance.example/", "governance.example"),
        ] {
            let link = judge_link(text).unwrap();
            assert_eq!(link.domain, expected, "{text}");
            assert_eq!(link.warnings, [], "{text}");
        }
    }

    #[test]
    fn what_is_no_web_link_is_refused() {
        assert_eq!(judge_link(" \n"), Err(LinkError::Empty));
        for text in [
            "国家反诈中心",
            "13800000000",
            "www.example.cn/app",
            "weixin://dl/business",
            "javascript://example.cn/%0aalert(1)",
            "https://",
            "https:///path",
            "https://localhost/x",
            "https://a..b/",
            "https://exa mple.cn/",
            "https://example.cn/\u{1b}[2J",
            "https://example%2ecn.cn/",
            "BEGIN:VCARD\nFN:示例",
        ] {
            assert_eq!(judge_link(text), Err(LinkError::NotALink), "{text}");
        }
    }

    #[test]
    fn the_real_domain_is_found_behind_what_hides_it() {
        for text in [
            "https://www.gov.cn@evil.example/",
            "https://www.gov.cn:x@evil.example:443/@gov.cn",
            "https://a@www.gov.cn@evil.example/",
            "https://evil.example\\@www.gov.cn/",
            "https://evil.example?@www.gov.cn/",
            "https://evil.example#@www.gov.cn/",
        ] {
            assert_eq!(domain(text), "evil.example", "{text}");
        }
        assert_eq!(
            warnings("https://www.gov.cn@evil.example/"),
            [Warning::HiddenDomain]
        );
    }

    #[test]
    fn each_trick_has_its_warning() {
        for (text, expected) in [
            ("http://fanzha.example/", Warning::NotEncrypted),
            ("https://192.0.2.7/app", Warning::IpAddress),
            ("https://3221225991/", Warning::IpAddress),
            ("https://0xc0000207/", Warning::IpAddress),
            ("https://[2001:db8::7]/", Warning::IpAddress),
            ("https://fanzha.example:8443/", Warning::UnusualPort),
            ("https://t.cn/A6abc", Warning::Redirector),
            ("https://w.url.cn/s/abc", Warning::Redirector),
            ("https://mps.gov.cn.example/", Warning::Lookalike),
            ("https://mps-gov-cn.example/", Warning::Lookalike),
            ("https://mpsgov.example/", Warning::Lookalike),
            ("https://xn--80ak6aa92e.example/", Warning::Lookalike),
            ("https://gоv.cn/", Warning::Lookalike),
            ("https://fanzha.example/app.APK?v=2", Warning::InstallFile),
        ] {
            assert_eq!(warnings(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_name_that_only_ends_like_a_redirector_is_none() {
        assert_eq!(warnings("https://content.cn/"), []);
        assert_eq!(warnings("https://chat.co/"), []);
    }

    #[test]
    fn the_most_serious_warning_comes_first() {
        assert_eq!(
            warnings("http://gov.cn@192.0.2.7:8080/a.apk"),
            [
                Warning::HiddenDomain,
                Warning::IpAddress,
                Warning::InstallFile,
                Warning::NotEncrypted,
                Warning::UnusualPort,
            ]
        );
    }
}
