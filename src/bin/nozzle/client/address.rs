//! Where requests go.

use std::fmt::{self, Write};

use ureq::http::Uri;

/// The base of all paths: a scheme, a host and maybe a path, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    base: String,
    host: String,
    is_encrypted: bool,
}

impl Address {
    /// Reads what a person gave as `--url` or `--dashboards`.
    ///
    /// # Errors
    /// The fault and the fix, without the address, which might hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| "is no address")?;
        let is_encrypted = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("is no address; it begins with https:// or http://"),
        };
        let authority = uri.authority().ok_or("names no host")?;
        if authority.as_str().contains('@') {
            return Err(
                "holds a user; give the name as --user and the password as OPENSEARCH_PASSWORD",
            );
        }
        if uri.query().is_some() {
            return Err("holds a query; give the address alone");
        }
        let host = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        Ok(Self { base: text.trim_end_matches('/').to_owned(), host, is_encrypted })
    }

    /// The address of `path`, which begins with a slash.
    pub(crate) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Whether what is sent stays on this machine or is encrypted.
    pub(crate) fn is_safe_for_credentials(&self) -> bool {
        self.is_encrypted || self.is_loopback()
    }

    /// Whether it is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self.host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// Whether the host is one that Amazon OpenSearch Service gives to its domains.
    pub(crate) fn is_amazons(&self) -> bool {
        self.aws_region().is_some()
    }

    /// The region in the name of a host: `NAME.REGION.es.amazonaws.com`, in China with `.cn`
    /// behind it, or `NAME.aos.REGION.on.aws`.
    ///
    /// Source: *Creating and managing Amazon OpenSearch Service domains*
    /// (<https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html>).
    pub(crate) fn aws_region(&self) -> Option<&str> {
        let host = self.host.strip_suffix(".cn").unwrap_or(&self.host);
        if let Some(name) = host.strip_suffix(".es.amazonaws.com") {
            return name.rsplit_once('.').map(|(_, region)| region);
        }
        let (name, region) = host.strip_suffix(".on.aws")?.rsplit_once('.')?;
        name.strip_suffix(".aos").map(|_| region)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.base)
    }
}

/// A name as one part of a path.
pub(crate) fn encode_path(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn amazons_hosts_tell_their_region() {
        let cases = [
            ("https://search-logs-abc123.eu-west-1.es.amazonaws.com", Some("eu-west-1")),
            ("https://vpc-logs-abc123.us-gov-west-1.es.amazonaws.com/", Some("us-gov-west-1")),
            ("https://search-x.cn-north-1.es.amazonaws.com.cn", Some("cn-north-1")),
            ("https://search-x.aos.eu-west-1.on.aws", Some("eu-west-1")),
            ("https://logs.example.com", None),
            ("https://es.amazonaws.com.example.com", None),
        ];
        for (text, region) in cases {
            assert_eq!(address(text).aws_region(), region, "{text}");
        }
    }

    #[test]
    fn credentials_are_sent_where_nobody_listens() {
        for (text, expected) in [
            ("https://logs.example.com", true),
            ("http://logs.example.com:9200", false),
            ("http://localhost:9200", true),
            ("http://127.0.0.1:9200/", true),
            ("http://[::1]:9200", true),
        ] {
            assert_eq!(address(text).is_safe_for_credentials(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_told_without_it() {
        for text in [
            "",
            "logs.example.com",
            "ftp://x",
            "https://",
            "https://a b",
            "https://u:p@h",
            "https://h/?q",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
        assert_eq!(address("https://h/_dashboards/").join("/api"), "https://h/_dashboards/api");
        assert_eq!(encode_path("nozzle-ä%b"), "nozzle-%C3%A4%25b");
    }
}
