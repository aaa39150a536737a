//! Slack.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "slack-token",
        title: "Slack bot, user, app, refresh or configuration token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "xoxb-", "xoxp-", "xoxa-", "xoxe-", "xoxe.", "xoxr-", "xoxs-", "xoxo-", "xoxc-",
            "xoxd-", "xapp-", "xwfp-",
        ]),
        pattern: token!(
            r"(?:xox[abcdeoprs](?:\.xox[bp])?|xapp|xwfp)-[A-Za-z0-9%/+-]{10,}[A-Za-z0-9]"
        ),
        checks: &[],
        examples: &[
            "slack «xoxb-609260309260-026751125328-VD0tQUy1xvCkgafrfwA94hJ9» posted",
            "«xapp-1-AZNCBWPGLRO-3557063606071-189bab8a18a8902073fec8df4f50947aaeb26c57d21fa5d328263dfe574de739»",
            "'«xoxp-44373233249-6a1b8773e130f7eb19731662b5e803b6»'",
            "«xoxe.xoxp-1-vj2mqcMUP6n0a0uARxlNtencYFJEeAgYzQJjOIfPkzSrAsQtA9dtVK4wAAb3XZxPmzUzn8aB5kBh0fzK4xDXkiadJjPZ6zfKN7xVGkjwskHk7egyFWZY9Zmti18c6EudM7Oyf5TNS05kOY2oNz»",
        ],
        near_misses: &["xoxb- tokens belong to bots", "xoxb-short", "xoxz-123456789012-abcdef"],
    },
    Rule {
        id: "slack-webhook",
        title: "Slack incoming webhook",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hooks.slack.com/"]),
        pattern: r"(?i)hooks\.slack\.com/(?:services|workflows|triggers)/(?-i:(?P<secret>[A-Za-z0-9/_-]{20,}))",
        checks: &[],
        examples: &[
            "POST https://hooks.slack.com/services/«T6L5TZKYW/B2T7PYX44/CW7U0D1lZEzgeiwBxfZCGGQc» 200",
            "https://hooks.slack.com/workflows/«TUF7SIBEH/AKO6NQKUR5/949835503262456241/XH9d2x93CJHLS45gqIO2zVZx»",
        ],
        near_misses: &[
            "POST https://hooks.slack.com/services/ 404",
            "see https://api.slack.com/messaging/webhooks/incoming-webhooks-for-teams",
        ],
    },
    Rule {
        id: "slack-signing-secret",
        title: "Slack signing secret or verification token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["slack"]),
        pattern: near!("slack", "(?:[a-f0-9]{32}|[A-Za-z0-9]{24})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "slack.key = «facade3eb1fe01441b9abfab437d7a1e»",
            "slack api key: «facade89ab3a69a605d2e3fd9f4ca76a»",
        ],
        near_misses: &[
            "slack event trace facade7ebb1dc1f9b7d819ebefbbc12e ok",
            "slack: facade21d8f724300ec422fc8c33956b served",
            "slack token is missing",
        ],
    },
];
