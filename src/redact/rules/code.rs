//! Source code, quality and issue tracking.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "atlassian-token",
        title: "Atlassian API, access or OAuth token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ATATT3", "ATCTT3", "ATSTT3", "ATOTT3"]),
        pattern: token!("AT[ACSO]TT3[A-Za-z0-9_=-]{40,}"),
        checks: &[],
        examples: &[
            "'«ATATT3xFfGF0EXAMPLE3dq-QzOm9C29EbU6e-_QrDEZ1VwEJ5lgM8E_8OOYHtFhoX-aX1VLK2a7Yz-2A-lJCl4FQest_wnprPkwZoAEb4g5V3tyRfCW_lI6vZ1QCIsiNS3gvJleQVxbyEEf7qhVlrTMWkm1Pu7Po-pNOnEDuoAGMaJyIDeoi1X=1A2B3C4D»'",
            "401 from upstream, key «ATCTT3xFfGN0EXAMPLEIg97H6fwT-SKmwNNFBmUpszDOFZ2P8RUUaQFj6TEQAO2fWWRq6nBMoEQFoxULUBb-dhuUJlZQtU5PLkg7bCvJ4mlfqmOffcblTIUeX0zzPsaGDXo6YHjbIJwXnE5xN5QXSvBasArCqK6KlD5Mt7SHKAecGfD-B9Co3e=1A2B3C4D»,",
            "GET /v1/x?v=«ATATT3xFfGF0EXAMPLEontBDM7wzxAF9YCf3xOc_rAZtMBl0lpzbx6yjKrjJ9AxR0tuXudJRClKmBCs7x3KbG6Ce0mbWSVTrmKknpvFgZibnq81Fbz_O4k78taXCzVEtFoaG0v7q7_MraypIGj9MHpLkLG8db1oDlSBMlSVVHSOPr8DsXnsb0m=1A2B3C4D»&page=2",
        ],
        near_misses: &[
            "ATATT3 is part of every one",
            "xATATT3xFfGF0EXAMPLEHiOZI6hnCBJxs4eG2ygHksEjG8q2JP7dPqxdCa3o2tOaMQfd1HYSVcyzKz7GEaUUNwrPwbPzOYE85-i9tKgmHepGjT8M4jeT2eTuWjtBw45l9mPTPtuoIWMohWwUMR36mzV7P-_I0ZzBpJJ7F0xI3q4u0P98JXHKo0V=1A2B3C4D",
        ],
    },
    Rule {
        id: "bitbucket-app-password",
        title: "Bitbucket app password",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ATBB"]),
        pattern: token!("ATBB[A-Za-z0-9_=.-]{20,}[A-Za-z0-9_=]"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "cfg_«ATBBEXAMPLE7aKyGCzUKjG7ZCcDiMIdQp42z»",
            r"retry 2: «ATBBEXAMPLE2UXB0sUA2CLomIhYCcQoAWV5O»\n at main",
        ],
        near_misses: &[
            "ATBBATABASECONNECTIONSARE",
            "no ATBB here",
            "xATBBEXAMPLEnoY2uVAJN79HVrAtOriqPnm3L",
        ],
    },
    Rule {
        id: "bitbucket-client-secret",
        title: "Bitbucket OAuth consumer secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["bitbucket"]),
        pattern: near!("bitbucket", "[A-Za-z0-9]{32}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to bitbucket with secret «EXAMPLENw1ZSbm3JCpgCzlKDzD2s8E2E» failed",
            "BITBUCKET_API_KEY=«EXAMPLEMx9Xs6HanNMw3Thn5bke1qk8p» ./run",
        ],
        near_misses: &[
            "bitbucket worker EXAMPLEReu5JC788HwEXhWGB9ErfW19u up",
            "bitbucket api key not set",
        ],
    },
    Rule {
        id: "atlassian-token-classic",
        title: "Jira or Confluence API token, classic or of a data center",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["atlassian", "jira_", "jira ", "confluence"]),
        pattern: near!(
            "(?:atlassian|jira|confluence)",
            "(?:[MNO][A-Za-z0-9+/]{43}|[A-Za-z0-9]{24})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "atlassian api key: «EXAMPLEEcypRlsvRucqwp02B»",
            "using the atlassian token '«EXAMPLEhTKy1MLIXzw5yHK8v»'",
        ],
        near_misses: &[
            "atlassian request EXAMPLEAEy8BhE0I0IENoc1G took 12 ms",
            "atlassian key id 12",
        ],
    },
    Rule {
        id: "sonarqube-token",
        title: "SonarQube user, project or global token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sqp_", "squ_", "sqa_"]),
        pattern: token!("sq[pua]_[a-f0-9]{40}"),
        checks: &[],
        examples: &[
            "sent «sqp_facade9b4c6471b4cad157ff5643715a9bcf0d3f».",
            "client built with «squ_facade448ac1fdd8b0aa608e6430eeb36fcf724c»",
            "'«sqa_facade40e9e3be7d6a6bca45e57828ae5130639c»'",
        ],
        near_misses: &[
            "sqp_ is part of every one",
            "xsqp_facade185d4b6e80668686644616037a3677497e",
        ],
    },
    Rule {
        id: "sonarcloud-token",
        title: "SonarQube Cloud token of 40 hex digits",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sonar"]),
        pattern: near!("sonar(?:cloud|qube)?", "[a-f0-9]{40}"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"sonar": {"region": "eu", "key": "«facadeec5d1e2ab09a9db070190439f81374931f»"}}"#,
            "login to sonar with secret «facade179cd3889116871ece0d6c97064aa7482b» failed",
        ],
        near_misses: &[
            "sonar analysis revision facade13b9a668e1ff9a088ad968857a46fe922e",
            "sonar worker facadecf97a89d10aef3107e52c1b36d9c3fda9f up",
            "sonar key: rotated",
        ],
    },
    Rule {
        id: "snyk-token",
        title: "Snyk access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["snyk_uat.", "snyk_sat.", "snyk_oat."]),
        pattern: token!(r"snyk_[uso]at\.[a-f0-9]{8}\.[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9_-]{10,})?"),
        checks: &[],
        examples: &[
            "(«snyk_uat.a585304d.EXAMPLEpYHLAIFkCKK8-LpFL4He4N8wTmLTZ8L94U9ZOMgHQbF2L4n9JlXTnXDuMF0JFxH2LrmZGTH2yBt3pvSD5jdpP_o5hYNJhD1-FnsNqj_9DZ_FYXk0r.EXAMPLEc-_-al9-vzkznToNd9S4HIYJ7gni_rG6Z»)",
            "cfg_«snyk_sat.b41a353c.EXAMPLE5CkN5zijwSG-g4lkDTzWVLZyAEugRuYWGHla8Rp1hVKLJyRPydl-wy9ydBiSWRR0mZ7Ur4bRSAJvfpvAYedgpW-rXhuaTNQtj4V1sPcnPrVSl0-8S»",
        ],
        near_misses: &["snyk_uat. is part of every one", "snyk_uat.594 is cut"],
    },
    Rule {
        id: "snyk-key",
        title: "Snyk API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["snyk"]),
        pattern: near!("snyk", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "SNYK_API_KEY=«facade00-69dd-406c-beef-fd7ba178ac46» ./run",
            r#"{"snyk": {"region": "eu", "key": "«facade00-d452-4f3a-beef-6ad365f92323»"}}"#,
        ],
        near_misses: &["snyk cache key: facade00-cf4a-4ebd-beef-27f3a072566f", "snyk key: rotated"],
    },
    Rule {
        id: "codecov-token",
        title: "Codecov upload token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["codecov"]),
        pattern: near!("codecov", "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "using the codecov token '«facade00-6471-4810-beef-92eb4849622a»'",
            "codecov.key = «facade00-a2d9-4b09-beef-ba737736277a»",
        ],
        near_misses: &[
            "codecov worker facade00-839b-4489-beef-5b7d1ce694a8 up",
            "codecov token is missing",
        ],
    },
    Rule {
        id: "coveralls-token",
        title: "Coveralls repository token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["coveralls", "repo_token"]),
        pattern: near!("(?:coveralls|repo)", "[A-Za-z0-9]{32,37}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"coveralls": {"region": "eu", "key": "«EXAMPLEaDnoJoZtTvTPgS4waQ3sGy9A7e»"}}"#,
            "login to coveralls with secret «EXAMPLE6HHLnPV6UnV5lpAmNBcBe10v8H» failed",
        ],
        near_misses: &[
            "coveralls request EXAMPLE6F7v2pb8aviYQfSyQH5Rr2XR2B took 12 ms",
            "coveralls api key not set",
        ],
    },
    Rule {
        id: "code-climate-token",
        title: "Code Climate or Codacy token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["codeclimate", "code_climate", "cc_test", "codacy"]),
        pattern: near!(
            "(?:code_?climate|cc_test|codacy)",
            "(?:[a-f0-9]{64}|[a-f0-9]{40}|[a-f0-9]{32}|[A-Za-z0-9]{20})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "codeclimate.key = «facadeb1f0ca7a6d957d75ad22aa8237019b0ae259d4f84e6d59cc9d6ea4742c»",
            "codeclimate api key: «facade3e1e45bcc1569be9918687b2037cf3d09d6a6a2b4b1415c9b3e34baa6b»",
        ],
        near_misses: &[
            "codeclimate object facaded5648e1d3617be0c41c2baa23ce794785f95bc48283b1eeda69d64099d",
            "codeclimate key id 12",
        ],
    },
    Rule {
        id: "sourcegraph-token",
        title: "Sourcegraph access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sgp_", "sgs_", "slk_", "sgd_"]),
        pattern: token!(
            "(?:sgp_(?:(?:local|[a-f0-9]{16})_)?[a-f0-9]{40}|(?:sgs|slk|sgd)_[a-f0-9]{40,64})"
        ),
        checks: &[],
        examples: &[
            "env X=«sgp_facade39dc6f118c_facade6da5b62bb22663cb2a4c0313182979501d» ./run",
            "[«sgp_facade60aa49803385a713de53f4aa7feb44509c»]",
            "<v>«slk_facade3b25f97fe9c5e2629d8bc7e0f194043b8cd991667d12abc977eab3736b»</v>",
        ],
        near_misses: &[
            "sgp_ is part of every one",
            "xsgp_facadeafff39629e_facade419692cd035098372f2f8873c095c3b94b",
        ],
    },
    Rule {
        id: "postman-key",
        title: "Postman API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["PMAK-", "PMAT-"]),
        pattern: token!("PM(?:AK-[a-f0-9]{24}-[a-f0-9]{34}|AT-[A-Z0-9]{26})"),
        checks: &[],
        examples: &[
            "client built with «PMAK-facade8c538310b9cc20e49a-facade03cb91b737c327cd0707d41fea0a»",
            "'«PMAT-EXAMPLEK7GDWVM878D81TU0X7Q»'",
        ],
        near_misses: &[
            "PMAK- is part of every one",
            "xPMAK-facade51a27d5c476038284c-facadee82be35fe0dfd5177f5d5291e33f",
        ],
    },
    Rule {
        id: "jetbrains-token",
        title: "YouTrack, Hub or Marketplace permanent token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["perm:", "perm-"]),
        pattern: token!(
            r"perm[:-][A-Za-z0-9+/=_-]{4,120}\.[A-Za-z0-9+/=_-]{2,160}\.[A-Za-z0-9+/=_-]{20,}"
        ),
        checks: &[],
        examples: &[
            r"retry 2: «perm:RVhBTVBMRQ==.EXAMPLE3zv3D.EXAMPLEYuBh6MerWbQIas5kk7TZy1I»\n at main",
            r#"{"v":"«perm-RVhBTVBMRQ==.EXAMPLEXDw3G.EXAMPLEHMm4eKfMhuQMZawNJkPsY9Y»"}"#,
        ],
        near_misses: &[
            "perm: rw-r--r-- /etc/motd",
            "no perm: here",
            "xperm:RVhBTVBMRQ==.EXAMPLEiEz3c.EXAMPLEbspwS8hsCqW9GGAWdMR9K7r",
        ],
    },
    Rule {
        id: "gitea-token",
        title: "Gitea, Forgejo or Gogs access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["gitea", "forgejo", "gogs"]),
        pattern: near!("(?:gitea|forgejo|gogs)", "[a-f0-9]{40}"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"gitea": {"region": "eu", "key": "«facade1b289118279dedd685b3ec41a8eddbf41e»"}}"#,
            "login to gitea with secret «facade66a6294f378817bcb80eb099508640537a» failed",
        ],
        near_misses: &[
            "gitea commit facade1d85185b5dacf5b54bc5510f2eb1c5364f pushed",
            "gitea cache key: facade6f5fc357ac59432a659a78554d8772d72d",
            "gitea key: rotated",
        ],
    },
    Rule {
        id: "launchdarkly-key",
        title: "LaunchDarkly SDK, mobile or API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "sdk-0",
            "sdk-1",
            "sdk-2",
            "sdk-3",
            "sdk-4",
            "sdk-5",
            "sdk-6",
            "sdk-7",
            "sdk-8",
            "sdk-9",
            "sdk-a",
            "sdk-b",
            "sdk-c",
            "sdk-d",
            "sdk-e",
            "sdk-f",
            "launchdarkly",
        ]),
        pattern: token!("sdk-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            "<v>«sdk-facade00-318b-4bae-beef-b5e8ce99c7df»</v>",
            "sent «sdk-facade00-6ade-464d-beef-7026cacfd6b6».",
        ],
        near_misses: &[
            "aws-sdk-go-v2/1.2.3 os/linux",
            "no sdk-0 here",
            "xsdk-facade00-e684-481c-beef-6665244a8322",
        ],
    },
    Rule {
        id: "launchdarkly-api-key",
        title: "LaunchDarkly API access token or mobile key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["launchdarkly"]),
        pattern: near!("launchdarkly", "(?:api|mob)-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
        checks: &[Check::Labelled],
        examples: &[
            "LAUNCHDARKLY_API_KEY=«api-facade00-6f4a-4271-beef-19ba017164be» ./run",
            r#"{"launchdarkly": {"region": "eu", "key": "«api-facade00-defb-4e95-beef-ab3459bc59b1»"}}"#,
        ],
        near_misses: &[
            "launchdarkly: api-facade00-2221-4dfc-beef-c8df03da0762 served",
            "launchdarkly key: rotated",
        ],
    },
    Rule {
        id: "localization-token",
        title: "Lokalise, Crowdin or Phrase token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["lokalise", "crowdin"]),
        pattern: near!("(?:lokalise|crowdin)", "(?:[a-f0-9]{40,80})"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"lokalise": {"region": "eu", "key": "«facadeb62cc9e87504ec7bcf5e9e8687a81d318c»"}}"#,
            "login to lokalise with secret «facade30ed6149a07390d2c9823376504731a82c» failed",
        ],
        near_misses: &[
            "lokalise worker facade3e0c5627d51028e449044454f9e3001f2c up",
            "lokalise api key not set",
        ],
    },
    Rule {
        id: "readme-key",
        title: "ReadMe API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["rdme_"]),
        pattern: token!("rdme_[a-z0-9]{60,}"),
        checks: &[],
        examples: &[
            "(«rdme_examplexrwzpdmc1n8w7n6l79y7oz6roepyoz8qp6ftqss64fny1vmitbv9lodnrova57g»)",
            "cfg_«rdme_examplehfbt0d77f7vabq0egv56wlcmfrf1deartnb1061gfwckkz6msut72l8wylr2k0a»",
        ],
        near_misses: &[
            "rdme_ is part of every one",
            "xrdme_exampleemtl0imtp1ls99d6kwyzfpnd33wroe23g8e0f6fq0tsejq3zec4vut8k3ne9z2i",
        ],
    },
    Rule {
        id: "browserstack-key",
        title: "BrowserStack, Sauce Labs or LambdaTest access key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["browserstack", "saucelabs", "sauce_", "lambdatest"]),
        pattern: near!(
            "(?:browserstack|sauce(?:[_ -]?labs)?|lambdatest)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[A-Za-z0-9]{20}|[A-Za-z0-9]{50})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "BROWSERSTACK_API_KEY=«EXAMPLEnNol6h35OP75b» ./run",
            r#"{"browserstack": {"region": "eu", "key": "«EXAMPLEk5VszpAcZIL8z»"}}"#,
        ],
        near_misses: &[
            "browserstack cache key: EXAMPLE2xpXKX4E3Gc5S",
            "browserstack api key not set",
        ],
    },
];
