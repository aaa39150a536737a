//! Model providers.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "anthropic-key",
        title: "Anthropic API or admin key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-ant-"]),
        pattern: token!("sk-ant-[A-Za-z0-9_-]{20,}"),
        checks: &[],
        examples: &[
            "claude called with «sk-ant-api03-j71Cydf0K5uY8iH1wOLaQan8ePsqMgLj2olXCwYjn5zYIkN5SMYfQ55JYO1t-Q41DhqAo0iEFJdED5jSFpFkIM3Vak1AA»",
            "'«sk-ant-admin01-xB4zRelOxOPbbNcRV7vZgGEFW5jcnTAOivg3QxvEXHJX6nsBvBqJd0ssw0FzvGr3GwnPFYhvmuTtiLOf»'",
        ],
        near_misses: &["sk-ant- is the prefix", "sk-ant-api03-"],
    },
    Rule {
        id: "openrouter-key",
        title: "OpenRouter API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-or-v1-", "sk-or-"]),
        pattern: token!("sk-or-(?:v1-)?[a-f0-9]{48,}"),
        checks: &[],
        examples: &[
            "[«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»]",
            "<v>«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»</v>",
        ],
        near_misses: &[
            "sk-or-v1- is part of every one",
            "xsk-or-v1-facadea4bdf52ac90fb8293342a65062e2da327d311c7a496e4ef7f9fa5fa31a",
        ],
    },
    Rule {
        id: "openai-key",
        title: "OpenAI API key, or one of its shape: DeepSeek, Moonshot, Stability and others",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-"]),
        pattern: "(?:^|[^A-Za-z0-9-]|\\\\[nrt])(?P<secret>sk-(?:(?:proj|svcacct|admin|None|service)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{32,64}))(?:[^A-Za-z0-9_-]|$)",
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
        id: "openai-session",
        title: "OpenAI session token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sess-"]),
        pattern: token!("sess-[A-Za-z0-9]{40}", "[^A-Za-z0-9]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            r"retry 2: «sess-EXAMPLEp1vD3o3AqrIYNr0cniOugh9aoLWbo8n6w»\n at main",
            r#"{"v":"«sess-EXAMPLE8op9g3AOKp8Xyn6JDJOmPhVniGqxC6w2C»"}"#,
        ],
        near_misses: &[
            "sess-42 closed",
            "no sess- here",
            "xsess-EXAMPLE1PKYfdRHK5FcixgmZJuqVbesAX8gUZ70q",
        ],
    },
    Rule {
        id: "huggingface-token",
        title: "Hugging Face access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hf_", "api_org_"]),
        pattern: token!("(?:hf_|api_org_)[A-Za-z0-9]{30,}"),
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
        pattern: token!("gsk_[A-Za-z0-9]{40,}"),
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
        pattern: token!("r8_[A-Za-z0-9]{36,}"),
        checks: &[],
        examples: &[
            "replicate «r8_Oe5Eu0oEhOxjvoVdlTCJ4jC3jrAApjbrK1svZ»",
            "'«r8_hj1HO5YQ7nJE1shqWmxBqp7pgysA5kd1UsjOb»'",
        ],
        near_misses: &["r8_ is the prefix", "var8_sl1Uc6AnrKli1lHXoTlmMf1f4MUFWrlniNQTO"],
    },
    Rule {
        id: "perplexity-key",
        title: "Perplexity API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pplx-"]),
        pattern: token!("pplx-[A-Za-z0-9]{32,}"),
        checks: &[],
        examples: &[
            "v%3D«pplx-EXAMPLEcRANQD88iySOWWiiDtJ2FQreES4z0hVkfGNi71l9Q»",
            r"a\n«pplx-EXAMPLE88RZt800c7GhQYYVCRMEbVvv3pdyxBzgyjr8QOx5f»",
        ],
        near_misses: &[
            "pplx-70b-online answered",
            "no pplx- here",
            "xpplx-EXAMPLEK6vl1hQWd9BaTA8dqlsZTr713OJ7r7hlfVU7HBN6K",
        ],
    },
    Rule {
        id: "xai-key",
        title: "xAI API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["xai-"]),
        pattern: token!("xai-[A-Za-z0-9_-]{60,}"),
        checks: &[],
        examples: &[
            "[«xai-EXAMPLENCivA5TLktpcraq5lgFgb4BoctU6cmGTvKjPRzqlArGkIbAbPrY7WUImLmOMmojPCb1iQdq1A»]",
            "<v>«xai-EXAMPLElrhAm3tAXiYNlAN4QLVw5zfchWXOhQqOhIaZ5uYTqRPzUeE1xNrzpGm54lUUG67md95chFs7d»</v>",
        ],
        near_misses: &[
            "xai-grok-2 answered",
            "no xai- here",
            "xxai-EXAMPLEQel0mFatfn44vxtp4vPDTOmCWNT97B4XHJNzHode4iKx1aW7W0DcLpgzrTNYVMeOBwMYHHx9l",
        ],
    },
    Rule {
        id: "nvidia-key",
        title: "NVIDIA API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["nvapi-"]),
        pattern: token!("nvapi-[A-Za-z0-9_-]{50,}"),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«nvapi-EXAMPLEG8ZC9Wu_4HPYHb10L5l5VSAOnz8KDamnnKUcHZHF94KLgPJea3oyCYO5E»&page=2",
            "(«nvapi-EXAMPLEqB9e2KKXspnyR57nZhvgHMD3MNwOn59gmNNwdBjATPafEwMEZ6meK6-0C»)",
        ],
        near_misses: &[
            "nvapi- is part of every one",
            "xnvapi-EXAMPLEis1Ba9bfjhkSjCI7y7B8WhKuy1jlHf4Ezy6WjSnVZ8BupYy_q7C3jmz8B",
        ],
    },
    Rule {
        id: "together-key",
        title: "Together AI API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["tgp_v1_"]),
        pattern: token!("tgp_v1_[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            "<v>«tgp_v1_EXAMPLEC9E8CoAIWDhhYNSEDPcCaCVZRY67lVeANF1R»</v>",
            "sent «tgp_v1_EXAMPLE2B5GMEXE3YjWuv7pKoUsWXY30jAKR1HvV32a».",
        ],
        near_misses: &[
            "tgp_v1_ is part of every one",
            "xtgp_v1_EXAMPLE0IGr9XAzp4YqQdJTDAuMMmPJ_yvHZgRkID1l",
        ],
    },
    Rule {
        id: "fireworks-key",
        title: "Fireworks AI API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fw_"]),
        pattern: token!("fw_[A-Za-z0-9]{22,24}", "[^A-Za-z0-9_]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "'«fw_EXAMPLEseoDQ5KWGhOMR7u9y»'",
            "401 from upstream, key «fw_EXAMPLEX8G51SQKpurm1fv0N»,",
        ],
        near_misses: &["fw_version 12", "no fw_ here", "xfw_EXAMPLEnfIjqvzC2Dh79lz7r"],
    },
    Rule {
        id: "cerebras-key",
        title: "Cerebras API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["csk-"]),
        pattern: token!("csk-[a-z0-9]{40,}"),
        checks: &[],
        examples: &[
            "(«csk-examplem8eeutk3v0dowdhhjalp63ovt95mazmvvl2ar6n2w»)",
            "cfg_«csk-exampler0kvfhz84dcr0evuoewm3buua7unqgj3id1ia5g7s»",
        ],
        near_misses: &[
            "csk- is part of every one",
            "xcsk-example4zqkky0i2aipz6lr235y23zifq6p5a7fo7ae7lp4w",
        ],
    },
    Rule {
        id: "anyscale-key",
        title: "Anyscale credential",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["esecret_"]),
        pattern: token!("esecret_[A-Za-z0-9]{24,}"),
        checks: &[],
        examples: &[
            "sent «esecret_examplehxkdsv2bvsnvx4ifs7j».",
            "client built with «esecret_exampledxe2o0fzepia1y4fl4t»",
        ],
        near_misses: &["esecret_ is part of every one", "xesecret_examplekp6owz0hz2vlxf4ra0v"],
    },
    Rule {
        id: "runpod-key",
        title: "RunPod API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["rpa_"]),
        pattern: token!("rpa_[A-Z0-9]{36,}[a-z0-9]{0,6}"),
        checks: &[],
        examples: &[
            "cfg_«rpa_EXAMPLEASBDUL267Q5GOZLZZPR342JBBHNN6FTS20O»",
            r"retry 2: «rpa_EXAMPLEG07HKKUXVPU5L9IHOMPJD8HT0GAR2HN0J7Q»\n at main",
        ],
        near_misses: &[
            "rpa_ is part of every one",
            "xrpa_EXAMPLEIIY4S5XA0ED87Y1WK13W6KBCQIRLHJJLR1O",
        ],
    },
    Rule {
        id: "cohere-key",
        title: "Cohere or Voyage key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cohere", "co_api", "voyageai", "voyage_"]),
        pattern: near!(
            "(?:cohere|co_api|voyage(?:ai)?)",
            "(?:[A-Za-z0-9]{40}|pa-[A-Za-z0-9_-]{43})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"cohere": {"region": "eu", "key": "«EXAMPLEcAH8ZjBDTN3NyPkkbXeM739uHJsAKCa1p»"}}"#,
            "login to cohere with secret «EXAMPLE4QA4aalirnnQshbKEpHy3qlxvUXE6dc6z» failed",
        ],
        near_misses: &[
            "cohere worker EXAMPLEdQaLoTiNev6iHrhe542ai9w6bzsr1Bt4k up",
            "cohere api key not set",
        ],
    },
    Rule {
        id: "mistral-key",
        title: "Mistral AI key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["mistral"]),
        pattern: near!("mistral(?:ai)?", "[A-Za-z0-9]{32}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "mistral.key = «EXAMPLEcoMG2NZmdA8bUwB9vFTLpHD4J»",
            "mistral api key: «EXAMPLEVzhHKao6THTijnHGGP5s8Sz1E»",
        ],
        near_misses: &[
            "mistral request EXAMPLEKgSwCGnmq5oM1SJRAwEITuh8d took 12 ms",
            "mistral key id 12",
        ],
    },
    Rule {
        id: "together-key-classic",
        title: "Together AI key of 64 hex digits",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["together_ai", "togetherai", "together_api"]),
        pattern: near!("together", "[a-f0-9]{64}"),
        checks: &[Check::Labelled],
        examples: &[
            "login to togetherai with secret «facadee8c29fef6e04c4c6f2c26414d4e78077801f21d99dbbc06b875fdd754e» failed",
            "TOGETHERAI_API_KEY=«facade766ec819d4eef6994549c393214bb56ad06999ab5b104b7b08fdb8e95d» ./run",
        ],
        near_misses: &[
            "togetherai object facadef9eeea502263db0fe6d906be6e4c2e98a831eb1226a29825df762d0b6a",
            "togetherai key: rotated",
        ],
    },
    Rule {
        id: "zhipu-key",
        title: "Zhipu, MiniMax or Novita key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["zhipu", "bigmodel", "novita"]),
        pattern: near!(
            "(?:zhipu|bigmodel|novita)",
            r"(?:[a-f0-9]{32}\.[A-Za-z0-9]{16}|sk_[A-Za-z0-9_-]{43})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "using the zhipu token '«facade1dd8c16701a6c867d8f83ade9c.EXAMPLErIkrOS95M»'",
            "zhipu.key = «facadeafbd00b62c67f6a67180f9231c.EXAMPLE6N28zZF3f»",
        ],
        near_misses: &[
            "zhipu worker facadec30d3c9a92446554f00434446c.EXAMPLEF9hTuLB3w up",
            "zhipu key id 12",
        ],
    },
    Rule {
        id: "fal-key",
        title: "fal, Lambda Cloud or Modal key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fal_", "lambda_cloud", "modal_token"]),
        pattern: near!(
            "(?:fal|lambda_cloud|modal)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}:[a-f0-9]{32}|secret_[a-z0-9_.]{40,80}|a[ks]-[A-Za-z0-9]{22})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "FAL_KEY=«facade00-b5a5-4c7a-beef-21972fa2a2d8:facade67da5d7dced0a4fb08da25737b»",
            r#"{"fal_api_key": "«facade00-66ff-438b-beef-6b160fd74da9:facaded14bf386e89eda3d8db4f7e81b»"}"#,
        ],
        near_misses: &[
            "fal request facade00-7d9c-434f-beef-417f57555be0:facade9446283b290580d2b983caee9f took 12 ms",
            "fal key: rotated",
        ],
    },
];
