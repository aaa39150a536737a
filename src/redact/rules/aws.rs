//! Amazon Web Services.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "aws-key-pair",
        title: "AWS access key id with its secret access key behind it",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AKIA", "ASIA", "ABIA", "ACCA"]),
        pattern: token!(
            r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}[^A-Za-z0-9/+\r\n]{1,6}[A-Za-z0-9/+]{40}",
            "[^A-Za-z0-9/+=]|$"
        ),
        checks: &[Check::Entropy(4.0)],
        examples: &[
            "curl --aws-sigv4 aws:amz --user «AKIAEXAMPLELACI35K21:EXAMPLEfJAHS5lDtgJJgU5pdhhiuRqDmFTDk7z7Z»",
            "('«ASIAEXAMPLE61NUMLHM5', 'EXAMPLEyYJ1V3x+N7E90ME+bu/VS7pEhzxtpLB1I»', None)",
        ],
        near_misses: &[
            "AKIA and ASIA begin access key ids",
            "ABIA, ACCA: 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        ],
    },
    Rule {
        id: "aws-access-key-id",
        title: "AWS access key id, long-lived or temporary",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AKIA", "ASIA", "ABIA", "ACCA", "A3T"]),
        pattern: token!("(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}", "[^A-Za-z0-9]|$"),
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
        pattern: "(?i)(?:aws[_ -]?secret(?:[_ -]?access)?(?:[_ -]?key)?|secret[_ -]?access[_ -]?key)(?:[^A-Za-z0-9/+]{1,12}|[^A-Za-z0-9/+]{0,2} (?:is|was)[^A-Za-z0-9/+]{1,4})(?-i:(?P<secret>[A-Za-z0-9/+]{40}))(?:[^A-Za-z0-9/+]|$)",
        checks: &[Check::Entropy(3.5)],
        examples: &[
            "aws_secret_access_key = «jO1V+6ilI8ihN5KXSc7Tvo+hBKqFYY+kv5ZJr3J1»",
            r#""SecretAccessKey": "«Oq9uYYZYn9ZhyiA4uoRgnatmUdjAWtGSU8po/799»""#,
            "AWS_SECRET_ACCESS_KEY=«cA9SdMlHUvTCQCyEZDz+TddJ8HyS5SUkCnD8zRA9» aws s3 ls",
            "the aws secret access key is «cA9SdMlHUvTCQCyEZDz+EXAMPLE8HyS5SUkCnD8z» now",
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
        anchor: Anchor::Keywords(&["FwoG", "IQoJ", "FQoG", "AgoJb3JpZ2lu"]),
        pattern: "(?:^|[^A-Za-z0-9/+])(?P<secret>(?:FwoG|IQoJ|FQoG|AgoJb3JpZ2lu)[A-Za-z0-9/+%]{60,}(?:=|%3D){0,2})",
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
    Rule {
        id: "aws-mws-token",
        title: "Amazon MWS authorization token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["amzn.mws."]),
        pattern: token!(r"amzn\.mws\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        checks: &[],
        examples: &[
            "client built with «amzn.mws.facade00-87d2-461e-beef-10ae9fc6c76e»",
            "'«amzn.mws.facade00-86bb-480b-beef-0fac04676c41»'",
        ],
        near_misses: &[
            "amzn.mws. is part of every one",
            "xamzn.mws.facade00-61b1-4dfb-beef-96298624a40c",
        ],
    },
    Rule {
        id: "aws-bedrock-key",
        title: "Amazon Bedrock API key, long-term or short-term",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ABSK", "drock-api-key-"]),
        pattern: token!(
            "(?:ABSK[A-Za-z0-9+/]{60,}={0,2}|bedrock-api-key-[A-Za-z0-9+/_-]{40,}={0,2})"
        ),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«ABSKEXAMPLEc3F5FmQiy3dWARW4XqtqZkeE7+pr9Qr+HmJnZrF7+skzsdk/vB2X2KrviiwkAnWgU0E/E64hMe+Twn2eabtpU1M0UGEwoG7glQWsbipT3Oilt9r4S==»&page=2",
            "(«bedrock-api-key-EXAMPLEtZE8e97ajiswxIri92cvcpmUrSf1MAlUCRpTzevIp91kErfIme6zUXK5sB0iFswj9MDBZFk6G»)",
        ],
        near_misses: &[
            "the ABSK column",
            "bedrock-api-key-rotation ran",
            "no ABSK here",
            "xABSKEXAMPLE+JdWveGBF55kUqDbn7vhIK5QnVo8FY5LsHWLqoMosz1mTKw17EpJJkVl77QdJsTjEK3XcDIkiSIifwWYRdJ+sf83ECDZh6KxvQaF0RhaCm/hQhY2J==",
        ],
    },
    Rule {
        id: "login-with-amazon-token",
        title: "Login with Amazon access or refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["Atza|", "Atzr|"]),
        pattern: token!(r"Atz[ar]\|[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            r"retry 2: «Atza|EXAMPLEH812Wbw-BCqtG6DhQL-TablRwZczwL-U94MhsIu14OzpNOuJjgxWqqrW9DLuw1CxyNGPnPF0Y»\n at main",
            r#"{"v":"«Atzr|EXAMPLEkMzZATOtzvzgwW-9ClmibzGfJt88nPMnITl1lp7kLZDOs_tKlHJxi7g873v3zW-R9H9XvL66O»"}"#,
        ],
        near_misses: &[
            "Atza| is part of every one",
            "xAtza|EXAMPLEMx-7BZeESw8RAUYh8J1VWHit-a7Rp-EaMilKNOQGr9m9jX3pw8iLgEPTR97MUCy5Sgf99CB3G",
        ],
    },
    Rule {
        id: "amazon-oauth-client-secret",
        title: "Login with Amazon client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["amzn1.oa2-cs.v1."]),
        pattern: token!(r"amzn1\.oa2-cs\.v1\.[a-f0-9]{40,}"),
        checks: &[],
        examples: &[
            "v%3D«amzn1.oa2-cs.v1.facade5d9d1b99c5c647122adb3d1e478b98c04eb1a0c5203dd7b6140eedb41d»",
            r"a\n«amzn1.oa2-cs.v1.facadef769c7fac8b7d23fd7a8027ff52c8a4e48f3f6a1d708c44cf56317226b»",
        ],
        near_misses: &[
            "amzn1.application-oa2-client.facade250e3b94fdc1dc033633231e1b is a client id",
            "no amzn1.oa2-cs.v1. here",
            "xamzn1.oa2-cs.v1.facadef91653c4496c20482b0f5d5d81e242433847a8246e391915da72bcbe0c",
        ],
    },
    Rule {
        id: "aws-ecr-password",
        title: "Amazon ECR registry password",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["eyJwYXlsb2FkIjoi", "QVdTOmV5S"]),
        pattern: token!("(?:eyJwYXlsb2FkIjoi|QVdTOmV5S)[A-Za-z0-9+/_-]{80,}={0,2}"),
        checks: &[],
        examples: &[
            "[«eyJwYXlsb2FkIjoiEXAMPLEckgxPoFBelr3j4+B41bCSp3fydYJ8R89oB5iNsulvBgrkiZv6M+Ia64butCalpHJLqIYHaai5p9FozD60DcJ0rYIsosx9YkcVrL0jViq1OUdbbzx9Xg4klk6a6uaFCHiWI1xWw7x969KKvMoxJT8Koq8x»]",
            "<v>«QVdTOmV5SEXAMPLEpGN8WADQCsaa0xNpKnY610y6wa3UUSiD3CsXjEk9k+ZukUQTVc0pRPonLxwrWOxH677N/lHM4EmTOVG5KbDXndlrZd4MqTc5DSQ62jLyiaRgZM0SjJCxv8oM6S+aBb4Y8RUGIfS89oOzeK6M8mIHta65V==»</v>",
        ],
        near_misses: &[
            "eyJwYXlsb2FkIjoi is part of every one",
            "xeyJwYXlsb2FkIjoiEXAMPLE+ngLPDZ2XkpkEMMo7I5cqdIhSYXSK47mSoXlAIpN50UzLqYTyyq3ul+fl2l+QssiOeyDzaBrC7uNrEE7zuzl3r7YONrIT+eCmBDdhWGZDKngDxe0HkPYlWTEgsduZTDf/y4lp7vTu3d/2HpmLtqqDFd0j",
        ],
    },
];
