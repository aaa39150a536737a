//! Amazon Web Services.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "aws-access-key-id",
        title: "AWS access key id, long-lived or temporary",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AKIA", "ASIA", "ABIA", "ACCA"]),
        pattern: r"\b(?P<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})\b",
        checks: &[],
        examples: &[
            "assumed with «AKIAUJ3DEGXDNCF32EPF» at 12:00",
            "key «ASIAHO7UDOCIS2JHTLGM»/20240501/eu-west-1/s3/aws4_request",
            "boto: {'id': '«ABIA557CPLPFT7V4SEH2»'}",
        ],
        near_misses: &[
            "AKIA is the prefix of an access key id",
            "akiau2xr3tq5v7abcdef",
            "XAKIAU2XR3TQ5V7ABCDEF",
            "AKIAU2XR3TQ5V7ABCDEFG",
        ],
    },
    Rule {
        id: "aws-secret-access-key",
        title: "AWS secret access key, beside a word that names it",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "aws_secret",
            "aws secret",
            "aws-secret",
            "awssecret",
            "secret_access_key",
            "secretaccesskey",
            "secret access key",
            "secret-access-key",
        ]),
        pattern: "(?i)(?:aws[_ -]?secret(?:[_ -]?access)?(?:[_ -]?key)?|secret[_ -]?access[_ -]?key)[^A-Za-z0-9/+]{1,12}(?-i:(?P<secret>[A-Za-z0-9/+]{40}))(?:[^A-Za-z0-9/+]|$)",
        checks: &[Check::Entropy(3.5)],
        examples: &[
            "aws_secret_access_key = «jO1V+6ilI8ihN5KXSc7Tvo+hBKqFYY+kv5ZJr3J1»",
            r#""SecretAccessKey": "«Oq9uYYZYn9ZhyiA4uoRgnatmUdjAWtGSU8po/799»""#,
            "AWS_SECRET_ACCESS_KEY=«cA9SdMlHUvTCQCyEZDz+TddJ8HyS5SUkCnD8zRA9» aws s3 ls",
            "aws secret: «kp6q9w3QlY7Zkuvqdt7s8Stqcbnr3yBdGBLEPH1q»",
        ],
        near_misses: &[
            "SecretAccessKey rotated: 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "aws_secret_count 40 in us-east-1",
            "aws secret manager enabled",
        ],
    },
    Rule {
        id: "aws-session-token",
        title: "AWS session token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["FwoG", "IQoJ"]),
        pattern: "(?:^|[^A-Za-z0-9/+])(?P<secret>(?:FwoG|IQoJ)[A-Za-z0-9/+%]{60,}(?:=|%3D){0,2})",
        checks: &[],
        examples: &[
            "session «IQoJb3JpZ2luX2VjIj5Xb3CXlMaXZjljENUhJduRHHJEYXg4JdpmrcXgGCJbW56eCuNGMGmSrCGIZEG8pSH4487q7J58m1Ci==» issued",
            "X-Token-Was «FwoGZXIvYXdzEj85eQxjq4i9DoV8gz4FkQ1okTBGzvAmwufUxbvJDCTbyvHNsG9eh6Yo4gfqrc5XlrWi0B26R08qzjI6GKFSufrdZSl»",
        ],
        near_misses: &[
            "IQoJb3JpZ2luX2Vj is how a session token begins",
            "FwoGZXIvYXdzEJr is too short",
        ],
    },
];
