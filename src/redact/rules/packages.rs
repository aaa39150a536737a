//! Package registries.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "npm-token",
        title: "npm access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["npm_"]),
        pattern: r"\b(?P<secret>npm_[A-Za-z0-9]{36})\b",
        checks: &[],
        examples: &[
            "//registry.example/:_authToken=«npm_6d7Cwvs1O38FfaA6WEi3QrplK1xckSxKM2aw»",
            "publish with «npm_9H0bwTp0136uXT3yKW5ds3g9UFCGbHZIibp9» failed",
        ],
        near_misses: &[
            "npm_config_registry=https://registry.example",
            "npm_lifecycle_event",
            "npm_package_version_abcdefghijklmnopqrstuvwxyz",
        ],
    },
    Rule {
        id: "pypi-token",
        title: "PyPI upload token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pypi-AgE"]),
        pattern: r"\b(?P<secret>pypi-AgE[A-Za-z0-9_-]{40,})",
        checks: &[],
        examples: &[
            "twine used «pypi-AgEIcHlwaS5vcmccm3Ec7E4nSmwfIp7_JoppZrDDs7YvcX1eYgURZEQ3PZgPsTF2bUnxiP3zcCr1Y6ffeIIem»",
            r#""«pypi-AgENdGVzdC5weXBp8c7wtwPkhdM996G5rfDLI7jChGi4s6AKsrpVfVIs1DNSKoPymJTxD5JtNEE0tbpvomGIyL»""#,
        ],
        near_misses: &["pypi-AgE begins every token", "pypi-proxy-7d9f8b6c5d-x2v4q"],
    },
    Rule {
        id: "rubygems-key",
        title: "RubyGems API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["rubygems_"]),
        pattern: r"\b(?P<secret>rubygems_[a-f0-9]{48})\b",
        checks: &[],
        examples: &[
            "gem push «rubygems_579bf89691052be1ceb374dab4683f84d30d3fc4d83cee9b»",
            "'«rubygems_cc2bfce9594dc72aa7a6d0018f99ddceb1be0273dbc46dfc»'",
        ],
        near_misses: &["rubygems_version 3.5", "rubygems_ab0c539ad5966d513b1d"],
    },
    Rule {
        id: "docker-token",
        title: "Docker Hub access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dckr_pat_"]),
        pattern: r"\b(?P<secret>dckr_pat_[A-Za-z0-9_-]{24,40})",
        checks: &[],
        examples: &[
            "docker login «dckr_pat_1g8HQbmlFXJKr3P5IGjKmAMhjkH»",
            r#""«dckr_pat_F04zBZZdPaRXLujTpwrkcrOg258»""#,
        ],
        near_misses: &["dckr_pat_ is the prefix", "dckr_pat_short"],
    },
];
