//! GitLab.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "gitlab-token",
        title: "GitLab personal, deploy, runner, trigger, feed or job token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glcbt-", "glimt-", "glagent-",
            "gloas-", "glsoat-", "glffct-", "glwt-", "glrtr-",
        ]),
        pattern: token!(
            r"gl(?:pat|dt|rt|ptt|ft|cbt|imt|agent|oas|soat|ffct|wt|rtr)-[A-Za-z0-9_.=-]{19,}[A-Za-z0-9_=]"
        ),
        checks: &[],
        examples: &[
            "PRIVATE-TOKEN was «glpat-207HbicBTW5ZE9LFaez7»",
            "deploy «gldt-2D6cYgojjHRg80USP2W5», runner «glrt-PT9uiOqHOBSWhgetH8Lm»",
            "trigger «glptt-7f5f0d9106fd287db7f1adbc60926f6967e7893f».",
        ],
        near_misses: &["glpat-short", "glpat- is the prefix", "oglrt-notatokenatall"],
    },
    Rule {
        id: "gitlab-runner-registration-token",
        title: "GitLab runner registration token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["GR1348941"]),
        pattern: token!("GR1348941[A-Za-z0-9_-]{18,}"),
        checks: &[],
        examples: &[
            "sent «GR1348941EXAMPLEWj4Mz9LDufD9p».",
            "client built with «GR1348941EXAMPLExoJvVHzc4w54F»",
        ],
        near_misses: &["GR1348941 is part of every one", "xGR1348941EXAMPLETakejiC-uHj0F"],
    },
    Rule {
        id: "gitlab-session",
        title: "GitLab session",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["_gitlab_session="]),
        pattern: "_gitlab_session=(?P<secret>[a-f0-9]{32,})",
        checks: &[],
        examples: &[
            "sent _gitlab_session=«facade64158796d18765d1703362e51f» back",
            "(_gitlab_session=«facadeb1b4526674bfee40a7eef21e9b»)",
        ],
        near_misses: &["_gitlab_session= expired", "_gitlab_session=; path=/"],
    },
    Rule {
        id: "gitlab-incoming-mail-token",
        title: "GitLab token in an incoming e-mail address",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["incoming+"]),
        pattern: r"incoming\+[A-Za-z0-9_.+/-]{1,120}?-(?P<secret>(?:glimt-)?[A-Za-z0-9_]{20,25})-(?:issue|merge-request)@",
        checks: &[Check::LettersAndDigits],
        examples: &[
            "to incoming+acme-api-42-«examplek0n12t83g5fyg48h4t»-issue@incoming.example",
            "<incoming+acme-api-42-«examplewc6mmz200jofncql8y»-merge-request@incoming.example>",
        ],
        near_misses: &["incoming+acme-api-42@incoming.example", "incoming+bob@example.com"],
    },
];
