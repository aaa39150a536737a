//! Numbers and addresses of people and machines. All but the first two sets are opt-in.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "us-ssn",
        title: "United States social security number, hyphenated",
        set: RuleSet::Ssn,
        anchor: Anchor::SsnShape,
        pattern: r"\b(?P<secret>[0-9]{3}-[0-9]{2}-[0-9]{4})\b",
        checks: &[Check::Isolated, Check::Ssn],
        examples: &[
            "applicant «123-45-6789» verified",
            "ssn=«078-05-1120»",
            "«899-99-0001», «001-01-9999»",
        ],
        near_misses: &[
            "000-12-3456",
            "666-12-3456",
            "900-12-3456",
            "123-00-6789",
            "123-45-0000",
            "call 555-123-4567",
            "2024-05-01",
            "a-123-45-6789",
        ],
    },
    Rule {
        id: "us-ssn-labelled",
        title: "United States social security number in any spelling, after its name",
        set: RuleSet::Ssn,
        // With what may follow the name, because `ssn` alone is in every `processName`. A quoted
        // `"ssn"` is found by its name.
        anchor: Anchor::Keywords(&["ssn ", "ssn:", "ssn=", "ssn#", "ssn'", "social security"]),
        pattern: r#"(?i)(?:ssn|social security(?: number| no\.?)?)["']?[ :=#]{1,4}["']?(?P<secret>[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})\b"#,
        checks: &[Check::Isolated, Check::Ssn],
        examples: &[
            "ssn: «123456789»",
            "SSN=«078 05 1120»",
            r#"Social Security Number "«219099999»""#,
        ],
        near_misses: &["ssn: 000456789", "ssn 12345", "GET / 200 12 3456", "session 123456789"],
    },
    Rule {
        id: "iban",
        title: "International bank account number",
        set: RuleSet::Iban,
        anchor: Anchor::IbanShape,
        pattern: r"\b(?P<secret>[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,31})",
        checks: &[Check::Iban],
        examples: &[
            "paid to «GB82 WEST 1234 5698 7654 32» today",
            "iban=«DE89370400440532013000»",
            "«NO9386011117947»; «MT84MALT011000012345MTLCAST001S»",
        ],
        near_misses: &[
            "GB83 WEST 1234 5698 7654 32",
            "DE89370400440532013001",
            "ZZ12ABCDEFGHIJKLMNOP",
            "SKU AB12CDEF34567890",
        ],
    },
    Rule {
        id: "email",
        title: "E-mail address",
        set: RuleSet::Email,
        anchor: Anchor::AnyByte(b"@"),
        pattern: r"(?i)\b(?P<secret>[a-z0-9._%+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,24})\b",
        checks: &[],
        examples: &["mail to «bob@example.com» sent", "<«bob.smith+tag@mail.example.co.uk»>"],
        near_misses: &["npm install left-pad@1.3.0", "@timestamp is a field", "root@localhost"],
    },
    Rule {
        id: "ip-address",
        title: "IPv4 or IPv6 address",
        set: RuleSet::Ip,
        anchor: Anchor::AnyByte(b".:"),
        pattern: r"(?i)(?:^|[^0-9a-z.:_-])(?P<secret>[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?:[^0-9a-z._-]|\.(?:\s|$)|$)|(?:^|[^0-9a-z:._-])(?P<secret_v6>[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?:[^0-9a-z:_-]|$)",
        checks: &[Check::DigitCount(1, 32), Check::IpAddress],
        examples: &[
            "from «10.0.0.1»:443",
            "client «2001:db8::8a2e:370:7334» connected",
            "[«::1»]:8080",
        ],
        near_misses: &["version 1.2.3.4.5", "at 12:34:56", "256.1.1.1", "a::b std::vec"],
    },
    Rule {
        id: "phone",
        title: "Telephone number, international or North American",
        set: RuleSet::Phone,
        anchor: Anchor::DigitRun(3),
        pattern: r"(?:^|[^0-9A-Za-z_.+-])(?P<secret>\+[0-9]{1,3}(?:[ .-]?(?:[0-9]{1,4}|\([0-9]{1,4}\))){2,6}|\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4})(?:[^0-9A-Za-z_-]|$)",
        checks: &[Check::DigitCount(8, 15)],
        examples: &[
            "call «+44 20 7946 0958» now",
            "tel «(555) 123-4567»",
            "«+14155550123», office",
        ],
        near_misses: &["+5 retries", "2024-05-01 14:44", "10.0.0.1", "offset +0200"],
    },
    Rule {
        id: "mac-address",
        title: "MAC address",
        set: RuleSet::Mac,
        anchor: Anchor::AnyByte(b":-"),
        pattern: "(?i)(?:^|[^0-9a-z:-])(?P<secret>[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})(?:[^0-9a-z:-]|$)",
        checks: &[],
        examples: &["lease for «00:1a:2B:3c:4D:5e»", "nic «00-1A-2B-3C-4D-5E» up"],
        near_misses: &["12:34:56", "00:1a:2b:3c:4d:5e:6f", "550e8400-e29b-41d4"],
    },
];
