//! Hosting, infrastructure and monitoring.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "vault-token",
        title: "HashiCorp Vault service, batch or recovery token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hvs.", "hvb.", "hvr."]),
        pattern: r"\b(?P<secret>hv[sbr]\.[A-Za-z0-9_-]{24,})",
        checks: &[],
        examples: &[
            "vault login «hvs.CAESGV3NwUFc0MwgwJuZMhc76RpqwmSCb1LChYbFheZqljJ7s3RQy1jL4qISWZr8CabvjFGE3cZ1celN0PRMz1E9kS2Czo»",
            "batch «hvb.AAAAAQHe7vHnt5iLNcnk0xUDvKDy7wuavLEvobpD4McOjUQjryreGqwKKHL9iSc6J5Xg3mXBOKOgxYsYYp3Y8jRet9WvVxG2Opw3JTzvdTvQu4YEGx5pZpwjina43QDzCzKXt7kLejtUtqUKJQ»",
        ],
        near_misses: &["hvs. is the prefix", "archvs.example.com", "hvs.short"],
    },
    Rule {
        id: "digitalocean-token",
        title: "DigitalOcean personal, OAuth or refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dop_v1_", "doo_v1_", "dor_v1_"]),
        pattern: r"\b(?P<secret>do[opr]_v1_[a-f0-9]{64})\b",
        checks: &[],
        examples: &[
            "doctl «dop_v1_265b9bebd2fa5880587061ce6936714122a40680a06aa0fca51d12afc8e00aa1»",
            "«doo_v1_bd7ba78f19e8b8480f3b47c20431658b4550b7ef6bce6a0302cb17cdc70808d7» refreshed by «dor_v1_6a4d9f65f84992a0f75ae616b1e5d490340494b35ec2daca1760147d301a233f»",
        ],
        near_misses: &["dop_v1_ is the prefix", "dop_v1_054c3bf2b672850882161db80a1e9ad8"],
    },
    Rule {
        id: "terraform-token",
        title: "HCP Terraform API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[".atlasv1."]),
        pattern: r"\b(?P<secret>[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{50,})",
        checks: &[],
        examples: &[
            "terraform «Wy0mZj5OapMG7q.atlasv1.Qh7WNYc6TdzSJuRPCJQuDKaEVP2EGvLIyp0OYV3ywTezHrNQR0ueOZIQo7NWqq61E2U»",
            r#""«Hx8PHk0xpRlj0Q.atlasv1.366uyx130BhAjSqygxwQZHHtCQfrzsCShCOEUZlWHjaRixFHQpNxHvZyqbJmaKqd»""#,
        ],
        near_misses: &["tokens hold .atlasv1. in the middle", "abc.atlasv1.short"],
    },
    Rule {
        id: "grafana-token",
        title: "Grafana service account or cloud token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["glsa_", "glc_eyJ"]),
        pattern: r"\b(?P<secret>glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[A-Za-z0-9+/_-]{40,}={0,2})",
        checks: &[],
        examples: &[
            "grafana «glsa_qp2LCfHOF2fmiB9YsNXx6cTCyxcTWsAB_460e6a22»",
            "«glc_eyJ7D2tBAEl4eCzFiGW0aQoVmzIc7RsJvXyXDhfo2eK0agFf2WnKDd0RmTvE3dJSVA1LiA0d3OjuvmHalIr==»",
        ],
        near_misses: &["glsa_ is the prefix", "glsa_Jz7ZARdttp3yZB2IqtmidnIPx7DQFTLj"],
    },
    Rule {
        id: "azure-storage-key",
        title: "Azure storage or service bus key in a connection string",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["accountkey=", "sharedaccesskey="]),
        pattern: "(?i)(?:accountkey|sharedaccesskey)=(?-i:(?P<secret>[A-Za-z0-9+/%]{20,}={0,2}))",
        checks: &[],
        examples: &[
            "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=«Rz8IObi0PeJC4LzA6Z4AAhx3pgrj/xbv/CLBusAm7mzlg1CG42thrfu5LDOtNHPBtDYePWtLClz7tx3QZoeTpA==»;EndpointSuffix=core.windows.net",
            "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=«DM9MaSytMgwQS59FQUwoMi6mouY7eefm0q1TjVuUvlQ=»",
        ],
        near_misses: &[
            "AccountKey=;EndpointSuffix=core.windows.net",
            "SharedAccessKeyName=RootManageSharedAccessKey",
        ],
    },
];
