//! Who may ask for the page.
//!
//! A page on the web can have its own name point to this machine (DNS rebinding), and the browser
//! then takes our answers for its own. It still says in `Host` and `Origin` which name it means. So
//! the page answers under names that nobody else can have: those of this machine, and, where the
//! server listens beyond it, addresses, which no DNS answers for.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::{PLAIN, Shared, with_headers};

/// Under which names the page may be asked for.
#[derive(Clone, Debug)]
pub(crate) struct Hosts {
    /// Whether the server listens beyond this machine.
    is_open: bool,
}

impl Hosts {
    /// The names for a server that listens at `address`: only those of this machine (`localhost`,
    /// `127.0.0.1`, `[::1]`) when that is a loopback address, else any address in figures as well.
    pub(crate) fn of(address: IpAddr) -> Self {
        Self { is_open: !address.is_loopback() }
    }

    /// Whether `authority` (`name`, `name:port`, `[address]:port`) is such a name.
    fn allow(&self, authority: &str) -> bool {
        let name = match authority.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => authority,
        };
        let figures = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match figures.unwrap_or(name).parse::<IpAddr>() {
            Ok(address) => self.is_open || address.is_loopback(),
            Err(_) => name.trim_end_matches('.').eq_ignore_ascii_case("localhost"),
        }
    }

    /// Whether a request comes from the page itself, or from a person who typed its address.
    fn allow_request(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(HOST).or(uri.authority().map(axum::http::uri::Authority::as_str));
        let is_own_origin = text(ORIGIN).is_none_or(|origin| {
            let authority = origin.strip_prefix("http://");
            authority.is_some() && authority == host
        });
        let site = text(HeaderName::from_static("sec-fetch-site"));
        let is_link = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
        host.is_some_and(|host| self.allow(host))
            && is_own_origin
            && (is_link || matches!(site, None | Some("same-origin" | "none")))
    }
}

/// Turns away whoever asks under a foreign name or from a foreign page.
pub(super) async fn check(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    if shared.page.hosts.allow_request(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    let reason = "The page shows logs and answers only under the names of this machine: open \
        http://localhost with the port of nozzle serve. Where it listens beyond this machine \
        (--address), open it by that address in figures.\n";
    with_headers(StatusCode::FORBIDDEN, PLAIN, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: Hosts = Hosts { is_open: false };
    const OPEN: Hosts = Hosts { is_open: true };

    #[test]
    fn only_names_that_nobody_else_can_have_are_allowed() {
        for own in
            ["localhost", "LOCALHOST:4573", "localhost.:80", "127.0.0.1:1", "[::1]:9", "[::1]"]
        {
            assert!(LOCAL.allow(own) && OPEN.allow(own), "{own}");
        }
        for address in ["192.168.1.7:4573", "[fe80::1]:80", "8.8.8.8"] {
            assert!(!LOCAL.allow(address) && OPEN.allow(address), "{address}");
        }
        for foreign in [
            "evil.example",
            "evil.example:4573",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            ":80",
            "localhost:evil",
            "[::1",
            "localhost@evil.example",
        ] {
            assert!(!LOCAL.allow(foreign) && !OPEN.allow(foreign), "{foreign}");
        }
        assert!(!Hosts::of("127.0.0.2".parse().unwrap()).is_open);
        assert!(Hosts::of("0.0.0.0".parse().unwrap()).is_open);
    }

    #[test]
    fn other_pages_are_turned_away() {
        let allows = |rows: &[(&'static str, &'static str)]| {
            let rows = [("host", "localhost:1")].iter().chain(rows);
            let rows =
                rows.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
            LOCAL.allow_request(&Uri::from_static("/"), &rows.collect())
        };
        assert!(allows(&[]));
        assert!(allows(&[("origin", "http://localhost:1"), ("sec-fetch-site", "same-origin")]));
        assert!(allows(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
        assert!(!allows(&[("origin", "http://localhost:2")]));
        assert!(!allows(&[("origin", "null")]));
        assert!(!allows(&[("origin", "https://evil.example")]));
        assert!(!allows(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]));
        assert!(!allows(&[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")]));
        assert!(!LOCAL.allow_request(&Uri::from_static("/"), &HeaderMap::new()));
    }
}
