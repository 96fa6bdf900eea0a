//! Whose request it is.

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Whom to believe about where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The connection.
    Connection,
    /// The proxy in front, which adds the address it saw to `X-Forwarded-For`.
    Proxy,
}

/// The address of whoever sent this request; `None` within a test without a connection.
pub fn address(parts: &Parts, trust: Trust) -> Option<IpAddr> {
    let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let connection = connection.map(|info| info.0.ip());
    match trust {
        Trust::Connection => connection,
        Trust::Proxy => forwarded(parts).or(connection),
    }
}

/// What the proxy added is at the end. What stands before it, anybody may have written.
fn forwarded(parts: &Parts) -> Option<IpAddr> {
    let mut values = parts.headers.get_all("x-forwarded-for").into_iter();
    let last = values.next_back()?.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
}

/// Who has one IPv6 address has 2^64 of them.
pub(super) fn counted_as(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let network = v6.to_bits() >> 64 << 64;
                IpAddr::V6(Ipv6Addr::from_bits(network))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn ip(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    fn asked_by(forwarded: &[&str], trust: Trust) -> Option<IpAddr> {
        let mut request = Request::builder();
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let (mut parts, ()) = request.body(()).ok()?.into_parts();
        let connection: SocketAddr = "192.0.2.1:1234".parse().ok()?;
        parts.extensions.insert(ConnectInfo(connection));
        address(&parts, trust)
    }

    #[test]
    fn only_what_the_proxy_added_is_believed() {
        let proxy = Trust::Proxy;
        for (forwarded, trust, expected) in [
            (&["198.51.100.7"][..], Trust::Connection, "192.0.2.1"),
            (&["198.51.100.7"], proxy, "198.51.100.7"),
            (&["203.0.113.9, 198.51.100.7"], proxy, "198.51.100.7"),
            (&["203.0.113.9", "198.51.100.7"], proxy, "198.51.100.7"),
            (&["198.51.100.7, nonsense"], proxy, "192.0.2.1"),
            (&[], proxy, "192.0.2.1"),
        ] {
            assert_eq!(asked_by(forwarded, trust), ip(expected), "{forwarded:?}");
        }
    }

    #[test]
    fn a_network_is_counted_as_one() {
        let counted = |text: &str| ip(text).map(counted_as);
        assert_eq!(counted("2001:db8::1"), counted("2001:db8::ffff:2"));
        assert_ne!(counted("2001:db8::1"), counted("2001:db8:0:1::1"));
        assert_eq!(counted("::ffff:192.0.2.1"), ip("192.0.2.1"));
    }
}
