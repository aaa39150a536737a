//! Mail, marketing and customer support.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "sendgrid-key",
        title: "SendGrid API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["SG."]),
        pattern: token!(r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64}"),
        checks: &[],
        examples: &[
            "mail by «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»",
            r#""«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»""#,
        ],
        near_misses: &[
            "SG.Singapore.region",
            "MSG.hR2oI2rVXWybQTKjtayTfS.um5AgeJ6xZGWtmeTtfosi0Tzswz26DXO4O33i7rlbxR",
            "SG.short.short",
        ],
    },
    Rule {
        id: "mailgun-key",
        title: "Mailgun private key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["key-"]),
        pattern: token!("key-[a-f0-9]{32}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            r"retry 2: «key-facadec62146a9cc4565497d7dceb04f»\n at main",
            r#"{"v":"«key-facade3f38eff08e874f7de4a3195c5b»"}"#,
        ],
        near_misses: &[
            "key-value store up",
            "no key- here",
            "xkey-facade4f05b59f77149b6d0c2a60870d",
        ],
    },
    Rule {
        id: "mailgun-key-new",
        title: "Mailgun API or signing key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["mailgun"]),
        pattern: near!("mailgun", "[a-f0-9]{32}(?:-[a-f0-9]{8}-[a-f0-9]{8})?"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"mailgun": {"region": "eu", "key": "«facade3f945b819e42e852173461686b-03f9cf65-fe1b84a5»"}}"#,
            "login to mailgun with secret «facade19687a06159ef7e1e18857705a-ac1feea5-da0acbf0» failed",
        ],
        near_misses: &[
            "mailgun request facade917ea257809e4035bc6b6e081d-2baa9302-4799b99a took 12 ms",
            "mailgun key: rotated",
        ],
    },
    Rule {
        id: "mailchimp-key",
        title: "Mailchimp API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "-us1", "-us2", "-us3", "-us4", "-us5", "-us6", "-us7", "-us8", "-us9",
        ]),
        pattern: token!("[a-f0-9]{32}-us[0-9]{1,2}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            "client built with «facadee1d8c2988653266db6cdbd1e8a-us14»",
            "'«facade47a0da17abc62b35619a15763d-us6»'",
        ],
        near_misses: &[
            "bucket-us1 in dd-us5",
            "no -us1 here",
            "xfacadedfc4465496a40293957b3a0d2c-us14",
        ],
    },
    Rule {
        id: "mandrill-key",
        title: "Mandrill API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["mandrill"]),
        pattern: near!("mandrill", "(?:md-)?[A-Za-z0-9_-]{22}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "mandrill.key = «md-EXAMPLE26wrWncAfJpZO6b»",
            "mandrill api key: «md-EXAMPLEEoaZ45H15MKwZ3H»",
        ],
        near_misses: &["mandrill object md-EXAMPLE3X5D3IeCylCZT9b", "mandrill token is missing"],
    },
    Rule {
        id: "brevo-key",
        title: "Brevo (Sendinblue) API or SMTP key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["xkeysib-", "xsmtpsib-"]),
        pattern: token!("x(?:key|smtp)sib-[a-f0-9]{60,}-[A-Za-z0-9]{12,}"),
        checks: &[],
        examples: &[
            "env X=«xkeysib-facadefd475e60db27ba0d5ec997cd7254692981f2cde65614d439153a83070b-EXAMPLET6gENrg1j» ./run",
            "[«xsmtpsib-facade7fb2d422ad751e687b053896e60f91a4fabe8cbeb0515c005f1231c94f-EXAMPLEoJwfiWe6T»]",
        ],
        near_misses: &[
            "xkeysib- is part of every one",
            "xxkeysib-facade69bfd66e2b8d23b59ae5cfc7ed1fbf046bf1dc5b2b4125d46b2039563e-EXAMPLE6F8bYt75K",
        ],
    },
    Rule {
        id: "postmark-token",
        title: "Postmark server or account token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["postmark"]),
        pattern: near!("postmark", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "using the postmark token '«facade00-31e3-4d40-beef-7c411771f51f»'",
            "postmark.key = «facade00-a897-4a66-beef-6ed03b1c3380»",
        ],
        near_misses: &[
            "postmark message facade00-443f-4404-beef-3d1dfbb71cd8 sent",
            "postmark request facade00-c014-4b8e-beef-7af14ab79100 took 12 ms",
            "postmark token is missing",
        ],
    },
    Rule {
        id: "resend-key",
        title: "Resend API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["esend"]),
        pattern: near!("resend", "re_[A-Za-z0-9]{8}_[A-Za-z0-9_]{20,28}"),
        checks: &[Check::Labelled],
        examples: &[
            "RESEND_API_KEY=«re_AC1mq7Z1_EXAMPLEUvaBLMeCkZ77rYw3O»",
            r#"{"resend": {"region": "eu", "key": "«re_W3U6GMhU_EXAMPLEu7Z8ULP0caGrQyO8a»"}}"#,
        ],
        near_misses: &[
            "resend object re_wtjY8EPs_EXAMPLEDPLXXIjCyF4nVOs9k",
            "resend api key not set",
        ],
    },
    Rule {
        id: "mailjet-key",
        title: "Mailjet or SparkPost key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["mailjet", "sparkpost", "mj_api"]),
        pattern: near!("(?:mailjet|sparkpost|mj)", "(?:[a-f0-9]{40}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "mailjet.key = «facade66b332b9225fc0e0308ac69c0c»",
            "mailjet api key: «facade7853b9cf80bcebd6ece6e3c20f»",
        ],
        near_misses: &["mailjet: facade525ffdbf6854514ef896b85a5d served", "mailjet key id 12"],
    },
    Rule {
        id: "mailersend-token",
        title: "MailerSend API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["mlsn."]),
        pattern: token!(r"mlsn\.[a-f0-9]{60,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «mlsn.facade50446bdf38ece7d00e8b393eefb80effb89543e9957779b9c72df3395e»,",
            "GET /v1/x?v=«mlsn.facade7d0644f0ba46cd9c5fea3167c4d9902a52c6ef2896fc4d0db8a075d52f»&page=2",
        ],
        near_misses: &[
            "mlsn. is part of every one",
            "xmlsn.facadec29d13e798c9e005958978e7877cf025cea2f26e7aefef8e102b89729e",
        ],
    },
    Rule {
        id: "klaviyo-key",
        title: "Klaviyo, Iterable, Braze or Customer.io key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["klaviyo", "iterable_", "braze", "mer.io"]),
        pattern: near!(
            r"(?:klaviyo|iterable|braze|customer\.?io)",
            "(?:pk_[a-f0-9]{34}|[a-f0-9]{32}|[a-f0-9]{20}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "using the klaviyo token '«pk_facade6b4c1ed192b0ed9d3291a3155a8a»'",
            "klaviyo.key = «pk_facadeddc3c3393d9865fc98f2ff90805e»",
        ],
        near_misses: &["klaviyo object pk_facadeb57d7deb92a9834430600cb7d12a", "klaviyo key id 12"],
    },
    Rule {
        id: "intercom-token",
        title: "Intercom access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dG9rO"]),
        pattern: token!("dG9rO[A-Za-z0-9+/]{50,}={0,2}"),
        checks: &[],
        examples: &[
            r"retry 2: «dG9rOEXAMPLEldNxtOl+g7375TGaQn1y+6WgHma4AG6EL5fhzB6PHwI3vz6s=»\n at main",
            r#"{"v":"«dG9rOEXAMPLEPU8t/RSI/958c2zcXciJ9x5mW3QbtGKkd5KUnFoBr2C/lP3V=»"}"#,
        ],
        near_misses: &[
            "dG9rO is part of every one",
            "xdG9rOEXAMPLEotq+ZCwoYxChCZyRlFjqLNTbF60YSk4qCxjKjSLzDoXaxQ2r=",
        ],
    },
    Rule {
        id: "zendesk-token",
        title: "Zendesk API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["zendesk"]),
        pattern: near!("zendesk", "[A-Za-z0-9]{40}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "zendesk api key: «EXAMPLEVYnG1rTbw49sF1EFjuP3ojMyOIhjn2E5C»",
            "using the zendesk token '«EXAMPLENHhcyawhIghSuj1bn0JTZpbo1t2Iyci0A»'",
        ],
        near_misses: &[
            "zendesk request EXAMPLEI1sFHbUPUXdYJTiCMX8cPYCYO8EMZbD7p took 12 ms",
            "zendesk key id 12",
        ],
    },
    Rule {
        id: "freshdesk-key",
        title: "Freshdesk, Freshservice or Help Scout key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["freshdesk", "freshservice", "helpscout"]),
        pattern: near!("(?:freshdesk|freshservice|helpscout)", "(?:[A-Za-z0-9]{20}|[a-f0-9]{32})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "FRESHDESK_API_KEY=«EXAMPLEGeaK53sp4y26r» ./run",
            r#"{"freshdesk": {"region": "eu", "key": "«EXAMPLEd978Q3hqxdr2w»"}}"#,
        ],
        near_misses: &["freshdesk object EXAMPLEl7YpIEiRZxG5L", "freshdesk key: rotated"],
    },
    Rule {
        id: "hubspot-token",
        title: "HubSpot private app token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pat-na", "pat-eu", "pat-ap"]),
        pattern: token!("pat-(?:na|eu|ap)[0-9]-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
        checks: &[],
        examples: &[
            "env X=«pat-na1-facade00-f9b2-488f-beef-fcdba1cb308e» ./run",
            "[«pat-eu1-facade00-a952-4d05-beef-c6a4c2805091»]",
        ],
        near_misses: &[
            "pat-na is part of every one",
            "xpat-na1-facade00-e637-45e2-beef-38b4ddf8ea0e",
        ],
    },
    Rule {
        id: "hubspot-key",
        title: "HubSpot API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hubspot", "hapikey"]),
        pattern: near!("(?:hubspot|hapi)", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "GET /contacts?hapikey=«facade00-b356-45bd-beef-db03768e51c3»&count=5",
            "login to hubspot with secret «facade00-3f9e-4d0f-beef-43c7e855c402» failed",
        ],
        near_misses: &[
            "hubspot request facade00-c7d2-4c75-beef-4278fbed1ca4 took 12 ms",
            "hubspot key: rotated",
        ],
    },
    Rule {
        id: "salesforce-token",
        title: "Salesforce access or refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["5Aep"]),
        pattern: token!("5Aep[A-Za-z0-9._=]{60,}[A-Za-z0-9=]"),
        checks: &[],
        examples: &[
            "client built with «5Aep861EXAMPLESy7Bh21cXHZvyFrqIzRp3OZBTy9fzfYpJSVfwUZGlfiWQtbHLzIdfDdpqJlKM5avOiuO2bv9A»",
            "'«5Aep861EXAMPLEsTaN7G3QaPcJsCMHc83kvFZxULH8862lHk2w5CVjPMuz2gb3FZu5jIqJDIdbNGwjD2VGh7x3n»'",
        ],
        near_misses: &[
            "5Aep is short",
            "no 5Aep here",
            "x5Aep861EXAMPLEGCFqGy9jSlE4bfYQY3EFg9s6IK8RMNcqO55fhoJVjW6cwpOrXdnbc9j7SP0acqqRUKBg3zr2A",
        ],
    },
    Rule {
        id: "salesforce-session",
        title: "Salesforce session id",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "salesforce",
            "force.com",
            "sessionid",
            "sid=",
            "sid:",
            "sid 00",
        ]),
        pattern: r"\b(?P<secret>00D[A-Za-z0-9]{12,15}!A[A-Za-z0-9._]{60,120})",
        checks: &[],
        examples: &[
            "salesforce: «00DE0000000EXMP!AQEXAMPLE0kVcnsnDOfSegky9572iRl83mslGxDNJGwM3RaokDjsXn1MwXkkQ14DvXqH8OqxaRRoVDrLslPX1P9H8d3i»",
            "Cookie sid=«00DE0000000EXMPLAA!AR4EXAMPLEp3Edyt9iLQTWnjmpLxfpJFJbSeUriEjhtk7Q2lLt9zlsGqgP5Xh8KWMYiqheXOR2skdqK4VmJRR9TR8RZ6I»",
        ],
        near_misses: &[
            "00DE0000000EXMP is an organisation",
            "salesforce sid 00DE0000000EXMP!AQ cut",
        ],
    },
    Rule {
        id: "segment-key",
        title: "Segment, RudderStack, Mixpanel or Amplitude key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "segment_write",
            "segment_api",
            "rudderstack",
            "mixpanel",
            "amplitude",
        ]),
        pattern: near!(
            "(?:segment|rudderstack|mixpanel|amplitude)",
            "(?:[A-Za-z0-9]{32}|[A-Za-z0-9]{27})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"mixpanel": {"region": "eu", "key": "«EXAMPLEUVRnzQkdj1g8sCvmkbyOCos7Y»"}}"#,
            "login to mixpanel with secret «EXAMPLEtuTpP7Jz3emez9RgjZ0HiAj2O» failed",
        ],
        near_misses: &[
            "mixpanel worker EXAMPLERglLX9ByeP9G9IaU7EJWLmi7O up",
            "mixpanel key: rotated",
        ],
    },
    Rule {
        id: "posthog-key",
        title: "PostHog personal or secure flags key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["phx_", "phs_"]),
        pattern: token!("ph[xs]_[A-Za-z0-9]{32,}"),
        checks: &[],
        examples: &[
            "(«phx_EXAMPLElQSGUgkXc1lPPciNQkRbgJlheFHQ0Y0VgU2L»)",
            "cfg_«phs_EXAMPLE1lgH0pPjA5JMi0E6Gflc0r6KYaowB3XoEw6Z»",
        ],
        near_misses: &[
            "phx_ is part of every one",
            "xphx_EXAMPLEKh0Hbkqnhl69QWfFhXFWFDK1CrmEEAOOPF2j",
        ],
    },
    Rule {
        id: "typeform-token",
        title: "Typeform access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["tfp_"]),
        pattern: token!("tfp_[A-Za-z0-9_.=-]{40,}[A-Za-z0-9_=]"),
        checks: &[],
        examples: &[
            r#"{"v":"«tfp_EXAMPLE96rk4c2YVATSF5QS12SemQE7FO3PCu890Ta4x_EXAMPLEWnxIL4A»"}"#,
            "used:«tfp_EXAMPLEun0mZGBXXd3ODbvwOI7cQ27cfBTq6Zc9wEv1r_EXAMPLEglymM4L», 3 ms",
        ],
        near_misses: &[
            "tfp_ is part of every one",
            "xtfp_EXAMPLEz0O5dvD1pUdYF2nSMtUbgBCCU1obXs6efex4c_EXAMPLEp8cV45m",
        ],
    },
    Rule {
        id: "frontapp-token",
        title: "Front, Drift, Gong or Calendly token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["frontapp", "calendly", "pipedrive", "zoho_"]),
        pattern: near!(
            "(?:frontapp|calendly|pipedrive|zoho)",
            r"(?:[a-f0-9]{40}|1000\.[a-f0-9]{32}\.[a-f0-9]{32}|[A-Za-z0-9_-]{43})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "pipedrive.key = «facade2f7809eb78969a441713c74532a4b90b0e»",
            "pipedrive api key: «facade6a9203d778b4b5ea783cbadbaad2e77c5c»",
        ],
        near_misses: &[
            "pipedrive object facade94fe622dd7e5d5be66ab6baebfe6d0c43c",
            "pipedrive key id 12",
        ],
    },
    Rule {
        id: "zoho-token",
        title: "Zoho OAuth access or refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["1000."]),
        pattern: token!(r"1000\.[a-f0-9]{32}\.[a-f0-9]{32}"),
        checks: &[],
        examples: &[
            "env X=«1000.facade8312cf821a11277497c713fb6b.facadee54c4887ceeacb684b1e8ffe7b» ./run",
            "[«1000.facadeca680e3dbcc6718d95da3cc28d.facade604804c45367821123db3b470b»]",
        ],
        near_misses: &[
            "took 1000.5 ms",
            "no 1000. here",
            "x1000.facade80d11eeae89cb189c9285d373d.facade5ba46a724e3b3901b8325d650b",
        ],
    },
];
