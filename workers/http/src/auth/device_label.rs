//! A device by a name that its owner recognises, from the browser's `User-Agent`.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;

/// Marks in a `User-Agent`, the telling ones first: Edge and Opera say "Chrome" too, Chrome says "Safari", Android "Linux".
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// "Chrome on Android", or as much of it as can be told.
pub(crate) fn device_label(headers: &HeaderMap) -> String {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    let find = |marks: &[(&str, &'static str)]| {
        let mark = marks.iter().find(|(mark, _)| agent.contains(mark));
        mark.map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Unknown device".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn devices_are_named() {
        let label = |agent| {
            device_label(&HeaderMap::from_iter([(
                USER_AGENT,
                HeaderValue::from_static(agent),
            )]))
        };
        let phone = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(label(phone), "Chrome on Android");
        assert_eq!(label(edge), "Edge on Windows");
        assert_eq!(label(iphone), "Safari on iPhone");
        assert_eq!(label("curl/8.0"), "Unknown device");
        assert_eq!(device_label(&HeaderMap::new()), "Unknown device");
    }
}
