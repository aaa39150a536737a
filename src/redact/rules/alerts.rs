//! Errors, checks and paging.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "sentry-token",
        title: "Sentry auth token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sntrys_", "sntryu_", "sntrya_", "sntryi_"]),
        pattern: token!("sntry[suai]_(?:[a-f0-9]{64}|eyJ[A-Za-z0-9+/=_-]{40,})"),
        checks: &[],
        examples: &[
            "(«sntrys_eyJEXAMPLEh7lsP4RPbi3yvO4ukgZhau8LO2WOE2+hjGPGbojz9/ZCN1ZqEqKrayE66ZCz/F4njk5th9y9Ys53bk0c/2pu3MRNKoa9DUxHkBbBLcwOEv9m1E/2j_EXAMPLEa1XZ9JzQFk02ikC55JOsJXHW831djH8zOB2U»)",
            "cfg_«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»",
        ],
        near_misses: &[
            "sntrys_ is part of every one",
            "xsntrys_eyJEXAMPLEd/tmTYOYP1zlnWZiTGNmU5eaR4Yjf0FMbZ0Rdz1lwOEBkU7gRCNgB0Ejk7cqWNx2XgkH2eg3G1htp7tRJIf/zqT0xF1aFwSSLHI7drWf68SVnfS7t_EXAMPLE2BNfdwQVTITYVu4BfI1sX8WZKa7FUSRYHh3h",
        ],
    },
    Rule {
        id: "sentry-token-classic",
        title: "Sentry auth token of 64 hex digits",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sentry"]),
        pattern: near!("sentry", "[a-f0-9]{64}"),
        checks: &[Check::Labelled],
        examples: &[
            "SENTRY_API_KEY=«facadeca136c63df615c1a8335458f2903f3bc2314e9d2cbc0b2752ae18c043c» ./run",
            r#"{"sentry": {"region": "eu", "key": "«facade39f9a94d0560d06e3ae80de2aa6e4e42ec5e378d3d6c60488878f6731f»"}}"#,
        ],
        near_misses: &[
            "sentry event digest facade050e907db6bd62ca9fa8b1dc6f30f74a1e158936ccfdcd19cf6faaa22e kept",
            "sentry cache key: facade73deb618ed3cea7efaf3d5541e37a2a6a658490fae9d07a526ed81c52a",
            "sentry api key not set",
        ],
    },
    Rule {
        id: "pagerduty-token",
        title: "PagerDuty OAuth token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pdus+_", "pdeu+_"]),
        pattern: token!(r"pd(?:us|eu)\+_[A-Za-z0-9]{6,10}_[a-f0-9-]{36}"),
        checks: &[],
        examples: &[
            "v%3D«pdus+_0XEXMPL_facade00-a360-4575-beef-92a2bcba5d52»",
            r"a\n«pdeu+_1XEXMPL_facade00-9148-49bb-beef-18f1e9fefaa5»",
        ],
        near_misses: &[
            "pdus+_ is part of every one",
            "xpdus+_0XEXMPL_facade00-2d17-4cf1-beef-ba253e48cbf3",
        ],
    },
    Rule {
        id: "pagerduty-key",
        title: "PagerDuty API or integration key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pagerduty", "routing_key", "integration_key"]),
        pattern: near!(
            "(?:pagerduty|routing|integration)",
            r"(?:u\+[A-Za-z0-9_-]{18}|[A-Za-z0-9_-]{20}|[a-f0-9]{32})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"routing_key": "«facade8513bc2dc0a606640e9fc8025a»", "event_action": "trigger"}"#,
            r#"{"pagerduty": {"region": "eu", "key": "«facadebe28105e878f8f05498a53fb2f»"}}"#,
        ],
        near_misses: &[
            "pagerduty cache key: facade812c8a8d23246367c783bd039d",
            "pagerduty api key not set",
        ],
    },
    Rule {
        id: "opsgenie-key",
        title: "Opsgenie API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["opsgenie", "geniekey"]),
        pattern: near!("(?:opsgenie|genie)", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "opsgenie.key = «facade00-afdf-47ad-beef-26df055ee415»",
            "opsgenie api key: «facade00-0811-47cd-beef-c8b11daad0c7»",
        ],
        near_misses: &[
            "opsgenie worker facade00-6477-4712-beef-c9097470ffdb up",
            "opsgenie key id 12",
        ],
    },
    Rule {
        id: "splunk-oncall-webhook",
        title: "Splunk On-Call (VictorOps) REST endpoint",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["victorops.com/integrations"]),
        pattern: r"(?i)victorops\.com/integrations/[a-z0-9_/-]{1,60}?/alert/(?P<secret>[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})",
        checks: &[],
        examples: &[
            "POST https://alert.victorops.com/integrations/generic/20131114/alert/«facade00-d44b-451a-beef-5783c4f3e655»/db",
            "https://alert.victorops.com/integrations/cloudwatch/20131130/alert/«facade00-d3cb-481b-beef-981753145cbd»/x 200",
        ],
        near_misses: &[
            "https://alert.victorops.com/integrations/generic/20131114/alert/",
            "https://portal.victorops.com/dash",
        ],
    },
    Rule {
        id: "rollbar-token",
        title: "Rollbar, Airbrake, Bugsnag, Raygun or Honeybadger key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["rollbar", "airbrake", "bugsnag", "raygun", "honeybadger"]),
        pattern: near!(
            "(?:rollbar|airbrake|bugsnag|raygun|honeybadger)",
            "(?:[a-f0-9]{32}|[A-Za-z0-9+/]{22}==|hb[a-z]_[A-Za-z0-9]{36})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "rollbar api key: «facadedab846f771b7d5c4e601b7279b»",
            "using the rollbar token '«facade8c0b27d722e6e84fe4671fb61c»'",
        ],
        near_misses: &[
            "rollbar object facadede50fac3f9027dd9f34cbc663a",
            "rollbar token is missing",
        ],
    },
    Rule {
        id: "honeybadger-token",
        title: "Honeybadger key with a prefix",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hbp_", "hbu_"]),
        pattern: token!("hb[pu]_[A-Za-z0-9]{30,}"),
        checks: &[],
        examples: &[
            "'«hbp_EXAMPLEG8jHUY42KcrUQZTJcktUeKe2zmF5O»'",
            "401 from upstream, key «hbu_EXAMPLEoe3kwnMdP8weZRPM11JE0CRn8dz0C»,",
        ],
        near_misses: &["hbp_ is part of every one", "xhbp_EXAMPLEltyvmfNIuFEyIYpJpHZxl0Ygekd3A"],
    },
    Rule {
        id: "checkly-key",
        title: "Checkly API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["eckly"]),
        pattern: near!("checkly", "cu_[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "login to checkly with secret «cu_facade76ee6e2f9baca499918a32c17d» failed",
            "CHECKLY_API_KEY=«cu_facadef91b032da512b97178b063381e» ./run",
        ],
        near_misses: &[
            "checkly: cu_facade064dd094137cb001c6c369467c served",
            "checkly key: rotated",
        ],
    },
    Rule {
        id: "statuspage-key",
        title: "Statuspage, UptimeRobot, Pingdom or Cronitor key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["statuspage", "uptimerobot", "pingdom", "cronitor"]),
        pattern: near!(
            "(?:statuspage|uptimerobot|pingdom|cronitor)",
            "(?:[um]r?[0-9]{6,9}-[a-f0-9]{24}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[a-f0-9]{32}|[A-Za-z0-9_-]{86})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "UPTIMEROBOT_API_KEY=«u1234567-facade949ccfe1d0eaaaeb2a» ./run",
            r#"{"uptimerobot": {"region": "eu", "key": "«u1234567-facade881fcda195f351907d»"}}"#,
        ],
        near_misses: &[
            "uptimerobot worker u1234567-facadeed6b86d093c9df7f8d up",
            "uptimerobot api key not set",
        ],
    },
    Rule {
        id: "zabbix-token",
        title: "Zabbix API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["zabbix"]),
        pattern: near!("zabbix", "(?:[a-f0-9]{64}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "using the zabbix token '«facade3409a1ecfaf414c72cb7308e9c0e31649dd90235aaea6edf3a3da16a3f»'",
            "zabbix.key = «facadeffd8312d562afbb6f90a113d9c036080f60bbec929324650f92c365c0f»",
        ],
        near_misses: &[
            "zabbix request facadef3ade1dbba598bd4e6621bc538af48102133737a36b967436fbe07a64e took 12 ms",
            "zabbix key id 12",
        ],
    },
];
