//! Google and Google Cloud.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "google-api-key",
        title: "Google API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AIza"]),
        pattern: r"\b(?P<secret>AIza[A-Za-z0-9_-]{35})(?:[^A-Za-z0-9_-]|$)",
        checks: &[],
        examples: &[
            "maps loaded with «AIzaLG5maeCtL31Ugq-DfcgaTMnTC0MrAU8urbF»",
            r#""«AIzais3kHbhS4_FvafhdZxEuhnbzs0z1wNiMg9a»""#,
        ],
        near_misses: &[
            "AIzaShort",
            "AIzaVP6HogqoPchv5V7S82qT",
            "XAIzaqs1I95nf4Gakq5p1Vm8kV6um4yvMpy62O6S",
        ],
    },
    Rule {
        id: "google-oauth-token",
        title: "Google OAuth access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ya29."]),
        pattern: r"\b(?P<secret>ya29\.[A-Za-z0-9_.-]{20,}[A-Za-z0-9_-])",
        checks: &[],
        examples: &[
            "sent «ya29.a0AfEE4WSa2bB9UoK4tYnzNLeK6kjcbhgN7kwjSbbciSPOcSeVce2LWxm090I5Qe» to drive",
            "'«ya29.c.b06T3fgpnnhcc826ZWOf0WOOsEgigYWPnsuvBqbwq7sdTWx6uX9MGE2sNVbYAb»'",
        ],
        near_misses: &["ya29. is the prefix", "ya29.short"],
    },
    Rule {
        id: "google-client-secret",
        title: "Google OAuth client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["GOCSPX-"]),
        pattern: r"\b(?P<secret>GOCSPX-[A-Za-z0-9_-]{20,40})",
        checks: &[],
        examples: &[
            "client uses «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»",
            "(«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»)",
        ],
        near_misses: &["GOCSPX- is the prefix", "GOCSPX-short"],
    },
];
