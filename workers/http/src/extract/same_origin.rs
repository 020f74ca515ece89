//! A guard for the calls that a cookie opens.

use super::{Call, Extract};
use crate::error::ApiError;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Uri};
use contract::problem::Code;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The request comes from our own pages, or from no browser at all. `SameSite=Strict` says so already; this is the second
/// lock, and it also keeps a neighbouring subdomain out, which is the same *site*.
#[derive(Debug)]
pub(crate) struct SameOrigin;

impl<P> Extract<P> for SameOrigin {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        if is_same_origin(&call.parts.headers, &call.parts.uri) {
            Ok(Self)
        } else {
            Err(ApiError::new(
                Code::Forbidden,
                "This call can be made from our own pages only.",
            ))
        }
    }
}

fn is_same_origin(headers: &HeaderMap, uri: &Uri) -> bool {
    let site = headers.get(SEC_FETCH_SITE);
    let same_site = site.is_none_or(|site| site == "same-origin" || site == "none");
    let same_origin = headers.get(ORIGIN).is_none_or(|origin| {
        let origin = origin.to_str().ok().and_then(|text| text.parse().ok());
        let origin = origin.as_ref().and_then(Uri::authority);
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| uri.authority().map(|authority| authority.as_str()));
        origin.is_some_and(|origin| host.is_some_and(|host| origin.as_str() == host))
    });
    same_site && same_origin
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn allowed(pairs: &[(&'static str, &str)], uri: &str) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        is_same_origin(&headers, &uri.parse().unwrap())
    }

    #[test]
    fn our_own_pages_and_plain_clients_pass() {
        let path = "/api/auth/refresh-token";
        assert!(allowed(&[], path));
        assert!(allowed(&[("sec-fetch-site", "same-origin")], path));
        let own = [
            ("origin", "http://localhost:8787"),
            ("host", "localhost:8787"),
        ];
        assert!(allowed(&own, path));
        let by_uri = "https://captain.example/api/auth/logout";
        assert!(allowed(&[("origin", "https://captain.example")], by_uri));
    }

    #[test]
    fn foreign_pages_do_not() {
        let path = "/api/auth/refresh-token";
        for site in ["cross-site", "same-site", "x"] {
            assert!(!allowed(&[("sec-fetch-site", site)], path), "{site}");
        }
        for origin in [
            "null",
            "https://evil.example",
            "http://localhost:8788",
            "",
            "localhost",
        ] {
            let headers = [("origin", origin), ("host", "localhost:8787")];
            assert!(!allowed(&headers, path), "{origin}");
        }
        assert!(!allowed(&[("origin", "https://captain.example")], path));
    }
}
