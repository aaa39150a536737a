//! Headers of HTTP, wherever logs repeat them.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "authorization-header",
        title: "Credentials of an Authorization or Proxy-Authorization header",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["authorization"]),
        // A header line, a JSON or Python dict, a pair in a list, or a name and value object. The
        // schemes with parameters take the rest of the line.
        pattern: r#"(?i)authorization\\*["']?\]?\s{0,4}(?:=>|[:=,]|,\s{0,4}\\*["']value\\*["']\s{0,4}:)\s{0,4}\[?(?:b?\\*["'])?(?:Token[ \t]{1,4}token=\\*["']?(?P<secret_token>[^\s"'\\,;]+)|(?:Bearer|Basic|Token|ApiKey|Api-Key|Negotiate|NTLM|SSWS|GenieKey|Splunk|Bot|OAuth)[\s:=]{1,4}(?P<secret>[^\s"'\\,;\]]{3,})|(?:Digest|AWS4-HMAC-SHA256|Hawk|Signature|HMAC)[ \t]{1,4}(?P<secret_parameters>[^\r\n]{8,})|(?P<secret_bare>[A-Za-z0-9._~+/=:-]{16,})(?:[\s"',\\;]|$))"#,
        checks: &[Check::TextHolds(&["=", ":", ","]), Check::Assigned],
        examples: &[
            "Authorization: Bearer «8f3a9c2e1b7d»",
            "> proxy-authorization: basic «dXNlcjpwYXNz»",
            r#"{"Authorization": "Bearer «mF_9.B5f-4.1JqM»", "Accept": "*/*"}"#,
            "{'Authorization': 'Token «9944b09199c62bcf9418ad846dd0e4bb»'}",
            r#"{\"authorization\":\"ApiKey «VnVhQ2ZHY0JDZGJrUW»\"}"#,
            "[('Authorization', 'Basic «YWRtaW46aHVudGVyMg==»')]",
            r#"{"name": "Authorization", "value": "Bearer «abc123def»"}"#,
            r#"Authorization: Digest «username="bob", response="6629fae4"»"#,
            "Authorization: Token token=\"«9944b09199c6»\", realm=\"x\"",
            "authorization=«a1b2c3d4e5f6a7b8c9d0»",
            "map[Accept:[*/*] Authorization:[Token «8f3a9c2e1b7d»] Host:[x]]",
        ],
        near_misses: &[
            "Authorization: Bearer ***",
            "authorization failed for user bob",
            "Authorization: required",
            "Authorization: Bearer ${TOKEN}",
            "missing Authorization header",
            "authorization: Bearer token",
        ],
    },
    Rule {
        id: "bearer-token",
        title: "Token after the word Bearer, in any context",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["bearer"]),
        pattern: r"(?i)\bbearer[ \t]+(?P<secret>[a-z0-9._~+/-]{12,}=*)",
        checks: &[Check::LettersAndDigits],
        examples: &[
            "curl -H 'X-Auth: Bearer «a8f5f167f44f4964e6c998dee827110c»'",
            "sent bearer «mF_9.B5f-4.1JqM9kq»",
            "sent bearer\t«mF_9.B5f-4.1JqM9kq»",
        ],
        near_misses: &[
            "bearer authentication is enabled",
            "the Bearer scheme",
            "bearer [REDACTED:bearer-token]",
        ],
    },
    Rule {
        id: "basic-credentials",
        title: "User and password after the word Basic",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["basic"]),
        pattern: r"(?i)\bbasic[ \t]+(?P<secret>[a-z0-9+/_-]{6,}={0,2})",
        checks: &[Check::BasicCredentials],
        examples: &["sent Basic «YWRtaW46aHVudGVyMg==» upstream", "auth='basic «dXNlcjpwYXNz»'"],
        near_misses: &[
            "basic auth enabled",
            "Basic authentication",
            "Basic aGVsbG8gd29ybGQ=",
            "basic configuration loaded",
        ],
    },
    Rule {
        id: "cookie",
        title: "Values of the cookies in a Cookie or Set-Cookie header",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cookie", "curl"]),
        // The group's name makes each value in it a secret of its own.
        pattern: r#"(?i)(?:(?:^|[^a-z0-9])(?:set[-_]?)?cookie(?:\\*["']?\s{0,4}(?:=>|[:=])|\\*["']\s{0,4},)\s{0,4}\[?(?:b?\\*["'])?|--cookie[ =]["']?|\bcurl\b[^\r\n|]{0,256}?\s-b ?["']?)(?P<secret_cookies>[a-z0-9_.%-]{1,64}=[^\r\n"'\\]{2,})"#,
        checks: &[Check::TextHolds(&["="])],
        examples: &[
            "Cookie: sid=«8f3a9c»; theme=«dark»",
            r#"{"set-cookie": "session=«eyabc123»; Path=/; HttpOnly"}"#,
            "{'Cookie': 'csrftoken=«a1»; sessionid=«b2»'}",
            "HTTP_COOKIE=\"sid=«8f3a9c»\" x",
            "curl -s -b 'sid=«8f3a9c»' https://shop.example",
            "Set-Cookie: a=«b1c2»; Expires=Wed, 21 Oct 2026 07:28:00 GMT, c=«d3e4»; Path=/",
        ],
        near_misses: &[
            "cookie policy accepted",
            "cookie: enabled",
            "Set-Cookie header missing",
            "cookies=3",
            "def seek(self, cookie, whence=0)",
            "Cookie: sid=[REDACTED:cookie]; theme=***",
        ],
    },
];
