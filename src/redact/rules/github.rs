//! GitHub.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "github-token",
        title: "GitHub personal, OAuth, user, server or refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]),
        pattern: "(?:^|[^A-Za-z0-9])(?P<secret>gh[pousr]_[A-Za-z0-9]{30,})",
        checks: &[],
        examples: &[
            "cloning with «ghp_r87tfZqfM2oeq3hDavJA76rNicHTp8hkqdlm» now",
            "https://x-access-token:«ghs_Ot4znsCGRlrwZbqcabUGJmGEp7CgQ0PBQFI1»@github.com/acme/api.git",
            "got «gho_Gt9vovm14TUOizwd1iaeOV4qBkdfQ1y3GQsM»; refresh «ghr_Ju1Z94tnwlavyfErGPmpGXafq0fjzLczbttOofL9H2WjQ5TY4MyWuUFjsUNPjc01T5GOBUSZGi6H»",
            "user=«ghu_b07GZ5TR9SPofbciOx9gy1CJdObOIRpFqaDZ»",
        ],
        near_misses: &[
            "ghp_ is the prefix",
            "ghp_abc123",
            "aghp_5I5JHeVVEqZe2qpUWnoVPDF2yeE6RsXcNOPm",
            "ghx_mt5FEbsDe0G9Cryn687neLfjVHq8xiM0OGr4",
        ],
    },
    Rule {
        id: "github-fine-grained-token",
        title: "GitHub fine-grained personal access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["github_pat_"]),
        pattern: r"\b(?P<secret>github_pat_[A-Za-z0-9_]{36,})\b",
        checks: &[],
        examples: &[
            "using «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»",
            r#"("«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»")"#,
        ],
        near_misses: &["github_pat_short", "github_pat_ tokens expire"],
    },
];
