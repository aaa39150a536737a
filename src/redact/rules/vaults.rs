//! Vaults: managers of secrets and passwords.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "vault-token",
        title: "HashiCorp Vault service, batch or recovery token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hvs.", "hvb.", "hvr."]),
        pattern: token!(r"hv[sbr]\.[A-Za-z0-9_-]{24,}"),
        checks: &[],
        examples: &[
            "vault login «hvs.CAESGV3NwUFc0MwgwJuZMhc76RpqwmSCb1LChYbFheZqljJ7s3RQy1jL4qISWZr8CabvjFGE3cZ1celN0PRMz1E9kS2Czo»",
            "batch «hvb.AAAAAQHe7vHnt5iLNcnk0xUDvKDy7wuavLEvobpD4McOjUQjryreGqwKKHL9iSc6J5Xg3mXBOKOgxYsYYp3Y8jRet9WvVxG2Opw3JTzvdTvQu4YEGx5pZpwjina43QDzCzKXt7kLejtUtqUKJQ»",
        ],
        near_misses: &["hvs. is the prefix", "archvs.example.com", "hvs.short"],
    },
    Rule {
        id: "vault-token-classic",
        title: "HashiCorp Vault token of old versions",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["vault"]),
        pattern: near!("vault", r"[sbr]\.[A-Za-z0-9]{24}"),
        checks: &[Check::Labelled],
        examples: &[
            "login to vault with secret «s.EXAMPLEOLRu4sEWRBnIr6B2U» failed",
            "VAULT_API_KEY=«s.EXAMPLErgHgPe4Kx6r1ApB8O» ./run",
        ],
        near_misses: &[
            "vault secret s.example.com",
            "vault object s.EXAMPLEdO73fX1JHeZNekk3X",
            "vault api key not set",
        ],
    },
    Rule {
        id: "consul-token",
        title: "HashiCorp Consul or Nomad token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["consul", "nomad"]),
        pattern: near!("(?:consul|nomad)", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "consul api key: «facade00-6931-4812-beef-85a5eb0513bf»",
            "using the consul token '«facade00-a71b-4768-beef-5eda7a36a061»'",
        ],
        near_misses: &[
            "consul node facade00-2978-4398-beef-2da1ac5ad977 joined",
            "consul: facade00-1e8c-40cb-beef-c502c64a58c6 served",
            "consul key id 12",
        ],
    },
    Rule {
        id: "vault-approle-secret-id",
        title: "HashiCorp Vault AppRole secret id",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["approle", "role_id", "roleid", "vault_"]),
        pattern: r#"(?i)(?:vault|approle|role_?id)[^\r\n]{0,80}?secret_?id\\*["']?\s{0,3}[:=]\s{0,3}\\*["']?(?P<secret>[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})\b"#,
        checks: &[],
        examples: &[
            "VAULT_SECRET_ID=«facade00-77ac-4cee-beef-1b9f57bc0301»",
            r#"{"role_id":"facade00-1fe5-4661-beef-0b137b134d77","secret_id":"«facade00-1d87-4174-beef-0d12102b5ebd»"}"#,
        ],
        near_misses: &[
            "vault role_id=facade00-7c0e-4d80-beef-cc1dbe7bd730",
            "secret_id prod/db of role_id 12",
        ],
    },
    Rule {
        id: "vault-unseal-key",
        title: "HashiCorp Vault unseal or recovery key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["unseal key", "recovery key"]),
        pattern: r"(?i)(?:unseal|recovery) key(?: [0-9]{1,2})?\s{0,2}[:=]\s{0,3}(?P<secret>[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44}|[a-f0-9]{64,66})(?:[^A-Za-z0-9+/=]|$)",
        checks: &[],
        examples: &[
            "Unseal Key 1: «EXAMPLE6tEHddTXcE/CwSXbIx7A27YyNl16yCJnNJB0Z»",
            "recovery key 2: «EXAMPLEFn0A/Xg3owL7Mnvd8+ihoMssywlyrs7bwA6q=»",
        ],
        near_misses: &["Unseal Key 1: entered", "unseal key shares: 5"],
    },
    Rule {
        id: "doppler-token",
        title: "Doppler token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "dp.pt.",
            "dp.st.",
            "dp.ct.",
            "dp.sa.",
            "dp.scim.",
            "dp.audit.",
            "dp.said.",
            "dp.sait.",
        ]),
        pattern: token!(
            r"dp\.(?:pt|st|ct|sa|scim|audit|said|sait)\.(?:[a-z0-9_-]{1,60}\.)?[A-Za-z0-9]{36,}"
        ),
        checks: &[],
        examples: &[
            r#"{"v":"«dp.pt.EXAMPLEa06WA0Tx6wsR0e8NZEL6QWVI9HuOME2JOb1B»"}"#,
            "used:«dp.st.prd_eu.EXAMPLEhTO7CIQBY9AQdF3wbWwpwtvPqg14BmuAjt9d», 3 ms",
            "v%3D«dp.ct.EXAMPLEJNrTkmYcr2CAegZPs8jC5hhPQKC8gusJDU0A»",
        ],
        near_misses: &[
            "dp.pt. is part of every one",
            "xdp.pt.EXAMPLEtxvM9kaBUpABblXMIfwMbuTMWHm9Kd0e455J",
        ],
    },
    Rule {
        id: "onepassword-service-token",
        title: "1Password service account token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ops_eyJ"]),
        pattern: token!("ops_eyJ[A-Za-z0-9+/_-]{80,}={0,3}"),
        checks: &[],
        examples: &[
            "env X=«ops_eyJEXAMPLERGvFI/HYt5tuO5IyGKF9Y1f9F6S56QHLWmWgiehcpHmBrDO0hurPpxTlgJxAi706DFssEEAVfnsISJ401QBqHBVPbKLh1ICo1mFDFxZSBqMlkTAlIsrQKr4NO2mA3I3rOjHIzKYp3BnWhBDrkEgWwlMrFoFUFy++Mo+JL1R/7DCiz4zM/UVMqcwdcN4vHIxpzXRTS3640UTPNNQcLuAsG7G2ryFLCWZzoTt4imE25pC7lrWpC3G» ./run",
            "[«ops_eyJEXAMPLEGn/gGOHEj9QyyakemwszSEAq2UnvsmNhtpb/rTG+mHpUpUZy/hdRdDbHmKLXwfrGwTRiaD/ykY0lNfBz7PdmFREO6VZvjhsarq3bayhn/7c3qOHc+NYg4q0Gm8WsQz2zCPTRzx1wQ1u32B1QwomzyNc+jgFOm7U5O6XzsDKoaDt5ypWRwrJPlZ/TsgiXvP8mqJQsWqHObceFQDj6IuhmHKOz+ilVzHGKdVtPx4kDF0vdVs1Bj7w»]",
        ],
        near_misses: &[
            "ops_eyJ is part of every one",
            "xops_eyJEXAMPLESvEP8OabfjJBiBY17ZnQowrbI+01B4LPPplfi+/8xO3NbMOvLPEN+Buo8ueHJZg58n1NzLDmnY4wfolLvql4ioDVBEy2OWq8SEinpSkUKPGffBAaGhpRm86Kr/8YN5F2AsRkXciVbL6lQ7tWo9rKb1Zo4YLve32AO2SZaE3ekt5bypJl3oGLq89n7qlaM40Kl1Fmtqjtd4crOoSQJ82KuGi0ZSqiajCMNd76xfY2VBJys085c4e",
        ],
    },
    Rule {
        id: "onepassword-secret-key",
        title: "1Password secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["A3-"]),
        pattern: token!(
            "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}"
        ),
        checks: &[],
        examples: &[
            "signed in with «A3-EXAMPL-1A56HX-FI7GP-0S24O-0SNOW-FJCLZ»",
            "sent «A3-RBNTF4-MJQ9854SNAG-1D5KF-0OHKR-ZMQ6C».",
        ],
        near_misses: &[
            "facade00-224b-4d20-beef-f1ba0ced794c is a uuid",
            "SKU A3-EXAMPL-CMGQL1",
            "no A3- here",
            "xA3-DC05V0-02BCFK3SBC7-IZI3F-DB2ML-TAPC7",
        ],
    },
    Rule {
        id: "infisical-token",
        title: "Infisical service token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["infisical"]),
        pattern: near!("infisical", r"st\.[a-f0-9]{24}\.[a-f0-9]{32}\.[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "login to infisical with secret «st.facadea4c32ca35a270ed65b.facade038a68a880af0c771300766a9c.facade9c5d79421043c62f7d56fffc1c» failed",
            "INFISICAL_API_KEY=«st.facade1dffbf367130dd545a.facadec1153184de45a2b64e3efe653c.facade19c832e440e31e74354b8d565e» ./run",
        ],
        near_misses: &[
            "infisical cache key: st.facadea00d2e7b32e3c4639c.facadec26891b15426255838a3a5b68c.facade62a48f5c4f883661f4750e853f",
            "infisical api key not set",
        ],
    },
    Rule {
        id: "bitwarden-token",
        title: "Bitwarden machine or client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["bitwarden", "bws_access", "bw_client"]),
        pattern: near!(
            "(?:bitwarden|bws|bw)",
            r"(?:0\.[a-f0-9-]{36}\.[A-Za-z0-9]{30}:[A-Za-z0-9+/=]{24}|[A-Za-z0-9]{30})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "bitwarden api key: «0.facade00-ee13-494f-beef-89413290f126.EXAMPLEhCUlkUVYJQHJqCksRkeSs8N:EXAMPLEtgWUT7bNkBzhz2o==»",
            "using the bitwarden token '«0.facade00-d412-4c3a-beef-b373ba9dd098.EXAMPLEth7Y3iu2XDw8YpaQaGrcz4s:EXAMPLEug/DR9rnrs3oS7D==»'",
        ],
        near_misses: &[
            "bitwarden worker 0.facade00-463e-4c39-beef-a3b0ebccc184.EXAMPLEUwoM6oOs9sJgIYaydhtoZ8W:EXAMPLEJVsVOsGowEmUz1t== up",
            "bitwarden key id 12",
        ],
    },
    Rule {
        id: "akeyless-key",
        title: "Akeyless access key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["akeyless"]),
        pattern: near!("akeyless", "[A-Za-z0-9+/]{43}="),
        checks: &[Check::Labelled],
        examples: &[
            "AKEYLESS_API_KEY=«EXAMPLEGzoqJzueUkYdtVU0lkV0HwTzjAmjhf/W7m4p=» ./run",
            r#"{"akeyless": {"region": "eu", "key": "«EXAMPLEBYlWBYIw3Mz1+7VTZqQoitu/OG5j8MbfuN8G=»"}}"#,
        ],
        near_misses: &[
            "akeyless request EXAMPLEm11R17gYjDbsmOUBdajBWI96Kpt5+GfvEb6Y= took 12 ms",
            "akeyless key: rotated",
        ],
    },
    Rule {
        id: "cyberark-key",
        title: "CyberArk Conjur API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["conjur_", "cyberark"]),
        pattern: near!("(?:conjur|cyberark)", "[a-z0-9]{48,60}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "conjur_secret=«example7ayeup7qo6c5srpnmbszgjg90ielefjmchvgrzprcv8a9f», retries=3",
            r#"CONJUR_SECRET="«example6ng4nlcxsjg57d0rgosanqh8zyr0a6tvyvp366wjon1j8s»""#,
        ],
        near_misses: &[
            "conjur object example793t5274zfr78dq0xlut97y0tb8i66mwh15cqlspvbyu1h",
            "conjur token is missing",
        ],
    },
    Rule {
        id: "teleport-token",
        title: "Teleport join token or Boundary token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["teleport_", "tctl"]),
        pattern: near!("(?:teleport|tctl)", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"teleport_api_key": "«facade1a4ea31ebc043777555ce0cd5f»"}"#,
            "env TELEPORT_TOKEN=«facade1022d079dae21c4e8118b72a8d»",
        ],
        near_misses: &[
            "teleport: facade06bce8651a9c3b5f17c661547a served",
            "teleport api key not set",
        ],
    },
    Rule {
        id: "framework-application-key",
        title: "Laravel or Rails application key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["app_key=", "rails_master_key", "app_key:"]),
        pattern: r#"(?i)(?:\bapp_key\s{0,2}[:=]\s{0,2}["']?(?P<secret>base64:[A-Za-z0-9+/]{43}=)|rails_master_key\s{0,2}[:=]\s{0,2}["']?(?P<secret_rails>[a-f0-9]{32})\b)"#,
        checks: &[],
        examples: &[
            "APP_KEY=«base64:EXAMPLEZc7rITxNQD/uP5enZGSQzsj6fcce2V2Shx6a=»",
            "RAILS_MASTER_KEY=«facade9b075b7480c33585d17086d80a» bin/rails s",
        ],
        near_misses: &["APP_KEY is a base64: value", "RAILS_MASTER_KEY is missing"],
    },
];
