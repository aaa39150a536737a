//! Cloud providers other than the three largest.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
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
        id: "digitalocean-spaces-key",
        title: "DigitalOcean Spaces access key id",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["DO00"]),
        pattern: token!("DO00[A-Z0-9]{16}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            r"retry 2: «DO00EXAMPLEO4ITQCT6L»\n at main",
            r#"{"v":"«DO00EXAMPLE1BZNDWJ4S»"}"#,
        ],
        near_misses: &["DO00 is part of every one", "xDO00EXAMPLEFX2WWCU1K"],
    },
    Rule {
        id: "yandex-static-secret",
        title: "Yandex Cloud static secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["yandex"]),
        pattern: near!("yandex", "YC[A-Za-z0-9_-]{38}"),
        checks: &[Check::Labelled],
        examples: &[
            "yandex.key = «YCNEXAMPLEfColZtUGEB4SpvfsWcNnD_sMkoOK1v»",
            "yandex api key: «YCNEXAMPLEIL9KPCL3hF17Av1LO0ADVGjESZyy5D»",
        ],
        near_misses: &[
            "yandex request YCNEXAMPLE53Gf1ShzRdxWl5Aei6noYZ8YA-iU9k took 12 ms",
            "yandex token is missing",
        ],
    },
    Rule {
        id: "scaleway-key",
        title: "Scaleway access or secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["scaleway", "scw_"]),
        pattern: near!(
            "(?:scaleway|scw)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|SCW[A-Z0-9]{17})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "SCW_ACCESS_KEY=«SCWEXAMPLEFB7N619R66»",
            "using the scaleway token '«facade00-a3d6-4be4-beef-473d47a270e1»'",
        ],
        near_misses: &[
            "scaleway worker facade00-2ae8-4813-beef-581df2499e63 up",
            "scaleway token is missing",
        ],
    },
    Rule {
        id: "hetzner-token",
        title: "Hetzner Cloud API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hcloud", "hetzner"]),
        pattern: near!("(?:hcloud|hetzner)", "[A-Za-z0-9]{64}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"hcloud": {"region": "eu", "key": "«EXAMPLETvA1SwU3xnermh5khpZMUdGEuLjiRpxvE1sh4LHRZxmTyo35GR4XG3X1G»"}}"#,
            "login to hcloud with secret «EXAMPLEYXBTaZQEokxPaCksCir3d7KaIgmxw9bashYEzUrXziDt312OF5sZyLk7E» failed",
        ],
        near_misses: &[
            "hcloud request EXAMPLEdpoVO6IkrHimMAOshDaqNlolO3tzwctMqCIf5yJkD7YEZ6JE8gvwjIJ9j took 12 ms",
            "hcloud api key not set",
        ],
    },
    Rule {
        id: "ovh-secret",
        title: "OVHcloud application secret or consumer key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ovh_", "ovh "]),
        pattern: near!("ovh", "[A-Za-z0-9]{32}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"OVH_SECRET="«EXAMPLEeeTyfkmYJGs1yRvvl5gass24T»""#,
            "OVH_API_KEY=«EXAMPLEWRoIHSCmmumFzwHXuUPbYmM6G» ./run",
        ],
        near_misses: &["ovh object EXAMPLEiD3DuJUYKN3scb8nxSi09aG2H", "ovh key id 12"],
    },
    Rule {
        id: "ibm-cloud-key",
        title: "IBM Cloud API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "ibmcloud",
            "ibm_cloud",
            "ibm cloud",
            "ibm_api",
            "ibm_iam",
            "watson",
        ]),
        pattern: near!("(?:ibm[_ -]?(?:cloud|iam|api)|watson)", "[A-Za-z0-9_-]{44}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to ibm cloud with secret «EXAMPLE9KSsddujhaNaEivAv1RIP_YUNSlTAvu7ZfW8x» failed",
            "IBM_CLOUD_API_KEY=«EXAMPLEly9ZZftsyfPikOgAryaJ4SYZGE3HtvuLHxE9L» ./run",
        ],
        near_misses: &[
            "ibm cloud: EXAMPLEiIAFpUpLOExpMgfxQFVqXvUXLP8QkCb5H-e5Y served",
            "ibm cloud key: rotated",
        ],
    },
    Rule {
        id: "oracle-cloud-token",
        title: "Oracle Cloud auth token or customer secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["oci_", "oci.", "oracle_cloud"]),
        pattern: near!("(?:oracle[_ -]?cloud|oci)", "[A-Za-z0-9+/]{43}="),
        checks: &[Check::Labelled],
        examples: &[
            "OCI_API_KEY=«EXAMPLEO3FplEwtAvbU7IPXevxDkVjGXJQudypNKF9I=» ./run",
            "oci_secret=«EXAMPLEVcHs8typ7qQl8rOXNEghDsRl2zYSl8jdh57x=», retries=3",
        ],
        near_misses: &[
            "oci image key: facade325a341022d74b124c8bf9012f",
            "oci cache key: EXAMPLEQg1a/fVM7TCgBSq+/0zVTaj/mjPdAfb+nN3k=",
            "oci token is missing",
        ],
    },
    Rule {
        id: "linode-token",
        title: "Linode (Akamai) personal access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["linode"]),
        pattern: near!("linode", "[a-f0-9]{64}"),
        checks: &[Check::Labelled],
        examples: &[
            "LINODE_API_KEY=«facade651c006f5a63f18a516b7273b5a42770c1684f1c3fa75817d183f3722f» ./run",
            r#"{"linode": {"region": "eu", "key": "«facadeee8ab67e4675c46e09761ac0c88852b6fdc58233de3e904b0d9e51778b»"}}"#,
        ],
        near_misses: &[
            "linode worker facade8e0f27feec2e1dfd57e5b81a737aefdeb4fce92ddbfedd037dd796695e up",
            "linode api key not set",
        ],
    },
    Rule {
        id: "akamai-edgegrid-token",
        title: "Akamai EdgeGrid client or access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["akab-"]),
        pattern: token!("akab-[a-z0-9]{16}-[a-z0-9]{16}", "[^A-Za-z0-9.-]|[.](?:[^A-Za-z0-9]|$)|$"),
        checks: &[],
        examples: &[
            "client built with «akab-example8jr4sth5i-exampleeio6zb89p»",
            "'«akab-example46wnage1o-example1p5qv3a4c»'",
        ],
        near_misses: &[
            "https://akab-exampleqmijkub5q-example3z7ngqu6q.luna.akamaiapis.net/papi/v1",
            "no akab- here",
            "xakab-exampleuxlgcj71b-examplelcdv27w3v",
        ],
    },
    Rule {
        id: "vultr-key",
        title: "Vultr API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["vultr"]),
        pattern: near!("vultr", "[A-Z0-9]{36}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the vultr token '«EXAMPLEG0VB0R2IJF2ITWHNG2XB3GMIBQE1G»'",
            "vultr.key = «EXAMPLEN84Z5J8IWQ4BSZU9W46FWPPFZLH5O»",
        ],
        near_misses: &[
            "vultr request EXAMPLEZOH7VV9RCSTPY30OY2MQY1STQ5S1U took 12 ms",
            "vultr key id 12",
        ],
    },
    Rule {
        id: "exoscale-key",
        title: "Exoscale API key or secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["exoscale"]),
        pattern: near!("exoscale", "(?:EXO[a-f0-9]{24}|[A-Za-z0-9_-]{43})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"exoscale": {"region": "eu", "key": "«EXAMPLEdUhXFjoA7szcB-B7G6TAvyROf4yVGflKBE7m»"}}"#,
            "login to exoscale with secret «EXAMPLE-gMbvmdXU8gn8GFdQ4iImuAjbnCwVRd91W6K» failed",
        ],
        near_misses: &[
            "exoscale object EXAMPLEpVrVUOc89YrqK2YY-KQPLfDFN-7KSeSoEM1H",
            "exoscale key: rotated",
        ],
    },
    Rule {
        id: "upcloud-token",
        title: "UpCloud API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ucat_"]),
        pattern: token!("ucat_[A-Z0-9]{20,}"),
        checks: &[],
        examples: &[
            "'«ucat_EXAMPLEVUQU024J4TRMNDGDL7T»'",
            "401 from upstream, key «ucat_EXAMPLE5UO8R20K9SAVYAWC44W»,",
        ],
        near_misses: &["ucat_ is part of every one", "xucat_EXAMPLEUOLADCQWRFVPTH8G74Z"],
    },
    Rule {
        id: "civo-token",
        title: "Civo API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["civo_"]),
        pattern: near!("civo", "[A-Za-z0-9]{50}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "civo_token: '«EXAMPLEgY8dU4gBdn32QPsLWZ6LZiUW1mCVKOV91pGygOlXV1s»'",
            r#"{"civo_api_key": "«EXAMPLEIdFwfAWNhlXcRAFZF3WBcejRcHumZsYNZxvgXATfS0O»"}"#,
        ],
        near_misses: &[
            "civo request EXAMPLE85OtziVgWleURxEeK92SHNhH2qHiaRBIGHJjCOVia4T took 12 ms",
            "civo key: rotated",
        ],
    },
    Rule {
        id: "backblaze-key",
        title: "Backblaze B2 application key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["backblaze", "b2_app"]),
        pattern: near!("(?:backblaze|b2)", "K00[0-9][A-Za-z0-9/+]{27}"),
        checks: &[Check::Labelled],
        examples: &[
            "using the backblaze token '«K001EXAMPLE0OVFh0rJp5paF0BN5d9v»'",
            "backblaze.key = «K001EXAMPLEE/dBWPHD1C4zyfcgm60e»",
        ],
        near_misses: &[
            "backblaze object K001EXAMPLEeAziBNwEZVXKKobbUj8n",
            "backblaze token is missing",
        ],
    },
    Rule {
        id: "wasabi-secret",
        title: "Wasabi secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["wasabi"]),
        pattern: near!("wasabi", "[A-Za-z0-9]{40}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"wasabi": {"region": "eu", "key": "«EXAMPLEHexst7TyuubN6fRzGpy2YQmV88JYCxb2Y»"}}"#,
            "login to wasabi with secret «EXAMPLEUL56uqi3gJBLO1r1sN8wTTdZGyDJVLm5j» failed",
        ],
        near_misses: &[
            "wasabi: EXAMPLEzIy0AC5kCsVFQ3JwvADbcd4y4Uxh7OO3D served",
            "wasabi api key not set",
        ],
    },
    Rule {
        id: "ionos-token",
        title: "IONOS API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ionos"]),
        pattern: near!("ionos", r"[a-f0-9]{32}\.[A-Za-z0-9_-]{50,90}"),
        checks: &[Check::Labelled],
        examples: &[
            "ionos.key = «facadedabe76bb853be61928fbe9a48e.EXAMPLEGAC3rVfcLp1_s-F4bsC6Mi2H08ZlGAdQvoH_v2K1JImhuWM-C-NO-ZplwB52tCI3JLtzEuLXi4IfH8K»",
            "ionos api key: «facade2226c7219e052d180962c36b8b.EXAMPLEGPguW7HjGar4M8racB7bjMny6yxBqJ_qNLSTVwjm-9LrdRQjqTYO3YTXw224gN1SS8KWL899FDPeI9V»",
        ],
        near_misses: &[
            "ionos cache key: facade0c2b481d1cdbb3941fbdccef9f.EXAMPLEkgL9vSPs37dhXsw6dfzDR-Pis1F5jm8HET_gjDUreZETOVzvmriN-BtnNwz3byTZRjmUp4ZWsNc1A9H",
            "ionos key id 12",
        ],
    },
];
