//! Connection strings, statements, sentences and pairs that hold a password.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "connection-string-password",
        title: "Password of an ADO, ODBC or JDBC connection string, which may hold spaces",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["password", "pwd"]),
        pattern: r#"(?i);\s?(?:password|pwd)\s?=\s?(?:\{(?P<secret_braced>[^{}\r\n]+)\}|(?P<secret>[^;"'{\r\n][^;"'\r\n]*);)"#,
        checks: &[Check::TextHolds(&[";"]), Check::TextHolds(&["="]), Check::Assigned],
        examples: &[
            "Server=db;User Id=sa;Password=«p@ss w,rd&1»;Encrypt=true",
            "Driver={ODBC};Uid=app;Pwd=«hunter2»;",
            "Driver={ODBC};Uid=app;Pwd={«a;b=c1»};Port=5432",
        ],
        near_misses: &[
            "Server=db;User Id=sa;Password=***;Encrypt=true",
            "Server=db;Integrated Security=true;Password=;Encrypt=true",
            "f'Server={host};Uid={user};Pwd={password};'",
        ],
    },
    Rule {
        id: "sql-password",
        title: "Password in an SQL statement",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["identified", "password"]),
        pattern: r#"(?i)(?:\bidentified\s+(?:with\s+["'`]?\w+["'`]?\s+)?(?:by|as)\s+(?:password\s+)?(?:[ne]?'(?P<secret>[^'\r\n]+)'|"(?P<secret_double>[^"\r\n]+)"|(?P<secret_bare>[^\s'"`;,()0-9]*[0-9][^\s'"`;,()]*))|\bpassword(?:\s+for\s+[^\s=]+)?(?:\s{0,4}=\s{0,4}|\s{1,4}to\s{1,4}|\s{1,4})?(?:password\s?)?(?:\(\s?[neb]?'(?P<secret_call>[^'\r\n]+)'\s?\)|\s[ne]?'(?P<secret_after>[^'\r\n]+)'))"#,
        checks: &[Check::TextHolds(&["'", "\"", "identified"]), Check::Assigned],
        examples: &[
            "CREATE USER app IDENTIFIED BY '«hunter2»'",
            "ALTER USER 'app'@'%' IDENTIFIED WITH mysql_native_password BY '«hunter2»';",
            "ALTER USER sys IDENTIFIED BY «Hunter2x» ACCOUNT UNLOCK",
            "ALTER ROLE app WITH LOGIN PASSWORD '«hunter2»'",
            "SET PASSWORD FOR 'app'@'%' = PASSWORD('«hunter2»');",
            "OPTIONS (user 'app', password '«hunter2»')",
            "CREATE LOGIN web WITH PASSWORD = N'«hunter2»', CHECK_POLICY = ON",
        ],
        near_misses: &[
            "ALTER USER app IDENTIFIED BY '***'",
            "KeyError: 'password' and 'user'",
            "user identified by cookie",
            "identified by uuid 42",
            "HINT:  Use ALTER ROLE ... PASSWORD to set a password.",
        ],
    },
    Rule {
        id: "spoken-password",
        title: "Password told in a sentence",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["password ", "passphrase ", "passcode "]),
        pattern: r#"(?i)\b(?:password|passphrase|passcode)(?: for [^\s:]{1,64})? (?:is|was|set to|changed to|reset to)(?: now)?:? ["'`]?(?P<secret>[^\s"'`]{6,})"#,
        checks: &[
            Check::TextHolds(&["is", "was", "set to", "changed to", "reset to"]),
            Check::LettersAndDigits,
        ],
        examples: &[
            "the password is «hunter2x»",
            "new password for root was set to x; password for root is: «gR8#lumen_77»",
        ],
        near_misses: &[
            "password is required",
            "the password for bob is too weak",
            "password was 120 characters long",
        ],
    },
    Rule {
        id: "basic-auth-pair",
        title: "User and password side by side",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["auth=", "auth:", "auth(", "credential", "creds"]),
        pattern: r#"(?i)\b(?:[a-z]*_?auth|basic-auth|credentials?|creds)["']?\s{0,2}(?:[=:]\s{0,2})?[(\[]\s?["'][^"'\r\n]{1,64}["']\s?,\s?["'](?P<secret>[^"'\r\n]+)["']\s?[)\]]"#,
        checks: &[Check::TextHolds(&[","]), Check::TextHolds(&["(", "["]), Check::Assigned],
        examples: &[
            "requests.get(url, auth=('bob', '«swordfish»'))",
            "HTTPBasicAuth('bob', '«hunter2»')",
        ],
        near_misses: &["auth=('user', 'password')", "auth: ['basic', 'digest']"],
    },
    Rule {
        id: "basic-auth-colon",
        title: "User and password with a colon between them",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["basic_auth", "basicauth", "basic-auth", "credential", "creds"]),
        pattern: r#"(?i)\b(?:basic[_-]?auth|credentials?|creds)["']?(?:[=:]|\s)\s{0,2}["']?[a-z0-9_.@+-]{1,64}:(?P<secret>[^\s"',;:/]{4,})"#,
        checks: &[Check::TextHolds(&[":"]), Check::LettersAndDigits],
        examples: &["basic_auth: bob:«hunter2»", "credentials bob:«hunter2» rejected"],
        near_misses: &["credentials: missing for bob", "credentials provider:env chain"],
    },
];
