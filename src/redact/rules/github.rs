//! GitHub.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "github-token",
        title: "GitHub personal, OAuth, user, server or refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]),
        pattern: token!("gh[pousr]_(?:[A-Za-z0-9]{30,}|[0-9]{1,12}_eyJ[A-Za-z0-9_.-]{40,})"),
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
        pattern: token!("github_pat_[A-Za-z0-9_]{36,}"),
        checks: &[],
        examples: &[
            "using «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»",
            r#"("«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»")"#,
        ],
        near_misses: &["github_pat_short", "github_pat_ tokens expire"],
    },
    Rule {
        id: "github-client-secret",
        title: "GitHub OAuth application secret or classic token of 40 hex digits",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["github"]),
        pattern: near!("github", "[a-f0-9]{40}"),
        checks: &[Check::Labelled],
        examples: &[
            "GITHUB_API_KEY=«facade1a42ae9d42b338a5780d59aa4198b2ab0c» ./run",
            r#"{"github": {"region": "eu", "key": "«facade3f703ac59cb9e84d309cc45c109008859b»"}}"#,
        ],
        near_misses: &[
            "github commit key: facade4cf8847cdcb9626ceb4784b65a9c63f22b",
            "github actions cache key: facade830d057d87b369a66a6b1b7b40ff33ab3b",
            "github worker facade99fa4f7d7393bcd2782182eddb9ab1787f up",
            "github api key not set",
        ],
    },
];
