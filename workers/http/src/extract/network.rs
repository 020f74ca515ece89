//! Where a request comes from, for rate limits.

use super::{Call, Extract};
use crate::error::ApiError;
use axum::http::HeaderMap;
use axum::http::header::HeaderName;
use std::net::IpAddr;

const CF_CONNECTING_IP: HeaderName = HeaderName::from_static("cf-connecting-ip");

/// The network that asks: an IPv4 address, or the /64 that one customer of an IPv6 provider has to themselves. Cloudflare sets
/// the header on every request and replaces what a client claims; without it, or from this very machine, nobody is told apart
/// and no limit by network applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Network(pub Option<String>);

impl<P> Extract<P> for Network {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        Ok(Self(network(&call.parts.headers)))
    }
}

fn network(headers: &HeaderMap) -> Option<String> {
    let address: IpAddr = headers
        .get(CF_CONNECTING_IP)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    let address = address.to_canonical();
    match address {
        _ if address.is_loopback() => None,
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Some(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_network_is_an_address_or_a_64() {
        let cases = [
            ("203.0.113.7", Some("203.0.113.7")),
            ("::ffff:203.0.113.7", Some("203.0.113.7")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::/64")),
            ("2001:db8:1:2:ffff::1", Some("2001:db8:1:2::/64")),
            ("127.0.0.1", None),
            ("::1", None),
            ("nonsense", None),
            ("", None),
        ];
        for (address, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(CF_CONNECTING_IP, HeaderValue::from_static(address));
            assert_eq!(network(&headers).as_deref(), expected, "{address}");
        }
        assert_eq!(network(&HeaderMap::new()), None);
    }
}
