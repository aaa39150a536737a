//! What is built around model providers: search, speech, vectors, traces, sandboxes.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "langfuse-key",
        title: "Langfuse secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-lf-"]),
        pattern: token!("sk-lf-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
        checks: &[],
        examples: &[
            "client built with «sk-lf-facade00-2d97-4bf3-beef-06eda7d6250b»",
            "'«sk-lf-facade00-915b-4b7e-beef-50c2ac2b27ce»'",
        ],
        near_misses: &[
            "sk-lf- is part of every one",
            "xsk-lf-facade00-d6f0-463b-beef-0b04ae4e5ac3",
        ],
    },
    Rule {
        id: "helicone-key",
        title: "Helicone API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk-helicone-"]),
        pattern: token!("sk-helicone-[A-Za-z0-9-]{20,}[A-Za-z0-9]"),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«sk-helicone-ikoqwj5-j6zray4-qxeli1w-fa20p7q»&page=2",
            "(«sk-helicone-g48iw5s-dbwnjey-ainql7q-wzc24lc»)",
        ],
        near_misses: &[
            "sk-helicone- is part of every one",
            "xsk-helicone-we8t78t-pcl0tg9-haxjt7p-8t3mbxn",
        ],
    },
    Rule {
        id: "langsmith-key",
        title: "LangSmith API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["lsv2_pt_", "lsv2_sk_"]),
        pattern: token!("lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),
        checks: &[],
        examples: &[
            r"retry 2: «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»\n at main",
            r#"{"v":"«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»"}"#,
        ],
        near_misses: &[
            "lsv2_pt_ is part of every one",
            "xlsv2_pt_facade90afeeab21f01644927752073b_11a995969b",
        ],
    },
    Rule {
        id: "pinecone-key",
        title: "Pinecone API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pcsk_"]),
        pattern: token!("pcsk_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{40,}"),
        checks: &[],
        examples: &[
            "v%3D«pcsk_aB3xZ_EXAMPLEexR9K8SCYlvvYkYU0iNlHkYTxEVcbWVI6n5L1mWPTrYuoY39K2PNO18z»",
            r"a\n«pcsk_aB3xZ_EXAMPLECjjG4n9figJdQmSjOovOWRhnC2fwVF1BVuclYc0bMZcoUUZEIMdACg2J»",
        ],
        near_misses: &[
            "pcsk_ is part of every one",
            "xpcsk_aB3xZ_EXAMPLEkGqHWTuQfFbefRR9gQ4xnKpOVaZro1phKOvkUMTSpCFMkTO1qlgapb4T",
        ],
    },
    Rule {
        id: "pinecone-key-classic",
        title: "Pinecone, Weaviate, Qdrant or Zilliz key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pinecone", "weaviate", "qdrant", "zilliz"]),
        pattern: near!(
            "(?:pinecone|weaviate|qdrant|zilliz)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[A-Za-z0-9]{40}|[A-Za-z0-9_-]{54})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"pinecone": {"region": "eu", "key": "«facade00-662d-4bf6-beef-aa19bd475736»"}}"#,
            "login to pinecone with secret «facade00-2461-4ad5-beef-1704cd7335cd» failed",
        ],
        near_misses: &[
            "pinecone cache key: facade00-b806-4126-beef-b0a9cfdf9621",
            "pinecone api key not set",
        ],
    },
    Rule {
        id: "tavily-key",
        title: "Tavily API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["tvly-"]),
        pattern: token!("tvly-(?:dev-|prod-)?[A-Za-z0-9]{20,}(?:-[A-Za-z0-9]{20,})?"),
        checks: &[],
        examples: &[
            "client built with «tvly-EXAMPLEDTfP0lgo0jThpiz8mek6NnE4s»",
            "'«tvly-dev-EXAMPLEBRZwhecRidLppBgrwZD9itB9S»'",
        ],
        near_misses: &["tvly- is part of every one", "xtvly-EXAMPLEbF0NjH9y79NoYqn8quxAaGz2k"],
    },
    Rule {
        id: "jina-key",
        title: "Jina AI API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["jina_"]),
        pattern: token!("jina_[A-Za-z0-9_-]{50,}"),
        checks: &[],
        examples: &[
            r#"{"v":"«jina_facade935eaf1316b29a562c494bf16cEXAMPLE1NVMy_9gLuLn_9sXrv-9q»"}"#,
            "used:«jina_facadee2e3109790e5489625c8082a6cEXAMPLEX2NQLzywHtjcbUtvTzs9G», 3 ms",
        ],
        near_misses: &[
            "jina_ is part of every one",
            "xjina_facade706580451db7a5c0927c85d99dEXAMPLEvnVegc7d2dOs5W5NpgO6O",
        ],
    },
    Rule {
        id: "wandb-key",
        title: "Weights & Biases API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["wandb_v1_"]),
        pattern: token!("wandb_v1_[A-Za-z0-9_]{40,}"),
        checks: &[],
        examples: &[
            r"a\n«wandb_v1_EXAMPLE1qBv3gsQVUVg9V2A05zQJyZEhy5XW0tBK4MsK9kUOJotRNWEU7HRLBKcsgW626d»",
            "env X=«wandb_v1_EXAMPLEHQuTKY0LVQBL9oXvpg7CahUYIrWEiUhEz1ujIE8Wq1W6PcxQisWAPU7VauPIR0A» ./run",
        ],
        near_misses: &[
            "wandb_v1_ is part of every one",
            "xwandb_v1_EXAMPLEuzm9DYRDMp26pdslLGhXRzNB9nahsVGhKGGyFqSgk5UdydPLC02ckylUSmgU54O",
        ],
    },
    Rule {
        id: "wandb-key-classic",
        title: "Weights & Biases or Comet key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["wandb", "comet_"]),
        pattern: near!("(?:wandb|comet)", "[A-Za-z0-9]{40}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "WANDB_API_KEY=«facadeba2a6f7d0a494768009197ddd19fba137e» ./run",
            r#"{"wandb": {"region": "eu", "key": "«facade5811d40e83259e27cde98f790cdf4b3b2c»"}}"#,
        ],
        near_misses: &[
            "wandb worker facadeb05d11e2a32cf50334b85c96752ea1e63f up",
            "wandb api key not set",
        ],
    },
    Rule {
        id: "llamacloud-key",
        title: "LlamaCloud API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["llx-"]),
        pattern: token!("llx-[A-Za-z0-9]{40,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «llx-EXAMPLERSrZuj9sSSaUvx5SanxqotuRxtzM8jj3jbD0P5C8u»,",
            "GET /v1/x?v=«llx-EXAMPLEtPmbg1KdKomfTmnL5GEs65jUhLerZi4amPkA6MW2A»&page=2",
        ],
        near_misses: &[
            "llx- is part of every one",
            "xllx-EXAMPLELNN9I4cNhgEL8sgfUZ4pbdITafhqWC8qxFOh5oE9S",
        ],
    },
    Rule {
        id: "e2b-key",
        title: "E2B API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["e2b_"]),
        pattern: token!("e2b_[a-f0-9]{40}"),
        checks: &[],
        examples: &[
            "used:«e2b_facadeda7047c7d93eb23b8dccd75965109a1b8e», 3 ms",
            "v%3D«e2b_facadec52595ef8a5dc57c72a7668c857d20386a»",
        ],
        near_misses: &[
            "e2b_ is part of every one",
            "xe2b_facade9c996c4aba263747c4abe66c79da92ee4e",
        ],
    },
    Rule {
        id: "apify-token",
        title: "Apify API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["apify_api_"]),
        pattern: token!("apify_api_[A-Za-z0-9]{30,}"),
        checks: &[],
        examples: &[
            "env X=«apify_api_EXAMPLEA3XGR9RMV88tfyZqg4fm7oxL8UE4a» ./run",
            "[«apify_api_EXAMPLEHM5FgXANCMcoqHHapRzyR6FDVSA1y»]",
        ],
        near_misses: &[
            "apify_api_ is part of every one",
            "xapify_api_EXAMPLEs9q5iSRI64wsKwynjO94pPl25m58s",
        ],
    },
    Rule {
        id: "cursor-key",
        title: "Cursor API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["crsr_"]),
        pattern: token!("crsr_[a-f0-9]{40,}"),
        checks: &[],
        examples: &[
            "sent «crsr_facade1ae9d7af9e75044f50353dc4e02546e4eceb99efced3afdcedd304679a».",
            "client built with «crsr_facade83953779b082431a1b8fab5c3a7891613e813a42065d94b3233d71109e»",
        ],
        near_misses: &[
            "crsr_ is part of every one",
            "xcrsr_facade9b8689b9a7af5ea03ce0461b8c6dbde346d1d0477381b3ea721dbb977b",
        ],
    },
    Rule {
        id: "search-api-key",
        title: "Serper, SerpApi, Exa, Brave Search or Firecrawl key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["serper_", "serpapi", "exa_api", "brave_search", "firecrawl"]),
        pattern: near!(
            "(?:serper|serpapi|exa|brave[_ -]search|firecrawl)",
            "(?:[a-f0-9]{64}|[a-f0-9]{40}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|BSA[A-Za-z0-9_-]{28}|fc-[a-f0-9]{32})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "serpapi_token: '«facade19a95c974d0cfb253bba756a72fb7ead1bd15eaaa736a4d97ac2b9de7f»'",
            r#"{"serpapi_api_key": "«facadead3b708abf3374e741af631ae24a07dc84be288116d1e23ea87b2dfc8f»"}"#,
        ],
        near_misses: &[
            "serpapi cache key: facadea2d8255c48b4651dbd22d1cf607ce9b32f050f5bc0ab5f2e60b453d08c",
            "serpapi api key not set",
        ],
    },
    Rule {
        id: "deepgram-key",
        title: "Deepgram, AssemblyAI, Speechmatics or Gladia key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["deepgram", "assemblyai", "speechmatics"]),
        pattern: near!(
            "(?:deepgram|assemblyai|speechmatics)",
            "(?:[a-f0-9]{40}|[a-f0-9]{32}|[A-Za-z0-9]{32})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "deepgram api key: «facaded35392464885db587b2374b0d8bb4bc67e»",
            "using the deepgram token '«facade65df712a5be5a18f1c4d80a7dabf8c272c»'",
        ],
        near_misses: &[
            "deepgram: facade1fe20a6c8c63b2cc2c182bcb3ec276357e served",
            "deepgram token is missing",
        ],
    },
    Rule {
        id: "elevenlabs-key",
        title: "ElevenLabs API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["elevenlabs", "eleven_", "xi-api-key", "xi_api_key"]),
        pattern: near!("(?:eleven[_ -]?labs|eleven|xi[_-]api)", "(?:sk_[a-f0-9]{48}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "using the elevenlabs token '«sk_facade9a6d387ced7d98f72779455a23bc8755db9dac1a9c»'",
            "elevenlabs.key = «sk_facade11d130a293ab03006a28eeb79863d8bcf78034e28d»",
        ],
        near_misses: &[
            "elevenlabs cache key: sk_facade311926d9fa955c03ea4414a56a53d14e1f1731f48f",
            "elevenlabs token is missing",
        ],
    },
];
