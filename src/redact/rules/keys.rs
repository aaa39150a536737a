//! Private keys and signed tokens, whoever issued them.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "private-key",
        title: "Private key in PEM or PGP armour, with real or escaped newlines, to its end or that of the text",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["PRIVATE KEY"]),
        pattern: r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?P<secret>(?:\s|\\+[nr])*(?:[A-Za-z0-9+/=]{10}|[A-Z][A-Za-z-]+: )(?s:.*?))(?:-----END|$)",
        checks: &[],
        examples: &[
            r"key: -----BEGIN RSA PRIVATE KEY-----«tH9eEot/IpP7FufGUzKZAqEEmbng+ADlvtHd2YoLpkBDFhFjRmfBwMRk7xbO00el\n/Q4EzgU0lSu//rHMg7v3XMoiGDEz6E/gYYRWZlDR2NaM+co810M6sQBkTY7eLQlI\n»-----END RSA PRIVATE KEY-----",
            r"-----BEGIN PRIVATE KEY-----«\\nMIIEvQIBADANBgkqhkiG9w0BAQ»",
            r"-----BEGIN PGP PRIVATE KEY BLOCK-----«\\r\\nVersion: 2\\r\\nlQOYBF»-----END PGP PRIVATE KEY BLOCK-----, next",
            "-----BEGIN OPENSSH PRIVATE KEY-----« b3BlbnNzaC1rZXktdjEAAAAA »-----END OPENSSH PRIVATE KEY-----",
        ],
        near_misses: &[
            "-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQ-----END PUBLIC KEY-----",
            "expected -----BEGIN PRIVATE KEY----- at the start",
            "-----BEGIN CERTIFICATE-----MIIDdzCCAl+gAwIBAgIE",
        ],
    },
    Rule {
        id: "age-secret-key",
        title: "age identity",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AGE-SECRET-KEY-1"]),
        pattern: r"(?i)\b(?P<secret>AGE-SECRET-KEY-1[A-Z0-9]{58})\b",
        checks: &[],
        examples: &[
            "identity «AGE-SECRET-KEY-18D3FTC34FH2WKENL5V2EQQTX0ASKXCGS6Y4U3JHNCRLLHPR8CUNFAZ57GQ»",
            r#""«AGE-SECRET-KEY-1VZ3E30JP669CLH352LRKGVR2N2NRNCHT3N7V5UEXSHE5C738DU625ZF376»""#,
        ],
        near_misses: &[
            "AGE-SECRET-KEY-1 begins an identity",
            "age1xz6rhq2ac8twxqpe9g0htklhzzvzz5vwlj870sinve0e6ap1znrijop6hs",
        ],
    },
    Rule {
        id: "jwt",
        title: "JSON Web Token, signed, encrypted or unsigned",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["eyJ"]),
        pattern: r"(?:^|[^A-Za-z0-9_+/-])(?P<secret>eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){0,3})",
        checks: &[Check::JwtHeader],
        examples: &[
            "verified «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.Mn7vtgxRK4ZfxbSHeh19unaDOWiCrGdCLJMZccI0DhE» for bob",
            "('«eyJhbGciOiJub25lIn0.eyJhZG1pbiI6dHJ1ZX0.»')",
            "jwe «eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.9v3donJY0ns1ZKITboXlbZGrBxe9OrUfLhzyG9LA.Zx5HvQqePEKiBDR4.bC1PYTVmXqmJWS1sVY8b6VUNUbewnA.UV2jqJwOkKOuwtgcVlSwA5»",
        ],
        near_misses: &[
            "eyJub3QganNvbg is base64 of nothing",
            "eyJhbGciOiJIUzI1NiJ9 alone is a header",
            "cursor eyJpZCI6NDJ9",
            "eyJub3QganNvbg.cGF5bG9hZA.x",
        ],
    },
];
