//! Model providers.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "anthropic-key",
        title: "Anthropic API or admin key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-ant-"]),
        pattern: r"\b(?P<secret>sk-ant-[A-Za-z0-9_-]{20,})",
        checks: &[],
        examples: &[
            "claude called with «sk-ant-api03-j71Cydf0K5uY8iH1wOLaQan8ePsqMgLj2olXCwYjn5zYIkN5SMYfQ55JYO1t-Q41DhqAo0iEFJdED5jSFpFkIM3Vak1AA»",
            "'«sk-ant-admin01-xB4zRelOxOPbbNcRV7vZgGEFW5jcnTAOivg3QxvEXHJX6nsBvBqJd0ssw0FzvGr3GwnPFYhvmuTtiLOf»'",
        ],
        near_misses: &["sk-ant- is the prefix", "sk-ant-api03-"],
    },
    Rule {
        id: "openai-key",
        title: "OpenAI API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-"]),
        pattern: "(?:^|[^A-Za-z0-9_-])(?P<secret>sk-(?:(?:proj|svcacct|admin|None|or-v1)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{32,64}))(?:[^A-Za-z0-9_-]|$)",
        checks: &[Check::LettersAndDigits],
        examples: &[
            "Incorrect API key provided: «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»",
            "using «sk-proj-Yt2jq3tlAcubBKPL76dFKHc0hXZAKS6zCeaRyML8Q_jEXAJgfPEn5jOaBaaRQh92fn3hiEbrUKpCUVl7» for embeddings",
            r#""«sk-UW9ZOJTFDQ74q69dTcada4PR0NfyttUMk931FMdux8KUCERk»""#,
        ],
        near_misses: &[
            "sk-learn-contrib-imbalanced-learn-extra",
            "risk-hx4pkOZAEyXYC8rYWKvsrdNPTZ0Mv3MUa1jM1tLB",
            "task sk-short",
            "disk-proj-abcdefghijklmnopqrstu",
        ],
    },
    Rule {
        id: "huggingface-token",
        title: "Hugging Face access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hf_"]),
        pattern: r"\b(?P<secret>hf_[A-Za-z0-9]{30,60})\b",
        checks: &[],
        examples: &[
            "download with «hf_yy9HMXoZCsSauqrBkL1WYcs9jZKjrZZJRX»",
            r#""«hf_uE3KmmnmflZSsxKKwzXH2jpc7Fx3gxODYfjuM»""#,
        ],
        near_misses: &[
            "hf_hub_download took 3 s",
            "hf_short",
            "self_FL8eq7XrBg8CXL0M9iq1cvmlyfbdcJx3TD",
        ],
    },
    Rule {
        id: "groq-key",
        title: "Groq API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["gsk_"]),
        pattern: r"\b(?P<secret>gsk_[A-Za-z0-9]{40,64})\b",
        checks: &[],
        examples: &[
            "groq «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»",
            "(«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»)",
        ],
        near_misses: &["gsk_ is the prefix", "gsk_short"],
    },
    Rule {
        id: "replicate-token",
        title: "Replicate API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["r8_"]),
        pattern: r"\b(?P<secret>r8_[A-Za-z0-9]{37})\b",
        checks: &[],
        examples: &[
            "replicate «r8_Oe5Eu0oEhOxjvoVdlTCJ4jC3jrAApjbrK1svZ»",
            "'«r8_hj1HO5YQ7nJE1shqWmxBqp7pgysA5kd1UsjOb»'",
        ],
        near_misses: &["r8_ is the prefix", "var8_sl1Uc6AnrKli1lHXoTlmMf1f4MUFWrlniNQTO"],
    },
];
