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
        pattern: token!("(?i:AGE-SECRET-KEY-1[A-Z0-9]{58})", "[^A-Za-z0-9]|$"),
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
        id: "putty-private-key",
        title: "Private lines of a PuTTY key file, to the end of the text or the check sum",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["Private-Lines:"]),
        pattern: r"Private-Lines: {0,3}[0-9]{1,4}(?:\s|\\+[nr])+(?P<secret>[A-Za-z0-9+/=](?:[A-Za-z0-9+/=]|\s|\\+[nr])*?)(?:\s*(?:\\+[nr])*Private-(?:MAC|Hash)|[^A-Za-z0-9+/=\s\\]|$)",
        checks: &[],
        examples: &[
            r"PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n«EXAMPLESKZL44KAtGfWmJMR2TOz309cfVk54ShLiLTzW79eG6YDjZ3tKhQ8h»\nPrivate-MAC: x",
            r#""Private-Lines: 2\\r\\n«EXAMPLEg36RXScJX8sKhCJxxlrZxpY014V9ejJX/9jMjLt19+tdxFGAhxKMxQE1h\\r\\nEXAMPLE7b7tW36aK7jUbFoa/1i59YhCCa/C0Lx0Z=»"#,
        ],
        near_misses: &["PuTTY-User-Key-File-2: ssh-rsa", "Private-Lines: none"],
    },
    Rule {
        id: "base64-private-key",
        title: "Private key whose armour is once more in base64",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["LS0tLS1CRUdJTi"]),
        pattern: token!(
            "LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0EgUFJJ|BFQyBQUklW|BPUEVOU1NI|BFTkNSWVBU|BEU0EgUFJJ|BQR1AgUFJJ)[A-Za-z0-9+/]*={0,2}"
        ),
        checks: &[],
        examples: &[
            "v%3D«LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQEXAMPLEODWfTjTpRjAmgL7SgWRxZXGEor92KPoYtqY3eagIHltj5KHE1MGJFlbQkXLjWD9a2u03mwM6w==»",
            r"a\n«LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tEXAMPLEbZKS5kWDXDjaKgQ8l+bXiPGmLFwyJH/a0LU+vWcK4qzkRo68uLNnrea2RrdcfujJyx5e2ND8T»",
        ],
        near_misses: &[
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tEXAMPLESiwt2s6Ovq+iEK08kdv4Kaau4FD06qV0p",
            "no LS0tLS1CRUdJTi here",
            "LS0tLS1CRUdJTiBSU is cut",
        ],
    },
    Rule {
        id: "bare-private-key",
        title: "Body of a private key without its armour",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "b3BlbnNzaC1rZXktdjE",
            "ADANBgkqhkiG9w0BAQEFAASC",
            "BMGByqGSM49AgEGCCqGSM49AwEHBG0w",
            "AwBQYDK2VwBCIEI",
        ]),
        pattern: token!(
            "(?:b3BlbnNzaC1rZXktdjE|MII[A-Za-z0-9+/]{4,6}ADANBgkqhkiG9w0BAQEFAASC|MI[A-Za-z0-9+/]{4,8}BMGByqGSM49AgEGCCqGSM49AwEHBG0w|MC4CAQAwBQYDK2VwBCIEI)[A-Za-z0-9+/]{20,}={0,2}"
        ),
        checks: &[],
        examples: &[
            "[«b3BlbnNzaC1rZXktdjEAAAAAEXAMPLEkyPvCAHknnWwKbwtWxtAgByHS7F8AMOuJzKzpv+Q0BG1NVKDHnICtTgJchjyTC1ul7h4B4fHxfROQXIEu+p3dz378H+lnlSB6jiXNkefh9MrgVN6d»]",
            "<v>«MIIEvQIBADANBgkqhkiG9w0BAQEFAASCEXAMPLETfC9Az4HnXUHqlcirqVQ3J/gaqF4xuf3mMn9v2eA+CdagFLV04H/gNGJXLz9s3Gdif7K8AgEzflnQwgfgUxXjBBkM81UDsKWhcF47GBWSvARLc13c=»</v>",
            "sent «MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wEXAMPLEWII3PPbNafNcoWzzg4hm4A3Y572A7hcRz9gXWZl64UVifBh1LIVWTOoo0UsGqEVh4swvEIB4t».",
        ],
        near_misses: &["b3BlbnNzaC1rZXktdjE is part of every one", "b3BlbnNzaC1rZXktdjEAAA is cut"],
    },
    Rule {
        id: "json-web-key",
        title: "Private part of a JSON Web Key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["kty"]),
        pattern: r#"\\*["'](?:d|p|q|dp|dq|qi|k)\\*["']\s{0,3}:\s{0,3}\\*["'](?P<secret>[A-Za-z0-9_-]{22,})"#,
        checks: &[],
        examples: &[
            r#"{"kty":"oct","k":"«EXAMPLE_I---qF_pOMk-icUpHSD1XqF2eM_qezxF65T»","alg":"HS256"}"#,
            r#"jwk {\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"«EXAMPLEoQpU5EJjMJOi5RRSK42K9FK8gGzLd_KBFC1D»\"}"#,
        ],
        near_misses: &[
            r#"{"kty":"RSA","n":"EXAMPLEyI1tQ5qzCLgUbwMx3Fjk0QoO0vZ_UE5Ymm0J","e":"AQAB"}"#,
            r#"{"kty":"EC","x":"EXAMPLE5fNAmdVwCagWUep6ZizvMWyTTo0TUkY8fy6Z","kid":"d"}"#,
        ],
    },
    Rule {
        id: "extended-private-key",
        title: "Extended private key of a wallet",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["xprv", "yprv", "zprv", "tprv"]),
        pattern: token!("[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,}"),
        checks: &[],
        examples: &[
            "'«xprvEXAMPLEa1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8x9y8z7w6»'",
            "401 from upstream, key «tprvEXAMPLEA1B2C3D4E5F6G7H8A1B2C3D4E5F6G7H8A1B2C3D4E5F6G7H8A1B2C3D4E5F6G7H8A1B2C3D4E5F6G7H8A1B2C3D4E5F6G7H8x9y8z7w6»,",
        ],
        near_misses: &[
            "xprv is part of every one",
            "xxprvEXAMPLEa1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8a1b2c3d4e5f6g7h8x9y8z7w6",
        ],
    },
    Rule {
        id: "wireguard-key",
        title: "WireGuard private or preshared key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["privatekey", "presharedkey", "wg set"]),
        pattern: r"(?i)\b(?:privatekey|presharedkey|private-key|preshared-key)\s{0,3}[=:]?\s{0,3}(?-i:(?P<secret>[A-Za-z0-9+/]{43}=))",
        checks: &[],
        examples: &[
            "PrivateKey = «EXAMPLE3how3z4ZhVv57QAE2aiQZnRZln3Q1OFxmL5h=»",
            "PresharedKey=«EXAMPLEHrQDLTRZ9WoWONNenBD2CE2DtO2Zps7VMA4G=» AllowedIPs=10.0.0.2/32",
        ],
        near_misses: &[
            "PublicKey = EXAMPLEkIYNzRITcjgSxI91hDMBFeHbfBp3EGoA/f8r=",
            "PrivateKey = (hidden)",
        ],
    },
    Rule {
        id: "kubernetes-bootstrap-token",
        title: "Kubernetes bootstrap token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["kubeadm", "bootstrap"]),
        pattern: r#"(?i)(?:kubeadm|bootstrap)[^\r\n]{0,80}?(?:--token[ =]|token[: =]{1,3})["']?(?-i:(?P<secret>[a-z0-9]{6}\.[a-z0-9]{16}))(?:[^A-Za-z0-9]|$)"#,
        checks: &[],
        examples: &[
            "kubeadm join 10.0.0.1:6443 --token «ex4mpl.exampleszfnrtx7c» --discovery",
            "[bootstrap-token] Using token: «ex4mpl.exampleb3um9189o»",
        ],
        near_misses: &["kubeadm token create", "[bootstrap-token] configured RBAC rules"],
    },
    Rule {
        id: "jwt",
        title: "JSON Web Token, signed, encrypted or unsigned",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["eyJ"]),
        pattern: r"(?:^|[^A-Za-z0-9+/-]|\\[nrt]|%[0-9A-Fa-f]{2})(?P<secret>eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){0,3})",
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
