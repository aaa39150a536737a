//! Identity providers and feature access.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "okta-token",
        title: "Okta API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["okta"]),
        pattern: near!("okta", "00[A-Za-z0-9_-]{40}"),
        checks: &[Check::Labelled],
        examples: &[
            "login to okta with secret «00EXAMPLEtHorTIYb-3Tj7U9wX6QBYGuqWbzsjMe6i» failed",
            "OKTA_API_KEY=«00EXAMPLEWl8crFBnLsmPo71lVQLLCcwqyDgQAS06n» ./run",
        ],
        near_misses: &[
            "okta object 00EXAMPLEKOPUa0y7fpY8T5e9cwjepdliak7iYxn6Y",
            "okta api key not set",
        ],
    },
    Rule {
        id: "okta-ssws",
        title: "Okta API token after its scheme",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["SSWS "]),
        pattern: r"\bSSWS +(?P<secret>00[A-Za-z0-9_-]{36,42})",
        checks: &[],
        examples: &[
            "sent SSWS «00EXAMPLEm1Fdebh46jpiKPwgDawTN1GJ5JGgpN83X» to acme.okta.example",
            "'SSWS «00EXAMPLE1MgzG91rItk8k8L3Z4k5MVOfmfCX5Em5d»'",
        ],
        near_misses: &["the SSWS scheme", "SSWS token is missing"],
    },
    Rule {
        id: "auth0-secret",
        title: "Auth0 client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["auth0"]),
        pattern: near!("auth0", "[A-Za-z0-9_-]{64}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "auth0 api key: «EXAMPLEX64WF_MCxAPnpgBdM62tsKj6IX39KxgR5EoRybnApsIk5hS1QIdOwlk4V»",
            "using the auth0 token '«EXAMPLELeXSnxQil3ywPdn7AfA49qvmD_7wIOQQbBVkbtt_5JrGsDJDZnDZRyY6L»'",
        ],
        near_misses: &[
            "auth0 digest facade3bcdee6ef733dca2cb5530e67cedaca8239272b0e8254ac61a81cf083e",
            "auth0: EXAMPLEseZUssMW-P9tls5qCp6S_hzSrAo5ts7hz8388ZZsKrS4rP38Thm9g4j4t served",
            "auth0 key id 12",
        ],
    },
    Rule {
        id: "onelogin-secret",
        title: "OneLogin, Keycloak, Duo, JumpCloud or Ping secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["onelogin", "keycloak", "duo_", "jumpcloud", "pingone"]),
        pattern: near!(
            "(?:onelogin|keycloak|duo|jumpcloud|pingone)",
            "(?:[a-f0-9]{64}|[A-Za-z0-9]{32}|[A-Za-z0-9]{40}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "KEYCLOAK_API_KEY=«EXAMPLEcvsw9QtW2VfSKbSDGhnntJy6u» ./run",
            r#"{"keycloak": {"region": "eu", "key": "«EXAMPLEHm48DEKRPD5JWNfz7NiYYOH5v»"}}"#,
        ],
        near_misses: &[
            "keycloak cache key: EXAMPLE4QuwKjtUHpcwScBchadMNrQ8P",
            "keycloak key: rotated",
        ],
    },
    Rule {
        id: "jumpcloud-key",
        title: "JumpCloud API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["jca_"]),
        pattern: token!("jca_[A-Za-z0-9]{30,}"),
        checks: &[],
        examples: &[
            "used:«jca_EXAMPLEbOpA32Kwa4fwPo7Ogq7AknOuVnI7q», 3 ms",
            "v%3D«jca_EXAMPLEY3e0PcQI76QzEfj9UUeqme1qNfj7q»",
        ],
        near_misses: &["jca_ is part of every one", "xjca_EXAMPLE8RKOcAnW34vi0Lluri7lX4ti0Ey0X"],
    },
    Rule {
        id: "stytch-secret",
        title: "Stytch secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["secret-live-", "secret-test-"]),
        pattern: token!("secret-(?:live|test)-[A-Za-z0-9_=-]{32,}"),
        checks: &[],
        examples: &[
            "env X=«secret-live-EXAMPLEyUF4ZbB2vhJr2OXcCCy6Zkg6-ef2D=» ./run",
            "[«secret-test-EXAMPLExT1duGdxcdGwx8G5KmiioDqzVhm2L=»]",
        ],
        near_misses: &[
            "secret-live- is part of every one",
            "xsecret-live-EXAMPLE8lQ5kUz_zz842Ro4jwPFWp-BAcz9s=",
        ],
    },
    Rule {
        id: "statsig-key",
        title: "Statsig or Split server key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["console-"]),
        pattern: token!("console-[A-Za-z0-9]{36,}"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "sent «console-EXAMPLEYm8SgyLyUabALRl4AqlWf4IjmFjvLeQCqt9d».",
            "client built with «console-EXAMPLEj6OD7HBIeprjxco5UWEF2qz39QzuI9d2P53k»",
        ],
        near_misses: &[
            "console-logger ready",
            "no console- here",
            "xconsole-EXAMPLE2V4G4QSCMZjfyadAB5jq0UhLKwjlQZMena8z",
        ],
    },
    Rule {
        id: "firebase-secret",
        title: "Firebase database secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["firebase"]),
        pattern: near!("firebase", "[A-Za-z0-9]{40}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to firebase with secret «EXAMPLE0WlpeR4fWUKEAZxUUdMptjzOdv4esU64X» failed",
            "FIREBASE_API_KEY=«EXAMPLEF5sO4LVnB7Ja6XFEERYjDaXX3cT2pTK9g» ./run",
        ],
        near_misses: &[
            "firebase cache key: EXAMPLE8lW7uRekDXGaxIzR8SzA9GPfajrVcqX4L",
            "firebase api key not set",
        ],
    },
    Rule {
        id: "fusionauth-key",
        title: "FusionAuth, Descope or Frontegg key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fusionauth", "descope", "frontegg"]),
        pattern: near!(
            "(?:fusionauth|descope|frontegg)",
            "(?:[A-Za-z0-9_-]{43,45}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|K[A-Za-z0-9]{80,120})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "fusionauth api key: «EXAMPLEHxmFioetnlQ4FXoL1ZDsUJEyxGeXioamcR8s»",
            "using the fusionauth token '«EXAMPLEQsLonvnaJ2zCZ1ICtQPVvr6ilbRN72b_oR2o»'",
        ],
        near_misses: &[
            "fusionauth worker EXAMPLEpWywo6KthnE4qbIGnwouxX_GsbyogdENwS2m up",
            "fusionauth key id 12",
        ],
    },
    Rule {
        id: "hcaptcha-secret",
        title: "hCaptcha secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hcaptcha"]),
        pattern: near!("hcaptcha", "(?:0x[A-Fa-f0-9]{40}|ES_[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "HCAPTCHA_API_KEY=«0xfacade707edbeed7339f812bdd2f3c0a83933e4a» ./run",
            r#"{"hcaptcha": {"region": "eu", "key": "«0xfacadedd8ef0e6fea6c93150cb39231901541d7d»"}}"#,
        ],
        near_misses: &[
            "hcaptcha request 0xfacadeafab71433900147347ec11dd18305cb06d took 12 ms",
            "hcaptcha key: rotated",
        ],
    },
    Rule {
        id: "unkey-key",
        title: "Unkey root key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["unkey_"]),
        pattern: token!("unkey_[A-Za-z0-9]{20,}"),
        checks: &[],
        examples: &[
            "cfg_«unkey_EXAMPLEzDemygwJ2tqg17R6W»",
            r"retry 2: «unkey_EXAMPLEI5Uj1F1UMDh6BYI8S»\n at main",
        ],
        near_misses: &["unkey_ is part of every one", "xunkey_EXAMPLEVKJ55XqVN8GqCMm5r"],
    },
];
