//! Secrets within URLs.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "url-password",
        title: "Password in a URL, which may itself hold `@`, `:` and `/`",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["://"]),
        // In the URL of a database no `@` follows the host, so that the last one ends the password.
        pattern: r#"(?i)(?:\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|clickhouse|oracle|cockroachdb)(?:\+[a-z0-9]+)?://[^\s/?#:@"'<>`\\\[]*:(?P<secret_database>[^\s/?#,"'<>`\\]+@[^\s?#,"'<>`\\]*)@[a-z0-9\[]|\b[a-z][a-z0-9+.-]*://[^\s/?#:@"'<>`\\\[]*:(?:(?P<secret_mark>[^\s/?#"'<>`\\]*[^0-9\s/?#"'<>`\\][^\s/?#"'<>`\\]*[?#][^\s/"'<>`\\]*)@[a-z0-9\[]|(?P<secret>[^\s/?#"'<>`\\]+)@[a-z0-9\[]|(?P<secret_slash>[^\s/?#"'<>`\\@]*[^0-9\s/?#"'<>`\\@][^\s/?#"'<>`\\@]*[/?#][^\s"'<>`\\@]*)@[a-z0-9\[]))"#,
        checks: &[],
        examples: &[
            "connect postgres://app:«s3cr3t»@db/orders failed",
            "redis://:«p@ss:w0rd»@cache:6379/0",
            "amqp://guest:«gu%40est1»@mq1:5672,amqp://guest:«other1»@mq2",
            "mongodb+srv://u:«pa/ss?1»@cluster0.example.net/db",
            "mysql://root:«p@ss#word»@localhost:3306/db",
            "postgres://u:«p@ss/w0rd»@db/x",
            "https://u:«pw»@registry.example/@scope/pkg",
        ],
        near_misses: &[
            "http://localhost:8080/users/bob@example.com",
            "https://example.com/@scope/pkg",
            "GET https://example.com:443/a?mail=b@c.d",
            "postgres://app:***@db/orders",
            "postgres://app:[REDACTED:url-password]@db/orders",
            "postgres://app@db/orders",
            "http://[::1]:8080/a@b",
            "http://localhost:8080?mail=bob@c.d",
        ],
    },
    Rule {
        id: "encoded-url-password",
        title: "Password in a percent-encoded URL",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["%3a%2f%2f", "%253a%252f%252f"]),
        // The password ends at the last `@` before a slash, question mark or hash.
        pattern: r"(?i)[a-z]%(?:25)?3a%(?:25)?2f%(?:25)?2f[a-z0-9_.~+-]*%(?:25)?3a(?P<secret>(?:[a-z0-9_.~!*'()+$,;:=-]|%(?:25)?(?:2[0-24-9a-e]|3[0-9a-e]|[4-9a-f][0-9a-f]))+)(?:%(?:25)?40|@)[a-z0-9\[]",
        checks: &[],
        examples: &[
            "next=https%3A%2F%2Fbob%3A«hunter2»%40h&x=1",
            "redis%253a%252f%252f%253a«p%2540ss»%2540cache%253a6379",
        ],
        near_misses: &[
            "next=https%3A%2F%2Fh%3A8443%2Fa%3Fm%3Dbob%40example.com",
            "u=https%3A%2F%2Fbob%40h",
        ],
    },
    Rule {
        id: "url-parameter",
        title: "Credential or signature in a query string",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "token=",
            "code=",
            "sig=",
            "signature=",
            "?key=",
            "&key=",
            "credential=",
            "api_key=",
            "apikey=",
            "api-key=",
            "password=",
            "secret=",
            "ticket=",
            "assertion=",
        ]),
        pattern: r#"(?i)[?&](?:(?:[a-z0-9_.-]*(?:access_?token|refresh_?token|id_?token|auth_?token|api[_-]?key|client_?secret|password|passwd|secret|signature|credential|security-token)|token|ticket|assertion|sig|(?:client_)?auth)=(?P<secret>[^&\s"'<>#;,`)}\]\\]{2,})|(?:code|key|state_token)=(?P<secret_short>[^&\s"'<>#;,`)}\]\\]{16,}))"#,
        checks: &[Check::Assigned],
        examples: &[
            "GET /v1/users?api_key=«k3y9f8a7»&page=2",
            "GET /cb?code=«4/0AX4XfWhxX8mFf6vYuE50i2gHKqG»&state=x",
            "https://s3.example/b/o?X-Amz-Credential=«CREDTr80HB%2Feu»&X-Amz-Signature=«c58e4036c002e162aaef6076bc3346eee21f5c7ff43fc2770c7173601e1c771d»",
            "https://acme.blob.example/c?sv=2022&sig=«bE1GgW4TgljZHkNGugGY94y64ae2bJP0fGJNNMYZIeT%3D»",
            "/x?sig=«Zx81»&y=1&sig=«hunter2»",
            "/maps?key=«Z17NhTPVnQBhNfIHwRgfUp242gfxrt»",
        ],
        near_misses: &[
            "GET /list?next_token=abc123def456&limit=5",
            "GET /?code=404&key=user:42",
            "/search?keyword=token&page=1",
            "?token=&x=1",
            "?tokens=17&token_count=9",
        ],
    },
];
